//! `afterword merge`, through the real program.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may panic as tests do")]

use afterword_cli::build::{BuildOptions, build_site};
use afterword_cli::content::{ContentFolder, FIRST_PART_COMMENTS};
use afterword_cli::generate::generate_content;
use afterword_core::ids::{PostPath, PostSlug};
use expect_test::expect;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A content folder and files that readers sent, gone with the test.
struct Blog(PathBuf);

impl Blog {
    fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("merge-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).unwrap();
        Self(root)
    }

    /// With one post and one comment, and fields of other programs everywhere.
    fn small(name: &str) -> Self {
        let blog = Self::new(name);
        blog.put("content/site.json", r#"{"title": "T", "url": "https://blog.example/"}"#);
        blog.put(
            "content/feed.json",
            r#"{"items": [{"id": "1", "url": "https://blog.example/posts/a/", "_other": 1, "_thread": {"count": 1}}]}"#,
        );
        blog.put(
            "content/posts/a/post.json",
            r#"{"_mine": 1, "items": [{"id": "1", "title": "The bench", "content_text": "x", "_more": [2],
                "_thread": {"comments_url": "comments.json", "count": 1}}]}"#,
        );
        blog.put(
            "content/posts/a/comments.json",
            r#"{"items": [{"id": "7", "content_html": "<p>It squeaks.</p>", "authors": [{"name": "Mina"}], "_kept": true,
                "date_published": "2026-03-01T00:00:00Z", "_thread": {"in_reply_to": null}}]}"#,
        );
        blog
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    /// A file as a reader sends it, with these fields besides those that tell the post.
    fn sent(&self, name: &str, post: &str, fields: &str) {
        let text = format!(
            r#"{{"version": "https://jsonfeed.org/version/1.1", "title": "The bench",
                "items": [{{"id": "x", {fields}, "_afterword": {{"post": "{post}", "markup": "markdown", "email": "ann@mail.example"}}}}]}}"#
        );
        self.put(name, &text);
    }

    /// Runs the program; gives whether it went well, and what it said.
    fn merge(&self, arguments: &[&str]) -> (bool, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_afterword"))
            .arg("merge")
            .args(arguments)
            .current_dir(&self.0)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        (output.status.success(), said)
    }

    /// The thread of a post, each comment as `id < parent: body`.
    fn thread(&self, slug: &str) -> Vec<String> {
        let folder = ContentFolder::open(self.0.join("content")).unwrap();
        let post = folder.read_post(&PostPath::post(PostSlug::new(slug))).unwrap().value;
        let (comments, errors) = folder.read_comments(&post);
        assert!(errors.is_empty() && comments.warnings.is_empty(), "{errors:?} {:?}", comments.warnings);
        assert_eq!(post.thread.count as usize, comments.value.len());
        let parent = |id: &Option<afterword_core::ids::CommentId>| id.as_ref().map_or("", |id| id.as_str()).to_owned();
        comments.value.iter().map(|one| format!("{} < {}: {:?}", one.id, parent(&one.parent), one.body)).collect()
    }
}

impl Drop for Blog {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const ANN: &str = r#""content_text": "Soap *helps*.\nReally.", "date_published": "2026-03-02T10:00:00Z",
    "authors": [{"name": "Ann", "url": "https://ann.example/"}], "_thread": {"in_reply_to": "7"}"#;

#[test]
fn a_comment_is_shown_then_added_then_built() {
    let blog = Blog::small("whole");
    blog.sent("ann.json", "posts/a/", ANN);
    let (went_well, said) = blog.merge(&["ann.json"]);
    assert!(!went_well, "nothing was done");
    expect![[r#"
        ann.json
          post:    The bench (posts/a/)
          author:  Ann, https://ann.example/, ann@mail.example
          answers: 7, by Mina: It squeaks.
          date:    2026-03-02T10:00:00Z
          id:      by-hand-ID
          text:    Soap helps.
                   Really.

        Added: 0. There already: 0. Not wanted: 0. Failed: 0.
        Nothing was asked, as this is no terminal. To add these comments (1), use --yes.
    "#]]
    .assert_eq(&without_id(&said));
    assert_eq!(blog.thread("a").len(), 1, "nothing was written");

    let (went_well, said) = blog.merge(&["ann.json", "ann.json", "--yes"]);
    assert!(went_well && said.ends_with("Added: 1. There already: 1. Not wanted: 0. Failed: 0.\n"), "{said}");
    let thread = blog.thread("a");
    assert_eq!(thread.len(), 2);
    assert!(
        thread.iter().any(|line| line.contains(" < 7: ") && line.contains("<p>Soap <em>helps</em>.<br>")),
        "{thread:?}"
    );
    let (feed, post) = (blog.read("content/feed.json"), blog.read("content/posts/a/post.json"));
    let comments = blog.read("content/posts/a/comments.json");
    assert!(feed.contains("\"count\": 2") && feed.contains("\"_other\": 1"), "{feed}");
    assert!(post.contains("\"_mine\": 1") && post.contains("\"_more\"") && post.contains("\"count\": 2"), "{post}");
    assert!(comments.contains("\"_kept\": true") && comments.contains("<p>It squeaks.</p>"), "{comments}");
    for text in [&feed, &post, &comments] {
        assert!(!text.contains("ann@mail.example"), "an e-mail address is for the owner alone: {text}");
    }

    blog.put("bundle/page.html", PAGE);
    blog.put("bundle/assets/app.css", "css");
    let at = |name| blog.0.join(name);
    let usual = BuildOptions::new(at("content"), at("bundle"), at("out"));
    build_site(&BuildOptions { threads: Some(1), compressed: false, ..usual }).unwrap();
    let page = blog.read("out/posts/a/index.html");
    assert!(page.contains("Soap <em>helps</em>.") && page.contains("https://ann.example/"), "{page}");
}

const PAGE: &str = "<!doctype html><html lang=\"en\"><head><!--afterword:head--><title>x</title><!--/afterword:head-->\
    <!--afterword:script--><!--/afterword:script--></head><body><div id=\"app\"><!--afterword:app--></div>\
    <!--afterword:data--><!--afterword:noscript--></body></html>";

fn without_id(said: &str) -> String {
    let (before, rest) = said.split_once("by-hand-").unwrap();
    format!("{before}by-hand-ID{}", rest.trim_start_matches(|c: char| c.is_ascii_hexdigit()))
}

#[test]
fn a_long_thread_keeps_all_its_parts() {
    let blog = Blog::new("parts");
    generate_content(&blog.0.join("content"), &[300], 5).unwrap();
    let before = blog.thread("thread-300");
    blog.sent("new.json", "posts/thread-300/", r#""content_text": "New", "authors": [{"name": "Ann"}]"#);
    let (went_well, said) = blog.merge(&["--yes", "--content", "content", "new.json"]);
    assert!(went_well && said.contains("note:    it does not say when it was written"), "{said}");
    let after = blog.thread("thread-300");
    assert_eq!((after[..300].to_vec(), after.len()), (before, 301));
    assert!(FIRST_PART_COMMENTS < 300 && after[300].contains("<p>New</p>"), "{}", after[300]);
}

#[test]
fn what_cannot_be_added_is_told_and_the_rest_is_added() {
    let blog = Blog::small("errors");
    blog.put("page.json", "<!doctype html>");
    blog.sent("elsewhere.json", "posts/gone/", ANN);
    blog.sent("empty.json", "posts/a/", r#""content_text": "![x](y)""#);
    blog.sent(
        "evil.json",
        "posts/a/",
        r#""content_text": "\u001b[2J\u202ehello", "date_published": "2199-01-01T00:00:00Z""#,
    );
    blog.sent("ann.json", "posts/a/", ANN);
    let files = ["page.json", "missing.json", "elsewhere.json", "empty.json", "evil.json", "ann.json", "--yes"];
    let (went_well, said) = blog.merge(&files);
    assert!(!went_well);
    for words in [
        "page.json\n  It cannot be added: this is a web page, not JSON",
        "missing.json\n  It cannot be added: No such file",
        "elsewhere.json\n  It cannot be added: it is for posts/gone/, and there is no such post here",
        "empty.json\n  It cannot be added: there is no text in it",
        "note:    it says it was written on 2199-01-01T00:00:00Z; it gets the date of now",
        "note:    it is not signed",
        "Added: 2. There already: 0. Not wanted: 0. Failed: 4.",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
    assert!(!said.contains('\u{1b}') && !said.contains('\u{202e}'), "{said}");
    assert_eq!(blog.thread("a").len(), 3);
}

#[test]
fn damaged_files_are_not_written_again() {
    let blog = Blog::small("damaged");
    let damaged = r#"{"items": [{"id": "7", "content_text": "x"}, {"id": "8", "content_te"#;
    blog.put("content/posts/a/comments.json", damaged);
    blog.sent("ann.json", "posts/a/", ANN);
    let (went_well, said) = blog.merge(&["ann.json", "--yes"]);
    assert!(!went_well && said.contains("are damaged") && said.contains("afterword check"), "{said}");
    assert_eq!(blog.read("content/posts/a/comments.json"), damaged);
    let (went_well, said) = Blog::new("nothing").merge(&["x.json"]);
    assert!(!went_well && said.contains("there is no folder content"), "{said}");
}
