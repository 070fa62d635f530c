//! What the reader has selected in the texts of a page.

use super::listener::Listener;
use super::scope::Scope;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, Node, Range};

/// What is selected in one text.
#[derive(Clone, Debug)]
pub struct Selected {
    /// The words, as the browser would copy them.
    pub text: String,
    /// The element that holds all of them.
    pub within: HtmlElement,
    range: Range,
}

/// What is selected below `root`, if all of it lies in one element that `texts` (a selector) finds.
pub fn selected(root: &HtmlElement, texts: &str) -> Option<Selected> {
    let document = super::page::document()?;
    let selection = match Scope::of(root, &document) {
        Scope::Document(document) => document.get_selection().ok().flatten(),
        // Some browsers know what is selected in a shadow root by asking that, others by asking the document.
        Scope::Shadow(shadow) => {
            let ask = js_sys::Reflect::get(&shadow, &"getSelection".into()).ok();
            let ask = ask.and_then(|ask| ask.dyn_into::<js_sys::Function>().ok());
            match ask.and_then(|ask| ask.call0(&shadow).ok()?.dyn_into().ok()) {
                Some(selection) => Some(selection),
                None => document.get_selection().ok().flatten(),
            }
        }
    }?;
    if selection.is_collapsed() || selection.range_count() == 0 {
        return None;
    }
    let range = selection.get_range_at(0).ok()?;
    let text = String::from(selection.to_string());
    let within = element_of(&range.common_ancestor_container().ok()?)?.closest(texts).ok()??;
    let is_ours = root.contains(Some(&within)) && !text.trim().is_empty();
    is_ours.then_some(())?;
    Some(Selected { text, within: within.dyn_into().ok()?, range })
}

impl Selected {
    /// The nearest element around it that a selector finds.
    pub fn closest(&self, selector: &str) -> Option<HtmlElement> {
        self.within.closest(selector).ok()??.dyn_into().ok()
    }

    /// Where its last line ends: from the left and the upper edge of the window, in CSS pixels.
    pub fn end(&self) -> Option<(f64, f64)> {
        let lines = self.range.get_client_rects()?;
        let last = lines.get(lines.length().checked_sub(1)?)?;
        Some((last.right(), last.bottom()))
    }
}

/// Calls `changed` whenever something else is selected, until the listener is dropped.
pub fn on_change(changed: impl Fn() + 'static) -> Option<Listener> {
    let document = super::page::document()?;
    Some(Listener::new(&document, "selectionchange", move |_: Event| changed()))
}

/// Whether anything is selected on the page.
pub fn is_any() -> bool {
    let selection = super::page::document().and_then(|document| document.get_selection().ok().flatten());
    selection.is_some_and(|selection| !selection.is_collapsed())
}

/// Selects nothing any more.
pub fn clear() {
    if let Some(selection) = super::page::document().and_then(|document| document.get_selection().ok().flatten()) {
        let _ = selection.remove_all_ranges();
    }
}

/// Puts an element at a point of the window, in CSS pixels, and as near as that leaves all of it on the screen. The style
/// sheet gives it `position: fixed`.
pub fn place_at(element: &HtmlElement, left: f64, top: f64) {
    /// How far it stays away from the edges of the window.
    const MARGIN: f64 = 8.0;
    let Some(root) = super::page::document().and_then(|document| document.document_element()) else { return };
    let own = element.get_bounding_client_rect();
    let left = left.min(f64::from(root.client_width()) - own.width() - MARGIN).max(MARGIN);
    let top = top.min(f64::from(root.client_height()) - own.height() - MARGIN).max(MARGIN);
    for (name, length) in [("left", left), ("top", top)] {
        // Through the object model, as the policy of the page wants it.
        let _ = element.style().set_property(name, &format!("{}px", length as i32));
    }
}

fn element_of(node: &Node) -> Option<Element> {
    match node.dyn_ref::<Element>() {
        Some(element) => Some(element.clone()),
        None => node.parent_element(),
    }
}
