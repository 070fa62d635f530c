//! What is folded away in a conversation: replies, one by one or all at once, and what a selection leaves out.

use super::{Conversation, Talk};
use crate::texts::{Key, text};
use afterword_core::rows::{Row, Selection, View};
use afterword_core::thread::Thread;
use leptos::prelude::*;

impl Conversation {
    /// Hides the replies to a comment, or shows them.
    pub fn fold(&self, index: u32) {
        self.talk.update(|talk| {
            let Some(thread) = talk.thread().cloned() else { return };
            if talk.selection.is_none() && talk.view != View::Author {
                let folded = talk.collapsed.contains(index);
                talk.collapsed.set(index, !folded);
            } else {
                let rows = self.rows();
                let folded = rows.iter().any(|row| row.comment == index && row.collapsed);
                talk.selection_to_open(&thread).open_replies(&thread, index, folded);
            }
        });
    }

    /// Whether there are replies that can be hidden all at once: not where one looks for something among them.
    pub fn can_fold_all(&self) -> bool {
        self.talk.with(|talk| {
            let layered = match talk.view {
                View::Threaded | View::Inferred => talk.selection.is_none(),
                View::Flat | View::Author => false,
            };
            layered && talk.thread().is_some_and(|thread| thread.has_replies())
        })
    }

    /// Hides all replies in the thread, or shows them all.
    pub fn fold_all(&self) {
        if !untrack(|| self.can_fold_all()) {
            return;
        }
        let folded = self.talk.try_update(|talk| {
            let fold = talk.collapsed.is_empty();
            let Some(thread) = talk.thread().cloned() else { return fold };
            talk.collapsed = Default::default();
            if fold {
                talk.collapsed.set_all(&thread);
            }
            fold
        });
        let key = if folded.unwrap_or_default() { Key::AllCollapsed } else { Key::AllExpanded };
        self.session.say(text(key));
    }
}

impl Talk {
    /// The selection, to show more than it has; in the author's view, one of what that shows.
    pub(super) fn selection_to_open(&mut self, thread: &Thread) -> &mut Selection {
        self.selection.get_or_insert_with(|| {
            Selection::new(thread.comments().iter().map(|comment| comment.by_post_author).collect())
        })
    }
}

/// Who gets the focus of a row that is not to be seen any more: the nearest comment above it that is.
pub(super) fn heir_of_focus(thread: &Thread, rows: &[Row], focused: u32) -> Option<u32> {
    let mut hidden = vec![false; thread.len()];
    for row in rows {
        hidden[row.comment as usize] = row.hidden;
    }
    let is_hidden = |comment: u32| hidden.get(comment as usize).copied().unwrap_or_default();
    let mut heir = Some(focused).filter(|&comment| is_hidden(comment))?;
    while is_hidden(heir) {
        heir = thread.placement(heir).parent()?;
    }
    Some(heir)
}
