//! A checked tree becomes elements: `createElement` and text nodes, nothing is parsed.

use afterword_core::body::{Body, Element as BodyElement, Event};
use std::collections::HashMap;
use wasm_bindgen::JsValue;
use web_sys::{Document, Element, Node};

/// Builds the elements of bodies. Elements without attributes are cloned from one of their kind.
pub struct BodyBuilder {
    document: Document,
    kinds: HashMap<&'static str, Element>,
}

impl BodyBuilder {
    /// A builder for elements of this document.
    pub fn new(document: Document) -> Self {
        Self { document, kinds: HashMap::new() }
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
        let name = element.tag.name();
        let kind = match self.kinds.get(name) {
            Some(kind) => kind,
            None => {
                let kind = self.document.create_element(name)?;
                self.kinds.entry(name).or_insert(kind)
            }
        };
        let clone: Element = kind.clone_node()?.unchecked_into();
        for (attr, value) in &element.attrs {
            clone.set_attribute(attr.name(), value)?;
        }
        Ok(clone)
    }
}
