//! Lists of posts: all of them, those of a tag, those of a year; and the lists of such lists.

use super::address::Addresses;
use afterword::page_state::{ListPage, Listing};
use afterword::route::{Index, List};
use afterword_adapters::json::Value;
use afterword_adapters::static_json::{FeedHead, encode_post_item, rewrite_head};
use afterword_core::model::{IndexEntry, POSTS_PER_PAGE, Post, PostLinks, Site};
use afterword_core::words::tag_slug;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

/// How many posts a page of a year has: titles only, so that most years are seen as a whole.
const YEAR_POSTS: usize = 100;

/// A list, all of its pages.
#[derive(Debug)]
pub(super) struct PostList<'a> {
    pub(super) list: List,
    /// What the posts have in common; empty for all of them.
    pub(super) title: String,
    /// Newest first; on the home list those that stay at the top come before.
    pub(super) posts: Vec<&'a Post>,
    page_size: usize,
}

/// All lists: home first, then the tags by how much they are used, then the years, newest first.
pub(super) fn all_lists<'a>(site: &Site, posts: &'a [Post]) -> Vec<PostList<'a>> {
    let page_size = posts_per_page(site);
    let (sticky, others): (Vec<&Post>, Vec<&Post>) = posts.iter().partition(|post| post.sticky);
    let home = sticky.into_iter().chain(others).collect();
    let mut lists = vec![PostList { list: List::Home, title: String::new(), posts: home, page_size }];
    lists.extend(tag_lists(posts, page_size));
    let mut years: BTreeMap<Reverse<i32>, Vec<&Post>> = BTreeMap::new();
    for post in posts {
        if let Some(date) = post.published {
            years.entry(Reverse(date.civil().year)).or_default().push(post);
        }
    }
    lists.extend(years.into_iter().map(|(Reverse(year), posts)| {
        let year = year.to_string();
        PostList { list: List::Year(year.clone()), title: year, posts, page_size: YEAR_POSTS }
    }));
    lists
}

/// How many posts a page has unless the list says otherwise.
pub(super) fn posts_per_page(site: &Site) -> usize {
    site.posts_per_page.unwrap_or(POSTS_PER_PAGE).max(1) as usize
}

/// How often each spelling of a tag was used, and the place of the first post that has it.
type Spellings<'a> = HashMap<&'a str, (usize, usize)>;

fn tag_lists(posts: &[Post], page_size: usize) -> Vec<PostList<'_>> {
    let mut tags: BTreeMap<String, (Vec<&Post>, Spellings<'_>)> = BTreeMap::new();
    for (place, post) in posts.iter().enumerate() {
        let mut seen = HashSet::new();
        for tag in &post.tags {
            let slug = tag_slug(tag);
            let (posts, names) = tags.entry(slug.clone()).or_default();
            names.entry(tag).or_insert((0, place)).0 += 1;
            if seen.insert(slug) {
                posts.push(post);
            }
        }
    }
    let name_of = |names: Spellings<'_>| {
        let most_used = names.into_iter().min_by_key(|(name, (count, place))| (Reverse(*count), *place, *name));
        most_used.map(|(name, _)| name.to_owned()).unwrap_or_default()
    };
    let mut lists: Vec<PostList<'_>> = tags
        .into_iter()
        .map(|(slug, (posts, names))| PostList { list: List::Tag(slug), title: name_of(names), posts, page_size })
        .collect();
    lists.sort_by(|a, b| b.posts.len().cmp(&a.posts.len()).then_with(|| a.title.cmp(&b.title)));
    lists
}

impl PostList<'_> {
    /// How many pages it has; a list without posts has one.
    pub(super) fn pages(&self) -> u32 {
        u32::try_from(self.posts.len().div_ceil(self.page_size)).unwrap_or(u32::MAX).max(1)
    }

    /// A page, from 1, as the app shows it.
    pub(super) fn page(&self, page: u32) -> ListPage {
        let first = (page as usize - 1) * self.page_size;
        let posts = self.posts.iter().skip(first).take(self.page_size);
        ListPage {
            list: self.list.clone(),
            title: self.title.clone(),
            page,
            pages: self.pages(),
            posts: posts.map(|post| (*post).clone()).collect(),
        }
    }

    /// The feed with a page's posts, without their texts.
    pub(super) fn feed(&self, site: &Site, page: &ListPage) -> String {
        let addresses = Addresses::of(site);
        let file = |page: u32| self.list.file(page);
        let next = (page.page < page.pages).then(|| {
            // As seen from the feed itself, where the site does not say where it is.
            let name = file(page.page + 1);
            if addresses.is_known() {
                addresses.page(&name)
            } else {
                name.rsplit('/').next().unwrap_or(&name).to_owned()
            }
        });
        let absolute = |path: String| addresses.is_known().then(|| addresses.page(&path));
        let head = FeedHead {
            title: if self.title.is_empty() { site.title.clone() } else { format!("{}: {}", site.title, self.title) },
            home_page_url: absolute(self.list.path(1)),
            feed_url: absolute(file(page.page)),
            next_url: next,
            description: site.description.clone().filter(|_| self.list == List::Home),
            language: site.language.clone(),
        };
        let mut about = Value::default();
        let kind = match self.list {
            List::Home => "home",
            List::Tag(_) => "tag",
            List::Year(_) => "year",
        };
        about.set("kind", Value::from(kind));
        about.set("title", Value::from(if self.title.is_empty() { &site.title } else { &self.title }.as_str()));
        for (key, number) in [("page", page.page), ("pages", page.pages)] {
            about.set(key, Value::from(number));
        }
        about.set("total", Value::from(u32::try_from(self.posts.len()).unwrap_or(u32::MAX)));
        let site_url = site.url.as_deref().unwrap_or_default();
        let items = page.posts.iter().map(|post| {
            // Where to read on and where it was before is of interest on its own page only.
            let post = Post { aliases: Vec::new(), links: PostLinks::default(), ..post.clone() };
            encode_post_item(&post, site_url)
        });
        let mut document = Value::default();
        rewrite_head(&mut document, &head);
        document.set("_afterword", about);
        document.set("items", Value::Array(items.collect()));
        document.to_json_pretty()
    }
}

/// The list of all tags or of all years.
pub(super) fn index(index: Index, lists: &[PostList<'_>]) -> Listing {
    let entries = lists.iter().filter_map(|list| {
        let name = match (&list.list, index) {
            (List::Tag(name), Index::Tags) | (List::Year(name), Index::Years) => name.clone(),
            (List::Home | List::Tag(_) | List::Year(_), Index::Tags | Index::Years) => return None,
        };
        let count = u32::try_from(list.posts.len()).unwrap_or(u32::MAX);
        Some(IndexEntry { title: list.title.clone(), name, count })
    });
    Listing::Index(index, entries.collect())
}

/// The file with the data of a list of lists.
pub(super) fn index_file(index: Index) -> String {
    format!("{}index.json", index.path())
}

/// The folder in which the page at a path lies: the path, with a name that hosts take for a folder's page.
pub(super) fn page_file(path: &str) -> String {
    format!("{path}index.html")
}

/// From a page at this path back to the root of the site.
pub(super) fn way_back(path: &str) -> String {
    let depth = path.matches('/').count();
    if depth == 0 { "./".to_owned() } else { "../".repeat(depth) }
}

#[cfg(test)]
mod tests {
    use super::super::tests::post;
    use super::*;
    use afterword_core::time::Timestamp;

    fn dated(slug: &str, date: &str, tags: &[&str], sticky: bool) -> Post {
        Post { published: Timestamp::parse_rfc3339(date), sticky, ..post(slug, tags) }
    }

    #[test]
    fn lists_are_made_of_posts() {
        let posts = [
            dated("f", "2013-05-01", &["Wood"], false),
            dated("e", "2013-01-01", &["wood", "wood!"], false),
            dated("d", "2012-06-01", &["glue"], true),
            dated("c", "2012-05-01", &["wood"], false),
            post("b", &["glue", "zinc"]),
        ];
        let site = Site { title: "S".to_owned(), posts_per_page: Some(2), ..Site::default() };
        let lists = all_lists(&site, &posts);
        let picture = |list: &PostList<'_>| {
            let pages = (1..=list.pages()).map(|page| {
                let page = list.page(page);
                page.posts.iter().map(|post| post.slug.as_str().to_owned()).collect::<Vec<_>>().join(" ")
            });
            format!("{}{:?}: {}", list.list.folder(), list.title, pages.collect::<Vec<_>>().join(" | "))
        };
        assert_eq!(
            lists.iter().map(picture).collect::<Vec<_>>(),
            [
                "\"\": d f | e c | b",
                "tags/wood/\"wood\": f e | c",
                "tags/glue/\"glue\": d b",
                "tags/zinc/\"zinc\": b",
                "archive/2013/\"2013\": f e",
                "archive/2012/\"2012\": d c",
            ]
        );
        let Listing::Index(_, years) = index(Index::Years, &lists) else { panic!("no index") };
        assert_eq!(
            years.iter().map(|year| (year.name.as_str(), year.count)).collect::<Vec<_>>(),
            [("2013", 2), ("2012", 2)]
        );
    }

    #[test]
    fn a_feed_says_which_page_of_what_it_is() {
        let posts = [dated("b", "2013-05-01", &["wood"], false), dated("a", "2013-01-01", &["wood"], false)];
        let site = Site { title: "S".to_owned(), posts_per_page: Some(1), ..Site::default() };
        let lists = all_lists(&site, &posts);
        let feed = lists[1].feed(&site, &lists[1].page(1));
        let read = afterword_adapters::static_json::decode_feed(feed.as_bytes()).unwrap();
        assert_eq!(read.warnings, []);
        assert_eq!(read.value.next_url.as_deref(), Some("feed-2.json"));
        assert_eq!((read.value.title.as_deref(), read.value.page, read.value.pages), (Some("wood"), 1, Some(2)));
    }

    #[test]
    fn an_empty_blog_has_a_home_page() {
        let lists = all_lists(&Site::default(), &[]);
        assert_eq!((lists.len(), lists[0].pages(), lists[0].page(1).posts.len()), (1, 1, 0));
    }
}
