//! Authors whose comments a reader does not want to see: a list of the reader's own, in this browser and nowhere else.

use afterword_core::body::url::check_author_link;
use afterword_core::model::Author;

/// Whom one reader has muted on one site: more than anybody does by hand. The oldest make room for the newest.
pub const MUTED_MAX: usize = 500;

/// So much of a name counts, in bytes, so that the whole list stays a small part of what a browser stores for a site.
const NAME_BYTES_MAX: usize = 256;

/// Longest key, in bytes: such a name, and the longest host there is.
const KEY_BYTES_MAX: usize = NAME_BYTES_MAX + 1 + 255;

/// Between name and host; a name cannot hold it.
const BEFORE_HOST: char = '\t';

/// Who is meant: everybody with this name and a home page on this host (or none). Files have no better mark of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorKey(String);

impl AuthorKey {
    /// The key of a comment's author. Upper and lower case are two names; white space around a name is none of it.
    pub fn of(author: &Author) -> Self {
        let mut key: String = author.name.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        key.truncate(key.floor_char_boundary(NAME_BYTES_MAX));
        let link = author.url.as_deref().and_then(check_author_link);
        let host = link.as_ref().and_then(|link| link.host()).unwrap_or_default();
        key.push(BEFORE_HOST);
        key.push_str(&host.to_ascii_lowercase());
        Self(key)
    }
}

/// The list, the oldest entry first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Muted(Vec<AuthorKey>);

impl Muted {
    /// Whether nobody is on it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an author is on it.
    pub fn contains(&self, author: &AuthorKey) -> bool {
        self.0.contains(author)
    }

    /// Puts an author on the list, or takes them off it.
    pub fn set(&mut self, author: &AuthorKey, muted: bool) {
        self.0.retain(|other| other != author);
        if muted {
            self.0.push(author.clone());
            self.0.drain(..self.0.len().saturating_sub(MUTED_MAX));
        }
    }

    /// Reads what [`Self::to_text`] has written; of anything else, the lines that could be its.
    pub fn from_text(text: &str) -> Self {
        let sound = |line: &&str| line.len() <= KEY_BYTES_MAX && line.contains(BEFORE_HOST);
        let mut muted = Self::default();
        for line in text.lines().rev().filter(sound).take(MUTED_MAX) {
            muted.0.push(AuthorKey(line.to_owned()));
        }
        muted.0.reverse();
        muted
    }

    /// The list as text: an author to a line.
    pub fn to_text(&self) -> String {
        self.0.iter().map(|key| key.0.as_str()).collect::<Vec<_>>().join("\n")
    }
}

#[cfg(feature = "browser")]
mod stored {
    use super::Muted;
    use crate::platform::prefs;

    impl Muted {
        /// The list of this reader for a site, given by its address.
        pub fn load(site: &str) -> Self {
            prefs::get(&name(site)).map(|text| Self::from_text(&text)).unwrap_or_default()
        }

        /// Keeps the list, where the browser lets us.
        pub fn store(&self, site: &str) {
            prefs::set(&name(site), &self.to_text());
        }
    }

    fn name(site: &str) -> String {
        format!("muted:{site}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str, url: &str) -> AuthorKey {
        AuthorKey::of(&Author { name: name.to_owned(), url: (!url.is_empty()).then(|| url.to_owned()) })
    }

    #[test]
    fn an_author_is_a_name_and_a_host() {
        let ann = key("Ann", "");
        for (name, url, same) in [
            (" Ann\n", "", true),
            ("Ann", "javascript:alert(1)", true),
            ("ann", "", false),
            ("Ann Lee", "", false),
            ("Ann", "https://ann.example/", false),
            ("Ann\t", "", true),
        ] {
            assert_eq!(key(name, url) == ann, same, "{name:?} {url:?}");
        }
        assert_eq!(key("Ann", "https://ANN.example/a"), key("Ann", "http://ann.example:8080/b?c"));
        assert_ne!(key("Ann", "https://ann.example/"), key("Ann", "https://bob.example/"));
        assert_ne!(key("Ann\tann.example", ""), key("Ann", "https://ann.example/"));
    }

    #[test]
    fn the_list_survives_being_stored() {
        let mut muted = Muted::default();
        for (name, url) in [("Ann", ""), ("", ""), ("李雷\u{2028}\r\nx", "https://a.example"), ("  ", "")] {
            muted.set(&key(name, url), true);
        }
        assert_eq!(muted.0.len(), 3, "no name is one author");
        assert_eq!(Muted::from_text(&muted.to_text()), muted);
        muted.set(&key("", ""), false);
        assert!(!muted.contains(&key("", "")) && muted.contains(&key("Ann", "")));
        assert_eq!(Muted::from_text(&muted.to_text()), muted);
    }

    #[test]
    fn what_was_stored_by_somebody_else_is_survived() {
        for text in ["", "\n\n", "{\"ann\":1}", "\0", "muted"] {
            assert!(Muted::from_text(text).is_empty(), "{text:?}");
        }
        let long = format!("{}\t\nAnn\t", "x".repeat(KEY_BYTES_MAX));
        assert_eq!(Muted::from_text(&long), Muted(vec![key("Ann", "")]));
    }

    #[test]
    fn the_list_is_bounded_and_the_newest_stay() {
        let mut muted = Muted::default();
        for n in 0..=MUTED_MAX {
            muted.set(&key(&format!("Reader {n}"), ""), true);
        }
        assert_eq!(muted.0.len(), MUTED_MAX);
        assert!(!muted.contains(&key("Reader 0", "")) && muted.contains(&key("Reader 1", "")));
        let text = format!("First\t\n{}", muted.to_text());
        assert_eq!(Muted::from_text(&text), muted);
        let endless = key(&"é".repeat(KEY_BYTES_MAX), "https://a.example");
        muted.set(&endless, true);
        assert!(Muted::from_text(&muted.to_text()).contains(&endless));
    }
}
