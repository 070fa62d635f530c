//! The page that the app was started in: what was written into it for the app, and what the app says about itself on it.

use super::listener::Listener;
use js_sys::{Array, JSON, Reflect};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Event, HtmlElement};

/// The element that holds the app.
const ROOT: &str = "app";

/// The document, if there is one: not in a worker.
pub fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Whether somebody can see the page.
pub fn is_visible() -> bool {
    document().is_some_and(|document| !document.hidden())
}

/// Calls `changed` when the page comes into sight (`true`) or goes out of it, until the listener is dropped.
pub fn on_visibility(changed: impl Fn(bool) + 'static) -> Option<Listener> {
    let document = document()?;
    Some(Listener::new(&document, "visibilitychange", move |_: Event| changed(is_visible())))
}

/// Calls `happened` with every event of this kind on the window, until the listener is dropped.
pub fn on_window(kind: &str, happened: impl Fn() + 'static) -> Option<Listener> {
    let window = web_sys::window()?;
    Some(Listener::new(&window, kind, move |_: Event| happened()))
}

/// The element with this id.
pub fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// The element that holds the app, prerendered or empty.
pub fn root() -> Option<HtmlElement> {
    element(ROOT)
}

/// The fields in a data element that was prerendered for the app; see [`crate::page_data`].
pub fn fields(id: &str) -> Option<Vec<String>> {
    let text = document()?.get_element_by_id(id)?.text_content()?;
    let array: Array = JSON::parse(&text).ok()?.dyn_into().ok()?;
    Some(array.iter().map(|field| field.as_string().unwrap_or_default()).collect())
}

/// Sets a class on the root of the document: the style sheet shows or hides by it what depends on the app.
pub fn set_root_class(class: &str, on: bool) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        set_class(&root, class, on);
    }
}

/// Sets a class on an element, or takes it away.
pub fn set_class(element: &Element, class: &str, on: bool) {
    // Refused only for names with spaces, and the names are ours.
    let _ = element.class_list().toggle_with_force(class, on);
}

/// Sets an attribute of an element, or takes it away.
pub fn set_attribute(element: &Element, name: &str, value: Option<&str>) {
    // Refused only for names that are no names, and the names are ours.
    drop(match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    });
}

/// Says something directly behind an element, to eyes and ears, in place of what was said there before; `None` only takes
/// that away.
pub fn complain_behind(element: &Element, complaint: Option<&str>) {
    const CLASS: &str = "complaint";
    if let Some(before) = element.next_element_sibling().filter(|next| next.class_name() == CLASS) {
        before.remove();
    }
    let paragraph = complaint.and_then(|_| document()?.create_element("p").ok());
    if let (Some(paragraph), Some(complaint)) = (paragraph, complaint) {
        paragraph.set_class_name(CLASS);
        set_attribute(&paragraph, "role", Some("alert"));
        paragraph.set_text_content(Some(complaint));
        // Fails for an element that is in no page any more; then nobody has to be told.
        drop(element.after_with_node_1(&paragraph));
    }
}

/// Sets the title of the window.
pub fn set_title(title: &str) {
    if let Some(document) = document()
        && document.title() != title
    {
        document.set_title(title);
    }
}

/// Whether there is an element with this id.
pub fn has_element(id: &str) -> bool {
    document().is_some_and(|document| document.get_element_by_id(id).is_some())
}

/// Whether the reader asked the browser to save data; browsers that cannot be asked are taken not to.
pub fn saves_data() -> bool {
    let connection = web_sys::window().and_then(|window| Reflect::get(&window.navigator(), &"connection".into()).ok());
    let saves = connection.filter(|connection| connection.is_object());
    saves
        .and_then(|connection| Reflect::get(&connection, &"saveData".into()).ok())
        .is_some_and(|saves| saves.is_truthy())
}

/// Scrolls to the element with this id; gives whether there is one.
pub fn scroll_to_element(id: &str) -> bool {
    let element = document().and_then(|document| document.get_element_by_id(id));
    element.inspect(|element| element.scroll_into_view()).is_some()
}

/// Gives the focus to an element, so that whoever listens to the page or uses its keys is where the new content is.
pub fn focus(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = element.focus_with_options(&options);
    }
}
