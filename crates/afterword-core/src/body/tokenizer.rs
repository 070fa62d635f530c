//! HTML cut into tokens, as the WHATWG standard cuts it (section 13.2.5), without copying a byte.
//!
//! Nothing is decoded here and nothing is judged. Comments, doctypes, processing instructions and CDATA sections give
//! no token. Every byte is looked at a fixed number of times, whatever the input is: a tag, comment or raw text that
//! never ends takes all the rest with it, as in a browser, so that no search is made twice.

/// A piece of the input. Tag names come as written, in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text with character references still in it. Never empty.
    Text(&'a str),
    /// `<name ...>`.
    Start(StartTag<'a>),
    /// `</name ...>`.
    End(&'a str),
}

/// A start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StartTag<'a> {
    pub(super) name: &'a str,
    /// Everything between the name and the `>`.
    attributes: &'a str,
    /// Written `<name />`: it means something inside of `svg` and `math` only.
    pub(super) self_closing: bool,
}

impl<'a> StartTag<'a> {
    /// The attributes in order, doubled ones included.
    pub(super) fn attributes(&self) -> Attributes<'a> {
        Attributes { input: self.attributes, at: 0, self_closing: false }
    }
}

/// Cuts attributes: gives names as written and values with character references still in them.
pub(super) struct Attributes<'a> {
    input: &'a str,
    at: usize,
    self_closing: bool,
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

impl<'a> Attributes<'a> {
    fn peek(&self) -> Option<u8> {
        self.input.as_bytes().get(self.at).copied()
    }

    /// Goes on to the first byte for which `stop` holds, or to the end, and gives what lies before it.
    fn take_until(&mut self, stop: impl Fn(u8) -> bool) -> &'a str {
        let start = self.at;
        while self.peek().is_some_and(|byte| !stop(byte)) {
            self.at += 1;
        }
        self.input.get(start..self.at).unwrap_or("")
    }

    fn value(&mut self) -> Option<&'a str> {
        self.at += 1;
        self.take_until(|byte| !is_space(byte));
        match self.peek() {
            Some(quote @ (b'"' | b'\'')) => {
                self.at += 1;
                let value = self.take_until(|byte| byte == quote);
                self.peek()?;
                self.at += 1;
                Some(value)
            }
            Some(_) => Some(self.take_until(|byte| is_space(byte) || byte == b'>')),
            None => Some(""),
        }
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.peek()? {
                b'>' => return None,
                b'/' => self.self_closing = self.input.as_bytes().get(self.at + 1) == Some(&b'>'),
                byte if is_space(byte) => {}
                _ => break,
            }
            self.at += 1;
        }
        let start = self.at;
        // The first character belongs to the name even when it is `=`.
        self.at += 1;
        self.take_until(|byte| is_space(byte) || matches!(byte, b'/' | b'>' | b'='));
        let name = self.input.get(start..self.at)?;
        self.take_until(|byte| !is_space(byte));
        let value = if self.peek() == Some(b'=') { self.value()? } else { "" };
        Some((name, value))
    }
}

/// Where the cutting stands.
pub(super) struct Tokenizer<'a> {
    rest: &'a str,
}

impl<'a> Tokenizer<'a> {
    pub(super) fn new(input: &'a str) -> Self {
        Self { rest: input }
    }

    /// Splits off the first `len` bytes. All callers cut next to an ASCII character or at the end.
    fn take(&mut self, len: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(len).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Everything that is left, as text: what follows `<plaintext>`.
    pub(super) fn take_rest(&mut self) -> &'a str {
        self.take(self.rest.len())
    }

    /// The text up to the end tag of this name, which is swallowed; up to the end when there is none.
    pub(super) fn take_raw(&mut self, name: &str) -> &'a str {
        let mut from = 0;
        while let Some(found) = self.rest.get(from..).and_then(|rest| rest.find("</")) {
            let at = from + found;
            if names_end(self.rest, at + 2, name) {
                return self.take_with_end_tag(at, name);
            }
            from = at + 2;
        }
        self.take_rest()
    }

    /// Like [`Self::take_raw`] for `script`, where `<!-- <script>` hides the next end tag.
    pub(super) fn take_script(&mut self) -> &'a str {
        const NAME: &str = "script";
        let bytes = self.rest.as_bytes();
        let (mut commented, mut doubled) = (false, false);
        let mut at = 0;
        while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|b| matches!(b, b'<' | b'-'))) {
            at += found;
            let here = bytes.get(at..).unwrap_or(&[]);
            if here.starts_with(b"-->") {
                (commented, doubled) = (false, false);
            } else if here.starts_with(b"<!--") && !commented {
                commented = true;
                // The two dashes may already be those of `-->`.
                at += 1;
            } else if here.starts_with(b"</") && names_end(self.rest, at + 2, NAME) {
                if !doubled {
                    return self.take_with_end_tag(at, NAME);
                }
                doubled = false;
            } else if here.starts_with(b"<") && commented && names_end(self.rest, at + 1, NAME) {
                doubled = true;
            }
            at += 1;
        }
        self.take_rest()
    }

    fn take_with_end_tag(&mut self, at: usize, name: &str) -> &'a str {
        let text = self.take(at);
        self.take(2 + name.len());
        self.attributes();
        text
    }

    /// Cuts attributes and the `>` after them; `None` when the input ends before it.
    fn attributes(&mut self) -> Option<(&'a str, bool)> {
        let mut attributes = Attributes { input: self.rest, at: 0, self_closing: false };
        while attributes.next().is_some() {}
        if attributes.peek() != Some(b'>') {
            self.take_rest();
            return None;
        }
        let taken = self.take(attributes.at);
        self.take(1);
        Some((taken, attributes.self_closing))
    }

    fn tag_name(&mut self) -> &'a str {
        let ends = |byte: &u8| is_space(*byte) || matches!(byte, b'/' | b'>');
        let len = self.rest.as_bytes().iter().position(ends).unwrap_or(self.rest.len());
        self.take(len)
    }

    fn skip_past(&mut self, end: &str) {
        let len = self.rest.find(end).map_or(self.rest.len(), |at| at + end.len());
        self.take(len);
    }

    /// Skips a comment whose `<!--` has been taken.
    fn skip_comment(&mut self) {
        if self.rest.starts_with('>') || self.rest.starts_with("->") {
            return self.skip_past(">");
        }
        while let Some(at) = self.rest.find("--") {
            self.take(at + 2);
            if self.rest.starts_with('>') || self.rest.starts_with("!>") {
                return self.skip_past(">");
            }
            if self.rest.starts_with('-') {
                // Of three dashes the last two may be those that count.
                let dashes = self.rest.bytes().take_while(|byte| *byte == b'-').count();
                self.take(dashes);
                if self.rest.starts_with('>') || self.rest.starts_with("!>") {
                    return self.skip_past(">");
                }
            }
        }
        self.take_rest();
    }

    fn text(&mut self) -> Token<'a> {
        // A `<` that starts no tag is text itself.
        let from = usize::from(self.rest.starts_with('<'));
        let next = self.rest.get(from..).and_then(|rest| rest.find('<'));
        Token::Text(self.take(next.map_or(self.rest.len(), |at| from + at)))
    }
}

/// Whether `name` stands at `at`, in any case, and nothing follows that would make it another name.
fn names_end(input: &str, at: usize, name: &str) -> bool {
    let bytes = input.as_bytes();
    bytes.get(at..at + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        && bytes.get(at + name.len()).is_some_and(|byte| is_space(*byte) || matches!(byte, b'/' | b'>'))
}

impl<'a> Iterator for Tokenizer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let bytes = self.rest.as_bytes();
            let first = bytes.first()?;
            let letter_at = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
            if *first != b'<' {
                return Some(self.text());
            }
            if letter_at(1) {
                self.take(1);
                let name = self.tag_name();
                let (attributes, self_closing) = self.attributes()?;
                return Some(Token::Start(StartTag { name, attributes, self_closing }));
            }
            match bytes.get(1) {
                Some(b'/') if letter_at(2) => {
                    self.take(2);
                    let name = self.tag_name();
                    self.attributes()?;
                    return Some(Token::End(name));
                }
                Some(b'/') if bytes.len() == 2 => return Some(self.text()),
                Some(b'!') if bytes.starts_with(b"<!--") => {
                    self.take(4);
                    self.skip_comment();
                }
                Some(b'/' | b'!' | b'?') => self.skip_past(">"),
                _ => return Some(self.text()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use std::fmt::Write as _;

    fn check(input: &str, expected: Expect) {
        let mut out = String::new();
        for token in Tokenizer::new(input) {
            match token {
                Token::Text(text) => writeln!(out, "{text:?}"),
                Token::End(name) => writeln!(out, "/{name}"),
                Token::Start(tag) => {
                    write!(out, "{}", tag.name).unwrap();
                    for (name, value) in tag.attributes() {
                        write!(out, " {name}={value:?}").unwrap();
                    }
                    writeln!(out, "{}", if tag.self_closing { " /" } else { "" })
                }
            }
            .unwrap();
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn tags_and_their_attributes() {
        check(
            "a<b c=d e='f g' h=\"i>j\" k l = m n=/o/ =p><BR/><q/r></B x>",
            expect![[r#"
                "a"
                b c="d" e="f g" h="i>j" k="" l="m" n="/o/" =p=""
                BR /
                q r=""
                /B
            "#]],
        );
    }

    #[test]
    fn a_bracket_that_opens_nothing_is_text() {
        check(
            "1 < 2 <3 << </",
            expect![[r#"
            "1 "
            "< 2 "
            "<3 "
            "<"
            "< "
            "</"
        "#]],
        );
    }

    #[test]
    fn comments_end_where_browsers_end_them() {
        for comment in [
            "<!-->",
            "<!--->",
            "<!---->",
            "<!-- a --!>",
            "<!--a--->",
            "<!----!>",
            "<!--a--!-->",
            "<!--a-->",
            "<!a>",
            "<?a?>",
            "</ a>",
            "</>",
            "<![CDATA[a>",
            "<!doctype html \"a>",
        ] {
            let input = format!("{comment}x");
            let texts: Vec<_> = Tokenizer::new(&input).collect();
            assert_eq!(texts, [Token::Text("x")], "{comment}");
        }
        check("<!-- a -- > b", expect![""]);
    }

    #[test]
    fn what_never_ends_takes_the_rest() {
        check(
            "a<b c='",
            expect![[r#"
            "a"
        "#]],
        );
        check(
            "a</b",
            expect![[r#"
            "a"
        "#]],
        );
    }

    #[test]
    fn scripts_end_where_browsers_end_them() {
        let cases = [
            ("a</script>b", "b"),
            ("</scripts></SCRIPT x>b", "b"),
            ("<!--</script>b", "b"),
            ("<!--<script></script>--></script>b", "b"),
            ("<!--<script></script></script>b", "b"),
            ("<!--><script></script>b", "b"),
            ("<!--<script></script>b", ""),
        ];
        for (input, after) in cases {
            let mut tokens = Tokenizer::new(input);
            tokens.take_script();
            assert_eq!(tokens.rest, after, "{input}");
        }
    }
}
