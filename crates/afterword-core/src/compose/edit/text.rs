//! A text with a selection in it, and its lines.

use std::ops::Range;

pub(super) const NEWLINE: u16 = b'\n' as u16;
const RETURN: u16 = b'\r' as u16;
const SPACE: u16 = b' ' as u16;
const TAB: u16 = b'\t' as u16;

/// A text, and the part of it that is selected, which cuts no pair and no line end.
pub(super) struct Text<'a> {
    pub(super) units: &'a [u16],
    pub(super) selected: Range<usize>,
}

/// What stands before the words of a line.
pub(super) struct Prefix {
    /// Where the `>` of quotations end, and the space after the last.
    pub(super) quotes_end: usize,
    /// The marker of a list item with the white space after it.
    pub(super) marker: Option<Marker>,
    /// Where the words begin.
    pub(super) words: usize,
}

/// `- ` or `12. `.
pub(super) struct Marker {
    pub(super) at: Range<usize>,
    /// The number of a numbered item, with the sign after it.
    pub(super) number: Option<(u32, u16)>,
}

impl<'a> Text<'a> {
    pub(super) fn new(units: &'a [u16], selection: Range<u32>) -> Self {
        let len = units.len();
        let from = (selection.start.min(selection.end) as usize).min(len);
        let to = (selection.start.max(selection.end) as usize).min(len);
        let mut text = Self { units, selected: from..to };
        let is_caret = from == to;
        if text.cuts(from) {
            text.selected.start = from - 1;
        }
        if is_caret {
            text.selected.end = text.selected.start;
        } else if text.cuts(to) {
            text.selected.end = to + 1;
        }
        text
    }

    /// Whether the place lies within a surrogate pair, or between the two characters of a line end.
    fn cuts(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.get(before));
        match (before, self.get(at)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => true,
            (Some(before), Some(after)) => before == RETURN && after == NEWLINE,
            (None, _) | (_, None) => false,
        }
    }

    pub(super) fn get(&self, at: usize) -> Option<u16> {
        self.units.get(at).copied()
    }

    pub(super) fn slice(&self, range: Range<usize>) -> &'a [u16] {
        self.units.get(range).unwrap_or_default()
    }

    pub(super) fn is_caret(&self) -> bool {
        self.selected.is_empty()
    }

    /// Whether a line ends within the selection.
    pub(super) fn has_lines(&self) -> bool {
        self.slice(self.selected.clone()).iter().any(|unit| is_line_end(*unit))
    }

    pub(super) fn line_start(&self, at: usize) -> usize {
        let before = self.slice(0..at);
        before.iter().rposition(|unit| is_line_end(*unit)).map_or(0, |end| end + 1)
    }

    pub(super) fn line_end(&self, at: usize) -> usize {
        let after = self.slice(at..self.units.len());
        after.iter().position(|unit| is_line_end(*unit)).map_or(self.units.len(), |end| at + end)
    }

    /// The lines that the selection touches, without their ends. One that it only reaches the start of does not count.
    pub(super) fn lines(&self) -> Vec<Range<usize>> {
        let mut to = self.selected.end;
        if !self.is_caret() && to == self.line_start(to) && to > self.selected.start {
            to = self.before_line_end(to);
        }
        let mut lines = Vec::new();
        let mut start = self.line_start(self.selected.start);
        loop {
            let end = self.line_end(start);
            lines.push(start..end);
            if end >= to || end == self.units.len() {
                return lines;
            }
            start = self.after_line_end(end);
        }
    }

    /// The line before the one that begins here.
    pub(super) fn line_before(&self, start: usize) -> Option<Range<usize>> {
        (start > 0).then(|| {
            let end = self.before_line_end(start);
            self.line_start(end)..end
        })
    }

    /// The line after the one that ends here.
    pub(super) fn line_after(&self, end: usize) -> Option<Range<usize>> {
        (end < self.units.len()).then(|| {
            let start = self.after_line_end(end);
            start..self.line_end(start)
        })
    }

    pub(super) fn after_line_end(&self, end: usize) -> usize {
        let is_pair = self.get(end) == Some(RETURN) && self.get(end + 1) == Some(NEWLINE);
        (end + if is_pair { 2 } else { 1 }).min(self.units.len())
    }

    fn before_line_end(&self, start: usize) -> usize {
        let is_pair = start >= 2 && self.get(start - 1) == Some(NEWLINE) && self.get(start - 2) == Some(RETURN);
        start.saturating_sub(if is_pair { 2 } else { 1 })
    }

    /// The range without the white space around it; empty and at its end where there is nothing else.
    pub(super) fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let units = self.slice(range.clone());
        let Some(first) = units.iter().position(|unit| !is_space(*unit)) else { return range.end..range.end };
        let last = units.iter().rposition(|unit| !is_space(*unit)).unwrap_or(first);
        range.start + first..range.start + last + 1
    }

    pub(super) fn is_blank(&self, range: Range<usize>) -> bool {
        self.slice(range).iter().all(|unit| is_space(*unit))
    }

    /// How often a character stands right before a place, but not before `stop`; one behind a backslash does not count.
    pub(super) fn run_before(&self, at: usize, of: u16, stop: usize) -> usize {
        let count = self.slice(stop.min(at)..at).iter().rev().take_while(|unit| **unit == of).count();
        let is_escaped = at > count && at - count > stop && self.get(at - count - 1) == Some(u16::from(b'\\'));
        count - usize::from(is_escaped && count > 0)
    }

    /// How often a character stands right after a place, but not after `stop`.
    pub(super) fn run_after(&self, at: usize, of: u16, stop: usize) -> usize {
        self.slice(at..stop.max(at)).iter().take_while(|unit| **unit == of).count()
    }

    /// What stands before the words of a line.
    pub(super) fn prefix(&self, line: &Range<usize>) -> Prefix {
        let mut at = line.start;
        let mut quotes_end = at;
        loop {
            let spaces = self.run_after(at, SPACE, line.end);
            if self.get(at + spaces) != Some(u16::from(b'>')) || at + spaces >= line.end || spaces > 3 {
                break;
            }
            at += spaces + 1;
            at += usize::from(at < line.end && self.get(at) == Some(SPACE));
            quotes_end = at;
        }
        let words = self.skip_blanks(quotes_end, line.end);
        let marker = self.marker(words, line.end);
        let words = marker.as_ref().map_or(words, |marker| marker.at.end);
        Prefix { quotes_end, marker, words }
    }

    fn skip_blanks(&self, at: usize, end: usize) -> usize {
        at + self.slice(at..end).iter().take_while(|unit| matches!(**unit, SPACE | TAB)).count()
    }

    /// A bullet or a number of at most nine digits (more are no list to any reader of Markdown), and a blank.
    fn marker(&self, at: usize, end: usize) -> Option<Marker> {
        const DIGITS_MAX: usize = 9;
        let blank_after = |sign: usize| {
            let words = self.skip_blanks(sign + 1, end);
            (words > sign + 1).then_some(at..words)
        };
        let digits: Vec<u32> =
            self.slice(at..end).iter().map_while(|unit| char::from_u32(u32::from(*unit))?.to_digit(10)).collect();
        let sign = char::from_u32(u32::from(self.get(at + digits.len())?))?;
        match (digits.len(), sign) {
            (0, '-' | '+' | '*') => Some(Marker { at: blank_after(at)?, number: None }),
            (1..=DIGITS_MAX, '.' | ')') => {
                let number = digits.iter().fold(0, |number, digit| number * 10 + digit);
                let sign_unit = self.get(at + digits.len())?;
                Some(Marker { at: blank_after(at + digits.len())?, number: Some((number, sign_unit)) })
            }
            _ => None,
        }
    }

    /// The character of the fence that a line is, and how long that is.
    pub(super) fn fence(&self, line: &Range<usize>) -> Option<(u16, usize)> {
        let at = self.skip_blanks(line.start, line.end);
        let of = self.get(at).filter(|unit| at < line.end && matches!(*unit, 0x60 | 0x7e))?;
        let len = self.run_after(at, of, line.end);
        (len >= 3).then_some((of, len))
    }

    /// Whether a place lies in a fenced block.
    pub(super) fn is_fenced(&self, at: usize) -> bool {
        let mut open: Option<(u16, usize)> = None;
        let mut line = 0..self.line_end(0);
        while line.end < at {
            match (open, self.fence(&line)) {
                (None, Some(fence)) => open = Some(fence),
                (Some((of, len)), Some((closing, closing_len))) if of == closing && closing_len >= len => open = None,
                (None | Some(_), _) => {}
            }
            match self.line_after(line.end) {
                Some(next) => line = next,
                None => break,
            }
        }
        open.is_some()
    }
}

pub(super) fn is_line_end(unit: u16) -> bool {
    matches!(unit, NEWLINE | RETURN)
}

/// White space, of which Markdown wants none on the inner side of its marks.
pub(super) fn is_space(unit: u16) -> bool {
    char::from_u32(u32::from(unit)).is_some_and(char::is_whitespace)
}

/// The longest run of a character.
pub(super) fn longest_run(units: &[u16], of: u16) -> usize {
    units.split(|unit| *unit != of).map(<[u16]>::len).max().unwrap_or(0)
}
