//! Writing XML: elements, attributes and text, with nothing in it that XML 1.0 cannot have.

/// A document that is being written.
pub(super) struct Xml {
    out: String,
}

impl Xml {
    /// An empty document.
    pub(super) fn new() -> Self {
        Self { out: String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n") }
    }

    /// The text of the document.
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// How long it is so far, in bytes.
    pub(super) fn len(&self) -> usize {
        self.out.len()
    }

    /// Begins an element that has others in it.
    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes, ">\n");
    }

    /// Ends an element.
    pub(super) fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push_str(">\n");
    }

    /// An element with nothing in it.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes, "/>\n");
    }

    /// An element with a text in it.
    pub(super) fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.tag(name, attributes, ">");
        push_escaped(&mut self.out, text);
        self.close(name);
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)], end: &str) {
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            push_escaped(&mut self.out, value);
            self.out.push('"');
        }
        self.out.push_str(end);
    }
}

/// Text as it stands in a document or an attribute. What XML has no way to say (XML 1.0, 2.2: most control characters)
/// becomes U+FFFD.
fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // A parser would make a line feed of it.
            '\r' => out.push_str("&#13;"),
            '\n' | '\t' => out.push(c),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {
                out.push('\u{fffd}')
            }
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_its_place() {
        let mut xml = Xml::new();
        xml.open("a", &[("b", "\"><x/>")]);
        xml.text("c", &[], "]]></c>&amp;\u{0}\u{b}\u{ffff}\r");
        xml.close("a");
        assert_eq!(
            xml.finish().lines().skip(1).collect::<String>(),
            "<a b=\"&quot;&gt;&lt;x/&gt;\"><c>]]&gt;&lt;/c&gt;&amp;amp;\u{fffd}\u{fffd}\u{fffd}&#13;</c></a>"
        );
    }
}
