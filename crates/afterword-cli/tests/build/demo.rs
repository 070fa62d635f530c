//! The demo blog, hostile thread and all, held against what feeds, facts and heads have to be.

use super::atom::check_atom;
use super::facts::check_facts;
use super::fixture::{Blog, files_below};
use afterword_cli::build::{BuildOptions, build_site};
use std::path::Path;

#[test]
fn all_feeds_facts_and_heads_of_the_demo_are_in_order() {
    let blog = Blog::new("demo");
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/content");
    let summary = build_site(&BuildOptions { content, ..blog.options() }).unwrap();
    assert!(summary.left_out.is_empty() && summary.warnings.is_empty(), "{summary}");
    let files = blog.files();
    let text = |name: &str| String::from_utf8(files[name].clone()).unwrap();
    let named = |ending: &'static str| files.keys().filter(move |name| name.ends_with(ending));

    let feeds = named(".atom").map(|name| check_atom(&text(name)).len()).collect::<Vec<_>>();
    assert!(feeds.len() > 20 && feeds.iter().sum::<usize>() > 300, "{feeds:?}");
    assert!(check_atom(&text("posts/please-break-this/comments.atom")).len() == 50, "the hostile thread");

    for name in named("index.html") {
        let html = text(name);
        let (head, body) = html.split_once("</head>").unwrap();
        if head.contains("http-equiv=\"refresh\"") {
            continue;
        }
        for needed in
            ["<title>", "name=\"description\"", "rel=\"canonical\"", "og:title", "twitter:card", "theme-color"]
        {
            assert_eq!(head.matches(needed).count(), if needed == "theme-color" { 2 } else { 1 }, "{needed} in {name}");
        }
        assert!(html.starts_with("<!doctype html>\n<html lang=\"en\" dir=\"ltr\">"), "{name}");
        assert!(!body.contains("<script>"), "{name}");
        let has_facts = html.contains("application/ld+json");
        if has_facts {
            check_facts(&html);
        }
        let is_post = name.split('/').count() == 3 && (name.starts_with("posts/") || name.starts_with("pages/"));
        assert_eq!(has_facts, is_post || name == "index.html", "{name}");
    }
    let (_, told, deepest) = check_facts(&text("posts/twelve-things-in-my-drawer/index.html"));
    assert!(told == 50 && deepest > 2, "{told} comments, {deepest} deep");
}

#[test]
fn the_demo_is_the_same_on_any_number_of_threads() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/content");
    let [one, many] = [1, 5].map(|threads| {
        let blog = Blog::new(&format!("threads-{threads}"));
        let options = BuildOptions { content: content.clone(), threads: Some(threads), ..blog.options() };
        build_site(&options).unwrap();
        files_below(&options.out)
    });
    assert_eq!(one.keys().collect::<Vec<_>>(), many.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(many[name] == *bytes, "{name} differs");
    }
}
