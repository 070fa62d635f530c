//! Several small changes of a text, made into one replacement.

use super::Edit;
use super::text::Text;
use crate::writing::Utf16;
use std::ops::Range;

/// Changes in the order of the text; none overlaps another.
#[derive(Default)]
pub(super) struct Changes(Vec<Change>);

struct Change {
    at: Range<usize>,
    with: Vec<u16>,
    /// Whether a caret that stands here comes to stand behind what is put in.
    opens: bool,
}

impl Changes {
    /// Puts something before what stands here: carets at this place go along.
    pub(super) fn opening(&mut self, at: Range<usize>, with: &str) {
        self.put(at, with, true);
    }

    /// Puts something behind what stands before this place: carets stay.
    pub(super) fn closing(&mut self, at: Range<usize>, with: &str) {
        self.put(at, with, false);
    }

    /// Puts something in, either way.
    pub(super) fn put(&mut self, at: Range<usize>, with: &str, opens: bool) {
        if !at.is_empty() || !with.is_empty() {
            self.0.push(Change { at, with: with.encode_utf16().collect(), opens });
        }
    }

    /// All as one replacement; `select` are places in the old text.
    pub(super) fn finish(self, text: &Text<'_>, select: Range<usize>) -> Edit {
        let select = offset(self.moved(select.start))..offset(self.moved(select.end));
        let (Some(first), Some(last)) = (self.0.first(), self.0.last()) else {
            return Edit { replace: select.start..select.start, with: Utf16::default(), select };
        };
        let (start, end) = (first.at.start, last.at.end);
        let mut with = Vec::new();
        let mut done = start;
        for change in &self.0 {
            with.extend_from_slice(text.slice(done..change.at.start));
            with.extend_from_slice(&change.with);
            done = change.at.end;
        }
        Edit { replace: offset(start)..offset(end), with: Utf16(with), select }
    }

    /// Where a place of the old text is in the new one.
    fn moved(&self, place: usize) -> usize {
        let mut moved = place;
        for change in &self.0 {
            let Change { at, with, opens } = change;
            if at.start < place || at.start == place && *opens {
                // A place within what goes comes to stand behind what comes.
                moved = moved + with.len() - at.len().min(place - at.start);
            }
        }
        moved
    }
}

/// A text in a browser is shorter than this.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
