//! Building again: what has not changed is left alone, what is gone goes, and the result is that of a fresh build.

use super::fixture::Blog;
use afterword_cli::build::{BuildOptions, build_site};
use std::collections::BTreeMap;

fn blog(name: &str) -> Blog {
    let blog = Blog::with_site(name, r#""posts_per_page": 2"#);
    for (n, slug) in ["a", "b", "c", "d", "e"].iter().enumerate() {
        let fields = r#""tags": ["wood"], "_thread": {"comments_url": "comments.json"}"#;
        blog.post(&format!("posts/{slug}"), &format!("2012-0{}-01", n + 1), fields);
        blog.comments(&format!("posts/{slug}"), &[("1", "", "First"), ("2", "1", "Second")]);
    }
    blog
}

/// What a fresh build of the same content gives.
fn fresh(blog: &Blog, name: &str) -> BTreeMap<String, Vec<u8>> {
    let other = Blog::new(name);
    build_site(&BuildOptions { out: other.options().out, ..blog.options() }).unwrap();
    other.files()
}

fn check_same(blog: &Blog, name: &str) {
    let (built, fresh) = (blog.files(), fresh(blog, name));
    assert_eq!(built.keys().collect::<Vec<_>>(), fresh.keys().collect::<Vec<_>>());
    for (name, bytes) in &built {
        assert!(fresh[name] == *bytes, "{name} differs from that of a fresh build");
    }
}

#[test]
fn what_has_not_changed_is_not_built_again() {
    let blog = blog("unchanged");
    assert_eq!(blog.build_clean().built, 5);
    let before = blog.files();
    let again = blog.build_clean();
    assert_eq!((again.posts, again.built, again.comments), (5, 0, 10));
    assert_eq!(blog.files(), before);
    check_same(&blog, "unchanged-fresh");
}

#[test]
fn a_change_builds_what_it_touches() {
    let blog = blog("change");
    blog.build_clean();
    let check = |what: &str, built: usize| {
        assert_eq!(blog.build_clean().built, built, "{what}");
        check_same(&blog, "change-fresh");
    };
    blog.comments("posts/c", &[("1", "", "First"), ("2", "1", "Second"), ("3", "", "Third")]);
    check("a comment: its post alone", 1);
    blog.post(
        "posts/c",
        "2012-03-01",
        r#""tags": ["wood"], "summary": "New", "_thread": {"comments_url": "comments.json"}"#,
    );
    check("a summary: its post alone", 1);
    blog.put("content/posts/e/picture.svg", "<svg/>");
    check("a picture beside a post", 1);
    blog.remove("content/posts/e/picture.svg");
    check("a picture that is gone", 1);
    blog.remove("out/posts/e/index.html");
    check("a page that somebody removed", 1);
    blog.post("posts/f", "2012-09-01", "");
    check("a new post: itself and the one before it", 2);
    blog.remove("content/posts/f");
    check("a post that is gone: the one before it", 1);
    blog.site("\"posts_per_page\": 3");
    check("the site: everything", 5);
    blog.put(
        "bundle/page.html",
        "<html lang=\"en\"><head><!--afterword:head--><!--/afterword:head--></head><!--afterword:app-->",
    );
    check("the bundle: everything", 5);
}

#[test]
fn what_is_gone_goes_and_what_others_put_there_stays() {
    let blog = blog("gone");
    blog.post("posts/tagged", "2015-05-01", r#""tags": ["rare"], "_afterword": {"aliases": ["/old/one/"]}"#);
    blog.post("pages/about", "2015-05-01", "");
    blog.build_clean();
    let gone = ["posts/tagged", "tags/rare", "archive/2015", "pages/about", "old", "page/3"];
    for name in gone {
        assert!(blog.has(name), "{name} was built");
    }
    blog.put("out/CNAME", "blog.example");
    blog.put("out/posts/tagged/notes.txt", "mine");
    blog.remove("content/posts/tagged");
    blog.remove("content/pages/about");
    blog.build_clean();
    assert!(!blog.has("posts/tagged/index.html") && blog.has("posts/tagged/notes.txt") && blog.has("CNAME"));
    blog.remove("out/posts/tagged");
    for name in gone.iter().filter(|name| **name != "page/3") {
        assert!(!blog.has(name), "{name} is still there");
    }
    blog.remove("out/CNAME");
    check_same(&blog, "gone-fresh");
}

#[test]
fn a_strangers_file_is_not_written_over_by_an_old_address() {
    let blog = blog("stranger");
    blog.put("out/old/one/index.html", "mine");
    blog.post(
        "posts/a",
        "2012-01-01",
        r#""_afterword": {"aliases": ["/old/one/", "/old/one/index.html/x/", "/favicon.ico/x/"]}"#,
    );
    blog.put("content/favicon.ico", "icon");
    let summary = blog.build();
    assert_eq!(blog.out("old/one/index.html"), "mine");
    assert_eq!(summary.warnings.len(), 2, "two folders where files are: {summary}");
}

#[test]
fn parts_of_the_version_before_stay_for_readers_who_have_it_open() {
    let blog = blog("parts");
    let text = "word ".repeat(20);
    let ids: Vec<String> = (0..450).map(|n| n.to_string()).collect();
    let thread = |count: usize| ids[..count].iter().map(|id| (id.as_str(), "", text.as_str())).collect::<Vec<_>>();
    let parts = || {
        let names =
            blog.files().into_keys().filter(|name| name.starts_with("posts/c/comments/") && name.ends_with(".json"));
        names.collect::<Vec<_>>().len()
    };
    let mut sizes = Vec::new();
    for count in [450, 449, 448, 448] {
        blog.comments("posts/c", &thread(count));
        blog.build_clean();
        sizes.push(parts());
    }
    assert_eq!(sizes, [2, 3, 3, 3], "two parts, and the last one of the version before");
}

#[test]
fn a_post_with_a_damaged_file_is_told_every_time() {
    let blog = blog("damaged");
    blog.put("content/posts/c/comments.json", "<!doctype html>");
    blog.put("content/posts/d/post.json", "{");
    for _ in 0..2 {
        let summary = blog.build();
        assert_eq!((summary.posts, summary.left_out.len()), (4, 2), "{summary}");
    }
    assert!(!blog.has("posts/d/index.html") && blog.has("posts/c/index.html"));
}

#[test]
fn a_build_that_was_broken_off_counts_for_nothing() {
    let blog = blog("broken-off");
    blog.build_clean();
    blog.comments("posts/c", &[("1", "", "Changed")]);
    // A folder where a file should be: the build ends when all posts are written.
    blog.remove("out/404.html");
    blog.put("out/404.html/x", "");
    assert!(build_site(&blog.options()).is_err());
    blog.remove("out/404.html");
    blog.comments("posts/c", &[("1", "", "First"), ("2", "1", "Second")]);
    assert_eq!(blog.build_clean().built, 5);
    check_same(&blog, "broken-off-fresh");
}
