//! Addresses: schemes that run or reveal something, in every disguise we know of, and addresses that must stay.

use crate::sanitized;
use afterword_core::body::url::{UrlKind, check_link};
use afterword_core::body::{Attr, Event, Policy};

/// Schemes that no link may have, with something to run.
const BAD: &[(&str, &str)] = &[
    ("javascript", "alert(1)"),
    ("vbscript", "alert(1)"),
    ("data", "text/html,<script>alert(1)</script>"),
    ("livescript", "alert(1)"),
    ("mocha", "alert(1)"),
    ("jscript", "alert(1)"),
    ("view-source", "alert(1)"),
    ("blob", "alert(1)"),
    ("filesystem", "alert(1)"),
    ("about", "alert(1)"),
    ("file", "alert(1)"),
    ("ms-settings", "alert(1)"),
    ("intent", "alert(1)"),
    ("feed", "javascript:alert(1)"),
    ("jar", "javascript:alert(1)"),
    ("ws", "//example.org"),
    ("ftp", "//example.org"),
    ("tel", "1"),
];

/// Characters that browsers strip, or that once got past a filter.
const INVISIBLE: &[char] = &[
    '\t', '\n', '\r', '\0', '\u{1}', '\u{b}', '\u{c}', '\u{1f}', ' ', '\u{7f}', '\u{a0}', '\u{200b}', '\u{feff}',
    '\u{2028}', '\u{202e}',
];

fn disguises(scheme: &str, rest: &str) -> Vec<String> {
    let plain = format!("{scheme}:{rest}");
    let capital = format!("{}{}", scheme[..1].to_uppercase(), &scheme[1..]);
    let mut all = vec![
        plain.clone(),
        plain.to_uppercase(),
        format!("{capital}:{rest}"),
        plain.chars().map(|c| format!("&#x{:x};", c as u32)).collect(),
        plain.chars().map(|c| format!("&#{:07}", c as u32)).collect(),
        format!("{scheme}&colon;{rest}"),
        format!("{scheme}&Tab;:{rest}"),
        format!("{scheme}%3A{rest}"),
        format!("{scheme}%3a{rest}"),
        format!("&#32;{plain}"),
        format!("\\{plain}"),
    ];
    for c in INVISIBLE {
        let half = scheme.len() / 2;
        all.push(format!("{c}{plain}"));
        all.push(format!("{}{c}{}:{rest}", &scheme[..half], &scheme[half..]));
        all.push(format!("{scheme}{c}:{rest}"));
    }
    all
}

/// Addresses that lead elsewhere than they seem to, or nowhere.
const TRAPS: &[&str] = &[
    "",
    " ",
    "//evil.example/",
    "\\\\evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "https://user@evil.example/",
    "https://good.example:pass@evil.example/",
    "https://good.example\\@evil.example/",
    "https://exa\u{200b}mple.com",
    "https://ex\u{202e}ample.com",
    "https://ex\u{ad}ample.com",
    "https://a%00b/",
    "https:///evil.example",
    "https:evil.example",
    "https:/evil.example",
    "http:\\\\evil.example",
    "https://",
    "https://evil.example／good.example/",
    "https://good.example？@evil.example",
    "mailto:",
    ":",
    "://x",
];

#[test]
fn no_disguise_makes_a_link() {
    let mut count = 0;
    for (scheme, rest) in BAD {
        for url in disguises(scheme, rest) {
            check_refused(&url);
            count += 1;
        }
    }
    assert!(count > 900, "{count}");
}

#[test]
fn no_trap_makes_a_link_for_strangers() {
    for url in TRAPS {
        check_refused(url);
    }
}

/// The address by itself, and in every attribute that could hold it, quoted in every way.
fn check_refused(url: &str) {
    assert!(check_link(url).is_none(), "{url:?} passed");
    let quoted = url.replace('"', "&quot;");
    for html in [
        format!("<a href=\"{quoted}\">x</a>"),
        format!("<a href={quoted}>x</a>"),
        format!("<img src=\"{quoted}\" alt=x>"),
        format!("<iframe src=\"{quoted}\"></iframe>"),
        format!("<object data=\"{quoted}\"><embed src=\"{quoted}\"></object>"),
        format!("<video src=\"{quoted}\" poster=\"{quoted}\"><source src=\"{quoted}\"></video>"),
        format!("<form action=\"{quoted}\"><button formaction=\"{quoted}\">x"),
        format!("<svg><a xlink:href=\"{quoted}\">x"),
        format!("<a xlink:href=\"{quoted}\" ping=\"{quoted}\" background=\"{quoted}\">x"),
    ] {
        for policy in [Policy::comment(), Policy::post()] {
            for event in sanitized(&html, &policy).events() {
                let Event::Open(element) = event else { continue };
                for attr in [Attr::Href, Attr::Src, Attr::Poster] {
                    let Some(value) = element.attr(attr) else { continue };
                    // What an unquoted value leaves over may be a harmless path; a post's `//host` is spelt out.
                    let kind = check_link(value).unwrap_or_else(|| panic!("{html:?} gave {value:?}")).kind();
                    let is_upgraded = url.trim().starts_with("//") && value.starts_with("https://");
                    assert!(kind == UrlKind::Relative || is_upgraded, "{html:?} gave {value:?}");
                }
            }
        }
    }
}

#[test]
fn good_addresses_stay_as_they_are() {
    for (url, kind) in [
        ("https://example.com/a?b=c&d=e#f", UrlKind::Web),
        ("http://example.org", UrlKind::Web),
        ("mailto:a@example.org", UrlKind::Mail),
        ("mailto:a@example.org?subject=b%20c", UrlKind::Mail),
        ("/rel/path", UrlKind::Relative),
        ("rel/path:with-colon", UrlKind::Relative),
        ("#frag", UrlKind::Fragment),
        ("#", UrlKind::Fragment),
        ("?q=1", UrlKind::Relative),
        ("../up", UrlKind::Relative),
        ("./a:b", UrlKind::Relative),
        ("https://ko.wikipedia.org/wiki/한국", UrlKind::Web),
        ("https://bücher.example/größe", UrlKind::Web),
        ("https://한국.example/", UrlKind::Web),
        ("https://example.com/%E2%9C%93", UrlKind::Web),
        ("https://[2001:db8::1]/x", UrlKind::Web),
        ("https://example.com/javascript:not", UrlKind::Web),
        ("https://example.com/?q=\\", UrlKind::Web),
        ("https://example.com/a b", UrlKind::Web),
        ("https://web.archive.org/web/2012/https://example.com/", UrlKind::Web),
        ("https://example.com:8080/@someone", UrlKind::Web),
        ("HTTPS://EXAMPLE.COM", UrlKind::Web),
    ] {
        let checked = check_link(&format!(" \n{url}\t")).unwrap_or_else(|| panic!("{url:?} was refused"));
        assert_eq!((checked.as_str(), checked.kind()), (url, kind));
        let html = format!("<a href=\"{}\">x</a>", url.replace('&', "&amp;"));
        let body = sanitized(&html, &Policy::comment());
        let hrefs = body.events().filter_map(|event| match event {
            Event::Open(element) => element.attr(Attr::Href),
            Event::Text(_) | Event::Close(_) => None,
        });
        assert_eq!(hrefs.collect::<Vec<_>>(), [url]);
    }
}
