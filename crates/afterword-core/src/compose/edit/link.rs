//! Links: `[words](address)`.

use super::Edit;
use super::change::Changes;
use super::text::Text;
use crate::body::url::check_author_link;
use std::ops::Range;

/// What stands where the address will: selected, so that what is pasted replaces it.
const ADDRESS: &str = "https://";

/// Makes what is selected a link: words get an address to be typed, an address gets words. Within a link, the link goes
/// and its words stay.
pub(super) fn link(text: &Text<'_>) -> Edit {
    let mut changes = Changes::default();
    if let Some((words, end)) = link_around(text) {
        changes.closing(words.start - 1..words.start, "");
        changes.closing(words.end..end, "");
        return changes
            .finish(text, text.selected.start.clamp(words.start, words.end)..text.selected.end.min(words.end));
    }
    let at = of_one_line(text);
    let selected = String::from_utf16_lossy(text.slice(at.clone()));
    if check_author_link(&selected).is_some() {
        changes.opening(at.start..at.start, "[");
        changes.closing(at.start..at.start, "](");
        changes.closing(at.end..at.end, ")");
        return changes.finish(text, at.start..at.start);
    }
    changes.opening(at.start..at.start, "[");
    changes.closing(at.end..at.end, &format!("]({ADDRESS})"));
    let mut edit = changes.finish(text, at.clone());
    if !at.is_empty() {
        // The address is what is missing.
        let start = edit.select.end + 2;
        edit.select = start..start + u32::try_from(ADDRESS.len()).unwrap_or(0);
    }
    edit
}

/// Makes what is selected a link to this address.
pub(super) fn link_to(text: &Text<'_>, address: &str) -> Option<Edit> {
    let address = check_author_link(address)?;
    let at = text.trimmed(text.selected.clone());
    let selected = String::from_utf16_lossy(text.slice(at.clone()));
    if at.is_empty() || text.has_lines() || check_author_link(&selected).is_some() || link_around(text).is_some() {
        return None;
    }
    let address = address.as_str();
    // Brackets and blanks would end the address early.
    let address = if address.contains(['(', ')', ' ']) { format!("<{address}>") } else { address.to_owned() };
    let mut changes = Changes::default();
    changes.opening(at.start..at.start, "[");
    changes.closing(at.end..at.end, &format!("]({address})"));
    let mut edit = changes.finish(text, at);
    let behind = edit.replace.start + u32::try_from(edit.with.0.len()).unwrap_or(0);
    edit.select = behind..behind;
    Some(edit)
}

/// The selection, trimmed; of several lines the first.
fn of_one_line(text: &Text<'_>) -> Range<usize> {
    let selected = text.selected.clone();
    if text.is_caret() {
        return selected;
    }
    let parts = text.lines().into_iter().map(|line| {
        let start = selected.start.max(text.prefix(&line).words.min(line.end));
        text.trimmed(start..selected.end.min(line.end).max(start))
    });
    parts.into_iter().find(|part| !part.is_empty()).unwrap_or(selected.end..selected.end)
}

/// The words of the link that the selection lies in, and where that link ends.
fn link_around(text: &Text<'_>) -> Option<(Range<usize>, usize)> {
    let line = text.line_start(text.selected.start)..text.line_end(text.selected.start);
    let unit = |c: u8| u16::from(c);
    let mut at = line.start;
    // Each search begins where the one before has ended, so a line is read twice at most.
    while let Some(open) = position(text, at..line.end, unit(b'[')) {
        let close = position(text, open..line.end, unit(b']'))?;
        let inner = position_back(text, open..close, unit(b'[')).unwrap_or(open);
        let end = (text.get(close + 1) == Some(unit(b'(')))
            .then(|| position(text, close..line.end, unit(b')')))
            .flatten()
            .map(|end| end + 1);
        if let Some(end) = end
            && text.selected.start >= inner
            && text.selected.end <= end
            // Right before or behind it is not in it.
            && !(text.is_caret() && (text.selected.start == inner || text.selected.start == end))
        {
            return Some((inner + 1..close, end));
        }
        at = close + 1;
    }
    None
}

fn position(text: &Text<'_>, range: Range<usize>, of: u16) -> Option<usize> {
    text.slice(range.clone()).iter().position(|unit| *unit == of).map(|at| range.start + at)
}

fn position_back(text: &Text<'_>, range: Range<usize>, of: u16) -> Option<usize> {
    text.slice(range.clone()).iter().rposition(|unit| *unit == of).map(|at| range.start + at)
}
