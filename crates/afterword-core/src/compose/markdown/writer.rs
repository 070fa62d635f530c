//! Blocks: paragraphs, lists, quotations and code, each line with what stands before it.

use super::inline::{Mark, Piece, longest_backticks, written};

/// Greatest number of a list item that Markdown knows.
const NUMBER_MAX: u32 = 999_999_999;

/// Markdown under construction.
#[derive(Default)]
pub(super) struct Writer {
    out: String,
    containers: Vec<Container>,
    /// The lists that are open; the number of the next item, where they are numbered.
    lists: Vec<Option<u32>>,
    /// The words of the paragraph so far.
    pieces: Vec<Piece>,
    /// The marks that are open; `None` for one that means nothing here.
    marks: Vec<Option<Mark>>,
    /// The text of an open block of code, and its language.
    pre: Option<(String, String)>,
    /// How many further ones are open in it, which say nothing new.
    inner_pres: usize,
    /// The text of open code within a line.
    code: Option<String>,
    /// What is due before the next block.
    gap: Gap,
    /// The fewest containers that were open since the last block.
    common: usize,
}

/// What a line stands in.
enum Container {
    Quote,
    /// An item: its bullet or number until that has been written, and how wide that is.
    Item(Option<String>, usize),
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Gap {
    #[default]
    None,
    Line,
    Blank,
}

impl Writer {
    pub(super) fn finish(mut self) -> String {
        self.end_block();
        self.out
    }

    pub(super) fn text(&mut self, text: &str) {
        if let Some((pre, _)) = &mut self.pre {
            pre.push_str(text);
        } else if let Some(code) = &mut self.code {
            code.push_str(text);
        } else {
            self.pieces.push(Piece::Text(text.to_owned()));
        }
    }

    pub(super) fn line_break(&mut self) {
        if self.pre.is_some() || self.code.is_some() {
            self.text("\n");
        } else {
            self.pieces.push(Piece::Break);
        }
    }

    /// Begins a mark. One within another of its kind, or within code, says nothing new.
    pub(super) fn open_mark(&mut self, mark: Option<Mark>) {
        let is_link = |mark: &Mark| matches!(mark, Mark::Link(_));
        let is_new = |mark: &Mark| {
            let same = |open: &Mark| open == mark || is_link(open) && is_link(mark);
            self.pre.is_none() && self.code.is_none() && !self.marks.iter().flatten().any(same)
        };
        let mark = mark.filter(is_new);
        match &mark {
            Some(Mark::Code) => self.code = Some(String::new()),
            Some(mark) => self.pieces.push(Piece::Open(mark.clone())),
            None => {}
        }
        self.marks.push(mark);
    }

    pub(super) fn close_mark(&mut self) {
        match self.marks.pop().flatten() {
            Some(Mark::Code) => self.end_code(),
            Some(_) => self.pieces.push(Piece::Close),
            None => {}
        }
    }

    fn end_code(&mut self) {
        if let Some(code) = self.code.take() {
            self.pieces.push(Piece::Code(code));
        }
    }

    /// Ends the paragraph, if one is open. Marks go on in the next one.
    pub(super) fn end_block(&mut self) {
        if self.pre.is_some() {
            return self.text("\n");
        }
        let in_code = self.code.is_some();
        self.end_code();
        let paragraph = written(&self.pieces);
        self.pieces.clear();
        let again = self.marks.iter().flatten().filter(|mark| **mark != Mark::Code);
        self.pieces.extend(again.cloned().map(Piece::Open));
        if in_code {
            self.code = Some(String::new());
        }
        if !paragraph.is_empty() {
            self.lines(&paragraph);
        }
    }

    pub(super) fn open_quote(&mut self) {
        self.end_block();
        self.containers.push(Container::Quote);
    }

    pub(super) fn open_list(&mut self, start: Option<u32>) {
        self.end_block();
        // A list right below the words of its item belongs to them; one of another number than 1 needs a blank line.
        let in_item = matches!(self.containers.last(), Some(Container::Item(None, _)));
        self.gap = match (self.gap, start.unwrap_or(1)) {
            (Gap::Blank, 1) if in_item => Gap::Line,
            (Gap::Line, start) if start != 1 => Gap::Blank,
            (gap, _) => gap,
        };
        self.lists.push(start);
    }

    pub(super) fn close_list(&mut self) {
        self.end_block();
        self.lists.pop();
        self.gap = if self.gap == Gap::None { Gap::None } else { Gap::Blank };
    }

    pub(super) fn open_item(&mut self) {
        self.end_block();
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                let marker = format!("{}. ", (*number).min(NUMBER_MAX));
                *number = number.saturating_add(1);
                marker
            }
            Some(None) | None => "- ".to_owned(),
        };
        let width = marker.len();
        self.containers.push(Container::Item(Some(marker), width));
    }

    pub(super) fn close_container(&mut self) {
        self.end_block();
        let closed = self.containers.pop();
        self.common = self.common.min(self.containers.len());
        if matches!(closed, Some(Container::Item(None, _))) {
            self.gap = Gap::Line;
        }
    }

    pub(super) fn in_pre(&self) -> bool {
        self.pre.is_some()
    }

    pub(super) fn open_pre(&mut self) {
        self.end_block();
        if self.pre.is_some() {
            self.inner_pres += 1;
            return;
        }
        self.pre = Some((String::new(), String::new()));
    }

    /// Takes the language from a class such as `language-rust`.
    pub(super) fn set_language(&mut self, class: &str) {
        let name = class.split_ascii_whitespace().find_map(|class| class.strip_prefix("language-"));
        let name = name.filter(|name| name.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        if let (Some((_, language)), Some(name)) = (&mut self.pre, name) {
            name.clone_into(language);
        }
    }

    pub(super) fn close_pre(&mut self) {
        if self.inner_pres > 0 {
            self.inner_pres -= 1;
            return self.text("\n");
        }
        let Some((text, language)) = self.pre.take() else { return };
        let text = text.trim_end().trim_start_matches('\n');
        if text.trim().is_empty() {
            return;
        }
        let fence = "`".repeat((longest_backticks(text) + 1).max(3));
        self.lines(&format!("{fence}{language}\n{text}\n{fence}"));
    }

    pub(super) fn rule(&mut self) {
        self.end_block();
        // Dashes behind the bullet of an item would make one rule of both.
        self.lines("***");
    }

    /// Writes a block, each line behind what it stands in.
    fn lines(&mut self, block: &str) {
        if self.gap != Gap::None {
            self.out.push('\n');
        }
        if self.gap == Gap::Blank {
            let common = self.containers.iter().take(self.common).map(Container::later);
            let prefix: String = common.collect();
            self.out.push_str(prefix.trim_end());
            self.out.push('\n');
        }
        for (index, line) in block.split('\n').enumerate() {
            if index > 0 {
                self.out.push('\n');
            }
            let start = self.out.len();
            for container in &mut self.containers {
                let prefix = container.next();
                self.out.push_str(&prefix);
            }
            self.out.push_str(line);
            let len = self.out.get(start..).map_or(0, |line| line.trim_end_matches(' ').len());
            self.out.truncate(start + len);
        }
        self.gap = Gap::Blank;
        self.common = self.containers.len();
    }
}

impl Container {
    /// What stands before the next line in it.
    fn next(&mut self) -> String {
        if let Self::Item(marker, _) = self
            && let Some(marker) = marker.take()
        {
            return marker;
        }
        self.later()
    }

    /// What stands before all lines in it but the first.
    fn later(&self) -> String {
        match self {
            Self::Quote => "> ".to_owned(),
            Self::Item(_, width) => " ".repeat(*width),
        }
    }
}
