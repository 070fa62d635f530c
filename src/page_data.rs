//! What a prerendered page says to the app that takes it over: the site, and the post without its text.
//!
//! Both are written as a JSON array of strings, one for each field in a fixed order. The same build writes and reads
//! them, so they need no names, and the app no decoder: the browser's `JSON.parse` is enough.

use afterword_core::ids::PostSlug;
use afterword_core::model::{Author, PageRef, Post, Site, ThreadInfo, ThreadState};
use afterword_core::thread::Order;
use afterword_core::time::Timestamp;

/// The id of the element with the site.
pub const SITE_DATA: &str = "afterword-site";
/// The id of the element with the post.
pub const POST_DATA: &str = "afterword-post";

/// Between the entries of a list in one field. No address or name of a person has a line break in it.
const LIST: char = '\n';

/// The fields of a site.
pub fn site_fields(site: &Site) -> Vec<String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        site.title.clone(),
        text(&site.description),
        text(&site.url),
        site.base_path.clone(),
        text(&site.language),
        site.order.name().to_owned(),
        site.image_hosts.join("\n"),
    ]
}

/// The site of these fields; what is missing is empty.
pub fn site_of(fields: Vec<String>) -> Site {
    let mut fields = fields.into_iter();
    let mut next = || fields.next().unwrap_or_default();
    Site {
        title: next(),
        description: some(next()),
        url: some(next()),
        base_path: next(),
        language: some(next()),
        order: Order::from_name(&next()).unwrap_or_default(),
        image_hosts: list(&next()).map(str::to_owned).collect(),
        author: None,
    }
}

/// The fields of a post, as far as its page needs them once it is in the document.
pub fn post_fields(post: &Post) -> Vec<String> {
    let names: Vec<String> = post.authors.iter().map(|author| author.name.replace(LIST, " ")).collect();
    let pages: Vec<String> = post.thread.pages.iter().map(|page| format!("{} {}", page.count, page.url)).collect();
    vec![
        post.slug.as_str().to_owned(),
        post.title.clone(),
        names.join("\n"),
        post.published.map(|time| time.millis().to_string()).unwrap_or_default(),
        post.language.clone().unwrap_or_default(),
        post.thread.count.to_string(),
        match post.thread.state {
            ThreadState::Open => String::new(),
            ThreadState::Closed => "closed".to_owned(),
        },
        post.thread.comments_url.clone().unwrap_or_default(),
        pages.join("\n"),
    ]
}

/// The post of these fields; `None` without a sound slug.
pub fn post_of(fields: Vec<String>) -> Option<Post> {
    let mut fields = fields.into_iter();
    let mut next = || fields.next().unwrap_or_default();
    Some(Post {
        slug: PostSlug::checked(&next())?,
        title: next(),
        authors: list(&next()).map(|name| Author { name: name.to_owned(), url: None }).collect(),
        published: next().parse().ok().and_then(Timestamp::from_millis),
        language: some(next()),
        thread: ThreadInfo {
            count: next().parse().unwrap_or_default(),
            state: if next().is_empty() { ThreadState::Open } else { ThreadState::Closed },
            comments_url: some(next()),
            pages: list(&next()).filter_map(page_of).collect(),
            updated: None,
        },
        id: String::new(),
        modified: None,
        summary: None,
        tags: Vec::new(),
        body: Default::default(),
    })
}

fn page_of(entry: &str) -> Option<PageRef> {
    let (count, url) = entry.split_once(' ')?;
    Some(PageRef { url: url.to_owned(), count: count.parse().ok()? })
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(LIST).filter(|entry| !entry.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_comes_back() {
        let site = Site {
            title: "A \"title\"".to_owned(),
            url: Some("https://blog.example/".to_owned()),
            base_path: "/".to_owned(),
            order: Order::Newest,
            image_hosts: vec!["a.example".to_owned(), "b.example".to_owned()],
            ..Site::default()
        };
        assert_eq!(site_of(site_fields(&site)), site);
        assert_eq!(site_of(Vec::new()), Site::default());
    }

    #[test]
    fn a_post_comes_back() {
        let pages = [("comments/1-abc.json", 200), ("comments/2 x.json", 7)];
        let fields = ["hello", "Hello", "Ann\nBob", "86400000", "en", "207", "closed", "comments.json"];
        let mut fields: Vec<String> = fields.map(str::to_owned).to_vec();
        fields.push(pages.map(|(url, count)| format!("{count} {url}")).join("\n"));
        let post = post_of(fields.clone()).unwrap();
        assert_eq!(post.thread.pages.iter().map(|page| (page.url.as_str(), page.count)).collect::<Vec<_>>(), pages);
        assert_eq!(post_fields(&post), fields);
        assert_eq!(post_of(vec!["../x".to_owned()]), None);
    }
}
