//! What the pages say, as markup.

use super::Pen;
use crate::page_state::{ListPage, Listing};
use crate::render::markup::{Markup, markup_of};
use crate::route::{Index, List, Route};
use afterword_core::body::{RawBody, RawHtml};
use afterword_core::ids::{PostKind, PostPath, PostSlug};
use afterword_core::model::{Author, IndexEntry, NavLink, Post, PostLink, PostLinks, Site, ThreadInfo};
use afterword_core::time::Timestamp;

fn site() -> Site {
    let link = |title: &str, url: &str| NavLink { title: title.to_owned(), url: url.to_owned() };
    Site {
        title: "A <blog>".to_owned(),
        author: Some(Author { name: "Ann".to_owned(), url: None }),
        author_about: Some("Mends & makes.".to_owned()),
        navigation: vec![link("Tags", "tags/"), link("Elsewhere", "https://else.example/")],
        ..Site::default()
    }
}

fn post(slug: &str) -> Post {
    Post {
        kind: PostKind::Post,
        slug: PostSlug::new(slug),
        id: slug.to_owned(),
        title: format!("On \"{slug}\" & <more>"),
        authors: vec![Author { name: "Ann".to_owned(), url: None }],
        published: Timestamp::parse_rfc3339("2026-01-02T03:04:05Z"),
        modified: None,
        summary: Some("In short.".to_owned()),
        language: None,
        tags: vec!["Old Wood".to_owned()],
        body: RawBody::Html(RawHtml::new("<p>Some words.</p>")),
        thread: ThreadInfo { count: 3, ..ThreadInfo::default() },
        sticky: false,
        aliases: Vec::new(),
        links: PostLinks::default(),
    }
}

fn written(site: &Site, write: impl FnOnce(&mut Pen<'_, Markup<'_>>)) -> String {
    markup_of(|out| write(&mut Pen::new(out, site, &|path| format!("../{path}"))))
}

fn list(list: List, page: u32, pages: u32, posts: Vec<Post>) -> String {
    let page = ListPage { list, title: "Old Wood".to_owned(), page, pages, posts };
    written(&site(), |pen| pen.listing(&Listing::Posts(page)))
}

/// All pieces stand in the markup, in this order.
fn check(markup: &str, pieces: &[&str]) {
    let mut rest = markup;
    for piece in pieces {
        let Some(at) = rest.find(piece) else { panic!("{piece} is missing from here on:\n{rest}\n\nin {markup}") };
        rest = &rest[at + piece.len()..];
    }
}

#[test]
fn titles_are_texts_whatever_is_in_them() {
    let markup = list(List::Home, 1, 1, vec![post("größe")]);
    check(&markup, &["href=\"../posts/gr%C3%B6%C3%9Fe/\"", "On &quot;größe&quot; &amp; &lt;more&gt;", "3 comments"]);
    check(&markup, &["<time class=\"day\" datetime=\"2026-01-02T03:04:05Z\">2 Jan 2026</time>", "../tags/old-wood/"]);
    assert!(!markup.contains("<more>") && !markup.contains("pager"), "{markup}");
}

#[test]
fn a_pinned_post_is_marked_on_the_first_page_only() {
    let pinned = Post { sticky: true, ..post("a") };
    check(&list(List::Home, 1, 2, vec![pinned.clone()]), &["is-sticky", "Pinned"]);
    for (of, page) in [(List::Home, 2), (List::Tag("old-wood".to_owned()), 1)] {
        assert!(!list(of, page, 2, vec![pinned.clone()]).contains("is-sticky"));
    }
}

#[test]
fn pages_of_a_list_lead_to_each_other() {
    let tag = || List::Tag("old-wood".to_owned());
    check(
        &list(tag(), 2, 3, vec![post("a")]),
        &[
            "<h1 dir=\"auto\">Old Wood",
            "Page 2 of 3",
            "../tags/old-wood/\" rel=\"prev\"",
            "../tags/old-wood/3/\" rel=\"next\"",
        ],
    );
    check(&list(List::Home, 2, 2, vec![post("a")]), &["<a class=\"pager-newer\" href=\"../\""]);
    assert!(!list(List::Home, 2, 2, vec![]).contains("pager-older"));
    check(&list(List::Home, 1, 1, vec![]), &["No posts yet."]);
}

#[test]
fn an_index_counts() {
    let entries = vec![IndexEntry { title: "Grün".to_owned(), name: "grün".to_owned(), count: 1 }];
    let markup = written(&site(), |pen| pen.listing(&Listing::Index(Index::Tags, entries)));
    check(&markup, &["<h1 dir=\"auto\">Tags", "href=\"../tags/gr%C3%BCn/\"", "Grün", "1 post<"]);
}

#[test]
fn the_link_to_this_page_is_marked() {
    let head = |route: &Route| written(&site(), |pen| pen.site_head(route));
    check(
        &head(&Route::Index(Index::Tags)),
        &["A &lt;blog&gt;", "href=\"../tags/\" aria-current=\"page\"", "https://else.example/\""],
    );
    assert!(!head(&Route::Unknown).contains("aria-current"));
}

#[test]
fn a_long_post_has_a_table_of_contents_and_a_short_one_has_none() {
    let article = |words: usize, headings: usize| {
        let part = format!("<h2>Part</h2><p>{}</p>", "word ".repeat(words / headings.max(1)));
        let body = RawBody::Html(RawHtml::new(part.repeat(headings)));
        written(&site(), |pen| pen.article(&Post { body, ..post("a") }))
    };
    check(
        &article(1_500, 3),
        &["7 minutes to read", "class=\"contents\"", "href=\"#post-part-3\"", "<h2 id=\"post-part\">"],
    );
    assert!(!article(300, 3).contains("contents") && !article(1_500, 2).contains("contents"));
}

#[test]
fn below_a_post_stands_who_wrote_it_and_where_to_read_on() {
    let link = |path: &str, title: &str| PostLink { path: PostPath::parse(path).unwrap(), title: title.to_owned() };
    let links = PostLinks {
        newer: Some(link("posts/n/", "New")),
        older: Some(link("posts/o/", "Old")),
        related: vec![link("posts/r/", "Near")],
    };
    let article = |site: &Site, post: &Post| written(site, |pen| pen.article(post));
    let markup = article(&site(), &Post { links, ..post("a") });
    check(&markup, &["Ann", "Mends &amp; makes.", "is-older", "../posts/o/", "is-newer", "New", "../posts/r/", "Near"]);

    let by_other = Post { authors: vec![Author { name: "Bob".to_owned(), url: None }], ..post("a") };
    assert!(!article(&site(), &by_other).contains("author-box"), "the box is about the blog's own author");
    for (picture, shown) in [("ann.svg", true), ("https://x.example/a.png", false), ("//x.example/a.png", false)] {
        let site = Site { author_picture: Some(picture.to_owned()), ..site() };
        assert_eq!(article(&site, &post("a")).contains("<img"), shown, "{picture}");
    }
    let page = Post { kind: PostKind::Page, thread: ThreadInfo::default(), ..post("about") };
    let markup = article(&site(), &page);
    assert!(!markup.contains("author-box") && !markup.contains("#comments"), "{markup}");
}

#[test]
fn a_post_in_another_language_has_its_direction() {
    let arabic = Post { language: Some("ar-EG".to_owned()), ..post("a") };
    let markup = written(&site(), |pen| pen.article(&arabic));
    check(&markup, &["<article class=\"post\" lang=\"ar-EG\" dir=\"rtl\">", "<span class=\"reading\" dir=\"auto\">"]);
}
