//! Why nothing of a file can be shown.

use super::fields::Notes;
use crate::json::items::{Outcome, RootError};
use crate::json::{JsonError, JsonErrorKind, Kind};
use afterword_core::model::WarningKind;
use std::fmt;

/// Why a file could not be read at all. What could be read in part is no error: see the warnings then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DecodeError {
    /// There is nothing in it.
    Empty,
    /// Markup where JSON should be: a single-page fallback, a server's error page, a captive portal. Asking again
    /// later may help.
    Html,
    /// No JSON from this byte on, and nothing before it could be kept.
    NotJson {
        /// Offset in bytes.
        at: usize,
    },
    /// It ends before anything was whole. Asking again may help.
    CutOff {
        /// Its length in bytes.
        at: usize,
    },
    /// JSON, but no object at its root.
    WrongRoot {
        /// What stands there.
        found: Kind,
    },
    /// Nested deeper than any file of ours, and nothing before it could be kept.
    TooDeep {
        /// Offset in bytes.
        at: usize,
    },
    /// An object without a list of items, or a post's file without the post.
    NoItems,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the file is empty"),
            Self::Html => f.write_str("this is a web page, not JSON: the file is probably missing on the server"),
            Self::NotJson { at } => write!(f, "this is not JSON (from byte {at} on)"),
            Self::CutOff { at } => write!(f, "the file ends too early, after {at} bytes"),
            Self::WrongRoot { found } => {
                let found = match found {
                    Kind::Null => "null",
                    Kind::Bool => "true or false",
                    Kind::Number => "a number",
                    Kind::String => "a text",
                    Kind::Array => "a list",
                    Kind::Object => "another object",
                };
                write!(f, "the file should hold an object {{…}}, but it holds {found}")
            }
            Self::TooDeep { at } => write!(f, "the file is nested too deep (at byte {at})"),
            Self::NoItems => f.write_str("there is no list \"items\" with anything in it"),
        }
    }
}

impl std::error::Error for DecodeError {}

impl From<JsonError> for DecodeError {
    fn from(JsonError { at, kind }: JsonError) -> Self {
        match kind {
            JsonErrorKind::UnexpectedEnd => Self::CutOff { at },
            JsonErrorKind::Unexpected => Self::NotJson { at },
            JsonErrorKind::TooDeep => Self::TooDeep { at },
        }
    }
}

impl From<RootError> for DecodeError {
    fn from(error: RootError) -> Self {
        match error {
            RootError::Empty => Self::Empty,
            RootError::Html => Self::Html,
            RootError::Other(found) => Self::WrongRoot { found },
            RootError::Json(error) => error.into(),
        }
    }
}

/// What a walk that gave no item failed for, if it failed.
pub(super) fn failure(outcome: &Outcome) -> Option<DecodeError> {
    match (outcome.root, outcome.stop, outcome.list) {
        (Some(root), _, _) => Some(root.into()),
        (None, Some(stop), _) => Some(stop.into()),
        (None, None, Some(Kind::Array)) => None,
        (None, None, None | Some(_)) => Some(DecodeError::NoItems),
    }
}

/// Notes what was odd about a file of which something could be read.
pub(super) fn note_outcome(outcome: &Outcome, notes: &mut Notes) {
    for JsonError { at, kind } in [outcome.damage, outcome.stop].into_iter().flatten() {
        let kind = match kind {
            JsonErrorKind::UnexpectedEnd => WarningKind::CutOff,
            JsonErrorKind::Unexpected | JsonErrorKind::TooDeep => WarningKind::ItemUnreadable,
        };
        notes.add(format!("byte {at}"), kind);
    }
    if outcome.mended {
        notes.add(String::new(), WarningKind::TextMended);
    }
}
