//! `afterword import`: from an export to a folder, again and again, also when it is killed.
//!
//! Long because each test program is linked with the whole app, so one is enough for all of this.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may panic as tests do")]

use afterword_cli::check::check_folder;
use afterword_cli::content::ContentFolder;
use afterword_cli::import::{ImportOptions, ImportSummary, import_wxr};
use expect_test::expect;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A folder of one test, gone with it.
struct Temp(PathBuf);

impl Temp {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("import-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// A file or folder in it.
    fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes an export; gives its place.
    fn export(&self, text: &str) -> PathBuf {
        let file = self.at("export.xml");
        fs::write(&file, text).unwrap();
        file
    }

    /// Imports this text into `blog`.
    fn import(&self, text: &str) -> ImportSummary {
        import_wxr(&ImportOptions::new(self.export(text), self.at("blog"))).unwrap()
    }

    fn import_over(&self, text: &str) -> ImportSummary {
        let options = ImportOptions { overwrite: true, ..ImportOptions::new(self.export(text), self.at("blog")) };
        import_wxr(&options).unwrap()
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.at("blog").join(name)).unwrap()
    }

    /// Changes a file of the blog by hand.
    fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "{name} has no {from}: {text}");
        fs::write(self.at("blog").join(name), text.replace(from, to)).unwrap();
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// All files below a folder, by their names.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn export(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss xmlns:wp=\"http://wordpress.org/export/1.2/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\
         <channel><title>Old blog</title><link>https://old.example</link><language>en</language>{items}</channel></rss>"
    )
}

/// A published item: number, name in addresses, text, comments.
fn item(kind: &str, number: u32, name: &str, text: &str, comments: &str) -> String {
    format!(
        "<item><title>{name}</title><link>https://old.example/2012/01/{name}/</link><guid>https://old.example/?p={number}</guid>\
         <dc:creator>ann</dc:creator><content:encoded><![CDATA[{text}]]></content:encoded><wp:post_id>{number}</wp:post_id>\
         <wp:post_date_gmt>2012-01-{:02} 08:15:00</wp:post_date_gmt><wp:post_name>{name}</wp:post_name>\
         <wp:status>publish</wp:status><wp:post_type>{kind}</wp:post_type>\
         <category domain=\"category\" nicename=\"wood\"><![CDATA[Wood]]></category>{comments}</item>\n",
        1 + number % 28
    )
}

fn comment(number: u32, text: &str) -> String {
    format!(
        "<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>Bo</wp:comment_author>\
         <wp:comment_author_email>bo@private.invalid</wp:comment_author_email><wp:comment_author_IP>192.0.2.1</wp:comment_author_IP>\
         <wp:comment_date_gmt>2012-02-01 08:{:02}:{:02}</wp:comment_date_gmt><wp:comment_content>{text}</wp:comment_content>\
         <wp:comment_approved>1</wp:comment_approved><wp:comment_parent>0</wp:comment_parent></wp:comment>",
        number / 60 % 60,
        number % 60
    )
}

/// Two posts, one of them answered twice, and a page.
fn small() -> String {
    let first = item(
        "post",
        3,
        "gate",
        "One\n\n<a href=\"https://old.example/2012/01/oil/#comment-9\">Two</a>",
        &[comment(7, "Early"), comment(8, "Late")].concat(),
    );
    export(&[first, item("post", 4, "oil", "Newer", ""), item("page", 5, "about", "Me", "")].concat())
}

#[test]
fn an_export_becomes_a_folder_that_is_in_order() {
    let temp = Temp::new("order");
    temp.import(&small());
    let files = files(&temp.at("blog"));
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    expect![[r#"
        .afterword-import.json
        feed.json
        import-report.md
        pages/about/comments.json
        pages/about/post.json
        posts/gate/comments.json
        posts/gate/post.json
        posts/oil/comments.json
        posts/oil/post.json
        redirects.json
        site.json"#]]
    .assert_eq(&names.join("\n"));
    for (name, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("private.invalid") && !text.contains("192.0.2.1"), "{name}");
    }
    expect![[r#"
        {
         "version": "https://jsonfeed.org/version/1.1",
         "title": "gate",
         "home_page_url": "https://old.example/posts/gate/",
         "feed_url": "https://old.example/posts/gate/post.json",
         "language": "en",
         "items": [
          {
           "id": "https://old.example/?p=3",
           "url": "https://old.example/posts/gate/",
           "title": "gate",
           "date_published": "2012-01-04T08:15:00Z",
           "authors": [{"name": "ann"}],
           "tags": ["Wood"],
           "content_html": "<p>One</p>\n<p><a href=\"../oil/#comment-9\">Two</a></p>",
           "_thread": {"comments_url": "comments.json", "count": 2, "updated": "2012-02-01T08:00:08Z", "state": "open"},
           "_afterword": {"aliases": ["/2012/01/gate/", "/?p=3"]}
          }
         ]
        }
    "#]]
    .assert_eq(&temp.read("posts/gate/post.json"));
    expect![[r#"
        {
         "version": "https://jsonfeed.org/version/1.1",
         "title": "Comments on gate",
         "home_page_url": "https://old.example/posts/gate/",
         "feed_url": "https://old.example/posts/gate/comments.json",
         "items": [
          {
           "id": "8",
           "content_html": "<p>Late</p>",
           "authors": [{"name": "Bo"}],
           "date_published": "2012-02-01T08:00:08Z",
           "_thread": {"in_reply_to": null}
          },
          {
           "id": "7",
           "content_html": "<p>Early</p>",
           "authors": [{"name": "Bo"}],
           "date_published": "2012-02-01T08:00:07Z",
           "_thread": {"in_reply_to": null}
          }
         ]
        }
    "#]]
    .assert_eq(&temp.read("posts/gate/comments.json"));
    expect![[r#"
        # What came over

        Posts that came over: 2. Pages: 1. Comments: 2.
        Links to the old blog that lead to the new one now: 1.

        ## Old and new addresses

        | old | number | new |
        |---|---|---|
        | /2012/01/gate/ | 3 | posts/gate/ |
        | /2012/01/oil/ | 4 | posts/oil/ |
        | /2012/01/about/ | 5 | pages/about/ |
    "#]]
    .assert_eq(&temp.read("import-report.md"));
    expect![[r#"
        {
         "title": "Old blog",
         "url": "https://old.example/",
         "base_path": "/",
         "language": "en",
         "defaults": {"order": "oldest"},
         "navigation": [{"title": "Archive", "url": "archive/"}, {"title": "about", "url": "pages/about/"}]
        }
    "#]]
    .assert_eq(&temp.read("site.json"));
    expect![[r#"
        Posts: 3. Comments: 2. Errors: 0. Warnings: 0.
    "#]]
    .assert_eq(&check_folder(&temp.at("blog")).to_string());

    let folder = ContentFolder::open(temp.at("blog")).unwrap();
    let (feed, _) = folder.read_feed();
    let titles: Vec<&str> = feed.value.iter().map(|post| post.title.as_str()).collect();
    assert_eq!(titles, ["oil", "gate"], "newest first, without pages");
}

#[test]
fn the_same_export_gives_the_same_bytes_however_often() {
    let temp = Temp::new("twice");
    let summary = temp.import(&small());
    assert_eq!((summary.added, summary.changed), (3, 0));
    let first = files(&temp.at("blog"));
    let summary = temp.import(&small());
    assert_eq!((summary.added, summary.changed, summary.kept_count), (0, 0, 0));
    assert_eq!(first, files(&temp.at("blog")));
    temp.import_over(&small());
    assert_eq!(first, files(&temp.at("blog")), "written over");
    let other = Temp::new("twice-other");
    other.import(&small());
    assert_eq!(first, files(&other.at("blog")), "elsewhere");
}

#[test]
fn a_second_import_adds_and_updates() {
    let temp = Temp::new("again");
    temp.import(&small());
    // A new post, a new comment, another text; and a post that the export does not have any more.
    let gate = item(
        "post",
        3,
        "gate",
        "Another text",
        &[comment(7, "Early"), comment(8, "Late"), comment(12, "New")].concat(),
    );
    let summary =
        temp.import(&export(&[gate, item("post", 6, "wax", "Wax", ""), item("page", 5, "about", "Me", "")].concat()));
    assert_eq!((summary.added, summary.changed, summary.kept_count), (1, 1, 0));
    assert!(temp.read("posts/gate/post.json").contains("Another text"));
    assert!(temp.read("posts/gate/comments.json").contains("New"));
    assert!(temp.read("posts/oil/post.json").contains("Newer"), "what has gone from the export stays");
    assert!(temp.read("feed.json").contains("posts/wax/") && temp.read("feed.json").contains("posts/oil/"));
    expect![[r#"
        Posts: 4. Comments: 3. Errors: 0. Warnings: 0.
    "#]]
    .assert_eq(&check_folder(&temp.at("blog")).to_string());
}

#[test]
fn what_was_changed_by_hand_stays_and_is_named() {
    let temp = Temp::new("by-hand");
    let both = |gate: &str, oil: &str, gate_comments: &[String], oil_comments: &[String]| {
        export(
            &[
                item("post", 3, "gate", gate, &gate_comments.concat()),
                item("post", 4, "oil", oil, &oil_comments.concat()),
                item("post", 6, "wax", "Wax", ""),
            ]
            .concat(),
        )
    };
    temp.import(&both("Old", "Old", &[comment(7, "Early")], &[comment(8, "Spam"), comment(9, "Fine")]));
    temp.edit("posts/gate/post.json", "<p>Old</p>", "<p>Mine</p>");
    // The owner throws a comment away and adds a field of their own to another.
    let thread = temp.read("posts/oil/comments.json");
    let (head, rest) = thread.split_once("  {\n   \"id\": \"8\"").unwrap();
    let kept = head.trim_end().trim_end_matches(',').replace("\"id\": \"9\"", "\"id\": \"9\", \"_mine\": 1");
    let end = rest.rfind("\n ]").unwrap();
    fs::write(temp.at("blog/posts/oil/comments.json"), kept + &rest[end..]).unwrap();
    fs::remove_dir_all(temp.at("blog/posts/wax")).unwrap();

    let second = both(
        "New",
        "New",
        &[comment(7, "Early"), comment(12, "Later")],
        &[comment(8, "Spam"), comment(9, "Fine"), comment(13, "Latest")],
    );
    for time in ["first", "second"] {
        let summary = temp.import(&second);
        let kept: Vec<String> = summary.kept.iter().map(ToString::to_string).collect();
        if time == "first" {
            expect![[r#"
                posts/gate/: the post was changed by hand and kept
                posts/oil/: its comments were changed by hand and kept; 1 new comment was added
                posts/wax/: it was removed by hand and stays away"#]]
            .assert_eq(&kept.join("\n"));
        }
        assert_eq!(summary.kept_count, 3, "{time}");
        let gate = temp.read("posts/gate/post.json");
        assert!(gate.contains("<p>Mine</p>") && gate.contains("\"count\": 2"), "{time}: {gate}");
        assert!(temp.read("posts/gate/comments.json").contains("Later"), "{time}");
        let oil = temp.read("posts/oil/comments.json");
        assert!(oil.contains("_mine") && oil.contains("Latest") && !oil.contains("Spam"), "{time}: {oil}");
        assert!(temp.read("posts/oil/post.json").contains("<p>New</p>"), "{time}");
        assert!(!temp.at("blog/posts/wax").exists(), "{time}");
        assert!(temp.read("import-report.md").contains("## Kept as you have it"), "{time}");
    }
    expect![[r#"
        Posts: 2. Comments: 4. Errors: 0. Warnings: 0.
    "#]]
    .assert_eq(&check_folder(&temp.at("blog")).to_string());

    temp.import_over(&second);
    assert!(temp.read("posts/gate/post.json").contains("<p>New</p>"));
    assert!(temp.read("posts/oil/comments.json").contains("Spam"));
    assert!(temp.at("blog/posts/wax/post.json").exists());
    assert!(!temp.read("import-report.md").contains("Kept"));
}

#[test]
fn settings_and_redirects_of_the_owner_stay() {
    let temp = Temp::new("settings");
    temp.import(&small());
    expect![[r#"
        {
         "/2012/": "archive/2012/",
         "/?feed=rss2": "feed.atom",
         "/category/wood/": "tags/wood/",
         "/feed/": "feed.atom"
        }"#]]
    .assert_eq(
        &temp
            .read("redirects.json")
            .lines()
            .filter(|line| !line.contains("/2012/0") && !line.contains("/2012/1"))
            .collect::<Vec<_>>()
            .join("\n"),
    );
    temp.edit("redirects.json", "\"tags/wood/\"", "\"posts/gate/\"");
    temp.edit("redirects.json", "{\n", "{\n \"/mine\": \"posts/oil/\",\n");
    temp.edit("site.json", "Old blog", "New blog");
    let (redirects, site) = (temp.read("redirects.json"), temp.read("site.json"));
    temp.import_over(&small());
    assert_eq!((redirects, site), (temp.read("redirects.json"), temp.read("site.json")));
    assert!(temp.read("feed.json").contains("New blog"));
}

#[test]
fn a_blog_of_somebody_else_is_not_touched_unasked() {
    let temp = Temp::new("unasked");
    fs::create_dir_all(temp.at("blog/posts/gate")).unwrap();
    fs::write(temp.at("blog/site.json"), "{\"title\": \"Mine\"}").unwrap();
    let before = files(&temp.at("blog"));
    let refused = import_wxr(&ImportOptions::new(temp.export(&small()), temp.at("blog"))).unwrap_err().to_string();
    assert!(refused.contains("has a blog in it already"), "{refused}");
    assert_eq!(before, files(&temp.at("blog")));
    temp.import_over(&small());
    assert!(temp.read("site.json").contains("Mine"));
    assert!(temp.read("posts/gate/post.json").contains("<p>One</p>"));
}

#[test]
fn a_post_of_the_owner_keeps_its_place() {
    let temp = Temp::new("place");
    temp.import(&export(&item("post", 3, "gate", "Theirs", "")));
    fs::create_dir_all(temp.at("blog/posts/oil")).unwrap();
    let mine = temp.read("posts/gate/post.json").replace("Theirs", "My own");
    fs::write(temp.at("blog/posts/oil/post.json"), mine).unwrap();
    temp.import(&small());
    assert!(temp.read("posts/oil/post.json").contains("My own"));
    assert!(temp.read("posts/oil-2/post.json").contains("Newer"));
    assert!(temp.read("posts/gate/post.json").contains("../oil-2/#comment-9"), "links know it");
    temp.import(&small());
    assert!(!temp.at("blog/posts/oil-3").exists(), "it stays where it was put");
}

#[test]
fn what_is_no_export_leaves_no_folder() {
    let temp = Temp::new("none");
    let error = import_wxr(&ImportOptions::new(temp.export("<html>"), temp.at("blog"))).unwrap_err().to_string();
    assert!(error.ends_with("it is a web page; log in to the blog and export again"), "{error}");
    assert!(!temp.at("blog").exists());
}

#[test]
fn a_damaged_export_gives_the_posts_before_the_damage() {
    let temp = Temp::new("damaged");
    let text = small();
    let summary = temp.import(text.split("<item><title>oil").next().unwrap());
    assert!(summary.stopped.is_some());
    assert_eq!(check_folder(&temp.at("blog")).to_string(), "Posts: 1. Comments: 2. Errors: 0. Warnings: 0.\n");
}

#[test]
fn an_import_that_was_killed_is_run_again_and_ends_as_if_nothing_had_happened() {
    let temp = Temp::new("killed");
    let thread: String =
        (1..=260).map(|number| comment(number, "Words, and more words, and even more of them.")).collect();
    let posts: String = (1..=120)
        .map(|number| {
            item("post", number, &format!("post-{number}"), "Text\n\nText", if number % 20 == 0 { &thread } else { "" })
        })
        .collect();
    let file = temp.export(&export(&posts));
    let run = |out: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_afterword"));
        command.arg("import").arg(&file).arg("--out").arg(temp.at(out)).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let began = Instant::now();
    assert!(run("whole").status().unwrap().success());
    let whole_time = began.elapsed();
    let whole = files(&temp.at("whole"));
    assert!(whole.len() > 240);

    let mut interrupted = 0;
    for share in 1..=8 {
        let mut child = run("killed").spawn().unwrap();
        std::thread::sleep(whole_time * share / 9);
        child.kill().unwrap();
        child.wait().unwrap();
        interrupted += u32::from(temp.at("killed/.afterword-import.journal").exists());
        // No file is half-written, whenever it was.
        for (name, bytes) in if temp.at("killed").exists() { files(&temp.at("killed")) } else { BTreeMap::new() } {
            if name.ends_with(".json") {
                assert!(bytes.ends_with(b"}\n"), "{name}");
            }
        }
    }
    assert!(interrupted > 0, "it was never killed in the middle");
    assert!(run("killed").status().unwrap().success());
    let killed = files(&temp.at("killed"));
    assert_eq!(whole.keys().collect::<Vec<_>>(), killed.keys().collect::<Vec<_>>());
    assert!(whole == killed, "the same names, but other bytes");
}

/// A host of old pictures. Gives its address, and what was asked for.
fn old_host() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = Vec::new();
            let mut piece = [0; 1024];
            while !request.windows(4).any(|end| end == b"\r\n\r\n") {
                let len = stream.read(&mut piece).unwrap_or(0);
                if len == 0 {
                    break;
                }
                request.extend_from_slice(&piece[..len]);
            }
            let request = String::from_utf8_lossy(&request).into_owned();
            let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
            log.lock().unwrap().push(path.clone());
            let earlier = log.lock().unwrap().iter().filter(|asked| **asked == path).count();
            let (status, kind, body) = match path.as_str() {
                "/u/bench.jpg" => ("200 OK", "image/jpeg", "jpeg"),
                "/u/slow.png" if earlier < 3 => ("503 Later", "text/plain", ""),
                "/u/slow.png" => ("200 OK", "image/png", "png"),
                "/u/page.jpg" => ("200 OK", "text/html", "<html>"),
                _ => ("404 Not Found", "text/html", "gone"),
            };
            let answer = format!(
                "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    (address, asked)
}

#[test]
fn media_are_fetched_beside_their_posts() {
    let temp = Temp::new("media");
    let (host, asked) = old_host();
    let text = "<a href=\"HOST/u/bench.jpg\"><img src=\"HOST/u/bench-300x200.jpg\" alt=\"A bench\"></a> <img src=\"HOST/u/slow.png\"> \
                <img src=\"HOST/u/page.jpg\"> <img src=\"HOST/u/gone.jpg\"> <img src=\"https://else.example/x.jpg\">";
    let attachment = "<item><title>b</title><wp:post_id>9</wp:post_id><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type>\
                      <wp:attachment_url>HOST/u/bench.jpg</wp:attachment_url></item>";
    let text = export(&[item("post", 3, "gate", text, ""), attachment.to_owned()].concat())
        .replace("https://old.example", "HOST")
        .replace("HOST", &host);
    let file = temp.export(&text);
    let options = ImportOptions { retry_pause: Duration::from_millis(1), ..ImportOptions::new(&file, temp.at("blog")) };
    let summary = import_wxr(&options).unwrap();
    assert_eq!((summary.report.pictures, asked.lock().unwrap().len()), (4, 0), "nothing is asked for unasked");

    let options = ImportOptions { media: true, ..options };
    let summary = import_wxr(&options).unwrap();
    assert_eq!((summary.changed, summary.report.pictures), (1, 2));
    let mut log = asked.lock().unwrap().clone();
    log.sort();
    assert_eq!(log, ["/u/bench.jpg", "/u/gone.jpg", "/u/page.jpg", "/u/slow.png", "/u/slow.png", "/u/slow.png"]);
    assert_eq!(temp.read("posts/gate/bench.jpg"), "jpeg");
    assert_eq!(temp.read("posts/gate/slow.png"), "png");
    let mut told = String::new();
    for line in temp.read("posts/gate/post.json").lines().filter(|line| line.contains("content_html")) {
        writeln!(told, "{}", line.trim()).unwrap();
    }
    for line in temp.read("import-report.md").lines().filter(|line| line.contains("fetched")) {
        writeln!(told, "{line}").unwrap();
    }
    expect![[r#"
        "content_html": "<p><a href=\"bench.jpg\"><img src=\"bench.jpg\" alt=\"A bench\"></a> <img src=\"slow.png\"> <img src=\"HOST/u/page.jpg\"> <img src=\"HOST/u/gone.jpg\"> <img src=\"https://else.example/x.jpg\"></p>",
        Pictures that still lie on the old host: 2. They show as links until they are fetched (--media), or until site.json names the host in image_hosts.
        - line 1, post “gate”: a file of the old blog could not be fetched; the text keeps its old address: HOST/u/page.jpg (the host sent text/html)
        - line 1, post “gate”: a file of the old blog could not be fetched; the text keeps its old address: HOST/u/gone.jpg (the host answered 404)
    "#]].assert_eq(&told.replace(&host, "HOST"));

    let before = files(&temp.at("blog"));
    asked.lock().unwrap().clear();
    import_wxr(&options).unwrap();
    assert_eq!(before, files(&temp.at("blog")));
    let mut log = asked.lock().unwrap().clone();
    log.sort();
    assert_eq!(log, ["/u/gone.jpg", "/u/page.jpg"], "what is there is not fetched again");
    import_wxr(&ImportOptions { media: false, ..options }).unwrap();
    assert!(temp.read("posts/gate/post.json").contains("src=\\\"bench.jpg\\\""), "it is used without --media, too");
}

#[test]
fn a_host_that_is_gone_is_not_asked_for_ever() {
    let temp = Temp::new("gone");
    // A port that nobody listens on.
    let host = format!("http://{}", TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap());
    let pictures: String = (0..9).map(|number| format!("<img src=\"{host}/u/{number}.jpg\">")).collect();
    let text = export(&item("post", 3, "gate", &pictures, "")).replace("https://old.example", &host);
    let options = ImportOptions {
        media: true,
        retry_pause: Duration::ZERO,
        ..ImportOptions::new(temp.export(&text), temp.at("blog"))
    };
    let summary = import_wxr(&options).unwrap();
    let not_asked = summary.report.odd.iter().filter(|odd| odd.detail.contains("was not asked again")).count();
    assert_eq!((summary.report.pictures, not_asked), (9, 4));
}
