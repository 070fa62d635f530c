//! How high rows will be, before they have been laid out: good enough for a scroll bar that does not jump.

use super::part::Slot;
use super::row::RowView;
use afterword_core::body::RawBody;
use afterword_core::model::Comment;
use afterword_core::rows::Row;
use afterword_core::thread::Thread;

/// Head, paddings and margins of a row, in CSS pixels.
const ROW_HEIGHT: f64 = 74.0;
/// The line of buttons below a comment.
const FOLD_HEIGHT: f64 = 34.0;
/// One line of text.
const LINE_HEIGHT: f64 = 27.0;
/// One level of indent.
const INDENT_WIDTH: f64 = 16.0;
/// The mean width of a character of text; of East Asian scripts twice that.
const CHARACTER_WIDTH: f64 = 8.1;
/// Less than this is no line, in characters.
const LINE_MIN: f64 = 20.0;
/// So many lines of a text are left where it is only the context of something else, as the style sheet has it.
const CONTEXT_LINES: f64 = 2.0;
/// The share of markup in a comment's HTML that is not shown.
const MARKUP_SHARE: f64 = 0.1;

/// The estimate for one width.
pub(super) struct Estimate {
    width: f64,
    /// Whether there are buttons below every comment.
    acts: bool,
}

impl Estimate {
    /// For a thread of this width, in CSS pixels, with buttons below every comment or just those with replies.
    pub(super) fn for_width(width: f64, acts: bool) -> Self {
        Self { width, acts }
    }

    /// The height of some rows, in CSS pixels.
    pub(super) fn rows(&self, thread: &Thread, rows: &[Row]) -> f64 {
        rows.iter().filter(|row| !row.hidden).map(|&row| self.row(thread, row)).sum()
    }

    fn row(&self, thread: &Thread, row: Row) -> f64 {
        let view = RowView::new(thread, row, 0);
        let width = self.width - INDENT_WIDTH * f64::from(row.indent);
        let line = (width / CHARACTER_WIDTH).max(LINE_MIN);
        let fold = if self.acts || view.has(Slot::Fold) { FOLD_HEIGHT } else { 0.0 };
        let lines = (text_len(view.comment()) * (1.0 - MARKUP_SHARE) / line).ceil().max(1.0);
        let lines = if row.context { lines.min(CONTEXT_LINES) } else { lines };
        ROW_HEIGHT + fold + lines * LINE_HEIGHT
    }
}

/// Bytes stand for characters of a Latin script; what takes three bytes for one character is about twice as wide, so
/// the error stays small.
fn text_len(comment: &Comment) -> f64 {
    let bytes = match &comment.body {
        RawBody::Html(html) => html.len(),
        RawBody::Text(text) => text.len(),
    };
    bytes.min(super::row::BODY_SHOWN_BYTES) as f64
}
