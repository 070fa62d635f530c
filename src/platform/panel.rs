//! What a panel needs of the page around it: who had the focus, what fits on a line, and a style sheet of its own.

use super::listener::Listener;
use super::scope::Scope;
use js_sys::{Array, Function, Reflect};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlElement};

/// The element with the focus in the tree that another one lives in.
pub fn focused(near: &HtmlElement) -> Option<HtmlElement> {
    let document = near.owner_document()?;
    Scope::of(near, &document).active_element()?.dyn_into().ok()
}

/// Whether what is written in an element runs from the right.
pub fn is_rtl(element: &Element) -> bool {
    element.matches(":dir(rtl)").unwrap_or_default()
}

/// Gives the focus to the first element below another one that a selector finds.
pub fn focus_within(around: &Element, selector: &str) {
    // The selector is one of ours.
    let found = around.query_selector(selector).ok().flatten();
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        super::popover::focus(&found);
    }
}

/// The text of the first element below another one that a selector finds.
pub fn text_within(around: &Element, selector: &str) -> Option<String> {
    let text = around.query_selector(selector).ok().flatten()?.text_content()?;
    Some(text.trim().to_owned())
}

/// Presses the first element below another one that a selector finds.
pub fn press_within(around: &Element, selector: &str) {
    let found = around.query_selector(selector).ok().flatten();
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        found.click();
    }
}

/// Gives the focus to the first element that a selector finds in the nearest `around` of an element.
pub fn focus_beside(element: &Element, around: &str, selector: &str) {
    if let Ok(Some(around)) = element.closest(around) {
        focus_within(&around, selector);
    }
}

/// How many of the elements that a selector finds stand in the first so many lines.
pub fn in_lines(around: &Element, selector: &str, lines: usize) -> usize {
    let Ok(found) = around.query_selector_all(selector) else { return 0 };
    let elements = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<HtmlElement>().ok());
    let (mut line, mut below) = (0, i32::MIN);
    elements
        .take_while(|element| {
            // What stands beside it may be higher, and begin higher up.
            if element.offset_top() >= below {
                line += 1;
                below = element.offset_top() + element.offset_height();
            }
            line <= lines
        })
        .count()
}

/// Calls `resized` when the window has another size, until the listener is dropped.
pub fn on_resize(resized: impl Fn() + 'static) -> Option<Listener> {
    let window = web_sys::window()?;
    Some(Listener::new(&window, "resize", move |_: Event| resized()))
}

thread_local! {
    /// The style sheets of panels, each made when it is first wanted.
    static SHEETS: RefCell<Vec<(&'static str, Option<JsValue>)>> = const { RefCell::new(Vec::new()) };
}

/// Gives the tree that an element lives in a style sheet, unless it has it. Constructed sheets are no inline styles: a
/// policy that refuses those lets them through. In a browser that knows none (they came in 2023), it stays without.
pub fn adopt_style(near: &HtmlElement, css: &'static str) {
    let sheet = SHEETS.with_borrow_mut(|sheets| match sheets.iter().find(|(text, _)| *text == css) {
        Some((_, sheet)) => sheet.clone(),
        None => {
            let sheet = made_sheet(css);
            sheets.push((css, sheet.clone()));
            sheet
        }
    });
    // A node of a page has a root; what it has there is an array, or missing.
    let adopted = Reflect::get(&near.get_root_node(), &"adoptedStyleSheets".into()).ok().filter(JsValue::is_object);
    if let (Some(sheet), Some(adopted)) = (sheet, adopted) {
        let adopted: Array = adopted.unchecked_into();
        if !adopted.includes(&sheet, 0) {
            adopted.push(&sheet);
        }
    }
}

fn made_sheet(css: &str) -> Option<JsValue> {
    let class: Function = Reflect::get(&js_sys::global(), &"CSSStyleSheet".into()).ok()?.dyn_into().ok()?;
    let sheet = Reflect::construct(&class, &Array::new()).ok()?;
    let replace: Function = Reflect::get(&sheet, &"replaceSync".into()).ok()?.dyn_into().ok()?;
    replace.call1(&sheet, &css.into()).ok()?;
    Some(sheet)
}
