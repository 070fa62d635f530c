//! From the comments of an item to those that everyone could read.

use super::element::{Field, Fields};
use super::texts::Texts;
use super::{author, public_name};
use crate::autop::autop;
use crate::date;
use crate::report::{LeftOut, OddKind, Place, Report};
use afterword_core::body::{RawBody, RawHtml};
use afterword_core::ids::CommentId;
use afterword_core::model::{Comment, CommentState};
use std::collections::HashSet;

/// What comments need to know of their post.
pub(super) struct Conversation<'a> {
    pub(super) title: &'a str,
    /// The number of the post's author; empty when unknown.
    pub(super) writer_id: &'a str,
    /// How far the blog's clock was from UTC when the post was written.
    pub(super) offset: Option<i64>,
}

pub(super) fn build_comments(
    fields: &[Fields],
    conversation: &Conversation<'_>,
    texts: &mut Texts<'_>,
    report: &mut Report,
) -> Vec<Comment> {
    let all: HashSet<&str> = fields.iter().map(|comment| comment.get(Field::Id)).collect();
    let shown: HashSet<&str> =
        fields.iter().filter(|comment| left_out(comment).is_none()).map(|comment| comment.get(Field::Id)).collect();
    let mut taken = HashSet::new();
    let mut comments = Vec::with_capacity(shown.len());
    for (index, source) in fields.iter().enumerate() {
        if let Some(reason) = left_out(source) {
            report.leave_out(reason, 1);
            continue;
        }
        let mut odd = Vec::new();
        let id = unique_id(source.get(Field::Id), index, &mut taken, &mut odd);
        let parent = Some(source.get(Field::Parent)).filter(|parent| !parent.is_empty() && *parent != "0");
        if let Some(parent) = parent.filter(|parent| !shown.contains(parent)) {
            odd.push(if all.contains(parent) { OddKind::ParentLeftOut } else { OddKind::ParentMissing });
        }
        let comment = build_comment(source, id, parent, conversation, texts, &mut odd);
        for kind in odd {
            let place = || Place::Comment(conversation.title.to_owned(), comment.id.to_string());
            report.note(source.line, place, kind, "");
        }
        comments.push(comment);
    }
    comments
}

fn build_comment(
    source: &Fields,
    id: CommentId,
    parent: Option<&str>,
    conversation: &Conversation<'_>,
    texts: &mut Texts<'_>,
    odd: &mut Vec<OddKind>,
) -> Comment {
    let (name, was_email) = public_name(source.get(Field::AuthorName));
    if was_email {
        odd.push(OddKind::NameWasEmail);
    }
    let gmt = date::parse_gmt(source.get(Field::DateGmt));
    let published = gmt.or_else(|| date::parse_local(source.get(Field::Date), conversation.offset?));
    if published.is_none() {
        odd.push(OddKind::DateUnknown);
    } else if gmt.is_none() {
        odd.push(OddKind::DateDerived);
    }
    let text = source.raw(Field::Content);
    if text.trim().is_empty() {
        odd.push(OddKind::TextMissing);
    }
    let user = source.get(Field::UserId);
    Comment {
        id,
        parent: parent.map(CommentId::new),
        author: author(name, source.get(Field::Link)),
        published,
        edited: None,
        body: RawBody::Html(RawHtml::new(texts.comment(&autop(text)))),
        state: CommentState::Published,
        votes: None,
        by_post_author: !user.is_empty() && user != "0" && user == conversation.writer_id,
    }
}

/// The comment's own number; one that is missing or taken gets another, which is the same at each import.
fn unique_id(given: &str, index: usize, taken: &mut HashSet<String>, odd: &mut Vec<OddKind>) -> CommentId {
    let wanted = if given.is_empty() {
        odd.push(OddKind::CommentIdMissing);
        format!("unnumbered-{}", index + 1)
    } else {
        given.to_owned()
    };
    if taken.insert(wanted.clone()) {
        return CommentId::new(wanted);
    }
    odd.push(OddKind::CommentIdDuplicate);
    // Each place in the list is tried once at most, so a file of nothing but one number stays linear.
    let mut id = format!("{wanted}~{}", index + 1);
    while !taken.insert(id.clone()) {
        id.push('~');
    }
    CommentId::new(id)
}

/// Why this comment is not taken over. Only what was approved and written by a person is.
fn left_out(source: &Fields) -> Option<LeftOut> {
    match source.get(Field::ItemType) {
        "" | "comment" => {}
        "pingback" | "trackback" => return Some(LeftOut::Pingback),
        _ => return Some(LeftOut::OtherComment),
    }
    match source.get(Field::Approved) {
        "1" | "approve" | "approved" => None,
        "spam" => Some(LeftOut::SpamComment),
        "trash" | "post-trashed" => Some(LeftOut::TrashedComment),
        _ => Some(LeftOut::HeldComment),
    }
}
