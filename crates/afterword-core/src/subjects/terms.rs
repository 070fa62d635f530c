//! From words to terms: what a word counts as, given its language, and which words are left out.

use super::grams::{Grams, NONE, Role};
use super::language::{Known, Language, Lexicon};
use super::reader::{Kind, Piece, read};
use super::stem::stem;
use crate::search::fold;
use std::collections::HashMap;

/// A term that has not been looked up yet.
const UNKNOWN: u32 = NONE - 1;

/// Most different words that are kept: a book has some 20,000. What comes later is left out.
const FORMS_MAX: usize = 200_000;

const LATIN: usize = Language::LATIN.len();

/// A folded word.
#[derive(Debug)]
struct Form {
    known: Known,
    /// The term that it counts as, by Latin language; words of other scripts use the first. [`NONE`] for stop words.
    terms: [u32; LATIN],
    /// Whether an author is called so.
    is_name: bool,
}

/// The words of a thread. The maps are only ever asked, never walked through, so that their order does not matter.
#[derive(Debug, Default)]
pub(super) struct Terms {
    lexicon: Lexicon,
    forms: Vec<Form>,
    form_by_word: HashMap<String, usize>,
    term_by_stem: HashMap<String, u32>,
    /// The words of the authors' names, folded and sorted.
    names: Vec<String>,
    /// How often a term was somebody's name.
    named: Vec<u32>,
    /// How many small words of each Latin language have been seen.
    small_words: [u32; LATIN],
    /// A folded word, kept for its room.
    folded: String,
}

impl Terms {
    /// `names` are the folded names of the authors.
    pub(super) fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut names: Vec<String> = names
            .flat_map(|name| name.split(|c: char| !c.is_alphanumeric()))
            .filter(|word| word.chars().nth(1).is_some())
            .map(str::to_owned)
            .collect();
        names.sort_unstable();
        names.dedup();
        Self {
            lexicon: Lexicon::build(),
            forms: Vec::new(),
            form_by_word: HashMap::new(),
            term_by_stem: HashMap::new(),
            names,
            named: Vec::new(),
            small_words: [0; LATIN],
            folded: String::new(),
        }
    }

    /// Whether an author has this word in the name.
    pub(super) fn is_name(&self, folded: &str) -> bool {
        self.names.binary_search_by(|name| name.as_str().cmp(folded)).is_ok()
    }

    /// How often a term was an author's name, and was not counted for that.
    pub(super) fn named(&self, term: u32) -> u32 {
        self.named.get(term as usize).copied().unwrap_or(0)
    }

    /// Cuts a text into pieces and gives a term for each, [`NONE`] for breaks, stop words and names. The language is
    /// guessed unless it is given, and handed back.
    pub(super) fn read(
        &mut self,
        text: &str,
        language: Option<Language>,
        grams: &mut Grams,
        pieces: &mut Vec<Piece>,
        terms: &mut Vec<u32>,
    ) -> Language {
        read(text, &self.lexicon, pieces);
        let forms: Vec<Option<usize>> = pieces.iter().map(|piece| self.form(text, *piece)).collect();
        let language = language.unwrap_or_else(|| self.guess_language(&forms));
        terms.clear();
        for (piece, form) in pieces.iter().zip(forms) {
            let word = text.get(piece.start..piece.end).unwrap_or("");
            let term = form.map_or(NONE, |form| self.term(word, piece.kind, form, language, grams));
            terms.push(self.unless_name(word, form, term));
        }
        language
    }

    fn form(&mut self, text: &str, piece: Piece) -> Option<usize> {
        let word = text.get(piece.start..piece.end).filter(|_| piece.kind != Kind::Break)?;
        if word.is_ascii() {
            self.folded.clear();
            self.folded.push_str(word);
            self.folded.make_ascii_lowercase();
        } else {
            self.folded = fold(word);
        }
        let seen = self.form_by_word.get(&self.folded).copied();
        if seen.is_some() || self.forms.len() >= FORMS_MAX {
            return seen;
        }
        let known = self.lexicon.get(&self.folded);
        let is_name = self.is_name(&self.folded);
        self.forms.push(Form { known, terms: [UNKNOWN; LATIN], is_name });
        self.form_by_word.insert(self.folded.clone(), self.forms.len() - 1);
        Some(self.forms.len() - 1)
    }

    /// The Latin language with the most small words in a comment; of two, the one with more in the thread so far.
    fn guess_language(&mut self, forms: &[Option<usize>]) -> Language {
        let mut seen = [0_u32; LATIN];
        for form in forms.iter().filter_map(|form| self.forms.get((*form)?)) {
            for (seen, language) in seen.iter_mut().zip(Language::LATIN) {
                *seen += u32::from(form.known.stop.contains(language));
            }
        }
        for (all, seen) in self.small_words.iter_mut().zip(seen) {
            *all += seen;
        }
        // Turned around because the last of equals is taken.
        let counts = seen.iter().zip(&self.small_words).zip(Language::LATIN).rev();
        counts.max_by_key(|(counts, _)| *counts).map_or(Language::English, |(_, language)| language)
    }

    fn term(&mut self, word: &str, kind: Kind, form: usize, latin: Language, grams: &mut Grams) -> u32 {
        let (language, slot) = match word.chars().next() {
            Some('\u{600}'..='\u{6ff}') => (Language::Arabic, 0),
            Some('\u{590}'..='\u{5ff}') => (Language::Hebrew, 0),
            Some('\u{30a0}'..='\u{30ff}') => (Language::Japanese, 0),
            _ => (latin, Language::LATIN.iter().position(|&other| other == latin).unwrap_or(0)),
        };
        let Some((known, seen)) = self.forms.get(form).and_then(|form| Some((form.known, *form.terms.get(slot)?)))
        else {
            return NONE;
        };
        if seen != UNKNOWN {
            return seen;
        }
        let term = self.new_term(&fold(word), kind, known, language, grams);
        if let Some(seen) = self.forms.get_mut(form).and_then(|form| form.terms.get_mut(slot)) {
            *seen = term;
        }
        term
    }

    fn new_term(&mut self, word: &str, kind: Kind, known: Known, language: Language, grams: &mut Grams) -> u32 {
        let letters = word.chars().count();
        let (key, role) = match kind {
            // Marked, for in another language it may be a word.
            Kind::Word if known.link.contains(language) => (format!("\0{word}"), Role::default()),
            Kind::Word => {
                let stem = stem(word, language);
                if known.stop.contains(language) || self.lexicon.get(&stem).stop.contains(language) {
                    return NONE;
                }
                let sign = language == Language::Japanese;
                (stem, Role { first: true, last: true, alone: letters > 1, solid: letters > 1, sign })
            }
            Kind::Number => (word.to_owned(), Role { first: true, last: true, ..Role::default() }),
            Kind::Sign => (word.to_owned(), Role { first: true, last: true, alone: false, solid: true, sign: true }),
            Kind::Ending => (word.to_owned(), Role { last: true, sign: true, ..Role::default() }),
            Kind::Break => return NONE,
        };
        if let Some(&term) = self.term_by_stem.get(&key) {
            return term;
        }
        let term = grams.push_term(role);
        if term != NONE {
            self.term_by_stem.insert(key, term);
            self.named.push(0);
        }
        term
    }

    /// [`NONE`] where an author's name is meant: a word that one is called by, written with a capital where there are any.
    fn unless_name(&mut self, word: &str, form: Option<usize>, term: u32) -> u32 {
        let is_name = form.and_then(|form| self.forms.get(form)).is_some_and(|form| form.is_name);
        if !is_name || word.starts_with(char::is_lowercase) {
            return term;
        }
        if let Some(named) = self.named.get_mut(term as usize) {
            *named += 1;
        }
        NONE
    }
}
