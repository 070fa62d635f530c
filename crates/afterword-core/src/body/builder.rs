//! Builds the tree, and keeps it a tree that an HTML parser would build.
//!
//! The rules are those of the standard's tree construction (13.2.6.4.7 and the table modes), applied to the elements
//! that are kept. So each element stands where its own HTML, parsed again, would put it: nothing can move, and nothing
//! is there to mutate. In two things it is simpler: text is never moved (text between table cells gets a cell of its
//! own instead of going before the table), and misnested formatting is closed and opened again, nothing more.

use super::tag::{Attr, Tag};
use super::tree::{Element, Node};

/// Deepest nesting of elements, those without content not counted. Pages nest a comment's body about 20 deep, and all
/// together must stay below 100: browsers crash on some 1,000 levels. No text that people write needs 32.
pub const BODY_DEPTH_MAX: usize = 32;

/// A table needs its sections, rows and cells: it is opened only where they fit.
const TABLE_DEPTH: usize = 4;

/// An element that has not ended.
struct Open {
    tag: Tag,
    node: usize,
    /// Its end tag came while a block in it was still open: it ends with that block.
    ended: bool,
    /// It stands for a heading.
    heading: bool,
    /// How many `span`s were dropped right in it and have not ended.
    spans: u32,
}

pub(super) struct Builder {
    nodes: Vec<Node>,
    open: Vec<Open>,
    text: String,
    /// Formatting that was closed by a misnested end tag, to be opened again before the next text.
    pending: Vec<Tag>,
    /// For each tag how many were dropped because of the depth and have not ended.
    flattened: [u32; Tag::ALL.len()],
    is_flattened: bool,
    /// A `pre` has just begun: a line break would not count.
    after_pre: bool,
}

pub(super) type Attrs = Vec<(Attr, String)>;

impl Builder {
    pub(super) fn new() -> Self {
        Self {
            nodes: Vec::new(),
            open: Vec::new(),
            text: String::new(),
            pending: Vec::new(),
            flattened: [0; Tag::ALL.len()],
            is_flattened: false,
            after_pre: false,
        }
    }

    /// Ends what is open.
    pub(super) fn finish(mut self) -> Vec<Node> {
        self.pop_to(0);
        self.flush_text();
        self.nodes
    }

    pub(super) fn text(&mut self, text: &str) {
        let text = if self.after_pre { text.strip_prefix('\n').unwrap_or(text) } else { text };
        self.after_pre = false;
        let is_blank = text.bytes().all(|byte| byte.is_ascii_whitespace());
        if self.in_table_frame() {
            if is_blank {
                return;
            }
            self.open_cell();
        }
        if !is_blank {
            self.reopen();
        }
        self.text.push_str(text);
    }

    /// Keeps two words apart that a dropped element has kept apart.
    pub(super) fn space(&mut self) {
        let parent_begins = self.open.last().map_or(0, |open| open.node + 1);
        let is_first = self.text.is_empty() && self.nodes.len() == parent_begins;
        if !is_first && !self.in_table_frame() && !self.text.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
    }

    /// Whether text put here would be part of a line, so that no paragraph is needed around it.
    pub(super) fn in_line(&self) -> bool {
        self.open.last().is_some_and(|open| match open.tag {
            Tag::P | Tag::Dt | Tag::Summary | Tag::Caption | Tag::Figcaption => true,
            tag => tag.is_heading() || !tag.is_block(),
        })
    }

    /// Whether this is the element that content goes into.
    pub(super) fn is_in(&self, tag: Tag) -> bool {
        self.open.last().is_some_and(|open| open.tag == tag)
    }

    pub(super) fn has_open(&self, tag: Tag) -> bool {
        self.find(|open| open.tag == tag, |_| false).is_some()
    }

    /// Begins an element, after whatever must end before it or stand around it.
    pub(super) fn open(&mut self, tag: Tag, attrs: Attrs) {
        self.after_pre = false;
        if tag.is_table_part() {
            return self.open_table_part(tag, attrs);
        }
        if self.in_table_frame() {
            if tag == Tag::Table {
                self.pop_through(|open| open.tag == Tag::Table, |_| false);
            } else {
                self.open_cell();
            }
        }
        self.make_room(tag);
        if tag.is_block() {
            self.pending.clear();
        } else {
            self.reopen();
        }
        let depth = if tag == Tag::Table { TABLE_DEPTH } else { usize::from(!tag.is_void()) };
        if self.open.len() + depth > BODY_DEPTH_MAX {
            self.flatten(tag);
        } else {
            self.push(tag, attrs);
            self.after_pre = tag == Tag::Pre;
        }
    }

    /// After a `pre` has begun: the next line break counts all the same.
    pub(super) fn keep_line_break(&mut self) {
        self.after_pre = false;
    }

    /// Begins a paragraph in bold, which stands for a heading.
    pub(super) fn open_heading(&mut self) {
        self.open(Tag::P, Attrs::new());
        if let Some(open) = self.open.last_mut().filter(|open| open.tag == Tag::P) {
            open.heading = true;
        }
        self.open(Tag::Strong, Attrs::new());
    }

    pub(super) fn close_heading(&mut self) {
        self.pop_through(|open| open.heading, Tag::is_scope);
    }

    /// A `span` that is not kept: its end tag must not end another one.
    pub(super) fn drop_span(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.spans += 1;
        }
    }

    /// An end tag has come.
    pub(super) fn close(&mut self, tag: Tag) {
        self.after_pre = false;
        if let Some(count) = self.flattened.get_mut(tag as usize).filter(|count| **count > 0) {
            *count -= 1;
            return;
        }
        match tag {
            Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => {
                self.pop_through(|open| open.tag.is_heading(), Tag::is_scope);
            }
            Tag::Li => {
                let stops = |tag: Tag| tag.is_scope() || matches!(tag, Tag::Ol | Tag::Ul);
                self.pop_through(|open| open.tag == Tag::Li, stops);
            }
            Tag::Table => {
                self.pop_through(|open| open.tag == Tag::Table, |_| false);
            }
            _ if tag.is_table_part() => {
                self.pop_through(|open| open.tag == tag, |tag| tag == Tag::Table);
            }
            _ if tag.is_block() => {
                self.pop_through(|open| open.tag == tag, Tag::is_scope);
            }
            _ => self.close_in_line(tag),
        }
    }

    /// Ends an element of lines: what was opened in it and not ended is opened again, blocks in it are not cut.
    fn close_in_line(&mut self, tag: Tag) {
        if let Some(at) = self.pending.iter().rposition(|pending| *pending == tag) {
            self.pending.remove(at);
            return;
        }
        let mut in_block = false;
        for index in (0..self.open.len()).rev() {
            let Some(open) = self.open.get_mut(index) else { return };
            if tag == Tag::Span && open.spans > 0 {
                open.spans -= 1;
                return;
            }
            if open.tag == tag && !open.ended {
                if in_block {
                    open.ended = true;
                } else {
                    let above = self.open.iter().skip(index + 1).filter(|open| !open.ended).map(|open| open.tag);
                    let again: Vec<Tag> = above.filter(|tag| tag.is_formatting()).collect();
                    self.pop_to(index);
                    self.pending = again;
                }
                return;
            }
            if open.tag.is_scope() {
                return;
            }
            in_block |= open.tag.is_block();
        }
    }

    /// Ends what the standard ends before this element.
    fn make_room(&mut self, tag: Tag) {
        match tag {
            Tag::Li => {
                self.pop_through(|open| open.tag == Tag::Li, stops_items);
            }
            Tag::Dd | Tag::Dt => {
                self.pop_through(|open| matches!(open.tag, Tag::Dd | Tag::Dt), stops_items);
            }
            Tag::Rp | Tag::Rt if self.find(|open| open.tag == Tag::Ruby, Tag::is_scope).is_some() => {
                let ends = |tag| matches!(tag, Tag::Dd | Tag::Dt | Tag::Li | Tag::P | Tag::Rp | Tag::Rt);
                while self.open.last().is_some_and(|open| ends(open.tag)) {
                    self.pop_to(self.open.len() - 1);
                }
            }
            Tag::A => {
                self.pop_through(|open| open.tag == Tag::A, |_| false);
            }
            _ => {}
        }
        if tag.is_block() {
            self.pop_through(|open| open.tag == Tag::P, Tag::is_scope);
        }
        if tag.is_heading() {
            self.pop_through(|open| open.tag.is_heading(), |tag| tag.is_block());
        }
    }

    fn open_table_part(&mut self, tag: Tag, attrs: Attrs) {
        let Some(table) = self.find(|open| open.tag == Tag::Table, |_| false) else {
            return self.space();
        };
        // The parts that stay open around the new one; all others end.
        let stays = |open: Tag| match tag {
            Tag::Td | Tag::Th => matches!(open, Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Tr),
            Tag::Tr => matches!(open, Tag::Tbody | Tag::Thead | Tag::Tfoot),
            _ => false,
        };
        let above = self.open.iter().skip(table + 1);
        let kept = above.take_while(|open| stays(open.tag)).count();
        self.pop_to(table + 1 + kept);
        if matches!(tag, Tag::Tr | Tag::Td | Tag::Th) {
            self.open_row(tag);
        }
        self.push(tag, attrs);
    }

    /// Opens the section, and for a cell the row, that nobody wrote.
    fn open_row(&mut self, tag: Tag) {
        if self.open.last().is_some_and(|open| open.tag == Tag::Table) {
            self.push(Tag::Tbody, Attrs::new());
        }
        if tag != Tag::Tr && self.open.last().is_some_and(|open| open.tag != Tag::Tr) {
            self.push(Tag::Tr, Attrs::new());
        }
    }

    fn open_cell(&mut self) {
        self.open_row(Tag::Td);
        self.push(Tag::Td, Attrs::new());
    }

    fn in_table_frame(&self) -> bool {
        self.open.last().is_some_and(|open| open.tag.is_table_frame())
    }

    /// Opens formatting again that a misnested end tag has closed.
    fn reopen(&mut self) {
        for tag in std::mem::take(&mut self.pending) {
            if self.open.len() < BODY_DEPTH_MAX {
                self.push(tag, Attrs::new());
            }
        }
    }

    fn flatten(&mut self, tag: Tag) {
        if tag.is_block() {
            self.space();
        }
        if let Some(count) = self.flattened.get_mut(tag as usize) {
            *count = count.saturating_add(1);
            self.is_flattened = true;
        }
    }

    fn push(&mut self, tag: Tag, attrs: Attrs) {
        self.flush_text();
        let node = self.nodes.len();
        // Open elements get their end when they end; the others have it already.
        self.nodes.push(Node::Element(Element { tag, attrs, end: index(node + 1) }));
        if !tag.is_void() {
            self.open.push(Open { tag, node, ended: false, heading: false, spans: 0 });
        }
    }

    fn flush_text(&mut self) {
        if !self.text.is_empty() {
            self.nodes.push(Node::Text(self.text.as_str().into()));
            self.text.clear();
        }
    }

    /// The open element nearest to here that fits, unless one in between stops the search.
    fn find(&self, fits: impl Fn(&Open) -> bool, stops: impl Fn(Tag) -> bool) -> Option<usize> {
        for (index, open) in self.open.iter().enumerate().rev() {
            if fits(open) {
                return Some(index);
            }
            if stops(open.tag) {
                return None;
            }
        }
        None
    }

    fn pop_through(&mut self, fits: impl Fn(&Open) -> bool, stops: impl Fn(Tag) -> bool) {
        if let Some(index) = self.find(fits, stops) {
            self.pop_to(index);
        }
    }

    /// Ends elements until `len` are open, or fewer when what is then the last has ended already.
    fn pop_to(&mut self, len: usize) {
        self.pending.clear();
        while self.open.len() > len || self.open.last().is_some_and(|open| open.ended) {
            self.pop();
        }
        if self.is_flattened && self.open.len() < BODY_DEPTH_MAX {
            self.flattened = [0; Tag::ALL.len()];
            self.is_flattened = false;
        }
    }

    fn pop(&mut self) {
        self.flush_text();
        let end = index(self.nodes.len());
        let Some(open) = self.open.pop() else { return };
        if let Some(Node::Element(element)) = self.nodes.get_mut(open.node) {
            element.end = end;
        }
    }
}

/// What ends the search for the list item or term before: the standard's "special" elements but `div` and `p`.
fn stops_items(tag: Tag) -> bool {
    tag.is_block() && !matches!(tag, Tag::Div | Tag::P)
}

/// Bodies with more nodes do not fit into memory on the way here.
fn index(node: usize) -> u32 {
    u32::try_from(node).unwrap_or(u32::MAX)
}
