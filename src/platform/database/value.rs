//! Records as values of JavaScript: flat objects of strings and numbers.

use super::{Field, Fields};
use afterword_core::writing::Utf16;
use js_sys::{Array, JSON, JsString, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// What is put before the name of a field that is neither a text nor a number; its value is JSON then. Nothing of ours
/// writes such a field, so this only keeps what somebody else wrote.
const JSON_FIELD: &str = "json ";

/// A record as an object.
pub(super) fn encode(fields: &Fields) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for (name, field) in fields {
        let value = match field {
            Field::Text(text) => JsString::from_char_code(&text.0).into(),
            Field::Number(number) => JsValue::from_f64(*number),
        };
        Reflect::set(&object, &JsValue::from_str(name), &value)?;
    }
    Ok(object.into())
}

/// The record in a value; `None` where there is no value. Of anything but a flat object, what can be kept of it.
pub(super) fn decode(value: &JsValue) -> Option<Fields> {
    if value.is_undefined() {
        return None;
    }
    let mut fields = Fields::new();
    if !value.is_object() || Array::is_array(value) {
        fields.insert(JSON_FIELD.to_owned(), json(value));
        return Some(fields);
    }
    for entry in Object::entries(value.unchecked_ref()).iter() {
        let entry: Array = entry.unchecked_into();
        let (name, value) = (entry.get(0).as_string().unwrap_or_default(), entry.get(1));
        let known = value.as_f64().map(Field::Number).or_else(|| value.dyn_ref().map(|text| Field::Text(units(text))));
        match known {
            Some(field) => fields.insert(name, field),
            None => fields.insert(format!("{JSON_FIELD}{name}"), json(&value)),
        };
    }
    Some(fields)
}

fn json(value: &JsValue) -> Field {
    let text = JSON::stringify(value).ok().and_then(|text| text.dyn_into::<JsString>().ok());
    Field::Text(text.map(|text| units(&text)).unwrap_or_default())
}

/// The units of a string as they are.
fn units(text: &JsString) -> Utf16 {
    Utf16(text.iter().collect())
}
