//! Which of the terms and phrases that recur are listed, where they are, and what they are called.

use super::grams::{Gram, Grams, NONE, Role};
use super::reader::{Kind, plain_text};
use super::{Read, SUBJECTS_MAX, Subject, Subjects, SubjectsBuilder, number};
use crate::search::fold;
use crate::thread::Thread;
use std::collections::BTreeMap;

/// What more than so many comments in a hundred say is no subject of some of them.
const COMMENTS_PERCENT_MAX: u64 = 60;

/// A phrase takes the place of its parts when so many in a hundred of their comments have them in the phrase.
const SWALLOW_PERCENT: u64 = 60;

/// A phrase is one when so many in a hundred comments that name its rarer part name the whole; otherwise two words have
/// met by accident.
const PHRASE_PERCENT: u64 = 30;

/// The spelling of a subject is what most of so many comments have.
const NAME_SAMPLES: usize = 24;

/// A capital at the start of a sentence tells little about a word: a spelling within one weighs so many times as much.
const WEIGHT_WITHIN: u32 = 3;

impl SubjectsBuilder {
    pub(super) fn list(mut self, thread: &Thread) -> Subjects {
        let chosen = self.choose();
        let mut subjects: Vec<Subject> = Vec::new();
        for (gram, places) in chosen.iter().zip(self.places(&chosen)) {
            if subjects.len() == SUBJECTS_MAX {
                break;
            }
            let Some(name) = self.name(thread, *gram, &places) else { continue };
            // Two terms of two languages may share their spelling.
            let folded = fold(&name);
            if subjects.iter().any(|other| fold(&other.name) == folded) {
                continue;
            }
            let mut comments: Vec<u32> = places.iter().filter_map(|&at| Some(self.read.get(at)?.comment)).collect();
            comments.sort_unstable();
            let authors = self.grams.get(*gram).map_or(0, |gram| gram.authors);
            subjects.push(Subject { name, count: number(comments.len()), authors, comments });
        }
        Subjects(subjects)
    }

    /// What is listed, the first first. There are more than are shown, since some turn out to be names.
    fn choose(&self) -> Vec<u32> {
        // How many comments of a term or phrase are covered by a longer one that is listed.
        let mut covered = vec![0_u32; self.grams.len() as usize];
        let mut chosen: Vec<(u32, &Gram)> = Vec::new();
        // Longer ones have higher numbers.
        for (id, gram) in self.grams.iter().rev() {
            let mut covers = covered.get(id as usize).copied().unwrap_or(0);
            if percent(covers, gram.comments) < SWALLOW_PERCENT && self.is_subject(id, gram) {
                chosen.push((id, gram));
                covers = gram.comments;
            }
            for part in gram.parts {
                if let Some(covered) = covered.get_mut(part as usize) {
                    *covered = covers.max(*covered);
                }
            }
        }
        chosen.sort_by(|(a_id, a), (b_id, b)| {
            (b.authors, b.comments, b.len).cmp(&(a.authors, a.comments, a.len)).then(a_id.cmp(b_id))
        });
        chosen.iter().map(|(id, _)| *id).take(2 * SUBJECTS_MAX).collect()
    }

    fn is_subject(&self, id: u32, gram: &Gram) -> bool {
        let Role { first, last, alone, solid, sign: _ } = gram.role;
        let rarer = gram.parts.iter().filter_map(|&part| self.grams.get(part)).map(|part| part.comments).min();
        gram.authors >= self.authors_min
            && percent(gram.comments, number(self.by_author.len())) <= COMMENTS_PERCENT_MAX
            && rarer.is_none_or(|rarer| percent(gram.comments, rarer) >= PHRASE_PERCENT)
            && (first && last && alone && solid)
            && (gram.len > 1 || self.terms.named(id) < gram.comments)
    }

    /// Where in the list of comments read each of these is found.
    fn places(&self, chosen: &[u32]) -> Vec<Vec<usize>> {
        let mut wanted: Vec<(Vec<u32>, usize)> =
            chosen.iter().enumerate().map(|(place, &gram)| (terms_of(&self.grams, gram), place)).collect();
        wanted.sort_unstable();
        // Asked at every token of the thread, so the answer is kept ready.
        let mut begins = vec![false; self.grams.len() as usize];
        for first in wanted.iter().filter_map(|(terms, _)| terms.first()) {
            if let Some(begins) = begins.get_mut(*first as usize) {
                *begins = true;
            }
        }
        let may_begin = |tokens: &&[u32]| tokens.first().and_then(|first| begins.get(*first as usize)) == Some(&true);
        let mut places = vec![Vec::new(); chosen.len()];
        for (at, read) in self.read.iter().enumerate() {
            for from in read.start..self.end(at) {
                let Some(tokens) = self.tokens.get(from..).filter(|tokens| may_begin(tokens)) else { continue };
                let first = wanted.partition_point(|(terms, _)| terms.first() < tokens.first());
                let same = wanted.iter().skip(first).take_while(|(terms, _)| terms.first() == tokens.first());
                for (_, place) in same.filter(|(terms, _)| tokens.starts_with(terms)) {
                    if let Some(found) = places.get_mut(*place).filter(|found| found.last() != Some(&at)) {
                        found.push(at);
                    }
                }
            }
        }
        places
    }

    /// How most people write it; `None` if that is no name for a subject after all.
    fn name(&mut self, thread: &Thread, gram: u32, places: &[usize]) -> Option<String> {
        let wanted = terms_of(&self.grams, gram);
        let mut spellings: BTreeMap<String, u32> = BTreeMap::new();
        let (mut pieces, mut terms) = (Vec::new(), Vec::new());
        for &at in places.iter().take(NAME_SAMPLES) {
            let Some(&Read { comment, language, .. }) = self.read.get(at) else { continue };
            let text = plain_text(&thread.comment(comment).body, &self.policy);
            self.terms.read(&text, Some(language), &mut self.grams, &mut pieces, &mut terms);
            let mut before = Kind::Break;
            for (window, pieces) in terms.windows(wanted.len()).zip(pieces.windows(wanted.len())) {
                let place = pieces.first().zip(pieces.last());
                if let Some((first, last)) = place.filter(|_| window == wanted)
                    && let Some(spelling) = text.get(first.start..last.end)
                {
                    let begins = before == Kind::Break && spelling.starts_with(char::is_uppercase);
                    let spelling = spelling.split_whitespace().collect::<Vec<_>>().join(" ");
                    *spellings.entry(spelling).or_default() += if begins { 1 } else { WEIGHT_WITHIN };
                }
                before = place.map_or(Kind::Break, |(first, _)| first.kind);
            }
        }
        // Of two that are as common, the one with fewer capitals.
        let capitals = |name: &str| name.chars().filter(|c| c.is_uppercase()).count();
        let (name, _) = spellings
            .into_iter()
            .min_by(|(a, n), (b, m)| m.cmp(n).then_with(|| capitals(a).cmp(&capitals(b))).then_with(|| a.cmp(b)))?;
        if self.grams.get(gram).is_some_and(|gram| gram.role.sign) {
            return Some(name).filter(|name| !self.terms.is_name(&fold(name)));
        }
        // Of two letters are abbreviations, "TV", and small words of languages that have no list here.
        Some(name).filter(|name| name.chars().nth(2).is_some() || capitals(name) > 0)
    }
}

fn percent(part: u32, of: u32) -> u64 {
    u64::from(part) * 100 / u64::from(of).max(1)
}

/// The terms of a phrase.
fn terms_of(grams: &Grams, gram: u32) -> Vec<u32> {
    let part = |id: u32, which: usize| {
        grams.get(id).and_then(|gram| gram.parts.get(which)).copied().filter(|&part| part != NONE)
    };
    let mut terms = Vec::new();
    let mut head = Some(gram);
    while let Some(id) = head {
        let mut last = id;
        while let Some(tail) = part(last, 1) {
            last = tail;
        }
        terms.push(last);
        head = part(id, 0);
    }
    terms.reverse();
    terms
}
