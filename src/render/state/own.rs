//! Rows of what the reader writes: places in them for what is mounted there, rows that get another id once a server has
//! given one, and rows whose comment says something else than before.

use super::super::block_of;
use super::super::row::RowView;
use super::super::rows;
use super::super::words::Words;
use super::super::write::write_below_head;
use super::State;
use crate::platform::page;
use afterword_core::body::Policy;
use afterword_core::ids::CommentId;
use afterword_core::thread::Thread;
use web_sys::{Document, Element};

/// What every place in a row has as its class, besides its own.
const PLACE: &str = "row-place";

/// What is written anew where a comment says something else.
const BELOW_HEAD: &str =
    ":scope > :is(.comment-body, .comment-gone, .comment-more, .comment-up, .comment-down, .comment-reply)";

impl State {
    /// The place with this class in the row of a comment, made if it is not there. The row is built, if it was not.
    pub(in super::super) fn place_in(&mut self, index: u32, class: &str) -> Option<Element> {
        if self.element_of(index).is_none() {
            let position = self.position_of(index)?;
            self.fill(block_of(position), None);
        }
        let row = self.element_of(index)?;
        let children = row.children();
        let known = (0..children.length()).filter_map(|at| children.item(at));
        if let Some(place) = known.into_iter().find(|child| child.class_list().contains(class)) {
            return Some(place);
        }
        let place = self.document.create_element("div").ok()?;
        place.set_class_name(&format!("{PLACE} {class}"));
        row.append_child(&place).ok()?;
        Some(place)
    }

    /// Says to the style sheet how it stands with a comment of the reader's own; with `None`, that it is like all others.
    pub(in super::super) fn mark_local(&self, index: u32, status: Option<&str>) {
        if let Some(row) = self.element_of(index) {
            page::set_attribute(&row, "data-status", status);
            page::set_class(&row, "is-local", status.is_some());
        }
    }

    /// Marks the button that voted for a comment (`true`), or the one that voted against it.
    pub(in super::super) fn mark_vote(&self, index: u32, up: bool) {
        for (selector, is) in [(":scope > .comment-up", up), (":scope > .comment-down", !up)] {
            if let Some(Ok(Some(button))) = self.element_of(index).map(|row| row.query_selector(selector)) {
                page::set_attribute(&button, "aria-pressed", Some(if is { "true" } else { "false" }));
            }
        }
    }

    /// The comment of a row has another id from now on; the thread in which it has that comes next.
    pub(in super::super) fn rename(&mut self, from: &CommentId, to: &CommentId) {
        let Some(index) = self.thread.find(from) else { return };
        if let Some(row) = self.element_of(index) {
            row.set_id(&to.element_id());
        }
        if let Some(Some(live)) = self.live.get_mut(index as usize) {
            // The link in it is another one.
            live.stale_head = true;
        }
        if self.composer.as_ref() == Some(from) {
            self.composer = Some(to.clone());
        }
    }

    /// Writes anew what says something else in the thread that is shown now than in the one before.
    pub(super) fn rewrite_changed(&mut self, before: &Thread, kept: &[(u32, u32)]) {
        if std::ptr::eq(before.comments(), self.thread.comments()) {
            return;
        }
        for &(was, is) in kept {
            let (old, new) = (before.comment(was), self.thread.comment(is));
            if (&old.body, old.state, old.votes) != (&new.body, new.state, new.votes) {
                let position = self.live[is as usize].as_ref().map_or(0, |live| live.shown.position);
                let view = self.view_of(super::bare(is), position);
                if let Some(row) = self.element_of(is) {
                    rewrite(&self.document, &row, &view, &self.policy);
                }
            }
            if (&old.author, old.edited, old.published) != (&new.author, new.edited, new.published)
                && let Some(live) = &mut self.live[is as usize]
            {
                live.stale_head = true;
            }
        }
    }
}

/// Writes all of a row anew that stands between its head and what is mounted in it. `None` where it has no head.
fn rewrite(document: &Document, row: &Element, view: &RowView<'_>, policy: &Policy) -> Option<()> {
    let old = row.query_selector_all(BELOW_HEAD).ok()?;
    (0..old.length()).filter_map(|at| old.item(at)).for_each(|node| {
        let _ = node.parent_node().map(|parent| parent.remove_child(&node));
    });
    let holder = document.create_element("div").ok()?;
    let mut words = Words::default();
    write_below_head(&mut words, view, policy);
    rows::fill(&holder, words.as_str());
    let after = row.query_selector(":scope > .comment-muted").ok().flatten();
    let after = after.or_else(|| row.query_selector(":scope > .comment-head").ok().flatten())?;
    while let Some(last) = holder.last_element_child() {
        after.after_with_node_1(&last).ok()?;
    }
    Some(())
}
