//! One comment as Isso gives it.

use super::ID_PREFIX;
use super::mark::Mark;
use crate::back_end::Form;
use crate::json::Value;
use afterword_core::body::url::check_author_link;
use afterword_core::body::{RawBody, RawHtml};
use afterword_core::ids::CommentId;
use afterword_core::model::{Author, Comment, CommentState, Votes, Warning, WarningKind};
use afterword_core::time::Timestamp;

/// Milliseconds in a second.
const MILLIS: f64 = 1000.0;

/// Longest name in bytes; a longer one is noise.
const NAME_BYTES_MAX: usize = 1_024;

/// Whether everybody may see a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Yes.
    Published,
    /// Not before somebody has approved it.
    Held,
    /// Its place is kept for its answers.
    Deleted,
}

/// A comment, and what else the server says of it.
pub(super) struct Read {
    pub(super) comment: Comment,
    pub(super) mode: Mode,
}

/// Takes comments apart.
pub(super) struct Reader<'a> {
    pub(super) mark: Mark,
    pub(super) form: Form,
    pub(super) warnings: &'a mut Vec<Warning>,
}

impl Reader<'_> {
    /// Reads a comment; `None` for what is no object or has no number. `below` is the comment whose answers it stands
    /// among.
    pub(super) fn read(&mut self, value: &Value, below: Option<&CommentId>) -> Option<Read> {
        let id = id_of(value.get("id")?)?;
        let place = id.as_str().to_owned();
        let mut note = |field: &str, kind| self.warnings.push(Warning { place: format!("{place}.{field}"), kind });
        let mut text = |key: &str| match value.get(key) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text.clone()),
            Some(_) => {
                note(key, WarningKind::WrongType);
                None
            }
        };
        let (name, website, source) = (text("author"), text("website"), text("text"));
        let mut date = |key: &str| match value.get(key) {
            None | Some(Value::Null) => None,
            Some(value) => {
                let date = date_of(value);
                if date.is_none() {
                    note(key, WarningKind::DateInvalid);
                }
                date
            }
        };
        let (published, modified) = (date("created"), date("modified"));
        let mode = match value.get("mode").and_then(Value::as_i64) {
            Some(2) => Mode::Held,
            Some(4) => Mode::Deleted,
            Some(_) | None => Mode::Published,
        };
        if mode != Mode::Deleted && source.is_none() {
            note("text", WarningKind::BodyMissing);
        }
        let source = source.filter(|_| mode != Mode::Deleted).unwrap_or_default();
        let parent = parent_of(value).or_else(|| below.cloned()).filter(|parent| *parent != id);
        let parent = match self.form {
            Form::Shown => parent.or_else(|| self.mark.find(&source)),
            Form::Source => parent,
        };
        let mut name = unescape(&name.unwrap_or_default());
        name.truncate(name.floor_char_boundary(NAME_BYTES_MAX));
        let comment = Comment {
            id,
            parent,
            author: Author { name, url: website.and_then(|url| website_of(&url)) },
            published,
            edited: modified,
            body: match self.form {
                Form::Shown => RawBody::Html(RawHtml::new(source)),
                Form::Source => RawBody::Text(source),
            },
            state: if mode == Mode::Deleted { CommentState::Deleted } else { CommentState::Published },
            votes: votes_of(value),
            by_post_author: false,
        };
        Some(Read { comment, mode })
    }
}

/// The id of a comment here from its number there.
pub(super) fn id_of(value: &Value) -> Option<CommentId> {
    match value {
        Value::Number(number) => Some(CommentId::new(format!("{ID_PREFIX}{}", number.as_name()))),
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn parent_of(value: &Value) -> Option<CommentId> {
    id_of(value.get("parent")?)
}

/// Seconds since 1970 with a fraction.
fn date_of(value: &Value) -> Option<Timestamp> {
    let Value::Number(number) = value else { return None };
    let millis = (number.as_f64()? * MILLIS).round();
    // Further off than 32,000 years, it is no date of ours, and no whole number of milliseconds either.
    let sound = millis.is_finite() && millis > 0.0 && millis < 1e15;
    #[expect(clippy::cast_possible_truncation, reason = "it was looked at before")]
    let millis = sound.then_some(millis as i64)?;
    Timestamp::from_millis(millis)
}

/// Votes; both sides must be counts.
pub(super) fn votes_of(value: &Value) -> Option<Votes> {
    let side = |key| value.get(key).and_then(Value::as_i64).and_then(|count| u32::try_from(count).ok());
    Some(Votes { up: side("likes")?, down: side("dislikes")? })
}

/// Isso stores names and addresses with the signs of markup escaped.
fn unescape(text: &str) -> String {
    const SIGNS: [(&str, &str); 6] =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&amp;", "&")];
    // The ampersand last: what an escaped one is followed by has been escaped no further.
    SIGNS.iter().fold(text.to_owned(), |text, (escaped, sign)| text.replace(escaped, sign))
}

/// A home page that may become a link. Writers may leave out the scheme when they change a comment.
fn website_of(url: &str) -> Option<String> {
    let url = unescape(url.trim());
    let whole = if url.contains("://") { url } else { format!("http://{url}") };
    check_author_link(&whole).map(|url| url.as_str().to_owned())
}
