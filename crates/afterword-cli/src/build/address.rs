//! Absolute addresses of what is on the site, and ids for feeds that never change.

use afterword_adapters::static_json::{encode_path_text, resolve};
use afterword_core::model::{Post, Site};
use sha2::{Digest, Sha256};

/// Where the site is, as far as it is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Addresses<'a> {
    home: Option<&'a str>,
}

impl<'a> Addresses<'a> {
    /// Of this site.
    pub(super) fn of(site: &'a Site) -> Self {
        Self { home: site.url.as_deref() }
    }

    /// The address of what is at a path below the base, not escaped. For a site that does not say where it is, the path
    /// itself.
    pub(super) fn page(self, path: &str) -> String {
        format!("{}{}", self.home.unwrap_or_default(), encode_path_text(path))
    }

    /// Whether addresses are absolute.
    pub(super) fn is_known(self) -> bool {
        self.home.is_some()
    }

    /// What a link leads to that stands on the page at a path below the base; `mailto:` and the like stay as they are.
    pub(super) fn resolved(self, path: &str, link: &str) -> String {
        if link.starts_with('#') {
            return format!("{}{link}", self.page(path));
        }
        let (before, fragment) = link.split_once('#').map_or((link, None), |(before, rest)| (before, Some(rest)));
        match (self.home.and_then(|_| resolve(&self.page(path), before)), fragment) {
            (Some(address), Some(fragment)) => format!("{address}#{fragment}"),
            (Some(address), None) => address,
            (None, _) => link.to_owned(),
        }
    }

    /// An id for a feed: the address of a page, or a name made from its path for a site without one.
    pub(super) fn id(self, path: &str) -> String {
        if self.is_known() { self.page(path) } else { urn(path) }
    }

    /// The id of a post: its own if that is an address or a name of a kind that feeds take.
    pub(super) fn post_id(self, post: &Post) -> String {
        if is_iri(&post.id) { post.id.clone() } else { self.id(&post.path().to_string()) }
    }
}

/// Whether a text is an IRI (RFC 3987) with a scheme that ids have. Stricter than the standard: what is odd gets an id of
/// ours.
fn is_iri(text: &str) -> bool {
    let known = ["https://", "http://", "tag:", "urn:"].iter().find_map(|scheme| text.strip_prefix(scheme));
    let bad = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`' | '[' | ']')
            || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{ffff}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')
    };
    let sound_escapes = |rest: &str| {
        rest.split('%')
            .skip(1)
            .all(|part| part.as_bytes().iter().take_while(|b| b.is_ascii_hexdigit()).take(2).count() == 2)
    };
    known.is_some_and(|rest| !rest.is_empty() && !rest.contains(bad) && sound_escapes(rest))
}

/// A name that is made from a text: a UUID of version 8 (RFC 9562), the same for the same text.
fn urn(text: &str) -> String {
    let hash = Sha256::digest(format!("afterword {text}"));
    let mut bytes: [u8; 16] = [0; 16];
    bytes.iter_mut().zip(hash).for_each(|(byte, hashed)| *byte = hashed);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut out = String::from("urn:uuid:");
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            out.push('-');
        }
        out.push_str(&format!("{byte:02x}"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_where_they_lead_on_their_page() {
        let site = Site { url: Some("https://blog.example/sub/".to_owned()), ..Site::default() };
        let check = |link: &str, expected: &str| {
            assert_eq!(Addresses::of(&site).resolved("posts/größe/", link), expected, "{link}");
        };
        let post = "https://blog.example/sub/posts/gr%C3%B6%C3%9Fe/";
        check("pic.svg", &format!("{post}pic.svg"));
        check("#note", &format!("{post}#note"));
        check("../other/#x", "https://blog.example/sub/posts/other/#x");
        check("/top?q#x", "https://blog.example/top?q#x");
        check("https://elsewhere.example/a#b", "https://elsewhere.example/a#b");
        check("mailto:a@example.org", "mailto:a@example.org");
        assert_eq!(Addresses::of(&Site::default()).resolved("posts/x/", "pic.svg"), "pic.svg");
    }

    #[test]
    fn ids_are_addresses_or_names() {
        for (id, sound) in [
            ("https://old.example/?p=3", true),
            ("tag:old.example,2012:3", true),
            ("https://old.example/größe/", true),
            ("17", false),
            ("javascript:alert(1)", false),
            ("https://old.example/a b", false),
            ("https://old.example/%zz", false),
            ("https://", false),
        ] {
            assert_eq!(is_iri(id), sound, "{id}");
        }
        let name = Addresses::of(&Site::default()).id("posts/x/");
        assert_eq!(name, urn("posts/x/"));
        assert_eq!((name.len(), &name[23..24]), (45, "8"));
    }
}
