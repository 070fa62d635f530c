//! Addresses: which page a path means, relative to where the site is hosted.

use afterword_core::ids::PostSlug;

/// A page of the blog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The list of posts.
    Home,
    /// One post with its conversation: `posts/<slug>/`.
    Post(PostSlug),
    /// Nothing that the app knows.
    Unknown,
}

impl Route {
    /// Reads a path without the site's base, without query and fragment: `posts/hello/`. Percent signs must have been
    /// decoded. A missing closing slash and a written-out `index.html` are forgiven.
    pub fn from_path(path: &str) -> Self {
        let path = path.strip_suffix("index.html").unwrap_or(path).trim_matches('/');
        if path.is_empty() {
            return Self::Home;
        }
        match path.strip_prefix("posts/").and_then(PostSlug::checked) {
            Some(slug) => Self::Post(slug),
            None => Self::Unknown,
        }
    }

    /// The path of this page below the site's base. An unknown page has none and leads home.
    pub fn path(&self) -> String {
        match self {
            Self::Home | Self::Unknown => String::new(),
            Self::Post(slug) => post_path(slug),
        }
    }
}

/// The folder of a post below the site's base: `posts/<slug>/`.
pub fn post_path(slug: &PostSlug) -> String {
    format!("posts/{slug}/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: Option<&str>) {
        let expected = expected.map(|path| match path {
            "" => Route::Home,
            slug => Route::Post(PostSlug::new(slug)),
        });
        assert_eq!(Route::from_path(path), expected.unwrap_or(Route::Unknown), "{path:?}");
    }

    #[test]
    fn paths_become_pages() {
        check("", Some(""));
        check("index.html", Some(""));
        check("posts/hello-world/", Some("hello-world"));
        check("posts/hello-world", Some("hello-world"));
        check("posts/größe/index.html", Some("größe"));
        check("posts/a/comments/2/", None);
        check("posts/", None);
        check("tags/x/", None);
        check("posts/../secret", None);
    }
}
