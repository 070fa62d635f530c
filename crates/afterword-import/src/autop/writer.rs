//! Writes pieces out again, with paragraphs around the lines of text.

use super::piece::{CLOSE_LOOKS_MAX, Piece, close_to};
use super::{CONTAINERS, FORMATTING, STRUCTURES, listed};
use crate::markup::{Kind, Token};

/// Most formatting elements that are opened again in each paragraph. People nest three; the bound keeps a text that
/// opens a thousand of them from growing a thousandfold.
const REOPENED_MAX: usize = 8;

/// Longest tag that is opened again.
const REOPENED_BYTES_MAX: usize = 300;

/// What is done with the text directly inside a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    /// Paragraphs are made.
    Paragraphs,
    /// The text stays without `<p>`; newlines become `<br />`.
    Line,
    /// An explicit `<p>`: as a line, and a blank line starts another.
    Paragraph,
    /// Only elements belong here: nothing is changed.
    Structure,
}

fn inside_of(name: &str, spaced: bool) -> Inside {
    if name.eq_ignore_ascii_case("blockquote") {
        Inside::Paragraphs
    } else if name.eq_ignore_ascii_case("p") {
        Inside::Paragraph
    } else if listed(name, &STRUCTURES) {
        Inside::Structure
    } else if spaced && listed(name, &CONTAINERS) {
        Inside::Paragraphs
    } else {
        Inside::Line
    }
}

/// Formatting that is open.
struct Formatting<'a> {
    token: Token<'a>,
    /// How many blocks were open when it began: it ends with the innermost of them.
    depth: usize,
    /// Whether its tag stands in the current paragraph. After a blank line it waits for something to format.
    written: bool,
}

pub(super) struct Writer<'a> {
    out: String,
    /// The blocks that are open.
    open: Vec<(Inside, &'a str)>,
    /// The line of text that is being collected, without its paragraph.
    run: String,
    /// Whether the run shows anything.
    visible: bool,
    /// A newline was read that becomes `<br />` if something follows.
    newline: bool,
    /// The last thing in the run is an explicit `<br>`: a newline behind it adds none.
    after_break: bool,
    formatting: Vec<Formatting<'a>>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(len: usize) -> Self {
        Self {
            out: String::with_capacity(len + len / 8),
            open: Vec::new(),
            run: String::new(),
            visible: false,
            newline: false,
            after_break: false,
            formatting: Vec::new(),
        }
    }

    fn inside(&self) -> Inside {
        self.open.last().map_or(Inside::Paragraphs, |(inside, _)| *inside)
    }

    pub(super) fn take(&mut self, piece: &Piece<'a>, spaced: bool) {
        match piece {
            Piece::Text(text) => self.text(text),
            Piece::Break(raw) => {
                self.begin_content();
                self.run.truncate(self.run.trim_ascii_end().len());
                self.run.push_str(raw);
                self.after_break = true;
            }
            Piece::Inline(token) => self.inline(*token),
            Piece::Content(raw) => {
                self.begin_content();
                self.run.push_str(raw);
                self.visible = true;
            }
            Piece::Comment(raw) => self.run.push_str(raw),
            Piece::Blank => self.blank(),
            Piece::Whole(raw) => {
                self.end_paragraph();
                self.line(raw);
            }
            Piece::Open(token) => {
                self.end_paragraph();
                self.line(token.raw);
                self.open.push((inside_of(token.name, spaced), token.name));
            }
            Piece::Close(token) => {
                self.flush();
                let closed = close_to(&mut self.open, token.name, |(_, name)| name);
                let depth = self.open.len();
                self.formatting.retain(|open| open.depth <= depth);
                // A browser makes an empty paragraph of a stray `</p>`.
                if closed || !token.name.eq_ignore_ascii_case("p") {
                    self.out.push_str(token.raw);
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.inside() == Inside::Structure {
            self.push_words(text);
            return;
        }
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.run.truncate(self.run.trim_ascii_end().len());
                self.newline = true;
            }
            let starts_line = self.newline || self.after_break || self.run.is_empty();
            let line = if starts_line { line.trim_ascii_start() } else { line };
            if line.trim_ascii().is_empty() {
                self.run.push_str(line);
            } else {
                self.begin_content();
                self.push_words(line);
                self.visible = true;
            }
        }
    }

    /// An angle that starts no tag here would start one with the tag that is written behind it, or with the word behind
    /// one that is dropped.
    fn push_words(&mut self, words: &str) {
        let angle = words.strip_prefix('<').filter(|rest| !rest.starts_with([' ', '=', '-']));
        self.run.push_str(if angle.is_some() { "&lt;" } else { "" });
        self.run.push_str(angle.unwrap_or(words));
    }

    /// Before something that shows: the line break that was waiting for it, and the formatting that goes on.
    fn begin_content(&mut self) {
        if self.newline && !self.run.is_empty() {
            self.run.push_str(if self.after_break || !self.visible { "\n" } else { "<br />\n" });
        }
        self.newline = false;
        self.after_break = false;
        for open in self.formatting.iter_mut().filter(|open| !open.written) {
            self.run.push_str(open.token.raw);
            open.written = true;
        }
    }

    fn inline(&mut self, token: Token<'a>) {
        if token.kind == Kind::Open {
            self.begin_content();
            if listed(token.name, &FORMATTING) {
                if self.formatting.len() == CLOSE_LOOKS_MAX {
                    self.formatting.remove(0);
                }
                self.formatting.push(Formatting { token, depth: self.open.len(), written: true });
            } else {
                self.visible = true;
            }
            self.run.push_str(token.raw);
            return;
        }
        let index = self.formatting.iter().rposition(|open| open.token.name.eq_ignore_ascii_case(token.name));
        if index.map(|index| self.formatting.remove(index)).is_none_or(|open| open.written) {
            self.run.push_str(token.raw);
        }
    }

    fn blank(&mut self) {
        match self.inside() {
            Inside::Paragraphs => self.flush(),
            Inside::Paragraph => {
                if self.visible {
                    self.flush();
                    self.out.push_str("</p>");
                    self.line("<p>");
                }
            }
            Inside::Line => self.newline = true,
            Inside::Structure => {}
        }
    }

    /// A block begins: what was collected is written, and an explicit `<p>` ends.
    fn end_paragraph(&mut self) {
        self.flush();
        if self.open.pop_if(|(inside, _)| *inside == Inside::Paragraph).is_some() {
            self.out.push_str("</p>");
        }
    }

    /// Writes the collected run, as a paragraph where paragraphs are made.
    fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        let run = run.trim_ascii();
        let visible = std::mem::take(&mut self.visible);
        self.newline = false;
        self.after_break = false;
        match (self.inside(), visible) {
            (_, false) if run.is_empty() => {}
            (Inside::Paragraphs, true) => {
                self.line("<p>");
                self.out.push_str(run);
                self.close_formatting();
                self.out.push_str("</p>");
            }
            (Inside::Paragraph, true) => {
                self.out.push_str(run);
                self.close_formatting();
            }
            (Inside::Paragraphs, false) => self.line(run),
            (Inside::Paragraph, false) | (Inside::Line | Inside::Structure, _) => self.out.push_str(run),
        }
    }

    /// Closes the formatting that is still open at the end of a paragraph; the next one opens it again.
    fn close_formatting(&mut self) {
        for open in self.formatting.iter_mut().rev().filter(|open| open.written) {
            self.out.push_str("</");
            self.out.push_str(open.token.name);
            self.out.push('>');
            open.written = false;
        }
        let above = self.formatting.len().saturating_sub(REOPENED_MAX);
        self.formatting.drain(..above);
        self.formatting.retain(|open| open.token.raw.len() <= REOPENED_BYTES_MAX);
    }

    /// Starts a new line of the output with this.
    fn line(&mut self, markup: &str) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.out.push_str(markup);
    }

    pub(super) fn finish(mut self) -> String {
        self.flush();
        self.out
    }
}
