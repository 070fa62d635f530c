//! Addresses: which page a path means, relative to where the site is hosted, and which file holds what it shows.

use afterword_core::ids::PostPath;

/// A page of the blog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// A page of a list of posts, from 1.
    List(List, u32),
    /// All lists of one kind.
    Index(Index),
    /// One post, or a page such as "About", with its conversation.
    Post(PostPath),
    /// Nothing that the app knows.
    Unknown,
}

/// A list of posts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum List {
    /// All of them, newest first.
    Home,
    /// Those with a tag, by the tag's name in addresses.
    Tag(String),
    /// Those of a year, by its number.
    Year(String),
}

/// A list of lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Index {
    /// All tags.
    Tags,
    /// All years.
    Years,
}

/// The folder of all tags.
const TAGS: &str = "tags/";
/// The folder of all years.
const YEARS: &str = "archive/";
/// The folder of the home page's further pages.
const PAGE: &str = "page/";

impl Route {
    /// The first page of the home list.
    pub const HOME: Self = Self::List(List::Home, 1);

    /// Reads a path without the site's base, without query and fragment: `posts/hello/`. Percent signs must have been
    /// decoded. A missing closing slash and a written-out `index.html` are forgiven.
    pub fn from_path(path: &str) -> Self {
        let path = path.strip_suffix("index.html").unwrap_or(path).trim_matches('/');
        let (folder, rest) = path.split_once('/').unwrap_or((path, ""));
        match folder {
            "" => Some(Self::HOME),
            "page" => page_number(rest).map(|page| Self::List(List::Home, page)),
            "tags" if rest.is_empty() => Some(Self::Index(Index::Tags)),
            "archive" if rest.is_empty() => Some(Self::Index(Index::Years)),
            "tags" | "archive" => {
                let (name, page) = match rest.split_once('/') {
                    Some((name, page)) => (name, page_number(page)),
                    None => (rest, Some(1)),
                };
                let list = if folder == "tags" { List::Tag(name.to_owned()) } else { List::Year(name.to_owned()) };
                page.map(|page| Self::List(list, page))
            }
            _ => PostPath::parse(path).map(Self::Post),
        }
        .unwrap_or(Self::Unknown)
    }

    /// The path of this page below the site's base, not escaped. An unknown page has none and leads home.
    pub fn path(&self) -> String {
        match self {
            Self::Unknown => String::new(),
            Self::List(list, page) => list.path(*page),
            Self::Index(index) => index.path().to_owned(),
            Self::Post(path) => path.to_string(),
        }
    }
}

impl List {
    /// The path of a page of the list, from 1.
    pub fn path(&self, page: u32) -> String {
        let mut path = self.folder();
        if page > 1 {
            if *self == Self::Home {
                path.push_str(PAGE);
            }
            path.push_str(&page.to_string());
            path.push('/');
        }
        path
    }

    /// The file with the posts of a page of the list, from 1.
    pub fn file(&self, page: u32) -> String {
        let mut file = self.folder();
        match page {
            0 | 1 => file.push_str("feed.json"),
            page => file.push_str(&format!("feed-{page}.json")),
        }
        file
    }

    /// Where its files are, below the site's base.
    pub fn folder(&self) -> String {
        match self {
            Self::Home => String::new(),
            Self::Tag(name) => format!("{TAGS}{name}/"),
            Self::Year(name) => format!("{YEARS}{name}/"),
        }
    }
}

impl Index {
    /// Its path.
    pub fn path(self) -> &'static str {
        match self {
            Self::Tags => TAGS,
            Self::Years => YEARS,
        }
    }

    /// The list of this kind that has this name.
    pub fn list(self, name: &str) -> List {
        match self {
            Self::Tags => List::Tag(name.to_owned()),
            Self::Years => List::Year(name.to_owned()),
        }
    }
}

/// The number of a further page: there is no page 0, and the first has no number in its address.
fn page_number(text: &str) -> Option<u32> {
    text.parse().ok().filter(|page| *page > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: Route, file: Option<&str>) {
        let route = Route::from_path(path);
        assert_eq!(route, expected, "{path:?}");
        assert_eq!(Route::from_path(&route.path()), if expected == Route::Unknown { Route::HOME } else { expected });
        if let Route::List(list, page) = &route {
            assert_eq!(Some(list.file(*page).as_str()), file, "{path:?}");
        }
    }

    #[test]
    fn paths_become_pages() {
        let post = |path: &str| Route::Post(PostPath::parse(path).unwrap());
        let (tag, year) = (List::Tag("wood".to_owned()), List::Year("2012".to_owned()));
        check("", Route::HOME, Some("feed.json"));
        check("index.html", Route::HOME, Some("feed.json"));
        check("page/3/", Route::List(List::Home, 3), Some("feed-3.json"));
        check("posts/hello-world/", post("posts/hello-world"), None);
        check("posts/größe/index.html", post("posts/größe"), None);
        check("pages/about", post("pages/about"), None);
        check("tags/", Route::Index(Index::Tags), None);
        check("archive", Route::Index(Index::Years), None);
        check("tags/wood/", Route::List(tag.clone(), 1), Some("tags/wood/feed.json"));
        check("tags/wood/2/", Route::List(tag, 2), Some("tags/wood/feed-2.json"));
        check("archive/2012", Route::List(year, 1), Some("archive/2012/feed.json"));
    }

    #[test]
    fn what_is_no_page_is_unknown() {
        for path in ["posts/a/comments/2/", "posts/", "page/1/", "page/x/", "tags/x/y/", "posts/../secret", "else"] {
            check(path, Route::Unknown, None);
        }
    }
}
