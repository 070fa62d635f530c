//! A back end that fails in all the ways in which they do, and remembers what it took.

use super::comment;
use afterword_core::ids::CommentId;
use afterword_core::model::Comment;
use afterword_core::writing::{Answer, Delay, Letter, Refusal, Target, Unclear};

/// A small generator of random numbers (SplitMix64): the same seed gives the same world.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: i64) -> i64 {
        (self.number() % end.unsigned_abs().max(1)) as i64
    }

    pub(crate) fn one_in(&mut self, n: i64) -> bool {
        self.below(n) == 0
    }

    pub(crate) fn share(&mut self) -> f64 {
        (self.number() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// What kind of back end it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    pub(crate) moderates: bool,
    pub(crate) refuses_doubles: bool,
    pub(crate) flattens: bool,
    /// Whether it may store a letter up to a minute after the request.
    pub(crate) is_late: bool,
    /// How far its clock is from that of the readers, in milliseconds.
    pub(crate) skew: i64,
}

pub(crate) struct Server {
    pub(crate) kind: Kind,
    /// What everybody can read.
    pub(crate) comments: Vec<Comment>,
    /// What waits for approval.
    pub(crate) held: Vec<Comment>,
    /// How many more requests may go wrong.
    pub(crate) faults: u32,
    next: u32,
}

/// What comes of a request.
pub(crate) struct Reaction {
    /// When it is stored, after so many milliseconds; `None` for never.
    pub(crate) stores: Option<i64>,
    /// What the sender hears, after so many milliseconds. Without an answer that is here already, what storing gives.
    pub(crate) answer: (i64, Option<Answer>),
}

impl Server {
    pub(crate) fn new(kind: Kind, faults: u32) -> Self {
        Self { kind, comments: Vec::new(), held: Vec::new(), faults, next: 1 }
    }

    /// How many comments of this text it has of this writer at this place, wherever it keeps them.
    pub(crate) fn count(&self, letter: &Letter) -> usize {
        let is_it = |comment: &&Comment| is_of(comment, letter, self);
        self.comments.iter().chain(&self.held).filter(is_it).count()
    }

    /// Puts a letter into the thread, or aside for approval.
    pub(crate) fn store(&mut self, letter: &Letter, now: i64) -> Answer {
        let id = format!("{}", self.next);
        self.next += 1;
        let parent = self.parent(&letter.place.target);
        let stored = comment(&id, &letter.writer.name, &letter.text.to_text(), parent, now + self.kind.skew);
        if self.kind.moderates {
            self.held.push(stored.clone());
            return Answer::Held(Some(Box::new(stored)));
        }
        self.comments.push(stored.clone());
        Answer::Published(Box::new(stored))
    }

    /// Approves all that waits.
    pub(crate) fn approve(&mut self) {
        self.comments.append(&mut self.held);
    }

    fn parent(&self, target: &Target) -> Option<CommentId> {
        let Target::Reply(to) = target else { return None };
        let found = self.comments.iter().find(|comment| comment.id == *to)?;
        match &found.parent {
            Some(root) if self.kind.flattens => Some(root.clone()),
            _ => Some(to.clone()),
        }
    }

    /// Takes a request.
    pub(crate) fn react(&mut self, letter: &Letter, dice: &mut Dice) -> Reaction {
        let soon = 20 + dice.below(800);
        let answer = |stores, after, answer| Reaction { stores, answer: (after, Some(answer)) };
        if self.kind.refuses_doubles && self.count(letter) > 0 {
            return answer(None, soon, Answer::Refused(Refusal::Duplicate));
        }
        if self.faults == 0 || dice.one_in(3) {
            return Reaction { stores: Some(soon / 2), answer: (soon, None) };
        }
        self.faults -= 1;
        let unclear = [Unclear::Broken, Unclear::Garbled, Unclear::Failed, Unclear::Redirected];
        let unclear = Answer::Unclear(unclear[usize::try_from(dice.below(4)).unwrap()]);
        let later = |wait_seconds, why| Answer::Later { wait_seconds, why };
        match dice.below(10) {
            // Lost on the way there, in two ways.
            0 => answer(None, soon, unclear),
            1 => answer(None, 15_000, Answer::Unclear(Unclear::TimedOut)),
            // Stored, and the answer is lost, cut off, an error, or leads elsewhere.
            2 | 3 => answer(Some(soon / 2), soon, unclear),
            4 => answer(Some(soon / 2), 15_000, Answer::Unclear(Unclear::TimedOut)),
            5 if self.kind.is_late => answer(Some(dice.below(60_000)), 15_000, Answer::Unclear(Unclear::TimedOut)),
            // The letter of an old page: its proof is over, and a press gives a new one.
            5 => answer(None, soon, Answer::Refused(Refusal::Words("Your session is over".to_owned()))),
            6 => answer(None, soon, later(None, Delay::TooMany)),
            7 => answer(None, soon, later(Some(u32::try_from(dice.below(9_000)).unwrap()), Delay::TooMany)),
            8 => answer(None, soon, later(None, Delay::Unwell)),
            _ => answer(None, soon, later(None, Delay::Offline)),
        }
    }
}

fn is_of(comment: &Comment, letter: &Letter, server: &Server) -> bool {
    comment.author.name == letter.writer.name
        && comment.body == afterword_core::body::RawBody::Text(letter.text.to_text())
        && comment.parent == server.parent(&letter.place.target)
}
