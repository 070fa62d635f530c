//! A text as paragraphs see it: blank lines, blocks, and what stands in a line.

use super::{UNTOUCHED, is_block, listed};
use crate::markup::{Kind, Scanner, Token};
use std::collections::HashSet;

/// One piece of such a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Piece<'a> {
    /// Text without a blank line in it.
    Text(&'a str),
    /// A blank line, or two `<br>` in a row.
    Blank,
    /// A tag that stands in a line of text.
    Inline(Token<'a>),
    /// `<br>`.
    Break(&'a str),
    /// Something that shows itself: an untouched inline element, whole.
    Content(&'a str),
    /// A comment or a script: it makes no paragraph.
    Comment(&'a str),
    /// A block without an inside: `<hr>`, or `<pre>` with all that is in it.
    Whole(&'a str),
    /// The start of a block.
    Open(Token<'a>),
    /// The end of a block.
    Close(Token<'a>),
}

/// Takes a text apart.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut scanner = Scanner::new(text);
    while let Some(token) = scanner.next() {
        match token.kind {
            Kind::Text => text_pieces(token.raw, &mut pieces),
            Kind::Comment => pieces.push(Piece::Comment(token.raw)),
            Kind::Open | Kind::Close if token.name.eq_ignore_ascii_case("br") => push_break(token.raw, &mut pieces),
            Kind::Open if listed(token.name, &UNTOUCHED) => {
                let raw = scanner.through_end_of(token);
                pieces.push(match token.name {
                    name if is_block(name) => Piece::Whole(raw),
                    name if name.eq_ignore_ascii_case("script") => Piece::Comment(raw),
                    _ => Piece::Content(raw),
                });
            }
            Kind::Open if token.name.eq_ignore_ascii_case("hr") || token.name.eq_ignore_ascii_case("col") => {
                pieces.push(Piece::Whole(token.raw));
            }
            Kind::Open if is_block(token.name) => pieces.push(Piece::Open(token)),
            Kind::Close if is_block(token.name) => pieces.push(Piece::Close(token)),
            Kind::Open | Kind::Close => pieces.push(Piece::Inline(token)),
        }
    }
    pieces
}

/// The second `<br>` in a row makes a blank line of both.
fn push_break<'a>(raw: &'a str, pieces: &mut Vec<Piece<'a>>) {
    let before = match pieces.last() {
        Some(Piece::Text(text)) if text.trim().is_empty() => pieces.len().checked_sub(2),
        _ => pieces.len().checked_sub(1),
    };
    match before.and_then(|index| pieces.get(index).map(|piece| (index, *piece))) {
        Some((index, Piece::Break(_))) => {
            pieces.truncate(index);
            pieces.push(Piece::Blank);
        }
        _ => pieces.push(Piece::Break(raw)),
    }
}

/// Parts a text at its blank lines.
fn text_pieces<'a>(text: &'a str, pieces: &mut Vec<Piece<'a>>) {
    let bytes = text.as_bytes();
    let mut start = 0;
    let mut index = 0;
    while index < bytes.len() {
        if bytes[index] != b'\n' {
            index += 1;
            continue;
        }
        let space = bytes[index..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        let newlines = bytes[index..index + space].iter().filter(|b| **b == b'\n').count();
        if newlines > 1 {
            if start < index {
                pieces.push(Piece::Text(&text[start..index]));
            }
            pieces.push(Piece::Blank);
            start = index + space;
        }
        index += space;
    }
    if start < text.len() {
        pieces.push(Piece::Text(&text[start..]));
    }
}

/// The places of the blocks that have a blank line directly in them: their text becomes paragraphs.
pub(super) fn spaced_containers(pieces: &[Piece<'_>]) -> HashSet<usize> {
    let mut spaced = HashSet::new();
    let mut open: Vec<(usize, &str)> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Open(token) => {
                open.pop_if(|(_, name)| name.eq_ignore_ascii_case("p"));
                open.push((index, token.name));
            }
            Piece::Close(token) => {
                close_to(&mut open, token.name, |(_, name)| name);
            }
            Piece::Blank => {
                if let Some((container, _)) = open.last() {
                    spaced.insert(*container);
                }
            }
            Piece::Text(_) | Piece::Inline(_) | Piece::Break(_) | Piece::Content(_) | Piece::Comment(_) => {}
            Piece::Whole(_) => {
                open.pop_if(|(_, name)| name.eq_ignore_ascii_case("p"));
            }
        }
    }
    spaced
}

/// How far up an end tag looks for its start: forms, tables and lists nest less deeply, and a text with a million
/// unmatched end tags must not take a million steps for each.
pub(super) const CLOSE_LOOKS_MAX: usize = 64;

/// Drops what an end tag closes, and tells whether it closes anything.
pub(super) fn close_to<T>(open: &mut Vec<T>, name: &str, name_of: impl Fn(&T) -> &str) -> bool {
    let found = open.iter().rev().take(CLOSE_LOOKS_MAX).position(|item| name_of(item).eq_ignore_ascii_case(name));
    if let Some(depth) = found {
        open.truncate(open.len() - 1 - depth);
    }
    found.is_some()
}
