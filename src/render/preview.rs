//! What somebody answers, shown beside the link to it while that is pointed at or has the focus.
//!
//! On a touch screen, where nothing is pointed at, the first tap in a flat list shows it and the second goes there: in
//! a thread, what is answered stands above anyway.

use super::row::{SlotTarget, absolute_date, author_name, body_of};
use super::rows::fill;
use super::words::Words;
use super::write::ElementWriter;
use crate::platform::listener::{Listener, Timer};
use crate::platform::{page, popover};
use afterword_core::body::Policy;
use afterword_core::ids::CommentId;
use afterword_core::model::Comment;
use afterword_core::thread::Thread;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, PointerEvent};

/// How long a pointer rests on a link before anything is shown, in milliseconds: one that only passes wants nothing.
const REST_MILLIS: i32 = 250;

/// So much of a text is shown, in bytes: some five lines, the rest of which is cut off by the style sheet.
const BODY_BYTES: usize = 600;

/// The links that are meant.
const LINK: &str = "a.comment-to";

/// The id of what is shown, by which the link names it.
const ID: &str = "comment-preview";

/// Shows what links lead to, until it is dropped.
pub struct Previews {
    _listeners: Vec<Listener>,
}

/// Gives the thread that is shown, and whether it is shown as a flat list.
type Shown = Box<dyn Fn() -> Option<(Arc<Thread>, bool)>>;

struct Watch {
    shown: Shown,
    policy: Policy,
    rest: RefCell<Option<Timer>>,
    open: RefCell<Option<Open>>,
}

struct Open {
    link: HtmlElement,
    popover: HtmlElement,
}

impl Drop for Open {
    fn drop(&mut self) {
        page::set_attribute(&self.link, "aria-describedby", None);
        self.popover.remove();
    }
}

impl Previews {
    /// Listens to the links in the rows below `host`.
    pub fn watch(host: &HtmlElement, policy: Policy, shown: Shown) -> Self {
        let watch = Rc::new(Watch { shown, policy, rest: RefCell::default(), open: RefCell::default() });
        let on = |kind: &str, heard: fn(&Rc<Watch>, Event)| {
            let watch = Rc::clone(&watch);
            Listener::new(host, kind, move |event: Event| heard(&watch, event))
        };
        let mut listeners = vec![
            on("pointerover", |watch, event| watch.pointed(&event)),
            // A finger leaves with each tap.
            on("pointerleave", |watch, event| {
                if !is_touch(&event) {
                    watch.left()
                }
            }),
            on("pointerdown", |watch, _| drop(watch.rest.take())),
            on("click", |watch, event| watch.pressed(&event)),
            on("focusin", |watch, event| match link_of(&event).filter(is_reached_by_key) {
                Some(link) => watch.show(link),
                None => watch.close(),
            }),
            on("focusout", |watch, _| watch.close()),
        ];
        if let Some(document) = page::document() {
            let watch = Rc::clone(&watch);
            listeners.push(Listener::new(&document, "keydown", move |event: KeyboardEvent| {
                if event.key() == "Escape" {
                    watch.close();
                }
            }));
        }
        Self { _listeners: listeners }
    }
}

impl Watch {
    fn pointed(self: &Rc<Self>, event: &Event) {
        let is_touch = is_touch(event);
        let link = link_of(event).filter(|_| !is_touch);
        let is_open = self.open.borrow().as_ref().map(|open| open.link.clone());
        if is_open.is_some() && link == is_open || is_touch {
            return;
        }
        self.left();
        let watch = Rc::downgrade(self);
        self.rest.replace(link.map(|link| {
            Timer::start(REST_MILLIS, move || {
                if let Some(watch) = watch.upgrade() {
                    watch.show(link.clone());
                }
            })
        }));
    }

    fn pressed(&self, event: &Event) {
        let is_touch = is_touch(event);
        let is_flat = (self.shown)().is_some_and(|(_, flat)| flat);
        let Some(link) = link_of(event).filter(|_| is_touch && is_flat) else { return self.close() };
        let was_open = self.open.borrow().as_ref().is_some_and(|open| open.link == link);
        if was_open {
            self.close();
        } else {
            event.prevent_default();
            self.show(link);
        }
    }

    /// The pointer points at something else. What has the focus goes on to be described.
    fn left(&self) {
        self.rest.take();
        let stays = self.open.borrow().as_ref().is_some_and(|open| is_reached_by_key(&open.link));
        if !stays {
            self.close();
        }
    }

    fn close(&self) {
        self.rest.take();
        self.open.take();
    }

    /// Shows the comment that a link leads to; nothing where it leads to none.
    fn show(&self, link: HtmlElement) {
        self.close();
        let Some((thread, _)) = (self.shown)() else { return };
        let address = link.get_attribute("href").unwrap_or_default();
        let id = address.rsplit_once('#').and_then(|(_, fragment)| CommentId::from_element_id(fragment));
        let Some(parent) = id.and_then(|id| thread.find(&id)) else { return };
        // Directly in the conversation, where the style sheet of an embedded one holds as well.
        let Some(popover) = popover::place_near(&link, ".thread", "notices") else { return };
        popover.set_class_name("preview");
        popover.set_id(ID);
        page::set_attribute(&popover, "role", Some("tooltip"));
        fill(&popover, words_of(thread.comment(parent), &self.policy).as_str());
        popover::show_beside(&popover, &link);
        page::set_attribute(&link, "aria-describedby", Some(ID));
        self.open.replace(Some(Open { link, popover }));
    }
}

fn words_of(comment: &Comment, policy: &Policy) -> Words {
    let mut words = Words::default();
    let mut line = |class: &str, text: &str| {
        words.open("p");
        words.attr("class", class);
        words.text(text);
        words.close("p");
    };
    line("preview-author", author_name(comment));
    if let Some(time) = comment.published {
        line("preview-time", &absolute_date(time));
    }
    words.open("div");
    words.attr("class", "preview-body text");
    words.attr("dir", "auto");
    words.body(&body_of(comment, BODY_BYTES, policy));
    words.close("div");
    words
}

fn link_of(event: &Event) -> Option<HtmlElement> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(LINK).ok()??.dyn_into().ok()
}

fn is_touch(event: &Event) -> bool {
    event.dyn_ref::<PointerEvent>().is_some_and(|pointer| pointer.pointer_type() == "touch")
}

fn is_reached_by_key(link: &HtmlElement) -> bool {
    link.matches(":focus-visible").unwrap_or_default()
}
