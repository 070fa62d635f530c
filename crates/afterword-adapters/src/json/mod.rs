//! JSON: values, a reader and a writer, small enough for the browser's bundle.
//!
//! Read here is exactly JSON (RFC 8259): a lenient reader would hide mistakes that other feed readers stumble over.
//! Three things are mended, because a text with them is better shown than lost: a byte order mark is skipped, bytes
//! that are no UTF-8 and halves of surrogate pairs become U+FFFD. [`items::ItemReader`] reads damaged and cut-off
//! lists item by item.

pub mod items;
mod parse;
mod write;

pub(crate) use parse::Cursor;
pub use parse::{JSON_DEPTH_MAX, parse};

/// A JSON value. Objects keep the order of their fields.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number, as it was written.
    Number(Number),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<Value>),
    /// Fields in order; of a field given twice the last counts, as in JavaScript.
    Object(Vec<(String, Value)>),
}

/// The kinds of JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number.
    Number,
    /// A text.
    String,
    /// A list.
    Array,
    /// An object.
    Object,
}

/// A number as it was written, so that no digit of a long id is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number(Box<str>);

/// Why a text is not JSON, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// Offset in bytes from the start of the document.
    pub at: usize,
    /// What is wrong there.
    pub kind: JsonErrorKind,
}

/// What makes a text no JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JsonErrorKind {
    /// It ends in the middle.
    UnexpectedEnd,
    /// A byte that cannot stand there.
    Unexpected,
    /// Lists and objects nested deeper than [`JSON_DEPTH_MAX`].
    TooDeep,
}

impl Number {
    /// Takes a text that the reader has found to be a number.
    fn from_source(text: &str) -> Self {
        Self(text.into())
    }

    /// The number as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number as an opaque name: `12` for both `12` and `12.0`, which JavaScript cannot tell apart either.
    pub fn as_name(&self) -> &str {
        match self.0.split_once('.') {
            Some((whole, fraction)) if fraction.bytes().all(|digit| digit == b'0') => whole,
            Some(_) | None => &self.0,
        }
    }

    /// The whole number, unless it has a fraction or an exponent or does not fit.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_name().parse().ok()
    }

    /// The nearest floating point number.
    pub fn as_f64(&self) -> Option<f64> {
        self.0.parse().ok()
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Self(number.to_string().into())
    }
}

impl From<u32> for Number {
    fn from(number: u32) -> Self {
        Self::from(i64::from(number))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl Default for Value {
    /// An object without fields, to be filled.
    fn default() -> Self {
        Self::Object(Vec::new())
    }
}

impl Value {
    /// What kind of value this is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Bool(_) => Kind::Bool,
            Self::Number(_) => Kind::Number,
            Self::String(_) => Kind::String,
            Self::Array(_) => Kind::Array,
            Self::Object(_) => Kind::Object,
        }
    }

    /// The field of this name, if this is an object that has it; the last one, if it is there twice.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.as_object()?.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// The list, if it is one.
    pub fn as_array(&self) -> Option<&[Value]> {
        if let Self::Array(list) = self { Some(list) } else { None }
    }

    /// The fields, if it is an object.
    pub fn as_object(&self) -> Option<&[(String, Value)]> {
        if let Self::Object(fields) = self { Some(fields) } else { None }
    }

    /// The truth value, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(truth) = self { Some(*truth) } else { None }
    }

    /// The whole number, if it is one that fits.
    pub fn as_i64(&self) -> Option<i64> {
        if let Self::Number(number) = self { number.as_i64() } else { None }
    }

    /// Sets a field where it stands, or adds it at the end; earlier fields of the same name go. What is no object
    /// becomes one.
    pub fn set(&mut self, key: &str, value: Value) {
        if !matches!(self, Self::Object(_)) {
            *self = Self::default();
        }
        let Self::Object(fields) = self else { return };
        let Some(last) = fields.iter().rposition(|(name, _)| name == key) else {
            fields.push((key.to_owned(), value));
            return;
        };
        fields[last].1 = value;
        let mut index = 0;
        fields.retain(|(name, _)| {
            index += 1;
            index > last || name != key
        });
    }

    /// Removes a field and hands out its value; the last one, if it is there twice.
    pub fn take(&mut self, key: &str) -> Option<Value> {
        let Self::Object(fields) = self else { return None };
        let mut taken = None;
        while let Some(index) = fields.iter().rposition(|(name, _)| name == key) {
            let (_, value) = fields.remove(index);
            taken.get_or_insert(value);
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_field_given_twice_the_last_counts_and_setting_leaves_one() {
        let mut value = parse(br#"{"a":1,"b":2,"a":3}"#).unwrap();
        assert_eq!(value.get("a").and_then(Value::as_i64), Some(3));
        value.set("a", Value::from(4));
        value.set("c", Value::Null);
        assert_eq!(value.to_json(), r#"{"b":2,"a":4,"c":null}"#);
        let mut value = parse(br#"{"a":1,"b":2,"a":3}"#).unwrap();
        assert_eq!(value.take("a"), Some(Value::from(3)));
        assert_eq!(value.to_json(), r#"{"b":2}"#);
    }

    #[test]
    fn numbers_as_names_and_as_numbers() {
        let check = |json: &str, name: &str, whole: Option<i64>| {
            let Ok(Value::Number(number)) = parse(json.as_bytes()) else { panic!("{json} is no number") };
            assert_eq!((number.as_name(), number.as_i64()), (name, whole), "{json}");
        };
        check("12", "12", Some(12));
        check("12.00", "12", Some(12));
        check("-1", "-1", Some(-1));
        check("1.5", "1.5", None);
        check("9007199254740993", "9007199254740993", Some(9_007_199_254_740_993));
        check("1e3", "1e3", None);
        check("99999999999999999999", "99999999999999999999", None);
    }
}
