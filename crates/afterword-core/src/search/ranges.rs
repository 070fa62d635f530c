//! Where in a text the words of a query stand.

use super::fold::fold_char;
use std::ops::Range;

/// Where one character of the source ended.
struct Step {
    /// In the folded text, in bytes.
    folded: usize,
    /// In the source, in UTF-16 units.
    source: u32,
}

/// The places of the needles (folded, not empty), in UTF-16 units, sorted, those that touch or overlap drawn together.
pub(super) fn ranges<'a>(text: &str, needles: impl Iterator<Item = &'a str>) -> Vec<Range<u32>> {
    let mut found: Vec<Range<u32>> = Vec::new();
    let mut folded = String::with_capacity(text.len());
    let mut steps = Vec::new();
    for needle in needles {
        if folded.is_empty() {
            steps = fold_in_steps(text, &mut folded);
        }
        found.extend(folded.match_indices(needle).map(|(at, _)| source_range(&steps, at..at + needle.len())));
    }
    found.sort_unstable_by_key(|range| range.start);
    found.dedup_by(|next, last| {
        let meets = next.start <= last.end;
        if meets {
            last.end = last.end.max(next.end);
        }
        meets
    });
    found
}

fn fold_in_steps(text: &str, folded: &mut String) -> Vec<Step> {
    let mut steps = Vec::with_capacity(text.len());
    let mut source = 0_u32;
    for c in text.chars() {
        fold_char(c, folded);
        source = source.saturating_add(if c.len_utf16() == 1 { 1 } else { 2 });
        steps.push(Step { folded: folded.len(), source });
    }
    steps
}

/// The characters that have become this part of the folded text, with those after them that have become nothing.
fn source_range(steps: &[Step], part: Range<usize>) -> Range<u32> {
    let first = steps.partition_point(|step| step.folded <= part.start);
    let start = first.checked_sub(1).and_then(|before| steps.get(before)).map_or(0, |step| step.source);
    // The character in which the part ends, and behind it all for which the folded text did not grow.
    let last = steps.partition_point(|step| step.folded < part.end);
    let reached = steps.get(last).map_or(part.end, |step| step.folded);
    let after = steps.partition_point(|step| step.folded <= reached);
    let end = after.checked_sub(1).and_then(|last| steps.get(last)).map_or(start, |step| step.source);
    start..end
}
