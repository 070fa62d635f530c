//! The tree that an element lives in: the document, or a shadow root of somebody's page.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Node, ShadowRoot};

/// What can be asked of a document and of a shadow root alike.
#[derive(Clone)]
pub enum Scope {
    /// The document itself.
    Document(Document),
    /// A shadow root.
    Shadow(ShadowRoot),
}

impl Scope {
    /// The tree of a node that is in the page.
    pub fn of(node: &Node, document: &Document) -> Self {
        match node.get_root_node().dyn_into::<ShadowRoot>() {
            Ok(shadow) => Self::Shadow(shadow),
            Err(_) => Self::Document(document.clone()),
        }
    }

    /// The element with the focus, as seen from inside this tree.
    pub fn active_element(&self) -> Option<Element> {
        match self {
            Self::Document(document) => document.active_element(),
            Self::Shadow(shadow) => shadow.active_element(),
        }
    }

    /// The element at a point of the window, in CSS pixels.
    pub fn element_from_point(&self, x: f32, y: f32) -> Option<Element> {
        match self {
            Self::Document(document) => document.element_from_point(x, y),
            Self::Shadow(shadow) => shadow.element_from_point(x, y),
        }
    }
}
