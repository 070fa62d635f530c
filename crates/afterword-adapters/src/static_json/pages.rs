//! Following `next_url` from page to page, without following it anywhere.

use super::address::{resolve, split_origin};
use afterword_core::model::{PAGES_MAX, Warning, WarningKind};

/// Which pages of a list have been read, and whether the next one may be.
///
/// Another origin is not asked unless the owner has allowed it: whoever can write a file of comments could otherwise
/// have every reader call on a host of his choice.
#[derive(Clone, Debug)]
pub struct Pages {
    origins: Vec<String>,
    /// The pages read so far. Each next one is looked for in all of them: little beside the time that fetching takes.
    seen: Vec<String>,
}

impl Pages {
    /// Starts with the address of the first file: absolute, or a path from the root of the site.
    pub fn new(first: &str) -> Self {
        let (origin, _) = split_origin(first).unwrap_or_default();
        let first = resolve(first, first).unwrap_or_else(|| first.to_owned());
        Self { origins: vec![origin], seen: vec![first] }
    }

    /// Allows another origin, such as `https://comments.example`; anything after the host is ignored.
    #[must_use]
    pub fn allow_origin(mut self, origin: &str) -> Self {
        self.origins.extend(split_origin(origin).map(|(origin, _)| origin));
        self
    }

    /// The address of the next page: `next_url` as seen from the page it stands on.
    ///
    /// # Errors
    /// Why it is not followed: a page that was read before, another origin, no address, or too many pages.
    pub fn follow(&mut self, page: &str, next_url: &str) -> Result<String, Warning> {
        let refuse = |kind| Err(Warning { place: format!("{page}: next_url"), kind });
        let Some(next) = resolve(page, next_url) else { return refuse(WarningKind::UrlRefused) };
        let origin = split_origin(&next).map(|(origin, _)| origin).unwrap_or_default();
        if !self.origins.contains(&origin) {
            return refuse(WarningKind::UrlRefused);
        }
        if self.seen.len() >= PAGES_MAX {
            return refuse(WarningKind::TooManyPages);
        }
        if self.seen.contains(&next) {
            return refuse(WarningKind::PageLoop);
        }
        self.seen.push(next.clone());
        Ok(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_followed_once_and_at_home() {
        let first = "https://blog.example/posts/x/comments.json";
        let mut pages = Pages::new(first).allow_origin("https://more.example/any");
        let mut check = |page: &str, next: &str, expected: Result<&str, WarningKind>| {
            let followed = pages.follow(page, next).map_err(|warning| warning.kind);
            assert_eq!(followed.as_deref().map_err(|kind| *kind), expected, "{next}");
        };
        check(first, "comments/2.json", Ok("https://blog.example/posts/x/comments/2.json"));
        check(first, "comments/2.json#again", Err(WarningKind::PageLoop));
        check("https://blog.example/posts/x/comments/2.json", "../comments.json", Err(WarningKind::PageLoop));
        check(first, "https://elsewhere.example/more.json", Err(WarningKind::UrlRefused));
        check(first, "https://blog.example@elsewhere.example/", Err(WarningKind::UrlRefused));
        check(first, "http://blog.example/3.json", Err(WarningKind::UrlRefused));
        check(first, "//elsewhere.example/more.json", Err(WarningKind::UrlRefused));
        check(first, "javascript:alert(1)", Err(WarningKind::UrlRefused));
        check(first, "https://more.example/3.json", Ok("https://more.example/3.json"));
    }

    #[test]
    fn a_path_stays_on_its_site() {
        let mut pages = Pages::new("/sub/c.json");
        assert_eq!(pages.follow("/sub/c.json", "2.json").as_deref(), Ok("/sub/2.json"));
        assert_eq!(pages.follow("/sub/2.json", "/sub/c.json").unwrap_err().kind, WarningKind::PageLoop);
        assert_eq!(pages.follow("/sub/2.json", "https://a.example/").unwrap_err().kind, WarningKind::UrlRefused);
    }

    #[test]
    fn pages_without_end_come_to_one() {
        let mut pages = Pages::new("/c.json");
        let refused = (0..).find_map(|n| pages.follow("/c.json", &format!("?p={n}")).err()).unwrap();
        assert_eq!(refused.kind, WarningKind::TooManyPages);
    }
}
