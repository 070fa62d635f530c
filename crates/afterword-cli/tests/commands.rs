//! The commands, from files to files and from requests to answers.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may panic as tests do")]

use afterword_cli::check::check_folder;
use afterword_cli::content::{ContentFolder, FIRST_PART_COMMENTS, NEWEST_COMMENTS};
use afterword_cli::generate::{generate_content, generate_thread};
use afterword_cli::serve::{ServeOptions, Server};
use afterword_core::ids::{PostPath, PostSlug};
use expect_test::expect;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A folder of one test, gone with it.
struct Temp(PathBuf);

impl Temp {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn path(&self) -> &Path {
        &self.0
    }

    /// All files below, by their names.
    fn files(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.0.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&self.0).unwrap().to_string_lossy().replace('\\', "/");
                    files.insert(name, fs::read_to_string(&path).unwrap());
                }
            }
        }
        files
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn long_threads_are_parted_and_come_back_whole() {
    let temp = Temp::new("parts");
    generate_content(temp.path(), &[1300, FIRST_PART_COMMENTS as u32], 3).unwrap();
    assert_eq!(check_folder(temp.path()).to_string(), "Posts: 2. Comments: 1500. Errors: 0. Warnings: 0.\n");

    let folder = ContentFolder::open(temp.path()).unwrap();
    let post = folder.read_post(&PostPath::post(PostSlug::new("thread-1300"))).unwrap().value;
    let counts: Vec<u32> = post.thread.pages.iter().map(|page| page.count).collect();
    assert_eq!(counts, [200, 1000, 100]);
    assert_eq!(folder.read_comments(&post).0.value, generate_thread(1300, 3));
    let newest = fs::read(temp.path().join("posts/thread-1300/comments.json")).unwrap();
    let newest = afterword_adapters::static_json::decode_comments(&newest).unwrap().value.comments;
    assert_eq!(newest.len(), NEWEST_COMMENTS);
    assert_eq!(newest[0].id.as_str(), "1300");

    let short = folder.read_post(&PostPath::post(PostSlug::new("thread-200"))).unwrap().value;
    assert!(short.thread.pages.is_empty());
    assert_eq!(folder.read_comments(&short).0.value.len(), 200);
}

#[test]
fn a_new_comment_writes_one_new_part_and_the_old_ones_stay_for_a_while() {
    let temp = Temp::new("arrival");
    generate_content(temp.path(), &[450], 3).unwrap();
    let folder = ContentFolder::open(temp.path()).unwrap();
    let site = folder.read_site().unwrap().value;
    let post = folder.read_post(&PostPath::post(PostSlug::new("thread-450"))).unwrap().value;
    let thread = generate_thread(450, 3);
    let parts = || -> Vec<String> {
        temp.files()
            .into_keys()
            .filter_map(|name| name.strip_prefix("posts/thread-450/comments/").map(str::to_owned))
            .collect()
    };
    let mut sizes = vec![parts().len()];
    let first = folder.write_post(&site, post.clone(), thread[..449].to_vec()).unwrap();
    sizes.push(parts().len());
    let second = folder.write_post(&site, post, thread[..448].to_vec()).unwrap();
    sizes.push(parts().len());
    assert_eq!(sizes, [2, 3, 3], "the version before is kept, the one before that is not");
    assert_eq!(first.thread.pages[0], second.thread.pages[0]);
    assert_ne!(first.thread.pages[1], second.thread.pages[1]);
}

#[test]
fn a_check_names_file_and_place() {
    let temp = Temp::new("check");
    let write = |name: &str, text: &str| {
        let path = temp.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("site.json", r#"{"title": "T", "url": "https://blog.example/"}"#);
    write("feed.json", r#"{"items": [{"id": "1", "url": "posts/a/"}, {"id": "2", "url": "posts/gone/"}]}"#);
    write(
        "posts/a/post.json",
        r#"{"items": [{"id": "1", "content_text": "x", "_thread": {"comments_url": "https://blog.example/posts/a/c.json", "count": 3}}]}"#,
    );
    write(
        "posts/a/c.json",
        r#"{"next_url": "c2.json", "items": [{"id": "1", "content_text": "x", "date_published": "yesterday"}, 5]}"#,
    );
    write("posts/a/c2.json", r#"{"next_url": "../../../../etc/passwd", "items": [{"id": "2", "content_text": "x"}]}"#);
    write("posts/b/post.json", "<!DOCTYPE html>");
    write(
        "posts/c/post.json",
        r#"{"items": [{"id": "3", "content_text": "x", "_thread": {"comments_url": "%2e%2e/%2e%2e/site.json"}}]}"#,
    );
    let findings = check_folder(temp.path()).to_string().replace(&temp.path().display().to_string(), "");
    expect![[r#"
        error: /etc/passwd: No such file or directory (os error 2)
        error: /posts/b/post.json: this is a web page, not JSON: the file is probably missing on the server
        error: feed.json: it lists posts/gone/, which is not there
        warning: posts/a/c.json: items[0].date_published: this is no date like 2012-01-31T08:15:00Z
        warning: posts/a/c.json: items[1]: it is damaged and was left out
        warning: posts/c/post.json: %2e%2e/%2e%2e/site.json: this address is not followed
        warning: feed.json: posts/b/ is not in it and will not be found
        warning: feed.json: posts/c/ is not in it and will not be found
        Posts: 2. Comments: 2. Errors: 3. Warnings: 5.
    "#]]
    .assert_eq(&findings);
}

/// A site with one page, and a server for it that ends with the test program.
fn serve(temp: &Temp, base: &str) -> SocketAddr {
    let write = |name: &str, text: &str| {
        let path = temp.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("index.html", "home");
    write("404.html", "not here");
    write("posts/a/index.html", "post");
    write("posts/a/comments.json", "{}");
    write("posts/a/comments/1-0123456789ab.json", "{}");
    write("assets/app-1.wasm", "\0asm plain");
    write("assets/app-1.wasm.br", "brotli");
    write("assets/app-1.wasm.gz", "gzip");
    write("assets/app-1.js", "js");
    write(".secret", "secret");
    let options = ServeOptions {
        folder: temp.path().to_owned(),
        port: 0,
        base: base.to_owned(),
        csp: Some("default-src 'none'".to_owned()),
    };
    let server = Server::bind(options).unwrap();
    let address = server.address();
    std::thread::spawn(move || server.run());
    address
}

/// The status, the named headers that are there, and the body.
fn get(address: SocketAddr, path: &str, accept: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: {accept}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().to_owned();
    let shown = ["content-type", "content-encoding", "cache-control", "location"];
    let headers: BTreeMap<&str, &str> = lines.filter_map(|line| line.split_once(": ")).collect();
    let mut picture = status;
    for name in shown {
        if let Some(value) = headers.get(name) {
            picture += &format!(" | {value}");
        }
    }
    format!("{picture} | {body}")
}

#[test]
fn a_site_is_served_as_a_static_host_would() {
    let temp = Temp::new("serve");
    let address = serve(&temp, "/");
    let check = |path: &str, accept: &str, expected: &str| assert_eq!(get(address, path, accept), expected, "{path}");
    check("/", "", "200 | text/html; charset=utf-8 | no-cache | home");
    check("/posts/a/", "", "200 | text/html; charset=utf-8 | no-cache | post");
    check("/posts/a", "", "307 | no-cache | /posts/a/ | ");
    check("/posts/a/comments.json", "", "200 | application/json | no-cache | {}");
    let for_ever = "public, max-age=31536000, immutable";
    check("/posts/a/comments/1-0123456789ab.json", "", &format!("200 | application/json | {for_ever} | {{}}"));
    check("/assets/app-1.wasm", "", &format!("200 | application/wasm | {for_ever} | \0asm plain"));
    check("/assets/app-1.wasm", "gzip, br", &format!("200 | application/wasm | br | {for_ever} | brotli"));
    check("/assets/app-1.wasm", "gzip", &format!("200 | application/wasm | gzip | {for_ever} | gzip"));
    check("/assets/app-1.js", "", &format!("200 | text/javascript; charset=utf-8 | {for_ever} | js"));
    check("/assets/gone.js", "", "404 | text/html; charset=utf-8 | no-cache | not here");
    check("/posts/gone/", "", "404 | text/html; charset=utf-8 | no-cache | not here");
    check("/.secret", "", "404 | ");
    check("/posts/../../../etc/passwd", "", "404 | ");
}

#[test]
fn a_site_is_served_below_a_path() {
    let temp = Temp::new("below");
    let address = serve(&temp, "sub");
    let check = |path: &str, expected: &str| assert_eq!(get(address, path, ""), expected, "{path}");
    check("/sub/", "200 | text/html; charset=utf-8 | no-cache | home");
    check("/sub", "307 | /sub/ | ");
    check("/sub/posts/a", "307 | no-cache | /sub/posts/a/ | ");
    check("/sub/assets/app-1.js", "200 | text/javascript; charset=utf-8 | public, max-age=31536000, immutable | js");
    check("/sub/gone", "404 | text/html; charset=utf-8 | no-cache | not here");
    check("/", "404 | ");
}

#[test]
fn a_taken_port_is_named() {
    let temp = Temp::new("taken");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let options = ServeOptions { folder: temp.path().to_owned(), port, ..ServeOptions::default() };
    let error = Server::bind(options).unwrap_err().to_string();
    assert_eq!(error, format!("port {port} is taken by another program; stop it, or choose another port with --port"));
}
