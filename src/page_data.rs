//! What a prerendered page says to the app that takes it over: the site, and the post without its text.
//!
//! Both are written as a JSON array of strings, one for each field in a fixed order. The same build writes and reads
//! them, so they need no names, and the app no decoder: the browser's `JSON.parse` is enough.

use afterword_core::ids::PostPath;
use afterword_core::model::{Author, BackEnd, ByHand, PageRef, Post, PostLinks, Site, ThreadInfo, ThreadState};
use afterword_core::rows::View;
use afterword_core::thread::Order;

/// The id of the element with the site.
pub const SITE_DATA: &str = "afterword-site";
/// The id of the element with the post.
pub const POST_DATA: &str = "afterword-post";

/// Between the entries of a list in one field. No address or name of a person has a line break in it.
const LIST: char = '\n';

/// The fields of a site, as far as its pages need them; head and foot are in the document.
pub fn site_fields(site: &Site) -> Vec<String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        site.title.clone(),
        text(&site.url),
        text(&site.language),
        site.order.name().to_owned(),
        site.view.name().to_owned(),
        site.image_hosts.join("\n"),
        site.author.as_ref().map(|author| author.name.clone()).unwrap_or_default(),
        text(&site.author_about),
        text(&site.author_picture),
        back_end_field(&site.back_end),
    ]
}

/// Where new comments go, in one field: the kind, and a line for each thing about it.
fn back_end_field(back_end: &BackEnd) -> String {
    match back_end {
        BackEnd::None => String::new(),
        BackEnd::Isso(endpoint) => format!("isso{LIST}{endpoint}"),
        BackEnd::ByHand(ByHand { mail, link, copy, download }) => {
            let (title, url) = link.as_ref().map_or(("", ""), |(title, url)| (title, url));
            let flag = |on: &bool| if *on { "1" } else { "" };
            let lines = ["by-hand", mail.as_deref().unwrap_or_default(), title, url, flag(copy), flag(download)];
            // The words of a link may have been written over several lines.
            lines.map(|line| line.replace(LIST, " ")).join("\n")
        }
    }
}

fn back_end_of(field: &str) -> BackEnd {
    let mut lines = field.split(LIST);
    let mut next = || lines.next().unwrap_or_default().to_owned();
    match next().as_str() {
        "isso" => BackEnd::Isso(next()),
        "by-hand" => {
            let mail = some(next());
            let (title, url) = (next(), next());
            let link = (!url.is_empty()).then_some((title, url));
            BackEnd::ByHand(ByHand { mail, link, copy: !next().is_empty(), download: !next().is_empty() })
        }
        _ => BackEnd::None,
    }
}

/// The site of these fields; what is missing is empty.
pub fn site_of(fields: Vec<String>) -> Site {
    let mut fields = fields.into_iter();
    let mut next = || fields.next().unwrap_or_default();
    Site {
        title: next(),
        url: some(next()),
        language: some(next()),
        order: Order::from_name(&next()).unwrap_or_default(),
        view: View::from_name(&next()).unwrap_or_default(),
        image_hosts: list(&next()).map(str::to_owned).collect(),
        author: some(next()).map(|name| Author { name, url: None }),
        author_about: some(next()),
        author_picture: some(next()),
        back_end: back_end_of(&next()),
        ..Site::default()
    }
}

/// The fields of a post, as far as its conversation needs them: the rest is in the document.
pub fn post_fields(post: &Post) -> Vec<String> {
    let pages: Vec<String> = post.thread.pages.iter().map(|page| format!("{} {}", page.count, page.url)).collect();
    vec![
        post.path().to_string(),
        post.thread.count.to_string(),
        match post.thread.state {
            ThreadState::Open => String::new(),
            ThreadState::Closed => "closed".to_owned(),
        },
        post.thread.comments_url.clone().unwrap_or_default(),
        pages.join("\n"),
    ]
}

/// The post of these fields; `None` without a sound path.
pub fn post_of(fields: Vec<String>) -> Option<Post> {
    let mut fields = fields.into_iter();
    let mut next = || fields.next().unwrap_or_default();
    let PostPath { kind, slug } = PostPath::parse(&next())?;
    Some(Post {
        kind,
        slug,
        thread: ThreadInfo {
            count: next().parse().unwrap_or_default(),
            state: if next().is_empty() { ThreadState::Open } else { ThreadState::Closed },
            comments_url: some(next()),
            pages: list(&next()).filter_map(page_of).collect(),
            updated: None,
        },
        id: String::new(),
        title: String::new(),
        authors: Vec::new(),
        published: None,
        modified: None,
        summary: None,
        language: None,
        tags: Vec::new(),
        body: Default::default(),
        sticky: false,
        aliases: Vec::new(),
        links: PostLinks::default(),
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
            order: Order::Best,
            view: View::Flat,
            author: Some(Author { name: "Ann".to_owned(), url: None }),
            author_picture: Some("ann.svg".to_owned()),
            image_hosts: vec!["a.example".to_owned(), "b.example".to_owned()],
            ..Site::default()
        };
        assert_eq!(site_of(site_fields(&site)), site);
        for back_end in [
            BackEnd::None,
            BackEnd::Isso("https://comments.example/isso/".to_owned()),
            BackEnd::ByHand(ByHand { mail: Some("ann@blog.example".to_owned()), copy: true, ..ByHand::default() }),
            BackEnd::ByHand(ByHand {
                link: Some(("Write there".to_owned(), "https://forum.example/new?t={title}".to_owned())),
                download: true,
                ..ByHand::default()
            }),
        ] {
            let site = Site { back_end, ..Site { base_path: String::new(), ..site.clone() } };
            assert_eq!(site_of(site_fields(&site)), site);
        }
        assert_eq!(site_of(Vec::new()), Site::default());
    }

    #[test]
    fn a_post_comes_back() {
        let pages = [("comments/1-abc.json", 200), ("comments/2 x.json", 7)];
        let fields = ["pages/hello/", "207", "closed", "comments.json"];
        let mut fields: Vec<String> = fields.map(str::to_owned).to_vec();
        fields.push(pages.map(|(url, count)| format!("{count} {url}")).join("\n"));
        let post = post_of(fields.clone()).unwrap();
        assert_eq!(post.thread.pages.iter().map(|page| (page.url.as_str(), page.count)).collect::<Vec<_>>(), pages);
        assert_eq!(post_fields(&post), fields);
        assert_eq!(post_of(vec!["../x".to_owned()]), None);
    }
}
