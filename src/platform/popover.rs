//! Something small that lies over the page beside what opened it.

use js_sys::Reflect;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

use super::listener::Listener;

/// How far it stays away from the edges of the window, in CSS pixels.
const MARGIN: f64 = 8.0;

/// Shows an element below a button, or above it where there is more room, in the browser's top layer if it has one. The style sheet gives it `position: absolute`: it scrolls with the page.
pub fn show_beside(popover: &HtmlElement, button: &HtmlElement) {
    if Reflect::has(popover, &"showPopover".into()).unwrap_or_default() {
        // "manual": what closes it is the same in all browsers.
        super::page::set_attribute(popover, "popover", Some("manual"));
        // Refused for what is open already.
        drop(popover.show_popover());
    }
    let (Some(window), Some(root)) =
        (web_sys::window(), super::page::document().and_then(|page| page.document_element()))
    else {
        return;
    };
    let (wide, high) = (f64::from(root.client_width()), window.inner_height().ok().and_then(|h| h.as_f64()));
    let (beside, own) = (button.get_bounding_client_rect(), popover.get_bounding_client_rect());
    // In line with the button's edge that is nearer to an edge of the window: its end, in whatever direction one reads.
    let at_right = (beside.left() + beside.right()) / 2.0 > wide / 2.0;
    let left = if at_right { beside.right() - own.width() } else { beside.left() };
    let left = left.min(wide - MARGIN - own.width()).max(MARGIN);
    let fits_below = high.is_none_or(|high| beside.bottom() + own.height() + MARGIN <= high);
    let fits_above = beside.top() - own.height() >= MARGIN;
    let top = if fits_below || !fits_above { beside.bottom() } else { beside.top() - own.height() };
    // It stands at 0, 0 of whatever it is placed in: moved by what it is away from where it belongs.
    let style = popover.style();
    for (name, length) in [("left", left - own.left()), ("top", top - own.top())] {
        // Through the object model, as the policy of the page wants it.
        drop(style.set_property(name, &format!("{}px", length as i32)));
    }
}

/// Calls `pressed` when somebody presses anything but these elements, in whatever tree they are.
pub fn on_press_outside(inside: &[&HtmlElement], pressed: impl Fn() + 'static) -> Vec<Listener> {
    // A listener at the document does not see into a shadow root, so the elements themselves say that it was them.
    let was_inside = Rc::new(Cell::new(false));
    let mut listeners: Vec<Listener> = inside
        .iter()
        .map(|element| {
            let was_inside = Rc::clone(&was_inside);
            Listener::new(element, "pointerdown", move |_: Event| was_inside.set(true))
        })
        .collect();
    listeners.extend(super::page::document().map(|document| {
        Listener::new(&document, "pointerdown", move |_: Event| {
            if !was_inside.replace(false) {
                pressed();
            }
        })
    }));
    listeners
}

/// A new element among the children of the nearest `around` of an element: after the one with the class `after`, or
/// else at the end.
pub fn place_near(element: &HtmlElement, around: &str, after: &str) -> Option<HtmlElement> {
    let around = element.closest(around).ok()??;
    let place: HtmlElement = super::page::document()?.create_element("div").ok()?.dyn_into().ok()?;
    let children = around.children();
    let before = (0..children.length()).filter_map(|at| children.item(at));
    match before.into_iter().find(|child: &Element| child.class_list().contains(after)) {
        Some(before) => before.after_with_node_1(&place).ok()?,
        None => drop(around.append_child(&place)),
    }
    Some(place)
}

/// A new element at the end of another one.
pub fn append_to(around: &HtmlElement) -> Option<HtmlElement> {
    let place: HtmlElement = super::page::document()?.create_element("div").ok()?.dyn_into().ok()?;
    around.append_child(&place).ok()?;
    Some(place)
}

/// Gives the focus to an element, and leaves the page where it is.
pub fn focus(element: &HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Gives the focus to the button that is so many after the one that has it now, around the corner at both ends; where
/// none has it, to the first.
pub fn step_focus(among: &HtmlElement, step: i32) {
    let Ok(found) = among.query_selector_all("button") else { return };
    let buttons: Vec<HtmlElement> = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect();
    let focused = among.query_selector(":focus").ok().flatten();
    let at = focused.and_then(|focused| buttons.iter().position(|button| **button == focused));
    let next = match at.zip(i32::try_from(buttons.len()).ok()) {
        Some((at, count)) => (i32::try_from(at).unwrap_or_default() + step).rem_euclid(count),
        None => 0,
    };
    if let Some(button) = usize::try_from(next).ok().and_then(|next| buttons.get(next)) {
        focus(button);
    }
}
