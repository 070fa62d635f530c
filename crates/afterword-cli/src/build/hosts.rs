//! Notes for hosts: redirects and headers in the forms of Netlify and Cloudflare Pages (`_redirects`, `_headers`), nginx
//! (`_*.nginx`, to be included) and Caddy (`_*.caddy`, to be imported). `docs/hosting.md` says how they are used.

use super::redirects::{Redirects, Target};
use crate::content::percent_decoded;
use afterword_adapters::static_json::encode_path_text;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A line of `_headers` may be so long (Cloudflare Pages).
const LINE_CHARS_MAX: usize = 2_000;

/// What every answer carries besides the policy.
const HEADERS: [(&str, &str); 2] =
    [("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "strict-origin-when-cross-origin")];

/// The first line of what nginx and Caddy take in: Caddy refuses an empty file.
const WRITTEN_BY: &str = "# Written by afterword build.\n";

/// An old address and where it leads, both fit for all of the forms.
struct Lines {
    /// Paths, decoded; with and without a closing slash.
    paths: BTreeMap<String, String>,
    /// Paths with queries, as they are asked for.
    queries: BTreeMap<String, String>,
}

/// The files by name. `base` is the path of the site with slashes at both ends, `policy` what its pages run under;
/// `is_page` tells whether there is a page at a path below the base, as an old address of the same name leads nowhere
/// else.
pub(super) fn files(
    redirects: &Redirects,
    base: &str,
    policy: &str,
    is_page: impl Fn(&str) -> bool,
) -> [(&'static str, String); 6] {
    let lines = lines(redirects, base, is_page);
    // Only a header can say who may frame the page.
    let policy = format!("{policy}; frame-ancestors 'none'");
    let all = || lines.paths.iter().chain(&lines.queries);
    [
        ("_redirects", redirects_file(&lines)),
        ("_redirects.nginx", nginx_map(all())),
        (
            "_redirects.caddy",
            all().fold(WRITTEN_BY.to_owned(), |out, (key, target)| out + &format!("\"{key}\" \"{target}\"\n")),
        ),
        ("_headers", headers_file(base, &policy)),
        ("_headers.nginx", nginx_headers(&policy)),
        ("_headers.caddy", caddy_headers(&policy)),
    ]
}

fn lines(redirects: &Redirects, base: &str, is_page: impl Fn(&str) -> bool) -> Lines {
    let mut lines = Lines { paths: BTreeMap::new(), queries: BTreeMap::new() };
    let is_new = |path: &str| path.strip_prefix(base).is_some_and(|below| is_page(below.trim_matches('/')));
    for (key, target) in &redirects.0 {
        let target = match target {
            Target::Here(path) => format!("{base}{path}"),
            Target::Elsewhere(address) => address.clone(),
        };
        if target.contains('$') || !is_plain(&target) || !is_plain(key) {
            continue;
        }
        if key.contains('?') {
            lines.queries.insert(key.clone(), target);
            continue;
        }
        let Some(path) = percent_decoded(key).filter(|path| is_plain(path)) else { continue };
        let stem = path.trim_end_matches('/');
        if stem.is_empty() || is_new(&path) {
            continue;
        }
        for path in [stem.to_owned(), format!("{stem}/")] {
            if encode_path_text(&path) != target {
                lines.paths.entry(path).or_insert_with(|| target.clone());
            }
        }
    }
    lines
}

/// Whether a text means nothing but itself in all of the forms.
fn is_plain(text: &str) -> bool {
    !text.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '`' | '\\' | '{' | '}'))
}

fn redirects_file(lines: &Lines) -> String {
    let mut out = String::new();
    for (path, target) in &lines.paths {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{} {target} 301", encode_path_text(path));
    }
    for (key, target) in &lines.queries {
        let Some((path, query)) = key.split_once('?') else { continue };
        let pairs: Vec<&str> = query.split('&').collect();
        if pairs.iter().all(|pair| pair.contains('=') && !pair.starts_with(':')) {
            // The home page is there in any case: the mark says that it does not count.
            let _ = writeln!(out, "{path} {} {target} 301!", pairs.join(" "));
        }
    }
    out
}

/// nginx compares the keys of a map in any case of letters, and refuses one that comes twice.
fn nginx_map<'a>(lines: impl Iterator<Item = (&'a String, &'a String)>) -> String {
    let mut taken = std::collections::HashSet::new();
    let mut out = WRITTEN_BY.to_owned();
    for (key, target) in lines {
        if taken.insert(key.to_ascii_lowercase()) {
            let _ = writeln!(out, "\"{key}\" \"{target}\";");
        }
    }
    out
}

fn headers_file(base: &str, policy: &str) -> String {
    let mut out = format!("{base}*\n");
    let mut line = |name: &str, value: &str| {
        let line = format!("  {name}: {value}\n");
        // A policy that is cut off would be another one; the pages carry it too.
        if line.chars().count() <= LINE_CHARS_MAX {
            out.push_str(&line);
        }
    };
    line("Content-Security-Policy", policy);
    for (name, value) in HEADERS {
        line(name, value);
    }
    out.push_str(base);
    out.push_str("assets/*\n  Cache-Control: public, max-age=31536000, immutable\n");
    out
}

fn nginx_headers(policy: &str) -> String {
    let mut out = format!("{WRITTEN_BY}add_header Content-Security-Policy \"{policy}\" always;\n");
    for (name, value) in HEADERS {
        let _ = writeln!(out, "add_header {name} {value} always;");
    }
    out
}

fn caddy_headers(policy: &str) -> String {
    let mut out = format!("{WRITTEN_BY}Content-Security-Policy \"{policy}\"\n");
    for (name, value) in HEADERS {
        let _ = writeln!(out, "{name} {value}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(file: &str, base: &str, expected: Expect) {
        let here = |path: &str| Target::Here(path.to_owned());
        let redirects = Redirects(BTreeMap::from(
            [
                ("/?p=17", here("posts/hello/")),
                ("/?page_id=2&x=y", here("pages/about/")),
                ("/2012/09/%d0%bf/", here("posts/%D0%BF/")),
                ("/2012/09/P/", here("posts/big/")),
                ("/2012/09/p/", here("posts/small/")),
                ("/posts/hello/", here("posts/hello/")),
                ("/tags/wood/", here("posts/hello/")),
                ("/old", Target::Elsewhere("https://else.example/$1".to_owned())),
                ("/out", Target::Elsewhere("https://else.example/x".to_owned())),
                ("/a b", here("posts/hello/")),
                ("/a%20b", here("posts/hello/")),
                ("/{x}", here("posts/hello/")),
                ("/", here("posts/hello/")),
            ]
            .map(|(key, target)| (key.to_owned(), target)),
        ));
        let files = files(&redirects, base, "default-src 'none'", |path| path == "tags/wood");
        let (_, text) = files.iter().find(|(name, _)| *name == file).unwrap();
        expected.assert_eq(text);
    }

    #[test]
    fn redirects_for_netlify_and_cloudflare() {
        check(
            "_redirects",
            "/",
            expect![[r#"
                /2012/09/P /posts/big/ 301
                /2012/09/P/ /posts/big/ 301
                /2012/09/p /posts/small/ 301
                /2012/09/p/ /posts/small/ 301
                /2012/09/%D0%BF /posts/%D0%BF/ 301
                /2012/09/%D0%BF/ /posts/%D0%BF/ 301
                /out https://else.example/x 301
                /out/ https://else.example/x 301
                /posts/hello /posts/hello/ 301
                / p=17 /posts/hello/ 301!
                / page_id=2 x=y /pages/about/ 301!
            "#]],
        );
    }

    #[test]
    fn maps_for_nginx_and_caddy() {
        check(
            "_redirects.nginx",
            "/blog/",
            expect![[r#"
                # Written by afterword build.
                "/2012/09/P" "/blog/posts/big/";
                "/2012/09/P/" "/blog/posts/big/";
                "/2012/09/п" "/blog/posts/%D0%BF/";
                "/2012/09/п/" "/blog/posts/%D0%BF/";
                "/out" "https://else.example/x";
                "/out/" "https://else.example/x";
                "/posts/hello" "/blog/posts/hello/";
                "/posts/hello/" "/blog/posts/hello/";
                "/tags/wood" "/blog/posts/hello/";
                "/tags/wood/" "/blog/posts/hello/";
                "/?p=17" "/blog/posts/hello/";
                "/?page_id=2&x=y" "/blog/pages/about/";
            "#]],
        );
        check(
            "_redirects.caddy",
            "/",
            expect![[r#"
                # Written by afterword build.
                "/2012/09/P" "/posts/big/"
                "/2012/09/P/" "/posts/big/"
                "/2012/09/p" "/posts/small/"
                "/2012/09/p/" "/posts/small/"
                "/2012/09/п" "/posts/%D0%BF/"
                "/2012/09/п/" "/posts/%D0%BF/"
                "/out" "https://else.example/x"
                "/out/" "https://else.example/x"
                "/posts/hello" "/posts/hello/"
                "/?p=17" "/posts/hello/"
                "/?page_id=2&x=y" "/pages/about/"
            "#]],
        );
    }

    #[test]
    fn headers_for_all() {
        check(
            "_headers",
            "/blog/",
            expect![[r#"
                /blog/*
                  Content-Security-Policy: default-src 'none'; frame-ancestors 'none'
                  X-Content-Type-Options: nosniff
                  Referrer-Policy: strict-origin-when-cross-origin
                /blog/assets/*
                  Cache-Control: public, max-age=31536000, immutable
            "#]],
        );
        check(
            "_headers.nginx",
            "/",
            expect![[r#"
                # Written by afterword build.
                add_header Content-Security-Policy "default-src 'none'; frame-ancestors 'none'" always;
                add_header X-Content-Type-Options nosniff always;
                add_header Referrer-Policy strict-origin-when-cross-origin always;
            "#]],
        );
        check(
            "_headers.caddy",
            "/",
            expect![[r#"
                # Written by afterword build.
                Content-Security-Policy "default-src 'none'; frame-ancestors 'none'"
                X-Content-Type-Options nosniff
                Referrer-Policy strict-origin-when-cross-origin
            "#]],
        );
    }
}
