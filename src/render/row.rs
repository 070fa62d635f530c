//! What each place of a row holds for a given comment.

use super::avatar::Avatar;
use super::part::Slot;
use crate::texts::{Key, counted, filled, text, with_name, with_number};
use afterword_core::body::{Body, Policy, sanitize_up_to, url};
use afterword_core::ids::CommentId;
use afterword_core::infer::Reason;
use afterword_core::model::{BackEnd, Comment, CommentState, ThreadState};
use afterword_core::rows::{INDENT_LEVELS_MAX, Row};
use afterword_core::thread::{Placement, Thread};
use afterword_core::time::Timestamp;
use afterword_core::words::is_blank;
use std::cell::OnceCell;

/// How much of one comment is shown before "Show more": some 30 screens of text, which any browser lays out in a
/// moment. Each press shows as much again.
pub const BODY_SHOWN_BYTES: usize = 64 * 1024;

/// Takes what a place of a row holds.
pub trait SlotTarget {
    /// Sets an attribute.
    fn attr(&mut self, name: &'static str, value: &str);
    /// Sets the text.
    fn text(&mut self, text: &str);
}

/// What a reader can do in the rows of a conversation besides reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acts {
    /// Whether comments can be answered.
    pub reply: bool,
    /// Where the comments live that can be voted on.
    back_end: BackEnd,
}

impl Acts {
    /// What the back end of a site allows in a conversation that takes comments, or takes none any more.
    pub fn of(back_end: &BackEnd, state: ThreadState) -> Self {
        match (back_end, state) {
            (BackEnd::None, _) | (_, ThreadState::Closed) => Self::default(),
            (BackEnd::Isso(_) | BackEnd::ByHand(_), ThreadState::Open) => {
                Self { reply: true, back_end: back_end.clone() }
            }
        }
    }

    fn vote_on(&self, comment: &Comment) -> bool {
        comment.votes.is_some() && self.back_end.has(&comment.id)
    }
}

/// One row with all that its places need to know.
#[derive(Clone)]
pub struct RowView<'a> {
    /// The conversation.
    pub thread: &'a Thread,
    /// The row.
    pub row: Row,
    /// Its place in the list, from 0.
    pub position: u32,
    /// On a static page: what stands before `#` in a link to the comment at an index, as that may be on another page.
    /// Absent in the app, where all comments are on one page.
    pub page_of: Option<&'a dyn Fn(u32) -> String>,
    /// Whether its text is covered, because the reader has muted its author. Nobody has in a static page.
    pub muted: bool,
    /// What can be done in it.
    pub acts: Option<&'a Acts>,
    /// Whether it was published since the reader was here last. Nothing is new in a static page.
    pub is_new: bool,
    /// The author's address, once it was asked for: checking it is not free, and three places depend on it.
    author_url: OnceCell<Option<String>>,
}

impl<'a> RowView<'a> {
    /// A row as it is in a static page where all comments are.
    pub fn new(thread: &'a Thread, row: Row, position: u32) -> Self {
        Self {
            thread,
            row,
            position,
            page_of: None,
            acts: None,
            muted: false,
            is_new: false,
            author_url: OnceCell::new(),
        }
    }

    /// Which places there are, and all else that decides which elements and attributes a row has: rows that are alike in
    /// this differ in values only.
    pub fn shape(&self) -> u64 {
        let slots = Slot::ALL.iter().map(|&slot| self.has(slot));
        let others = [self.row.hidden, self.is_new, self.muted];
        slots.chain(others).fold(0, |bits, is| bits << 1 | u64::from(is))
    }

    fn author_url(&self) -> Option<&str> {
        self.author_url.get_or_init(|| author_url(self.comment())).as_deref()
    }

    /// The comment of this row.
    pub fn comment(&self) -> &'a Comment {
        self.thread.comment(self.row.comment)
    }

    /// Whether a place is there at all for this comment.
    pub fn has(&self, slot: Slot) -> bool {
        let comment = self.comment();
        let linked = || self.author_url().is_some();
        match slot {
            Slot::Root | Slot::Avatar | Slot::Level | Slot::Permalink => true,
            Slot::Depth => self.thread.depth(self.row.comment) > u32::from(INDENT_LEVELS_MAX),
            Slot::AuthorLink | Slot::AuthorLinkName => linked(),
            Slot::AuthorName => !linked(),
            Slot::PostAuthor => comment.by_post_author,
            Slot::To => self.parent().is_some(),
            Slot::ToMissing => match self.thread.placement(self.row.comment) {
                Placement::Orphan | Placement::CutCycle => true,
                Placement::Root | Placement::Reply(_) | Placement::Inferred(_) => false,
            },
            Slot::Time => comment.published.is_some(),
            Slot::TimeUnknown => comment.published.is_none(),
            Slot::Edited => comment.edited.is_some(),
            Slot::Muted | Slot::Unveil => self.muted,
            Slot::Body => comment.state == CommentState::Published,
            Slot::Gone => comment.state == CommentState::Deleted,
            Slot::More => comment.state == CommentState::Published && body_len(comment) > BODY_SHOWN_BYTES,
            Slot::Up | Slot::Down => self.can(|acts| acts.vote_on(comment)),
            Slot::Reply => self.can(|acts| acts.reply),
            Slot::Fold => self.replies() > 0,
        }
    }

    /// Fills a place. The body is not filled here: it is a tree, see [`body_of`].
    /// Attributes come before the text.
    pub fn fill(&self, slot: Slot, target: &mut (impl SlotTarget + ?Sized)) {
        let comment = self.comment();
        match slot {
            Slot::Root => {
                let mut class = root_class(self.row.indent);
                for (is, name) in
                    [(self.muted, " is-muted"), (self.row.context, " is-context"), (self.is_new, " is-new")]
                {
                    if is {
                        class.push_str(name);
                    }
                }
                target.attr("class", &class);
                target.attr("id", &comment.id.element_id());
                target.attr("aria-posinset", &(self.position + 1).to_string());
                target.attr("aria-setsize", &self.thread.len().to_string());
                target.attr("data-replies", &self.replies().to_string());
                if self.row.hidden {
                    target.attr("hidden", "until-found");
                }
            }
            Slot::Avatar => {
                let avatar = Avatar::of(&comment.author.name);
                target.attr("class", &format!("avatar hue-{} shape-{}", avatar.hue, avatar.shape));
                target.text(&avatar.initials);
            }
            Slot::AuthorLink => target.attr("href", self.author_url().unwrap_or_default()),
            Slot::AuthorLinkName | Slot::AuthorName => target.text(author_name(comment)),
            Slot::PostAuthor => target.text(text(Key::PostAuthor)),
            Slot::Level => target.text(&self.level_text()),
            Slot::Depth => {
                target.text(&with_number(Key::LevelShort, self.thread.depth(self.row.comment).saturating_add(1)));
            }
            Slot::To => {
                if let Some(index) = self.thread.placement(self.row.comment).parent() {
                    let parent = self.thread.comment(index);
                    let page = self.page_of.map(|page_of| page_of(index)).unwrap_or_default();
                    target.attr("href", &(page + &fragment(&parent.id)));
                    let to = with_name(Key::To, author_name(parent));
                    match self.thread.reason(self.row.comment) {
                        Some(reason) => {
                            target.attr("data-guess", "");
                            target.text(&filled(&with_name(Key::Guess, &to), "why", &reason_text(reason)));
                        }
                        None => target.text(&to),
                    }
                }
            }
            Slot::ToMissing => target.text(text(match self.thread.placement(self.row.comment) {
                Placement::CutCycle => Key::CutCycle,
                Placement::Orphan | Placement::Root | Placement::Reply(_) | Placement::Inferred(_) => Key::ToMissing,
            })),
            Slot::Permalink => {
                target.attr("href", &fragment(&comment.id));
                if self.is_new {
                    target.attr("data-new", text(Key::New));
                }
            }
            Slot::Time => {
                if let Some(time) = comment.published {
                    target.attr("datetime", &time.to_rfc3339());
                    target.attr("title", &absolute_time(time));
                    target.text(&absolute_date(time));
                }
            }
            Slot::TimeUnknown => target.text(text(Key::DateUnknown)),
            Slot::Edited => target.text(text(Key::Edited)),
            Slot::Muted => {
                let mut sentence = with_name(Key::Muted, author_name(comment));
                sentence.push(' ');
                target.text(&sentence);
            }
            Slot::Unveil => target.text(text(Key::Unveil)),
            Slot::Body => {
                if self.muted {
                    target.attr("hidden", "until-found");
                }
            }
            Slot::Gone => target.text(text(Key::Deleted)),
            Slot::More => target.text(text(Key::ShowMore)),
            Slot::Up | Slot::Down => {
                let votes = comment.votes.unwrap_or_default();
                let (key, count) = if slot == Slot::Up { (Key::VoteUp, votes.up) } else { (Key::VoteDown, votes.down) };
                target.attr("aria-label", &with_number(key, count));
                target.text(&count.to_string());
            }
            Slot::Reply => target.text(text(Key::Reply)),
            Slot::Fold => {
                target.attr("aria-expanded", if self.row.collapsed { "false" } else { "true" });
                target.text(&fold_text(self.replies()));
            }
        }
    }

    /// Whether something can be done with this comment. There is nothing to do with one that was deleted.
    fn can(&self, does: impl FnOnce(&Acts) -> bool) -> bool {
        self.comment().state == CommentState::Published && self.acts.is_some_and(does)
    }

    /// How many comments are below this one.
    pub fn replies(&self) -> u32 {
        self.thread.replies(self.row.comment)
    }

    fn parent(&self) -> Option<&'a Comment> {
        self.thread.placement(self.row.comment).parent().map(|parent| self.thread.comment(parent))
    }

    /// Its depth, and whom it answers, in words.
    pub fn level_text(&self) -> String {
        let level = self.thread.depth(self.row.comment).saturating_add(1);
        match self.parent() {
            Some(parent) => {
                let is_guess = self.thread.reason(self.row.comment).is_some();
                let key = if is_guess { Key::LevelGuess } else { Key::LevelReply };
                filled(&with_number(key, level), "name", author_name(parent))
            }
            None => with_number(Key::LevelRoot, level),
        }
    }
}

/// Why a comment is taken for an answer, in words.
fn reason_text(reason: &Reason) -> String {
    match reason {
        Reason::NamesAtStart(name) => with_name(Key::GuessNames, name),
        Reason::Mention(name) => with_name(Key::GuessMention, name),
        Reason::Says(name) => with_name(Key::GuessSays, name),
        Reason::Quotes(words) => with_name(Key::GuessQuotes, words),
        Reason::Correction => text(Key::GuessCorrection).to_owned(),
    }
}

/// The classes of a row with this indent.
pub fn root_class(indent: u8) -> String {
    format!("comment indent-{indent}")
}

/// The words on the button that hides and shows replies.
pub fn fold_text(replies: u32) -> String {
    counted(Key::RepliesOne, Key::RepliesMany, replies)
}

/// The text of a comment as a tree, up to a bound.
pub fn body_of(comment: &Comment, bytes_max: usize, policy: &Policy) -> Body {
    sanitize_up_to(&comment.body, policy, bytes_max)
}

fn body_len(comment: &Comment) -> usize {
    match &comment.body {
        afterword_core::body::RawBody::Html(html) => html.len(),
        afterword_core::body::RawBody::Text(text) => text.len(),
    }
}

fn author_url(comment: &Comment) -> Option<String> {
    comment.author.url.as_deref().and_then(url::check_author_link).map(|link| link.as_str().to_owned())
}

/// The author's name as it is shown.
pub fn author_name(comment: &Comment) -> &str {
    let name = comment.author.name.trim();
    if is_blank(name) { text(Key::AuthorUnknown) } else { name }
}

/// The link to a comment on its own page.
pub fn fragment(id: &CommentId) -> String {
    let mut link = id.element_id();
    link.insert(0, '#');
    link
}

/// Date and time as they can be hovered over in a prerendered page: `31 Jan 2012, 08:15 UTC`. The app replaces them by
/// the reader's own way of writing dates.
fn absolute_time(time: Timestamp) -> String {
    let civil = time.civil();
    format!("{}, {:02}:{:02} UTC", absolute_date(time), civil.hour, civil.minute)
}

/// The date in UTC as it stands in a prerendered page: `31 Jan 2012`.
pub fn absolute_date(time: Timestamp) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let civil = time.civil();
    let month = MONTHS.get(usize::from(civil.month) - 1).copied().unwrap_or_default();
    format!("{} {month} {}", civil.day, civil.year)
}
