//! Times in the reader's own way: language of the page, zone of the reader's clock.

use js_sys::{Array, Date, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

/// Writes dates with the browser's `Intl.DateTimeFormat`.
pub struct Times {
    format: Option<Function>,
}

impl Times {
    /// Date and time. `language` is a BCP 47 tag; without one, or with one that is none, the reader's is taken.
    pub fn new(language: Option<&str>) -> Self {
        Self { format: formatter(language).or_else(|| formatter(None)) }
    }

    /// Rewrites the dates around a conversation, which stand in a page from the beginning.
    pub fn localise_days(&self, below: &Element) {
        self.localise(below);
    }

    /// Rewrites the text of every `<time>` below an element.
    pub fn localise(&self, below: &Element) {
        let Some(format) = &self.format else { return };
        let Ok(times) = below.query_selector_all("time[datetime]") else { return };
        for time in (0..times.length()).filter_map(|at| times.item(at)?.dyn_into::<Element>().ok()) {
            let Some(datetime) = time.get_attribute("datetime") else { continue };
            let date = Date::new(&JsValue::from_str(&datetime));
            if date.get_time().is_nan() {
                continue;
            }
            let Some(text) = format.call1(&JsValue::UNDEFINED, &date).ok().and_then(|text| text.as_string()) else {
                continue;
            };
            if time.text_content().as_deref() == Some(&text) {
                continue;
            }
            // The text node is changed, not replaced, so that a selection over it stays.
            match time.first_child() {
                Some(node) => node.set_node_value(Some(&text)),
                None => time.set_text_content(Some(&text)),
            }
        }
    }
}

/// The `format` function of a new `Intl.DateTimeFormat`; `None` where the language tag is refused. Built by reflection,
/// because the constructor throws and the typed binding does not catch.
fn formatter(language: Option<&str>) -> Option<Function> {
    let options = Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        Reflect::set(&options, &name.into(), &value.into()).ok()?;
    }
    let locale = language.map_or(JsValue::UNDEFINED, JsValue::from_str);
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class: Function = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into().ok()?;
    let made = Reflect::construct(&class, &Array::of2(&locale, &options)).ok()?;
    Reflect::get(&made, &"format".into()).ok()?.dyn_into().ok()
}
