//! Who answers whom where the data does not say: flat archives in which people answered by name.
//!
//! [`infer_replies`] reads the words of a thread and links a comment to the earlier one that it answers:
//!
//! - it begins with a name: "Ann, …", "Yes, Ann, …", "Thanks Ann!", "…, Ann.", "annさん、…";
//! - it has a name behind `@`;
//! - it takes up what somebody said: "Ann says …", "I agree with Ann";
//! - it quotes a sentence that exactly one earlier comment has of its own;
//! - it corrects its author's comment right before: "Oops, …", "Edit: …".
//!
//! Precision comes before recall. A name that two people have, a short form that fits two, two people named, a name and a
//! quote that disagree: all these give no link. A name that is a word as well ("Will", "Rose") needs a sign that
//! somebody is spoken to. Of several comments of one person that one is meant which shares rare words, or else the only
//! one since the writer's own last comment; where neither tells, there is no link. Nothing is learnt from later comments, so a link
//! stays when comments arrive; the one exception are names of the post's authors, who can be spoken to before they write.
//!
//! How well that works is measured in `tests/infer`, on cases that were labelled before there was a rule. Half of them was
//! used for making the rules, the other half only for measuring.
//!
//! Time goes with the length of the texts: everything is looked up by name or by hash, and lists that strangers could
//! make long are bounded.

#[cfg(test)]
mod tests;

mod fold;
mod opening;
mod people;
// One word a line would bury the tables.
#[rustfmt::skip]
mod phrases;
mod reading;
mod traces;

use crate::body::{Policy, sanitize_up_to};
use crate::model::{Comment, CommentState};
use crate::thread::{Placement, Thread};
use opening::{Manner, Named, Naming, Opening, mentioned};
use people::{People, Person};
use reading::read;
use std::ops::Range;
use traces::{Quote, Shared, Source, Token, Traces, tokens};

/// How much of a comment is read, in bytes of its source: whom it answers, it says in the beginning, and what is quoted
/// from it is seldom from behind the first thousand words.
const READ_BYTES_MAX: usize = 8 * 1024;

/// Names are shown so far, in characters.
const NAME_SHOWN_MAX: usize = 60;

/// Quotes are shown so far, in characters: a line.
const QUOTE_SHOWN_MAX: usize = 80;

/// A comment that seems to answer another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InferredReply {
    /// The index of the comment: one that the data gives no parent.
    pub comment: u32,
    /// The index of the earlier comment that it seems to answer.
    pub parent: u32,
    /// What shows it.
    pub reason: Reason,
}

/// What shows that a comment answers another one. Names and quotes are as the comment has them, plain text, cut (with an
/// ellipsis) where they are long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It speaks to this name in its first sentence.
    NamesAtStart(Box<str>),
    /// It has this name behind an `@`.
    Mention(Box<str>),
    /// It takes up what this name said.
    Says(Box<str>),
    /// It quotes this sentence.
    Quotes(Box<str>),
    /// It corrects its author's comment right before.
    Correction,
}

/// Finds comments that answer earlier ones by their words. At most one link for each, in the order of indices; the same
/// thread gives the same links. Only roots get one, and only to comments that came before.
///
/// It reads every text, so for a long thread in a browser there is [`Inference`], which does the same in slices.
pub fn infer_replies(thread: &Thread) -> Vec<InferredReply> {
    let mut inference = Inference::new(thread);
    inference.extend(thread, || false);
    inference.finish(thread)
}

/// The comments whose place in time is known, earliest first. Where no comment has a date, numbers as ids tell: most
/// back ends count. The order of the input does not, since feeds are written newest first as well.
fn by_arrival(thread: &Thread) -> Vec<u32> {
    let indices = 0..u32::try_from(thread.len()).unwrap_or(u32::MAX);
    let mut dated: Vec<u32> = indices.clone().filter(|&index| thread.comment(index).published.is_some()).collect();
    let counted = |index: u32| thread.comment(index).id.as_str().bytes().all(|byte| byte.is_ascii_digit());
    if dated.is_empty() && indices.clone().all(counted) {
        dated = indices.collect();
        dated.sort_by(|&a, &b| thread.comment(a).id.cmp_arrival(&thread.comment(b).id));
        return dated;
    }
    dated.sort_by_key(|&index| thread.comment(index).published);
    dated
}

/// What a comment shows of whom it answers. Places are those in the order of time.
struct Clue {
    place: u32,
    named: Named,
    /// The name as it is shown.
    name: Box<str>,
    /// How many comments the named person had written by then.
    written: usize,
    quotes: Vec<Quote>,
    /// The comment right before, if this one corrects it.
    corrects: Option<u32>,
}

/// [`infer_replies`] under way. The thread must be the same all the time.
pub struct Inference {
    /// All comments that take part, earliest first. Everything below goes by places in this list.
    order: Vec<u32>,
    people: People,
    /// Who wrote, by place; so far as it has been read.
    author: Vec<Option<Person>>,
    tokens: Vec<Token>,
    /// Whose tokens are where, by place.
    text: Vec<Range<usize>>,
    clues: Vec<Clue>,
    traces: Traces,
    /// How many comments were gone through for traces.
    scanned: usize,
}

impl Inference {
    /// Begins; nothing is read yet.
    pub fn new(thread: &Thread) -> Self {
        let mut people = People::default();
        for comment in thread.comments().iter().filter(|comment| comment.by_post_author) {
            people.meet(comment);
        }
        Self {
            order: by_arrival(thread),
            people,
            author: Vec::new(),
            tokens: Vec::new(),
            text: Vec::new(),
            clues: Vec::new(),
            traces: Traces::default(),
            scanned: 0,
        }
    }

    /// Reads on, until out of time; the question is asked after each comment. Whether everything is done.
    pub fn extend(&mut self, thread: &Thread, out_of_time: impl Fn() -> bool) -> bool {
        while let Some(&index) = self.order.get(self.text.len()) {
            self.read(thread, index);
            if out_of_time() {
                return false;
            }
        }
        while self.traces.is_needed()
            && let Some(range) = self.text.get(self.scanned)
        {
            self.traces.scan(place_of(self.scanned), &self.tokens[range.clone()]);
            self.scanned += 1;
            if out_of_time() {
                return false;
            }
        }
        true
    }

    /// The links; none before [`Self::extend`] has told that everything is done.
    pub fn finish(self, thread: &Thread) -> Vec<InferredReply> {
        if self.text.len() < self.order.len() || self.traces.is_needed() && self.scanned < self.text.len() {
            // Half of the traces could make two sources of a quote look like one.
            return Vec::new();
        }
        let mut place = vec![u32::MAX; thread.len()];
        for (at, &index) in self.order.iter().enumerate() {
            place[index as usize] = place_of(at);
        }
        let trees = thread.trees();
        let link = |clue: &Clue| {
            let (parent, reason) = self.parent(clue)?;
            let (comment, parent) = (self.order[clue.place as usize], self.order[parent as usize]);
            // The root above the parent is earlier, too: so links lead back in time only, and no ring can come of them.
            let root = trees[parent as usize];
            (place[root as usize] < clue.place).then_some(InferredReply { comment, parent, reason })
        };
        let mut links: Vec<InferredReply> = self.clues.iter().filter_map(link).collect();
        links.sort_unstable_by_key(|link| link.comment);
        links
    }

    fn read(&mut self, thread: &Thread, index: u32) {
        let place = place_of(self.text.len());
        let comment = thread.comment(index);
        let start = self.tokens.len();
        let mut clue = None;
        let author = self.people.meet(comment);
        if comment.state == CommentState::Published {
            clue = self.read_text(place, comment, author, thread.placement(index) == Placement::Root);
        }
        if let Some(author) = author {
            self.people.wrote(author, place);
        }
        self.author.push(author);
        self.text.push(start..self.tokens.len());
        if let Some(clue) = clue {
            if let Named::One(naming) = &clue.named
                && (clue.written > 1 || naming.weak)
            {
                self.traces.seek_rare(&self.tokens[start..]);
            }
            self.clues.push(clue);
        }
    }

    fn read_text(&mut self, place: u32, comment: &Comment, author: Option<Person>, is_root: bool) -> Option<Clue> {
        let body = sanitize_up_to(&comment.body, &Policy::comment(), READ_BYTES_MAX);
        let reading = read(&body);
        tokens(&reading.own, &mut self.tokens);
        if !is_root || place == 0 {
            return None;
        }
        let opening = Opening::new(&reading.own);
        let named = both(opening.named(&self.people), mentioned(&reading.own, &self.people), author);
        let before = place.checked_sub(1).filter(|&before| author.is_some() && self.author[before as usize] == author);
        let corrects = before.filter(|_| opening.corrects());
        let quotes: Vec<Quote> = reading.quotes.iter().filter_map(|quote| self.traces.seek_quote(quote)).collect();
        let (name, written) = match &named {
            Named::One(naming) => {
                let name = reading.own.get(naming.name.clone()).unwrap_or_default();
                (cut(name, NAME_SHOWN_MAX), self.people.comments(naming.person).len())
            }
            Named::Nobody if corrects.is_none() && quotes.is_empty() => return None,
            Named::Nobody => (Box::default(), 0),
            Named::Unclear => return None,
        };
        Some(Clue { place, named, name, written, quotes, corrects })
    }

    fn parent(&self, clue: &Clue) -> Option<(u32, Reason)> {
        let quoted = self.quoted(clue);
        match (&clue.named, quoted, clue.corrects) {
            (Named::One(naming), quoted, None) => self.named_parent(clue, naming, quoted),
            (Named::Nobody, Quoted::From(place, quote), None) => {
                Some((place, Reason::Quotes(cut(&quote.shown, QUOTE_SHOWN_MAX))))
            }
            (Named::Nobody, Quoted::Nothing, Some(before)) => Some((before, Reason::Correction)),
            (Named::Nobody, Quoted::Nothing | Quoted::Elsewhere | Quoted::Unclear, _) => None,
            // Two things that speak for two parents speak for none.
            (Named::Nobody, Quoted::From(..), Some(_)) | (Named::One(_), _, Some(_)) | (Named::Unclear, _, _) => None,
        }
    }

    fn named_parent(&self, clue: &Clue, naming: &Naming, quoted: Quoted<'_>) -> Option<(u32, Reason)> {
        let place = match quoted {
            Quoted::From(place, _) => Some(place).filter(|&place| self.author[place as usize] == Some(naming.person)),
            Quoted::Nothing | Quoted::Elsewhere => self.meant(clue, naming),
            Quoted::Unclear => None,
        }?;
        let name = clue.name.clone();
        let reason = match naming.manner {
            Manner::Start => Reason::NamesAtStart(name),
            Manner::Mention => Reason::Mention(name),
            Manner::Says => Reason::Says(name),
        };
        Some((place, reason))
    }

    /// Which of their comments is meant when somebody is named.
    fn meant(&self, clue: &Clue, naming: &Naming) -> Option<u32> {
        let theirs = self.people.comments(naming.person).get(..clue.written)?;
        if let [only] = theirs
            && !naming.weak
        {
            return Some(*only);
        }
        let text = &self.tokens[self.text[clue.place as usize].clone()];
        match self.traces.shared(theirs, clue.place, text) {
            Shared::With(place) => Some(place),
            // Who takes up words shares some; who speaks to somebody answers what is new to them.
            Shared::Nothing if naming.weak || naming.manner == Manner::Says => None,
            Shared::Nothing => self.only_since_own(theirs, clue.place),
            Shared::WithSeveral => None,
        }
    }

    /// The only one of these comments that came after the last one of who writes here.
    fn only_since_own(&self, theirs: &[u32], place: u32) -> Option<u32> {
        let own = self.people.comments(self.author[place as usize]?);
        let last = *own.get(own.partition_point(|&own| own < place).checked_sub(1)?)?;
        match &theirs[theirs.partition_point(|&their| their < last)..] {
            [only] => Some(*only),
            _ => None,
        }
    }

    fn quoted<'a>(&self, clue: &'a Clue) -> Quoted<'a> {
        let mut all = Quoted::Nothing;
        for quote in &clue.quotes {
            let one = match self.traces.source(quote, clue.place) {
                Source::Comment(place) => Quoted::From(place, quote),
                Source::Elsewhere => Quoted::Elsewhere,
                Source::Unclear => Quoted::Unclear,
            };
            all = match (all, one) {
                (Quoted::Nothing, one) => one,
                (Quoted::From(place, first), Quoted::From(other, _)) if place == other => Quoted::From(place, first),
                (Quoted::Elsewhere, Quoted::Elsewhere) => Quoted::Elsewhere,
                (Quoted::From(..) | Quoted::Elsewhere | Quoted::Unclear, _) => Quoted::Unclear,
            };
        }
        all
    }
}

/// A place as it is kept. Threads have fewer comments than there are such numbers.
fn place_of(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Where all quotes of a comment come from.
#[derive(Clone, Copy)]
enum Quoted<'a> {
    Nothing,
    From(u32, &'a Quote),
    Elsewhere,
    Unclear,
}

/// One naming of two. Who names themselves names nobody.
fn both(start: Named, mention: Named, author: Option<Person>) -> Named {
    let others = |named: Named| match named {
        Named::One(naming) if Some(naming.person) == author => Named::Nobody,
        named => named,
    };
    match (others(start), others(mention)) {
        (Named::Nobody, named) | (named, Named::Nobody) => named,
        (Named::One(start), Named::One(mention)) if start.person == mention.person => Named::One(mention),
        (Named::One(_) | Named::Unclear, Named::One(_) | Named::Unclear) => Named::Unclear,
    }
}

/// The beginning of a text, with an ellipsis where something is left out.
fn cut(text: &str, chars_max: usize) -> Box<str> {
    match text.char_indices().nth(chars_max) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()).into(),
        None => text.into(),
    }
}
