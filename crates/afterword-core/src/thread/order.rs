//! Orders of siblings: of roots among themselves, and of the replies to one comment.
//!
//! Every order is total. Where its own measure leaves two comments equal, the earlier one comes first; where dates are
//! equal or unknown, the id decides.

use super::Thread;
use crate::model::{CommentState, Votes};
use std::cmp::Reverse;

/// The order of siblings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// By time, earliest first.
    #[default]
    Oldest,
    /// By time, latest first; unknown times last.
    Newest,
    /// By what can be said for sure of the share of votes for a comment: the lower end of the Wilson score interval at
    /// 95 %, see [`wilson_lower_bound`]; then by votes for less votes against. Without votes a comment has 0.
    Best,
    /// By votes for less votes against.
    Top,
    /// By how many votes are contradicted by another: the smaller of votes for and against; then the more even.
    Controversial,
    /// By the number of comments below, at any depth.
    Replies,
    /// By the newest date in a comment and all below it.
    Active,
    /// For a post that asks or is asked: what its author wrote, then what its author answered (at any depth), then the
    /// rest; each by time.
    Conversation,
    /// By the number of characters of text, markup not counted.
    Longest,
}

impl Order {
    /// All orders, as they are offered.
    pub const ALL: [Self; 9] = [
        Self::Oldest,
        Self::Newest,
        Self::Best,
        Self::Top,
        Self::Controversial,
        Self::Replies,
        Self::Active,
        Self::Conversation,
        Self::Longest,
    ];

    /// The name used in `site.json` and in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Oldest => "oldest",
            Self::Newest => "newest",
            Self::Best => "best",
            Self::Top => "top",
            Self::Controversial => "controversial",
            Self::Replies => "replies",
            Self::Active => "active",
            Self::Conversation => "conversation",
            Self::Longest => "longest",
        }
    }

    /// The order of that [`Self::name`].
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.name() == name)
    }

    /// Whether the order says nothing about a thread without votes.
    pub fn needs_votes(self) -> bool {
        match self {
            Self::Best | Self::Top | Self::Controversial => true,
            Self::Oldest | Self::Newest | Self::Replies | Self::Active | Self::Conversation | Self::Longest => false,
        }
    }

    /// Whether the order says nothing about a thread in which the author of the post did not write.
    pub fn needs_post_author(self) -> bool {
        self == Self::Conversation
    }
}

/// The measure of an order: what is larger comes first, by the first number, then by the second.
type Measure = (u64, u64);

impl Thread {
    /// Whether this order says something about this thread: there are votes to go by, or words of the post's author.
    pub fn offers(&self, order: Order) -> bool {
        (!order.needs_votes() || self.has_votes()) && (!order.needs_post_author() || self.has_post_author())
    }

    /// Whether any comment has a vote.
    pub fn has_votes(&self) -> bool {
        self.comments().iter().any(|comment| comment.votes.is_some_and(|votes| votes != Votes::default()))
    }

    /// Whether the author of the post wrote any comment.
    pub fn has_post_author(&self) -> bool {
        self.comments().iter().any(|comment| comment.by_post_author)
    }

    /// All comments, each exactly once, as if all were siblings.
    pub fn sorted(&self, order: Order) -> Vec<u32> {
        match order {
            Order::Oldest => self.by_time.clone(),
            Order::Newest => {
                // Comments of unknown date stay at the end: they are not newer than everything.
                let known = self.by_time.partition_point(|&index| self.comment(index).published.is_some());
                let (known, unknown) = self.by_time.split_at(known);
                known.iter().rev().chain(unknown).copied().collect()
            }
            Order::Best => self.sorted_by(|index| best(self.votes(index))),
            Order::Top => self.sorted_by(|index| (balance(self.votes(index)), 0)),
            Order::Controversial => self.sorted_by(|index| controversy(self.votes(index))),
            Order::Replies => self.sorted_by(|index| (self.replies(index).into(), 0)),
            Order::Active => {
                let newest = self.largest_in_subtree(|index| {
                    self.comment(index).published.map_or(0, |time| lifted(time.millis()).max(1))
                });
                self.sorted_by(|index| (newest[index as usize], 0))
            }
            Order::Conversation => {
                let wrote = |index: u32| u64::from(self.comment(index).by_post_author);
                let answered = self.largest_in_subtree(wrote);
                self.sorted_by(|index| (wrote(index), answered[index as usize]))
            }
            Order::Longest => self.sorted_by(|index| {
                let comment = self.comment(index);
                let shown = comment.state == CommentState::Published;
                (if shown { comment.body.text_len() as u64 } else { 0 }, 0)
            }),
        }
    }

    fn votes(&self, index: u32) -> Votes {
        self.comment(index).votes.unwrap_or_default()
    }

    fn sorted_by(&self, measure: impl Fn(u32) -> Measure) -> Vec<u32> {
        let mut keyed: Vec<_> = self.by_time.iter().map(|&index| (Reverse(measure(index)), index)).collect();
        // A stable sort: what is equal stays in the order of time.
        keyed.sort_by_key(|&(measure, _)| measure);
        keyed.into_iter().map(|(_, index)| index).collect()
    }

    /// For each comment the largest value in its subtree, itself included.
    fn largest_in_subtree(&self, value: impl Fn(u32) -> u64) -> Vec<u64> {
        let mut largest: Vec<u64> = (0..self.len()).map_while(|at| u32::try_from(at).ok()).map(value).collect();
        for &index in self.walk(&self.by_time).iter().rev() {
            if let Some(parent) = self.placement(index).parent() {
                largest[parent as usize] = largest[parent as usize].max(largest[index as usize]);
            }
        }
        largest
    }
}

/// The order of signed numbers as that of unsigned ones.
fn lifted(number: i64) -> u64 {
    number.cast_unsigned() ^ (1 << 63)
}

fn balance(votes: Votes) -> u64 {
    lifted(i64::from(votes.up) - i64::from(votes.down))
}

fn best(votes: Votes) -> Measure {
    // The bits of floats that are not negative are in the order of the floats.
    (wilson_lower_bound(votes).to_bits(), balance(votes))
}

fn controversy(votes: Votes) -> Measure {
    (votes.up.min(votes.down).into(), u64::MAX - u64::from(votes.up.max(votes.down)))
}

/// The lower end of the interval in which the share of votes for a comment lies with a probability of 95 %, from 0 to 1;
/// 0 without votes. So 9 of 10 votes come after 90 of 100.
///
/// With n votes, a share p of them for the comment, and z = 1.96:
/// (p + z²/2n − z √((p(1−p) + z²/4n) / n)) / (1 + z²/n).
///
/// Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the American
/// Statistical Association 22 (1927), pages 209–212.
pub fn wilson_lower_bound(votes: Votes) -> f64 {
    /// The normal distribution holds 95 % within so many standard deviations.
    const Z: f64 = 1.96;
    if votes.up == 0 {
        return 0.0;
    }
    let n = f64::from(votes.up) + f64::from(votes.down);
    let share = f64::from(votes.up) / n;
    let spread = Z * ((share * (1.0 - share) + Z * Z / (4.0 * n)) / n).sqrt();
    ((share + Z * Z / (2.0 * n) - spread) / (1.0 + Z * Z / n)).max(0.0)
}
