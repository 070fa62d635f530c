//! Plain text out of fields in which WordPress keeps HTML: titles, names, excerpts.

use crate::markup::{Kind, Scanner};

/// Named references that occur in titles and names; all others are kept as they stand.
const NAMED: [(&str, &str); 24] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{a0}"),
    ("hellip", "…"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("times", "×"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("euro", "€"),
    ("deg", "°"),
    ("middot", "·"),
    ("bull", "•"),
    ("shy", "\u{ad}"),
];

/// Longest reference that is looked at: `&#x10FFFF;`.
const REFERENCE_BYTES_MAX: usize = 10;

/// One line of plain text: tags and comments dropped, references decoded, white space drawn together.
pub(crate) fn plain_line(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for token in Scanner::new(html) {
        match token.kind {
            Kind::Text => text.push_str(token.raw),
            Kind::Open | Kind::Close if matches!(token.name, "br" | "p" | "li" | "div") => text.push(' '),
            Kind::Open | Kind::Close | Kind::Comment => {}
        }
    }
    let mut line = String::with_capacity(text.len());
    for word in decode_references(&text).split(|c: char| c.is_ascii_whitespace() || c.is_control()) {
        if !word.is_empty() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    line
}

/// Character references decoded once; what is none stays as it stands.
pub(crate) fn decode_references(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(REFERENCE_BYTES_MAX + 1).position(|byte| byte == b';');
        match end.and_then(|end| reference(&rest[1..end]).map(|decoded| (end, decoded))) {
            Some((end, decoded)) => {
                out.push_str(&decoded);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn reference(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control()).map(String::from);
    }
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned())
}

/// A name without the e-mail address it may be: what stands before the `@`. `None` when it is no address.
pub(crate) fn name_before_at(name: &str) -> Option<&str> {
    let (local, host) = name.split_once('@')?;
    let address = !local.is_empty() && host.contains('.') && !name.contains(char::is_whitespace) && !host.contains('@');
    address.then_some(local)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_without_markup() {
        let check = |html: &str, expected: &str| assert_eq!(plain_line(html), expected, "{html:?}");
        check("Threaded — “seed” & <b>tags</b>", "Threaded — “seed” & tags");
        check("Tom &amp; Jerry&#039;s &lt;i&gt;", "Tom & Jerry's <i>");
        check("a<br>b\n\n c<!-- d -->", "a b c");
        check("&amp;amp; &nope; &#0; &#xfffffff; & &", "&amp; &nope; &#0; &#xfffffff; & &");
        check("1 < 2", "1 < 2");
        check("&ééééé;", "&ééééé;");
    }

    #[test]
    fn an_address_is_not_a_name() {
        let check = |name: &str, expected: Option<&str>| assert_eq!(name_before_at(name), expected, "{name:?}");
        check("bob@example.org", Some("bob"));
        check("Bob @ work", None);
        check("@bob", None);
        check("bob@home", None);
    }
}
