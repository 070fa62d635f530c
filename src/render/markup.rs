//! Rows as markup, for prerendered pages: the same parts that the browser builds as elements.

use super::BLOCK_ROWS;
use super::part::{Part, ROW, Slot};
use super::row::{BODY_SHOWN_BYTES, RowView, SlotTarget, body_of};
use afterword_core::body::Policy;
use afterword_core::rows::Row;
use afterword_core::thread::Thread;

/// Writes rows in blocks. `first` is the position of the first of them in the whole list, from 0; `page_of` is for
/// links to comments on other static pages, see [`RowView::page_of`].
pub fn write_rows(
    out: &mut String,
    thread: &Thread,
    rows: &[Row],
    first: u32,
    policy: &Policy,
    page_of: Option<&dyn Fn(u32) -> String>,
) {
    let mut position = first;
    for block in rows.chunks(BLOCK_ROWS) {
        out.push_str("<div class=\"block\">");
        for &row in block {
            write_part(out, &ROW, &RowView { thread, row, position, page_of }, policy);
            position += 1;
        }
        out.push_str("</div>");
    }
}

/// Writes one part and what is in it. The recursion is over the constant [`ROW`], four levels deep.
fn write_part(out: &mut String, part: &Part, view: &RowView<'_>, policy: &Policy) {
    if part.slot.is_some_and(|slot| !view.has(slot)) {
        return;
    }
    let mut tag = OpenTag { out, text: String::new() };
    tag.out.push('<');
    tag.out.push_str(part.tag);
    if !part.class.is_empty() {
        tag.attr("class", part.class);
    }
    for &(name, value) in part.attrs {
        tag.attr(name, value);
    }
    if let Some(slot) = part.slot {
        view.fill(slot, &mut tag);
    }
    let text = tag.text;
    out.push('>');
    push_text(out, &text);
    if part.slot == Some(Slot::Body) {
        out.push_str(&body_of(view.comment(), BODY_SHOWN_BYTES, policy).to_html());
    }
    for child in part.children {
        write_part(out, child, view, policy);
    }
    out.push_str("</");
    out.push_str(part.tag);
    out.push('>');
}

struct OpenTag<'a> {
    out: &'a mut String,
    text: String,
}

impl SlotTarget for OpenTag<'_> {
    fn attr(&mut self, name: &'static str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        push_text(self.out, value);
        self.out.push('"');
    }

    fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }
}

/// Escapes text for markup, inside and outside of attributes.
pub fn push_text(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // A parser would drop or replace it; here it is replaced at once, as elements are given the same.
            '\0' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
}
