//! All blocks of a conversation in their order, and the groups around those behind the prerendered ones.
//!
//! A block that is left out of layout still costs something in every frame. A group that is left out costs as much for
//! ten blocks as one block does, so that a frame costs about the same with 10,000 comments as with 1,000.

use super::block::{Block, Frame};
use super::rows;
use super::{BLOCK_ROWS, PRERENDERED_ROWS};
use js_sys::{Array, WeakMap};
use std::ops::{Deref, DerefMut, Range};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

/// Blocks in a group: some 1,000 rows. With fewer, there are more groups than blocks in a group at 50,000 comments; with
/// more, the blocks of the one group on the screen begin to tell.
const GROUP_BLOCKS: usize = 10;

/// The blocks that may be prerendered stand in no group: there is none in the page when it is taken over.
const FIRST_IN_GROUP: usize = PRERENDERED_ROWS / BLOCK_ROWS;

/// The blocks below one host element, in the order in which they stand there.
pub(super) struct Blocks {
    document: Document,
    host: Element,
    list: Vec<Block>,
    groups: Vec<Group>,
    /// Serials by element.
    serials: WeakMap,
    next_serial: u32,
}

/// Blocks that stand one after the other in one element.
struct Group {
    serial: u32,
    frame: Frame,
}

/// What stands directly below the host.
enum Top {
    /// A block of no group, by its place.
    Block(usize),
    /// The blocks in these places, and the place of their group in the list of groups.
    Group(Range<usize>, usize),
}

impl Deref for Blocks {
    type Target = [Block];

    fn deref(&self) -> &[Block] {
        &self.list
    }
}

impl DerefMut for Blocks {
    fn deref_mut(&mut self) -> &mut [Block] {
        &mut self.list
    }
}

impl Blocks {
    /// Adopts the prerendered blocks below an element.
    pub(super) fn adopt(document: Document, host: Element) -> Self {
        let children = host.children();
        let serials = WeakMap::new();
        let mut blocks = Self { document, host, list: Vec::new(), groups: Vec::new(), serials, next_serial: 0 };
        for at in 0..children.length() {
            if let Some(element) = children.item(at).and_then(|block| block.dyn_into().ok()) {
                let block = Block::adopt(element, blocks.new_serial(), None);
                blocks.push(block);
            }
        }
        blocks
    }

    fn push(&mut self, block: Block) {
        let serial = f64::from(block.serial).into();
        self.serials.set(block.element(), &serial);
        self.list.push(block);
    }

    fn new_serial(&mut self) -> u32 {
        self.next_serial += 1;
        self.next_serial
    }

    /// The block with this serial.
    pub(super) fn by_serial(&mut self, serial: u32) -> Option<&mut Block> {
        self.list.iter_mut().find(|block| block.serial == serial)
    }

    /// The place of the block with this element.
    pub(super) fn place_of(&self, element: &Element) -> Option<usize> {
        let serial = self.serials.get(element).as_f64()?;
        self.list.iter().position(|block| f64::from(block.serial) == serial)
    }

    /// Sees to it that there are so many blocks; gives the places of the new ones, which are empty.
    pub(super) fn resize(&mut self, count: usize) -> Range<usize> {
        for gone in self.list.drain(count.min(self.list.len())..) {
            gone.element().remove();
        }
        let list = &self.list;
        self.groups.retain(|group| {
            let kept = list.iter().any(|block| block.group == Some(group.serial));
            if !kept {
                group.frame.element.remove();
            }
            kept
        });
        let (first, fragment) = (self.list.len(), self.document.create_document_fragment());
        while self.list.len() < count {
            let group = self.group_for_next();
            let serial = self.new_serial();
            let Some(block) = Block::create(&self.document, serial, group.map(|at| self.groups[at].serial)) else {
                break;
            };
            let appended = match group {
                Some(at) => {
                    let element = &self.groups[at].frame.element;
                    if element.parent_node().is_none() {
                        drop(fragment.append_child(element));
                    }
                    element.append_child(block.element())
                }
                None => fragment.append_child(block.element()),
            };
            // Refused only where an element would come into itself.
            drop(appended);
            self.push(block);
        }
        let _ = self.host.append_child(&fragment);
        first..self.list.len()
    }

    /// The group for one more block at the end: the last one as long as it has room, or a new one.
    fn group_for_next(&mut self) -> Option<usize> {
        if self.list.len() < FIRST_IN_GROUP {
            return None;
        }
        let last = self.list.last().and_then(|block| block.group);
        let filled = self.list.iter().rev().take_while(|block| block.group == last).count();
        if last.is_some() && filled < GROUP_BLOCKS {
            return self.groups.iter().position(|group| Some(group.serial) == last);
        }
        self.new_group()
    }

    fn new_group(&mut self) -> Option<usize> {
        let element: HtmlElement = self.document.create_element("div").ok()?.unchecked_into();
        element.set_class_name("blocks");
        let mut group = Group { serial: self.new_serial(), frame: Frame::of(element) };
        group.frame.contain(0.0);
        self.groups.push(group);
        Some(self.groups.len() - 1)
    }

    /// Sums up the heights of the blocks in each group.
    pub(super) fn measure_groups(&mut self) {
        for group in &mut self.groups {
            let blocks = self.list.iter().filter(|block| block.group == Some(group.serial));
            group.frame.measured(blocks.map(Block::height).sum());
        }
    }

    /// Keeps a block in the layout with its group, wherever it is.
    pub(super) fn lay_out(&mut self, at: usize) {
        let block = &mut self.list[at];
        block.lay_out(true);
        if let Some(group) = self.groups.iter_mut().find(|group| Some(group.serial) == block.group) {
            group.frame.lay_out(true);
        }
    }

    /// Leaves it to the browser again what it lays out.
    pub(super) fn settle(&mut self) {
        self.list.iter_mut().for_each(|block| block.lay_out(false));
        self.groups.iter_mut().for_each(|group| group.frame.lay_out(false));
        self.measure_groups();
    }

    /// Brings a block to another place by moving the others, so that it stays in the document.
    pub(super) fn move_around(&mut self, from: usize, to: usize) {
        if from == to {
            return;
        }
        let block = self.list.remove(from);
        self.list.insert(to, block);
        let tops = self.tops_around(to);
        let pinned = self.list[to].element().clone();
        let frames = Array::new();
        for top in &tops {
            match top {
                Top::Block(at) => frames.push(self.list[*at].element()),
                Top::Group(range, group) => {
                    let group = &self.groups[*group];
                    let inside: Array = self.list[range.clone()].iter().map(Block::element).collect();
                    rows::order(&group.frame.element, &inside, &pinned);
                    frames.push(&group.frame.element)
                }
            };
        }
        let pinned_group = self.list[to].group;
        let pinned = match self.groups.iter().find(|group| Some(group.serial) == pinned_group) {
            Some(group) => group.frame.element.clone(),
            None => pinned,
        };
        rows::order(&self.host, &frames, &pinned);
        // Groups that hold nothing any more are out of the document by now.
        let list = &self.list;
        self.groups.retain(|group| list.iter().any(|block| block.group == Some(group.serial)));
        self.measure_groups();
    }

    /// Forms groups anew, around the block in one place, which stays in the group that it is in, or in none.
    fn tops_around(&mut self, pinned: usize) -> Vec<Top> {
        let kept = self.list[pinned].group;
        let kept_at = self.groups.iter().position(|group| Some(group.serial) == kept);
        let mut free = (0..self.groups.len()).filter(|at| Some(*at) != kept_at).collect::<Vec<_>>().into_iter();
        let mut tops = Vec::new();
        let mut group = |blocks: &mut Self, range: Range<usize>, at: Option<usize>| {
            let Some(at) = at.or_else(|| free.next()).or_else(|| blocks.new_group()) else { return };
            let serial = blocks.groups[at].serial;
            blocks.list[range.clone()].iter_mut().for_each(|block| block.group = Some(serial));
            tops.push(Top::Group(range, at));
        };
        let mut alone = Vec::new();
        for at in 0..FIRST_IN_GROUP.min(self.list.len()) {
            if at == pinned && kept.is_some() {
                group(self, at..at + 1, kept_at);
            } else {
                self.list[at].group = None;
                alone.push(at);
            }
        }
        let mut at = FIRST_IN_GROUP;
        while at < self.list.len() {
            let end = (at + GROUP_BLOCKS).min(self.list.len());
            let holds = (at..end).contains(&pinned);
            if holds && kept.is_none() {
                if at < pinned {
                    group(self, at..pinned, None);
                }
                alone.push(pinned);
                if pinned + 1 < end {
                    group(self, pinned + 1..end, None);
                }
            } else {
                group(self, at..end, kept_at.filter(|_| holds));
            }
            at = end;
        }
        tops.extend(alone.into_iter().map(Top::Block));
        tops.sort_by_key(|top| match top {
            Top::Block(at) => *at,
            Top::Group(range, _) => range.start,
        });
        tops
    }
}
