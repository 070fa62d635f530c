//! Blocks: some twenty rows in one element that the browser may leave out of layout while it is off the screen.

use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement};

/// One block and what is in it.
pub(super) struct Block {
    pub(super) element: HtmlElement,
    /// Never reused, so that a row can name its block while blocks change places.
    pub(super) serial: u32,
    /// The comments in it, in order; what another block has taken since is still named here.
    pub(super) comments: Vec<u32>,
    /// Whether the times in it have been written in the reader's way.
    pub(super) localised: bool,
    /// The height it is said to have while it is left out of layout, in CSS pixels. `None` while it always takes part
    /// in layout, as prerendered blocks do until their rows move.
    height: Option<f64>,
}

/// What a block that is seen differs from its estimate by less than this share is not worth a change of style, which
/// costs a layout of all blocks.
const HEIGHT_STEP: f64 = 0.1;

impl Block {
    /// A new, empty block.
    pub(super) fn create(document: &Document, serial: u32) -> Option<Self> {
        let element: HtmlElement = document.create_element("div").ok()?.unchecked_into();
        element.set_class_name("block");
        Some(Self::adopt(element, serial))
    }

    /// A block that was prerendered.
    pub(super) fn adopt(element: HtmlElement, serial: u32) -> Self {
        Self { element, serial, comments: Vec::new(), localised: false, height: None }
    }

    /// The block has other rows now: lets the browser leave it out of layout while it is off the screen, as a box of
    /// this height.
    ///
    /// The height is written even where it is the same to the eye. Chromium keeps the box that a block had when its
    /// rows were taken away (nothing, often), until its style changes.
    pub(super) fn contain(&mut self, height: f64) {
        if self.height.is_none() {
            let _ = self.element.class_list().add_1("contained");
        }
        let same = self.height.is_some_and(|before| before as u32 == height as u32);
        self.write(if same { height + 1.0 } else { height });
    }

    /// The block has been seen at this height.
    pub(super) fn measured(&mut self, height: f64) {
        if self.height.is_some_and(|before| (before - height).abs() > HEIGHT_STEP * before) {
            self.write(height);
        }
    }

    fn write(&mut self, height: f64) {
        self.height = Some(height);
        let _ = self.element.style().set_property("contain-intrinsic-block-size", &pixels(height));
    }
}

/// A whole number of CSS pixels. Written as an integer: the code that writes floats is large.
fn pixels(length: f64) -> String {
    format!("{}px", length as u32)
}
