//! The names of post folders: the old address where there is one, else made from the title.

use afterword_core::ids::PostSlug;
use std::collections::HashSet;

/// A slug made from a title is cut here: addresses are read aloud and typed.
const TITLE_SLUG_BYTES_MAX: usize = 80;

/// Hands out slugs, each once. Two that differ in case only count as the same: some file systems cannot tell them
/// apart.
#[derive(Debug, Default)]
pub(crate) struct Slugs {
    taken: HashSet<String>,
}

/// Where a slug came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SlugOrigin {
    /// The export's own.
    Kept,
    /// The export had none that can be used.
    Made,
    /// An earlier post has it; this one got a number.
    Numbered,
}

impl Slugs {
    /// The slug for a post with this `wp:post_name`, title and number.
    pub(crate) fn take(&mut self, name: &str, title: &str, number: &str) -> (PostSlug, SlugOrigin) {
        let kept = decode_percent(name).and_then(|name| PostSlug::checked(name.trim_end_matches('.')));
        let (slug, origin) = match kept {
            Some(slug) => (slug, SlugOrigin::Kept),
            None => (from_title(title, number), SlugOrigin::Made),
        };
        if self.taken.insert(slug.as_str().to_lowercase()) {
            return (slug, origin);
        }
        let mut stem = slug.as_str();
        while stem.len() > PostSlug::BYTES_MAX - 10 {
            stem = &stem[..stem.floor_char_boundary(stem.len() - 1)];
        }
        let mut count = 2_u64;
        loop {
            let numbered = format!("{stem}-{count}");
            if self.taken.insert(numbered.to_lowercase()) {
                return (PostSlug::new(numbered), SlugOrigin::Numbered);
            }
            count += 1;
        }
    }
}

fn from_title(title: &str, number: &str) -> PostSlug {
    let mut slug = String::new();
    for c in title.chars().flat_map(char::to_lowercase) {
        if slug.len() + c.len_utf8() > TITLE_SLUG_BYTES_MAX {
            break;
        }
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') && c != '\'' && c != '’' {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if !slug.is_empty() {
        return PostSlug::new(slug);
    }
    let digits: String = number.chars().filter(char::is_ascii_digit).take(20).collect();
    PostSlug::new(if digits.is_empty() { "post".to_owned() } else { format!("post-{digits}") })
}

/// WordPress writes letters beyond ASCII as `%e3%81%82`. `None` when the bytes are no UTF-8.
fn decode_percent(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while let Some(byte) = bytes.get(index) {
        let decoded = if *byte == b'%' { hex(bytes.get(index + 1..index + 3)) } else { None };
        out.push(decoded.unwrap_or(*byte));
        index += if decoded.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).ok()
}

fn hex(digits: Option<&[u8]>) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let [high, low] = digits? else { return None };
    u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(posts: &[(&str, &str)], expected: &[&str]) {
        let mut slugs = Slugs::default();
        let found: Vec<String> =
            posts.iter().map(|(name, title)| slugs.take(name, title, "7").0.as_str().to_owned()).collect();
        assert_eq!(found, expected, "{posts:?}");
    }

    #[test]
    fn the_old_one_is_kept() {
        check(&[("hello-world", "Else")], &["hello-world"]);
        check(&[("%e3%81%82-x", "")], &["あ-x"]);
    }

    #[test]
    fn one_is_made_from_the_title_or_the_number() {
        check(&[("", "Don’t Panic: Größe, 3 × 4!")], &["dont-panic-größe-3-4"]);
        check(&[("..", "…")], &["post-7"]);
        check(&[("a%2fb", "Slash")], &["slash"]);
        check(&[("%ff", "Bytes")], &["bytes"]);
        check(&[("", &"long ".repeat(40))], &[("long-".repeat(16).trim_end_matches('-'))]);
    }

    #[test]
    fn each_is_given_once() {
        check(&[("a", ""), ("A", ""), ("a-2", ""), ("a", "")], &["a", "A-2", "a-2-2", "a-3"]);
    }
}
