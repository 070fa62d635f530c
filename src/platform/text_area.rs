//! A field that somebody writes in: its text as it was typed, what is selected, and changes that the reader can undo.

use super::scope::Scope;
use afterword_core::writing::Utf16;
use js_sys::{Array, Function, JsString, Reflect};
use std::ops::Range;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    ClipboardEvent, Element, HtmlElement, HtmlTextAreaElement, ScrollIntoViewOptions, ScrollLogicalPosition,
};

/// The key code of a key that an input method has taken for itself, also where the browser does not say that it composes.
const COMPOSED_KEY: u32 = 229;

/// So many UTF-16 units become a string at a time: arguments of a call, of which browsers take some 65,000.
const UNITS_AT_ONCE: usize = 8_192;

/// A field for texts of several lines. A copy is the same field.
#[derive(Clone, Debug, PartialEq)]
pub struct TextArea(HtmlTextAreaElement);

impl TextArea {
    /// Takes an element.
    pub fn new(element: HtmlTextAreaElement) -> Self {
        Self(element)
    }

    /// Its element.
    pub fn element(&self) -> HtmlElement {
        self.0.clone().into()
    }

    /// The text, half surrogate pairs included.
    pub fn text(&self) -> Utf16 {
        let value = Reflect::get(&self.0, &"value".into()).unwrap_or_default();
        units_of(value.unchecked_ref())
    }

    /// Sets the text. What could be undone before cannot be undone any more.
    pub fn set_text(&self, text: &Utf16) {
        // A field of a text area that can be written to.
        let _ = Reflect::set(&self.0, &"value".into(), &string_of(&text.0));
        self.grow();
    }

    /// Where the selection begins and ends, in UTF-16 units.
    pub fn selection(&self) -> (u32, u32) {
        let at = |edge: Result<Option<u32>, JsValue>| edge.ok().flatten().unwrap_or_default();
        (at(self.0.selection_start()), at(self.0.selection_end()))
    }

    /// Selects; gives no focus.
    pub fn select(&self, start: u32, end: u32) {
        let _ = self.0.set_selection_range(start, end);
    }

    /// How far the text is scrolled within the field, in CSS pixels.
    pub fn scroll(&self) -> f64 {
        f64::from(self.0.scroll_top())
    }

    /// Scrolls the text within the field, in CSS pixels.
    pub fn set_scroll(&self, top: f64) {
        self.0.set_scroll_top(top as i32);
    }

    /// Replaces a part of the text and selects another, as if it had been typed: the browser's own undo takes it back, and
    /// the field tells of it by an `input` event.
    pub fn replace(&self, range: Range<u32>, with: &[u16], select: Range<u32>) {
        self.focus();
        self.select(range.start, range.end);
        let nothing_to_do = range.is_empty() && with.is_empty();
        let command = if with.is_empty() { "delete" } else { "insertText" };
        if !nothing_to_do && !self.execute(command, with) {
            // A browser without that command: the text is there all the same.
            let changed =
                self.0.set_range_text_with_start_and_end(&String::from_utf16_lossy(with), range.start, range.end);
            if changed.is_ok()
                && let Ok(event) = web_sys::Event::new("input")
            {
                let _ = self.0.dispatch_event(&event);
            }
        }
        self.select(select.start, select.end);
    }

    /// By reflection: the command is in no current standard, and in every browser, where it is the only way to change a
    /// text so that the reader can undo it.
    fn execute(&self, command: &str, with: &[u16]) -> bool {
        let Some(document) = super::page::document() else { return false };
        let Ok(execute) = Reflect::get(&document, &"execCommand".into()) else { return false };
        let Ok(execute) = execute.dyn_into::<Function>() else { return false };
        let done = execute.call3(&document, &command.into(), &JsValue::FALSE, &string_of(with));
        done.is_ok_and(|done| done.is_truthy())
    }

    /// Gives it the focus, and leaves the page where it is.
    pub fn focus(&self) {
        super::popover::focus(&self.0);
    }

    /// Whether it has the focus.
    pub fn is_focused(&self) -> bool {
        let document = super::page::document();
        let active = document.and_then(|document| Scope::of(&self.0, &document).active_element());
        active.is_some_and(|active| active == **self.0)
    }

    /// Makes it as high as its text, where the style sheet cannot (`field-sizing`).
    pub fn grow(&self) {
        if knows_field_sizing() {
            return;
        }
        let style = self.0.style();
        // Through the object model, as the policy of the page wants it.
        let _ = style.set_property("block-size", "auto");
        let edges = self.0.offset_height() - self.0.client_height();
        let _ = style.set_property("block-size", &format!("{}px", self.0.scroll_height() + edges));
    }
}

/// Whether a key belongs to an input method, which is about to make a letter of several keys.
pub fn is_composing(event: &web_sys::KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == COMPOSED_KEY
}

/// What is pasted: its rich form as HTML, and its plain one; empty where it has none.
pub fn pasted_texts(event: &ClipboardEvent) -> [String; 2] {
    let data = event.clipboard_data();
    ["text/html", "text/plain"].map(|kind| data.as_ref().and_then(|data| data.get_data(kind).ok()).unwrap_or_default())
}

/// Whether the key for commands is held: Command on Apple's keyboards, Control on others.
pub fn is_command(event: &web_sys::KeyboardEvent) -> bool {
    let platform = web_sys::window().and_then(|window| window.navigator().platform().ok()).unwrap_or_default();
    let is_apple = ["Mac", "iP"].iter().any(|name| platform.starts_with(name));
    if is_apple { event.meta_key() && !event.ctrl_key() } else { event.ctrl_key() && !event.meta_key() }
}

/// Takes the text out of the field that a selector finds; gives whether there was any.
pub fn take_value(around: &Element, selector: &str) -> bool {
    let field = around.query_selector(selector).ok().flatten();
    let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok()) else { return false };
    let filled = !field.value().is_empty();
    field.set_value("");
    filled
}

/// Scrolls just so far that an element is on the screen; not at all where it is.
pub fn reveal(element: &HtmlElement) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    options.set_inline(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// How wide an element is, in CSS pixels.
pub fn width(element: &HtmlElement) -> f64 {
    element.get_bounding_client_rect().width()
}

/// Whether the focus is in an element.
pub fn has_focus(around: &HtmlElement) -> bool {
    around.matches(":focus-within").unwrap_or_default()
}

/// Does something that changes the height of what is above or at the reader's place, and scrolls so that the element they
/// look at stays where it is.
pub fn in_place<T>(near: &HtmlElement, change: impl FnOnce() -> T) -> T {
    let window = web_sys::window();
    let anchor = window.as_ref().and_then(|window| anchor(window, near));
    let before = anchor.as_ref().map(|anchor| anchor.get_bounding_client_rect().top());
    let done = change();
    if let (Some(anchor), Some(before)) = (anchor, before) {
        let moved = anchor.get_bounding_client_rect().top() - before;
        if let Some(window) = window.filter(|_| moved.abs() >= 1.0) {
            super::location::scroll_to(window.scroll_y().unwrap_or_default() + moved);
        }
    }
    done
}

/// The smallest element at the middle of the upper part of the window, where a reader's eyes are.
fn anchor(window: &web_sys::Window, near: &HtmlElement) -> Option<Element> {
    const PART_OF_HEIGHT: f64 = 0.25;
    let document = window.document()?;
    let (width, height) = (window.inner_width().ok()?.as_f64()?, window.inner_height().ok()?.as_f64()?);
    let found =
        Scope::of(near, &document).element_from_point((width / 2.0) as f32, (height * PART_OF_HEIGHT) as f32)?;
    // At the very top nothing has to be held.
    (window.scroll_y().unwrap_or_default() > 0.0).then_some(found)
}

fn knows_field_sizing() -> bool {
    thread_local! {
        static KNOWN: bool = {
            let css = Reflect::get(&js_sys::global(), &"CSS".into()).unwrap_or_default();
            let supports = Reflect::get(&css, &"supports".into()).ok().and_then(|f| f.dyn_into::<Function>().ok());
            let answer = supports.and_then(|f| f.call2(&css, &"field-sizing".into(), &"content".into()).ok());
            answer.is_some_and(|answer| answer.is_truthy())
        };
    }
    KNOWN.with(|known| *known)
}

/// The units of a string of the browser. Strings that are Unicode go the fast way; a half pair is told by what the
/// fast way would make of it.
fn units_of(string: &JsString) -> Utf16 {
    let text = String::from(string);
    if text.contains(char::REPLACEMENT_CHARACTER) {
        Utf16(string.iter().collect())
    } else {
        Utf16(text.encode_utf16().collect())
    }
}

fn string_of(units: &[u16]) -> JsValue {
    match String::from_utf16(units) {
        Ok(text) => text.into(),
        Err(_) => {
            let parts: Array =
                units.chunks(UNITS_AT_ONCE).map(|part| JsValue::from(JsString::from_char_code(part))).collect();
            parts.join("").into()
        }
    }
}
