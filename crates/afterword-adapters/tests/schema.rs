//! `docs/format.schema.json` and `docs/format.md` against what is written and read.

use crate::files::{full_head, full_post, full_site};
use afterword_adapters::static_json::{
    decode_comments, decode_feed, decode_post, decode_site, encode_comments, encode_feed, encode_post, encode_site,
};
use afterword_core::body::RawBody;
use afterword_core::ids::{PostPath, PostSlug};
use afterword_core::model::{Post, Site};
use jsonschema::Validator;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The schema of one of the kinds of file: `site`, `feed`, `post`, `comments`.
fn schema_of(kind: &str) -> Validator {
    let mut schema: Value = serde_json::from_str(&read(&repository().join("docs/format.schema.json"))).unwrap();
    let root = schema.as_object_mut().unwrap();
    assert!(root["$defs"].get(kind).is_some(), "no such kind of file: {kind}");
    root.remove("anyOf");
    root.insert("$ref".to_owned(), format!("#/$defs/{kind}").into());
    jsonschema::draft202012::new(&schema).unwrap()
}

/// What is wrong with a file, a line each; empty if nothing is.
fn faults(kind: &str, text: &str) -> String {
    let document: Value = serde_json::from_str(text).unwrap();
    schema_of(kind).iter_errors(&document).map(|error| format!("{}: {error}\n", error.instance_path())).collect()
}

fn check(kind: &str, name: &str, text: &str) {
    assert_eq!(faults(kind, text), "", "{name} as {kind}");
    let slug = PostPath::post(PostSlug::new("s"));
    let warnings = match kind {
        "site" => decode_site(text.as_bytes()).unwrap().warnings,
        "feed" => decode_feed(text.as_bytes()).unwrap().warnings,
        "post" => decode_post(text.as_bytes(), &slug).unwrap().warnings,
        "comments" => decode_comments(text.as_bytes()).unwrap().warnings,
        other => panic!("no such kind of file: {other}"),
    };
    assert_eq!(warnings, vec![], "{name} as {kind}");
}

#[test]
fn what_is_written_fits_the_schema() {
    check("site", "full", &encode_site(&full_site()));
    check("site", "bare", &encode_site(&Site::default()));
    let bare = Post { body: RawBody::default(), ..full_post() };
    check("post", "full", &encode_post(&full_post(), &full_head(), "https://blog.example/"));
    check("feed", "full", &encode_feed(&[full_post(), bare], &full_head(), ""));
    let comments = decode_comments(EVERYTHING.as_bytes()).unwrap().value.comments;
    check("comments", "full", &encode_comments(&comments, &full_head()));
    check("comments", "empty", &encode_comments(&[], &full_head()));
}

const EVERYTHING: &str = r#"{"items":[
    {"id":7,"content_html":"<p>Hi</p>","authors":[{"name":"Ann","url":"https://ann.example/"}],
     "date_published":"2012-01-31T09:15:00+01:00","date_modified":"2012-02-01T00:00:00Z",
     "_thread":{"in_reply_to":3,"votes":{"up":4,"down":1},"by_post_author":true}},
    {"content_text":"Hi","date_published":"2012-01-31T09:15:00Z","_thread":{"edited":true}},
    {"id":"8","_thread":{"state":"deleted"}}]}"#;

#[test]
fn the_schema_refuses_what_is_wrong() {
    let item = |item: &str| format!(r#"{{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[{item}]}}"#);
    assert_eq!(faults("comments", &item(r#"{"id":"1","content_text":"a"}"#)), "");
    for wrong in [
        r#"{"id":1,"content_text":"a"}"#,
        r#"{"id":"1"}"#,
        r#"{"id":"1","content_text":"a","date_published":"yesterday"}"#,
        r#"{"id":"1","content_text":"a","_thread":{"in_reply_to":1}}"#,
        r#"{"id":"1","content_text":"a","_thread":{"state":"held"}}"#,
        r#"{"id":"1","content_text":"a","_thread":{"votes":{"up":-1}}}"#,
        r#"{"id":"1","content_text":"a","authors":[{"name":"Ann","email":"ann@example.org"}]}"#,
        r#"{"id":"1","content_text":"a","ip":"192.0.2.1"}"#,
    ] {
        assert_ne!(faults("comments", &item(wrong)), "", "{wrong}");
    }
    assert_ne!(faults("comments", r#"{"title":"t","items":[]}"#), "", "no version");
    assert_ne!(faults("site", r#"{"title":"t","url":"blog.example"}"#), "", "url without a scheme");
    assert_ne!(faults("post", &item("")), "", "no post");
}

/// Each example of the page is a whole file, named by its kind after "json".
#[test]
fn the_examples_of_the_page_are_sound() {
    let page = read(&repository().join("docs/format.md"));
    let mut kinds = Vec::new();
    for block in page.split("```json ").skip(1) {
        let (kind, rest) = block.split_once('\n').unwrap();
        check(kind, "example", rest.split("```").next().unwrap());
        kinds.push(kind);
    }
    assert_eq!(kinds, ["site", "feed", "post", "comments"]);
}

/// The demo blog is an example too.
#[test]
fn the_demo_fits_the_schema() {
    // One thread of the demo holds what strangers try: dates that are none, an id twice.
    const BROKEN_ON_PURPOSE: &str = "please-break-this";
    let content = repository().join("public/content");
    check("site", "site.json", &read(&content.join("site.json")));
    check("feed", "feed.json", &read(&content.join("feed.json")));
    let feed = decode_feed(read(&content.join("feed.json")).as_bytes()).unwrap().value;
    assert!(!feed.posts.is_empty());
    for post in feed.posts {
        let folder = content.join("posts").join(post.slug.as_str());
        check("post", post.slug.as_str(), &read(&folder.join("post.json")));
        let comments = read(&folder.join("comments.json"));
        if post.slug.as_str() != BROKEN_ON_PURPOSE {
            check("comments", post.slug.as_str(), &comments);
        }
        let count = decode_comments(comments.as_bytes()).unwrap().value.comments.len();
        assert_eq!(u32::try_from(count).unwrap(), post.thread.count, "{}: count", post.slug);
    }
}
