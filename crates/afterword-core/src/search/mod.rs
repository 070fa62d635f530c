//! Search: which comments of a thread match a text that a reader types.
//!
//! A [`Query`] is read from that text, an [`Index`] holds the folded text of each comment, and [`Index::matches`] brings
//! them together. Chips, names and switches change the text ([`with_term`], [`without_term`]), so that there is one
//! place where the whole filter can be seen, shared and mended.
//!
//! # What can be typed
//!
//! ```text
//! query  = (term white-space)*           all terms must match
//! term   = field ":" value | phrase | word
//! phrase = '"' text '"'                  white space in it matches any white space
//! value  = phrase | word                 white space may stand before it
//! field  = "author" | "after" | "before" | "has" | "subject" | "is"      in any case
//! ```
//!
//! | term | matches comments |
//! |---|---|
//! | `roller` | with this in their text, also within a word |
//! | `"foam roller"` | with these words in a row |
//! | `author:ann` | by authors with this in their name |
//! | `author:"Ann Lee"` | by authors of just this name; `author:""`: by those who gave none |
//! | `after:2012`, `after:2012-03`, `after:2012-03-05` | from the beginning of that year, month or day (UTC) on |
//! | `before:2012`, … | from before that beginning: `after:2012 before:2013` is the year 2012 |
//! | `has:link` | with a link to the web, or an address written out |
//! | `subject:"foam roller"` | that the caller counts to this subject |
//! | `is:new` | that the caller calls new |
//!
//! - Text is compared folded ([`fold()`]): case, accents and the forms of quotes and dashes make no difference.
//! - A word with a colon is a word unless a field stands before the colon: `12:30`, `note:this`, `https://…`. To look for
//!   the name of a field, quote it: `"after: all"`.
//! - Any double quotation mark opens and closes a phrase, `„so“`, `«so»` or `“so”`, for phones put them in. It opens at the
//!   beginning of a word and closes at the end of one; a mark within a word (`צה"ל`) is part of it.
//! - **What is not finished is no error**, if it stands at the very end: a quote that is still open is taken as closed
//!   there, and `author:`, `has:li` or `after:201` do not filter yet. Anywhere else, or when nothing that could follow
//!   would make it right (`after:yesterday`, `has:pizza`), it is a [`QueryError`] that names the place.
//! - Comments of unknown date match neither `after:` nor `before:`. Deleted comments match nothing.

mod fold;
mod index;
mod letters;
mod period;
mod query;
mod ranges;
mod scan;
mod term;

pub use fold::fold;
pub use index::{Index, Known};
pub use period::Period;
pub use query::{QUERY_BYTES_MAX, Query, QueryError, QueryErrorKind, TERMS_MAX};
pub use scan::Field;
pub use term::{Term, has_term, with_term, without_field, without_term};
