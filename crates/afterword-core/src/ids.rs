//! Identifiers. Two ids of the same shape are two types, so that they cannot be mixed up.

use std::cmp::Ordering;
use std::fmt;

macro_rules! opaque_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Box<str>);

        impl $name {
            /// Takes the id as it came; nothing is trimmed or checked.
            pub fn new(id: impl Into<Box<str>>) -> Self {
                Self(id.into())
            }

            /// The id as it came.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

opaque_id! {
    /// A comment's id, unique in its thread. Any string: back ends use numbers, UUIDs, addresses.
    CommentId
}

opaque_id! {
    /// The last part of a post's address, and the name of its folder: `posts/<slug>/`.
    PostSlug
}

/// A post of the blog's list, or a page beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PostKind {
    /// One of the blog's posts, in its lists and feeds.
    #[default]
    Post,
    /// A page such as "About": reached by links, in no list of posts.
    Page,
}

impl PostKind {
    /// The folder of all of this kind, and the first part of their addresses.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Post => "posts",
            Self::Page => "pages",
        }
    }
}

/// Where a post is: its folder, and its address below the root of the site.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PostPath {
    /// Post or page.
    pub kind: PostKind,
    /// Its name among its kind.
    pub slug: PostSlug,
}

impl PostPath {
    /// The place of a post.
    pub fn post(slug: PostSlug) -> Self {
        Self { kind: PostKind::Post, slug }
    }

    /// Reads `posts/hello/` or `pages/about`; `None` for anything else. Percent signs must have been decoded.
    pub fn parse(path: &str) -> Option<Self> {
        let (folder, slug) = path.trim_end_matches('/').split_once('/')?;
        let kind = [PostKind::Post, PostKind::Page].into_iter().find(|kind| kind.folder() == folder)?;
        Some(Self { kind, slug: PostSlug::checked(slug)? })
    }
}

impl fmt::Display for PostPath {
    /// `posts/hello/`: not escaped, so not yet an address.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/", self.kind.folder(), self.slug)
    }
}

impl CommentId {
    /// The value of the `id` attribute of this comment's element: `comment-` and the id made safe.
    ///
    /// Letters, digits, `-` and `.` of ASCII stay; every other byte of the UTF-8 form becomes `_` and two hexadecimal
    /// digits, so that two different ids never share an element id. `12` gives `comment-12`, as WordPress has it.
    pub fn element_id(&self) -> String {
        let mut out = String::with_capacity(8 + self.0.len());
        out.push_str("comment-");
        for byte in self.0.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' => out.push(char::from(byte)),
                _ => {
                    const HEX: &[u8; 16] = b"0123456789abcdef";
                    out.push('_');
                    out.push(char::from(HEX[usize::from(byte >> 4)]));
                    out.push(char::from(HEX[usize::from(byte & 15)]));
                }
            }
        }
        out
    }
}

impl CommentId {
    /// The id that an element id stands for, the inverse of [`Self::element_id`]. `None` for anything that is none of
    /// ours, so that a stranger's `#fragment` is left alone.
    pub fn from_element_id(element_id: &str) -> Option<Self> {
        let mut rest = element_id.strip_prefix("comment-")?.bytes();
        let mut id = Vec::with_capacity(rest.len());
        while let Some(byte) = rest.next() {
            id.push(match byte {
                b'_' => {
                    let mut digit = || char::from(rest.next()?).to_digit(16);
                    u8::try_from(digit()? * 16 + digit()?).ok()?
                }
                _ => byte,
            });
        }
        String::from_utf8(id).ok().map(Self::new)
    }

    /// Orders ids by arrival as far as ids can tell: numbers by size (`9` before `10`), then everything else as text.
    pub fn cmp_arrival(&self, other: &Self) -> Ordering {
        let number = |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
        let significant = |id: &Self| id.0.trim_start_matches('0').len();
        match (number(&self.0), number(&other.0)) {
            (true, true) => significant(self)
                .cmp(&significant(other))
                .then_with(|| self.0.trim_start_matches('0').cmp(other.0.trim_start_matches('0')))
                .then_with(|| self.0.cmp(&other.0)),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => self.0.cmp(&other.0),
        }
    }
}

impl PostSlug {
    /// Longest slug in bytes. File systems stop at 255 for one name; this leaves room for a suffix.
    pub const BYTES_MAX: usize = 200;

    /// Takes a slug that is safe as a folder name and as a part of an address, or gives `None`: empty, longer than
    /// [`Self::BYTES_MAX`], starting with a dot, or with a slash, backslash, control character, `?`, `#` or `%` in it.
    pub fn checked(slug: &str) -> Option<Self> {
        let bad =
            |c: char| c.is_control() || matches!(c, '/' | '\\' | '?' | '#' | '%' | '"' | '<' | '>' | ':' | '*' | '|');
        let fits = !slug.is_empty() && slug.len() <= Self::BYTES_MAX && !slug.starts_with('.') && !slug.contains(bad);
        fits.then(|| Self::new(slug))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn element_ids_are_safe_and_never_shared() {
        assert_eq!(CommentId::new("12").element_id(), "comment-12");
        assert_eq!(CommentId::new("a b\"<").element_id(), "comment-a_20b_22_3c");
        assert_eq!(CommentId::new("a_20b").element_id(), "comment-a_5f20b");
        assert_eq!(CommentId::new("").element_id(), "comment-");
    }

    #[test]
    fn element_ids_lead_back() {
        for id in ["12", "a b\"<", "李_雷", "", "../../x"] {
            let id = CommentId::new(id);
            assert_eq!(CommentId::from_element_id(&id.element_id()), Some(id));
        }
        for other in ["comments", "comment-_4", "comment-_zz", "comment-_ff", "section-2"] {
            assert_eq!(CommentId::from_element_id(other), None, "{other}");
        }
    }

    #[test]
    fn arrival_counts_numbers_as_numbers() {
        let mut ids = ["x", "10", "9", "010", "2", "a"].map(CommentId::new);
        ids.sort_by(CommentId::cmp_arrival);
        assert_eq!(ids.each_ref().map(CommentId::as_str), ["2", "9", "010", "10", "a", "x"]);
    }

    #[test]
    fn paths_name_posts_and_pages() {
        let path = PostPath::parse("pages/about").unwrap();
        assert_eq!((path.kind, path.to_string().as_str()), (PostKind::Page, "pages/about/"));
        assert_eq!(PostPath::parse("posts/größe/").unwrap().to_string(), "posts/größe/");
        for other in ["posts/", "posts", "tags/x/", "posts/a/b/", "posts/../x", ""] {
            assert_eq!(PostPath::parse(other), None, "{other:?}");
        }
    }

    #[test]
    fn a_slug_cannot_leave_its_folder() {
        assert!(PostSlug::checked("hello-world").is_some());
        assert!(PostSlug::checked("größe").is_some());
        for bad in ["", "..", ".hidden", "a/b", "a\\b", "a?b", "a#b", "a%2fb", "a\nb"] {
            assert!(PostSlug::checked(bad).is_none(), "{bad:?}");
        }
    }
}
