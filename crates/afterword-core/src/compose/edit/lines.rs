//! What is done to whole lines: quotations, lists, blocks of code.

use super::Edit;
use super::change::Changes;
use super::text::{Text, longest_run};
use std::ops::Range;

const BACKTICK: u16 = b'`' as u16;

/// Puts `> ` before the lines, or takes it away where all have it. A blank line parts them from what is around them,
/// which would otherwise become part of the quotation.
pub(super) fn quote(text: &Text<'_>) -> Edit {
    let lines = text.lines();
    let quoted = |line: &Range<usize>| text.prefix(line).quotes_end > line.start;
    let filled: Vec<_> = lines.iter().filter(|line| !text.is_blank((*line).clone())).collect();
    let mut changes = Changes::default();
    if !filled.is_empty() && filled.iter().all(|line| quoted(line)) {
        for line in lines.iter().filter(|line| quoted(line)) {
            changes.closing(line.start..first_quote_end(text, line), "");
        }
    } else {
        let (before, after) = gaps(text, &lines, quoted);
        for (index, line) in lines.iter().enumerate() {
            let gap = if index == 0 { before } else { "" };
            let is_bare = text.is_blank(line.clone()) && lines.len() > 1;
            changes.opening(line.start..line.start, &format!("{gap}{}", if is_bare { ">" } else { "> " }));
        }
        close_lines(&mut changes, &lines, after);
    }
    changes.finish(text, text.selected.clone())
}

/// Puts `- ` before the lines, or takes it away where all have it; numbers become bullets.
pub(super) fn list(text: &Text<'_>) -> Edit {
    let lines = text.lines();
    let is_item = |line: &Range<usize>| text.prefix(line).marker.is_some();
    let is_bullet = |line: &Range<usize>| text.prefix(line).marker.is_some_and(|marker| marker.number.is_none());
    let mut filled: Vec<_> = lines.iter().filter(|line| !text.is_blank((*line).clone())).collect();
    let mut changes = Changes::default();
    if !filled.is_empty() && filled.iter().all(|line| is_bullet(line)) {
        for line in filled {
            if let Some(marker) = text.prefix(line).marker {
                changes.closing(marker.at, "");
            }
        }
        return changes.finish(text, text.selected.clone());
    }
    if filled.is_empty() {
        filled.extend(lines.first());
    }
    let (before, after) = gaps(text, &lines, is_item);
    for (index, line) in filled.into_iter().enumerate() {
        if index == 0 {
            changes.opening(line.start..line.start, before);
        }
        let prefix = text.prefix(line);
        changes.opening(prefix.marker.map_or(prefix.words..prefix.words, |marker| marker.at), "- ");
    }
    close_lines(&mut changes, &lines, after);
    changes.finish(text, text.selected.clone())
}

/// Puts fences around the lines, or takes them away. A fence is longer than any run of backticks between.
pub(super) fn fence(text: &Text<'_>) -> Edit {
    let lines = text.lines();
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
        return Changes::default().finish(text, text.selected.clone());
    };
    let mut changes = Changes::default();
    let around = text.line_before(first.start).zip(text.line_after(last.end));
    let around = around.filter(|(before, after)| text.fence(before).is_some() && text.fence(after).is_some());
    if let Some((before, after)) = around {
        changes.closing(before.start..first.start, "");
        changes.closing(last.end..after.end, "");
        return changes.finish(text, first.start..last.end);
    }
    if lines.len() > 2 && text.fence(first).is_some() && text.fence(last).is_some() {
        let second = text.after_line_end(first.end);
        let before_last = text.line_before(last.start).map_or(last.start, |line| line.end);
        changes.closing(first.start..second, "");
        changes.closing(before_last..last.end, "");
        return changes.finish(text, second..before_last);
    }
    let all = first.start..last.end;
    let fence = "`".repeat((longest_run(text.slice(all.clone()), BACKTICK) + 1).max(3));
    changes.opening(all.start..all.start, &format!("{fence}\n"));
    changes.closing(all.end..all.end, &format!("\n{fence}"));
    changes.finish(text, all)
}

/// Begins the next item of a list, or ends the list.
pub(super) fn next_item(text: &Text<'_>) -> Option<Edit> {
    let at = text.selected.start;
    let line = text.line_start(at)..text.line_end(at);
    let prefix = text.prefix(&line);
    let marker = prefix.marker.as_ref().filter(|_| prefix.words <= at)?;
    if text.is_fenced(line.start) {
        return None;
    }
    let mut changes = Changes::default();
    if text.is_caret() && text.is_blank(prefix.words..line.end) {
        changes.closing(prefix.quotes_end..line.end, "");
        return Some(changes.finish(text, at..at));
    }
    let before = String::from_utf16_lossy(text.slice(line.start..marker.at.start));
    let bullet = match marker.number {
        // Nine digits are the most that a number may have.
        Some((number, sign)) => {
            let next = number.saturating_add(1).min(999_999_999);
            format!("{next}{} ", char::from_u32(u32::from(sign)).unwrap_or('.'))
        }
        None => String::from_utf16_lossy(text.slice(marker.at.clone())),
    };
    // White space before the caret would hang at the end of the old item.
    let blanks = text.slice(prefix.words..at).iter().rev().take_while(|unit| **unit == u16::from(b' ')).count();
    changes.opening(at - blanks..text.selected.end, &format!("\n{before}{bullet}"));
    Some(changes.finish(text, text.selected.end..text.selected.end))
}

/// Puts a block below the line of the caret, and the caret below the block.
pub(super) fn insert_block(text: &Text<'_>, block: &str) -> Edit {
    let line = text.line_start(text.selected.end)..text.line_end(text.selected.end);
    let is_blank = text.is_blank(line.clone());
    let at = if is_blank { line.clone() } else { line.end..line.end };
    let is_after_words = text.line_before(line.start).is_some_and(|before| !text.is_blank(before));
    let before = match (is_blank, is_after_words) {
        (false, _) => "\n\n",
        (true, true) => "\n",
        (true, false) => "",
    };
    let mut changes = Changes::default();
    changes.opening(at.clone(), &format!("{before}{block}\n\n"));
    let below = text.line_after(line.end).filter(|below| !text.is_blank(below.clone()));
    if below.is_some() {
        changes.closing(at.end..at.end, "\n");
    }
    changes.finish(text, at.end..at.end)
}

/// Line ends that part lines from filled ones before and after them which are not of their kind.
fn gaps(
    text: &Text<'_>,
    lines: &[Range<usize>],
    is_kind: impl Fn(&Range<usize>) -> bool,
) -> (&'static str, &'static str) {
    let parts = |line: Option<Range<usize>>| {
        let apart = line.is_some_and(|line| !text.is_blank(line.clone()) && !is_kind(&line));
        if apart { "\n" } else { "" }
    };
    let before = lines.first().and_then(|first| text.line_before(first.start));
    let after = lines.last().and_then(|last| text.line_after(last.end));
    (parts(before), parts(after))
}

fn close_lines(changes: &mut Changes, lines: &[Range<usize>], after: &str) {
    if let Some(last) = lines.last() {
        changes.closing(last.end..last.end, after);
    }
}

/// Where the outermost `>` of a line ends, with the space after it.
fn first_quote_end(text: &Text<'_>, line: &Range<usize>) -> usize {
    let sign = text.slice(line.clone()).iter().position(|unit| *unit == u16::from(b'>'));
    let end = sign.map_or(line.start, |sign| line.start + sign + 1);
    end + usize::from(end < line.end && text.get(end) == Some(u16::from(b' ')))
}
