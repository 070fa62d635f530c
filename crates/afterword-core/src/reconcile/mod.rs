//! Which comment of a thread is the letter that was sent: asked when nobody heard the answer of a back end.
//!
//! No back end honours a mark by which it would know a request again, so we go by what readers would go by: who wrote it,
//! what it says, what it answers, and that it was not there before. A wrong "found" would lose a comment, a wrong
//! "not found" costs its writer a look into the thread: in doubt it is not found.
//!
//! Clocks do not come into it as long as the thread was known before: those of a browser and a server may be days apart.

mod text;

use crate::body::{RawBody, RawHtml};
use crate::ids::CommentId;
use crate::model::{Comment, CommentState};
use crate::outbox::{Entry, State};
use crate::search::fold;
use crate::writing::{Letter, Target, Writer};
use std::collections::HashMap;

/// Where the thread was not known before, a comment that is this much older than the letter is not it, in milliseconds:
/// three days, for clocks of browsers that are wrong by a day or two.
const OLDER_MAX_MILLIS: i64 = 3 * 86_400_000;

/// What back ends call those who give no name.
const NAMELESS: [&str; 3] = ["anonymous", "anonym", "guest"];

/// What was found of a letter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Match<'a> {
    /// Just one comment can be it.
    Found(&'a Comment),
    /// Several can; this one came first. One of them is it, and they are all the same.
    Several(&'a Comment),
    /// None.
    NotFound,
}

impl<'a> Match<'a> {
    /// The comment.
    pub fn comment(self) -> Option<&'a Comment> {
        match self {
            Self::Found(comment) | Self::Several(comment) => Some(comment),
            Self::NotFound => None,
        }
    }
}

/// Looks for the letter of an entry among the comments of its thread, in any order. `taken` are comments that other
/// entries are known to be.
pub fn reconcile<'a>(entry: &Entry, comments: &'a [Comment], taken: &[CommentId]) -> Match<'a> {
    let parents = Parents::of(comments);
    let was_there = |comment: &Comment| match &entry.known {
        Some(known) => known.contains(&comment.id),
        None => comment.published.is_some_and(|time| time.millis() < entry.created.saturating_sub(OLDER_MAX_MILLIS)),
    };
    let alike: Vec<&Comment> = comments
        .iter()
        .filter(|comment| !taken.contains(&comment.id))
        .filter(|comment| matches!(entry.letter.place.target, Target::Edit(_)) || !was_there(comment))
        .filter(|comment| is_alike(&entry.letter, comment, &parents))
        .collect();
    match alike.as_slice() {
        [only] => Match::Found(only),
        several => match several.iter().min_by_key(|comment| (comment.published, &comment.id)) {
            Some(first) => Match::Several(first),
            None => Match::NotFound,
        },
    }
}

/// The comments that a letter could be taken for: to be asked before it is sent, and told to [`reconcile`] afterwards
/// ([`Entry::known`]).
pub fn look_alikes(letter: &Letter, comments: &[Comment]) -> Vec<CommentId> {
    let parents = Parents::of(comments);
    let alike = comments.iter().filter(|comment| is_alike(letter, comment, &parents));
    alike.map(|comment| comment.id.clone()).collect()
}

/// The comment that a held entry has become, if somebody has approved it.
pub fn shown_up(entry: &Entry, comments: &[Comment], taken: &[CommentId]) -> Option<CommentId> {
    match &entry.state {
        State::Held { id: Some(id) } => comments.iter().find(|comment| comment.id == *id).map(id_of),
        State::Held { id: None } => reconcile(entry, comments, taken).comment().map(id_of),
        State::Queued { .. }
        | State::Sending { .. }
        | State::MaybeSent(_)
        | State::Published { .. }
        | State::Rejected(_) => None,
    }
}

fn id_of(comment: &Comment) -> CommentId {
    comment.id.clone()
}

fn is_alike(letter: &Letter, comment: &Comment, parents: &Parents<'_>) -> bool {
    let is_there = comment.state == CommentState::Published;
    let is_placed = match &letter.place.target {
        // Nobody but its writer can have changed it, whatever name they gave.
        Target::Edit(id) => return is_there && comment.id == *id && text::is_same(&letter.text, &comment.body, false),
        Target::Thread => comment.parent.is_none(),
        Target::Reply(to) => parents.may_be_answer_to(comment, to),
    };
    // An answer to a comment that the back end does not have begins with a line that says whom it answers. Adapters may
    // have read the parent from that line.
    let may_begin_with_line = match &letter.place.target {
        Target::Reply(to) => comment.parent.as_ref().is_none_or(|parent| parent == to),
        Target::Thread | Target::Edit(_) => false,
    };
    is_there
        && is_placed
        && is_signed(&letter.writer, &comment.author.name)
        && text::is_same(&letter.text, &comment.body, may_begin_with_line)
}

/// Whether a name is that of the writer. Some back ends give names with `&amp;` for `&`.
fn is_signed(writer: &Writer, name: &str) -> bool {
    let folded = |name: &str| fold(name).trim().to_owned();
    let (wanted, given) = (folded(&writer.name), folded(name));
    if wanted.is_empty() {
        return given.is_empty() || NAMELESS.contains(&given.as_str());
    }
    wanted == given || wanted == folded(&text::plain(&RawBody::Html(RawHtml::new(name))))
}

/// Who answers whom, as far as it was read.
struct Parents<'a>(HashMap<&'a CommentId, Option<&'a CommentId>>);

impl<'a> Parents<'a> {
    fn of(comments: &'a [Comment]) -> Self {
        Self(comments.iter().map(|comment| (&comment.id, comment.parent.as_ref())).collect())
    }

    /// Whether this is how an answer to `to` can be kept: as one to it, to one of those that it answers itself (where
    /// answers are flattened), or to nobody (where the back end does not know it).
    fn may_be_answer_to(&self, comment: &Comment, to: &CommentId) -> bool {
        let Some(parent) = &comment.parent else { return !self.0.contains_key(to) };
        let mut above = Some(to);
        // As many steps as there are comments: parents may lead in a circle.
        for _ in 0..=self.0.len() {
            match above {
                Some(id) if id == parent => return true,
                Some(id) => above = self.0.get(id).copied().flatten(),
                None => return false,
            }
        }
        false
    }
}

#[cfg(test)]
mod tests;
