//! What is written, and what stands in it.

use super::atom::check_atom;
use super::facts::check_facts;
use super::fixture::Blog;
use afterword_adapters::json::{Value, parse};
use afterword_cli::build::{BuildOptions, build_site};
use expect_test::expect;
use std::io::Read;

fn small(name: &str) -> Blog {
    let blog = Blog::with_site(name, r#""posts_per_page": 2, "_mine": 1"#);
    blog.post("posts/soap", "2013-05-02", r#""tags": ["Wood", "Glue"], "summary": "On soap", "_mood": "calm""#);
    blog.post("posts/größe", "2013-01-02", r#""tags": ["wood"], "language": "he", "_afterword": {"sticky": true}"#);
    blog.post(
        "posts/screws",
        "2012-01-02",
        r#""tags": ["wood"], "content_html": "<h2>A</h2><p>See <a href='../soap/#x'>soap</a> and <img src='pic.png' alt='p'>.</p>",
            "_afterword": {"aliases": ["/?p=3", "/2012/01/screws/", "/posts/soap/"]},
            "_thread": {"comments_url": "comments.json"}"#,
    );
    blog.comments("posts/screws", &[("1", "", "First"), ("2", "1", "Answer")]);
    blog.put("content/posts/screws/pic.png", "png");
    blog.post("pages/about", "2012-01-01", "");
    blog.put("content/favicon.ico", "icon");
    blog.put("content/notes.md", "private");
    blog.put("content/media/a/b.jpg", "picture");
    blog.put("content/drafts/secret.txt", "private");
    blog
}

#[test]
fn a_whole_site_is_written() {
    let blog = small("whole");
    blog.build_clean();
    let names: Vec<String> = blog.files().into_keys().collect();
    expect![[r#"
        .afterword-build.json
        .nojekyll
        2012/01/screws/index.html
        404.html
        _headers
        _headers.caddy
        _headers.nginx
        _redirects
        _redirects.caddy
        _redirects.nginx
        archive/2012/feed.json
        archive/2012/index.html
        archive/2013/feed.json
        archive/2013/index.html
        archive/index.html
        archive/index.json
        assets/app.css
        assets/app.js
        assets/moved-3fc1508da1dd.js
        favicon.ico
        feed-2.json
        feed.atom
        feed.json
        icon.svg
        index.html
        manifest.webmanifest
        media/a/b.jpg
        page/2/index.html
        pages/about/comments.json
        pages/about/index.html
        pages/about/post.json
        posts/größe/comments.atom
        posts/größe/comments.json
        posts/größe/index.html
        posts/größe/post.json
        posts/screws/comments.atom
        posts/screws/comments.json
        posts/screws/index.html
        posts/screws/pic.png
        posts/screws/post.json
        posts/soap/comments.atom
        posts/soap/comments.json
        posts/soap/index.html
        posts/soap/post.json
        redirects.json
        robots.txt
        site.json
        sitemap.xml
        tags/glue/feed.atom
        tags/glue/feed.json
        tags/glue/index.html
        tags/index.html
        tags/index.json
        tags/wood/feed-2.json
        tags/wood/feed.atom
        tags/wood/feed.json
        tags/wood/index.html
        tags/wood/2/index.html"#]]
    .assert_eq(&sorted_as_shown(names).join("\n"));
    assert!(blog.out("site.json").contains("\"_mine\": 1") && blog.out("posts/soap/post.json").contains("_mood"));
    assert!(
        blog.out("page/2/index.html").contains("About screws") && !blog.out("page/2/index.html").contains("gr%C3%B6")
    );
}

/// A tag's further pages behind its own files, as people would list them.
fn sorted_as_shown(mut names: Vec<String>) -> Vec<String> {
    names.sort_by_key(|name| (name.replace("tags/wood/2/", "tags/wood/~2/"), name.clone()));
    names
}

#[test]
fn posts_say_where_to_read_on() {
    let blog = small("links");
    blog.build_clean();
    let links = |path: &str| {
        let document = parse(blog.out(&format!("{path}/post.json")).as_bytes()).unwrap();
        let item = document.get("items").unwrap().as_array().unwrap()[0].clone();
        item.get("_afterword").map(Value::to_json).unwrap_or_default()
    };
    assert_eq!(
        links("posts/größe"),
        "{\"sticky\":true,\"newer\":{\"url\":\"posts/soap/\",\"title\":\"About soap\"},\
         \"older\":{\"url\":\"posts/screws/\",\"title\":\"About screws\"},\
         \"related\":[{\"url\":\"posts/soap/\",\"title\":\"About soap\"},{\"url\":\"posts/screws/\",\"title\":\"About screws\"}]}"
    );
    assert_eq!(links("pages/about"), "");
    assert!(blog.out("posts/screws/index.html").contains("href=\"../../posts/gr%C3%B6%C3%9Fe/\""));
}

#[test]
fn a_head_says_what_the_page_is() {
    let blog = small("head");
    blog.build_clean();
    let head = |name: &str| {
        let html = blog.out(name);
        let (head, _) = html
            .split_once("<script type=\"application/ld+json\">")
            .unwrap_or_else(|| html.split_once("</head>").unwrap());
        let lines = head.lines().map(str::trim).filter(|line| {
            line.starts_with("<title")
                || line.starts_with("<html")
                || line.starts_with("<meta")
                || line.starts_with("<link")
        });
        let shown = lines.filter(|line| !line.contains("Content-Security-Policy") && !line.contains("theme-color"));
        shown.map(|line| format!("{line}\n")).collect::<String>()
    };
    expect![[r#"
        <html lang="en" dir="ltr">
        <title>About screws · The Loose Screw</title>
        <meta name="afterword-base" content="../../">
        <meta name="description" content="A See soap and p.">
        <link rel="canonical" href="https://blog.example/posts/screws/">
        <meta property="og:title" content="About screws">
        <meta property="og:type" content="article">
        <meta property="og:site_name" content="The Loose Screw">
        <meta property="og:description" content="A See soap and p.">
        <meta property="og:url" content="https://blog.example/posts/screws/">
        <meta property="og:image" content="https://blog.example/posts/screws/pic.png">
        <meta property="article:published_time" content="2012-01-02T08:00:00Z">
        <meta property="article:tag" content="wood">
        <meta name="twitter:card" content="summary_large_image">
        <link rel="alternate" type="application/atom+xml" title="The Loose Screw" href="../../feed.atom">
        <link rel="alternate" type="application/feed+json" title="The Loose Screw" href="../../feed.json">
        <link rel="alternate" type="application/atom+xml" title="The Loose Screw: About screws" href="../../posts/screws/comments.atom">
        <link rel="alternate" type="application/feed+json" title="The Loose Screw: About screws" href="../../posts/screws/comments.json">
        <link rel="icon" type="image/svg+xml" href="../../icon.svg">
        <link rel="icon" href="../../favicon.ico">
        <link rel="manifest" href="../../manifest.webmanifest">
    "#]]
    .assert_eq(&head("posts/screws/index.html"));
    let list = head("tags/wood/2/index.html");
    for part in [
        "<title>Page 2 of 2 · wood · The Loose Screw</title>",
        "<link rel=\"canonical\" href=\"https://blog.example/tags/wood/2/\">",
        "<meta property=\"og:type\" content=\"website\">",
        "href=\"../../../tags/wood/feed.atom\"",
    ] {
        assert!(list.contains(part), "{part} in {list}");
    }
    assert!(head("404.html").contains("<meta name=\"robots\" content=\"noindex\">"));
    let (facts, ..) = check_facts(&blog.out("index.html"));
    assert_eq!(facts.get("@type").and_then(Value::as_str), Some("Blog"));
}

#[test]
fn feeds_hold_texts_and_answers() {
    let blog = small("feeds");
    blog.build_clean();
    let feed = blog.out("feed.atom");
    assert_eq!(check_atom(&feed), ["https://blog.example/posts/soap/", "https://blog.example/posts/größe/"]);
    let comments = blog.out("posts/screws/comments.atom");
    assert_eq!(check_atom(&comments).len(), 2);
    for part in [
        "<thr:in-reply-to ref=\"https://blog.example/posts/screws/#comment-1\" type=\"text/html\"",
        "<thr:in-reply-to ref=\"https://blog.example/posts/screws/\" type=\"text/html\"",
        "<title>Ann: Answer</title>",
    ] {
        assert!(comments.contains(part), "{part} in {comments}");
    }
    let tag = blog.out("tags/wood/feed.atom");
    assert_eq!(check_atom(&tag).len(), 2);
    blog.site("\"posts_per_page\": 9");
    blog.build_clean();
    let feed = blog.out("feed.atom");
    for part in [
        "href=&quot;https://blog.example/posts/soap/#x&quot;",
        "src=&quot;https://blog.example/posts/screws/pic.png&quot;",
        "thr:count=\"2\" thr:updated=\"2026-03-01T00:02:00Z\"",
        "<thr:total>2</thr:total>",
        "<summary>On soap</summary>",
    ] {
        assert!(feed.contains(part), "{part} in {feed}");
    }
}

#[test]
fn a_site_without_an_address_has_sound_feeds_and_no_sitemap() {
    let blog = small("nowhere");
    blog.put("content/site.json", r#"{"title": "T"}"#);
    blog.build_clean();
    assert!(!blog.has("sitemap.xml") && !blog.out("robots.txt").contains("Sitemap"));
    assert!(!blog.out("index.html").contains("canonical"));
    let feed = blog.out("posts/screws/comments.atom");
    assert!(feed.contains("xml:base=\"../../\"") && feed.contains("<id>urn:uuid:"), "{feed}");
}

#[test]
fn old_addresses_lead_on_and_write_over_nothing() {
    let blog = small("moved");
    blog.put(
        "content/redirects.json",
        r#"{"/?p=3": "pages/about/", "/feed/": "feed.atom", "/x": "javascript:1", "/out": "https://else.example/"}"#,
    );
    let summary = blog.build();
    assert_eq!(summary.warnings, ["redirects.json: \"/x\" leads to no path and no web address; it was left out"]);
    expect![[r#"
        {
         "/2012/01/screws/": "posts/screws/",
         "/?p=3": "pages/about/",
         "/feed/": "feed.atom",
         "/out": "https://else.example/",
         "/posts/soap/": "posts/screws/"
        }
    "#]]
    .assert_eq(&blog.out("redirects.json"));
    assert!(blog.out("2012/01/screws/index.html").contains("url=../../../posts/screws/"));
    assert!(blog.out("feed/index.html").contains("url=../feed.atom"));
    assert!(blog.out("posts/soap/index.html").contains("About soap"), "the post is still there");
    assert!(!blog.out("_redirects").contains("/posts/soap"), "and is not led away from");
    assert!(blog.out("_redirects").contains("/ p=3 /pages/about/ 301!\n"));
}

#[test]
fn the_owners_looks_come_after_the_apps() {
    let blog = small("theme");
    blog.site(r##""theme": {"accent": "#8a2b06", "page": "nonsense"}, "style_sheets": ["mine.css"]"##);
    blog.put("content/mine.css", "p{}");
    let summary = blog.build();
    assert_eq!(summary.warnings.len(), 1, "{summary}");
    let html = blog.out("posts/soap/index.html");
    let at = |part: &str| html.find(part).unwrap_or_else(|| panic!("{part} in {html}"));
    assert!(at("../../assets/app.css") < at("../../assets/theme-") && at("../../assets/theme-") < at("../../mine.css"));
    let name = html.split("../../assets/theme-").nth(1).unwrap().split('"').next().unwrap();
    assert!(blog.out(&format!("assets/theme-{name}")).contains("--accent: light-dark(#8a2b06, "));
}

#[test]
fn fields_of_others_stay_and_private_ones_go() {
    let blog = small("fields");
    blog.put(
        "content/posts/screws/comments.json",
        r#"{"items": [{"id": "1", "content_html": "Hi", "_stars": 5, "email": "a@private.invalid",
            "authors": [{"name": "Ann", "avatar": "https://ann.example/a.png", "ip": "192.0.2.1"}],
            "_thread": {"in_reply_to": null, "_via": "post", "remote_addr": "192.0.2.1"}}]}"#,
    );
    blog.build_clean();
    let comments = blog.out("posts/screws/comments.json");
    for kept in ["\"_stars\": 5", "ann.example/a.png", "\"_via\": \"post\""] {
        assert!(comments.contains(kept), "{kept} in {comments}");
    }
    for (name, bytes) in blog.files() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("private.invalid") && !text.contains("192.0.2.1"), "{name}");
    }
}

#[test]
fn facts_are_bounded_however_long_and_deep_a_thread_is() {
    let blog = Blog::with_site("deep", "");
    blog.post("posts/deep", "2026-01-01", r#""_thread": {"comments_url": "comments.json"}"#);
    let ids: Vec<String> = (0..300).map(|n| n.to_string()).collect();
    let parent = |n: usize| if n == 0 { "" } else { ids[n - 1].as_str() };
    let comments: Vec<(&str, &str, &str)> =
        (0..300).map(|n| (ids[n].as_str(), parent(n), "<b>deep</b></script>")).collect();
    blog.comments("posts/deep", &comments);
    blog.build_clean();
    let (facts, told, deepest) = check_facts(&blog.out("posts/deep/index.html"));
    assert_eq!((told, deepest), (50, 20));
    assert_eq!(facts.get("commentCount").and_then(Value::as_i64), Some(300));
    assert!(
        blog.out("posts/deep/comments/2/index.html")
            .contains("<link rel=\"canonical\" href=\"https://blog.example/posts/deep/comments/2/\">")
    );
}

#[test]
fn compressed_copies_are_those_of_the_files_and_can_be_left_out() {
    let blog = small("plain");
    let with = || build_site(&BuildOptions { compressed: true, ..blog.options() }).unwrap();
    let copies = || blog.files().into_keys().filter(|name| name.ends_with(".br") || name.ends_with(".gz")).count();
    with();
    assert!(copies() > 40, "{}", copies());
    blog.post("posts/soap", "2013-05-02", "\"summary\": \"Another one\"");
    with();
    let files = blog.files();
    let name = "posts/soap/index.html";
    let mut unzipped = Vec::new();
    flate2::read::GzDecoder::new(files[&format!("{name}.gz")].as_slice()).read_to_end(&mut unzipped).unwrap();
    let mut unbrotlied = Vec::new();
    brotli::Decompressor::new(files[&format!("{name}.br")].as_slice(), 4096).read_to_end(&mut unbrotlied).unwrap();
    assert!(unzipped == files[name] && unbrotlied == files[name]);
    blog.build();
    assert_eq!(copies(), 0);
}
