//! Threads: comments and who answers whom, as index arrays.
//!
//! [`Thread::build`] takes any list of comments, however damaged its parents are, and [`Thread::order`] walks it so that
//! every comment comes exactly once. Nothing here recurses: how deep a thread is, strangers decide.

use crate::ids::CommentId;
use crate::infer::{InferredReply, Reason};
use crate::model::Comment;
use std::cmp::Ordering;
use std::sync::Arc;

mod order;

pub use order::{Order, wilson_lower_bound};

/// Where a comment stands in its thread, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// It answers the post.
    Root,
    /// It answers the comment at this index.
    Reply(u32),
    /// It says nothing of a parent, but its words seem to answer the comment at this index: [`Thread::with_inferred`].
    Inferred(u32),
    /// It answers a comment that is not there, and is shown as a root.
    Orphan,
    /// Its parents lead back to itself; the earliest comment of such a ring is shown as a root.
    CutCycle,
}

impl Placement {
    /// The index of the parent, if it is there.
    pub fn parent(self) -> Option<u32> {
        match self {
            Self::Reply(parent) | Self::Inferred(parent) => Some(parent),
            Self::Root | Self::Orphan | Self::CutCycle => None,
        }
    }
}

/// A conversation. A comment is named by its index in [`Thread::comments`], which is its place in the input.
#[derive(Clone, Debug, Default)]
pub struct Thread {
    /// Shared by all threads that were made of these comments.
    comments: Arc<Vec<Comment>>,
    placement: Vec<Placement>,
    depth: Vec<u32>,
    /// Replies in the whole subtree, the comment itself not counted.
    replies: Vec<u32>,
    /// Direct replies.
    answers: Vec<u32>,
    /// Indices by id, for [`Thread::find`].
    by_id: Vec<u32>,
    /// Indices by time, then id: every order starts from it.
    by_time: Vec<u32>,
    /// Why comments are [`Placement::Inferred`], by index.
    reasons: Vec<(u32, Reason)>,
}

/// Most comments that one thread holds: indices are 32 bits wide, and one value is kept free.
pub const COMMENTS_MAX: usize = u32::MAX as usize - 1;

impl Thread {
    /// Finds out who answers whom. Where two comments share an id (decoders see to it that none do), answers go to the
    /// first. Comments beyond [`COMMENTS_MAX`] are dropped; no browser could hold them.
    pub fn build(mut comments: Vec<Comment>) -> Self {
        comments.truncate(COMMENTS_MAX);
        let by_id = sorted_indices(&comments, |a, b| a.id.cmp(&b.id));
        let by_time = sorted_indices(&comments, cmp_oldest);
        let mut thread = Self { comments: Arc::new(comments), by_id, by_time, ..Self::default() };
        thread.placement = thread.comments.iter().map(|comment| thread.place(comment)).collect();
        thread.cut_cycles();
        thread.count();
        thread
    }

    /// The same comments at the same indices, with these roots as replies. What parents the data gives stays as it is; a
    /// link from a comment that is no root, to itself or nowhere, or in a ring, is left out, and so is a second one of
    /// a comment. The texts are shared, not copied.
    #[must_use]
    pub fn with_inferred(&self, links: &[InferredReply]) -> Self {
        let mut thread = self.clone();
        let mut above = self.trees();
        for link in links {
            let (Some(Placement::Root), Some(_)) =
                (thread.placement.get(link.comment as usize), thread.placement.get(link.parent as usize))
            else {
                continue;
            };
            let root = tree_of(&mut above, link.parent);
            if root != link.comment {
                above[link.comment as usize] = root;
                thread.placement[link.comment as usize] = Placement::Inferred(link.parent);
                thread.reasons.push((link.comment, link.reason.clone()));
            }
        }
        thread.reasons.sort_unstable_by_key(|&(comment, _)| comment);
        thread.count();
        thread
    }

    /// Why that comment is [`Placement::Inferred`]; `None` for all others.
    pub fn reason(&self, index: u32) -> Option<&Reason> {
        let at = self.reasons.binary_search_by_key(&index, |&(comment, _)| comment).ok()?;
        self.reasons.get(at).map(|(_, reason)| reason)
    }

    /// For each comment the root that it stands below; for a root itself.
    pub(crate) fn trees(&self) -> Vec<u32> {
        let mut trees: Vec<u32> = vec![0; self.len()];
        for index in self.walk(&self.by_time) {
            trees[index as usize] = self.placement(index).parent().map_or(index, |parent| trees[parent as usize]);
        }
        trees
    }

    /// The comments in the order of the input.
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// How many comments there are.
    pub fn len(&self) -> usize {
        self.comments.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.comments.is_empty()
    }

    /// The comment at an index that this thread gave out.
    pub fn comment(&self, index: u32) -> &Comment {
        &self.comments[index as usize]
    }

    /// Where that comment stands.
    pub fn placement(&self, index: u32) -> Placement {
        self.placement[index as usize]
    }

    /// How many parents it has above it; 0 for a root.
    pub fn depth(&self, index: u32) -> u32 {
        self.depth[index as usize]
    }

    /// How many comments are below it, at any depth.
    pub fn replies(&self, index: u32) -> u32 {
        self.replies[index as usize]
    }

    /// How many comments answer it directly.
    pub fn answers(&self, index: u32) -> u32 {
        self.answers[index as usize]
    }

    /// Whether any comment answers another one.
    pub fn has_replies(&self) -> bool {
        self.answers.iter().any(|&answers| answers > 0)
    }

    /// The first comment with this id.
    pub fn find(&self, id: &CommentId) -> Option<u32> {
        let at = self.by_id.partition_point(|&index| self.comment(index).id < *id);
        self.by_id.get(at).copied().filter(|&index| self.comment(index).id == *id)
    }

    /// All comments, each exactly once, every one before its replies; siblings in the given order.
    pub fn order(&self, order: Order) -> Vec<u32> {
        self.walk(&self.sorted(order))
    }

    /// Preorder over the whole thread, where `sorted` gives the order of siblings.
    fn walk(&self, sorted: &[u32]) -> Vec<u32> {
        let n = self.len();
        // Children of all comments in one array: a comment's run starts where the runs before it end.
        let mut start = Vec::with_capacity(n + 1);
        let mut total = 0;
        start.push(0);
        for &count in &self.answers {
            total += count as usize;
            start.push(total);
        }
        let mut children = vec![0_u32; total];
        let mut next = start.clone();
        let mut stack = Vec::new();
        for &index in sorted {
            match self.placement(index).parent() {
                Some(parent) => {
                    children[next[parent as usize]] = index;
                    next[parent as usize] += 1;
                }
                None => stack.push(index),
            }
        }
        stack.reverse();
        let mut out = Vec::with_capacity(n);
        while let Some(index) = stack.pop() {
            out.push(index);
            stack.extend(children[start[index as usize]..start[index as usize + 1]].iter().rev());
        }
        out
    }

    fn place(&self, comment: &Comment) -> Placement {
        match &comment.parent {
            None => Placement::Root,
            Some(id) => self.find(id).map_or(Placement::Orphan, Placement::Reply),
        }
    }

    /// Makes the earliest comment of each ring of parents a root.
    fn cut_cycles(&mut self) {
        #[derive(Clone, Copy, PartialEq)]
        enum Seen {
            No,
            OnThisWalk,
            Before,
        }
        let mut seen = vec![Seen::No; self.len()];
        let mut path: Vec<u32> = Vec::new();
        for first in 0..self.len() {
            let mut at = u32::try_from(first).ok();
            while let Some(index) = at.filter(|&index| seen[index as usize] == Seen::No) {
                seen[index as usize] = Seen::OnThisWalk;
                path.push(index);
                at = self.placement(index).parent();
            }
            if let Some(meeting) = at.filter(|&index| seen[index as usize] == Seen::OnThisWalk) {
                let ring = path.iter().rposition(|&index| index == meeting).map_or(&path[..], |from| &path[from..]);
                let earliest = ring.iter().copied().min_by(|&a, &b| cmp_oldest(self.comment(a), self.comment(b)));
                if let Some(earliest) = earliest {
                    self.placement[earliest as usize] = Placement::CutCycle;
                }
            }
            for index in path.drain(..) {
                seen[index as usize] = Seen::Before;
            }
        }
    }

    /// Depths and counts, once no ring is left.
    fn count(&mut self) {
        let n = self.len();
        self.answers = vec![0; n];
        for placement in &self.placement {
            if let Some(parent) = placement.parent() {
                self.answers[parent as usize] += 1;
            }
        }
        self.depth = vec![0; n];
        self.replies = vec![0; n];
        let preorder = self.walk(&self.by_time);
        for &index in &preorder {
            if let Some(parent) = self.placement(index).parent() {
                self.depth[index as usize] = self.depth(parent) + 1;
            }
        }
        for &index in preorder.iter().rev() {
            if let Some(parent) = self.placement(index).parent() {
                self.replies[parent as usize] += self.replies(index) + 1;
            }
        }
    }
}

/// The root above a comment, where each entry of `above` leads a step up; ways are shortened as they are walked.
fn tree_of(above: &mut [u32], index: u32) -> u32 {
    let mut at = index;
    while above[at as usize] != at {
        above[at as usize] = above[above[at as usize] as usize];
        at = above[at as usize];
    }
    at
}

/// By time, unknown times last, then by id as numbers where both are, then by id as text.
fn cmp_oldest(a: &Comment, b: &Comment) -> Ordering {
    let known = |comment: &Comment| comment.published.map_or(i64::MAX, |time| time.millis());
    known(a).cmp(&known(b)).then_with(|| a.id.cmp_arrival(&b.id))
}

fn sorted_indices(comments: &[Comment], cmp: impl Fn(&Comment, &Comment) -> Ordering) -> Vec<u32> {
    let mut indices: Vec<u32> = (0..comments.len()).filter_map(|index| u32::try_from(index).ok()).collect();
    // The index settles what is left equal (two comments with one id), so the order never depends on the algorithm.
    indices.sort_unstable_by(|&a, &b| cmp(&comments[a as usize], &comments[b as usize]).then(a.cmp(&b)));
    indices
}

#[cfg(test)]
pub(crate) mod tests;
