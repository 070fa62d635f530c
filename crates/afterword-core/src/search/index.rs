//! The folded text of all comments of a thread, and the search in it.

use super::fold::{fold_char, fold_into};
use super::query::Query;
use super::scan::folded_value;
use super::term::Term;
use crate::body::{Attr, BODY_SHOWN_BYTES_MAX, Body, Element, Event, Policy, RawBody, Tag, sanitize_up_to};
use crate::model::{Comment, CommentState};
use crate::thread::Thread;

/// How much is folded before the clock is asked again, in bytes of source: a small part of a millisecond.
const SLICE_BYTES: usize = 4096;

/// What ends each text of [`Texts`]. Folded text has no line breaks, so no match reaches into the next comment.
const END: char = '\n';

/// What a search needs to know that is not in the thread.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// Whether the comment at this index is new to the reader.
    pub is_new: &'a dyn Fn(u32) -> bool,
    /// The comments of a subject, by its name as it stands in the query.
    pub subject: &'a dyn Fn(&str) -> Vec<u32>,
}

/// What is searched. It takes about as much memory as the texts that are shown.
#[derive(Clone, Debug, Default)]
pub struct Index {
    texts: Texts,
    names: Texts,
    links: Vec<bool>,
}

impl Index {
    /// Takes in further comments of the thread, in the order of the input, until there are none or the time is out. Each
    /// call takes in at least one. Gives whether all are in; once that is so, it does nothing.
    ///
    /// A thread may grow at its end between two calls. For any other thread, begin with a new index.
    pub fn extend(&mut self, thread: &Thread, out_of_time: impl Fn() -> bool) -> bool {
        if self.is_empty() {
            // Folded text is seldom longer than its source. Growing by doubling would take up to three times as much.
            self.texts.arena.reserve_exact(thread.comments().iter().map(|comment| source_len(&comment.body) + 1).sum());
        }
        let mut bytes = 0;
        while let Some(comment) = thread.comments().get(self.len()) {
            if bytes > SLICE_BYTES {
                if out_of_time() {
                    return false;
                }
                bytes = 0;
            }
            self.push(comment);
            bytes += source_len(&comment.body);
        }
        true
    }

    /// How many comments are in it.
    pub fn len(&self) -> usize {
        self.links.len()
    }

    /// Whether none is in it.
    pub fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// For each comment of the thread whether it matches. Comments that are not in the index yet match nothing, and
    /// deleted ones neither; all others match a query without terms.
    pub fn matches(&self, thread: &Thread, query: &Query, known: &Known<'_>) -> Vec<bool> {
        let is_shown = |comment: &Comment| comment.state == CommentState::Published;
        let mut matched: Vec<bool> = thread.comments().iter().take(self.len()).map(is_shown).collect();
        for (term, folded) in query.parts() {
            self.narrow(thread, term, folded, known, &mut matched);
        }
        matched.resize(thread.len(), false);
        matched
    }

    /// Takes out what does not match a term.
    fn narrow(&self, thread: &Thread, term: &Term, folded: &str, known: &Known<'_>, matched: &mut [bool]) {
        let published = |index: usize| thread.comments().get(index).and_then(|comment| comment.published);
        match term {
            Term::Word(_) | Term::Phrase(_) => self.texts.narrow(folded, matched),
            Term::AuthorPart(_) => self.names.narrow(folded, matched),
            Term::Author(_) => retain(matched, |index| self.names.get(index) == folded),
            Term::After(period) => retain(matched, |index| published(index).is_some_and(|time| time >= period.start())),
            Term::Before(period) => retain(matched, |index| published(index).is_some_and(|time| time < period.start())),
            Term::HasLink => retain(matched, |index| self.links.get(index) == Some(&true)),
            Term::Subject(name) => {
                let mut is_in = vec![false; matched.len()];
                for index in (known.subject)(name) {
                    if let Some(is_in) = is_in.get_mut(index as usize) {
                        *is_in = true;
                    }
                }
                retain(matched, |index| is_in.get(index) == Some(&true));
            }
            Term::IsNew => retain(matched, |index| u32::try_from(index).is_ok_and(|index| (known.is_new)(index))),
        }
    }

    fn push(&mut self, comment: &Comment) {
        let mut has_link = false;
        if comment.state == CommentState::Published {
            self.names.arena.push_str(&folded_value(&comment.author.name));
            let body = sanitize_up_to(&comment.body, &Policy::comment(), BODY_SHOWN_BYTES_MAX);
            has_link = self.texts.take_body(&body);
        }
        self.names.end();
        self.texts.end();
        self.links.push(has_link);
    }
}

/// How much of a source is read, in bytes.
fn source_len(body: &RawBody) -> usize {
    let len = match body {
        RawBody::Html(html) => html.len(),
        RawBody::Text(text) => text.len(),
    };
    len.min(BODY_SHOWN_BYTES_MAX)
}

fn retain(matched: &mut [bool], keep: impl Fn(usize) -> bool) {
    for (index, matched) in matched.iter_mut().enumerate() {
        *matched = *matched && keep(index);
    }
}

/// Folded texts one after the other, each with [`END`] behind it.
#[derive(Clone, Debug, Default)]
struct Texts {
    arena: String,
    /// Where each text ends, behind its [`END`].
    ends: Vec<usize>,
}

impl Texts {
    fn start_of(&self, index: usize) -> usize {
        index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0)
    }

    fn get(&self, index: usize) -> &str {
        let end = self.ends.get(index).map_or(0, |end| end - END.len_utf8());
        self.arena.get(self.start_of(index)..end).unwrap_or("")
    }

    fn end(&mut self) {
        self.arena.push(END);
        self.ends.push(self.arena.len());
    }

    /// Takes out the texts that do not hold the needle: one search through all, which goes on with the next text after
    /// each hit.
    fn narrow(&self, needle: &str, matched: &mut [bool]) {
        let mut next = 0;
        let mut from = 0;
        while let Some(found) = self.arena.get(from..).and_then(|rest| rest.find(needle)) {
            let rest = self.ends.get(next..).unwrap_or(&[]);
            let index = next + rest.partition_point(|end| *end <= from + found);
            fill_false(matched, next, index);
            next = index + 1;
            from = self.start_of(next);
        }
        fill_false(matched, next, matched.len());
    }

    /// Appends what is shown of a body, words of different lines and cells apart. Gives whether a link to the web is in it.
    fn take_body(&mut self, body: &Body) -> bool {
        let start = self.arena.len();
        let mut has_link = false;
        for event in body.events() {
            match event {
                Event::Open(element) => {
                    self.part(element.tag);
                    has_link |= is_web_link(element);
                    if element.tag == Tag::Img {
                        fold_into(element.attr(Attr::Alt).unwrap_or(""), &mut self.arena);
                    }
                }
                Event::Text(text) => fold_into(text, &mut self.arena),
                Event::Close(tag) => self.part(tag),
            }
        }
        has_link || has_address(self.arena.get(start..).unwrap_or(""))
    }

    fn part(&mut self, tag: Tag) {
        if tag == Tag::Br || tag.is_block() {
            fold_char(' ', &mut self.arena);
        }
    }
}

fn fill_false(matched: &mut [bool], from: usize, until: usize) {
    if let Some(part) = matched.get_mut(from..until) {
        part.fill(false);
    }
}

fn is_web_link(element: &Element) -> bool {
    let is_web = |url: &str| {
        let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
        scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
    };
    element.tag == Tag::A && element.attr(Attr::Href).is_some_and(is_web)
}

/// Whether a web address is written out in a folded text.
fn has_address(folded: &str) -> bool {
    ["http://", "https://", "www."].into_iter().any(|start| {
        let goes_on = |(at, _): (usize, &str)| {
            let before = folded.get(..at).and_then(|before| before.chars().next_back());
            let after = folded.get(at + start.len()..).and_then(|after| after.chars().next());
            !before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
        };
        folded.match_indices(start).any(goes_on)
    })
}
