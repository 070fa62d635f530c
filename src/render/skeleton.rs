//! Rows as elements: one skeleton for each combination of places, built once and cloned for every row.

use super::part::{Part, ROW, Slot};
use super::row::{RowView, SlotTarget};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element};

/// The skeletons built so far.
pub(super) struct Skeletons {
    document: Document,
    /// A dozen at most occur, so they are looked through.
    built: Vec<Skeleton>,
}

struct Skeleton {
    /// The places that are there, as bits.
    set: u32,
    root: Element,
    /// The places in document order, each with its number among all elements below the root.
    slots: Vec<(Slot, u32)>,
}

/// A new row: the element, and the element that takes the body, if there is one.
pub(super) struct NewRow {
    pub(super) root: Element,
    pub(super) body: Option<Element>,
}

impl Skeletons {
    pub(super) fn new(document: Document) -> Self {
        Self { document, built: Vec::new() }
    }

    /// Clones the fitting skeleton and fills its places, the body excepted.
    pub(super) fn row(&mut self, view: &RowView<'_>) -> Option<NewRow> {
        let set = slot_set(&ROW, view);
        let at = match self.built.iter().position(|skeleton| skeleton.set == set) {
            Some(at) => at,
            None => {
                let mut slots = Vec::new();
                let root = build(&self.document, &ROW, view, &mut slots, &mut 0)?;
                self.built.push(Skeleton { set, root, slots });
                self.built.len() - 1
            }
        };
        let skeleton = self.built.get(at)?;
        let root: Element = skeleton.root.clone_node_with_deep(true).ok()?.unchecked_into();
        let below = root.get_elements_by_tag_name("*");
        // The places are looked up before any is filled: a text in one would not move the others, a body would.
        let nodes = skeleton.slots.iter().filter_map(|&(slot, at)| Some((slot, below.item(at)?))).collect::<Vec<_>>();
        view.fill(Slot::Root, &mut Place(&root));
        let mut body = None;
        for (slot, node) in nodes {
            view.fill(slot, &mut Place(&node));
            if slot == Slot::Body {
                body = Some(node);
            }
        }
        Some(NewRow { root, body })
    }
}

struct Place<'a>(&'a Element);

impl SlotTarget for Place<'_> {
    fn attr(&mut self, name: &'static str, value: &str) {
        // Fails for a name that is none, and the names are ours.
        let _ = self.0.set_attribute(name, value);
    }

    fn text(&mut self, text: &str) {
        self.0.set_text_content(Some(text));
    }
}

/// The places of a row as bits: equal sets share a skeleton. Recursion over the constant [`ROW`], four levels deep.
fn slot_set(part: &Part, view: &RowView<'_>) -> u32 {
    match part.slot {
        Some(slot) if !view.has(slot) => 0,
        slot => {
            let own = slot.map_or(0, |slot| 1 << slot as u32);
            part.children.iter().fold(own, |set, child| set | slot_set(child, view))
        }
    }
}

/// Builds one part and what is in it, noting where its places are; `None` only where a name of ours were no element's.
/// Recursion over the constant [`ROW`].
fn build(
    document: &Document,
    part: &Part,
    view: &RowView<'_>,
    slots: &mut Vec<(Slot, u32)>,
    number: &mut u32,
) -> Option<Element> {
    let element = document.create_element(part.tag).ok()?;
    let mut place = Place(&element);
    if !part.class.is_empty() {
        place.attr("class", part.class);
    }
    for &(name, value) in part.attrs {
        place.attr(name, value);
    }
    for child in part.children.iter().filter(|child| child.slot.is_none_or(|slot| view.has(slot))) {
        if let Some(slot) = child.slot {
            slots.push((slot, *number));
        }
        *number += 1;
        let child = build(document, child, view, slots, number)?;
        element.append_child(&child).ok()?;
    }
    Some(element)
}
