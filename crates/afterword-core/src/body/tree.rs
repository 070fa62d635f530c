//! The checked tree: a flat list of nodes in reading order.

use super::tag::{Attr, Tag};

/// A sanitized text. It holds nothing but the elements of [`Tag`] and the attributes of [`Attr`], at most
/// [`super::BODY_DEPTH_MAX`] deep, and its HTML means the same tree to every HTML parser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    pub(super) nodes: Vec<Node>,
    pub(super) clipped: bool,
}

/// One node. Children follow their parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Text, decoded. Never empty, and never next to another text of the same parent.
    Text(Box<str>),
    /// An element.
    Element(Element),
}

/// An element; its content are the nodes behind it, before `end`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Which.
    pub tag: Tag,
    /// Its attributes, checked, each at most once.
    pub attrs: Vec<(Attr, String)>,
    /// The index of the first node that is no longer inside.
    pub end: u32,
}

impl Element {
    /// The value of an attribute.
    pub fn attr(&self, attr: Attr) -> Option<&str> {
        self.attrs.iter().find_map(|(name, value)| (*name == attr).then_some(value.as_str()))
    }
}

/// A step on the way through a [`Body`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// An element begins.
    Open(&'a Element),
    /// Text in the element that was opened last.
    Text(&'a str),
    /// The element that was opened last ends. Void elements end too, at once.
    Close(Tag),
}

/// The way through a [`Body`]: every `Open` has its `Close`.
#[derive(Clone, Debug)]
pub struct Events<'a> {
    nodes: &'a [Node],
    at: usize,
    open: Vec<(usize, Tag)>,
}

impl<'a> Iterator for Events<'a> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        if let Some((_, tag)) = self.open.pop_if(|(end, _)| *end <= self.at) {
            return Some(Event::Close(tag));
        }
        let node = self.nodes.get(self.at)?;
        self.at += 1;
        Some(match node {
            Node::Text(text) => Event::Text(text),
            Node::Element(element) => {
                self.open.push((element.end as usize, element.tag));
                Event::Open(element)
            }
        })
    }
}

impl Body {
    /// The nodes in reading order.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Walks through the tree.
    pub fn events(&self) -> Events<'_> {
        Events { nodes: &self.nodes, at: 0, open: Vec::new() }
    }

    /// Whether the input was longer than the bound, so that its end is missing.
    pub fn clipped(&self) -> bool {
        self.clipped
    }

    /// Moves the text to a page from which `way` leads to where it was written for (`../../`): relative addresses of files
    /// and pages start there. Places in the page itself (`#a`) stay.
    pub fn rebase(&mut self, way: &str) {
        for node in &mut self.nodes {
            let Node::Element(element) = node else { continue };
            for (attr, value) in &mut element.attrs {
                if matches!(attr, Attr::Href | Attr::Src | Attr::Poster) && is_relative(value) {
                    value.insert_str(0, way);
                }
            }
        }
    }

    /// Whether there is nothing to see: no text but white space, no picture, sound, film or rule.
    pub fn is_empty(&self) -> bool {
        self.nodes.iter().all(|node| match node {
            Node::Text(text) => text.trim().is_empty(),
            Node::Element(element) => !matches!(element.tag, Tag::Img | Tag::Audio | Tag::Video | Tag::Hr),
        })
    }

    /// The tree as HTML, always the same for the same tree. It is for pages that are written natively: a browser is
    /// given nodes, never a string.
    pub fn to_html(&self) -> String {
        let mut out = String::new();
        let mut after_pre = false;
        for event in self.events() {
            match event {
                Event::Open(element) => {
                    out.push('<');
                    out.push_str(element.tag.name());
                    for (attr, value) in &element.attrs {
                        out.push(' ');
                        out.push_str(attr.name());
                        out.push_str("=\"");
                        push_escaped(value, &['&', '<', '>', '"'], &mut out);
                        out.push('"');
                    }
                    out.push('>');
                }
                Event::Text(text) => {
                    // Parsers swallow the first line break of a `pre`.
                    if after_pre && text.starts_with('\n') {
                        out.push('\n');
                    }
                    push_escaped(text, &['&', '<', '>'], &mut out);
                }
                Event::Close(tag) => {
                    if !tag.is_void() {
                        out.push_str("</");
                        out.push_str(tag.name());
                        out.push('>');
                    }
                }
            }
            after_pre = matches!(event, Event::Open(element) if element.tag == Tag::Pre);
        }
        out
    }

    /// The text alone: a line for each paragraph, list item and table row, white space drawn together outside of `pre`,
    /// pictures as their alternative text.
    pub fn text(&self) -> String {
        let mut lines = Lines::default();
        let mut pre_depth = 0_usize;
        for event in self.events() {
            match event {
                Event::Open(element) => {
                    lines.part(element.tag);
                    pre_depth += usize::from(element.tag == Tag::Pre);
                    if element.tag == Tag::Img {
                        lines.push(element.attr(Attr::Alt).unwrap_or(""), false);
                    }
                }
                Event::Text(text) => lines.push(text, pre_depth > 0),
                Event::Close(tag) => {
                    lines.part(tag);
                    pre_depth -= usize::from(tag == Tag::Pre);
                }
            }
        }
        lines.out
    }
}

/// Whether an address starts at the folder of its page: no scheme, no root, no mere query or place.
fn is_relative(address: &str) -> bool {
    let first = address.split(['/', '?', '#']).next().unwrap_or_default();
    !first.contains(':') && !address.is_empty() && !address.starts_with(['/', '?', '#'])
}

/// Text under construction, with the white space that is due before the next character.
#[derive(Default)]
struct Lines {
    out: String,
    space: bool,
    line: bool,
}

impl Lines {
    fn part(&mut self, tag: Tag) {
        match tag {
            Tag::Td | Tag::Th => self.space = true,
            _ => self.line |= tag == Tag::Br || tag.is_block(),
        }
    }

    fn push(&mut self, text: &str, keep_space: bool) {
        for c in text.chars() {
            let is_break = c == '\n' && keep_space;
            if is_break {
                self.line = true;
            } else if c.is_ascii_whitespace() && !(keep_space && c != '\n' && !self.out.is_empty()) {
                self.space = true;
            } else {
                if !self.out.is_empty() && (self.line || self.space) {
                    self.out.push(if self.line { '\n' } else { ' ' });
                }
                (self.line, self.space) = (false, false);
                self.out.push(c);
            }
        }
    }
}

fn push_escaped(text: &str, special: &[char], out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(special) {
        let (before, found) = rest.split_at(at);
        out.push_str(before);
        let (one, after) = found.split_at(1);
        out.push_str(match one {
            "&" => "&amp;",
            "<" => "&lt;",
            ">" => "&gt;",
            _ => "&quot;",
        });
        rest = after;
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::super::{Policy, RawBody, RawHtml, sanitize};

    #[test]
    fn a_text_can_move_to_another_folder() {
        let check = |address: &str, expected: &str| {
            let html = RawBody::Html(RawHtml::new(format!("<a href=\"{address}\">x</a>")));
            let mut body = sanitize(&html, &Policy::post());
            body.rebase("../../");
            let html = body.to_html();
            assert!(html.contains(&format!("href=\"{expected}\"")), "{html}");
        };
        check("../y/#comment-3", "../../../y/#comment-3");
        check("picture.png", "../../picture.png");
        for stays in ["/a/b", "#a", "?a=b", "https://x.example/y", "mailto:a@b.example"] {
            check(stays, stays);
        }
    }
}
