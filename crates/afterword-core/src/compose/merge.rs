//! Comments that came by hand, on their way into the files of a thread.
//!
//! What a stranger's file says is believed in little: not in votes, not in who is the author, not in ids. Nothing that is
//! there is changed; a plan is made, and somebody looks at it.

use crate::body::url::check_author_link;
use crate::body::{Policy, RawBody, RawHtml, sanitize};
use crate::ids::{CommentId, PostPath};
use crate::model::{Author, Comment, CommentState, ThreadState};
use crate::time::Timestamp;
use crate::words::is_blank;
use crate::writing::{Letter, Markup, Target};
use std::collections::HashSet;

/// Longest text that is taken, in characters: what Isso takes, and more than anybody types.
pub const TEXT_CHARACTERS_MAX: usize = 65_535;

/// Longest name that is taken, in characters.
const NAME_CHARACTERS_MAX: usize = 200;

/// So far ahead a reader's clock may be without a word, in milliseconds.
const CLOCK_AHEAD_MILLIS: i64 = 10 * 60 * 1_000;

/// A comment as its writer sent it.
#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    /// The post it is for.
    pub post: PostPath,
    /// The title of that post, as the writer saw it.
    pub title: String,
    /// The comment that it answers.
    pub parent: Option<CommentId>,
    /// Who signs it.
    pub author: Author,
    /// An e-mail address, for the owner alone.
    pub email: Option<String>,
    /// When it was written, by the writer's clock.
    pub written: Option<Timestamp>,
    /// The text.
    pub text: Text,
}

/// A text with what it is written in.
#[derive(Clone, Debug, PartialEq)]
pub enum Text {
    /// As it is; blank lines part paragraphs.
    Plain(String),
    /// Markdown.
    Markdown(String),
    /// HTML, untrusted.
    Html(RawHtml),
}

/// A comment that would be added, and what is odd about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The comment as it would be added, with its new id.
    pub comment: Comment,
    /// What its owner should know before.
    pub notes: Vec<Note>,
}

/// Something odd about a comment that can be added all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// What it answers is not in the thread; it will be shown at the top level, and marked.
    ParentMissing(CommentId),
    /// What it answers was deleted.
    ParentDeleted(CommentId),
    /// It says that it was written at this time, which is yet to come; it gets the time of now.
    FromTheFuture(Timestamp),
    /// It does not say when it was written; it gets the time of now.
    NoDate,
    /// It says that it was written before what it answers.
    OlderThanParent,
    /// It is not signed.
    NoName,
    /// Its writer's web address is none that can be linked to; it is left out.
    WebsiteRefused,
    /// The conversation is closed.
    ThreadClosed,
}

/// Why a comment is not added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It has no text.
    NoText,
    /// Its text is longer than [`TEXT_CHARACTERS_MAX`].
    TooLong,
    /// This comment of the thread says the same, by the same name and in the same place.
    AlreadyThere(CommentId),
}

/// The thread that a comment comes to.
#[derive(Clone, Copy, Debug)]
pub struct Destination<'a> {
    /// All its comments.
    pub comments: &'a [Comment],
    /// Whether it takes answers.
    pub state: ThreadState,
}

impl Submission {
    /// A letter as its file has it; `None` for a change of a comment that is there, which cannot be made by hand.
    pub fn of_letter(letter: &Letter, markup: Markup, written: Timestamp) -> Option<Self> {
        let parent = match &letter.place.target {
            Target::Thread => None,
            Target::Reply(id) => Some(id.clone()),
            Target::Edit(_) => return None,
        };
        let text = letter.text.to_text();
        let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Some(Self {
            post: letter.place.post.clone(),
            title: letter.title.clone(),
            parent,
            author: Author { name: letter.writer.name.trim().to_owned(), url: filled(&letter.writer.website) },
            email: filled(&letter.writer.email),
            written: Some(written),
            text: match markup {
                Markup::Plain => Text::Plain(text),
                Markup::Markdown => Text::Markdown(text),
            },
        })
    }

    /// The id that it gets in any thread, made from what it says: the same file always has the same.
    pub fn id(&self) -> CommentId {
        let (kind, text) = match &self.text {
            Text::Plain(text) => ("plain", text.as_str()),
            Text::Markdown(text) => ("markdown", text.as_str()),
            Text::Html(html) => ("html", html.to_encode()),
        };
        let written = self.written.map(Timestamp::to_rfc3339).unwrap_or_default();
        let post = self.post.to_string();
        let parent = self.parent.as_ref().map_or("", CommentId::as_str);
        let mut hash = Fnv::default();
        for part in [&post, parent, &self.author.name, &written, kind, text] {
            // With its length before it, no part can pass for the end of another.
            hash.add(&(part.len() as u64).to_le_bytes());
            hash.add(part.as_bytes());
        }
        CommentId::new(format!("by-hand-{:016x}", hash.0))
    }
}

/// What would be added for a submission. `render` makes HTML of Markdown; `now` is the owner's clock.
///
/// # Errors
/// When there is nothing to be added.
pub fn plan(
    submission: &Submission,
    thread: Destination<'_>,
    now: Timestamp,
    render: impl FnOnce(&str) -> RawHtml,
) -> Result<Plan, Refused> {
    let source = match &submission.text {
        Text::Plain(text) | Text::Markdown(text) => text.as_str(),
        Text::Html(html) => html.to_encode(),
    };
    if source.chars().nth(TEXT_CHARACTERS_MAX).is_some() {
        return Err(Refused::TooLong);
    }
    let body = match &submission.text {
        Text::Plain(text) => RawBody::Text(text.trim().to_owned()),
        Text::Markdown(text) => RawBody::Html(render(text)),
        Text::Html(html) => RawBody::Html(html.clone()),
    };
    if sanitize(&body, &Policy::comment()).is_empty() || is_blank(source) {
        return Err(Refused::NoText);
    }
    let mut notes = Vec::new();
    let author = checked_author(&submission.author, &mut notes);
    let published = checked_date(submission.written, now, &mut notes);
    let comment = Comment {
        id: submission.id(),
        parent: submission.parent.clone(),
        author,
        published: Some(published),
        edited: None,
        body,
        state: CommentState::Published,
        votes: None,
        by_post_author: false,
    };
    if let Some(same) = thread.comments.iter().find(|there| is_same(there, &comment)) {
        return Err(Refused::AlreadyThere(same.id.clone()));
    }
    check_parent(&comment, thread.comments, &mut notes);
    if thread.state == ThreadState::Closed {
        notes.push(Note::ThreadClosed);
    }
    let id = free_id(&comment.id, thread.comments);
    Ok(Plan { comment: Comment { id, ..comment }, notes })
}

fn checked_author(author: &Author, notes: &mut Vec<Note>) -> Author {
    let name: String = author.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = name.chars().take(NAME_CHARACTERS_MAX).collect();
    let name = if is_blank(&name) { String::new() } else { name };
    if name.is_empty() {
        notes.push(Note::NoName);
    }
    let given = author.url.as_deref().map(str::trim).filter(|url| !url.is_empty());
    let url = given.and_then(check_author_link).map(|url| url.as_str().to_owned());
    if given.is_some() && url.is_none() {
        notes.push(Note::WebsiteRefused);
    }
    Author { name, url }
}

fn checked_date(written: Option<Timestamp>, now: Timestamp, notes: &mut Vec<Note>) -> Timestamp {
    match written {
        None => notes.push(Note::NoDate),
        Some(date) if date.millis() > now.millis().saturating_add(CLOCK_AHEAD_MILLIS) => {
            notes.push(Note::FromTheFuture(date));
        }
        Some(_) => {}
    }
    written.filter(|date| *date <= now).unwrap_or(now)
}

fn check_parent(comment: &Comment, thread: &[Comment], notes: &mut Vec<Note>) {
    let Some(id) = &comment.parent else { return };
    match thread.iter().find(|there| there.id == *id) {
        None => notes.push(Note::ParentMissing(id.clone())),
        Some(parent) => {
            if parent.state == CommentState::Deleted {
                notes.push(Note::ParentDeleted(id.clone()));
            }
            if parent.published > comment.published {
                notes.push(Note::OlderThanParent);
            }
        }
    }
}

/// Whether two comments are one: by id, or by name, place and words.
fn is_same(there: &Comment, new: &Comment) -> bool {
    let words = |comment: &Comment| {
        let text = sanitize(&comment.body, &Policy::comment()).text();
        text.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    let same_name = there.author.name.trim().to_lowercase() == new.author.name.to_lowercase();
    same_name && there.parent == new.parent && words(there) == words(new)
}

/// The id, or where another comment has it already one with a number behind it.
fn free_id(id: &CommentId, thread: &[Comment]) -> CommentId {
    let taken: HashSet<&CommentId> = thread.iter().map(|comment| &comment.id).collect();
    let numbered = (2_u32..).map(|number| CommentId::new(format!("{id}-{number}")));
    std::iter::once(id.clone()).chain(numbered).find(|id| !taken.contains(id)).unwrap_or_else(|| id.clone())
}

/// FNV-1a with 64 bits (Fowler, Noll, Vo): short, and the same everywhere. Two comments with one hash get two ids all the
/// same, so nobody gains by forging one.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
