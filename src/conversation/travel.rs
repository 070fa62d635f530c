//! Going from comment to comment: by link, by key, and to what is new.

use super::{Comments, Conversation};
use crate::platform::location;
use crate::texts::{Key, text};
use afterword_core::ids::CommentId;
use afterword_core::rows::{Move, View, destination};
use leptos::prelude::*;
use std::rc::Rc;
use std::sync::Arc;

/// A comment to go to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Awaited {
    index: u32,
    /// Whether its row gets the focus.
    focus: bool,
}

impl Conversation {
    /// Goes to a comment: opens what hides it, scrolls there, marks it and gives it the focus. Where its row is not
    /// there yet, as soon as it is.
    pub fn go_to(&self, index: u32) {
        self.arrive(Awaited { index, focus: true });
    }

    /// As [`Self::go_to`], but the focus stays where it is.
    pub fn show_comment(&self, index: u32) {
        self.arrive(Awaited { index, focus: false });
    }

    fn arrive(&self, goal: Awaited) {
        self.reveal(&[goal.index]);
        let Some(renderer) = self.with_attached(|attached| Rc::clone(&attached.renderer)) else { return };
        // The rows may still be those of an older state, where the index is that of another comment.
        let there = self.is_up_to_date() && renderer.go_to(goal.index, goal.focus);
        self.with_attached(|attached| attached.awaited = (!there).then_some(goal));
    }

    /// Whether the rows are those of the thread as it is now.
    pub(super) fn is_up_to_date(&self) -> bool {
        let shown = self.with_attached(|attached| attached.shown.clone()).flatten();
        let now = self.talk.with_untracked(|talk| talk.thread().cloned());
        shown.zip(now).is_some_and(|(shown, now)| Arc::ptr_eq(&shown, &now))
    }

    /// All rows are there: goes where somebody wanted to go before that.
    pub(super) fn go_to_awaited(&self) {
        if let Some(goal) = self.with_attached(|attached| attached.awaited.take()).flatten() {
            self.arrive(goal);
        }
    }

    /// All rows are there for the first time. Where the comment asked for was prerendered, the browser has gone there by
    /// itself; the reader may have moved on since, and only the focus is missing.
    pub(super) fn land(&self) {
        let Some(renderer) = self.with_attached(|attached| Rc::clone(&attached.renderer)) else { return };
        if self.with_attached(|attached| attached.awaited.is_some()).unwrap_or_default() {
            self.go_to_awaited();
        } else if !(self.is_prerendered() && renderer.focus_adopted(&location::fragment())) {
            self.go_to_fragment();
        }
    }

    /// Goes to the comment that the address asks for; says so where there is none.
    pub(super) fn go_to_fragment(&self) {
        let Some(id) = CommentId::from_element_id(&location::fragment()) else {
            // Back from a comment to where the reader was before.
            self.with_attached(|attached| attached.renderer.stop_going());
            return;
        };
        let found = self.talk.with_untracked(|talk| match &talk.comments {
            Comments::Ready(thread, _) => Some(thread.find(&id)),
            Comments::Loading | Comments::Failed(_) => None,
        });
        let Some(found) = found else { return };
        if self.talk.with_untracked(|talk| talk.target_gone) != found.is_none() {
            self.talk.update(|talk| talk.target_gone = found.is_none());
        }
        if let Some(index) = found {
            self.go_to(index);
        }
    }

    /// Opens what hides some comments. Nothing is told to anybody if nothing does.
    pub(super) fn reveal(&self, comments: &[u32]) {
        if !self.rows().iter().any(|row| row.hidden && comments.contains(&row.comment)) {
            return;
        }
        self.talk.update(|talk| {
            let Some(thread) = talk.thread().cloned() else { return };
            if talk.selection.is_none() && talk.view != View::Author {
                comments.iter().for_each(|&comment| talk.collapsed.reveal(&thread, comment));
            } else {
                let selection = talk.selection_to_open(&thread);
                comments.iter().for_each(|&comment| selection.open(comment));
            }
        });
    }

    /// Goes from the comment with the focus to another one.
    pub fn go(&self, way: Move) {
        let (from, rows) = (self.current(), self.rows());
        let found = self
            .talk
            .with_untracked(|talk| destination(talk.thread()?, &rows, from, way, &|comment| talk.is_new(comment)));
        match found {
            Some(index) => self.go_to(index),
            None => self.session.say(text(Key::NothingThere)),
        }
    }

    /// The comment with the focus in its row.
    pub fn current(&self) -> Option<u32> {
        self.with_attached(|attached| attached.renderer.current()).flatten()
    }

    /// The comments that can be seen, in the order of the screen.
    pub fn shown_order(&self) -> Vec<u32> {
        self.rows().iter().filter(|row| !row.hidden).map(|row| row.comment).collect()
    }

    /// Whether a comment appeared after the reader was last here.
    pub fn is_new(&self, comment: u32) -> bool {
        self.talk.with_untracked(|talk| talk.is_new(comment))
    }
}
