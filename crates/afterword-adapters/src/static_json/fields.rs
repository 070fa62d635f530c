//! Reading the fields of one object, with a note of everything odd.

use crate::json::Value;
use crate::json::items::ItemReader;
use afterword_core::model::{Author, Warning, WarningKind};
use afterword_core::time::{Civil, Timestamp};

/// Most warnings that are listed for one file: enough to see what is wrong, and a file of nothing but mistakes does
/// not fill the memory.
const WARNINGS_MAX: usize = 1_000;

/// Longest name of an author in bytes. Real names are shorter by far; a longer one is noise.
const NAME_BYTES_MAX: usize = 1_024;

/// Years that a date may lie in. Zero values of programs lie before (the year 1), stand-ins for "never" after (9999).
const YEARS: std::ops::RangeInclusive<i32> = 1_000..=2_999;

/// The warnings of one file.
#[derive(Debug, Default)]
pub(super) struct Notes(Vec<Warning>);

impl Notes {
    pub(super) fn add(&mut self, place: String, kind: WarningKind) {
        match self.0.len() {
            0..WARNINGS_MAX => self.0.push(Warning { place, kind }),
            WARNINGS_MAX => self.0.push(Warning { place: String::new(), kind: WarningKind::MoreNotListed }),
            _ => {}
        }
    }

    pub(super) fn into_warnings(self) -> Vec<Warning> {
        self.0
    }
}

/// Where an object stands in its file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The item it belongs to; none for the root.
    pub(super) item: Option<usize>,
    /// The field of that item or of the root it stands in; empty for the item or the root itself.
    pub(super) inner: &'static str,
}

impl Place {
    pub(super) const ROOT: Self = Self { item: None, inner: "" };

    pub(super) fn item(index: usize) -> Self {
        Self { item: Some(index), inner: "" }
    }

    /// The place of one of its fields, for example `items[17]._thread.votes`; of itself when `field` is empty.
    pub(super) fn field(self, field: &str) -> String {
        let mut path = match self.item {
            Some(index) => format!("items[{index}]"),
            None => String::new(),
        };
        for part in [self.inner, field] {
            if !path.is_empty() && !part.is_empty() {
                path.push('.');
            }
            path.push_str(part);
        }
        path
    }
}

/// The next item that is an object; what stands before it and is none is noted and counted in `skipped`.
pub(super) fn next_object(
    reader: &mut ItemReader<'_>,
    notes: &mut Notes,
    skipped: &mut usize,
) -> Option<(Value, Place)> {
    while let Some(item) = reader.next_item() {
        let place = Place::item(item.index);
        if item.mended {
            notes.add(place.field(""), WarningKind::TextMended);
        }
        if let Ok(object @ Value::Object(_)) = item.value {
            return Some((object, place));
        }
        notes.add(place.field(""), WarningKind::ItemUnreadable);
        *skipped += 1;
    }
    None
}

/// An object whose fields are taken one by one.
pub(super) struct Fields<'a> {
    object: Value,
    place: Place,
    notes: &'a mut Notes,
}

impl<'a> Fields<'a> {
    pub(super) fn new(object: Value, place: Place, notes: &'a mut Notes) -> Self {
        Self { object, place, notes }
    }

    pub(super) fn note(&mut self, field: &str, kind: WarningKind) {
        self.notes.add(self.place.field(field), kind);
    }

    /// The value of a field; `null` counts as missing.
    pub(super) fn value(&mut self, key: &str) -> Option<Value> {
        self.object.take(key).filter(|value| *value != Value::Null)
    }

    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        match self.value(key)? {
            Value::String(text) => Some(text),
            _ => self.wrong_type(key),
        }
    }

    /// A text with more than blanks in it.
    pub(super) fn filled_text(&mut self, key: &str) -> Option<String> {
        self.text(key).filter(|text| !text.trim().is_empty())
    }

    /// An opaque name: a text, or a number that stands for one. Empty counts as missing.
    pub(super) fn name(&mut self, key: &str) -> Option<String> {
        match self.value(key)? {
            Value::String(text) => Some(text).filter(|text| !text.trim().is_empty()),
            Value::Number(number) => Some(number.as_name().to_owned()),
            _ => self.wrong_type(key),
        }
    }

    pub(super) fn date(&mut self, key: &str) -> Option<Timestamp> {
        let value = self.value(key)?;
        let date = sound_date(&value);
        if date.is_none() {
            self.note(key, WarningKind::DateInvalid);
        }
        date
    }

    pub(super) fn flag(&mut self, key: &str) -> bool {
        match self.value(key) {
            None => false,
            Some(Value::Bool(truth)) => truth,
            Some(_) => self.wrong_type(key).unwrap_or(false),
        }
    }

    /// A whole number from 0 to `u32::MAX`.
    pub(super) fn count(&mut self, key: &str) -> Option<u32> {
        let count = self.value(key)?.as_i64().and_then(|number| u32::try_from(number).ok());
        if count.is_some() { count } else { self.wrong_type(key) }
    }

    /// A list; empty if it is missing or something else.
    pub(super) fn list(&mut self, key: &str) -> Vec<Value> {
        match self.value(key) {
            None => Vec::new(),
            Some(Value::Array(list)) => list,
            Some(_) => self.wrong_type(key).unwrap_or_default(),
        }
    }

    /// An object; without fields if it is missing or something else.
    pub(super) fn object(&mut self, key: &'static str) -> Fields<'_> {
        let object = match self.value(key) {
            None => Value::default(),
            Some(object @ Value::Object(_)) => object,
            Some(_) => self.wrong_type(key).unwrap_or_default(),
        };
        Fields { object, place: Place { item: self.place.item, inner: key }, notes: self.notes }
    }

    /// Whether one of two words stands here, of which the first is what counts when there is none.
    pub(super) fn is_second(&mut self, key: &str, first: &str, second: &str) -> bool {
        self.one_of(key, &[(first, false), (second, true)]).unwrap_or_default()
    }

    /// What the word that stands here means; `None` when there is none, or one that nobody knows.
    pub(super) fn one_of<T: Copy>(&mut self, key: &str, meanings: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let meaning = meanings.iter().find(|(word, _)| *word == text);
        if meaning.is_none() {
            self.note(key, WarningKind::WrongType);
        }
        meaning.map(|&(_, meaning)| meaning)
    }

    /// The authors, those without a name and an address left out. `author` (JSON Feed 1.0) is read too.
    pub(super) fn authors(&mut self) -> Vec<Author> {
        const KEY: &str = "authors";
        let mut authors = Vec::new();
        let given = match self.value(KEY) {
            Some(Value::Array(list)) => list,
            Some(one) => {
                // What is no object either is told about below.
                if matches!(one, Value::Object(_)) {
                    self.note(KEY, WarningKind::WrongType);
                }
                vec![one]
            }
            None => self.value("author").into_iter().collect(),
        };
        for author in given {
            let author = self.author(KEY, author);
            if author != Author::default() {
                authors.push(author);
            }
        }
        authors
    }

    /// One author from an object; from a text or number, which is taken for the name.
    pub(super) fn author(&mut self, key: &'static str, value: Value) -> Author {
        let object = match value {
            Value::Object(_) => value,
            other => {
                self.note(key, WarningKind::WrongType);
                Value::Object(vec![("name".to_owned(), other)])
            }
        };
        let place = Place { item: self.place.item, inner: key };
        let mut fields = Fields { object, place, notes: self.notes };
        let name = match fields.value("name") {
            None => String::new(),
            Some(Value::String(name)) => name,
            Some(Value::Number(number)) => {
                fields.note("name", WarningKind::WrongType);
                number.as_name().to_owned()
            }
            Some(_) => fields.wrong_type("name").unwrap_or_default(),
        };
        let name = fields.clip("name", name, NAME_BYTES_MAX);
        Author { name, url: fields.filled_text("url") }
    }

    fn clip(&mut self, key: &str, mut text: String, bytes_max: usize) -> String {
        if text.len() > bytes_max {
            text.truncate(text.floor_char_boundary(bytes_max));
            self.note(key, WarningKind::TooLong);
        }
        text
    }

    fn wrong_type<T>(&mut self, key: &str) -> Option<T> {
        self.note(key, WarningKind::WrongType);
        None
    }
}

/// RFC 3339, and not so far off that a program must have made it up.
pub(super) fn sound_date(value: &Value) -> Option<Timestamp> {
    let date = Timestamp::parse_rfc3339(value.as_str()?)?;
    let Civil { year, .. } = date.civil();
    YEARS.contains(&year).then_some(date)
}
