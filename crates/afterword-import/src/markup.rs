//! HTML taken apart into tags, comments and text, just far enough to find paragraphs: nothing is decoded or checked.

/// What a [`Token`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Open,
    Close,
    /// A comment, a doctype, or a processing instruction.
    Comment,
    Text,
}

/// One piece of markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) kind: Kind,
    /// The piece as it stands in the source.
    pub(crate) raw: &'a str,
    /// The element's name as written; empty for comments and text.
    pub(crate) name: &'a str,
}

/// How far the end of a tag is looked for past quotes. Pictures written into a tag are the longest that people have.
const TAG_BYTES_MAX: usize = 64 * 1024;

/// Goes over markup from start to end. Time is linear in the length of the text.
pub(crate) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// No `>` comes any more: every further `<` is text.
    tags_over: bool,
    /// No `-->` comes any more.
    comments_over: bool,
}

impl<'a> Scanner<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0, tags_over: false, comments_over: false }
    }

    /// From the tag that was just handed out through the end tag of the same name, or to the end of the text.
    pub(crate) fn through_end_of(&mut self, open: Token<'a>) -> &'a str {
        if open.raw.ends_with("/>") {
            return open.raw;
        }
        let start = self.at - open.raw.len();
        let bytes = self.text.as_bytes();
        let name = open.name.as_bytes();
        let mut at = self.at;
        while let Some(found) = find(bytes, at, b'<') {
            let end = found + 2 + name.len();
            let is_end = bytes.get(found + 1) == Some(&b'/')
                && bytes.get(found + 2..end).is_some_and(|it| it.eq_ignore_ascii_case(name))
                && !bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
            if is_end {
                self.at = find(bytes, end, b'>').map_or(bytes.len(), |close| close + 1);
                return &self.text[start..self.at];
            }
            at = found + 1;
        }
        self.at = bytes.len();
        &self.text[start..]
    }

    /// The tag or comment at the `<` where the scanner stands, if it is one.
    fn markup(&mut self) -> Option<Token<'a>> {
        let rest = &self.text[self.at..];
        let bytes = rest.as_bytes();
        if rest.starts_with("<!--") {
            if self.comments_over {
                return None;
            }
            let end = rest.find("-->");
            self.comments_over = end.is_none();
            return end.map(|end| Token { kind: Kind::Comment, raw: &rest[..end + 3], name: "" });
        }
        let (kind, name_at) = match bytes.get(1)? {
            b'/' => (Kind::Close, 2),
            b'!' | b'?' => (Kind::Comment, 1),
            _ => (Kind::Open, 1),
        };
        if kind != Kind::Comment && !bytes.get(name_at).is_some_and(u8::is_ascii_alphabetic) {
            return None;
        }
        let end = self.tag_end(bytes)?;
        let name_len = bytes[name_at..end].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
        Some(Token { kind, raw: &rest[..end], name: &rest[name_at..name_at + name_len] })
    }

    /// The place after the `>` of the tag at the start of `bytes`. A `>` in quotes is skipped, unless the quote never
    /// ends.
    fn tag_end(&mut self, bytes: &[u8]) -> Option<usize> {
        if self.tags_over {
            return None;
        }
        let Some(plain) = find(bytes, 0, b'>') else {
            self.tags_over = true;
            return None;
        };
        let mut quote = None;
        for (index, byte) in bytes.iter().enumerate().take(TAG_BYTES_MAX) {
            match (quote, byte) {
                (None, b'>') => return Some(index + 1),
                (None, b'"' | b'\'') => quote = Some(*byte),
                (Some(open), _) if open == *byte => quote = None,
                _ => {}
            }
        }
        Some(plain + 1)
    }
}

impl<'a> Iterator for Scanner<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let rest = &self.text[self.at..];
        let first = rest.as_bytes().first()?;
        let markup = if *first == b'<' { self.markup() } else { None };
        let token = markup.unwrap_or_else(|| {
            let end = find(rest.as_bytes(), 1, b'<').unwrap_or(rest.len());
            Token { kind: Kind::Text, raw: &rest[..end], name: "" }
        });
        self.at += token.raw.len();
        Some(token)
    }
}

fn find(bytes: &[u8], from: usize, wanted: u8) -> Option<usize> {
    bytes.get(from..)?.iter().position(|byte| *byte == wanted).map(|index| from + index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let tokens: Vec<String> =
            Scanner::new(text).map(|token| format!("{:?} {} {}", token.kind, token.name, token.raw)).collect();
        assert_eq!(tokens, expected, "{text:?}");
    }

    #[test]
    fn tags_comments_and_text() {
        check("a<b>c</B>", &["Text  a", "Open b <b>", "Text  c", "Close B </B>"]);
        check("<!-- <p> -->x<!doctype>", &["Comment  <!-- <p> -->", "Text  x", "Comment  <!doctype>"]);
        check("1 < 2 <3 </ >", &["Text  1 ", "Text  < 2 ", "Text  <3 ", "Text  </ >"]);
    }

    #[test]
    fn quotes_hide_an_angle_unless_they_never_end() {
        check("<a title='x>y'>z", &["Open a <a title='x>y'>", "Text  z"]);
        check("<a title=\"x>y", &["Open a <a title=\"x>", "Text  y"]);
    }

    #[test]
    fn what_never_ends_is_text() {
        check("<b <b", &["Text  <b ", "Text  <b"]);
        check("<!-- a <b>", &["Text  <!-- a ", "Open b <b>"]);
    }
}
