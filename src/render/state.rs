//! What is on the screen and what is to be there: rows with their elements, in blocks, and the steps from one to the
//! other. Prerendered rows are adopted by id; rows that are there are moved, never built again.

mod bring;
mod own;

use super::block::Block;
use super::blocks::Blocks;
use super::estimate::Estimate;
use super::highlight::BlockWatch;
use super::place::{Jump, Place};
use super::row::{Acts, BODY_SHOWN_BYTES, body_of};
use super::rows::{self, Rows};
use super::shape::Shapes;
use super::shown::{self, Shown};
use super::times::{Times, Written};
use super::veil::Veil;
use super::words::Words;
use super::{block_of, rows_of_block};
use crate::muted::Muted;
use crate::platform::page;
use crate::platform::scope::Scope;
use crate::texts::{Key, text};
use afterword_core::body::Policy;
use afterword_core::ids::CommentId;
use afterword_core::rows::Row;
use afterword_core::thread::Thread;
use afterword_core::visits::Visit;
use std::cell::RefCell;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Node, Window};

/// How far below the row that the reader looks at all is right at once: the screen, and one to scroll into.
const SCREENS_BELOW: f64 = 2.0;

/// A row that has an element; the element itself is kept by [`Rows`].
struct Live {
    /// The serial of the block that it is in.
    block: u32,
    shown: Shown,
    body_bytes: usize,
    /// Whether the line above its text says something about depth and parent that is not so any more.
    stale_head: bool,
}

/// The class of a list in which nobody is below anybody.
const FLAT: &str = "is-flat";

/// The renderer's whole state; [`super::renderer::Renderer`] drives it.
pub(super) struct State {
    pub(super) window: Window,
    pub(super) document: Document,
    pub(super) scope: Scope,
    pub(super) host: Element,
    rows: Rows,
    shapes: RefCell<Shapes>,
    policy: Policy,
    pub(super) acts: Acts,
    times: Times,
    veil: Veil,
    /// Tells which comments are new to the reader.
    visit: Option<Visit>,
    /// Is told of blocks near the screen.
    watch: Option<BlockWatch>,
    pub(super) thread: Arc<Thread>,
    /// What is to be shown, in order.
    target: Vec<Row>,
    pub(super) blocks: Blocks,
    /// By comment.
    live: Vec<Option<Live>>,
    /// Prerendered rows, until the thread is known.
    adopted: Vec<(Element, Live)>,
    /// The element ids of the rows that were prerendered.
    adopted_ids: Vec<String>,
    estimate: Estimate,
    /// Counts the calls of [`Renderer::show`]: a slice of an older one stops.
    job: u32,
    /// Whether the page is being scrolled to a comment that was asked for: then no other place is kept.
    pub(super) jump: Jump,
    /// The comment whose row must not be moved, because somebody writes in it.
    composer: Option<CommentId>,
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
        acts: Acts,
        language: Option<&str>,
    ) -> Self {
        let mut state = Self {
            rows: Rows::new(text(Key::New)),
            shapes: RefCell::default(),
            times: Times::new(language),
            veil: Veil::default(),
            visit: None,
            watch: None,
            estimate: Estimate::for_width(host.get_bounding_client_rect().width(), acts.reply),
            window,
            scope: Scope::of(&host, &document),
            blocks: Blocks::adopt(document.clone(), host.clone()),
            document,
            host,
            policy,
            acts,
            composer: None,
            thread: Arc::new(Thread::default()),
            target: Vec::new(),
            live: Vec::new(),
            adopted: Vec::new(),
            adopted_ids: Vec::new(),
            job: 0,
            jump: Jump::default(),
            next_block: 0,
        };
        for block in state.blocks.iter() {
            let rows = block.element().children();
            for row in (0..rows.length()).filter_map(|at| rows.item(at)) {
                if let Some(shown) = Shown::read(&row) {
                    let live = Live { block: block.serial, shown, body_bytes: BODY_SHOWN_BYTES, stale_head: false };
                    state.adopted_ids.push(row.id());
                    state.adopted.push((row, live));
                }
            }
        }
        state
    }

    /// Starts to show other rows: what the reader sees at once, the rest by [`Self::fill_next`]. Gives the number of
    /// the job, and the reader's place.
    pub(super) fn begin(&mut self, thread: &Arc<Thread>, rows: Vec<Row>, flat: bool) -> (u32, Place) {
        let mut place = self.place();
        // Between noting and keeping the place: it changes the heights of rows.
        page::set_class(&self.host, FLAT, flat);
        if !Arc::ptr_eq(&self.thread, thread) {
            self.take_thread(thread);
        }
        self.target = rows;
        self.job += 1;
        self.next_block = 0;
        let count = self.target.len().checked_sub(1).map_or(0, |last| block_of(last) + 1);
        for at in self.blocks.resize(count) {
            let height = self.height_of(at);
            self.blocks[at].contain(height);
        }
        let held = self.held(&place);
        if let Some((from, to)) = held.and_then(|held| self.move_of(held)) {
            self.blocks.move_around(from, to);
        }
        let anchor = place.anchor().and_then(|row| self.index_of(row)).and_then(|index| self.position_of(index));
        let eye = anchor.and_then(|position| self.visible_near(position));
        self.hide_blocks();
        // Those that have lost rows to the screen, or will.
        let near: Vec<usize> = (0..self.blocks.len()).filter(|&at| self.blocks[at].is_seen()).collect();
        self.fill_first_screen(eye, held);
        for at in near {
            if !self.in_order(at) {
                self.blocks.lay_out(at);
            }
        }
        if let Some(row) = eye.filter(|_| eye != anchor).and_then(|eye| self.element_of(self.target[eye].comment)) {
            place.pass_to(row);
        }
        place.keep();
        place.restore(&self.document, &self.scope);
        (self.job, place)
    }

    /// Fills blocks until `out_of_time`. Gives whether the job is done; a job that is not the newest is.
    pub(super) fn fill_next(&mut self, job: u32, place: &mut Place, out_of_time: impl Fn() -> bool) -> bool {
        let held = self.held(place);
        while self.job == job && self.next_block < self.blocks.len() {
            self.fill(self.next_block, held);
            self.next_block += 1;
            if out_of_time() {
                break;
            }
        }
        let done = self.job != job || self.next_block >= self.blocks.len();
        self.blocks.measure_groups();
        if self.job == job {
            place.keep();
            place.restore(&self.document, &self.scope);
        }
        done
    }

    /// All rows are where they belong: the browser decides again what it lays out.
    pub(super) fn settle(&mut self) {
        self.blocks.settle();
        self.write_times();
    }

    /// Whether a slice of this job would still have something to do.
    pub(super) fn is_current(&self, job: u32) -> bool {
        self.job == job
    }

    /// Renames what is on the screen to the indices of another thread, by element id.
    fn take_thread(&mut self, thread: &Arc<Thread>) {
        let before = std::mem::replace(&mut self.thread, Arc::clone(thread));
        let mut known: Vec<(Option<u32>, Element, Live)> =
            std::mem::take(&mut self.adopted).into_iter().map(|(element, live)| (None, element, live)).collect();
        for (index, live) in (0_u32..).zip(std::mem::take(&mut self.live)) {
            known.extend(self.rows.get(index).zip(live).map(|(element, live)| (Some(index), element, live)));
        }
        self.rows.clear();
        self.veil.take_thread(thread);
        self.live = thread.comments().iter().map(|_| None).collect();
        for block in self.blocks.iter_mut() {
            block.comments.clear();
        }
        // By position, so that each block's list comes out in order.
        known.sort_unstable_by_key(|(_, _, live)| live.shown.position);
        let mut kept = Vec::new();
        for (index_before, element, mut live) in known {
            match self.index_of(&element).filter(|&index| self.live[index as usize].is_none()) {
                Some(index) => {
                    if let Some(block) = self.blocks.by_serial(live.block) {
                        block.comments.push(index);
                    }
                    kept.extend(index_before.map(|was| (was, index)));
                    live.stale_head |= match index_before {
                        Some(was) => !answers_alike(&before, was, thread, index),
                        None => !shown::head_says(&element, &self.view_of(bare(index), 0)),
                    };
                    self.rows.adopt(index, &element);
                    self.live[index as usize] = Some(live);
                }
                None => element.remove(),
            }
        }
        self.rewrite_changed(&before, &kept);
    }

    /// The row with this element id, if it was prerendered and can be seen.
    pub(super) fn adopted_row(&self, element_id: &str) -> Option<Element> {
        let id = self.adopted_ids.iter().find(|id| *id == element_id)?;
        let index = self.thread.find(&CommentId::from_element_id(id)?)?;
        self.element_of(index).filter(|row| row.closest("[hidden]").is_ok_and(|hidden| hidden.is_none()))
    }

    fn target_of(&self, block: usize) -> &[Row] {
        let rows = rows_of_block(block);
        self.target.get(rows.start..rows.end.min(self.target.len())).unwrap_or_default()
    }

    /// The comment whose row is not moved: the one that somebody writes in, else the one with the focus or with what is
    /// selected. Moving an element takes from a text field what can be undone in it.
    fn held(&self, place: &Place) -> Option<u32> {
        let written = self.composer.as_ref().and_then(|id| self.thread.find(id));
        written.or_else(|| place.held().and_then(|node| self.row_of(&node)))
    }

    /// From now on, this comment's row is the one that is not moved.
    pub(super) fn write_in(&mut self, comment: Option<CommentId>) {
        self.composer = comment;
    }

    /// Where a comment stands in what is to be shown.
    pub(super) fn position_of(&self, index: u32) -> Option<usize> {
        self.target.iter().position(|row| row.comment == index)
    }

    /// The comment of a row's element.
    pub(super) fn index_of(&self, row: &Element) -> Option<u32> {
        let id = CommentId::from_element_id(&row.id())?;
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

    /// Fills the blocks that the reader will see: a screen above the row they look at and as much again below it, or
    /// from the beginning on. Blocks of which nothing is shown can wait.
    fn fill_first_screen(&mut self, eye: Option<usize>, held: Option<u32>) {
        let screen = self.window.inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(1000.0);
        if let Some(position) = held.and_then(|held| self.position_of(held)) {
            self.fill(block_of(position), held);
        }
        let start = eye.map_or(0, block_of);
        let within = rows_of_block(start).start..eye.unwrap_or_default();
        let mut above = self.estimate.rows(&self.thread, self.target.get(within).unwrap_or_default());
        // What of the first block is above the row is not below it.
        let mut below = -above;
        let mut first = start;
        while first > 0 && above < screen {
            first -= 1;
            above += self.height_of(first);
        }
        for block in first..self.blocks.len() {
            if block >= start && below > SCREENS_BELOW * screen {
                break;
            }
            if self.blocks[block].is_hidden() {
                continue;
            }
            // What is laid out now, and is right again before it is laid out the next time, needs no help.
            if !self.blocks[block].near && !self.in_order(block) {
                self.blocks.lay_out(block);
            }
            self.fill(block, held);
            if block >= start {
                below += self.height_of(block);
            }
        }
    }

    /// How high a block will be, in CSS pixels.
    fn height_of(&self, block: usize) -> f64 {
        self.estimate.rows(&self.thread, self.target_of(block))
    }

    /// Takes all blocks off the screen of which nothing is to be shown, whatever they hold by now, and gives the others
    /// their height at once: what the browser or a reader scrolls to is then where it will be.
    fn hide_blocks(&mut self) {
        for at in 0..self.blocks.len() {
            let hidden = all_hidden(self.target_of(at));
            if hidden != self.blocks[at].is_hidden() {
                let height = self.height_of(at);
                self.blocks[at].hide(hidden);
                self.blocks[at].measured(height);
            }
        }
        self.blocks.measure_groups();
    }

    /// Where the block with this comment is, and where it is to be.
    fn move_of(&self, held: u32) -> Option<(usize, usize)> {
        let serial = self.live.get(held as usize)?.as_ref()?.block;
        let from = self.blocks.iter().position(|block| block.serial == serial)?;
        Some((from, self.position_of(held).map(block_of)?))
    }

    /// The position of the row that takes the place of one that is hidden: the next one that is shown, else the last
    /// before it.
    fn visible_near(&self, position: usize) -> Option<usize> {
        let (before, rest) = self.target.split_at_checked(position)?;
        let next = rest.iter().position(|row| !row.hidden).map(|further| position + further);
        next.or_else(|| before.iter().rposition(|row| !row.hidden))
    }

    /// Sees to it that a comment has an element that is shown, although its turn has not come or something hides it.
    pub(super) fn expose(&mut self, index: u32) -> Option<Element> {
        let position = self.position_of(index)?;
        self.target[position].hidden = false;
        self.fill(block_of(position), None);
        self.element_of(index)
    }

    /// The browser shows a row, or a block of them, because what somebody looks for is in it. Gives the comments.
    pub(super) fn found_in(&self, found: &Element) -> Vec<u32> {
        match self.blocks.place_of(found) {
            Some(at) => self.blocks[at].comments.clone(),
            None => self.row_of(found).into_iter().collect(),
        }
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
        let Some(at) = self.blocks.place_of(element) else { return };
        let block = &mut self.blocks[at];
        block.near = height.is_some();
        if let Some(watch) = &self.watch {
            watch(block.element(), block.near);
        }
        if height.is_none() || !block.is_seen() {
            return;
        }
        // What the browser tells may be from before its rows were moved; and one with rows has a height.
        let height = element.get_bounding_client_rect().height();
        if height <= 0.0 {
            return;
        }
        write_times(&self.times, block);
        block.measured(height);
        self.blocks.measure_groups();
    }

    /// Brings the times near the screen up to date, if they read differently by now.
    pub(super) fn write_times(&mut self) {
        for block in self.blocks.iter_mut().filter(|block| block.is_seen()) {
            write_times(&self.times, block);
        }
    }

    /// Covers the texts of these authors, and shows all others.
    pub(super) fn mute(&mut self, muted: Muted) {
        self.veil.mute(muted, &self.thread);
        self.redraw();
    }

    /// Marks the comments that are new on this visit; with `None`, none.
    pub(super) fn mark_new(&mut self, visit: Option<Visit>) {
        if self.visit != visit {
            self.visit = visit;
            self.redraw();
        }
    }

    /// Tells of every block near the screen from now on.
    pub(super) fn watch_blocks(&mut self, watch: Option<BlockWatch>) {
        self.watch = watch;
        for block in self.blocks.iter().filter(|block| block.near) {
            self.tell(block);
        }
    }

    fn tell(&self, block: &Block) {
        if let Some(watch) = &self.watch {
            watch(block.element(), block.near);
        }
    }

    /// Shows one text although its author is muted. Gives its row.
    pub(super) fn unveil(&mut self, index: u32) -> Option<Element> {
        self.veil.unveil(index);
        self.redraw();
        self.element_of(index)
    }

    /// The reader's place as it is now.
    fn place(&self) -> Place {
        Place::capture(&self.window, &self.document, &self.scope, &self.host, &self.jump)
    }
}

/// Writes the times in a block in the reader's way, or again what changes with the minutes.
fn write_times(times: &Times, block: &mut Block) {
    block.times = match block.times {
        Written::No => times.localise_comments(block.element()),
        Written::Moving => times.refresh_comments(block.element()),
        Written::Settled => Written::Settled,
    };
}

/// Whether nothing of some rows is to be shown.
fn all_hidden(rows: &[Row]) -> bool {
    !rows.is_empty() && rows.iter().all(|row| row.hidden)
}

/// Whether the line above a text says the same for a comment of one thread and for the same comment of another.
fn answers_alike(before: &Thread, was: u32, now: &Thread, is: u32) -> bool {
    let (old, new) = (before.placement(was), now.placement(is));
    let id = |thread: &Thread, parent: Option<u32>| parent.map(|parent| thread.comment(parent).id.clone());
    std::mem::discriminant(&old) == std::mem::discriminant(&new)
        && before.depth(was) == now.depth(is)
        && id(before, old.parent()) == id(now, new.parent())
}

/// A comment as a row, where only what the comment itself says is asked for.
fn bare(comment: u32) -> Row {
    Row { comment, indent: 0, hidden: false, collapsed: false, context: false }
}
