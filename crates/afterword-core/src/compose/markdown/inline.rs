//! The words of one paragraph, with marks around some of them.
//!
//! Marks hold only where no white space is on their inner side, and where letters and signs around them do not forbid
//! it. White space is moved out of them, and marks that would not hold are left away: words come first.

use super::destination;

/// What words can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Strong,
    Emphasis,
    Deleted,
    Code,
    /// To an absolute address.
    Link(String),
}

/// A piece of a paragraph, in order.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    Text(String),
    Code(String),
    Open(Mark),
    /// Ends the mark that was opened last and has not ended.
    Close,
    Break,
}

/// A piece in its final place.
#[derive(Clone, Debug)]
enum Atom {
    /// Text as it is to be written.
    Text(String),
    /// The mark of this number begins.
    Open(usize),
    /// It ends.
    Close(usize),
    /// White space: a blank, or line breaks.
    Space(&'static str),
}

/// Most blank lines in a row: two breaks are what a paragraph is.
const BREAKS_MAX: u32 = 2;

/// How often it is looked for marks that do not hold. Each time that one goes, others may stop to hold; texts that
/// people write need two rounds.
const ROUNDS_MAX: usize = 4;

#[derive(Default)]
struct Layout {
    atoms: Vec<Atom>,
    marks: Vec<Mark>,
    /// The marks that are open, innermost last, and whether their beginning has been written.
    open: Vec<(usize, bool)>,
    space: bool,
    breaks: u32,
    line: Line,
    /// The code that was written last, while it is what was written last.
    last_code: Option<String>,
}

/// What stands in the line so far: signs at its start mean most.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Line {
    #[default]
    Nothing,
    /// Digits, which with a sign behind them would be the number of a list item.
    Digits,
    Words,
}

/// A paragraph whose marks are where they will be, if they hold.
struct Marked {
    atoms: Vec<Atom>,
    marks: Vec<Mark>,
    /// Where each mark begins and ends among the atoms.
    spans: Vec<(usize, usize)>,
    holds: Vec<bool>,
}

/// The paragraph as Markdown; its lines are parted by newlines. Empty where there are no words.
pub(super) fn written(pieces: &[Piece]) -> String {
    let mut layout = Layout::default();
    for piece in pieces {
        layout.add(piece);
    }
    while !layout.open.is_empty() {
        layout.close();
    }
    let mut marked = Marked::new(layout);
    for _ in 0..ROUNDS_MAX {
        if !marked.drop_loose() {
            return marked.joined();
        }
    }
    for (mark, holds) in marked.marks.iter().zip(&mut marked.holds) {
        *holds &= matches!(mark, Mark::Link(_));
    }
    marked.joined()
}

impl Layout {
    fn add(&mut self, piece: &Piece) {
        match piece {
            Piece::Open(mark) => match self.atoms.last() {
                // A mark that ends where its like begins goes on.
                Some(Atom::Close(last))
                    if self.breaks == 0
                        && self.marks.get(*last) == Some(mark)
                        && self.open.iter().all(|(_, written)| *written) =>
                {
                    self.open.push((*last, true));
                    self.atoms.pop();
                }
                Some(_) | None => {
                    self.marks.push(mark.clone());
                    self.open.push((self.marks.len() - 1, false));
                }
            },
            Piece::Close => self.close(),
            Piece::Break => {
                self.breaks = (self.breaks + 1).min(BREAKS_MAX);
                self.space = false;
            }
            Piece::Code(code) => self.code(code),
            Piece::Text(text) => self.text(text),
        }
    }

    /// Code beside code is one, or their backticks would be.
    fn code(&mut self, code: &str) {
        if code.trim_ascii().is_empty() {
            self.space |= !code.is_empty() && self.breaks == 0;
            return;
        }
        let goes_on = !self.space && self.breaks == 0 && self.open.iter().all(|(_, written)| *written);
        let before = self.last_code.take().filter(|_| goes_on && matches!(self.atoms.last(), Some(Atom::Text(_))));
        let code = before.as_ref().map_or_else(|| code.to_owned(), |before| format!("{before}{code}"));
        if before.is_some() {
            self.atoms.pop();
        }
        self.put(inline_code(&code));
        self.line = Line::Words;
        self.last_code = Some(code);
    }

    fn text(&mut self, text: &str) {
        let space = |c: char| c.is_ascii_whitespace();
        let words: Vec<&str> = text.split(space).filter(|word| !word.is_empty()).collect();
        self.space |= text.starts_with(space) && self.breaks == 0;
        if !words.is_empty() {
            let in_link = self.open.iter().any(|(mark, _)| matches!(self.marks.get(*mark), Some(Mark::Link(_))));
            let line = if self.breaks > 0 { Line::Nothing } else { self.line };
            let words = words.join(" ");
            self.last_code = None;
            self.put(escaped(&words, line, in_link));
            let is_number = line != Line::Words && words.bytes().all(|byte| byte.is_ascii_digit());
            self.line = if is_number { Line::Digits } else { Line::Words };
            self.space = text.ends_with(space);
        }
    }

    /// Writes something that is seen, after the white space and the beginnings that are due.
    fn put(&mut self, text: String) {
        if text.is_empty() {
            return;
        }
        if self.breaks > 0 && !self.atoms.is_empty() {
            // Marks do not reach over lines: they end, and begin again.
            let open = self.open.clone();
            for (mark, _) in open.iter().rev().filter(|(_, written)| *written) {
                self.atoms.push(Atom::Close(*mark));
            }
            self.atoms.push(Atom::Space(if self.breaks > 1 { "\n\n" } else { "\n" }));
            for at in 0..self.open.len() {
                let again =
                    self.open.get(at).filter(|(_, written)| *written).and_then(|(mark, _)| self.marks.get(*mark));
                if let Some(mark) = again.cloned() {
                    self.marks.push(mark);
                    if let Some(open) = self.open.get_mut(at) {
                        *open = (self.marks.len() - 1, false);
                    }
                }
            }
        } else if self.space && !self.atoms.is_empty() {
            self.atoms.push(Atom::Space(" "));
        }
        (self.space, self.breaks) = (false, 0);
        for (mark, written) in self.open.iter_mut().filter(|(_, written)| !written) {
            self.atoms.push(Atom::Open(*mark));
            *written = true;
        }
        self.atoms.push(Atom::Text(text));
    }

    fn close(&mut self) {
        if let Some((mark, true)) = self.open.pop() {
            self.atoms.push(Atom::Close(mark));
        }
    }
}

impl Marked {
    fn new(Layout { atoms, marks, .. }: Layout) -> Self {
        let mut spans = vec![(0, 0); marks.len()];
        for (at, atom) in atoms.iter().enumerate() {
            match atom {
                Atom::Open(id) | Atom::Close(id) => {
                    if let Some((open, close)) = spans.get_mut(*id) {
                        *(if matches!(atom, Atom::Open(_)) { open } else { close }) = at;
                    }
                }
                Atom::Text(_) | Atom::Space(_) => {}
            }
        }
        Self { holds: vec![true; marks.len()], atoms, marks, spans }
    }

    fn holds(&self, id: usize) -> bool {
        self.holds.get(id).copied().unwrap_or(false)
    }

    /// Drops marks that would not be read as such; gives whether there were any.
    fn drop_loose(&mut self) -> bool {
        let mut found = false;
        for id in 0..self.marks.len() {
            let Some((mark, (open, close))) = self.marks.get(id).zip(self.spans.get(id).copied()) else { continue };
            if matches!(mark, Mark::Link(_)) || !self.holds(id) {
                continue;
            }
            let sign = self.sign(id).chars().next();
            let is_emphasis = *mark == Mark::Emphasis;
            let fits = |outer: Option<char>, inner: Option<char>| {
                let apart = outer.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation());
                let runs_on = outer.is_some() && (outer == sign || is_emphasis && outer == Some('_'));
                inner.is_some_and(|inner| !inner.is_whitespace() && (apart || inner.is_alphanumeric())) && !runs_on
            };
            let holds = fits(self.before(open), self.after(open)) && fits(self.after(close), self.before(close));
            if !holds && let Some(holds) = self.holds.get_mut(id) {
                *holds = false;
                found = true;
            }
        }
        found
    }

    /// The character that will stand before an atom.
    fn before(&self, at: usize) -> Option<char> {
        self.atoms.iter().take(at).rev().find_map(|atom| match atom {
            Atom::Text(text) => text.chars().next_back(),
            Atom::Open(_) | Atom::Close(_) | Atom::Space(_) => self.edge(atom),
        })
    }

    /// The character that will stand behind an atom.
    fn after(&self, at: usize) -> Option<char> {
        self.atoms.iter().skip(at + 1).find_map(|atom| match atom {
            Atom::Text(text) => text.chars().next(),
            Atom::Open(_) | Atom::Close(_) | Atom::Space(_) => self.edge(atom),
        })
    }

    /// The sign of a mark, as far as it matters for its neighbours; nothing for one that does not hold. Between two
    /// texts there are no more marks than bodies are deep, so that a search for the next character is short.
    fn edge(&self, atom: &Atom) -> Option<char> {
        match atom {
            Atom::Space(_) => Some(' '),
            Atom::Text(_) => None,
            Atom::Open(id) | Atom::Close(id) => match self.marks.get(*id).filter(|_| self.holds(*id))? {
                Mark::Strong => Some('*'),
                Mark::Emphasis => Some('_'),
                Mark::Deleted => Some('~'),
                Mark::Code => None,
                Mark::Link(_) => Some(if matches!(atom, Atom::Open(_)) { '[' } else { ')' }),
            },
        }
    }

    fn sign(&self, id: usize) -> &'static str {
        match self.marks.get(id) {
            Some(Mark::Strong) => "**",
            Some(Mark::Deleted) => "~~",
            // Beside strong words a star would be taken for one of theirs, and within a word `_` is no mark.
            Some(Mark::Emphasis) if self.is_in_word(id) => "*",
            Some(Mark::Emphasis) => "_",
            Some(Mark::Code | Mark::Link(_)) | None => "",
        }
    }

    /// Whether what touches an emphasis from outside may be a letter.
    fn is_in_word(&self, id: usize) -> bool {
        let (open, close) = self.spans.get(id).copied().unwrap_or_default();
        let is_letter = |c: char| !c.is_whitespace() && (!c.is_ascii_punctuation() || c == '_');
        [self.before(open), self.after(close)].into_iter().flatten().any(is_letter)
    }

    fn joined(&self) -> String {
        let mut out = String::new();
        // For each link that is open, where its words begin.
        let mut links: Vec<usize> = Vec::new();
        for atom in &self.atoms {
            match atom {
                Atom::Text(text) => {
                    // Code beside code, where the mark between them is gone.
                    if text.starts_with('`') && out.ends_with('`') && !out.ends_with("\\`") {
                        out.push(' ');
                    }
                    out.push_str(text);
                }
                Atom::Space(space) => out.push_str(space),
                Atom::Open(id) | Atom::Close(id) => match (self.marks.get(*id), atom) {
                    (Some(Mark::Link(_)), Atom::Open(_)) => {
                        // A sign before the bracket would make a picture of the link.
                        let before =
                            out.strip_suffix('!').map(|before| before.len() - before.trim_end_matches('\\').len());
                        if before.is_some_and(|backslashes| backslashes % 2 == 0) {
                            out.pop();
                            out.push_str("\\!");
                        }
                        links.push(out.len());
                        out.push('[');
                    }
                    (Some(Mark::Link(address)), _) => end_link(address, links.pop().unwrap_or_default(), &mut out),
                    (Some(_), _) if self.holds(*id) => out.push_str(self.sign(*id)),
                    (Some(_) | None, _) => {}
                },
            }
        }
        out
    }
}

fn end_link(address: &str, start: usize, out: &mut String) {
    let words = out.get(start + 1..).unwrap_or_default();
    let unescaped: String = words.replace('\\', "");
    if unescaped == address && !address.contains(['<', '>', '\\', ' ']) {
        out.truncate(start);
        out.push_str(&format!("<{address}>"));
    } else {
        out.push_str(&format!("]({})", destination(address)));
    }
}

/// A part of a line as code, between as many backticks as it takes.
fn inline_code(code: &str) -> String {
    let code = code.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    if code.is_empty() {
        return code;
    }
    let marks = "`".repeat(longest_backticks(&code) + 1);
    let gap = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    format!("{marks}{gap}{code}{gap}{marks}")
}

pub(super) fn longest_backticks(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// Words with a backslash before whatever would be a sign of Markdown.
fn escaped(words: &str, line: Line, in_link: bool) -> String {
    let mut out = String::with_capacity(words.len());
    let mut before: Option<char> = None;
    let mut chars = words.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, c)| *c);
        let escape = match c {
            '`' | '*' | '[' | '~' | '^' => true,
            ']' => in_link,
            '\\' => after.is_none_or(|after| after.is_ascii_punctuation()),
            '_' => ![before, after].into_iter().all(|c| c.is_some_and(char::is_alphanumeric)),
            '<' => after.is_none_or(|after| after.is_ascii_alphabetic() || matches!(after, '/' | '!' | '?')),
            '&' => after.is_none_or(|after| after.is_ascii_alphanumeric() || after == '#'),
            '#' | '>' | '+' | '-' | '=' => line == Line::Nothing && at == 0,
            '.' | ')' => {
                let follows_digits = line == Line::Digits || line == Line::Nothing && at > 0;
                follows_digits && words.bytes().take(at).all(|byte| byte.is_ascii_digit())
            }
            _ => false,
        };
        if escape {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
    out
}
