//! What is on the screen and what is to be there: rows with their elements, in blocks, and the steps from one to the
//! other. Prerendered rows are adopted by id; rows that are there are moved, never built again.

use super::block::Block;
use super::estimate::Estimate;
use super::place::Place;
use super::row::{BODY_SHOWN_BYTES, RowView, body_of, fold_text, root_class};
use super::rows::{self, Rows};
use super::times::{Times, Written};
use super::veil::{self, Veil};
use super::words::Words;
use super::write::write_row;
use super::{block_of, rows_of_block};
use crate::muted::Muted;
use crate::platform::scope::Scope;
use afterword_core::body::Policy;
use afterword_core::rows::Row;
use afterword_core::thread::Thread;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Node, Window};

/// What a row's element shows now, as far as it can change.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Shown {
    position: u32,
    total: u32,
    replies: u32,
    indent: u8,
    hidden: bool,
    collapsed: bool,
    muted: bool,
}

/// A row that has an element; the element itself is kept by [`Rows`].
struct Live {
    /// The serial of the block that it is in.
    block: u32,
    shown: Shown,
    body_bytes: usize,
}

/// The renderer's whole state; [`super::renderer::Renderer`] drives it.
pub(super) struct State {
    pub(super) window: Window,
    pub(super) document: Document,
    pub(super) scope: Scope,
    pub(super) host: Element,
    rows: Rows,
    policy: Policy,
    times: Times,
    veil: Veil,
    pub(super) thread: Arc<Thread>,
    /// What is to be shown, in order.
    target: Vec<Row>,
    pub(super) blocks: Vec<Block>,
    next_serial: u32,
    /// By comment.
    live: Vec<Option<Live>>,
    /// Prerendered rows, until the thread is known.
    adopted: Vec<(Element, Live)>,
    /// The element ids of the rows that were prerendered.
    adopted_ids: Vec<String>,
    estimate: Estimate,
    /// Counts the calls of [`Renderer::show`]: a slice of an older one stops.
    job: u32,
    /// Which blocks the current job has still to fill: all from here on that are not in order.
    next_block: usize,
}

impl State {
    /// Adopts what is below the host: blocks, and rows in them.
    pub(super) fn adopt(
        window: Window,
        document: Document,
        host: Element,
        policy: Policy,
        language: Option<&str>,
    ) -> Self {
        let mut state = Self {
            rows: Rows::new(),
            times: Times::new(language),
            veil: Veil::default(),
            estimate: Estimate::for_width(host.get_bounding_client_rect().width()),
            window,
            scope: Scope::of(&host, &document),
            document,
            host,
            policy,
            thread: Arc::new(Thread::default()),
            target: Vec::new(),
            blocks: Vec::new(),
            next_serial: 0,
            live: Vec::new(),
            adopted: Vec::new(),
            adopted_ids: Vec::new(),
            job: 0,
            next_block: 0,
        };
        let blocks = state.host.children();
        for at in 0..blocks.length() {
            let Some(element) = blocks.item(at).and_then(|block| block.dyn_into().ok()) else { continue };
            let block = Block::adopt(element, state.new_serial());
            let rows = block.element.children();
            for row in (0..rows.length()).filter_map(|at| rows.item(at)) {
                if let Some(shown) = read_shown(&row) {
                    let live = Live { shown, block: block.serial, body_bytes: BODY_SHOWN_BYTES };
                    state.adopted_ids.push(row.id());
                    state.adopted.push((row, live));
                }
            }
            state.blocks.push(block);
        }
        state
    }

    fn new_serial(&mut self) -> u32 {
        self.next_serial += 1;
        self.next_serial
    }

    /// Starts to show other rows: what the reader sees at once, the rest by [`Self::fill_next`]. Gives the number of
    /// the job, and the reader's place.
    pub(super) fn begin(&mut self, thread: &Arc<Thread>, rows: Vec<Row>) -> (u32, Place) {
        let mut place = Place::capture(&self.window, &self.document, &self.scope, &self.host);
        if !Arc::ptr_eq(&self.thread, thread) {
            self.take_thread(thread);
        }
        self.target = rows;
        self.job += 1;
        self.next_block = 0;
        let near: Vec<usize> =
            (0..self.blocks.len()).filter(|&at| self.blocks[at].near && !self.in_order(at)).collect();
        for at in near {
            self.blocks[at].lay_out(true);
        }
        let count = self.target.len().checked_sub(1).map_or(0, |last| block_of(last) + 1);
        self.resize(count);
        let held = place.held().and_then(|node| self.row_of(&node));
        if let Some(held) = held {
            self.move_blocks_around(held);
        }
        let anchor = place.anchor().and_then(|row| self.index_of(row)).and_then(|index| self.position_of(index));
        self.fill_first_screen(anchor, held);
        place.keep();
        place.restore(&self.document, &self.scope);
        (self.job, place)
    }

    /// Fills blocks until `out_of_time`. Gives whether the job is done; a job that is not the newest is.
    pub(super) fn fill_next(&mut self, job: u32, place: &mut Place, out_of_time: impl Fn() -> bool) -> bool {
        let held = place.held().and_then(|node| self.row_of(&node));
        while self.job == job && self.next_block < self.blocks.len() {
            self.fill(self.next_block, held);
            self.next_block += 1;
            if out_of_time() {
                break;
            }
        }
        let done = self.job != job || self.next_block >= self.blocks.len();
        if self.job == job {
            place.keep();
            place.restore(&self.document, &self.scope);
        }
        done
    }

    /// All rows are where they belong: the browser decides again what it lays out.
    pub(super) fn settle(&mut self) {
        for block in &mut self.blocks {
            block.lay_out(false);
        }
        self.write_times();
    }

    /// Whether a slice of this job would still have something to do.
    pub(super) fn is_current(&self, job: u32) -> bool {
        self.job == job
    }

    /// Renames what is on the screen to the indices of another thread, by element id.
    fn take_thread(&mut self, thread: &Arc<Thread>) {
        let mut known = std::mem::take(&mut self.adopted);
        for (index, live) in (0_u32..).zip(std::mem::take(&mut self.live)) {
            known.extend(self.rows.get(index).zip(live));
        }
        self.rows.clear();
        self.thread = Arc::clone(thread);
        self.veil.take_thread(thread);
        self.live = thread.comments().iter().map(|_| None).collect();
        for block in &mut self.blocks {
            block.comments.clear();
        }
        // By position, so that each block's list comes out in order.
        known.sort_unstable_by_key(|(_, live)| live.shown.position);
        for (element, live) in known {
            match self.index_of(&element).filter(|&index| self.live[index as usize].is_none()) {
                Some(index) => {
                    if let Some(block) = self.blocks.iter_mut().find(|block| block.serial == live.block) {
                        block.comments.push(index);
                    }
                    self.rows.adopt(index, &element);
                    self.live[index as usize] = Some(live);
                }
                None => element.remove(),
            }
        }
    }

    /// Whether a row with this element id was prerendered.
    pub(super) fn was_adopted(&self, element_id: &str) -> bool {
        self.adopted_ids.iter().any(|id| id == element_id)
    }

    /// Sees to it that there are so many blocks.
    fn resize(&mut self, count: usize) {
        for gone in self.blocks.drain(count.min(self.blocks.len())..) {
            gone.element.remove();
        }
        let fragment = self.document.create_document_fragment();
        while self.blocks.len() < count {
            let serial = self.new_serial();
            let Some(mut block) = Block::create(&self.document, serial) else { return };
            block.contain(self.estimate.rows(&self.thread, self.target_of(self.blocks.len())));
            let _ = fragment.append_child(&block.element);
            self.blocks.push(block);
        }
        let _ = self.host.append_child(&fragment);
    }

    fn target_of(&self, block: usize) -> &[Row] {
        let rows = rows_of_block(block);
        self.target.get(rows.start..rows.end.min(self.target.len())).unwrap_or_default()
    }

    /// Where a comment stands in what is to be shown.
    pub(super) fn position_of(&self, index: u32) -> Option<usize> {
        self.target.iter().position(|row| row.comment == index)
    }

    /// The comment of a row's element.
    pub(super) fn index_of(&self, row: &Element) -> Option<u32> {
        let id = afterword_core::ids::CommentId::from_element_id(&row.id())?;
        self.thread.find(&id)
    }

    /// The comment in whose row a node is.
    pub(super) fn row_of(&self, node: &Node) -> Option<u32> {
        let element = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())?;
        self.index_of(&element.closest("article.comment").ok()??)
    }

    /// The element of a comment, if there is one yet.
    pub(super) fn element_of(&self, index: u32) -> Option<Element> {
        self.rows.get(index)
    }

    /// Brings the block with this comment to its new place by moving the other blocks, so that it stays in the document.
    fn move_blocks_around(&mut self, held: u32) {
        let Some(live) = self.live.get(held as usize).and_then(Option::as_ref) else { return };
        let Some(from) = self.blocks.iter().position(|block| block.serial == live.block) else { return };
        let Some(to) = self.position_of(held).map(block_of) else { return };
        let elements = |blocks: &[Block]| blocks.iter().map(|block| &block.element).collect::<js_sys::Array>();
        let block = &self.blocks[from].element;
        if from < to {
            let _ = block.before_with_node(&elements(&self.blocks[from + 1..=to]));
        } else if to < from {
            let _ = block.after_with_node(&elements(&self.blocks[to..from]));
        }
        let block = self.blocks.remove(from);
        self.blocks.insert(to, block);
    }

    /// Fills the blocks that the reader will see: around the row they look at, or else from the beginning on.
    fn fill_first_screen(&mut self, anchor: Option<usize>, held: Option<u32>) {
        let screen = self.window.inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(1000.0);
        let first = anchor.map_or(0, |position| block_of(position).saturating_sub(1));
        if let Some(position) = held.and_then(|held| self.position_of(held)) {
            self.fill(block_of(position), held);
        }
        let mut height = 0.0;
        for block in first..self.blocks.len() {
            if !self.in_order(block) {
                self.blocks[block].lay_out(true);
            }
            self.fill(block, held);
            height += self.estimate.rows(&self.thread, self.target_of(block));
            // One screen above the row, the one with it, and one to scroll into.
            let past_anchor = anchor.is_none_or(|position| block > block_of(position));
            if height > 2.0 * screen && past_anchor {
                break;
            }
        }
    }

    /// Whether a block holds just the rows that it is to hold.
    fn in_order(&self, at: usize) -> bool {
        let (block, rows) = (&self.blocks[at], self.target_of(at));
        block.comments.len() == rows.len()
            && rows.iter().zip(&block.comments).all(|(row, &index)| {
                let live = self.live[index as usize].as_ref();
                row.comment == index && live.is_some_and(|live| live.block == block.serial)
            })
    }

    /// Brings one block into order: builds what is missing, brings the rest up to date, and moves it here.
    fn fill(&mut self, at: usize, held: Option<u32>) {
        let from = rows_of_block(at).start;
        let rows = self.target_of(at).to_vec();
        let serial = self.blocks[at].serial;
        let in_order = self.in_order(at);
        let first = u32::try_from(from).unwrap_or(u32::MAX);
        let (mut missing, mut words) = (Vec::new(), Words::default());
        for (position, &row) in (first..).zip(&rows) {
            if !self.bring(row, position, serial, &mut words) {
                missing.push(row.comment);
            }
        }
        if !missing.is_empty() {
            self.rows.build(&self.document, &missing, words.as_str());
        }
        let block = &mut self.blocks[at];
        if !in_order {
            block.comments = rows.iter().map(|row| row.comment).collect();
            block.times = Written::No;
            self.rows.arrange(&block.element, &block.comments, first, held);
        }
        let height = self.estimate.rows(&self.thread, &rows);
        if !in_order {
            block.contain(height);
        } else {
            // Rows may have been hidden, or shown again.
            block.measured(height);
        }
    }

    /// Brings a row up to date if it has an element; gives `false`, and the words to build it, if it has none. Its
    /// number in the list is written when it is put into its block.
    fn bring(&mut self, row: Row, position: u32, block: u32, words: &mut Words) -> bool {
        let muted = self.veil.covers(row.comment);
        let view = RowView { thread: &self.thread, row, position, page_of: None, muted };
        let shown = Shown {
            position,
            total: u32::try_from(self.thread.len()).unwrap_or(u32::MAX),
            replies: view.replies(),
            indent: row.indent,
            hidden: row.hidden,
            collapsed: row.collapsed,
            muted,
        };
        let live = &mut self.live[row.comment as usize];
        if let Some(live) = live {
            if (Shown { position, ..live.shown }) != shown
                && let Some(element) = self.rows.get(row.comment)
            {
                update(&element, live.shown, shown);
                if live.shown.muted != muted {
                    veil::draw(&self.document, &element, &view, &self.policy);
                }
            }
            live.shown = shown;
            live.block = block;
            return true;
        }
        *live = Some(Live { block, shown, body_bytes: BODY_SHOWN_BYTES });
        write_row(words, &view, &self.policy);
        false
    }

    /// The comment that is so many visible rows further on; from `None`, the first one.
    pub(super) fn neighbour(&self, of: Option<u32>, step: i32) -> Option<u32> {
        let Some(from) = of.and_then(|index| self.position_of(index)) else {
            return self.target.first().map(|row| row.comment);
        };
        let steps = usize::try_from(step.unsigned_abs()).ok()?.checked_sub(1)?;
        let visible = |row: &&Row| !row.hidden;
        let found = if step > 0 {
            self.target[from + 1..].iter().filter(visible).nth(steps)
        } else {
            self.target[..from].iter().rev().filter(visible).nth(steps)
        };
        found.map(|row| row.comment)
    }

    /// Shows more of a text that was cut, and takes the button away with the last of it. `None` where there is no such
    /// row.
    pub(super) fn show_more(&mut self, index: u32) -> Option<()> {
        let live = self.live.get_mut(index as usize)?.as_mut()?;
        live.body_bytes += BODY_SHOWN_BYTES;
        let body = body_of(self.thread.comment(index), live.body_bytes, &self.policy);
        let row = self.rows.get(index)?;
        rows::fill(&row.query_selector(".comment-body").ok()??, Words::of_body(&body).as_str());
        if !body.clipped()
            && let Some(button) = row.query_selector(".comment-more").ok()?
        {
            button.remove();
        }
        Some(())
    }

    /// A block has come near the screen, or has left it; `height` is what it has there. Its times are written in the
    /// reader's way, and its height is now known.
    pub(super) fn seen(&mut self, element: &Element, height: Option<f64>) {
        let Some(block) = self.blocks.iter_mut().find(|block| *block.element == *element) else { return };
        block.near = height.is_some();
        let Some(height) = height else { return };
        write_times(&self.times, block);
        block.measured(height);
    }

    /// Brings the times near the screen up to date, if they read differently by now.
    pub(super) fn write_times(&mut self) {
        for block in self.blocks.iter_mut().filter(|block| block.near) {
            write_times(&self.times, block);
        }
    }

    /// Covers the texts of these authors, and shows all others.
    pub(super) fn mute(&mut self, muted: Muted) {
        self.veil.mute(muted, &self.thread);
        self.redraw();
    }

    /// Shows one text although its author is muted. Gives its row.
    pub(super) fn unveil(&mut self, index: u32) -> Option<Element> {
        self.veil.unveil(index);
        self.redraw();
        self.element_of(index)
    }

    /// Covers and shows what has to be, in rows that have an element; the others are built so.
    fn redraw(&mut self) {
        let mut place = Place::capture(&self.window, &self.document, &self.scope, &self.host);
        let mut words = Words::default();
        for at in 0..self.target.len() {
            let row = self.target[at];
            let live = self.live[row.comment as usize].as_ref();
            let other = live.filter(|live| live.shown.muted != self.veil.covers(row.comment));
            if let Some((position, block)) = other.map(|live| (live.shown.position, live.block)) {
                self.bring(row, position, block, &mut words);
            }
        }
        place.keep();
    }
}

/// Reads what a prerendered row shows.
fn read_shown(row: &Element) -> Option<Shown> {
    let number = |name: &str| row.get_attribute(name)?.parse::<u32>().ok();
    Some(Shown {
        position: number("aria-posinset")?.checked_sub(1)?,
        total: number("aria-setsize")?,
        replies: number("data-replies")?,
        indent: row.class_name().rsplit_once("indent-")?.1.parse().ok()?,
        hidden: row.has_attribute("hidden"),
        collapsed: false,
        muted: false,
    })
}

/// Writes the times in a block in the reader's way, or again what changes with the minutes.
fn write_times(times: &Times, block: &mut Block) {
    block.times = match block.times {
        Written::No => times.localise_comments(&block.element),
        Written::Moving => times.refresh_comments(&block.element),
        Written::Settled => Written::Settled,
    };
}

/// Changes what differs, and nothing else: an unchanged row has no mutation.
fn update(row: &Element, before: Shown, now: Shown) {
    // Attribute names and selectors are ours and sound; the browser has no reason to refuse them.
    let set = |name: &str, value: &str| drop(row.set_attribute(name, value));
    if before.total != now.total {
        set("aria-setsize", &now.total.to_string());
    }
    if before.indent != now.indent {
        let class_list = row.class_list();
        let class = |indent| root_class(indent).rsplit(' ').next().unwrap_or_default().to_owned();
        let _ = class_list.replace(&class(before.indent), &class(now.indent));
    }
    if before.hidden != now.hidden {
        if now.hidden {
            set("hidden", "until-found");
        } else {
            let _ = row.remove_attribute("hidden");
        }
    }
    if before.replies != now.replies {
        set("data-replies", &now.replies.to_string());
    }
    if (before.replies, before.collapsed) != (now.replies, now.collapsed)
        && let Ok(Some(fold)) = row.query_selector(".comment-fold")
    {
        let _ = fold.set_attribute("aria-expanded", if now.collapsed { "false" } else { "true" });
        if before.replies != now.replies {
            fold.set_text_content(Some(&fold_text(now.replies)));
        }
    }
}
