//! Addresses of the old blog, however its texts write them.

use crate::slug::decode_percent;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A text as a number that stands for it in tables of hundreds of thousands: of 64 bits, so that two of them meeting is
/// less likely than a broken disk. The same in every run.
pub(crate) fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Where the old blog was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct OldBlog {
    /// Scheme and host with port: `https://old.example`.
    origin: String,
    /// The path of its home page without a closing slash: empty, or `/blog`.
    base: String,
}

/// A place of the old blog, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place<'a> {
    /// Below the blog's home page: decoded, in lower case, without slashes around it.
    pub(crate) path: String,
    /// Behind the `?`, as written.
    pub(crate) query: &'a str,
    /// Behind the `#`, as written.
    pub(crate) fragment: &'a str,
}

impl Place<'_> {
    /// The value of a field of the query.
    pub(crate) fn asked(&self, key: &str) -> Option<&str> {
        self.query.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
    }
}

impl OldBlog {
    /// Takes the address of the home page from the head of an export.
    pub(crate) fn new(link: &str) -> Self {
        let Some((scheme, rest)) = link.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https"))
        else {
            return Self::default();
        };
        let path_at = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (host, path) = rest.split_at(path_at);
        let path = path.split(['?', '#']).next().unwrap_or_default();
        Self { origin: format!("{scheme}://{host}"), base: path.trim_end_matches('/').to_owned() }
    }

    /// The path of the home page without a closing slash.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// An address on the old host as a whole one: `//old.example/a` and `/a` get scheme and host. `None` elsewhere.
    pub(crate) fn whole(&self, url: &str) -> Option<String> {
        let rest = self.on_host(url)?;
        if url.contains("://") {
            return Some(url.to_owned());
        }
        Some(format!("{}{rest}", self.origin))
    }

    /// What follows the host, if this is on the host of the old blog: with `www.` and without, by `http:` and `https:`.
    pub(crate) fn on_host<'a>(&self, url: &'a str) -> Option<&'a str> {
        if self.origin.is_empty() {
            return None;
        }
        let foreign = |text: &'a str| -> Option<&'a str> {
            let host_len = text.find(['/', '?', '#']).unwrap_or(text.len());
            let (host, rest) = text.split_at(host_len);
            same_host(host, &self.origin[self.origin.find("://")? + 3..]).then_some(rest)
        };
        if let Some((scheme, rest)) = url.split_once("://") {
            return if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") {
                foreign(rest)
            } else {
                None
            };
        }
        match url.strip_prefix("//") {
            Some(rest) => foreign(rest),
            None => url.starts_with('/').then_some(url),
        }
    }

    /// The place of the old blog that an address leads to; `None` when it leads elsewhere.
    pub(crate) fn locate<'a>(&self, url: &'a str) -> Option<Place<'a>> {
        let rest = self.on_host(url)?;
        let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let below = path.strip_prefix(self.base.as_str())?;
        if !below.is_empty() && !below.starts_with('/') {
            return None;
        }
        let path = decode_percent(below).unwrap_or_else(|| below.to_owned()).to_lowercase();
        let path = path.trim_matches('/');
        let path = path.strip_prefix("index.php").map_or(path, |rest| rest.trim_start_matches('/'));
        Some(Place { path: path.to_owned(), query, fragment })
    }
}

fn same_host(one: &str, other: &str) -> bool {
    let bare = |host: &str| {
        let host = host.to_ascii_lowercase();
        let host = host.strip_prefix("www.").unwrap_or(&host);
        host.trim_end_matches(":80").trim_end_matches(":443").to_owned()
    };
    bare(one) == bare(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_old_blog_are_told_from_others() {
        let check = |home: &str, url: &str, expected: Option<&str>| {
            let place = OldBlog::new(home).locate(url);
            let drawn = place.map(|place| format!("{}|{}|{}", place.path, place.query, place.fragment));
            assert_eq!(drawn.as_deref(), expected, "{url}");
        };
        let root = "https://www.old.example";
        check(root, "http://old.example/2012/01/Gr%c3%b6%c3%9fe/?a=1#comment-5", Some("2012/01/größe|a=1|comment-5"));
        check(root, "//old.example", Some("||"));
        check(root, "/?p=12", Some("|p=12|"));
        check(root, "https://old.example/index.php/about", Some("about||"));
        check(root, "https://else.example/about", None);
        check(root, "about", None);
        check(root, "mailto:a@old.example", None);
        check(root, "#comment-5", None);
        check("https://old.example/blog/", "https://old.example/blog/x", Some("x||"));
        check("https://old.example/blog/", "https://old.example/blogger", None);
        check("no address", "/x", None);
    }

    #[test]
    fn short_forms_become_whole() {
        let blog = OldBlog::new("http://old.example/blog");
        assert_eq!(blog.whole("/a.jpg").as_deref(), Some("http://old.example/a.jpg"));
        assert_eq!(blog.whole("//old.example/a.jpg").as_deref(), Some("http://old.example/a.jpg"));
        assert_eq!(blog.whole("https://old.example/a.jpg").as_deref(), Some("https://old.example/a.jpg"));
        assert_eq!(blog.whole("https://else.example/a.jpg"), None);
    }

    #[test]
    fn a_field_of_a_query_is_found_by_its_whole_name() {
        let place = Place { path: String::new(), query: "page_id=7&p=5", fragment: "" };
        assert_eq!((place.asked("p"), place.asked("page_id"), place.asked("page")), (Some("5"), Some("7"), None));
    }
}
