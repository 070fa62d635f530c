//! Blocks: some twenty rows in one element that the browser may leave out of layout while it is off the screen.

use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

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

/// Differences below this are not worth a style change, in CSS pixels.
const HEIGHT_STEP: f64 = 2.0;

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

    /// Lets the browser leave this block out of layout while it is off the screen, as a box of this height.
    pub(super) fn contain(&mut self, height: f64) {
        let height = height.max(0.0).round();
        match self.height {
            Some(before) if (before - height).abs() < HEIGHT_STEP => return,
            Some(_) => {}
            None => {
                let _ = self.element.class_list().add_1("contained");
            }
        }
        self.height = Some(height);
        let _ = self.element.style().set_property("contain-intrinsic-block-size", &pixels(height));
    }

    /// Whether the browser may leave it out of layout.
    pub(super) fn is_contained(&self) -> bool {
        self.height.is_some()
    }

    /// Puts these rows, and no others, into the block. With `pinned`, that row (which is one of them, and in the block
    /// already) stays where it is in the document, and the others are put around it.
    pub(super) fn replace(&mut self, comments: Vec<u32>, rows: &[Element], pinned: Option<&Element>) {
        let before = rows.iter().take_while(|row| Some(*row) != pinned);
        match pinned.filter(|pinned| pinned.parent_element().as_ref() == Some(&self.element)) {
            None => self.element.replace_children_with_node(&rows.iter().collect()),
            Some(pinned) => {
                let count = before.clone().count();
                let (before, after): (Array, Array) = (before.collect(), rows.iter().skip(count + 1).collect());
                for other in [Sibling::Before, Sibling::After] {
                    while let Some(row) = other.of(pinned) {
                        row.remove();
                    }
                }
                let _ = pinned.before_with_node(&before);
                let _ = pinned.after_with_node(&after);
            }
        }
        self.comments = comments;
        self.localised = false;
    }
}

/// A whole number of CSS pixels. Written as an integer: the code that writes floats is large.
fn pixels(length: f64) -> String {
    format!("{}px", length as u32)
}

#[derive(Clone, Copy)]
enum Sibling {
    Before,
    After,
}

impl Sibling {
    fn of(self, element: &Element) -> Option<Element> {
        match self {
            Self::Before => element.previous_element_sibling(),
            Self::After => element.next_element_sibling(),
        }
    }
}
