//! The attributes of a tag, and addresses in them written anew.

use crate::markup::{Kind, Scanner, Token};
use crate::text;
use std::ops::Range;

/// Attributes in which an address stands that WordPress writes into texts.
const ADDRESSES: [(&str, &str); 7] = [
    ("a", "href"),
    ("area", "href"),
    ("img", "src"),
    ("audio", "src"),
    ("video", "src"),
    ("video", "poster"),
    ("source", "src"),
];

/// An address in a tag.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Address<'a> {
    /// The name of the element, as written.
    pub(crate) element: &'a str,
    /// The address, its references decoded.
    pub(crate) url: &'a str,
}

impl Address<'_> {
    /// Whether the element shows what is at the address, in place of leading there.
    pub(crate) fn is_shown(&self) -> bool {
        !self.element.eq_ignore_ascii_case("a") && !self.element.eq_ignore_ascii_case("area")
    }

    /// Whether it is a picture in the text.
    pub(crate) fn is_picture(&self) -> bool {
        self.element.eq_ignore_ascii_case("img")
    }
}

/// Puts another address in the place of each one for which `replace` has one. `None` when there was none.
pub(crate) fn replace_addresses(html: &str, mut replace: impl FnMut(Address<'_>) -> Option<String>) -> Option<String> {
    let mut out = String::new();
    // How far `html` has been copied.
    let mut copied = 0;
    let mut at = 0;
    for token in Scanner::new(html) {
        let start = at;
        at += token.raw.len();
        let names = || ADDRESSES.iter().filter(|(element, _)| element.eq_ignore_ascii_case(token.name));
        if token.kind != Kind::Open || names().next().is_none() {
            continue;
        }
        for (name, value) in attributes(&token) {
            let raw = &token.raw[value.clone()];
            if !names().any(|(_, wanted)| wanted.eq_ignore_ascii_case(name)) {
                continue;
            }
            let url = text::decode_references(raw.trim());
            let Some(new) = replace(Address { element: token.name, url: &url }) else { continue };
            let quoted = token.raw[..value.start].ends_with(['"', '\'']);
            out.push_str(&html[copied..start + value.start]);
            out.push_str(if quoted { "" } else { "\"" });
            out.push_str(&escape(&new));
            out.push_str(if quoted { "" } else { "\"" });
            copied = start + value.end;
        }
    }
    (copied > 0).then(|| out + &html[copied..])
}

/// Names and the places of the values, without quotes, in a start tag.
fn attributes<'a>(token: &Token<'a>) -> Vec<(&'a str, Range<usize>)> {
    let raw = token.raw;
    let bytes = raw.as_bytes();
    let mut found = Vec::new();
    let mut at = 1 + token.name.len();
    while at < bytes.len() {
        let skip = |at: usize, wanted: fn(&u8) -> bool| at + bytes[at..].iter().take_while(|byte| wanted(byte)).count();
        at = skip(at, |byte| byte.is_ascii_whitespace() || *byte == b'/');
        let name = at;
        at = skip(at, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>' | b'/'));
        let name = &raw[name..at];
        let equals = skip(at, u8::is_ascii_whitespace);
        if bytes.get(equals) != Some(&b'=') {
            // A lone `>` or quote has no name either; one step on, so that this ends.
            at = if name.is_empty() { raw.ceil_char_boundary(at + 1) } else { at };
            continue;
        }
        let start = skip(equals + 1, u8::is_ascii_whitespace);
        let value = match bytes.get(start) {
            Some(quote @ (b'"' | b'\'')) => {
                let len = bytes[start + 1..].iter().position(|byte| byte == quote);
                let end = len.map_or(bytes.len().saturating_sub(1).max(start + 1), |len| start + 1 + len);
                at = end + 1;
                start + 1..end
            }
            Some(_) | None => {
                at = skip(start, |byte| !byte.is_ascii_whitespace() && *byte != b'>');
                start..at
            }
        };
        found.push((name, value));
    }
    found
}

/// A text as part of markup, or as the value of an attribute in double quotes.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(html: &str, expected: &str) {
        let replaced = replace_addresses(html, |address| (address.url != "keep").then(|| format!("[{}]", address.url)));
        assert_eq!(replaced.as_deref().unwrap_or(html), expected, "{html:?}");
    }

    #[test]
    fn addresses_are_found_however_they_are_written() {
        check("<a href=\"x\">y</a>", "<a href=\"[x]\">y</a>");
        check("<A class=q HREF = 'x' title=\"y\">", "<A class=q HREF = '[x]' title=\"y\">");
        check("<img src=x alt>", "<img src=\"[x]\" alt>");
        check("<img alt=\"a > b\" src=\"x\"/>", "<img alt=\"a > b\" src=\"[x]\"/>");
        check("<a href=\"a?b&amp;c\">", "<a href=\"[a?b&amp;c]\">");
        check("<video src=a poster=b><source src=c>", "<video src=\"[a]\" poster=\"[b]\"><source src=\"[c]\">");
    }

    #[test]
    fn all_else_stays() {
        for html in
            ["<a href=\"keep\">", "<p src=\"x\">", "<a title='href=\"x\"'>", "<!-- <a href=x> -->", "a href=x", "<a =>"]
        {
            check(html, html);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        /// Whatever the tags look like, what is not an address stays as it is.
        #[test]
        fn nothing_else_is_touched(parts in prop::collection::vec(prop::sample::select(vec![
            "<a ", "<img", " href", " src", "=", " = ", "\"", "'", "x", "é", ">", "/>", "<", " ", "\n", "=x",
        ]), 0..24)) {
            let html = parts.concat();
            let same = replace_addresses(&html, |address| (!address.url.contains(['"', '\'', '<', '>', '&'])).then(|| "#".to_owned()));
            if let Some(same) = same {
                prop_assert!(same.contains('#'));
            }
            prop_assert_eq!(replace_addresses(&html, |_| None), None);
        }
    }
}
