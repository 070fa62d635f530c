//! What a row's element shows now, as far as it can change, and how it is changed: nothing but what differs, so that an
//! unchanged row has no mutation.

use super::row::{RowView, fold_text};
use super::rows;
use super::words::Words;
use super::write::{write_fold, write_head};
use afterword_core::body::Policy;
use web_sys::Element;

/// What a row's element shows now, as far as it can change.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) position: u32,
    pub(super) total: u32,
    pub(super) replies: u32,
    pub(super) marks: Marks,
    pub(super) muted: bool,
}

impl Shown {
    /// What the element of this row is to show.
    pub(super) fn of(view: &RowView<'_>) -> Self {
        Self {
            position: view.position,
            total: u32::try_from(view.thread.len()).unwrap_or(u32::MAX),
            replies: view.replies(),
            marks: Marks::of(view),
            muted: view.muted,
        }
    }

    /// Reads what a prerendered row shows.
    pub(super) fn read(row: &Element) -> Option<Self> {
        let number = |name: &str| row.get_attribute(name)?.parse::<u32>().ok();
        Some(Self {
            position: number("aria-posinset")?.checked_sub(1)?,
            total: number("aria-setsize")?,
            replies: number("data-replies")?,
            marks: Marks::read(row)?,
            muted: false,
        })
    }
}

/// All that a filter, a fold or another order changes in a row, in one number: a block of rows is handed to `rows.js` as
/// such numbers, and no string with them. The bits are those that stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marks(u32);

impl Marks {
    const HIDDEN: u32 = 1;
    const COLLAPSED: u32 = 2;
    const CONTEXT: u32 = 4;
    const NEW: u32 = 8;
    /// The indent is above these bits.
    const INDENT: u32 = 16;

    fn of(view: &RowView<'_>) -> Self {
        let row = view.row;
        let bits = [
            (row.hidden, Self::HIDDEN),
            (row.collapsed, Self::COLLAPSED),
            (row.context, Self::CONTEXT),
            (view.is_new, Self::NEW),
        ];
        let bits = bits.iter().filter(|(is, _)| *is).map(|(_, bit)| bit).sum::<u32>();
        Self(bits + u32::from(row.indent) * Self::INDENT)
    }

    fn read(row: &Element) -> Option<Self> {
        let class = row.class_name();
        let indent = class.split(' ').find_map(|class| class.strip_prefix("indent-"))?.parse::<u32>().ok()?;
        let hidden = if row.has_attribute("hidden") { Self::HIDDEN } else { 0 };
        Some(Self(hidden + indent * Self::INDENT))
    }

    /// As `rows.js` takes them.
    pub(super) fn bits(self) -> u32 {
        self.0
    }

    /// Whether the mark of new comments is on in one and off in the other.
    pub(super) fn differ_in_new(self, other: Self) -> bool {
        (self.0 ^ other.0) & Self::NEW != 0
    }
}

/// What is mounted in a row.
const PLACE_IN_ROW: &str = ":scope > .row-place";

/// Changes the counts in a row's element. Its marks are changed by the block.
pub(super) fn update_counts(row: &Element, before: Shown, view: &RowView<'_>, now: Shown, policy: &Policy) {
    // Attribute names and selectors are ours and sound; the browser has no reason to refuse them.
    let set = |name: &str, value: &str| drop(row.set_attribute(name, value));
    if before.total != now.total {
        set("aria-setsize", &now.total.to_string());
    }
    if before.replies == now.replies {
        return;
    }
    set("data-replies", &now.replies.to_string());
    match row.query_selector(":scope > .comment-fold") {
        Ok(Some(fold)) if now.replies == 0 => fold.remove(),
        Ok(Some(fold)) => fold.set_text_content(Some(&fold_text(now.replies))),
        Ok(None) | Err(_) => {
            let mut words = Words::default();
            write_fold(&mut words, view, policy);
            rows::append(row, words.as_str());
            // What is mounted in the row stays below, and where it is: it may be written in.
            if let (Ok(Some(place)), Some(fold)) = (row.query_selector(PLACE_IN_ROW), row.last_element_child()) {
                let _ = place.before_with_node_1(&fold);
            }
        }
    }
}

/// Writes the line above a text anew, because the comment answers another one than before. `None` where there is no such
/// line.
pub(super) fn rewrite_head(row: &Element, view: &RowView<'_>, policy: &Policy) -> Option<()> {
    let head = row.query_selector(":scope > .comment-head").ok()??;
    let mut words = Words::default();
    write_head(&mut words, view, policy);
    rows::fill(&head, words.as_str());
    Some(())
}

/// Whether the line above a text says what it is to say about depth and parent.
pub(super) fn head_says(row: &Element, view: &RowView<'_>) -> bool {
    let said = row.query_selector(":scope > .comment-head > .for-ears").ok().flatten();
    said.is_some_and(|said| said.text_content().as_deref() == Some(view.level_text().as_str()))
}
