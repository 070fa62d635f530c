//! Who has written so far, and by which names they can be meant.

use super::fold::{fold, is_ideograph, words};
use super::phrases::{NOBODY, OPENERS, TITLES, WORD_NAMES};
use crate::model::Comment;
use std::collections::HashMap;

/// Names longer than this are sentences; they are not looked for.
pub(super) const NAME_WORDS_MAX: usize = 4;

/// More people of one name are not told apart: such a name means nobody anyway.
const PEOPLE_PER_NAME_MAX: usize = 4;

/// Somebody who wrote, as a place in [`People`].
pub(super) type Person = u32;

/// What a name means at this place of the thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// One person.
    One(Person),
    /// Two or more.
    Several,
}

/// The people of a thread, as far as it has been read.
#[derive(Debug, Default)]
pub(super) struct People {
    /// Everything that somebody may be called: the whole name, its first words, all of it in one word.
    forms: HashMap<String, Meaning>,
    /// Who has that name, folded.
    by_name: HashMap<String, Vec<Person>>,
    known: Vec<Known>,
}

#[derive(Debug, Default)]
struct Known {
    url: Option<String>,
    by_post_author: bool,
    /// Places in the order of time.
    comments: Vec<u32>,
}

impl People {
    /// Takes in who wrote a comment, and gives them: nobody where the name is none, or cannot be told from others'.
    ///
    /// People are the same where names are, unless their addresses differ or only one of them is the post's author.
    pub(super) fn meet(&mut self, comment: &Comment) -> Option<Person> {
        let parts: Vec<String> = words(&comment.author.name).map(|word| fold(word.text)).collect();
        let name = parts.join(" ");
        if !can_be_meant(&name) {
            return None;
        }
        let (url, by_post_author) = (&comment.author.url, comment.by_post_author);
        let same_name = self.by_name.entry(name).or_default();
        let fits = |person: &&Person| {
            let known = &self.known[**person as usize];
            let urls_differ = known.url.is_some() && url.is_some() && known.url != *url;
            known.by_post_author == by_post_author && !urls_differ
        };
        let mut fitting = same_name.iter().filter(fits);
        match (fitting.next().copied(), fitting.next()) {
            (Some(person), None) => {
                let known = &mut self.known[person as usize];
                known.url = known.url.take().or_else(|| url.clone());
                Some(person)
            }
            (Some(_), Some(_)) => None,
            (None, _) if same_name.len() == PEOPLE_PER_NAME_MAX => None,
            (None, _) => {
                let person = u32::try_from(self.known.len()).ok()?;
                same_name.push(person);
                self.known.push(Known { url: url.clone(), by_post_author, comments: Vec::new() });
                self.learn_forms(&parts, person);
                Some(person)
            }
        }
    }

    /// Notes that this person wrote the comment at that place.
    pub(super) fn wrote(&mut self, person: Person, rank: u32) {
        self.known[person as usize].comments.push(rank);
    }

    /// The places of this person's comments, earliest first.
    pub(super) fn comments(&self, person: Person) -> &[u32] {
        &self.known[person as usize].comments
    }

    /// What a name means; it must be folded, its words parted by one space.
    pub(super) fn meaning(&self, name: &str) -> Option<Meaning> {
        self.forms.get(name).copied()
    }

    fn learn_forms(&mut self, parts: &[String], person: Person) {
        if parts.len() > NAME_WORDS_MAX {
            return;
        }
        // "Dr" is not short for "Dr Wind".
        let shortest = if parts.len() > 1 && TITLES.contains(&parts[0].as_str()) { 2 } else { 1 };
        let starts = (shortest..=parts.len()).map(|len| parts[..len].join(" "));
        let forms = starts.chain((parts.len() > 1).then(|| parts.concat()));
        for form in forms.filter(|form| can_be_meant(form)) {
            let learnt = self.forms.entry(form).or_insert(Meaning::One(person));
            if *learnt != Meaning::One(person) {
                *learnt = Meaning::Several;
            }
        }
    }
}

/// Whether a folded name tells anybody from anybody else.
fn can_be_meant(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).map(|c| if is_ideograph(c) { 2 } else { 1 });
    letters.sum::<usize>() >= 2 && !NOBODY.contains(&name)
}

/// Whether a folded name is a word as well.
pub(super) fn is_word_too(name: &str) -> bool {
    [WORD_NAMES, OPENERS, TITLES].iter().any(|words| words.contains(&name))
}
