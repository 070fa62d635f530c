//! `site.json`, `post.json` and `feed.json`.

use afterword_adapters::json::{Kind, parse};
use afterword_adapters::static_json::{
    DecodeError, FeedHead, decode_feed, decode_post, decode_site, encode_feed, encode_post, encode_site, rewrite_site,
};
use afterword_core::body::{RawBody, RawHtml};
use afterword_core::ids::{PostKind, PostPath, PostSlug};
use afterword_core::model::{
    Author, BackEnd, ByHand, NavLink, PageRef, Post, PostLink, PostLinks, Site, ThreadInfo, ThreadState, Warning,
};
use afterword_core::rows::View;
use afterword_core::thread::Order;
use afterword_core::time::Timestamp;
use expect_test::{Expect, expect};

fn picture_of(warnings: &[Warning]) -> String {
    warnings.iter().map(|warning| format!("\n! {} {:?}", warning.place, warning.kind)).collect()
}

pub(crate) fn full_post() -> Post {
    let link = |path: &str, title: &str| PostLink { path: PostPath::parse(path).unwrap(), title: title.to_owned() };
    Post {
        kind: PostKind::Post,
        slug: PostSlug::new("größe"),
        id: "https://blog.example/posts/gr%C3%B6%C3%9Fe/".to_owned(),
        title: "A <title> & more".to_owned(),
        authors: vec![Author { name: "Ann".to_owned(), url: Some("https://blog.example/".to_owned()) }],
        published: Timestamp::parse_rfc3339("2026-01-02T03:04:05Z"),
        modified: Timestamp::parse_rfc3339("2026-01-03T00:00:00Z"),
        summary: Some("In short.".to_owned()),
        language: Some("en".to_owned()),
        tags: vec!["wood".to_owned(), "noise".to_owned()],
        body: RawBody::Html(RawHtml::new("<p>Text</p>")),
        thread: ThreadInfo {
            comments_url: Some("comments.json".to_owned()),
            count: 1_250,
            updated: Timestamp::parse_rfc3339("2026-02-01T00:00:00Z"),
            state: ThreadState::Closed,
            pages: vec![
                PageRef { url: "comments/1-0a1b2c3d.json".to_owned(), count: 200 },
                PageRef { url: "comments/2-4e5f6071.json".to_owned(), count: 1_000 },
            ],
        },
        sticky: true,
        aliases: vec!["/?p=12".to_owned()],
        links: PostLinks {
            newer: Some(link("posts/süß/", "Sweet")),
            older: None,
            related: vec![link("posts/b/", "B"), link("pages/c/", "C")],
        },
    }
}

pub(crate) fn full_head() -> FeedHead {
    FeedHead {
        title: "A blog".to_owned(),
        home_page_url: Some("https://blog.example/".to_owned()),
        feed_url: Some("https://blog.example/feed.json".to_owned()),
        next_url: Some("feed/2.json".to_owned()),
        description: Some("About things".to_owned()),
        language: Some("en".to_owned()),
    }
}

pub(crate) fn full_site() -> Site {
    Site {
        back_end: BackEnd::ByHand(ByHand {
            mail: Some("ann@blog.example".to_owned()),
            link: Some(("Write there".to_owned(), "https://forum.example/new?title={title}&body={text}".to_owned())),
            copy: true,
            download: false,
        }),
        title: "A blog".to_owned(),
        description: Some("About things".to_owned()),
        url: Some("https://blog.example/sub/".to_owned()),
        base_path: "/sub/".to_owned(),
        language: Some("en".to_owned()),
        author: Some(Author { name: "Ann".to_owned(), url: None }),
        order: Order::Conversation,
        view: View::Flat,
        image_hosts: vec!["img.example".to_owned()],
        author_about: Some("Writes.".to_owned()),
        author_picture: Some("ann.svg".to_owned()),
        navigation: vec![NavLink { title: "About".to_owned(), url: "pages/about/".to_owned() }],
        footer: Some("The end.".to_owned()),
        posts_per_page: Some(5),
    }
}

#[test]
fn a_post_is_read_as_it_was_written() {
    let post = full_post();
    let text = encode_post(&post, &full_head(), "https://blog.example/");
    expect![[r#"
        {
         "version": "https://jsonfeed.org/version/1.1",
         "title": "A blog",
         "home_page_url": "https://blog.example/",
         "feed_url": "https://blog.example/feed.json",
         "next_url": "feed/2.json",
         "description": "About things",
         "language": "en",
         "items": [
          {
           "id": "https://blog.example/posts/gr%C3%B6%C3%9Fe/",
           "url": "https://blog.example/posts/gr%C3%B6%C3%9Fe/",
           "title": "A <title> & more",
           "summary": "In short.",
           "date_published": "2026-01-02T03:04:05Z",
           "date_modified": "2026-01-03T00:00:00Z",
           "authors": [{"name": "Ann", "url": "https://blog.example/"}],
           "tags": ["wood", "noise"],
           "language": "en",
           "content_html": "<p>Text</p>",
           "_thread": {
            "comments_url": "comments.json",
            "count": 1250,
            "updated": "2026-02-01T00:00:00Z",
            "state": "closed",
            "pages": [
             {"url": "comments/1-0a1b2c3d.json", "count": 200},
             {"url": "comments/2-4e5f6071.json", "count": 1000}
            ]
           },
           "_afterword": {
            "sticky": true,
            "aliases": ["/?p=12"],
            "newer": {"url": "posts/s%C3%BC%C3%9F/", "title": "Sweet"},
            "related": [{"url": "posts/b/", "title": "B"}, {"url": "pages/c/", "title": "C"}]
           }
          }
         ]
        }
    "#]]
    .assert_eq(&text);
    let decoded = decode_post(text.as_bytes(), &post.path()).unwrap();
    assert_eq!((decoded.value, decoded.warnings), (post, vec![]));
}

#[test]
fn a_feed_is_read_as_it_was_written() {
    let with_text = full_post();
    let without_text = Post { slug: PostSlug::new("b"), id: "b".to_owned(), body: RawBody::default(), ..full_post() };
    for site_url in ["https://blog.example/", ""] {
        let posts = [with_text.clone(), without_text.clone()];
        let decoded = decode_feed(encode_feed(&posts, &full_head(), site_url).as_bytes()).unwrap();
        assert_eq!(decoded.value.posts, posts);
        assert_eq!((decoded.value.next_url.as_deref(), decoded.warnings), (Some("feed/2.json"), vec![]));
    }
}

#[test]
fn a_post_with_oddities() {
    let check = |item: &str, expected: Expect| {
        let decoded =
            decode_post(format!(r#"{{"items":[{item}]}}"#).as_bytes(), &PostPath::post(PostSlug::new("s"))).unwrap();
        expected.assert_eq(&format!("{:?}{}", decoded.value, picture_of(&decoded.warnings)));
    };
    check(
        "{}",
        expect![[r#"
            Post { kind: Post, slug: PostSlug("s"), id: "s", title: "", authors: [], published: None, modified: None, summary: None, language: None, tags: [], body: Text(""), thread: ThreadInfo { comments_url: None, count: 0, updated: None, state: Open, pages: [] }, sticky: false, aliases: [], links: PostLinks { newer: None, older: None, related: [] } }
            ! items[0] BodyMissing"#]],
    );
    check(
        r#"7, {"id":5,"title":["x"],"tags":["a",1],"content_text":"t","date_modified":"soon","author":{"name":"Ann"},
            "_thread":{"count":"7","state":"half","pages":[{"url":"a","count":-1},{"url":" "},3],"updated":"2026-01-01","comments_url":4}}"#,
        expect![[r#"
            Post { kind: Post, slug: PostSlug("s"), id: "5", title: "", authors: [Author { name: "Ann", url: None }], published: None, modified: None, summary: None, language: None, tags: ["a"], body: Text("t"), thread: ThreadInfo { comments_url: None, count: 0, updated: Some(Timestamp(1767225600000)), state: Open, pages: [PageRef { url: "a", count: 0 }] }, sticky: false, aliases: [], links: PostLinks { newer: None, older: None, related: [] } }
            ! items[0] ItemUnreadable
            ! items[1].title WrongType
            ! items[1].date_modified DateInvalid
            ! items[1].tags WrongType
            ! items[1]._thread.pages WrongType
            ! items[1]._thread.pages WrongType
            ! items[1]._thread.state WrongType
            ! items[1]._thread.comments_url WrongType
            ! items[1]._thread.count WrongType"#]],
    );
    check(
        r#"{"content_html":"a \ud800 b","_thread":[]}, {"content_html":"ignored"}"#,
        expect![[r#"
            Post { kind: Post, slug: PostSlug("s"), id: "s", title: "", authors: [], published: None, modified: None, summary: None, language: None, tags: [], body: Html(RawHtml("a � b")), thread: ThreadInfo { comments_url: None, count: 0, updated: None, state: Open, pages: [] }, sticky: false, aliases: [], links: PostLinks { newer: None, older: None, related: [] } }
            ! items[0] TextMended
            ! items[0]._thread WrongType"#]],
    );
}

#[test]
fn a_post_that_cannot_be_read_says_why() {
    let check = |document: &str, expected: DecodeError| {
        assert_eq!(decode_post(document.as_bytes(), &PostPath::post(PostSlug::new("s"))), Err(expected), "{document}");
        assert_eq!(decode_site(document.as_bytes()).is_err(), !matches!(expected, DecodeError::NoItems), "{document}");
    };
    check("", DecodeError::Empty);
    check("\n<html>", DecodeError::Html);
    check("oops", DecodeError::NotJson { at: 0 });
    check("3", DecodeError::WrongRoot { found: Kind::Number });
    check(r#"{"items":[]}"#, DecodeError::NoItems);
    check(r#"{"items":[null]}"#, DecodeError::NoItems);
    check(r#"{"items":[{"title":"a"#, DecodeError::CutOff { at: 21 });
}

#[test]
fn a_feed_leaves_out_what_has_no_place() {
    let document = br#"{"items":[{"id":"https://blog.example/posts/a/"},{"url":"posts/b/","id":77},{"url":"posts/../"},{"title":"x"},1],
        "next_url":"feed/2.json"}"#;
    let decoded = decode_feed(document).unwrap();
    let posts: Vec<_> = decoded.value.posts.iter().map(|post| format!("{} {}", post.slug, post.id)).collect();
    expect![[r#"
        ["a https://blog.example/posts/a/", "b 77"]
        ! items[2].url UrlRefused
        ! items[3].url UrlRefused
        ! items[4] ItemUnreadable"#]]
    .assert_eq(&format!("{posts:?}{}", picture_of(&decoded.warnings)));
    assert_eq!(decode_feed(b"<html>"), Err(DecodeError::Html));
}

#[test]
fn a_site_is_read_as_it_was_written() {
    for site in [full_site(), Site { base_path: "/".to_owned(), ..Site::default() }] {
        let decoded = decode_site(encode_site(&site).as_bytes()).unwrap();
        assert_eq!((decoded.value, decoded.warnings), (site, vec![]));
    }
    expect![[r#"
        {
         "title": "A blog",
         "description": "About things",
         "url": "https://blog.example/sub/",
         "base_path": "/sub/",
         "language": "en",
         "author": {"name": "Ann", "about": "Writes.", "avatar": "ann.svg"},
         "defaults": {"order": "conversation", "view": "flat"},
         "navigation": [{"title": "About", "url": "pages/about/"}],
         "footer": "The end.",
         "posts_per_page": 5,
         "image_hosts": ["img.example"],
         "comments": {
          "kind": "by-hand",
          "mail": "ann@blog.example",
          "link": {"title": "Write there", "url": "https://forum.example/new?title={title}&body={text}"},
          "copy": true
         }
        }
    "#]]
    .assert_eq(&encode_site(&full_site()));
}

#[test]
fn a_site_written_by_hand() {
    let check = |document: &str, expected: Expect| {
        let decoded = decode_site(document.as_bytes()).unwrap();
        expected.assert_eq(&format!("{:?}{}", decoded.value, picture_of(&decoded.warnings)));
    };
    check(
        "{}",
        expect![[
            r#"Site { title: "", description: None, url: None, base_path: "/", language: None, author: None, order: Oldest, view: Threaded, back_end: None, image_hosts: [], author_about: None, author_picture: None, navigation: [], footer: None, posts_per_page: None }"#
        ]],
    );
    check(
        r#"{"title":"T","url":"https://blog.example","base_path":"sub","author":"Ann","defaults":{"order":"loudest","view":"author"},"image_hosts":["IMG.example ",1]}"#,
        expect![[r#"
            Site { title: "T", description: None, url: Some("https://blog.example/"), base_path: "/sub/", language: None, author: Some(Author { name: "Ann", url: None }), order: Oldest, view: Threaded, back_end: None, image_hosts: ["img.example"], author_about: None, author_picture: None, navigation: [], footer: None, posts_per_page: None }
            ! author WrongType
            ! defaults.order WrongType
            ! defaults.view WrongType
            ! image_hosts WrongType"#]],
    );
    check(
        r#"{"title":7,"url":"blog.example","defaults":{"order":"newest"},"authors":[{"name":"Ann"}]}"#,
        expect![[r#"
            Site { title: "", description: None, url: None, base_path: "/", language: None, author: Some(Author { name: "Ann", url: None }), order: Newest, view: Threaded, back_end: None, image_hosts: [], author_about: None, author_picture: None, navigation: [], footer: None, posts_per_page: None }
            ! title WrongType
            ! url UrlRefused"#]],
    );
}

#[test]
fn rewriting_a_site_keeps_what_is_not_ours() {
    let mut document = parse(
        br#"{"title":"Old","navigation":[{"title":"About"}],"defaults":{"theme":"dark"},"backend":{"kind":"static"}}"#,
    )
    .unwrap();
    rewrite_site(&mut document, &full_site());
    expect![[r#"
        {
         "title": "A blog",
         "navigation": [{"title": "About", "url": "pages/about/"}],
         "defaults": {"theme": "dark", "order": "conversation", "view": "flat"},
         "backend": {"kind": "static"},
         "description": "About things",
         "url": "https://blog.example/sub/",
         "base_path": "/sub/",
         "language": "en",
         "author": {"name": "Ann", "about": "Writes.", "avatar": "ann.svg"},
         "footer": "The end.",
         "posts_per_page": 5,
         "image_hosts": ["img.example"],
         "comments": {
          "kind": "by-hand",
          "mail": "ann@blog.example",
          "link": {"title": "Write there", "url": "https://forum.example/new?title={title}&body={text}"},
          "copy": true
         }
        }
    "#]]
    .assert_eq(&document.to_json_pretty());
}

/// `site.json` with these fields in `comments`: where new comments go, and what is told of it.
fn check_back_end(comments: &str, expected: Expect) {
    let site = decode_site(format!(r#"{{"title":"t","comments":{comments}}}"#).as_bytes()).unwrap();
    expected.assert_eq(&format!("{:?}{}", site.value.back_end, picture_of(&site.warnings)));
}

#[test]
fn new_comments_go_where_the_owner_says() {
    check_back_end(
        r#"{"kind":"isso","endpoint":"https://talk.example/isso"}"#,
        expect![[r#"Isso("https://talk.example/isso/")"#]],
    );
    let by_hand = r#"{"kind":"by-hand","mail":" a@b.example ","link":{"title":"T","url":"https://f.example/?t={title}"},"copy":true}"#;
    check_back_end(
        by_hand,
        expect![[
            r#"ByHand(ByHand { mail: Some("a@b.example"), link: Some(("T", "https://f.example/?t={title}")), copy: true, download: false })"#
        ]],
    );
    check_back_end("null", expect!["None"]);
}

#[test]
fn a_way_of_commenting_that_cannot_be_used_is_none_and_told() {
    check_back_end(
        r#"{"kind":"waline","endpoint":"https://talk.example/"}"#,
        expect!["None\n! comments.kind WrongType"],
    );
    check_back_end(r#"{"kind":"isso"}"#, expect!["None\n! comments.endpoint UrlRefused"]);
    check_back_end(
        r#"{"kind":"isso","endpoint":"javascript:alert(1)"}"#,
        expect!["None\n! comments.endpoint UrlRefused"],
    );
    check_back_end(r#"{"kind":"isso","endpoint":"/isso/"}"#, expect!["None\n! comments.endpoint UrlRefused"]);
    check_back_end(
        r#"{"kind":"isso","endpoint":"https://talk.example/?a=b"}"#,
        expect!["None\n! comments.endpoint UrlRefused"],
    );
    check_back_end(r#"{"kind":"by-hand"}"#, expect!["None\n! comments WrongType"]);
    check_back_end(
        r#"{"kind":"by-hand","mail":"a@b.example?cc=c@d.example"}"#,
        expect!["None\n! comments.mail UrlRefused\n! comments WrongType"],
    );
    check_back_end(
        r#"{"kind":"by-hand","copy":true,"link":{"title":"T","url":"https://{url}/"}}"#,
        expect![[r#"ByHand(ByHand { mail: None, link: None, copy: true, download: false })
! comments.link UrlRefused"#]],
    );
    check_back_end(r#"["isso"]"#, expect!["None\n! comments WrongType"]);
}

#[test]
fn a_way_of_commenting_that_we_do_not_know_is_left_alone() {
    let rewritten = |text: &str, back_end| {
        let mut document = parse(text.as_bytes()).unwrap();
        rewrite_site(&mut document, &Site { back_end, ..Site::default() });
        document.get("comments").map(afterword_adapters::json::Value::to_json)
    };
    let unknown = r#"{"comments":{"kind":"waline","x":1}}"#;
    assert_eq!(rewritten(unknown, BackEnd::None).as_deref(), Some(r#"{"kind":"waline","x":1}"#));
    let isso = r#"{"comments":{"kind":"isso","endpoint":"https://a.example/","_note":"mine"}}"#;
    assert_eq!(rewritten(isso, BackEnd::None), None);
    assert_eq!(
        rewritten(isso, BackEnd::Isso("https://b.example/".to_owned())).as_deref(),
        Some(r#"{"kind":"isso","endpoint":"https://b.example/","_note":"mine"}"#)
    );
}
