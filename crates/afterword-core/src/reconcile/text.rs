//! Whether a comment says what a letter says. The letter has its source, which may be Markdown; the comment has what a
//! back end made of it. Compared are letters, digits and other signs that are no punctuation, without case and marks:
//! punctuation is what markup is made of, and what back ends make beautiful.
//!
//! Some runs of the source may be missing in the comment: addresses of links, numbers of lists, languages of code,
//! names of characters, tags. They *may*, because a back end for plain text keeps them.

use crate::body::{Policy, RawBody, sanitize};
use crate::search::fold;
use crate::writing::Utf16;
use std::ops::Range;

/// In so many places of the source at once the comparison may stand. Texts have one or two; more need a source that is
/// made for it, and then the comment is not found.
const PLACES_MAX: usize = 64;

/// Whether the two are the same text. With `may_begin_with_line`, the comment may have one more line at its beginning.
pub(super) fn is_same(source: &Utf16, body: &RawBody, may_begin_with_line: bool) -> bool {
    let source = source.to_text();
    let shown = plain(body);
    let rest = if may_begin_with_line { shown.split_once('\n').map(|(_, rest)| rest) } else { None };
    let pattern = Pattern::of(&source);
    if pattern.signs.is_empty() {
        // ":-)" and "???" are punctuation alone.
        let whole = |text: &str| fold(text).replace(' ', "");
        return whole(&source) == whole(&shown) || rest.is_some_and(|rest| whole(&source) == whole(rest));
    }
    pattern.matches(&shown) || rest.is_some_and(|rest| pattern.matches(rest))
}

/// The text of a comment, without markup.
pub(super) fn plain(body: &RawBody) -> String {
    sanitize(body, &Policy::comment()).text()
}

/// The signs of a text that are compared.
fn signs(text: &str) -> Vec<char> {
    fold(text).chars().filter(|c| !c.is_whitespace() && !c.is_ascii_punctuation() && !c.is_control()).collect()
}

/// A source, and which runs of its signs may be missing.
struct Pattern {
    signs: Vec<char>,
    /// In order, and apart from each other.
    runs: Vec<Range<usize>>,
}

impl Pattern {
    fn of(source: &str) -> Self {
        let mut pattern = Self { signs: Vec::new(), runs: Vec::new() };
        let mut at = 0;
        for run in droppable(source) {
            pattern.signs.extend(signs(&source[at..run.start]));
            let start = pattern.signs.len();
            pattern.signs.extend(signs(&source[run.clone()]));
            if pattern.signs.len() > start {
                pattern.runs.push(start..pattern.signs.len());
            }
            at = run.end;
        }
        pattern.signs.extend(signs(&source[at..]));
        pattern
    }

    fn matches(&self, shown: &str) -> bool {
        let mut places = vec![0];
        self.skip_runs(&mut places);
        for sign in signs(shown) {
            places.retain(|&place| self.signs.get(place) == Some(&sign));
            places.iter_mut().for_each(|place| *place += 1);
            self.skip_runs(&mut places);
            if places.is_empty() || places.len() > PLACES_MAX {
                return false;
            }
        }
        places.contains(&self.signs.len())
    }

    /// Where a place is the beginning of a run, its end is a place as well.
    fn skip_runs(&self, places: &mut Vec<usize>) {
        let mut at = 0;
        while let Some(&place) = places.get(at) {
            at += 1;
            if let Ok(run) = self.runs.binary_search_by_key(&place, |run| run.start) {
                places.push(self.runs[run].end);
            }
        }
        places.sort_unstable();
        places.dedup();
    }
}

/// The runs of a source that may be missing in what is shown, in order, as ranges of bytes.
fn droppable(source: &str) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let from = runs.len();
        line_runs(line, &mut runs);
        for run in &mut runs[from..] {
            *run = run.start + start..run.end + start;
        }
        start += line.len();
    }
    runs
}

/// The runs of a line, in order.
fn line_runs(line: &str, runs: &mut Vec<Range<usize>>) {
    let text = line.trim_start_matches([' ', '\t', '>']);
    let start = line.len() - text.len();
    if text.starts_with("```") || text.starts_with("~~~") || is_reference(text) {
        runs.push(start..line.len());
        return;
    }
    let at = start + marker_len(text);
    if at > start {
        runs.push(start..at);
    }
    inline_runs(line, at, runs);
}

/// `[name]: address`, on a line of its own.
fn is_reference(text: &str) -> bool {
    text.starts_with('[') && text.split_once("]:").is_some_and(|(name, _)| !name.contains(['\n', ']']))
}

/// The length of `12. ` or `- [x] ` at the beginning.
fn marker_len(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && text[digits..].starts_with([')', '.']) {
        return digits + 1;
    }
    let item = text.trim_start_matches(['-', '*', '+', ' ']);
    let is_task = ["[x]", "[X]"].iter().any(|task| item.starts_with(task));
    if is_task && item.len() < text.len() { text.len() - item.len() + 3 } else { 0 }
}

/// Addresses of links, tags, and names of characters, from `at` on.
fn inline_runs(line: &str, mut at: usize, runs: &mut Vec<Range<usize>>) {
    while let Some(found) = line[at..].find(['!', ']', '<', '&']).map(|found| at + found) {
        let rest = &line[found..];
        let len = match rest.as_bytes() {
            [b'!', b'[', ..] => rest.find(']'),
            [b']', b'(', ..] => address_len(&rest[1..]).map(|len| len + 1),
            [b']', b'[', ..] => rest[1..].find(']').map(|len| len + 2),
            [b'<', next, ..] if next.is_ascii_alphabetic() || b"/!".contains(next) => rest.find('>').map(|len| len + 1),
            [b'&', ..] => reference_len(rest),
            _ => None,
        };
        match len {
            Some(len) => {
                runs.push(found..found + len);
                at = found + len;
            }
            None => at = found + 1,
        }
    }
}

/// The length of `(…)` with brackets in pairs.
fn address_len(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at + 1),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The length of `&name;` or `&#12;`.
fn reference_len(text: &str) -> Option<usize> {
    let name = text[1..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    (name > 0 && text[name + 1..].starts_with(';')).then_some(name + 2)
}
