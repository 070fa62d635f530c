//! Blocks: some rows in one element that the browser may leave out of layout while it is off the screen.

use super::times::Written;
use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement};

/// An element that the browser may leave out of layout, as a box of a height that is said for it.
pub(super) struct Frame {
    pub(super) element: HtmlElement,
    laid_out: bool,
    /// That height, in CSS pixels. `None` while the renderer has said none, as of prerendered blocks until their rows
    /// move.
    height: Option<f64>,
}

/// What a height differs from what was said by less than this share is not worth a change of style, which costs a layout
/// of all blocks.
const HEIGHT_STEP: f64 = 0.1;

impl Frame {
    /// The element takes part in the layout, as far as the style sheet lets it.
    pub(super) fn of(element: HtmlElement) -> Self {
        Self { element, laid_out: false, height: None }
    }

    /// Other things are in it now: lets the browser leave it out of layout while it is off the screen, as a box of this
    /// height.
    pub(super) fn contain(&mut self, height: f64) {
        if self.height.is_none() {
            let _ = self.element.class_list().add_1("contained");
            self.write(height);
        } else {
            self.measured(height);
        }
    }

    /// It has been seen at this height, or will have it.
    pub(super) fn measured(&mut self, height: f64) {
        if self.height.is_some_and(|before| (before - height).abs() > HEIGHT_STEP * before) {
            self.write(height);
        }
    }

    /// Keeps it in the layout, wherever it is, or leaves that to the browser again.
    ///
    /// While rows move, this holds what is on the screen and what was. Chromium keeps the box of a block that was laid
    /// out with some of its rows taken away, and then left out of layout before they were replaced: rows then lie over
    /// each other. Going from one to the other mends that.
    pub(super) fn lay_out(&mut self, always: bool) {
        if self.laid_out != always {
            self.laid_out = always;
            let _ = self.element.class_list().toggle_with_force("laid-out", always);
        }
    }

    fn write(&mut self, height: f64) {
        self.height = Some(height);
        let _ = self.element.style().set_property("contain-intrinsic-block-size", &pixels(height));
    }
}

/// One block and what is in it.
pub(super) struct Block {
    frame: Frame,
    /// Never reused, so that a row can name its block while blocks change places.
    pub(super) serial: u32,
    /// The serial of its group, if it is in one.
    pub(super) group: Option<u32>,
    /// The comments in it, in order; what another block has taken since is still named here.
    pub(super) comments: Vec<u32>,
    /// Whether the times in it have been written in the reader's way.
    pub(super) times: Written,
    /// Whether it was near the screen when the browser last said so.
    pub(super) near: bool,
    hidden: bool,
}

impl Block {
    /// A new, empty block.
    pub(super) fn create(document: &Document, serial: u32, group: Option<u32>) -> Option<Self> {
        let element: HtmlElement = document.create_element("div").ok()?.unchecked_into();
        element.set_class_name("block");
        Some(Self::adopt(element, serial, group))
    }

    /// A block that was prerendered.
    pub(super) fn adopt(element: HtmlElement, serial: u32, group: Option<u32>) -> Self {
        let frame = Frame::of(element);
        Self { frame, serial, group, comments: Vec::new(), times: Written::No, near: false, hidden: false }
    }

    /// Its element.
    pub(super) fn element(&self) -> &HtmlElement {
        &self.frame.element
    }

    /// The height that is said for it, in CSS pixels.
    pub(super) fn height(&self) -> f64 {
        self.frame.height.unwrap_or_default()
    }

    /// See [`Frame::contain`].
    pub(super) fn contain(&mut self, height: f64) {
        self.frame.contain(height);
    }

    /// See [`Frame::measured`].
    pub(super) fn measured(&mut self, height: f64) {
        self.frame.measured(height);
    }

    /// See [`Frame::lay_out`].
    pub(super) fn lay_out(&mut self, always: bool) {
        self.frame.lay_out(always);
    }

    /// Hides the block with all that is in it, so that what looks for something in it can still open it; or shows it
    /// again. The height that is said for it is the caller's.
    pub(super) fn hide(&mut self, hidden: bool) {
        if self.hidden == hidden {
            return;
        }
        self.hidden = hidden;
        let done = if hidden {
            self.lay_out(false);
            self.element().set_attribute("hidden", "until-found")
        } else {
            self.element().remove_attribute("hidden")
        };
        // Refused only for names that are no names, and this is one.
        drop(done);
    }

    /// Whether the block is hidden whole.
    pub(super) fn is_hidden(&self) -> bool {
        self.hidden
    }

    /// Whether the reader sees what is in the block, or would after scrolling a little. Of hidden blocks many may be
    /// near the screen, as they have no height.
    pub(super) fn is_seen(&self) -> bool {
        self.near && !self.hidden
    }
}

/// A whole number of CSS pixels. Written as an integer: the code that writes floats is large.
fn pixels(length: f64) -> String {
    format!("{}px", length as u32)
}
