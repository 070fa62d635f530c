//! Marks around words: strong, emphasised, code.
//!
//! Emphasis is written with `_`, because a star right beside those of strong words is read by some as one of them; within
//! a word, where `_` means nothing, with `*`. Both are known when it is taken away.

use super::Edit;
use super::change::Changes;
use super::text::{Text, is_space, longest_run};
use std::ops::Range;

const STAR: u16 = b'*' as u16;
const UNDERSCORE: u16 = b'_' as u16;
const BACKTICK: u16 = b'`' as u16;

/// How words are set off.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stress {
    Strong,
    Emphasis,
}

/// Of a part of one line, how often a mark stands right around it, and at its own start and end.
struct Run {
    of: u16,
    outer: usize,
    inner: usize,
}

impl Run {
    fn new(text: &Text<'_>, at: &Range<usize>, of: u16) -> Self {
        let line = text.line_start(at.start)..text.line_end(at.end);
        let words = text.prefix(&line).words.min(at.start);
        let outer = text.run_before(at.start, of, words).min(text.run_after(at.end, of, line.end));
        let inner = text.run_after(at.start, of, at.end).min(text.run_before(at.end, of, at.start));
        // A selection of nothing but marks is one of signs.
        Self { of, outer, inner: if at.len() > 2 * inner { inner } else { 0 } }
    }

    /// One star is emphasis, two are strong, three both. A line of nothing but stars is none.
    fn is(&self, stress: Stress) -> bool {
        let all = self.outer + self.inner;
        match stress {
            Stress::Strong => all >= 2,
            Stress::Emphasis => all % 2 == 1,
        }
    }

    /// Takes so many marks away on each side: those within the part first, then those around it.
    fn take(&self, at: &Range<usize>, count: usize, changes: &mut Changes) {
        let within = count.min(self.inner);
        let around = (count - within).min(self.outer);
        changes.closing(at.start - around..at.start + within, "");
        changes.closing(at.end - within..at.end + around, "");
    }
}

/// Sets off what is selected, or no longer where it is. Marks do not reach over lines, since each may be a paragraph or a
/// list item of its own.
pub(super) fn set_off(text: &Text<'_>, stress: Stress) -> Edit {
    let signs: &[(u16, usize)] = match stress {
        Stress::Strong => &[(STAR, 2)],
        Stress::Emphasis => &[(UNDERSCORE, 1), (STAR, 1)],
    };
    if let Some(edit) = signs.iter().find_map(|(of, len)| step_out(text, *of, *len)) {
        return edit;
    }
    let parts = parts(text);
    let run_of = |at: &Range<usize>| signs.iter().map(|(of, _)| Run::new(text, at, *of)).find(|run| run.is(stress));
    let take = parts.iter().all(|at| run_of(at).is_some());
    let mut changes = Changes::default();
    for (index, at) in parts.iter().enumerate() {
        match run_of(at) {
            Some(run) if take => {
                run.take(at, if run.of == STAR && stress == Stress::Strong { 2 } else { 1 }, &mut changes)
            }
            Some(_) => {}
            None => {
                let marks = match stress {
                    Stress::Strong => "**",
                    Stress::Emphasis if touches_letters(text, at) => "*",
                    Stress::Emphasis => "_",
                };
                // Of several lines the selection comes to hold all marks, so that it can be taken back.
                let (is_first, is_last) = (index == 0, index + 1 == parts.len());
                changes.put(at.start..at.start, marks, is_last || !is_first);
                changes.put(at.end..at.end, marks, is_last && !is_first);
            }
        }
    }
    let select = parts.first().zip(parts.last()).map(|(first, last)| first.start..last.end);
    changes.finish(text, select.unwrap_or_else(|| text.selected.clone()))
}

/// Whether a letter stands right before or behind a part.
fn touches_letters(text: &Text<'_>, at: &Range<usize>) -> bool {
    let is_letter = |unit: Option<u16>| {
        // Halves of pairs are letters or pictures of which nobody knows here; a star holds beside both.
        unit.is_some_and(|unit| char::from_u32(u32::from(unit)).is_none_or(|c| c.is_alphanumeric() || c == '_'))
    };
    is_letter(at.start.checked_sub(1).and_then(|before| text.get(before))) || is_letter(text.get(at.end))
}

/// Puts backticks around what is selected, as many as it needs, or takes them away.
pub(super) fn code(text: &Text<'_>) -> Edit {
    if let Some(edit) = step_out(text, BACKTICK, 1) {
        return edit;
    }
    let at = parts(text).into_iter().next().unwrap_or_else(|| text.selected.clone());
    let line = text.line_start(at.start)..text.line_end(at.end);
    let outer = (text.run_before(at.start, BACKTICK, line.start), text.run_after(at.end, BACKTICK, line.end));
    let inner = (text.run_after(at.start, BACKTICK, at.end), text.run_before(at.end, BACKTICK, at.start));
    let mut changes = Changes::default();
    if outer.0 > 0 && outer.0 == outer.1 {
        changes.closing(at.start - outer.0..at.start, "");
        changes.closing(at.end..at.end + outer.1, "");
    } else if inner.0 > 0 && inner.0 == inner.1 && at.len() > inner.0 + inner.1 {
        changes.closing(at.start..at.start + inner.0, "");
        changes.closing(at.end - inner.1..at.end, "");
    } else {
        let marks = "`".repeat(longest_run(text.slice(at.clone()), BACKTICK) + 1);
        // A backtick at the edge would run into the marks.
        let gap = if inner.0 + inner.1 > 0 { " " } else { "" };
        changes.opening(at.start..at.start, &format!("{marks}{gap}"));
        changes.closing(at.end..at.end, &format!("{gap}{marks}"));
    }
    changes.finish(text, at)
}

/// A caret right before the end of marked words is moved behind the marks: so the same key begins and ends them.
fn step_out(text: &Text<'_>, of: u16, len: usize) -> Option<Edit> {
    let caret = text.selected.start;
    if !text.is_caret() {
        return None;
    }
    let line = text.line_start(caret)..text.line_end(caret);
    let words = text.prefix(&line).words.min(caret);
    let before = text.slice(words..caret);
    let after = text.run_after(caret, of, line.end);
    let fits = |run: usize| if of == STAR && len == 2 { run >= 2 } else { run % 2 == 1 };
    let stands_in_words = before.last().is_some_and(|unit| *unit != of && !is_space(*unit));
    let begun = before.split(|unit| *unit != of).filter(|run| !run.is_empty() && fits(run.len())).count();
    (stands_in_words && fits(after) && begun % 2 == 1).then(|| {
        let behind = caret + len;
        Changes::default().finish(text, behind..behind)
    })
}

/// What is selected of the words of each line; a caret, or a selection without words, is one empty part.
fn parts(text: &Text<'_>) -> Vec<Range<usize>> {
    let selected = text.selected.clone();
    let of_line = |line: Range<usize>| {
        let start = selected.start.max(text.prefix(&line).words).min(line.end);
        text.trimmed(start..selected.end.min(line.end).max(start))
    };
    let parts: Vec<_> = text.lines().into_iter().map(of_line).filter(|part| !part.is_empty()).collect();
    if text.is_caret() || parts.is_empty() { std::iter::once(selected.end..selected.end).collect() } else { parts }
}
