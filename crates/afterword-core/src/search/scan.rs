//! Cuts a query into items. Nothing is refused here.

use super::fold::fold;
use std::ops::Range;

/// What stands before a colon and means something there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Who wrote it.
    Author,
    /// From when on.
    After,
    /// Until when.
    Before,
    /// What is in it.
    Has,
    /// What it is about.
    Subject,
    /// What it is to the reader.
    Is,
}

impl Field {
    /// All fields.
    pub const ALL: [Self; 6] = [Self::Author, Self::After, Self::Before, Self::Has, Self::Subject, Self::Is];

    /// The word before the colon.
    pub fn name(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::After => "after",
            Self::Before => "before",
            Self::Has => "has",
            Self::Subject => "subject",
            Self::Is => "is",
        }
    }
}

/// Whether a value stands in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotes {
    None,
    Closed,
    /// The text ends before they are closed.
    Open,
}

/// One term as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// Where it stands, field and quotation marks included, in bytes.
    pub(super) place: Range<usize>,
    pub(super) field: Option<Field>,
    /// Where its value stands, without quotation marks. Empty where it is missing.
    pub(super) value: Range<usize>,
    pub(super) quotes: Quotes,
}

/// What people and phones put around a phrase. Not the Hebrew mark of abbreviations, which is a part of words.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂')
}

/// The items of a text, in order.
pub(super) fn scan(text: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut at = 0;
    loop {
        at += space_len(text, at);
        if at == text.len() {
            return items;
        }
        let item = item_at(text, at);
        at = item.place.end;
        items.push(item);
    }
}

fn item_at(text: &str, start: usize) -> Item {
    let Some((field, len)) = field_at(text, start) else {
        let (value, quotes, end) = value_at(text, start);
        return Item { place: start..end, field: None, value, quotes };
    };
    let after_colon = start + len;
    let value_start = after_colon + space_len(text, after_colon);
    if value_start > after_colon && field_at(text, value_start).is_some() {
        // `author: has:link`: the second is a term of its own.
        let nothing = after_colon..after_colon;
        return Item { place: start..after_colon, field: Some(field), value: nothing, quotes: Quotes::None };
    }
    let (value, quotes, end) = value_at(text, value_start);
    Item { place: start..end, field: Some(field), value, quotes }
}

/// The field at this place, and its length with the colon.
fn field_at(text: &str, at: usize) -> Option<(Field, usize)> {
    let rest = text.get(at..)?;
    // A full-width colon too, as input methods of East Asia write it.
    let colon = rest.find([':', '：'])?;
    let name = rest.get(..colon)?;
    let field = Field::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(name))?;
    let colon_len = rest.get(colon..)?.chars().next()?.len_utf8();
    Some((field, colon + colon_len))
}

fn value_at(text: &str, start: usize) -> (Range<usize>, Quotes, usize) {
    let rest = text.get(start..).unwrap_or("");
    let Some(quote) = rest.chars().next().filter(|c| is_quote(*c)) else {
        let end = start + rest.find(char::is_whitespace).unwrap_or(rest.len());
        return (start..end, Quotes::None, end);
    };
    let inner = start + quote.len_utf8();
    let rest = text.get(inner..).unwrap_or("");
    let closes = |at: usize, mark: &str| {
        let next = rest.get(at + mark.len()..).and_then(|after| after.chars().next());
        next.is_none_or(char::is_whitespace)
    };
    let mut marks = rest.match_indices(is_quote);
    // Where none ends a word, as in scripts without spaces, the first one closes.
    let closing = marks.clone().find(|(at, mark)| closes(*at, mark)).or_else(|| marks.next());
    match closing {
        Some((at, mark)) => (inner..inner + at, Quotes::Closed, inner + at + mark.len()),
        None => (inner..text.len(), Quotes::Open, text.len()),
    }
}

fn space_len(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    rest.len() - rest.trim_start().len()
}

/// A value as it is compared: folded, without white space around it, and without the quotation marks that no quoted
/// value can hold.
pub(super) fn folded_value(value: &str) -> String {
    let mut folded = fold(value);
    folded.retain(|c| c != '"');
    let trimmed = folded.trim();
    if trimmed.len() == folded.len() { folded } else { trimmed.to_owned() }
}
