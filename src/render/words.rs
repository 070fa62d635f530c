//! Elements as words for `rows.js`: one string for many rows, so that it is handed to the browser once.

use super::row::SlotTarget;
use super::write::ElementWriter;
use afterword_core::body::{Body, Event};

/// Between words. A text cannot hold it: it is replaced as an HTML parser would.
const BETWEEN: char = '\0';

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
        self.word('=', &[name, "=", value]);
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
        words.text("\0<script\0>");
        words.close("p");
        assert_eq!(words.as_str(), "<p\0=title=a\u{fffd}<script\0'\u{fffd}<script\u{fffd}>\0>");
    }
}
