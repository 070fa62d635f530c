//! Which texts are covered because the reader has muted their authors, and how a row is covered and shown again.

use super::row::RowView;
use super::rows;
use super::words::Words;
use super::write::write_muted;
use crate::muted::{AuthorKey, Muted};
use afterword_core::body::Policy;
use afterword_core::model::CommentState;
use afterword_core::thread::Thread;
use web_sys::{Document, Element};

/// The muted authors' comments in one thread.
#[derive(Default)]
pub(super) struct Veil {
    muted: Muted,
    /// By comment; empty as long as nobody is muted.
    covered: Vec<bool>,
    /// Comments that the reader wanted to see nevertheless.
    unveiled: Vec<u32>,
}

impl Veil {
    /// Whether a comment's text is covered.
    pub(super) fn covers(&self, comment: u32) -> bool {
        self.covered.get(comment as usize).copied().unwrap_or_default() && !self.unveiled.contains(&comment)
    }

    /// Takes another list of muted authors.
    pub(super) fn mute(&mut self, muted: Muted, thread: &Thread) {
        self.muted = muted;
        self.look_through(thread);
        let covered = &self.covered;
        // Who is muted anew is muted whole.
        self.unveiled.retain(|&comment| covered.get(comment as usize).copied().unwrap_or_default());
    }

    /// Takes another thread, in which comments have other numbers.
    pub(super) fn take_thread(&mut self, thread: &Thread) {
        self.unveiled.clear();
        self.look_through(thread);
    }

    /// Shows one comment nevertheless.
    pub(super) fn unveil(&mut self, comment: u32) {
        if self.covers(comment) {
            self.unveiled.push(comment);
        }
    }

    fn look_through(&mut self, thread: &Thread) {
        self.covered.clear();
        if !self.muted.is_empty() {
            // A deleted text is gone already.
            let comments = thread.comments().iter();
            self.covered.extend(comments.map(|comment| {
                comment.state == CommentState::Published && self.muted.contains(&AuthorKey::of(&comment.author))
            }));
        }
    }
}

/// Makes a row's element what its view says: covered, or not. `None` where it has no text.
pub(super) fn draw(document: &Document, row: &Element, view: &RowView<'_>, policy: &Policy) -> Option<()> {
    let body = row.query_selector(".comment-body").ok()??;
    let _ = row.class_list().toggle_with_force("is-muted", view.muted);
    if view.muted {
        let mut words = Words::default();
        write_muted(&mut words, view, policy);
        let holder = document.create_element("div").ok()?;
        rows::fill(&holder, words.as_str());
        let said = holder.first_element_child()?;
        body.before_with_node_1(&said).ok()?;
        // What find-in-page finds is shown.
        body.set_attribute("hidden", "until-found").ok()
    } else {
        if let Some(said) = row.query_selector(".comment-muted").ok()? {
            said.remove();
        }
        body.remove_attribute("hidden").ok()
    }
}
