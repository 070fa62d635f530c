//! The menu of a comment, and what is said about a choice from it. A part of the app of its own, fetched when somebody
//! opens a menu for the first time.

use crate::muted::{AuthorKey, Muted};
use crate::platform::listener::{Listener, Timer};
use crate::platform::{clipboard, page, popover, spawn::spawn};
use crate::render::region::RegionElement;
use crate::texts::{Key, text, with_name};
use crate::ui::notice::{OnPress, press_button};
use leptos::html::{button, div, input, p};
use leptos::prelude::*;
use std::{any::Any, cell::RefCell};

/// What nothing can be done about goes away by itself after so many milliseconds.
const PASSING_MILLIS: i32 = 5_000;

const EXPANDED: &str = "aria-expanded";

/// What all menus of one conversation share; a copy is a handle.
#[derive(Clone, Copy)]
pub struct Tools {
    /// Whom the reader has muted.
    pub muted: RwSignal<Muted>,
    /// The address of the site, under which that is kept.
    site: StoredValue<String>,
    said: RwSignal<Said>,
    /// The button whose menu was open last: where the focus goes when what it is on goes away.
    last: StoredValue<Option<RegionElement>, LocalStorage>,
    /// Takes away what is said, after a while.
    timer: StoredValue<Option<Timer>, LocalStorage>,
    /// The place where it is said, with what holds it there.
    place: StoredValue<Option<Place>, LocalStorage>,
}

/// An element, and what holds that which is mounted in it.
type Place = (RegionElement, Box<dyn Any>);

/// What is said about the last choice.
#[derive(Clone, Debug, PartialEq)]
enum Said {
    Nothing,
    Copied,
    /// The link, to be copied by hand.
    Link(String),
    Muted(AuthorKey, String),
    Unmuted(String),
}

/// The menu of one comment.
pub struct RowMenu {
    /// The button that was pressed.
    pub button: RegionElement,
    /// The comment's absolute address.
    pub link: String,
    /// Who wrote it.
    pub author: AuthorKey,
    /// The author's name as it is shown.
    pub name: String,
    /// Shows what the author wrote.
    pub find_author: OnPress,
    /// What it shares with the other menus.
    pub tools: Tools,
}

impl Tools {
    /// What the reader has chosen on a site so far; belongs to the component that asks.
    pub fn new(site: String) -> Self {
        Self {
            muted: RwSignal::new(Muted::load(&site)),
            site: StoredValue::new(site),
            said: RwSignal::new(Said::Nothing),
            last: StoredValue::new_local(None),
            timer: StoredValue::new_local(None),
            place: StoredValue::new_local(None),
        }
    }

    /// Reads the list again: another tab may have changed it.
    pub fn reload(&self) {
        let list = self.site.with_value(|site| Muted::load(site));
        if self.muted.with_untracked(|muted| *muted != list) {
            self.muted.set(list);
        }
    }
}

/// The open menu. There is at most one on a page.
struct Open {
    button: RegionElement,
    _mounted: Box<dyn Any>,
    outside: Vec<Listener>,
}

thread_local! {
    static OPEN: RefCell<Option<Open>> = const { RefCell::new(None) };
}

/// Opens the menu of a comment, or closes it if it is this one that is open. Only [`crate::lazy::open_menu`] calls this,
/// so that it goes into a part of its own.
pub fn open(menu: RowMenu) {
    let is_open = OPEN.with_borrow(|open| open.as_ref().is_some_and(|open| open.button == menu.button));
    close(is_open);
    if is_open {
        return;
    }
    let (button, tools) = (menu.button.clone(), menu.tools);
    // The page that the button was on may be gone by now, and the state with it.
    if tools.last.try_set_value(Some(button.clone())).is_some() {
        return;
    }
    let Some(place) = tools.place_near(&button) else { return };
    let mounted = leptos::mount::mount_to(place, move || items(menu));
    page::set_attribute(&button, EXPANDED, Some("true"));
    OPEN.set(Some(Open { button, _mounted: Box::new(mounted), outside: Vec::new() }));
}

/// Closes the open menu, if there is one.
fn close(return_focus: bool) {
    let Some(open) = OPEN.take() else { return };
    page::set_attribute(&open.button, EXPANDED, None);
    if return_focus {
        popover::focus(&open.button);
    }
    // Not while one of its own listeners is running.
    spawn(async move { drop(open) });
}

fn items(menu: RowMenu) -> impl IntoView {
    let RowMenu { button, link, author, name, find_author, tools } = menu;
    let node = NodeRef::<leptos::html::Div>::new();
    node.on_load(move |popover| {
        popover::show_beside(&popover, &button);
        popover::step_focus(&popover, 1);
        let outside = popover::on_press_outside(&[&popover, &button], || close(false));
        OPEN.with_borrow_mut(|open| {
            if let Some(open) = open.as_mut().filter(|open| open.button == button) {
                open.outside = outside;
            }
        });
    });
    let pressed = move |event: leptos::ev::KeyboardEvent| {
        let Some(popover) = node.get_untracked() else { return };
        match event.key().as_str() {
            "ArrowDown" => popover::step_focus(&popover, 1),
            "ArrowUp" => popover::step_focus(&popover, -1),
            "Escape" => close(true),
            // From the button, the browser goes on to what is next on the page.
            "Tab" => return close(true),
            "Enter" | " " => return,
            _ => {}
        }
        // Letters are no keys for reading here.
        if !(event.ctrl_key() || event.meta_key() || event.alt_key()) {
            event.prevent_default();
        }
    };
    let is_muted = tools.muted.with_untracked(|muted| muted.contains(&author));
    let mute = with_name(if is_muted { Key::MenuUnmute } else { Key::MenuMute }, &name);
    let copy = move || {
        let by_hand = link.clone();
        clipboard::copy(&link, move |copied| tools.say(if copied { Said::Copied } else { Said::Link(by_hand) }));
    };
    div().class("menu").role("menu").aria_label(text(Key::Menu)).node_ref(node).on(leptos::ev::keydown, pressed).child(
        (
            item(text(Key::MenuCopy).to_owned(), Box::new(copy)),
            item(with_name(Key::MenuFindAuthor, &name), find_author),
            item(mute, Box::new(move || tools.mute(&author, &name, !is_muted))),
        ),
    )
}

fn item(label: String, chosen: OnPress) -> impl IntoView {
    let press = move |_| {
        close(true);
        chosen();
    };
    button()
        .r#type("button")
        .class("menu-item")
        .role("menuitem")
        .tabindex("-1")
        .on(leptos::ev::click, press)
        .child(label)
}

impl Tools {
    /// Mutes an author, or takes that back, and says so.
    fn mute(&self, author: &AuthorKey, name: &str, muted: bool) {
        let list = self.muted.try_update(|list| {
            list.set(author, muted);
            list.clone()
        });
        if let Some(list) = list {
            self.site.with_value(|site| list.store(site));
            let name = name.to_owned();
            self.say(if muted { Said::Muted(author.clone(), name) } else { Said::Unmuted(name) });
        }
    }

    fn say(&self, said: Said) {
        let tools = *self;
        let timer = match said {
            Said::Copied | Said::Unmuted(_) => Some(Timer::start(PASSING_MILLIS, move || tools.clear())),
            Said::Nothing | Said::Link(_) | Said::Muted(..) => None,
        };
        // The page that it was said on may be gone by now.
        if self.said.try_set(said).is_none() {
            self.timer.try_set_value(timer);
        }
    }

    fn clear(&self) {
        self.said.try_set(Said::Nothing);
    }

    /// The element that menus and notices are put into, at the head of the conversation around a row's button. It stands
    /// there empty before the first notice comes, so that whoever listens to the page hears that one as well.
    fn place_near(&self, button: &RegionElement) -> Option<RegionElement> {
        let known = self.place.with_value(|place| place.as_ref().map(|(element, _)| element.clone()));
        if known.is_some() {
            return known;
        }
        let element = popover::place_near(button, ".thread", "notices")?;
        element.set_class_name("row-tools");
        let tools = *self;
        let view = move || div().class("row-notice").role("status").child(move || said(tools));
        let mounted = leptos::mount::mount_to(element.clone(), view);
        self.place.set_value(Some((element.clone(), Box::new(mounted))));
        Some(element)
    }

    /// Takes the notice away, and gives the focus back to where the menu was opened.
    fn dismiss(&self) {
        self.clear();
        self.return_focus();
    }

    fn return_focus(&self) {
        if let Some(button) = self.last.try_get_value().flatten() {
            popover::focus(&button);
        }
    }
}

/// What there is to say about the last choice.
fn said(tools: Tools) -> impl IntoView {
    let (sentence, link, undo) = match tools.said.get() {
        Said::Nothing => return None,
        Said::Copied => (text(Key::LinkCopied).to_owned(), None, None),
        Said::Link(link) => (text(Key::LinkToCopy).to_owned(), Some(link), None),
        Said::Muted(author, name) => (with_name(Key::MutedNow, &name), None, Some((author, name))),
        Said::Unmuted(name) => (with_name(Key::UnmutedNow, &name), None, None),
    };
    let undo = undo.map(|(author, name)| {
        let undo = move || {
            tools.mute(&author, &name, false);
            tools.return_focus();
        };
        press_button("button", Key::Undo, Box::new(undo))
    });
    let close = press_button("button", Key::HelpClose, Box::new(move || tools.dismiss()));
    Some(div().class("notice").child((p().child(sentence), link.map(link_field), undo, close)))
}

/// The link, selected, where it could not be copied.
fn link_field(link: String) -> impl IntoView {
    let node = NodeRef::<leptos::html::Input>::new();
    node.on_load(|field| {
        popover::focus(&field);
        field.select();
    });
    input().class("row-link").aria_label(text(Key::LinkToCopy)).readonly(true).value(link).node_ref(node)
}
