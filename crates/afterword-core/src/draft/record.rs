//! The form in which drafts, and all else that Afterword keeps in the database, are stored: flat records of texts and
//! numbers.
//!
//! A draft's record has the fields `v` (the version of this form), `site`, `post`, `target` (`thread`, `reply` or `edit`),
//! `comment`, `text`, `start`, `end`, `scroll`, `modified` (milliseconds since 1970), `writer` (hexadecimal), `version`,
//! `title`, `author` and `excerpt`. What decides where a text belongs must be sound; a caret, a date or a title that makes
//! no sense is no reason to give a text up, and is left out.

use super::{Context, Draft, DraftId, Shown, Stamp, WriterId};
use crate::ids::{CommentId, PostPath};
use crate::time::Timestamp;
use crate::writing::{Place, Target, Utf16};
use std::collections::BTreeMap;

/// One value of a record.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// A text, as it was typed.
    Text(Utf16),
    /// A number.
    Number(f64),
}

impl From<&str> for Field {
    fn from(text: &str) -> Self {
        Self::Text(Utf16::from(text))
    }
}

impl From<f64> for Field {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

/// A record: values by name.
pub type Fields = BTreeMap<String, Field>;

/// The object stores of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Store {
    /// What is written and not sent.
    Drafts,
    /// What is being sent.
    Outbox,
    /// Records that could not be read, as they were.
    Aside,
}

impl Store {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Drafts, Self::Outbox, Self::Aside];

    /// Its name in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Drafts => "drafts",
            Self::Outbox => "outbox",
            Self::Aside => "aside",
        }
    }
}

/// What is written in one transaction: all of it or nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// Records, by store and key.
    pub puts: Vec<(Store, String, Fields)>,
    /// What goes away.
    pub deletes: Vec<(Store, String)>,
}

/// The version of the form that is written here. A newer one is not read: its texts may lie elsewhere.
pub const VERSION: f64 = 1.0;

/// The name of the field that holds the text.
pub const TEXT: &str = "text";

/// Why a record cannot be read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unreadable {
    /// It was written by a newer version of Afterword, in this form.
    Newer(f64),
    /// This field is missing.
    Missing(&'static str),
    /// This field holds something else than it should.
    Wrong(&'static str),
}

/// The text in a field.
///
/// # Errors
/// [`Unreadable`] where it is missing or a number.
pub fn text<'a>(fields: &'a Fields, name: &'static str) -> Result<&'a Utf16, Unreadable> {
    match fields.get(name) {
        Some(Field::Text(text)) => Ok(text),
        Some(Field::Number(_)) => Err(Unreadable::Wrong(name)),
        None => Err(Unreadable::Missing(name)),
    }
}

/// The number in a field.
///
/// # Errors
/// [`Unreadable`] where it is missing or a text.
pub fn number(fields: &Fields, name: &'static str) -> Result<f64, Unreadable> {
    match fields.get(name) {
        Some(Field::Number(number)) => Ok(*number),
        Some(Field::Text(_)) => Err(Unreadable::Wrong(name)),
        None => Err(Unreadable::Missing(name)),
    }
}

/// The number in a field, if it is whole and counts something.
///
/// # Errors
/// [`Unreadable`] where it does not.
pub fn count(fields: &Fields, name: &'static str) -> Result<u32, Unreadable> {
    let number = number(fields, name)?;
    let count = number as u32;
    if f64::from(count) == number { Ok(count) } else { Err(Unreadable::Wrong(name)) }
}

/// The version of the form of a record, if it is one that is known here: from 1 to `newest`.
///
/// # Errors
/// [`Unreadable`] where it is not.
pub fn version(fields: &Fields, newest: f64) -> Result<f64, Unreadable> {
    let version = number(fields, "v")?;
    if version > newest {
        return Err(Unreadable::Newer(version));
    }
    if version >= 1.0 { Ok(version) } else { Err(Unreadable::Wrong("v")) }
}

/// The site that a record belongs to, if it says so, whatever else is wrong with it.
pub fn site(fields: &Fields) -> Option<String> {
    text(fields, "site").ok().map(Utf16::to_text)
}

/// Writes a place into a record, for [`decode_place`].
pub fn encode_place(place: &Place, fields: &mut Fields) {
    let (target, comment) = match &place.target {
        Target::Thread => ("thread", None),
        Target::Reply(id) => ("reply", Some(id)),
        Target::Edit(id) => ("edit", Some(id)),
    };
    fields.insert("site".to_owned(), Field::from(place.site.as_str()));
    fields.insert("post".to_owned(), Field::from(place.post.to_string().as_str()));
    fields.insert("target".to_owned(), Field::from(target));
    if let Some(comment) = comment {
        fields.insert("comment".to_owned(), Field::from(comment.as_str()));
    }
}

/// Reads the place that [`encode_place`] has written.
///
/// # Errors
/// [`Unreadable`] where it has not.
pub fn decode_place(fields: &Fields) -> Result<Place, Unreadable> {
    let comment = || Ok(CommentId::new(text(fields, "comment")?.to_text()));
    let target = match text(fields, "target")?.to_text().as_str() {
        "thread" => Target::Thread,
        "reply" => Target::Reply(comment()?),
        "edit" => Target::Edit(comment()?),
        _ => return Err(Unreadable::Wrong("target")),
    };
    let post = PostPath::parse(&text(fields, "post")?.to_text()).ok_or(Unreadable::Wrong("post"))?;
    Ok(Place { site: text(fields, "site")?.to_text(), post, target })
}

/// A draft as a record. Its key is that of its id.
pub fn encode(draft: &Draft) -> Fields {
    let mut fields = Fields::new();
    encode_place(&draft.place, &mut fields);
    let mut put = |name: &str, field: Field| fields.insert(name.to_owned(), field);
    put("v", Field::Number(VERSION));
    put(TEXT, Field::Text(draft.shown.text.clone()));
    put("start", Field::Number(draft.shown.selection.0.into()));
    put("end", Field::Number(draft.shown.selection.1.into()));
    put("scroll", Field::Number(draft.shown.scroll));
    put("writer", Field::from(format!("{:016x}", draft.stamp.writer.0).as_str()));
    put("version", Field::Number(draft.stamp.version.into()));
    put("title", Field::from(draft.context.post_title.as_str()));
    put("author", Field::from(draft.context.answered_author.as_str()));
    put("excerpt", Field::from(draft.context.answered_excerpt.as_str()));
    if let Some(modified) = draft.modified {
        put("modified", Field::Number(modified.millis() as f64));
    }
    fields
}

/// Reads a record that [`encode`] has written.
///
/// # Errors
/// [`Unreadable`] where it has not, or where something that matters was changed since.
pub fn decode(key: &str, fields: &Fields) -> Result<Draft, Unreadable> {
    version(fields, VERSION)?;
    let text_of = |name| text(fields, name).map(Utf16::to_text).unwrap_or_default();
    let place = decode_place(fields)?;
    let text = text(fields, TEXT)?.clone();
    let writer = u64::from_str_radix(&text_of("writer"), 16).map_err(|_| Unreadable::Wrong("writer"))?;
    let stamp = Stamp { writer: WriterId(writer), version: count(fields, "version")? };
    let length = u32::try_from(text.0.len()).unwrap_or(u32::MAX);
    let end = count(fields, "end").unwrap_or(length).min(length);
    let start = count(fields, "start").unwrap_or(end).min(end);
    let scroll = number(fields, "scroll").ok().filter(|scroll| scroll.is_finite() && *scroll >= 0.0).unwrap_or(0.0);
    let modified = number(fields, "modified").ok().filter(|millis| millis.is_finite());
    Ok(Draft {
        id: DraftId::new(key),
        place,
        context: Context {
            post_title: text_of("title"),
            answered_author: text_of("author"),
            answered_excerpt: text_of("excerpt"),
        },
        shown: Shown { text, selection: (start, end), scroll },
        modified: modified.and_then(|millis| Timestamp::from_millis(millis as i64)),
        stamp,
    })
}
