//! Where elements are written to, and a row, walked once: its parts and what they hold go to a writer, which makes markup of them or words for the browser.

use super::part::{FOLD, HEAD, MUTED, Part, ROW, Slot};
use super::row::{BODY_SHOWN_BYTES, RowView, SlotTarget, body_of};
use afterword_core::body::{Body, Policy};

/// Takes elements in document order. Attributes come directly after their element is opened.
pub trait ElementWriter: SlotTarget {
    /// An element begins.
    fn open(&mut self, tag: &'static str);
    /// What comes up to the next element is one slot's.
    fn slot(&mut self) {}
    /// A checked text comes.
    fn body(&mut self, body: &Body);
    /// The innermost element ends.
    fn close(&mut self, tag: &'static str);
}

/// Writes one row.
pub fn write_row(out: &mut impl ElementWriter, view: &RowView<'_>, policy: &Policy) {
    write_part(out, &ROW, view, policy);
}

/// Writes what stands in the place of a text whose author the reader has muted.
pub fn write_muted(out: &mut impl ElementWriter, view: &RowView<'_>, policy: &Policy) {
    write_part(out, &MUTED, view, policy);
}

/// Writes what is in the line above the text, without the line's own element.
pub fn write_head(out: &mut impl ElementWriter, view: &RowView<'_>, policy: &Policy) {
    for part in HEAD.children {
        write_part(out, part, view, policy);
    }
}

/// Writes what stands between the line above the text and the button that hides the replies.
pub fn write_below_head(out: &mut impl ElementWriter, view: &RowView<'_>, policy: &Policy) {
    let others = |part: &&Part| part.class != HEAD.class && !matches!(part.slot, Some(Slot::Muted | Slot::Fold));
    for part in ROW.children.iter().filter(others) {
        write_part(out, part, view, policy);
    }
}

/// Writes the button that hides and shows the replies, if there are any.
pub fn write_fold(out: &mut impl ElementWriter, view: &RowView<'_>, policy: &Policy) {
    write_part(out, &FOLD, view, policy);
}

/// Writes one part and what is in it. The recursion is over the constant [`ROW`], four levels deep.
fn write_part(out: &mut impl ElementWriter, part: &Part, view: &RowView<'_>, policy: &Policy) {
    if part.slot.is_some_and(|slot| !view.has(slot)) {
        return;
    }
    out.open(part.tag);
    if !part.class.is_empty() {
        out.attr("class", part.class);
    }
    for &(name, value) in part.attrs {
        out.attr(name, value);
    }
    if let Some(slot) = part.slot {
        out.slot();
        view.fill(slot, out);
    }
    if part.slot == Some(Slot::Body) {
        out.body(&body_of(view.comment(), BODY_SHOWN_BYTES, policy));
    }
    for child in part.children {
        write_part(out, child, view, policy);
    }
    out.close(part.tag);
}
