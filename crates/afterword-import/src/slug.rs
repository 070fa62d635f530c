//! The names of post folders: the old address where there is one, else made from the title.

use crate::place::hash;
use afterword_core::ids::PostSlug;
use afterword_core::words::slug_of_words;
use std::collections::HashMap;

/// Hands out slugs, each once. Two that differ in case only count as the same: some file systems cannot tell them
/// apart.
#[derive(Debug, Default)]
pub(crate) struct Slugs {
    /// Of each slug in lower case a hash, and the number that the next of its name is tried with.
    taken: HashMap<u64, u64>,
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
    /// A slug that is in use already, by what is there from before.
    pub(crate) fn reserve(&mut self, slug: &PostSlug) {
        self.give(slug.as_str());
    }

    /// Whether nobody has this yet.
    fn give(&mut self, slug: &str) -> bool {
        let free = !self.taken.contains_key(&hash(&slug.to_lowercase()));
        self.taken.entry(hash(&slug.to_lowercase())).or_insert(2);
        free
    }

    /// The slug for a post with this `wp:post_name`, title and number.
    pub(crate) fn take(&mut self, name: &str, title: &str, number: &str) -> (PostSlug, SlugOrigin) {
        let kept = decode_percent(name).and_then(|name| PostSlug::checked(name.trim_end_matches('.')));
        let (slug, origin) = match kept {
            Some(slug) => (slug, SlugOrigin::Kept),
            None => (from_title(title, number), SlugOrigin::Made),
        };
        if self.give(slug.as_str()) {
            return (slug, origin);
        }
        let mut stem = slug.as_str();
        while stem.len() > PostSlug::BYTES_MAX - 10 {
            stem = &stem[..stem.floor_char_boundary(stem.len() - 1)];
        }
        let first = hash(&slug.as_str().to_lowercase());
        loop {
            let next = self.taken.entry(first).or_insert(2);
            let numbered = format!("{stem}-{next}");
            *next += 1;
            if self.give(&numbered) {
                return (PostSlug::new(numbered), SlugOrigin::Numbered);
            }
        }
    }
}

fn from_title(title: &str, number: &str) -> PostSlug {
    if let Some(slug) = slug_of_words(title) {
        return PostSlug::new(slug);
    }
    let digits: String = number.chars().filter(char::is_ascii_digit).take(20).collect();
    PostSlug::new(if digits.is_empty() { "post".to_owned() } else { format!("post-{digits}") })
}

/// WordPress writes letters beyond ASCII as `%e3%81%82`. `None` when the bytes are no UTF-8.
pub(crate) fn decode_percent(text: &str) -> Option<String> {
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
