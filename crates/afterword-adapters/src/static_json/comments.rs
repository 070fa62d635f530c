//! Files of comments: `comments.json` and its parts.

use super::error::{DecodeError, failure, note_outcome};
use super::fields::{Fields, Notes, Place, next_object, sound_date};
use crate::json::Value;
use crate::json::items::ItemReader;
use afterword_core::body::{RawBody, RawHtml};
use afterword_core::ids::CommentId;
use afterword_core::model::{Comment, CommentState, Decoded, Votes, WarningKind};
use afterword_core::time::Timestamp;
use std::collections::HashMap;

/// One file of comments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CommentsPage {
    /// The comments in the order of the file, each with an id of its own.
    pub comments: Vec<Comment>,
    /// With [`CommentsDecoder::keep_source`]: the item that each comment was read from, unknown fields and all.
    /// Empty otherwise.
    pub sources: Vec<Value>,
    /// The next file, as written; [`super::Pages`] says whether to go there.
    pub next_url: Option<String>,
    /// How many items were left out because they could not be read. A file that was cut off has lost more than that,
    /// and nobody knows how many: there is a [`WarningKind::CutOff`] then.
    pub skipped: usize,
}

/// Whether there is more to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Call [`CommentsDecoder::step`] again.
    More,
    /// Call [`CommentsDecoder::finish`].
    Done,
}

/// Reads a file of comments, in slices if the caller has other things to do meanwhile.
#[derive(Debug)]
pub struct CommentsDecoder {
    reader: ItemReader<'static>,
    keep_source: bool,
    page: CommentsPage,
    /// The place of each comment of the page in the list of items.
    places: Vec<Place>,
    notes: Notes,
}

/// Reads a file of comments in one go.
///
/// # Errors
/// When nothing of the file can be shown.
pub fn decode_comments(bytes: &[u8]) -> Result<Decoded<CommentsPage>, DecodeError> {
    CommentsDecoder::new(bytes.to_vec()).finish()
}

impl CommentsDecoder {
    /// Takes the file; nothing is read yet.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self {
            reader: ItemReader::new(bytes),
            keep_source: false,
            page: CommentsPage::default(),
            places: Vec::new(),
            notes: Notes::default(),
        }
    }

    /// Also keeps each item as it was, for rewriting the file.
    #[must_use]
    pub fn keep_source(mut self) -> Self {
        self.keep_source = true;
        self
    }

    /// Reads at most so many items. About 10,000 small ones take 20 ms on a desktop computer.
    pub fn step(&mut self, max_items: usize) -> Step {
        for _ in 0..max_items {
            let next = next_object(&mut self.reader, &mut self.notes, &mut self.page.skipped);
            let Some((object, place)) = next else { return Step::Done };
            if self.keep_source {
                self.page.sources.extend(self.reader.read_again());
            }
            self.page.comments.push(decode_comment(Fields::new(object, place, &mut self.notes)));
            self.places.push(place);
        }
        Step::More
    }

    /// Reads what is left and hands everything out.
    ///
    /// # Errors
    /// When nothing of the file can be shown.
    pub fn finish(mut self) -> Result<Decoded<CommentsPage>, DecodeError> {
        while self.step(usize::MAX) == Step::More {}
        let Self { reader, mut page, places, mut notes, .. } = self;
        let outcome = reader.finish();
        if page.comments.is_empty()
            && let Some(error) = failure(&outcome)
        {
            return Err(error);
        }
        note_outcome(&outcome, &mut notes);
        page.next_url = Fields::new(outcome.head, Place::ROOT, &mut notes).filled_text("next_url");
        settle_ids(&mut page.comments, &places, &mut notes);
        Ok(Decoded { value: page, warnings: notes.into_warnings() })
    }
}

/// One item. Its id is empty if it has none: [`settle_ids`] follows.
fn decode_comment(mut fields: Fields<'_>) -> Comment {
    let id = CommentId::new(fields.name("id").unwrap_or_default());
    let author = fields.authors().into_iter().next().unwrap_or_default();
    let published = fields.date("date_published");
    let modified = fields.date("date_modified");
    let body = decode_body(&mut fields);

    let mut thread = fields.object("_thread");
    let parent = thread.name("in_reply_to").map(CommentId::new);
    let deleted = thread.is_second("state", "published", "deleted");
    let state = if deleted { CommentState::Deleted } else { CommentState::Published };
    let edited = decode_edited(&mut thread, published, modified);
    let by_post_author = thread.flag("by_post_author");
    let votes = decode_votes(&mut thread);

    let body = match (state, body) {
        (CommentState::Deleted, _) => RawBody::default(),
        (CommentState::Published, Some(body)) => body,
        (CommentState::Published, None) => {
            fields.note("", WarningKind::BodyMissing);
            RawBody::default()
        }
    };
    Comment { id, parent, author, published, edited, body, state, votes, by_post_author }
}

/// The text: `content_html`, else `content_text`; `None` if both are missing or blank.
pub(super) fn decode_body(fields: &mut Fields<'_>) -> Option<RawBody> {
    let html = fields.filled_text("content_html").map(|html| RawBody::Html(RawHtml::new(html)));
    html.or_else(|| fields.filled_text("content_text").map(RawBody::Text))
}

/// When the text was last changed: `date_modified`, unless it repeats the date of publication; else `edited`, a date,
/// or `true` where nobody knows when: the comment's own date then.
fn decode_edited(
    thread: &mut Fields<'_>,
    published: Option<Timestamp>,
    modified: Option<Timestamp>,
) -> Option<Timestamp> {
    let modified = modified.filter(|modified| Some(*modified) != published);
    let told = match thread.value("edited") {
        None | Some(Value::Bool(false)) => None,
        Some(Value::Bool(true)) => published,
        Some(value) => {
            let date = sound_date(&value);
            if date.is_none() {
                thread.note("edited", WarningKind::DateInvalid);
            }
            date
        }
    };
    modified.or(told)
}

/// Votes for and against; a side that is missing counts as 0, one that is no count spoils both.
fn decode_votes(thread: &mut Fields<'_>) -> Option<Votes> {
    let votes = thread.value("votes")?;
    let side = |key| match votes.get(key) {
        None | Some(Value::Null) => Some(0),
        Some(value) => value.as_i64().and_then(|number| u32::try_from(number).ok()),
    };
    let sound = votes.as_object().and(Some(())).and_then(|()| Some(Votes { up: side("up")?, down: side("down")? }));
    if sound.is_none() {
        thread.note("votes", WarningKind::WrongType);
    }
    sound
}

/// Gives every comment an id of its own: `item-17` if it had none, `3~2` if an earlier one had its id. Ids that stand
/// in the file are never given away, so that answers find the comment they name.
fn settle_ids(comments: &mut [Comment], places: &[Place], notes: &mut Notes) {
    // Every id in use, with the number that tells the next comment of that id from it.
    let mut taken: HashMap<CommentId, u32> = HashMap::with_capacity(comments.len());
    let mut unsettled = Vec::new();
    for (index, comment) in comments.iter().enumerate() {
        if comment.id.as_str().is_empty() || taken.insert(comment.id.clone(), 2).is_some() {
            unsettled.push(index);
        }
    }
    for index in unsettled {
        let (Some(comment), Some(place)) = (comments.get_mut(index), places.get(index)) else { continue };
        let missing = comment.id.as_str().is_empty();
        notes.add(place.field("id"), if missing { WarningKind::IdMissing } else { WarningKind::IdDuplicate });
        if missing {
            comment.id = CommentId::new(format!("item-{}", place.item.unwrap_or(0)));
        }
        let mut id = comment.id.clone();
        let mut number = taken.get(&id).copied().unwrap_or(2);
        while taken.contains_key(&id) {
            id = numbered(&comment.id, number);
            number += 1;
        }
        taken.insert(comment.id.clone(), number);
        taken.insert(id.clone(), 2);
        comment.id = id;
    }
}

/// The id of the second, third … comment that came with the same id.
pub(super) fn numbered(id: &CommentId, number: u32) -> CommentId {
    CommentId::new(format!("{id}~{number}"))
}
