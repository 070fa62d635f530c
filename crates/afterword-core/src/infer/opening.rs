//! The first sentence of a comment: whom it names, and how. The tables of words are in [`super::phrases`].

use super::fold::{fold, is_ideograph, narrow, words};
use super::people::{Meaning, NAME_WORDS_MAX, People, Person, is_word_too};
use super::phrases::{
    ABOUT, AND, AS, CORRECTIONS, FOR, GOES_ON, HONORIFICS, KIN, OPENERS, SAYS, TALKED_ABOUT, THANKS, WHO, WITH, YOU,
};
use super::reading::QUOTED;
use std::ops::Range;

/// How far into a comment somebody is looked for: the first sentence or two.
const OPENING_WORDS_MAX: usize = 40;
/// Longest phrase in the tables, in words.
const PHRASE_WORDS_MAX: usize = 5;
/// "Oh yes, hello Ann": more openers in a row nobody writes.
const OPENERS_MAX: usize = 3;
/// What stands between commas after a name, at most, until a verb shows that somebody was talked about.
const ASIDE_WORDS_MAX: usize = 8;
/// How near before a name a word shows that the name explains it.
const KIN_WORDS_MAX: usize = 4;

/// How somebody was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// Spoken to at the start.
    Start,
    /// With `@`.
    Mention,
    /// "Ann says".
    Says,
}

/// Somebody that a comment names.
#[derive(Clone, Debug)]
pub(super) struct Naming {
    pub person: Person,
    pub manner: Manner,
    /// The name as it stands in the text.
    pub name: Range<usize>,
    /// The name is a word as well, and nothing else shows that somebody is spoken to.
    pub weak: bool,
}

/// What the names in a comment say.
#[derive(Clone, Debug)]
pub(super) enum Named {
    /// Nobody is named.
    Nobody,
    /// One person is.
    One(Naming),
    /// A name that two people have, or two people.
    Unclear,
}

struct Part {
    folded: String,
    range: Range<usize>,
    capital: bool,
}

/// The first words of a text.
pub(super) struct Opening<'a> {
    text: &'a str,
    parts: Vec<Part>,
}

struct Found {
    meaning: Meaning,
    len: usize,
    range: Range<usize>,
    honorific: bool,
    word_too: bool,
}

impl<'a> Opening<'a> {
    /// Reads the first words of a text, from its first line that has any.
    pub(super) fn new(text: &'a str) -> Self {
        let part = |word: super::fold::Word<'_>| Part {
            folded: fold(word.text),
            range: word.range(),
            capital: !word.text.starts_with(char::is_lowercase),
        };
        Self { text, parts: words(text).take(OPENING_WORDS_MAX).map(part).collect() }
    }

    /// Whom the text speaks to or takes up at its start.
    pub(super) fn named(&self, people: &People) -> Named {
        let (at, opener, thanks) = self.skip_openers();
        if let Some(found) = self.name_at(at, people)
            && let Some(manner) = self.manner(at, &found, opener, thanks)
        {
            return self.settle(&found, manner, opener);
        }
        if let Some(found) = self.taken_up(people) {
            return self.settle(&found, Manner::Says, true);
        }
        self.spoken_to_within(people)
    }

    /// Whether the text begins as a correction does.
    pub(super) fn corrects(&self) -> bool {
        let starred = self.text.trim_start().starts_with('*') && self.parts.len() < KIN_WORDS_MAX;
        let len = self.phrase(0, CORRECTIONS);
        // "Edit the file first" is advice, "Edit: the second file" is none.
        let ends = len > 1 || !self.gap(len).trim().is_empty() || self.folded(0) == "oops";
        starred || len > 0 && ends
    }

    fn settle(&self, found: &Found, manner: Manner, sure: bool) -> Named {
        let name = found.range.clone();
        let weak = found.word_too && !sure && !self.speaks_to_somebody();
        match found.meaning {
            Meaning::One(person) => Named::One(Naming { person, manner, name, weak }),
            Meaning::Several => Named::Unclear,
        }
    }

    fn skip_openers(&self) -> (usize, bool, bool) {
        let (mut at, mut opener, mut thanks) = (0, false, false);
        for _ in 0..OPENERS_MAX {
            let len = self.phrase(at, OPENERS);
            // A line of its own ("Thank you!") still opens what follows; a new sentence after a whole one does not.
            if len == 0 {
                break;
            }
            thanks = self.phrase(at, THANKS) == len;
            opener = true;
            at += len;
        }
        (at, opener, thanks)
    }

    /// How the name at `at` is meant; `None` when somebody is only mentioned.
    fn manner(&self, at: usize, found: &Found, opener: bool, thanks: bool) -> Option<Manner> {
        if found.honorific {
            return Some(Manner::Start);
        }
        let next = at + found.len;
        let gap = self.gap(next);
        // The full stop of "Ann K." belongs to the name.
        let sign = gap.strip_prefix('.').filter(|_| self.folded(next - 1).len() == 1).unwrap_or(gap);
        let after = sign.trim_start_matches(['*', '_', ')', ' ']).chars().next().map(narrow);
        let ends_line = gap.contains('\n') || next >= self.parts.len() && gap.trim().is_empty();
        let spoken = match after {
            Some(',' | ':' | '!' | '、' | '–' | '—' | '…') => true,
            Some('-') => gap.starts_with(' '),
            Some('.' | ';' | '?' | '。' | ')') => opener,
            _ => ends_line && (opener || next < self.parts.len()),
        };
        if self.says_at(next) > 0 && (after.is_none() || gap.trim().is_empty()) {
            return Some(Manner::Says);
        }
        let thanked = thanks && gap.trim().is_empty() && FOR.contains(&self.folded(next));
        let word_too = found.word_too && !self.capital(at);
        let whole = spoken && !(after == Some(',') && self.talked_about(next));
        ((whole || thanked) && !word_too).then_some(Manner::Start)
    }

    /// After "Ann,": whether it was a list, or a sentence about Ann.
    fn talked_about(&self, next: usize) -> bool {
        let first = self.folded(next);
        if AND.contains(&first) || WHO.contains(&first) {
            return true;
        }
        // "Ann, Bob, Cem", "Ann, patience and a carrot".
        let second_gap = self.gap(next + 1);
        let single = next + 1 < self.parts.len() && self.phrase(next, OPENERS) == 0;
        if single && (second_gap.trim() == "," || second_gap == " " && AND.contains(&self.folded(next + 1))) {
            return true;
        }
        // "Ann, of course, is right".
        for len in 1..=ASIDE_WORDS_MAX {
            let gap = self.gap(next + len).trim();
            if !gap.is_empty() {
                return gap == "," && ABOUT.contains(&self.folded(next + len));
            }
        }
        false
    }

    /// "As Ann said", "I agree with Ann".
    fn taken_up(&self, people: &People) -> Option<Found> {
        let with = self.phrase(0, WITH);
        if with > 0 {
            let found = self.name_at(with, people)?;
            let gap = self.gap(with + found.len).trim();
            let alone = !AND.contains(&self.folded(with + found.len)) || !gap.is_empty();
            return (alone && gap != "&").then_some(found);
        }
        let found = self.name_at(1, people).filter(|_| AS.contains(&self.folded(0)))?;
        (self.says_at(1 + found.len) > 0).then_some(found)
    }

    /// ", Ann." at the end of the first sentence, and ", Ann, so" within it.
    fn spoken_to_within(&self, people: &People) -> Named {
        for at in 1..self.parts.len() {
            let before = self.gap(at);
            if before.contains(['.', '!', '?', '。', '！', '？', '\n', QUOTED]) {
                break;
            }
            if !matches!(before.trim(), "," | "、") || !self.capital(at) {
                continue;
            }
            let Some(found) = self.name_at(at, people) else { continue };
            let gap = self.gap(at + found.len);
            let ends = gap.is_empty() || gap.contains('\n') || gap.trim_start().starts_with(['.', '!', '?', '…', '。']);
            let goes_on = gap.trim() == "," && GOES_ON.contains(&self.folded(at + found.len));
            let explains = (at.saturating_sub(KIN_WORDS_MAX)..at).any(|i| KIN.contains(&self.folded(i)))
                && self.phrase(0, OPENERS) != at;
            let listed = at >= 2 && self.gap(at - 1).trim() == "," || at == 1 && self.name_at(0, people).is_some();
            if found.honorific || (ends || goes_on) && !explains && !listed && !found.word_too {
                return self.settle(&found, Manner::Start, false);
            }
        }
        Named::Nobody
    }

    fn speaks_to_somebody(&self) -> bool {
        self.parts.iter().any(|part| YOU.contains(&part.folded.as_str()))
    }

    /// The longest name at `at`.
    fn name_at(&self, at: usize, people: &People) -> Option<Found> {
        let longest = (1..=NAME_WORDS_MAX.min(self.parts.len().saturating_sub(at)))
            .take_while(|&len| len == 1 || matches!(self.gap(at + len - 1), " " | "-" | "." | ". " | "·" | "・"))
            .last()?;
        let hit = (1..=longest).rev().find_map(|len| {
            let name = self.parts[at..at + len].iter().map(|part| part.folded.as_str()).collect::<Vec<_>>().join(" ");
            let plain = people.meaning(&name).map(|meaning| (meaning, len, name.len(), false));
            let polite = || {
                let bare = HONORIFICS.iter().find_map(|honorific| name.strip_suffix(honorific))?.trim_end();
                people.meaning(bare).map(|meaning| (meaning, len, bare.len(), true))
            };
            plain.or_else(polite).map(|hit| (hit, is_word_too(&name)))
        });
        let ((meaning, len, _, mut honorific), word_too) = hit?;
        let mut len = len;
        let range = self.parts[at].range.start..self.parts[at + len - 1].range.end;
        if !honorific && HONORIFICS.contains(&self.folded(at + len)) && self.gap(at + len).len() <= 1 {
            (honorific, len) = (true, len + 1);
        }
        // "Edgar Allan Poe" is not the Edgar who wrote; "Ann & Bob" are two.
        let surname = !honorific && self.gap(at + len) == " " && self.capital(at + len) && self.cased(at + len);
        let several = matches!(self.gap(at + len).trim(), "&" | "/" | "+");
        (!surname && !several).then_some(Found { meaning, len, range, honorific, word_too })
    }

    fn says_at(&self, at: usize) -> usize {
        let len = self.phrase(at, SAYS);
        if TALKED_ABOUT.contains(&self.folded(at + len)) && self.gap(at + len) == " " { 0 } else { len }
    }

    /// How many words at `at` are a phrase of this table; 0 for none.
    fn phrase(&self, at: usize, table: &[&str]) -> usize {
        let mut name = String::new();
        let mut longest = 0;
        for len in 1..=PHRASE_WORDS_MAX.min(self.parts.len().saturating_sub(at)) {
            if len > 1 {
                // "Sorry, typo" and "sorry typo" are the same.
                if !matches!(self.gap(at + len - 1), " " | ", " | "、") {
                    break;
                }
                name.push(' ');
            }
            name.push_str(self.folded(at + len - 1));
            if table.contains(&name.as_str()) {
                longest = len;
            }
        }
        longest
    }

    fn folded(&self, at: usize) -> &str {
        self.parts.get(at).map_or("", |part| part.folded.as_str())
    }

    fn capital(&self, at: usize) -> bool {
        self.parts.get(at).is_some_and(|part| part.capital)
    }

    /// Whether the word is of a script with capitals.
    fn cased(&self, at: usize) -> bool {
        let first = self.parts.get(at).and_then(|part| self.text.get(part.range.clone())?.chars().next());
        first.is_some_and(|c| c.is_uppercase() && !is_ideograph(c))
    }

    /// What stands before the word at `at`; after the last word, the rest of the text or nothing when it was cut.
    fn gap(&self, at: usize) -> &str {
        let start = at.checked_sub(1).and_then(|before| self.parts.get(before)).map_or(0, |part| part.range.end);
        let end = self.parts.get(at).map_or(self.text.len(), |part| part.range.start);
        if at > self.parts.len() { "" } else { self.text.get(start..end).unwrap_or_default() }
    }
}

/// More `@` of one comment are not looked at.
const MENTIONS_MAX: usize = 8;
/// How much text after an `@` can belong to the name, in bytes.
const MENTION_BYTES_MAX: usize = 120;

/// Who is named with `@`, anywhere in the text. Names that nobody has are passed over.
pub(super) fn mentioned(text: &str, people: &People) -> Named {
    let mut named = Named::Nobody;
    for (at, sign) in text.match_indices(['@', '＠']).take(MENTIONS_MAX) {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let from = at + sign.len();
        let to = text.floor_char_boundary(from + MENTION_BYTES_MAX);
        let rest = text.get(from..to).unwrap_or_default();
        // Addresses of mail are no mentions.
        if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '/'))
            || !rest.starts_with(super::fold::is_word)
        {
            continue;
        }
        let opening = Opening::new(rest);
        let Some(found) = opening.mention_at_start(people) else { continue };
        let name = from + found.range.start..from + found.range.end;
        named = match (named, found.meaning) {
            (Named::Nobody, Meaning::One(person)) => {
                Named::One(Naming { person, manner: Manner::Mention, name, weak: false })
            }
            (Named::One(naming), Meaning::One(person)) if naming.person == person => Named::One(naming),
            (Named::Nobody | Named::One(_) | Named::Unclear, _) => Named::Unclear,
        };
    }
    named
}

impl Opening<'_> {
    /// The longest name right after an `@`. A capital behind it is no surname there: "@ann Great idea".
    fn mention_at_start(&self, people: &People) -> Option<Found> {
        let lower: Vec<Part> = self
            .parts
            .iter()
            .map(|part| Part { folded: part.folded.clone(), range: part.range.clone(), capital: false })
            .collect();
        Opening { text: self.text, parts: lower }.name_at(0, people)
    }
}
