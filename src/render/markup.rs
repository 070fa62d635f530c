//! Rows as markup, for prerendered pages: the same parts that the browser builds as elements.

use super::BLOCK_ROWS;
use super::row::{Acts, RowView, SlotTarget};
use super::write::{ElementWriter, write_row};
use afterword_core::body::{Body, Policy};
use afterword_core::rows::Row;
use afterword_core::thread::Thread;

/// What rows of a static page have to know of the page.
#[derive(Clone, Copy, Default)]
pub struct Around<'a> {
    /// Leads to the post's folder, where the links in comments start; empty where the page is in it.
    pub way: &'a str,
    /// For links to comments on other static pages, see [`RowView::page_of`].
    pub page_of: Option<&'a dyn Fn(u32) -> String>,
    /// What the app lets readers do in the rows.
    pub acts: Option<&'a Acts>,
}

/// Writes rows in blocks. `first` is the position of the first of them in the whole list, from 0.
pub fn write_rows(out: &mut String, thread: &Thread, rows: &[Row], first: u32, policy: &Policy, around: Around<'_>) {
    let mut position = first;
    let mut markup = Markup { out, in_tag: false, way: around.way };
    for block in rows.chunks(BLOCK_ROWS) {
        markup.out.push_str("<div class=\"block\">");
        for &row in block {
            let mut view = RowView::new(thread, row, position);
            (view.page_of, view.acts) = (around.page_of, around.acts);
            write_row(&mut markup, &view, policy);
            position += 1;
        }
        markup.out.push_str("</div>");
    }
}

/// What `write` writes, as markup.
pub fn markup_of(write: impl FnOnce(&mut Markup<'_>)) -> String {
    let mut out = String::new();
    write(&mut Markup { out: &mut out, in_tag: false, way: "" });
    out
}

/// Writes elements as markup.
pub struct Markup<'a> {
    out: &'a mut String,
    /// Whether the tag that was opened last still takes attributes.
    in_tag: bool,
    /// What leads from the page to the folder that texts are written for; empty where they are in it.
    way: &'a str,
}

impl Markup<'_> {
    fn end_tag(&mut self) {
        if std::mem::take(&mut self.in_tag) {
            self.out.push('>');
        }
    }
}

impl SlotTarget for Markup<'_> {
    fn attr(&mut self, name: &'static str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        push_text(self.out, value);
        self.out.push('"');
    }

    fn text(&mut self, text: &str) {
        self.end_tag();
        push_text(self.out, text);
    }
}

impl ElementWriter for Markup<'_> {
    fn open(&mut self, tag: &'static str) {
        self.end_tag();
        self.out.push('<');
        self.out.push_str(tag);
        self.in_tag = true;
    }

    fn body(&mut self, body: &Body) {
        self.end_tag();
        if self.way.is_empty() {
            self.out.push_str(&body.to_html());
        } else {
            let mut body = body.clone();
            body.rebase(self.way);
            self.out.push_str(&body.to_html());
        }
    }

    fn close(&mut self, tag: &'static str) {
        self.end_tag();
        // The one element of ours that has no end tag.
        if tag != "img" {
            self.out.push_str("</");
            self.out.push_str(tag);
            self.out.push('>');
        }
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
