//! The keyed row renderer: a list of rows becomes blocks of elements, and a new list moves what is there.
//!
//! It works below one host element, in a document or in a shadow root. What the reader sees is brought into order at
//! once, the rest in slices that leave the main thread free in between. It knows nothing of Leptos: the thread's
//! component feeds it, and hears of what readers do in rows through [`RowEvent`].

use super::highlight::BlockWatch;
use super::place::JumpEnd;
use super::region::RegionElement;
use super::row::Acts;
use super::state::State;
use crate::muted::Muted;
use crate::platform::clock::Stopwatch;
use crate::platform::listener::{Listener, ReaderMoves, ViewObserver};
use crate::platform::minutes::Minutes;
use crate::platform::pause::{frame, next_frame, pause};
use crate::platform::spawn::spawn;
use afterword_core::body::Policy;
use afterword_core::ids::CommentId;
use afterword_core::rows::Row;
use afterword_core::thread::Thread;
use afterword_core::visits::Visit;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, HtmlElement, KeyboardEvent, MouseEvent, ScrollBehavior, ScrollIntoViewOptions,
    ScrollLogicalPosition, Window,
};

/// How long one slice of work may hold the main thread, in milliseconds: with the frame that follows it stays below the
/// 50 ms that a reader feels. Shorter slices would mean more frames, and each frame in which rows have moved costs the
/// browser more the more comments there are.
const SLICE_MILLIS: f64 = 30.0;

/// How many frames a jump to a comment may be corrected while heights settle: a second at 60 frames.
const SETTLE_FRAMES: u32 = 60;

/// After so many frames at the same place a jump has settled.
const STILL_FRAMES: u32 = 4;

/// What a reader did in a row, by the index of its comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowEvent {
    /// The button that hides or shows the replies was pressed.
    FoldPressed(u32),
    /// Find-in-page has found something in a row that was hidden; where a whole block of rows was, in one of these.
    FoundHidden(Vec<u32>),
    /// The name of a row's author was pressed.
    AuthorPressed(u32),
    /// The button that begins an answer was pressed.
    ReplyPressed(u32),
    /// This button, which votes for a comment (`true`) or against it, was pressed.
    VotePressed(u32, bool),
    /// This button, which opens the menu of a row, was pressed.
    MenuPressed(u32, RegionElement),
}

/// The renderer below one host element. Dropping it ends its listeners; the rows stay.
pub struct Renderer {
    state: Rc<RefCell<State>>,
    view: Rc<ViewObserver>,
    /// Counts the places that somebody wanted to go to: the way to an earlier one is given up.
    goals: Rc<Cell<u32>>,
    _listeners: [Listener; 3],
    _minutes: Minutes,
}

impl Renderer {
    /// Takes over what is below `host`, prerendered or empty. `language` is the page's; `on_event` hears of rows.
    /// `None` for an element of no window.
    pub fn new(
        host: &HtmlElement,
        policy: Policy,
        acts: Acts,
        language: Option<&str>,
        on_event: impl Fn(RowEvent) + 'static,
    ) -> Option<Self> {
        let document = host.owner_document()?;
        let state = State::adopt(document.default_view()?, document, host.clone().into(), policy, acts, language);
        let state = Rc::new(RefCell::new(state));
        let view = Rc::new(ViewObserver::new({
            let state = Rc::downgrade(&state);
            move |element, height| {
                if let Some(state) = state.upgrade() {
                    state.borrow_mut().seen(element, height);
                }
            }
        }));
        for block in state.borrow().blocks.iter() {
            view.observe(block.element());
        }
        let on_event = Rc::new(on_event);
        let clicks = Listener::new(host, "click", {
            let (state, on_event) = (Rc::downgrade(&state), Rc::clone(&on_event));
            move |event: Event| {
                if let Some(state) = state.upgrade() {
                    clicked(&state, &event, &*on_event);
                }
            }
        });
        let keys = Listener::new(host, "keydown", |event: KeyboardEvent| pressed(&event));
        let found = Listener::new(host, "beforematch", {
            let state = Rc::downgrade(&state);
            move |event: Event| {
                let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
                let Some((found, state)) = target.zip(state.upgrade()) else { return };
                // The browser goes there by itself.
                spawn(hold(state.borrow().jump.begin()));
                if found.class_list().contains("comment-body") {
                    let Some(index) = state.borrow().row_of(&found) else { return };
                    state.borrow_mut().unveil(index);
                    return;
                }
                let comments = state.borrow().found_in(&found);
                if !comments.is_empty() {
                    on_event(RowEvent::FoundHidden(comments));
                }
            }
        });
        let minutes = {
            let (window, document) = (state.borrow().window.clone(), state.borrow().document.clone());
            let state = Rc::downgrade(&state);
            Minutes::watch(&window, &document, move || {
                if let Some(state) = state.upgrade() {
                    state.borrow_mut().write_times();
                }
            })
        };
        Some(Self { state, view, goals: Rc::default(), _listeners: [clicks, keys, found], _minutes: minutes })
    }

    /// Covers the texts of these authors, now and in all rows to come.
    pub fn mute(&self, muted: Muted) {
        self.state.borrow_mut().mute(muted);
    }

    /// Marks the comments that are new on this visit, now and in all rows to come; with `None`, none.
    pub fn mark_new(&self, visit: Option<Visit>) {
        self.state.borrow_mut().mark_new(visit);
    }

    /// Has `watch` called with each block near the screen: at once, and whenever one comes near, leaves, or changes.
    pub fn watch_blocks(&self, watch: Option<BlockWatch>) {
        self.state.borrow_mut().watch_blocks(watch);
    }

    /// Shows these rows of this thread, instead of what is there. Returns when the reader's screen is right; `done` is
    /// called when all rows are in the page, unless other rows were to be shown before that. In a `flat` list nobody is
    /// below anybody.
    pub fn show(&self, thread: &Arc<Thread>, rows: Vec<Row>, flat: bool, done: impl FnOnce() + 'static) {
        let (job, mut place) = self.state.borrow_mut().begin(thread, rows, flat);
        for block in self.state.borrow().blocks.iter() {
            self.view.observe(block.element());
        }
        let state = Rc::downgrade(&self.state);
        spawn(async move {
            loop {
                pause().await;
                // What the browser does about moved links waits for the next frame: it must not pile up there.
                frame().await;
                let Some(state) = state.upgrade() else { return };
                if !state.borrow().is_current(job) {
                    return;
                }
                let watch = Stopwatch::start();
                if state.borrow_mut().fill_next(job, &mut place, || watch.millis() > SLICE_MILLIS) {
                    break;
                }
            }
            done();
            // A frame later, so that what is on the screen has been laid out once with all its rows.
            next_frame().await;
            if let Some(state) = state.upgrade().filter(|state| state.borrow().is_current(job)) {
                let mut state = state.borrow_mut();
                state.settle();
                place.keep();
            }
        });
    }

    /// Scrolls to a comment, marks it, gives it the focus if it is to have it, and corrects the place until heights have
    /// settled or the reader scrolls. A comment that is hidden, or has no element yet, is shown. Gives whether it is
    /// among the rows.
    pub fn go_to(&self, index: u32, give_focus: bool) -> bool {
        let row = self.state.borrow_mut().expose(index);
        let Some(Ok(row)) = row.map(|row| row.dyn_into::<HtmlElement>()) else { return false };
        let state = self.state.borrow();
        if let Ok(Some(before)) = state.host.query_selector(".is-target") {
            let _ = before.class_list().remove_1("is-target");
        }
        let _ = row.class_list().add_1("is-target");
        let (window, jump) = (state.window.clone(), state.jump.begin());
        drop(state);
        if give_focus {
            focus(&row);
        }
        self.stop_going();
        spawn(settle(window, row, jump, Rc::clone(&self.goals)));
        true
    }

    /// The place with this class in the row of a comment, for something to be mounted in; `None` for a comment that has
    /// no row.
    pub fn place_in(&self, index: u32, class: &str) -> Option<HtmlElement> {
        self.state.borrow_mut().place_in(index, class)?.dyn_into().ok()
    }

    /// Says to the style sheet how it stands with a comment of the reader's own; with `None`, that it is like all others.
    pub fn mark_local(&self, index: u32, status: Option<&str>) {
        self.state.borrow().mark_local(index, status);
    }

    /// Marks the button that voted for a comment (`true`), or the one that voted against it.
    pub fn mark_vote(&self, index: u32, up: bool) {
        self.state.borrow().mark_vote(index, up);
    }

    /// The comment of a row is the one with another id from now on: the row stays, with all that is in it.
    pub fn rename(&self, from: &CommentId, to: &CommentId) {
        self.state.borrow_mut().rename(from, to);
    }

    /// From now on, this comment's row is not moved, because somebody writes in it: the others go around it.
    pub fn write_in(&self, comment: Option<CommentId>) {
        self.state.borrow_mut().write_in(comment);
    }

    /// Somebody wants to be elsewhere than where they were last led to.
    pub fn stop_going(&self) {
        self.goals.set(self.goals.get().wrapping_add(1));
    }

    /// Whether a row with this element id was prerendered and can be seen; it gets the focus then, if nothing else has
    /// it.
    pub fn focus_adopted(&self, element_id: &str) -> bool {
        let state = self.state.borrow();
        let row = state.adopted_row(element_id).and_then(|row| row.dyn_into::<HtmlElement>().ok());
        let is_free = state.scope.active_element().is_none_or(|element| element.tag_name() == "BODY");
        drop(state);
        row.inspect(|row| {
            if is_free {
                focus(row);
            }
        })
        .is_some()
    }

    /// The comment with the focus in its row.
    pub fn focused(&self) -> Option<u32> {
        let state = self.state.borrow();
        let focused = state.scope.active_element().filter(|element| state.host.contains(Some(element)));
        focused.and_then(|element| state.row_of(&element))
    }

    /// The comment that the reader is at: with the focus in its row, or else the one that they went to last, as long as
    /// it is on the screen.
    pub fn current(&self) -> Option<u32> {
        self.focused().or_else(|| {
            let state = self.state.borrow();
            let row = state.host.query_selector(".is-target").ok()??;
            let (bounds, screen) = (row.get_bounding_client_rect(), state.window.inner_height().ok()?.as_f64()?);
            (bounds.bottom() > 0.0 && bounds.top() < screen).then(|| state.row_of(&row))?
        })
    }

    /// Gives the focus to a row, where it is.
    pub fn focus_row(&self, index: u32) {
        let row = self.state.borrow().element_of(index).and_then(|row| row.dyn_into::<HtmlElement>().ok());
        if let Some(row) = row {
            focus(&row);
        }
    }
}

fn clicked(state: &Rc<RefCell<State>>, event: &Event, on_event: &impl Fn(RowEvent)) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    if let (Ok(Some(author)), true) = (target.closest(".comment-author"), is_plain(event)) {
        let index = state.borrow().row_of(&author);
        if let Some(index) = index {
            event.prevent_default();
            on_event(RowEvent::AuthorPressed(index));
        }
        return;
    }
    let Ok(Some(button)) = target.closest("button, [role=button]") else { return };
    let Some(index) = state.borrow().row_of(&button) else { return };
    let is = |class| button.class_list().contains(class);
    if is("comment-fold") {
        on_event(RowEvent::FoldPressed(index));
    } else if is("comment-reply") {
        on_event(RowEvent::ReplyPressed(index));
    } else if is("comment-up") || is("comment-down") {
        on_event(RowEvent::VotePressed(index, is("comment-up")));
    } else if is("comment-more") {
        state.borrow_mut().show_more(index);
    } else if is("comment-unveil") {
        let row = state.borrow_mut().unveil(index);
        // The button is gone, and the focus with it.
        if let Some(row) = row.and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
            focus(&row);
        }
    } else if is("comment-menu")
        && let Ok(button) = button.dyn_into()
    {
        on_event(RowEvent::MenuPressed(index, button));
    }
}

/// A key on what says that it is a button presses it, as the browser does with those that are.
fn pressed(event: &KeyboardEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let button = target.filter(|target| target.get_attribute("role").as_deref() == Some("button"));
    let modified = event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key();
    if let Some(button) = button.filter(|_| matches!(event.key().as_str(), "Enter" | " ") && !modified) {
        event.prevent_default();
        button.click();
    }
}

/// Whether a click asks for nothing special, as a new tab would be.
fn is_plain(event: &Event) -> bool {
    event.dyn_ref::<MouseEvent>().is_some_and(|click| {
        click.button() == 0 && !(click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key())
    })
}

/// Gives the focus to a row, and leaves the page where it is.
fn focus(row: &HtmlElement) {
    let _ = row.set_attribute("tabindex", "-1");
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = row.focus_with_options(&options);
}

/// Lets the browser go to what it has found before any place is kept again.
async fn hold(_jump: JumpEnd) {
    for _ in 0..STILL_FRAMES {
        next_frame().await;
    }
}

async fn settle(window: Window, row: HtmlElement, _jump: JumpEnd, goals: Rc<Cell<u32>>) {
    let goal = goals.get();
    // Back and Forward change it before anybody hears of them.
    let hash = || window.location().hash().unwrap_or_default();
    let here = hash();
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Start);
    options.set_behavior(ScrollBehavior::Instant);
    let reader = ReaderMoves::watch(&window);
    let mut still = 0;
    let mut before = f64::NAN;
    for _ in 0..SETTLE_FRAMES {
        if goals.get() != goal || hash() != here {
            return;
        }
        row.scroll_into_view_with_scroll_into_view_options(&options);
        next_frame().await;
        let top = row.get_bounding_client_rect().top();
        still = if (top - before).abs() < 1.0 { still + 1 } else { 0 };
        before = top;
        if still >= STILL_FRAMES || reader.happened() {
            return;
        }
    }
}
