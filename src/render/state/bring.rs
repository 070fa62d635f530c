//! Bringing rows up to date, a block at a time: what is missing is built, what is there is marked and moved.

use super::super::row::{BODY_SHOWN_BYTES, RowView};
use super::super::rows_of_block;
use super::super::shown::{self, Shown};
use super::super::times::Written;
use super::super::veil;
use super::super::words::Words;
use super::{Live, State, all_hidden};
use afterword_core::rows::Row;

/// What bringing the rows of one block up to date has left to do.
#[derive(Default)]
struct Brought {
    /// Comments without an element, and the words to build them.
    missing: Vec<u32>,
    words: Words,
    /// Words for shapes that are among them for the first time.
    shapes: Vec<Words>,
    /// Comments whose marks are other ones: each its number, the marks before, and those now.
    marks: Vec<u32>,
    /// Whether a time among them has another label now.
    relabelled: bool,
}

impl State {
    /// Whether a block holds just the rows that it is to hold.
    pub(super) fn in_order(&self, at: usize) -> bool {
        let (block, rows) = (&self.blocks[at], self.target_of(at));
        block.comments.len() == rows.len()
            && rows.iter().zip(&block.comments).all(|(row, &index)| {
                let live = self.live[index as usize].as_ref();
                row.comment == index && live.is_some_and(|live| live.block == block.serial)
            })
    }

    /// Brings one block into order: builds what is missing, brings the rest up to date, and moves it here.
    pub(super) fn fill(&mut self, at: usize, held: Option<u32>) {
        let rows = self.target_of(at).to_vec();
        let hidden = all_hidden(&rows);
        let in_order = self.in_order(at);
        if hidden && in_order {
            // Its rows stay as they are.
            self.blocks[at].hide(true);
            return;
        }
        let serial = self.blocks[at].serial;
        let first = u32::try_from(rows_of_block(at).start).unwrap_or(u32::MAX);
        let mut brought = Brought::default();
        for (position, &row) in (first..).zip(&rows) {
            self.bring(row, position, serial, hidden, &mut brought);
        }
        self.draw(&brought);
        let height = self.estimate.rows(&self.thread, &rows);
        let block = &mut self.blocks[at];
        if !in_order {
            block.comments = rows.iter().map(|row| row.comment).collect();
            self.rows.arrange(block.element(), &block.comments, first, held);
        }
        if !in_order || brought.relabelled {
            block.times = Written::No;
        }
        block.hide(hidden);
        if !in_order {
            block.contain(height);
        } else {
            // Rows may have been hidden, or shown again.
            block.measured(height);
        }
        if self.blocks[at].near {
            self.tell(&self.blocks[at]);
        }
    }

    /// Builds and marks what [`Self::bring`] has found.
    fn draw(&self, brought: &Brought) {
        for shape in &brought.shapes {
            self.rows.shape(&self.document, shape.as_str());
        }
        if !brought.missing.is_empty() {
            self.rows.build(&brought.missing, brought.words.as_str());
        }
        if !brought.marks.is_empty() {
            self.rows.mark(&brought.marks);
        }
    }

    /// Brings a row up to date if it has an element; notes the words to build it, if it has none. Its number in the
    /// list is written when it is put into its block. Rows of a hidden block keep the marks that they have, and get
    /// none that hides them.
    fn bring(&mut self, row: Row, position: u32, block: u32, in_hidden_block: bool, brought: &mut Brought) {
        let row = if in_hidden_block { Row { hidden: false, ..row } } else { row };
        let view = self.view_of(row, position);
        let now = Shown::of(&view);
        let Some(live) = self.live[row.comment as usize].as_ref() else {
            brought.missing.push(row.comment);
            let first = self.shapes.borrow_mut().write(&mut brought.words, &view, &self.policy);
            brought.shapes.extend(first);
            let live = Live { block, shown: now, body_bytes: BODY_SHOWN_BYTES, stale_head: false };
            self.live[row.comment as usize] = Some(live);
            return;
        };
        let before = live.shown;
        let now = if in_hidden_block { Shown { position, ..before } } else { now };
        let rewrite = live.stale_head && !in_hidden_block;
        if now.marks != before.marks {
            brought.marks.extend([row.comment, before.marks.bits(), now.marks.bits()]);
            brought.relabelled |= now.marks.differ_in_new(before.marks);
        }
        if (rewrite || (now.total, now.replies, now.muted) != (before.total, before.replies, before.muted))
            && let Some(element) = self.rows.get(row.comment)
        {
            shown::update_counts(&element, before, &view, now, &self.policy);
            if now.muted != before.muted {
                veil::draw(&self.document, &element, &view, &self.policy);
            }
            if rewrite {
                shown::rewrite_head(&element, &view, &self.policy);
                brought.relabelled = true;
            }
        }
        if let Some(live) = &mut self.live[row.comment as usize] {
            live.block = block;
            live.shown = now;
            live.stale_head &= !rewrite;
        }
    }

    /// A row with all that its places need to know.
    pub(super) fn view_of(&self, row: Row, position: u32) -> RowView<'_> {
        let is_new = self.visit.is_some_and(|visit| visit.is_new(self.thread.comment(row.comment).published));
        let muted = self.veil.covers(row.comment);
        let mut view = RowView::new(&self.thread, row, position);
        (view.muted, view.is_new, view.acts) = (muted, is_new, Some(&self.acts));
        view
    }

    /// Covers, shows and marks what has to be, in rows that have an element; the others are built so.
    pub(super) fn redraw(&mut self) {
        let mut place = self.place();
        let mut brought = Brought::default();
        let hidden: Vec<u32> = self.blocks.iter().filter(|block| block.is_hidden()).map(|block| block.serial).collect();
        let mut relabelled = Vec::new();
        for at in 0..self.target.len() {
            let row = self.target[at];
            let Some(live) = self.live[row.comment as usize].as_ref() else { continue };
            let (before, block) = (live.shown, live.block);
            let now = Shown::of(&self.view_of(row, before.position));
            // What is hidden comes up to date when it is shown.
            if now.muted == before.muted && !now.marks.differ_in_new(before.marks) || hidden.contains(&block) {
                continue;
            }
            self.bring(row, before.position, block, false, &mut brought);
            if std::mem::take(&mut brought.relabelled) && relabelled.last() != Some(&block) {
                relabelled.push(block);
            }
        }
        self.draw(&brought);
        for block in self.blocks.iter_mut().filter(|block| relabelled.contains(&block.serial)) {
            block.times = Written::No;
        }
        self.write_times();
        place.keep();
    }
}
