//! Rows: a thread as the flat list that is put on the screen, every visual fact decided before rendering.

use crate::thread::{Order, Thread};

/// Deeper replies keep this indent: a 360 px phone has room for no more and still 24 characters of text.
pub const INDENT_LEVELS_MAX: u8 = 6;

/// How a thread is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum View {
    /// Replies below what they answer.
    #[default]
    Threaded,
    /// One list; who answers whom is said in words.
    Flat,
    /// What the post's author wrote, with all that it answers.
    Author,
    /// As [`Self::Threaded`], of a thread in which answers were inferred ([`Thread::with_inferred`]).
    Inferred,
}

impl View {
    /// All views, as they are offered.
    pub const ALL: [Self; 4] = [Self::Threaded, Self::Flat, Self::Author, Self::Inferred];

    /// The name used in `site.json` and in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Threaded => "threaded",
            Self::Flat => "flat",
            Self::Author => "author",
            Self::Inferred => "inferred",
        }
    }

    /// The view of that [`Self::name`].
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.name() == name)
    }
}

/// One comment at its place on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its index in the [`Thread`].
    pub comment: u32,
    /// How far it is indented: 0 to [`INDENT_LEVELS_MAX`].
    pub indent: u8,
    /// Whether it is folded away: inside a collapsed comment, or left out by a selection.
    pub hidden: bool,
    /// Whether replies of its own are hidden.
    pub collapsed: bool,
    /// Whether it is shown only because of what is below it.
    pub context: bool,
}

/// All that decides which rows are shown, and where.
#[derive(Clone, Copy, Debug)]
pub struct Showing<'a> {
    /// The order of siblings.
    pub order: Order,
    /// The layout.
    pub view: View,
    /// Whose replies are hidden; not asked while there is a selection, nor in a flat view.
    pub collapsed: &'a Collapsed,
    /// What is looked for.
    pub selection: Option<&'a Selection>,
}

/// The comments that somebody looks for, by index in the thread, and others that were opened among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    matched: Vec<bool>,
    /// Sorted.
    opened: Vec<u32>,
}

impl Selection {
    /// Those for which `matched` is true; it holds one value for each comment of the thread, and what is beyond its end
    /// does not match.
    pub fn new(matched: Vec<bool>) -> Self {
        Self { matched, opened: Vec::new() }
    }

    /// Whether this comment is looked for.
    pub fn matches(&self, comment: u32) -> bool {
        self.matched.get(comment as usize).copied().unwrap_or_default()
    }

    /// How many are looked for.
    pub fn count(&self) -> usize {
        self.matched.iter().filter(|matched| **matched).count()
    }

    /// Shows a comment although it is not looked for.
    pub fn open(&mut self, comment: u32) {
        if let Err(at) = self.opened.binary_search(&comment) {
            self.opened.insert(at, comment);
        }
    }

    /// Shows all that is below a comment, or folds again what of it is not looked for.
    pub fn open_replies(&mut self, thread: &Thread, comment: u32, open: bool) {
        let mut subtree = thread.order(Order::Oldest);
        let Some(first) = subtree.iter().position(|&index| index == comment) else { return };
        subtree.drain(..=first);
        subtree.truncate(thread.replies(comment) as usize);
        subtree.sort_unstable();
        self.opened.retain(|index| subtree.binary_search(index).is_err());
        if open {
            self.opened.extend(subtree);
            self.opened.sort_unstable();
        }
    }

    fn shows(&self, comment: u32) -> bool {
        self.matches(comment) || self.opened.binary_search(&comment).is_ok()
    }
}

/// The comments whose replies are hidden, by index in the thread.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collapsed(Vec<u32>);

impl Collapsed {
    /// Hides the replies of a comment, or shows them again.
    pub fn set(&mut self, comment: u32, collapsed: bool) {
        match (self.0.binary_search(&comment), collapsed) {
            (Err(at), true) => self.0.insert(at, comment),
            (Ok(at), false) => {
                self.0.remove(at);
            }
            (Ok(_), true) | (Err(_), false) => {}
        }
    }

    /// Hides all replies in a thread.
    pub fn set_all(&mut self, thread: &Thread) {
        self.0.clear();
        let all = (0..thread.len()).map_while(|at| u32::try_from(at).ok());
        self.0.extend(all.filter(|&comment| thread.replies(comment) > 0));
    }

    /// Whether nobody's replies are hidden.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the replies of this comment are hidden.
    pub fn contains(&self, comment: u32) -> bool {
        self.0.binary_search(&comment).is_ok()
    }

    /// The same comments in another state of their thread, by id; those that it does not have any more are left out.
    #[must_use]
    pub fn carried_over(&self, before: &Thread, after: &Thread) -> Self {
        let mut carried: Vec<u32> =
            self.0.iter().filter_map(|&comment| after.find(&before.comment(comment).id)).collect();
        carried.sort_unstable();
        Self(carried)
    }

    /// Opens everything above a comment, so that it can be seen.
    pub fn reveal(&mut self, thread: &Thread, comment: u32) {
        let mut above = thread.placement(comment).parent();
        while let Some(parent) = above {
            self.set(parent, false);
            above = thread.placement(parent).parent();
        }
    }
}

/// The rows of a thread: every comment exactly once.
pub fn build_rows(thread: &Thread, showing: &Showing<'_>) -> Vec<Row> {
    let shares = shares(thread, showing);
    let shown = |comment: u32| shares.as_ref().is_none_or(|shares| shares[comment as usize] != Share::None);
    let is_context = |comment: u32| shares.as_ref().is_some_and(|shares| shares[comment as usize] == Share::Context);
    if showing.view == View::Flat {
        let row = |comment| Row { comment, indent: 0, hidden: !shown(comment), collapsed: false, context: false };
        return thread.sorted(showing.order).into_iter().map(row).collect();
    }
    let mut indents = vec![0_u8; thread.len()];
    let mut rows = Vec::with_capacity(thread.len());
    // Rows deeper than this are hidden, until the walk comes back up to it.
    let mut hidden_below: Option<u32> = None;
    for comment in thread.order(showing.order) {
        let depth = thread.depth(comment);
        if hidden_below.is_some_and(|level| depth <= level) {
            hidden_below = None;
        }
        let indent = indent(thread, comment, &indents);
        indents[comment as usize] = indent;
        let collapsed = shares.is_none() && showing.collapsed.contains(comment) && thread.replies(comment) > 0;
        let hidden = hidden_below.is_some() || !shown(comment);
        rows.push(Row { comment, indent, hidden, collapsed, context: is_context(comment) });
        if collapsed && hidden_below.is_none() {
            hidden_below = Some(depth);
        }
    }
    if shares.is_some() {
        collapse_above_hidden(thread, &mut rows);
    }
    rows
}

/// A way from one comment to another, as a key asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// To the next row that can be seen.
    Next,
    /// To the one before.
    Previous,
    /// To the next comment that answers the same one.
    NextSibling,
    /// To the one before.
    PreviousSibling,
    /// To the comment that this one answers.
    Parent,
    /// To the comment with which this part of the conversation begins.
    Root,
    /// To the next new comment.
    NextNew,
    /// To the one before.
    PreviousNew,
}

/// Where a way leads from a comment, or from outside of all comments, where any way leads to the first row and that to a
/// new comment to the first of these. `None` where it leads nowhere. Rows that are hidden are passed over; what is new
/// is found in them as well.
pub fn destination(
    thread: &Thread,
    rows: &[Row],
    from: Option<u32>,
    way: Move,
    is_new: &dyn Fn(u32) -> bool,
) -> Option<u32> {
    let from = from.and_then(|comment| rows.iter().position(|row| row.comment == comment));
    let (before, after) = from.map_or((&rows[..0], rows), |at| (&rows[..at], &rows[at + 1..]));
    let visible = |row: &&Row| !row.hidden;
    let new = |row: &&Row| is_new(row.comment);
    let parent = |comment| thread.placement(comment).parent();
    let found = match (way, from.map(|at| rows[at].comment)) {
        (Move::NextNew, _) => after.iter().find(new),
        (Move::PreviousNew, Some(_)) => before.iter().rev().find(new),
        (Move::PreviousNew, None) => rows.iter().rev().find(new),
        (_, None) | (Move::Next, Some(_)) => after.iter().find(visible),
        (Move::Previous, Some(_)) => before.iter().rev().find(visible),
        (Move::NextSibling, Some(here)) => after.iter().filter(visible).find(|row| parent(row.comment) == parent(here)),
        (Move::PreviousSibling, Some(here)) => {
            before.iter().rev().filter(visible).find(|row| parent(row.comment) == parent(here))
        }
        (Move::Parent, Some(here)) => return parent(here),
        (Move::Root, Some(here)) => {
            let mut root = None;
            let mut above = parent(here);
            while let Some(comment) = above {
                root = above;
                above = parent(comment);
            }
            return root;
        }
    };
    found.map(|row| row.comment)
}

/// What a comment has to do with what is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Share {
    None,
    /// Something below it is looked for.
    Context,
    Shown,
}

/// By comment; `None` where nothing is looked for. In a flat list, what is above a comment would be no context to it.
fn shares(thread: &Thread, showing: &Showing<'_>) -> Option<Vec<Share>> {
    let by_author = showing.view == View::Author;
    if showing.selection.is_none() && !by_author {
        return None;
    }
    let is_shown = |comment: u32| match showing.selection {
        Some(selection) if by_author => {
            selection.shows(comment) && (thread.comment(comment).by_post_author || !selection.matches(comment))
        }
        Some(selection) => selection.shows(comment),
        None => thread.comment(comment).by_post_author,
    };
    let all = (0..thread.len()).map_while(|at| u32::try_from(at).ok());
    let mut shares: Vec<Share> =
        all.clone().map(|comment| if is_shown(comment) { Share::Shown } else { Share::None }).collect();
    if showing.view != View::Flat {
        for comment in all.filter(|&comment| is_shown(comment)) {
            let mut above = thread.placement(comment).parent();
            while let Some(parent) = above.filter(|&parent| shares[parent as usize] == Share::None) {
                shares[parent as usize] = Share::Context;
                above = thread.placement(parent).parent();
            }
        }
    }
    Some(shares)
}

/// Where a selection has left out replies, their parents look collapsed. `rows` has parents before their replies.
fn collapse_above_hidden(thread: &Thread, rows: &mut [Row]) {
    let mut above_hidden = vec![false; thread.len()];
    for row in rows.iter_mut().rev() {
        row.collapsed = above_hidden[row.comment as usize];
        if (row.hidden || row.collapsed)
            && let Some(parent) = thread.placement(row.comment).parent()
        {
            above_hidden[parent as usize] = true;
        }
    }
}

/// One level more than the parent, but not where two people answer each other and nobody else joins in: such a chain
/// reads as a dialogue and would only run into the margin.
fn indent(thread: &Thread, comment: u32, indents: &[u8]) -> u8 {
    let Some(parent) = thread.placement(comment).parent() else { return 0 };
    let author = |index: u32| thread.comment(index).author.name.as_str();
    let dialogue = thread.answers(parent) == 1
        && thread.placement(parent).parent().is_some_and(|before| {
            thread.answers(before) == 1 && author(before) == author(comment) && author(before) != author(parent)
        });
    let level = indents[parent as usize];
    if dialogue { level } else { (level + 1).min(INDENT_LEVELS_MAX) }
}

#[cfg(test)]
mod tests;
