//! Addresses: which of them may become a link or a picture.
//!
//! What is not clearly good is refused; nothing is repaired. An accepted address is what was given, without white
//! space around it and without the line breaks inside it that browsers ignore.

/// Longest address taken, in bytes. Servers and browsers get unreliable beyond 8,000; real links stay far below.
pub const URL_BYTES_MAX: usize = 4096;

/// Longest host name in bytes, as DNS has it.
const HOST_BYTES_MAX: usize = 253;

/// A port has no more digits.
const PORT_DIGITS_MAX: usize = 5;

/// An address that cannot run a script, wherever it is put.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SafeUrl {
    url: Box<str>,
    kind: UrlKind,
}

/// Where an address leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UrlKind {
    /// `http:` or `https:` with a host.
    Web,
    /// `mailto:`.
    Mail,
    /// A place on the same site: a path or a query.
    Relative,
    /// A place on the same page: `#...`.
    Fragment,
}

impl SafeUrl {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// Where it leads.
    pub fn kind(&self) -> UrlKind {
        self.kind
    }

    /// The host of a web address as written, without the port.
    pub fn host(&self) -> Option<&str> {
        let (_, rest) = self.url.split_once("//").filter(|_| self.kind == UrlKind::Web)?;
        let authority = rest.split(['/', '?', '#']).next()?;
        Some(split_port(authority).0)
    }
}

/// Takes `http:`, `https:` and `mailto:` addresses and relative ones. Everything else is `None`: other schemes in any
/// disguise, addresses with a name or password, with a backslash before the query, with a host that holds invisible or
/// bidirectional characters, and `//host`, which looks like a path and is none.
pub fn check_link(url: &str) -> Option<SafeUrl> {
    // What the URL standard strips: control characters and spaces around, tabs and line breaks inside.
    let trimmed = url.trim_matches(|c: char| c <= ' ');
    let url: String = trimmed.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    if url.is_empty() || url.len() > URL_BYTES_MAX || url.chars().any(char::is_control) {
        return None;
    }
    let before_query = url.split(['?', '#']).next()?;
    if before_query.contains('\\') {
        return None;
    }
    let (first, rest) = url.split_at_checked(url.find([':', '/', '?', '#']).unwrap_or(url.len()))?;
    let kind = if let Some(rest) = rest.strip_prefix(':') {
        scheme_kind(first, rest)?
    } else if url.starts_with("//") || has_hidden_colon(first) {
        // A colon in disguise is harmless here, but not after the next program has decoded it once more.
        return None;
    } else if url.starts_with('#') {
        UrlKind::Fragment
    } else {
        UrlKind::Relative
    };
    Some(SafeUrl { url: url.into(), kind })
}

/// Takes what [`check_link`] takes and what can be a picture, a sound or a film: web addresses and relative ones.
pub fn check_image(url: &str) -> Option<SafeUrl> {
    check_link(url).filter(|url| matches!(url.kind, UrlKind::Web | UrlKind::Relative))
}

/// Takes what [`check_link`] takes and what can be a person's home page: web addresses only.
pub fn check_author_link(url: &str) -> Option<SafeUrl> {
    check_link(url).filter(|url| url.kind == UrlKind::Web)
}

fn scheme_kind(scheme: &str, rest: &str) -> Option<UrlKind> {
    if scheme.eq_ignore_ascii_case("mailto") {
        return (!rest.is_empty()).then_some(UrlKind::Mail);
    }
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let authority = rest.strip_prefix("//")?.split(['/', '?', '#']).next()?;
    is_authority(authority).then_some(UrlKind::Web)
}

fn has_hidden_colon(segment: &str) -> bool {
    segment.contains('&') || segment.as_bytes().windows(3).any(|three| three.eq_ignore_ascii_case(b"%3a"))
}

/// Parts `host:port`; the colons of an IPv6 address belong to the host.
fn split_port(authority: &str) -> (&str, &str) {
    let digits = authority.len() - authority.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (before, port) = authority.split_at_checked(authority.len() - digits).unwrap_or((authority, ""));
    before.strip_suffix(':').map_or((authority, ""), |host| (host, port))
}

fn is_authority(authority: &str) -> bool {
    let (host, port) = split_port(authority);
    if port.len() > PORT_DIGITS_MAX {
        return false;
    }
    if let Some(address) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        let digits = |byte: u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.');
        return address.contains(':') && address.bytes().all(digits);
    }
    !host.starts_with('.') && !host.is_empty() && host.len() <= HOST_BYTES_MAX && host.chars().all(is_host_character)
}

/// Letters of all scripts, but nothing that is invisible, turns the direction, or looks like a part of an address.
fn is_host_character(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    }
    !matches!(c,
        // Controls, no-break space, signs, soft hyphen; superscript digits, which browsers turn into digits.
        '\u{80}'..='\u{b6}' | '\u{b8}'..='\u{bf}' | '\u{d7}' | '\u{f7}'
        // Joiners, fillers and direction marks between the letters.
        | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        // Spaces, marks of direction, dashes, slashes; arrows, signs, letters in circles.
        | '\u{1680}' | '\u{2000}'..='\u{2bff}'
        // Spaces and full stops of East Asia; letters in circles; the Hangul filler.
        | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{3164}' | '\u{3200}'..='\u{33ff}'
        // For private use; variation selectors; byte order mark; full-width forms of ASCII, and specials.
        | '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe6f}' | '\u{feff}'..='\u{ffff}'
        // Musical signs with invisible ones among them, mathematical letters; tags and more variation selectors.
        | '\u{1d000}'..='\u{1d7ff}' | '\u{e0000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        let host = |url| check_link(url).and_then(|url| url.host().map(str::to_owned));
        assert_eq!(host("https://example.org:8080/a?b"), Some("example.org".to_owned()));
        assert_eq!(host("https://[2001:db8::1]:80/x"), Some("[2001:db8::1]".to_owned()));
        assert_eq!(host("HTTP://MÜNCHEN.example#x"), Some("MÜNCHEN.example".to_owned()));
        assert_eq!(host("/a//b"), None);
        for bad in [
            "https://",
            "https:///x",
            "https:/x",
            "https:x",
            "https://a b/",
            "https://a%2eb/",
            "https://a:b/",
            "https://a:123456",
            "https://[::1",
            "https://u@h",
            "https://u:p@h",
            "https://a\u{202e}b/",
            "https://a／b",
            "https://a\\@b",
            "https://①.example",
            "https://.a",
            "https://a。b",
        ] {
            assert!(check_link(bad).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn authors_and_pictures() {
        assert!(check_author_link("https://example.org").is_some());
        assert!(check_author_link("/me").is_none() && check_author_link("mailto:a@b.c").is_none());
        assert!(check_image("pic.png").is_some() && check_image("https://example.org/a.png").is_some());
        assert!(check_image("#a").is_none() && check_image("mailto:a@b.c").is_none());
        assert!(check_link(&"a".repeat(URL_BYTES_MAX)).is_some());
        assert!(check_link(&"a".repeat(URL_BYTES_MAX + 1)).is_none());
    }
}
