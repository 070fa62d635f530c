//! Addresses that stand in a text as mere words become links, as WordPress shows them.
//!
//! In comments any address does (`make_clickable`); in posts one that has a line to itself (`WP_Embed::autoembed`,
//! which asks the other site for a player; here it stays a link).

use crate::attributes::escape;
use crate::autop::is_block;
use crate::markup::{Kind, Scanner, Token};

/// Elements in which an address is part of a link already, or of a program.
const LEFT_ALONE: [&str; 8] = ["a", "pre", "code", "kbd", "script", "style", "textarea", "button"];

/// Where an address in running text may begin.
const BEGINNINGS: [&str; 3] = ["http://", "https://", "www."];

/// Makes links of all addresses in a comment's HTML.
pub(crate) fn link_addresses(html: &str) -> String {
    if !BEGINNINGS.iter().any(|beginning| html.contains(beginning)) {
        return html.to_owned();
    }
    let mut out = String::with_capacity(html.len() + html.len() / 4);
    let mut outside = Outside::default();
    for token in Scanner::new(html) {
        if token.kind == Kind::Text && outside.is_free() {
            link_words(token.raw, &mut out);
        } else {
            outside.pass(&token);
            out.push_str(token.raw);
        }
    }
    out
}

/// Makes links of the addresses in a post that stand alone on a line or in a block.
pub(crate) fn link_lines(html: &str) -> String {
    if !html.contains("http://") && !html.contains("https://") {
        return html.to_owned();
    }
    let mut out = String::with_capacity(html.len());
    let mut outside = Outside::default();
    let mut parts_before = true;
    let mut tokens = Scanner::new(html).peekable();
    while let Some(token) = tokens.next() {
        if token.kind == Kind::Text && outside.is_free() {
            let parts_after = tokens.peek().is_none_or(parts_lines);
            lonely_lines(token.raw, parts_before, parts_after, &mut out);
        } else {
            outside.pass(&token);
            out.push_str(token.raw);
        }
        parts_before = parts_lines(&token);
    }
    out
}

/// Whether text before and after this is on lines of its own.
fn parts_lines(token: &Token<'_>) -> bool {
    match token.kind {
        Kind::Open | Kind::Close => is_block(token.name) || token.name.eq_ignore_ascii_case("br"),
        Kind::Comment => true,
        Kind::Text => false,
    }
}

fn lonely_lines(text: &str, parts_before: bool, parts_after: bool, out: &mut String) {
    let mut lines = text.split('\n').enumerate().peekable();
    while let Some((index, line)) = lines.next() {
        let is_last = lines.peek().is_none();
        let alone = (index > 0 || parts_before) && (!is_last || parts_after);
        let url = line.trim();
        let is_address =
            (url.starts_with("http://") || url.starts_with("https://")) && address_len(url) > "https://".len();
        out.push_str(if index > 0 { "\n" } else { "" });
        if alone && is_address && !url.contains([' ', '\t', '"']) {
            put_link(url, url, out);
        } else {
            out.push_str(line);
        }
    }
}

/// Whether the place in a text is one where links may be made.
#[derive(Default)]
struct Outside<'a> {
    /// The element that is left alone, and how many of its name are open.
    inside: Option<(&'a str, usize)>,
}

impl<'a> Outside<'a> {
    fn is_free(&self) -> bool {
        self.inside.is_none()
    }

    fn pass(&mut self, token: &Token<'a>) {
        let named = |name: &str| name.eq_ignore_ascii_case(token.name);
        self.inside = match (self.inside.take(), token.kind) {
            (None, Kind::Open) if LEFT_ALONE.iter().any(|name| named(name)) && !token.raw.ends_with("/>") => {
                Some((token.name, 1))
            }
            (Some((name, count)), Kind::Open) if named(name) => Some((name, count + 1)),
            (Some((name, 1)), Kind::Close) if named(name) => None,
            (Some((name, count)), Kind::Close) if named(name) => Some((name, count - 1)),
            (inside, _) => inside,
        };
    }
}

fn link_words(text: &str, out: &mut String) {
    let mut rest = text;
    let mut before = ' ';
    while let Some(at) = next_beginning(rest, before) {
        out.push_str(&rest[..at]);
        let len = address_len(&rest[at..]);
        let (url, after) = rest[at..].split_at(len);
        let host = url.trim_start_matches("https://").trim_start_matches("http://");
        if host.len() > "www.".len() && host.contains('.') || url.starts_with("http") && !host.is_empty() {
            let scheme = if url.starts_with("www.") { "http://" } else { "" };
            put_raw_link(&format!("{scheme}{url}"), url, out);
        } else {
            out.push_str(url);
        }
        before = url.chars().next_back().unwrap_or(' ');
        rest = after;
    }
    out.push_str(rest);
}

/// Where the next address begins. One begins where no word runs into it. `before` is the letter before `text`.
fn next_beginning(text: &str, before: char) -> Option<usize> {
    // Letters of ASCII are never inside of another letter, so the text can be cut at them.
    let candidates = text.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'h' | b'w')).map(|(at, _)| at);
    candidates.into_iter().find(|at| {
        let last = || text[..*at].chars().next_back().unwrap_or(before);
        BEGINNINGS.iter().any(|beginning| text[*at..].starts_with(beginning))
            && !last().is_alphanumeric()
            && !matches!(last(), '/' | '.' | '@' | '-' | '=')
    })
}

/// The length of the address at the start, without the marks of the sentence around it.
fn address_len(text: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`');
    let mut address = &text[..text.find(ends).unwrap_or(text.len())];
    for reference in ["&quot;", "&gt;", "&lt;", "&nbsp;"] {
        address = &address[..address.find(reference).unwrap_or(address.len())];
    }
    let mut closing = address.matches(')').count().saturating_sub(address.matches('(').count());
    address
        .trim_end_matches(|c: char| match c {
            // A bracket belongs to the address if it was opened in it.
            ')' => {
                let opened_outside = closing > 0;
                closing = closing.saturating_sub(1);
                opened_outside
            }
            _ => matches!(c, '.' | ',' | ':' | ';' | '!' | '?' | '\'' | '*' | '…' | '»' | '’' | '”'),
        })
        .len()
}

fn put_link(url: &str, words: &str, out: &mut String) {
    // In a text `&amp;` is what `&` should be, so both are taken for one.
    let sound = |text: &str| escape(&crate::text::decode_references(text));
    put_raw_link(&sound(url), &sound(words), out);
}

fn put_raw_link(url: &str, words: &str, out: &mut String) {
    out.push_str("<a href=\"");
    out.push_str(url);
    out.push_str("\">");
    out.push_str(words);
    out.push_str("</a>");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        let drawn = expected.replace('[', "<a href=\"").replace('|', "\">").replace(']', "</a>");
        assert_eq!(link_addresses(html), drawn, "{html:?}");
    }

    #[test]
    fn addresses_in_comments_become_links() {
        check("See http://a.example/x.", "See [http://a.example/x|http://a.example/x].");
        check("(https://a.example/x_(y))", "([https://a.example/x_(y)|https://a.example/x_(y)])");
        check("www.a.example, or", "[http://www.a.example|www.a.example], or");
        check(
            "http://a.example/?b=1&amp;c=2&quot;",
            "[http://a.example/?b=1&amp;c=2|http://a.example/?b=1&amp;c=2]&quot;",
        );
        check("<p>https://a.example<br />", "<p>[https://a.example|https://a.example]<br />");
        check(
            "http://a.example http://b.example",
            "[http://a.example|http://a.example] [http://b.example|http://b.example]",
        );
    }

    #[test]
    fn what_is_a_link_or_code_or_no_address_stays() {
        for html in [
            "<a href=\"http://a.example\">http://a.example</a>",
            "<code>http://a.example</code>",
            "<pre><b>http://a.example</b></pre>",
            "xhttp://a.example",
            "me@www.example",
            "http://",
            "www.",
            "no address",
        ] {
            check(html, html);
        }
    }

    fn check_lines(html: &str, expected: &str) {
        let drawn = expected.replace('[', "<a href=\"").replace('|', "\">").replace(']', "</a>");
        assert_eq!(link_lines(html), drawn, "{html:?}");
    }

    #[test]
    fn in_posts_only_lonely_addresses_become_links() {
        check_lines(
            "Look:\n\nhttps://a.example/x\n\nNice.",
            "Look:\n\n[https://a.example/x|https://a.example/x]\n\nNice.",
        );
        check_lines("<p>https://a.example/x</p>", "<p>[https://a.example/x|https://a.example/x]</p>");
        check_lines(
            "<div class=\"w\">\nhttps://a.example/?a&amp;b\n</div>",
            "<div class=\"w\">\n[https://a.example/?a&amp;b|https://a.example/?a&amp;b]\n</div>",
        );
        for html in [
            "see https://a.example/x",
            "<b>https://a.example/x</b>",
            "<a href=\"x\">y</a> https://a.example/x",
            "<pre>\nhttps://a.example/x\n</pre>",
            "https://a.example/x and more",
        ] {
            check_lines(html, html);
        }
    }
}
