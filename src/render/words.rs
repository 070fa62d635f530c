//! Elements as words for `rows.js`: one string for many rows, so that it is handed to the browser once.

use super::row::SlotTarget;
use super::write::ElementWriter;
use afterword_core::body::{Body, Event};

/// Between words. A text cannot hold it: it is replaced as an HTML parser would.
const BETWEEN: char = '\0';

/// Attributes that are named by one character, from [`FIRST_NAME`] on; `rows.js` has the same list.
const NAMES: [&str; 12] = [
    "class",
    "id",
    "href",
    "rel",
    "title",
    "datetime",
    "dir",
    "hidden",
    "aria-posinset",
    "aria-setsize",
    "data-replies",
    "aria-expanded",
];
const FIRST_NAME: char = 'A';

/// Numbers are one character as well, from this one on: all above it are neither [`BETWEEN`] nor halves of others.
const FIRST_NUMBER: u32 = 0x20;

/// Words so far.
#[derive(Default)]
pub(super) struct Words(String);

impl Words {
    /// All words of a body.
    #[cfg(feature = "browser")]
    pub(super) fn of_body(body: &Body) -> Self {
        let mut words = Self::default();
        words.body(body);
        words
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The element that was opened last is a slot of a shape.
    pub(super) fn slot(&mut self) {
        self.word('!', &[]);
    }

    /// A row of the shape with this number begins.
    pub(super) fn copy(&mut self, shape: usize) {
        self.word('*', &[]);
        self.number(shape);
    }

    /// What follows is of the slot with this number.
    pub(super) fn select(&mut self, slot: usize) {
        self.word('@', &[]);
        self.number(slot);
    }

    /// The text of a slot, in place of the one that is there.
    pub(super) fn replace_text(&mut self, text: &str) {
        self.word('"', &[text]);
    }

    fn number(&mut self, number: usize) {
        let character = u32::try_from(number).ok().and_then(|number| char::from_u32(FIRST_NUMBER + number));
        self.0.extend(character);
    }

    fn word(&mut self, kind: char, parts: &[&str]) {
        if !self.0.is_empty() {
            self.0.push(BETWEEN);
        }
        self.0.push(kind);
        for part in parts {
            if part.contains(BETWEEN) {
                self.0.extend(part.chars().map(|c| if c == BETWEEN { '\u{fffd}' } else { c }));
            } else {
                self.0.push_str(part);
            }
        }
    }
}

impl SlotTarget for Words {
    fn attr(&mut self, name: &'static str, value: &str) {
        match (FIRST_NAME..).zip(NAMES).find(|&(_, known)| known == name) {
            Some((short, _)) => self.word('#', &[short.encode_utf8(&mut [0; 4]), value]),
            None => self.word('=', &[name, "=", value]),
        }
    }

    fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.word('\'', &[text]);
        }
    }
}

impl ElementWriter for Words {
    fn open(&mut self, tag: &'static str) {
        self.word('<', &[tag]);
    }

    fn body(&mut self, body: &Body) {
        for event in body.events() {
            match event {
                Event::Open(element) => {
                    self.open(element.tag.name());
                    for (attr, value) in &element.attrs {
                        self.attr(attr.name(), value);
                    }
                }
                Event::Text(text) => self.text(text),
                Event::Close(tag) => self.close(tag.name()),
            }
        }
    }

    fn close(&mut self, _tag: &'static str) {
        self.word('>', &[]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_become_an_element() {
        let mut words = Words::default();
        words.open("p");
        words.attr("title", "a\0<script");
        words.attr("other", "\0<b");
        words.text("\0<script\0>");
        words.close("p");
        assert_eq!(words.as_str(), "<p\0#Ea\u{fffd}<script\0=other=\u{fffd}<b\0'\u{fffd}<script\u{fffd}>\0>");
    }
}
