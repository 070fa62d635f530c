//! Terms and phrases, counted. A phrase of n pieces is known by its first and its last n - 1, and counted only where both
//! of these recur, so that what is kept grows with what is found and not with the text.

use std::collections::HashMap;

/// Most terms and phrases that are counted: a book has some 20,000 different words. What comes later is not counted.
const GRAMS_MAX: usize = 200_000;

/// Stands for no term: a break.
pub(super) const NONE: u32 = u32::MAX;

/// What a term can be in a phrase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Role {
    /// A phrase can begin with it.
    pub(super) first: bool,
    /// A phrase can end with it.
    pub(super) last: bool,
    /// It is a subject by itself.
    pub(super) alone: bool,
    /// It gives a phrase its meaning: numbers and single letters do not.
    pub(super) solid: bool,
    /// It is a sign of a script without spaces.
    pub(super) sign: bool,
}

/// A term, or a phrase of several.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gram {
    /// All of it but the last term, and all but the first; [`NONE`] for a term.
    pub(super) parts: [u32; 2],
    /// How many terms it has.
    pub(super) len: u32,
    pub(super) role: Role,
    /// How many authors have written it.
    pub(super) authors: u32,
    /// How many comments have it.
    pub(super) comments: u32,
    last_author: u32,
    last_comment: u32,
}

impl Gram {
    fn new(parts: [u32; 2], len: u32, role: Role) -> Self {
        Self { parts, len, role, authors: 0, comments: 0, last_author: NONE, last_comment: NONE }
    }
}

/// All terms and phrases, by number.
#[derive(Debug, Default)]
pub(super) struct Grams {
    grams: Vec<Gram>,
    /// Only ever asked, never walked through, so that its order does not matter.
    by_parts: HashMap<[u32; 2], u32>,
}

impl Grams {
    pub(super) fn get(&self, id: u32) -> Option<&Gram> {
        self.grams.get(id as usize)
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = (u32, &Gram)> {
        (0_u32..self.len()).zip(&self.grams)
    }

    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.grams.len()).unwrap_or(NONE)
    }

    /// A new term; [`NONE`] when there is no room.
    pub(super) fn push_term(&mut self, role: Role) -> u32 {
        self.push(Gram::new([NONE, NONE], 1, role))
    }

    /// The phrase that these two overlap in; [`NONE`] when there is no room.
    pub(super) fn phrase(&mut self, parts: [u32; 2]) -> u32 {
        if let Some(&id) = self.by_parts.get(&parts) {
            return id;
        }
        let [Some(head), Some(tail)] = parts.map(|part| self.get(part).copied()) else { return NONE };
        let role = Role {
            first: head.role.first,
            last: tail.role.last,
            alone: true,
            solid: head.role.solid || tail.role.solid,
            sign: head.role.sign,
        };
        let id = self.push(Gram::new(parts, head.len + 1, role));
        if id != NONE {
            self.by_parts.insert(parts, id);
        }
        id
    }

    fn push(&mut self, gram: Gram) -> u32 {
        if self.grams.len() >= GRAMS_MAX {
            return NONE;
        }
        self.grams.push(gram);
        self.len() - 1
    }

    /// Counts a place. The comments of an author have to come one after the other, and so have the places of a comment.
    pub(super) fn count(&mut self, id: u32, author: u32, comment: u32) {
        let Some(gram) = self.grams.get_mut(id as usize) else { return };
        gram.authors += u32::from(gram.last_author != author);
        gram.comments += u32::from(gram.last_comment != comment);
        (gram.last_author, gram.last_comment) = (author, comment);
    }
}
