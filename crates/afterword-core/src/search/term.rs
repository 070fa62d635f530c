//! Terms, and queries changed as text.

use super::fold::fold;
use super::period::Period;
use super::query::{Parsed, parse_item};
use super::scan::{Field, Item, Quotes, is_quote, scan};
use std::fmt;

/// One condition of a query. Texts are as written; they are folded when they are compared.
///
/// Displayed, it is the text that is read as this term: names and phrases in quotation marks, without such marks at the
/// ends of their words, and with single spaces for white space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// The text holds it.
    Word(String),
    /// The text holds these words in a row.
    Phrase(String),
    /// The author's name holds it. It has no white space: `author:"Ann Lee"` means a whole name.
    AuthorPart(String),
    /// The author has this name.
    Author(String),
    /// Not before the beginning of this.
    After(Period),
    /// Before the beginning of this.
    Before(Period),
    /// There is a link in it.
    HasLink,
    /// It belongs to this subject.
    Subject(String),
    /// It is new.
    IsNew,
}

impl Term {
    /// The field that it is written with.
    pub fn field(&self) -> Option<Field> {
        match self {
            Self::Word(_) | Self::Phrase(_) => None,
            Self::AuthorPart(_) | Self::Author(_) => Some(Field::Author),
            Self::After(_) => Some(Field::After),
            Self::Before(_) => Some(Field::Before),
            Self::HasLink => Some(Field::Has),
            Self::Subject(_) => Some(Field::Subject),
            Self::IsNew => Some(Field::Is),
        }
    }

    /// What two terms share that mean the same.
    fn key(&self) -> String {
        fold(&self.to_string())
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(field) = self.field() {
            write!(f, "{}:", field.name())?;
        }
        match self {
            Self::Word(text) if is_word(text.trim()) => f.write_str(text.trim()),
            Self::Word(text) | Self::Phrase(text) | Self::Author(text) => write!(f, "\"{}\"", quotable(text)),
            Self::AuthorPart(text) | Self::Subject(text) => {
                let text = quotable(text);
                if is_value(&text) { f.write_str(&text) } else { write!(f, "\"{text}\"") }
            }
            Self::After(period) | Self::Before(period) => period.fmt(f),
            Self::HasLink => f.write_str(LINK),
            Self::IsNew => f.write_str(NEW),
        }
    }
}

/// The one value of `has:`.
pub(super) const LINK: &str = "link";

/// The one value of `is:`.
pub(super) const NEW: &str = "new";

/// Whether a text is read as one word.
fn is_word(text: &str) -> bool {
    let items = scan(text);
    matches!(items.as_slice(), [Item { place, field: None, quotes: Quotes::None, .. }] if place.len() == text.len())
}

/// Whether a text after the colon of a field is read as a whole, without quotation marks.
fn is_value(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_whitespace) && !text.starts_with(is_quote)
}

/// A text as it can stand in quotation marks: a mark at the end of a word would close them.
fn quotable(text: &str) -> String {
    let words = text.split_whitespace().map(|word| word.trim_end_matches(is_quote)).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The query with one more term, at its end; as it is if it has that term. What was not finished at the end goes: an open
/// quotation mark is closed, an `author:` without a name is taken off.
pub fn with_term(text: &str, term: &Term) -> String {
    let key = term.key();
    let mut has = false;
    let mut out = kept(text, |one| {
        has |= one.key() == key;
        true
    });
    if !has {
        push(&mut out, &term.to_string());
    }
    out
}

/// The query without this term, wherever and however often it stands.
pub fn without_term(text: &str, term: &Term) -> String {
    let key = term.key();
    kept(text, |one| one.key() != key)
}

/// The query without all terms of a field: what goes before a new author or date is set.
pub fn without_field(text: &str, field: Field) -> String {
    kept(text, |one| one.field() != Some(field))
}

/// Whether the query has this term.
pub fn has_term(text: &str, term: &Term) -> bool {
    let key = term.key();
    scan(text).iter().any(|item| match parse_item(text, item) {
        Ok(Parsed::Term(one)) => one.key() == key,
        Ok(Parsed::Unfinished) | Err(_) => false,
    })
}

/// The items of a text that are mistakes, or terms to keep; each as it is written.
fn kept(text: &str, mut keep: impl FnMut(&Term) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for item in scan(text) {
        let stays = match parse_item(text, &item) {
            Ok(Parsed::Term(term)) => keep(&term),
            Ok(Parsed::Unfinished) => false,
            Err(_) => true,
        };
        if stays {
            push(&mut out, text.get(item.place.clone()).unwrap_or(""));
            if item.quotes == Quotes::Open {
                out.push('"');
            }
        }
    }
    out
}

fn push(out: &mut String, item: &str) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(item);
}
