//! A checked tree becomes elements: `createElement` and text nodes, nothing is parsed.

use afterword_core::body::{Body, Element as BodyElement, Event, Tag};
use wasm_bindgen::JsValue;
use web_sys::{Document, Element, Node};

/// Builds the elements of bodies. Elements without attributes are cloned from one of their kind.
pub struct BodyBuilder {
    document: Document,
    /// By tag; a few dozen at most, and the common ones come first.
    kinds: Vec<(Tag, Element)>,
}

impl BodyBuilder {
    /// A builder for elements of this document.
    pub fn new(document: Document) -> Self {
        Self { document, kinds: Vec::new() }
    }

    /// Puts a body into an element, after what is there.
    ///
    /// # Errors
    /// What the browser says when it cannot build an element; with the names of [`Body`] it has no reason to.
    pub fn append(&mut self, parent: &Element, body: &Body) -> Result<(), JsValue> {
        let mut at: Node = parent.clone().into();
        // The bodies' own depth is bounded by the sanitizer; the stack is a list all the same.
        let mut above = Vec::new();
        for event in body.events() {
            match event {
                Event::Open(element) => {
                    let node: Node = self.element(element)?.into();
                    at.append_child(&node)?;
                    above.push(std::mem::replace(&mut at, node));
                }
                Event::Text(text) => {
                    at.append_child(&self.document.create_text_node(text))?;
                }
                Event::Close(_) => {
                    if let Some(parent) = above.pop() {
                        at = parent;
                    }
                }
            }
        }
        Ok(())
    }

    fn element(&mut self, element: &BodyElement) -> Result<Element, JsValue> {
        use wasm_bindgen::JsCast;
        let known = self.kinds.iter().find(|(tag, _)| *tag == element.tag);
        let clone: Element = match known {
            Some((_, kind)) => kind.clone_node()?.unchecked_into(),
            None => {
                let kind = self.document.create_element(element.tag.name())?;
                self.kinds.push((element.tag, kind.clone()));
                kind.clone_node()?.unchecked_into()
            }
        };
        for (attr, value) in &element.attrs {
            clone.set_attribute(attr.name(), value)?;
        }
        Ok(clone)
    }
}
