//! The reader's place: what they look at, what they have selected, and where the focus is, kept while rows move.

use crate::platform::listener::ReaderMoves;
use crate::platform::scope::Scope;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, Node, ScrollToOptions, Selection, Window};

/// How far below the upper edge of the window the eye is taken to be, in CSS pixels: below a line or two of the comment
/// at the edge.
const READING_LINE: f64 = 48.0;

/// Corrections smaller than this would only blur text, in CSS pixels.
const SCROLL_STEP: f64 = 1.0;

/// Counts the jumps under way to a comment that was asked for; a copy counts the same ones.
#[derive(Clone, Default)]
pub(super) struct Jump(Rc<Cell<u32>>);

impl Jump {
    /// A jump begins; it ends when what this gives is dropped.
    pub(super) fn begin(&self) -> JumpEnd {
        self.0.set(self.0.get() + 1);
        JumpEnd(self.clone())
    }

    fn is_under_way(&self) -> bool {
        self.0.get() > 0
    }
}

/// One jump, as long as it is under way.
pub(super) struct JumpEnd(Jump);

impl Drop for JumpEnd {
    fn drop(&mut self) {
        let jumps = &self.0.0;
        jumps.set(jumps.get().saturating_sub(1));
    }
}

/// What was there before the rows moved.
pub(super) struct Place {
    window: Window,
    jump: Jump,
    anchor: Option<Anchor>,
    focus: Option<HtmlElement>,
    selection: Option<Range>,
}

struct Anchor {
    row: Element,
    top: f64,
    reader: ReaderMoves,
}

struct Range {
    anchor: (Node, u32),
    focus: (Node, u32),
}

impl Place {
    /// Notes the reader's place among the rows below `host`. Where the beginning of the thread is on the screen, the
    /// reader looks at that, and no comment is held; nor is one while the page goes to another.
    pub(super) fn capture(window: &Window, document: &Document, scope: &Scope, host: &Element, jump: &Jump) -> Self {
        let at_start = host.get_bounding_client_rect().top() >= 0.0;
        let anchor =
            if at_start || jump.is_under_way() { None } else { Self::row_at_reading_line(window, scope, host) };
        let focus = scope.active_element().filter(|element| host.contains(Some(element)));
        Self {
            window: window.clone(),
            jump: jump.clone(),
            anchor: anchor.map(|row| Anchor {
                top: row.get_bounding_client_rect().top(),
                row,
                reader: ReaderMoves::watch(window),
            }),
            focus: focus.and_then(|element| element.dyn_into().ok()),
            selection: document.get_selection().ok().flatten().and_then(|selection| Range::of(&selection, host)),
        }
    }

    /// The row under the reader's eyes.
    pub(super) fn anchor(&self) -> Option<&Element> {
        self.anchor.as_ref().map(|anchor| &anchor.row)
    }

    /// Another row is now under the reader's eyes, because that one is hidden: it goes where that one was.
    pub(super) fn pass_to(&mut self, row: Element) {
        if let Some(anchor) = &mut self.anchor {
            anchor.row = row;
        }
    }

    /// The element in a row that must not be moved: it has the focus, or else the selection begins in it.
    pub(super) fn held(&self) -> Option<Node> {
        let focus = self.focus.as_ref().map(|element| element.clone().into());
        focus.or_else(|| self.selection.as_ref().map(|range| range.anchor.0.clone()))
    }

    /// Scrolls so that the row under the reader's eyes is where it was, until the reader scrolls.
    pub(super) fn keep(&mut self) {
        let lost = |anchor: &&Anchor| anchor.reader.happened() || self.jump.is_under_way();
        let Some(anchor) = self.anchor.as_ref().filter(|anchor| !lost(anchor)) else {
            self.anchor = None;
            return;
        };
        let moved = anchor.row.get_bounding_client_rect().top() - anchor.top;
        if moved.abs() >= SCROLL_STEP {
            let options = ScrollToOptions::new();
            options.set_top(self.window.scroll_y().unwrap_or_default() + moved);
            options.set_behavior(web_sys::ScrollBehavior::Instant);
            self.window.scroll_to_with_scroll_to_options(&options);
        }
    }

    /// Gives focus and selection back where moving rows has taken them. A focus that is elsewhere by now stays there.
    pub(super) fn restore(&self, document: &Document, scope: &Scope) {
        if let Some(focus) = &self.focus
            && scope.active_element().is_none_or(|element| element.tag_name() == "BODY")
        {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = focus.focus_with_options(&options);
        }
        if let (Some(range), Ok(Some(selection))) = (&self.selection, document.get_selection()) {
            range.restore(&selection);
        }
    }

    fn row_at_reading_line(window: &Window, scope: &Scope, host: &Element) -> Option<Element> {
        let bounds = host.get_bounding_client_rect();
        let height = window.inner_height().ok()?.as_f64()?;
        let middle = bounds.left() + bounds.width() / 2.0;
        // Between two rows there is nothing to be found: a few lines further down there is.
        [0.0, 24.0, 72.0, 144.0].iter().find_map(|further| {
            let y = READING_LINE + further;
            let found = scope.element_from_point(as_pixels(middle), as_pixels(y.min(height - 1.0)))?;
            found.closest("article.comment").ok()?.filter(|row| host.contains(Some(row)))
        })
    }
}

impl Range {
    fn of(selection: &Selection, host: &Element) -> Option<Self> {
        let anchor = selection.anchor_node().filter(|node| host.contains(Some(node)))?;
        let focus = selection.focus_node().filter(|node| host.contains(Some(node)))?;
        (!selection.is_collapsed())
            .then(|| Self { anchor: (anchor, selection.anchor_offset()), focus: (focus, selection.focus_offset()) })
    }

    fn restore(&self, selection: &Selection) {
        let kept = selection.anchor_node().as_ref() == Some(&self.anchor.0)
            && selection.focus_node().as_ref() == Some(&self.focus.0)
            && !selection.is_collapsed();
        if !kept {
            let ((anchor, from), (focus, to)) = (&self.anchor, &self.focus);
            // Fails where a node is gone with its comment; then there is nothing left to select.
            let _ = selection.set_base_and_extent(anchor, *from, focus, *to);
        }
    }
}

/// Whole CSS pixels, as `elementFromPoint` takes them.
fn as_pixels(length: f64) -> f32 {
    length as f32
}
