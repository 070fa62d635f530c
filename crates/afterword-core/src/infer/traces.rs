//! Which comments hold certain words: sentences that are quoted, and rare words that two comments share.
//!
//! What is looked for is said first; then all comments are gone through once, earliest first.

use super::fold::{fold_into, is_ideograph, words};
use super::phrases::COMMON;
use super::reading::{QUOTE_WEIGHT_MIN, QUOTED, weight};
use std::collections::{HashMap, HashSet};

/// A quote has at least so many words: shorter ones are names of things. It is also how many are looked up at once.
const QUOTE_WORDS_MIN: usize = 4;
/// Longer quotes are compared so far, in words.
const QUOTE_WORDS_MAX: usize = 60;
/// Quotes that begin with the same words and go on differently; more are left out. It bounds the work for each place in a
/// text.
const QUOTES_PER_START_MAX: usize = 8;
/// Rare words are at least so long, in characters, and none of [`COMMON`].
const RARE_CHARS_MIN: usize = 5;
/// A word in more comments than this is not rare.
const RARE_COMMENTS_MAX: usize = 2;

/// A folded word as a number. The lowest bit tells whether it is long enough for a rare one. Two words may share a number: a quote has
/// several, and a rare word only chooses among the comments of one person.
pub(super) type Token = u32;

/// The words of a text as numbers; scripts without spaces by character.
pub(super) fn tokens(text: &str, out: &mut Vec<Token>) {
    let mut folded = String::new();
    for word in words(text) {
        folded.clear();
        fold_into(word.text, &mut folded);
        let mut run = folded.as_str();
        while let Some(c) = run.chars().next() {
            let len = if is_ideograph(c) { c.len_utf8() } else { run.find(is_ideograph).unwrap_or(run.len()) };
            let (part, rest) = run.split_at(len);
            let is_long = part.chars().count() >= RARE_CHARS_MIN;
            out.push(hash(part.as_bytes()) & !1 | u32::from(is_long));
            run = rest;
        }
    }
}

/// FNV-1a, which is the same everywhere.
fn hash(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

fn is_long(token: Token) -> bool {
    token & 1 == 1
}

/// A quoted sentence that is looked for.
#[derive(Debug)]
struct Sought {
    words: Vec<Token>,
    found: First<2>,
}

/// The first places where something was found.
#[derive(Clone, Copy, Debug)]
struct First<const N: usize> {
    places: [u32; N],
    len: usize,
}

impl<const N: usize> Default for First<N> {
    fn default() -> Self {
        Self { places: [0; N], len: 0 }
    }
}

impl<const N: usize> First<N> {
    fn put(&mut self, place: u32) {
        if self.len < N && self.places().last() != Some(&place) {
            self.places[self.len] = place;
            self.len += 1;
        }
    }

    fn places(&self) -> &[u32] {
        &self.places[..self.len]
    }
}

/// One quote of a comment: the sentences in it that are long enough, and how it is shown.
#[derive(Clone, Debug, Default)]
pub(super) struct Quote {
    sentences: Vec<usize>,
    /// The first of them, as it stands in the text.
    pub shown: String,
}

/// What is looked for, and where it was found.
#[derive(Debug, Default)]
pub(super) struct Traces {
    sought: Vec<Sought>,
    by_start: HashMap<[Token; QUOTE_WORDS_MIN], Vec<usize>>,
    rare: HashMap<Token, First<{ RARE_COMMENTS_MAX + 1 }>>,
    /// [`COMMON`]; empty until it is needed.
    common: HashSet<Token>,
    /// How often a quote was held against a text.
    #[cfg(test)]
    pub compared: usize,
}

/// Where a quote comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// One comment holds it, and no other one before.
    Comment(u32),
    /// No comment does: from the post, or from elsewhere.
    Elsewhere,
    /// Two do, or parts of it are from two.
    Unclear,
}

impl Traces {
    /// Looks for the sentences of a quote. `None` when none is long enough to prove anything.
    pub(super) fn seek_quote(&mut self, text: &str) -> Option<Quote> {
        let mut quote = Quote::default();
        let cuts = |c: char| matches!(c, '.' | '!' | '?' | '…' | ':' | '\n' | '[' | ']' | '。' | '！' | '？' | QUOTED);
        for sentence in text.split(cuts).map(str::trim).filter(|sentence| weight(sentence) >= QUOTE_WEIGHT_MIN) {
            let mut words = Vec::new();
            tokens(sentence, &mut words);
            words.truncate(QUOTE_WORDS_MAX);
            let Some(start) = words.first_chunk() else { continue };
            let same_start = self.by_start.entry(*start).or_default();
            let known = same_start.iter().copied().find(|&at| self.sought[at].words == words);
            if known.is_none() && same_start.len() == QUOTES_PER_START_MAX {
                continue;
            }
            quote.sentences.push(known.unwrap_or_else(|| {
                same_start.push(self.sought.len());
                self.sought.push(Sought { words, found: First::default() });
                self.sought.len() - 1
            }));
            if quote.shown.is_empty() {
                quote.shown = sentence.to_owned();
            }
        }
        (!quote.sentences.is_empty()).then_some(quote)
    }

    /// Looks for the words of a comment that can be rare.
    pub(super) fn seek_rare(&mut self, text: &[Token]) {
        if self.common.is_empty() {
            let mut common = Vec::new();
            COMMON.iter().for_each(|word| tokens(word, &mut common));
            self.common.extend(common);
        }
        for &token in text.iter().filter(|&&token| is_long(token)) {
            if !self.common.contains(&token) {
                self.rare.entry(token).or_default();
            }
        }
    }

    /// Whether anything is looked for.
    pub(super) fn is_needed(&self) -> bool {
        !self.sought.is_empty() || !self.rare.is_empty()
    }

    /// Notes what of all that is looked for is in a comment. Comments must come earliest first.
    pub(super) fn scan(&mut self, place: u32, text: &[Token]) {
        for (at, token) in text.iter().enumerate() {
            if is_long(*token)
                && let Some(first) = self.rare.get_mut(token)
            {
                first.put(place);
            }
            let Some(start) = text[at..].first_chunk::<QUOTE_WORDS_MIN>() else { continue };
            for &sought in self.by_start.get(start).into_iter().flatten() {
                #[cfg(test)]
                {
                    self.compared += 1;
                }
                let sought = &mut self.sought[sought];
                if text[at..].starts_with(&sought.words) {
                    sought.found.put(place);
                }
            }
        }
    }

    /// Where a quote of the comment at `place` comes from.
    pub(super) fn source(&self, quote: &Quote, place: u32) -> Source {
        let mut source = Source::Elsewhere;
        for &sentence in &quote.sentences {
            let found = &self.sought[sentence].found;
            let one = match found.places() {
                [first, second, ..] if *first < place && *second < place => Source::Unclear,
                [first, ..] if *first < place => Source::Comment(*first),
                _ => continue,
            };
            source = if source == Source::Elsewhere || source == one { one } else { Source::Unclear };
        }
        source
    }

    /// Which of these comments shares a rare word with the one at `place`. All rare words must lead to the same.
    pub(super) fn shared(&self, among: &[u32], place: u32, text: &[Token]) -> Shared {
        let mut shared = Shared::Nothing;
        for token in text.iter().filter(|&&token| is_long(token)) {
            let Some(first) = self.rare.get(token) else { continue };
            let before = first.places().iter().take_while(|&&found| found < place);
            if before.clone().count() > RARE_COMMENTS_MAX {
                continue;
            }
            for found in before.filter(|found| among.binary_search(found).is_ok()) {
                shared = match shared {
                    Shared::Nothing => Shared::With(*found),
                    Shared::With(other) if other == *found => shared,
                    Shared::With(_) | Shared::WithSeveral => Shared::WithSeveral,
                };
            }
        }
        shared
    }
}

/// With which comments rare words are shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shared {
    /// None.
    Nothing,
    /// This one.
    With(u32),
    /// Two or more.
    WithSeveral,
}
