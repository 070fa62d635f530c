//! Queries, and what can be wrong with one.

use super::fold::fold;
use super::period::Period;
use super::ranges::ranges;
use super::scan::{Field, Item, Quotes, folded_value, scan};
use super::term::{LINK, NEW, Term};
use std::fmt;
use std::ops::Range;

/// Longest query, in bytes. A paragraph that somebody pastes to find it fits; links to a query stay links.
pub const QUERY_BYTES_MAX: usize = 1000;

/// Most terms of a query: each walks through all comments.
pub const TERMS_MAX: usize = 32;

/// What a reader looks for. The grammar stands in [`crate::search`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    terms: Vec<Term>,
    /// For each term its text as it is compared.
    folded: Vec<String>,
}

/// Why a text is no query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// What is wrong.
    pub kind: QueryErrorKind,
    /// Where it stands in the text, in bytes: the bad term as a whole, or what is beyond a bound.
    pub place: Range<usize>,
}

/// What can be wrong with a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QueryErrorKind {
    /// `author: has:link`: nothing stands after the colon.
    MissingValue(Field),
    /// `after:yesterday`, `has:pizza`: it is none of the values that the field takes.
    BadValue(Field),
    /// More than [`QUERY_BYTES_MAX`].
    TooLong,
    /// More than [`TERMS_MAX`].
    TooManyTerms,
}

impl QueryError {
    /// The part of the query that is wrong.
    pub fn text<'a>(&self, query: &'a str) -> &'a str {
        query.get(self.place.clone()).unwrap_or("")
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            QueryErrorKind::MissingValue(field) => write!(f, "nothing after {}:", field.name()),
            QueryErrorKind::BadValue(field) => write!(f, "no value for {}:", field.name()),
            QueryErrorKind::TooLong => write!(f, "longer than {QUERY_BYTES_MAX} bytes"),
            QueryErrorKind::TooManyTerms => write!(f, "more than {TERMS_MAX} terms"),
        }?;
        write!(f, ", at byte {}", self.place.start)
    }
}

impl std::error::Error for QueryError {}

/// What an item of a query turned out to be.
pub(super) enum Parsed {
    Term(Term),
    /// It stands at the end and does not say anything yet.
    Unfinished,
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    ///
    /// For the first term that is wrong, or when the text or the number of terms is beyond its bound. What is only not
    /// finished is no error.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        if text.len() > QUERY_BYTES_MAX {
            let place = text.floor_char_boundary(QUERY_BYTES_MAX)..text.len();
            return Err(QueryError { kind: QueryErrorKind::TooLong, place });
        }
        let mut query = Self::default();
        for item in scan(text) {
            let error = |kind| QueryError { kind, place: item.place.clone() };
            let Parsed::Term(term) = parse_item(text, &item).map_err(error)? else { continue };
            let folded = folded_text(&term);
            // A phrase of nothing, or a mark without its letter: there is nothing to look for.
            if folded.is_empty() && matches!(term, Term::Word(_) | Term::Phrase(_) | Term::AuthorPart(_)) {
                continue;
            }
            if query.terms.len() == TERMS_MAX {
                return Err(error(QueryErrorKind::TooManyTerms));
            }
            query.terms.push(term);
            query.folded.push(folded);
        }
        Ok(query)
    }

    /// Whether it has no terms, so that it would match every comment.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Its terms in order.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The terms, each with its text as it is compared.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&Term, &str)> {
        self.terms.iter().zip(&self.folded).map(|(term, folded)| (term, folded.as_str()))
    }

    /// What its words and phrases match in a text: places in UTF-16 units, as the DOM counts, in order, apart from each
    /// other. A place takes in the marks on its last letter. Call it for each text node: a match that goes on in the next
    /// node is not found.
    pub fn ranges_in(&self, text: &str) -> Vec<Range<u32>> {
        let needles = self.parts().filter(|(term, _)| matches!(term, Term::Word(_) | Term::Phrase(_)));
        ranges(text, needles.map(|(_, folded)| folded))
    }
}

fn folded_text(term: &Term) -> String {
    match term {
        Term::Word(text) | Term::Phrase(text) => fold(text).trim().to_owned(),
        Term::AuthorPart(text) | Term::Author(text) => folded_value(text),
        Term::Subject(_) | Term::After(_) | Term::Before(_) | Term::HasLink | Term::IsNew => String::new(),
    }
}

pub(super) fn parse_item(text: &str, item: &Item) -> Result<Parsed, QueryErrorKind> {
    let value = text.get(item.value.clone()).unwrap_or("");
    let Some(field) = item.field else {
        return Ok(Parsed::Term(match item.quotes {
            Quotes::None => Term::Word(value.to_owned()),
            Quotes::Closed | Quotes::Open => Term::Phrase(value.to_owned()),
        }));
    };
    let is_last = item.place.end == text.len();
    if field == Field::Author && item.quotes == Quotes::Closed {
        return Ok(Parsed::Term(Term::Author(value.to_owned())));
    }
    let folded = folded_value(value);
    if folded.is_empty() {
        return if is_last { Ok(Parsed::Unfinished) } else { Err(QueryErrorKind::MissingValue(field)) };
    }
    let (term, begun) = match field {
        Field::Author if item.quotes == Quotes::Open => (Some(Term::Author(value.to_owned())), false),
        Field::Author => (Some(Term::AuthorPart(value.to_owned())), false),
        Field::Subject => (Some(Term::Subject(value.to_owned())), false),
        Field::After => (Period::parse(&folded).map(Term::After), Period::is_begun(&folded)),
        Field::Before => (Period::parse(&folded).map(Term::Before), Period::is_begun(&folded)),
        Field::Has => ((folded == LINK).then_some(Term::HasLink), LINK.starts_with(&folded)),
        Field::Is => ((folded == NEW).then_some(Term::IsNew), NEW.starts_with(&folded)),
    };
    match term {
        Some(term) => Ok(Parsed::Term(term)),
        None if begun && is_last => Ok(Parsed::Unfinished),
        None => Err(QueryErrorKind::BadValue(field)),
    }
}
