//! What a conversation is about: the terms and phrases that recur across its authors. Fifty people giving advice become a
//! list of what they advised.
//!
//! A subject is told by how many people name it, not by how often it is named, and what nearly everybody says tells
//! nothing. Words are folded by light suffix rules ("stretches" is "stretching"), small words of nine languages are left
//! out, and so are the names of those who speak. "Foam roller" is kept whole, and neither "foam" nor "roller" is listed
//! beside it unless they are often said without the other. Texts without spaces give runs of signs that recur.
//!
//! The language of a comment is guessed from its small words. No word list of subjects is used, and nothing is learned:
//! the same thread gives the same list everywhere.

mod choice;
mod grams;
mod language;
mod reader;
mod stem;
mod stop;
mod terms;

use crate::body::Policy;
use crate::model::CommentState;
use crate::search::fold;
use crate::thread::Thread;
use grams::{Gram, Grams, NONE};
use language::Language;
use reader::plain_text;
use terms::Terms;

/// A thread with fewer comments is read sooner than its subjects.
pub const COMMENTS_MIN: usize = 20;

/// Most subjects that are listed: two or three lines of them on a wide screen.
pub const SUBJECTS_MAX: usize = 24;

/// A subject is named by so many authors at least: two may be talking to each other.
const AUTHORS_MIN: u32 = 3;

/// In a large thread it is one author in so many: no chip is pressed for less, and less has to be counted.
const AUTHORS_PER_SUBJECT: u32 = 100;

/// Longest phrase in words, with the small words inside of it.
const WORDS_MAX: u32 = 4;

/// Longest run of signs of a script without spaces.
const SIGNS_MAX: u32 = 6;

/// Most words of a thread that are read: a hundred bytes of each of 100,000 comments. They are kept as numbers of four
/// bytes, twice.
const TOKENS_MAX: usize = 2_000_000;

/// Comments between two looks at the clock: some tenths of a millisecond.
const COMMENTS_PER_LOOK: usize = 8;

/// Names that many people share, because they gave none.
const NAMELESS: [&str; 11] =
    ["anonymous", "anonym", "anonyme", "anonimo", "guest", "gast", "匿名", "名無し", "名無しさん", "مجهول", "אנונימי"];

/// One subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// As most people write it.
    pub name: String,
    /// How many comments name it.
    pub count: u32,
    /// How many people name it.
    pub authors: u32,
    /// The indices of these comments, ascending.
    pub comments: Vec<u32>,
}

/// The subjects of a thread.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subjects(Vec<Subject>);

impl Subjects {
    /// The subjects, what most people name first. Empty for a thread of fewer than [`COMMENTS_MIN`] comments, and for one
    /// in which nothing recurs.
    pub fn list(&self) -> &[Subject] {
        &self.0
    }

    /// The subject of that name, written in any case and with or without accents.
    pub fn find(&self, name: &str) -> Option<&Subject> {
        let folded = fold(name.trim());
        self.0.iter().find(|subject| fold(&subject.name) == folded)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    New,
    Reading,
    /// Phrases of this length are being counted.
    Counting(u32),
    Done,
}

/// A comment that has been read.
#[derive(Clone, Copy, Debug)]
struct Read {
    comment: u32,
    author: u32,
    language: Language,
    /// Where its terms begin.
    start: usize,
}

/// Finds the subjects of one thread, a little at a time.
#[derive(Debug)]
pub struct SubjectsBuilder {
    stage: Stage,
    policy: Policy,
    /// Authors by number, and their comments: those of an author follow each other, as counting needs it.
    by_author: Vec<(u32, u32)>,
    authors_min: u32,
    terms: Terms,
    read: Vec<Read>,
    /// The terms of all comments, with [`NONE`] where phrases end.
    tokens: Vec<u32>,
    /// The phrase of the length counted last that begins at each token.
    phrases: Vec<u32>,
    grams: Grams,
    /// The next comment of the stage.
    next: usize,
}

impl Default for SubjectsBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl SubjectsBuilder {
    /// Begins. A builder is for one thread.
    pub fn new() -> Self {
        Self {
            stage: Stage::New,
            policy: Policy::comment(),
            by_author: Vec::new(),
            authors_min: AUTHORS_MIN,
            terms: Terms::default(),
            read: Vec::new(),
            tokens: Vec::new(),
            phrases: Vec::new(),
            grams: Grams::default(),
            next: 0,
        }
    }

    /// Goes on until `out_of_time` says so, which is asked every few comments; true when there is nothing left to do but
    /// [`Self::finish`].
    pub fn extend(&mut self, thread: &Thread, out_of_time: impl Fn() -> bool) -> bool {
        loop {
            match self.stage {
                Stage::New => self.begin(thread),
                Stage::Reading => self.read_some(thread),
                Stage::Counting(len) => self.count_some(len),
                Stage::Done => return true,
            }
            if self.stage != Stage::Done && out_of_time() {
                return false;
            }
        }
    }

    /// The subjects. What has not been done yet is done first.
    pub fn finish(mut self, thread: &Thread) -> Subjects {
        self.extend(thread, || false);
        self.list(thread)
    }

    fn begin(&mut self, thread: &Thread) {
        if thread.len() < COMMENTS_MIN {
            self.stage = Stage::Done;
            return;
        }
        let mut comments: Vec<(String, u32)> = (0_u32..)
            .zip(thread.comments())
            .filter(|(_, comment)| comment.state == CommentState::Published)
            .map(|(index, comment)| (fold(comment.author.name.trim()), index))
            .collect();
        comments.sort_unstable();
        let is_nobody = |name: &str| name.is_empty() || NAMELESS.contains(&name);
        let mut author = 0;
        let mut last = "";
        for (name, index) in &comments {
            author += u32::from(last != name || is_nobody(name));
            last = name;
            self.by_author.push((author, *index));
        }
        self.terms = Terms::new(comments.iter().map(|(name, _)| name.as_str()).filter(|name| !is_nobody(name)));
        self.authors_min = AUTHORS_MIN.max(author / AUTHORS_PER_SUBJECT);
        self.stage = Stage::Reading;
    }

    fn read_some(&mut self, thread: &Thread) {
        let (mut pieces, mut terms) = (Vec::new(), Vec::new());
        for _ in 0..COMMENTS_PER_LOOK {
            let next = self.by_author.get(self.next).filter(|_| self.tokens.len() < TOKENS_MAX);
            let Some(&(author, comment)) = next else {
                self.phrases = self.tokens.clone();
                return self.begin_counting(2);
            };
            self.next += 1;
            let text = plain_text(&thread.comment(comment).body, &self.policy);
            let language = self.terms.read(&text, None, &mut self.grams, &mut pieces, &mut terms);
            for &term in &terms {
                self.grams.count(term, author, comment);
            }
            self.read.push(Read { comment, author, language, start: self.tokens.len() });
            self.tokens.append(&mut terms);
            self.tokens.push(NONE);
        }
    }

    fn begin_counting(&mut self, len: u32) {
        self.next = 0;
        self.stage = if len > SIGNS_MAX { Stage::Done } else { Stage::Counting(len) };
    }

    fn count_some(&mut self, len: u32) {
        for _ in 0..COMMENTS_PER_LOOK {
            let Some(&Read { comment, author, start, .. }) = self.read.get(self.next) else {
                return self.begin_counting(len + 1);
            };
            for at in start..self.end(self.next) {
                // The place behind still has the phrase of the length before, which is the second part of this one.
                let parts = [at, at + 1].map(|at| self.phrases.get(at).copied().unwrap_or(NONE));
                let phrase = if self.can_join(parts) { self.grams.phrase(parts) } else { NONE };
                self.grams.count(phrase, author, comment);
                if let Some(place) = self.phrases.get_mut(at) {
                    *place = phrase;
                }
            }
            self.next += 1;
        }
    }

    fn can_join(&self, parts: [u32; 2]) -> bool {
        let recurs = |gram: &&Gram| gram.authors >= self.authors_min;
        let [Some(head), Some(_)] = parts.map(|part| self.grams.get(part).filter(recurs)) else { return false };
        head.len < if head.role.sign { SIGNS_MAX } else { WORDS_MAX }
    }

    /// Where the terms of a comment that has been read end.
    fn end(&self, at: usize) -> usize {
        self.read.get(at + 1).map_or(self.tokens.len(), |next| next.start)
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
