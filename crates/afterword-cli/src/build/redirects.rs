//! Old addresses and where they lead now: from the posts' `aliases` and the owner's `redirects.json`.

use super::address::Addresses;
use crate::content::{ContentError, percent_decoded, read_json, short_hash};
use afterword::render::markup::push_text;
use afterword_adapters::json::Value;
use afterword_adapters::static_json::{encode_path, encode_path_text};
use afterword_core::model::{Post, Site};
use std::collections::BTreeMap;
use std::path::Path;

/// The file in the content folder and in the site.
pub(super) const FILE: &str = "redirects.json";

/// Longest part of a path that becomes a folder, in bytes: file systems stop at 255.
const PART_BYTES_MAX: usize = 250;

/// Where an old address leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A path below the site's base, escaped: `posts/hello/`.
    Here(String),
    /// An absolute address on another site.
    Elsewhere(String),
}

/// All redirects by old address: path and query from the root of the old host, as the old site wrote them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Redirects(pub(super) BTreeMap<String, Target>);

impl Redirects {
    /// Collects them. Of two posts with the same old address the first one has it, which is told; what the owner says
    /// counts before either.
    ///
    /// # Errors
    /// When the owner's file is damaged.
    pub(super) fn collect<'a>(
        content: &Path,
        posts: impl Iterator<Item = &'a Post>,
        warnings: &mut Vec<String>,
    ) -> Result<Self, ContentError> {
        let mut all = Self(owners(&content.join(FILE), warnings)?);
        let mut claimed: BTreeMap<&str, &Post> = BTreeMap::new();
        for post in posts {
            for alias in post.aliases.iter().filter(|alias| alias.starts_with('/')) {
                if let Some(first) = claimed.insert(alias, post) {
                    if first.path() != post.path() {
                        warnings.push(format!(
                            "{}post.json: aliases: {alias} is an alias of {} too, and leads there",
                            post.path(),
                            first.path()
                        ));
                    }
                    claimed.insert(alias, first);
                    continue;
                }
                all.0.entry(alias.clone()).or_insert_with(|| Target::Here(encode_path(&post.path())));
            }
        }
        Ok(all)
    }

    /// The text of `redirects.json`, in which the app looks up addresses for which there is no page. An address with
    /// letters that browsers escape stands there as it was written and as they write it.
    pub(super) fn encode(&self) -> String {
        let mut entries: BTreeMap<String, &str> = BTreeMap::new();
        for (key, target) in &self.0 {
            let target = match target {
                Target::Here(path) | Target::Elsewhere(path) => path.as_str(),
            };
            let (path, query) = key.split_at(key.find('?').unwrap_or(key.len()));
            if let Some(decoded) = percent_decoded(path) {
                entries.entry(format!("{}{query}", encode_path_text(&decoded))).or_insert(target);
            }
            entries.insert(key.clone(), target);
        }
        let mut document = Value::default();
        if let Value::Object(fields) = &mut document {
            fields.extend(entries.into_iter().map(|(key, target)| (key, Value::from(target))));
        }
        document.to_json_pretty()
    }

    /// The pages that lead from old paths to new ones, for hosts that know no redirects, and the script that they share:
    /// names of files and their texts. Addresses with a query have none, as no file can have one in its name.
    pub(super) fn pages(&self, site: &Site) -> Vec<(String, String)> {
        let mut pages = BTreeMap::new();
        let script = format!("assets/moved-{}.js", short_hash(SCRIPT.as_bytes()));
        for (key, target) in &self.0 {
            let Target::Here(target) = target else { continue };
            if let Some(name) = file_name(key, &site.base_path) {
                pages.entry(name.clone()).or_insert_with(|| page(site, &name, target, &script));
            }
        }
        if !pages.is_empty() {
            pages.insert(script, SCRIPT.to_owned());
        }
        pages.into_iter().collect()
    }
}

/// What the owner says. What cannot be followed is told and left out.
fn owners(file: &Path, warnings: &mut Vec<String>) -> Result<BTreeMap<String, Target>, ContentError> {
    let mut all = BTreeMap::new();
    let Some(document) = read_json(file)? else { return Ok(all) };
    let Some(fields) = document.as_object() else {
        warnings.push(format!("{FILE}: this should be an object from old addresses to new ones; it was left out"));
        return Ok(all);
    };
    for (key, value) in fields {
        match value.as_str().and_then(target) {
            Some(target) if key.starts_with('/') && !key.starts_with("//") => {
                all.insert(key.clone(), target);
            }
            Some(_) => warnings.push(format!("{FILE}: {key:?} does not begin with one slash; it was left out")),
            None => warnings.push(format!("{FILE}: {key:?} leads to no path and no web address; it was left out")),
        }
    }
    Ok(all)
}

fn target(text: &str) -> Option<Target> {
    if text.starts_with("https://") || text.starts_with("http://") {
        return afterword_core::body::url::check_author_link(text)
            .map(|url| Target::Elsewhere(url.as_str().to_owned()));
    }
    let path = text.strip_prefix('/').unwrap_or(text);
    let climbs = path.split(['/', '?', '#']).any(|part| part == "..");
    let sound = !climbs && !path.starts_with('/') && !path.contains([':', '\\']) && !path.contains(char::is_control);
    // What is escaped already stays so; letters of other scripts become escapes.
    let escaped: String = path.split('%').map(encode_rest).collect::<Vec<_>>().join("%");
    sound.then_some(Target::Here(escaped))
}

/// A part of an address between escapes, with its query and fragment.
fn encode_rest(part: &str) -> String {
    part.split_inclusive(['?', '#'])
        .map(|piece| {
            let (text, sign) = piece.split_at(piece.trim_end_matches(['?', '#']).len());
            format!("{}{sign}", encode_path_text(text))
        })
        .collect()
}

/// The file for an old path: `2012/hello/index.html`. `None` where there can be none: a query, an address outside of the
/// site's base, names that are no plain names of folders.
fn file_name(key: &str, base: &str) -> Option<String> {
    let path = key.strip_prefix(base).filter(|_| !key.contains(['?', '#']))?;
    let path = percent_decoded(path)?;
    let is_plain = |part: &str| {
        !part.is_empty()
            && part.len() <= PART_BYTES_MAX
            && !part.starts_with(['.', '_'])
            && !part.ends_with(['.', ' '])
            && !part.contains(|c: char| c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'))
    };
    let inner = path.trim_matches('/');
    if inner.is_empty() || !inner.split('/').all(is_plain) {
        return None;
    }
    let is_file = !path.ends_with('/') && (inner.ends_with(".html") || inner.ends_with(".htm"));
    Some(if is_file { inner.to_owned() } else { format!("{inner}/index.html") })
}

/// Goes on, and keeps what stands behind `#`: old links to comments should land on them.
const SCRIPT: &str = include_str!("moved.js");

/// A page that leads on at once, with a link for whoever stays.
fn page(site: &Site, name: &str, target: &str, script: &str) -> String {
    let mut out = String::from("<!doctype html>\n<html lang=\"");
    push_text(&mut out, site.language.as_deref().unwrap_or("en"));
    out.push_str("\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    push_text(&mut out, &site.title);
    out.push_str("</title>\n");
    let root = "../".repeat(name.matches('/').count());
    let link = format!("{root}{target}");
    if Addresses::of(site).is_known() {
        out.push_str("<link rel=\"canonical\" href=\"");
        push_text(&mut out, &format!("{}{target}", site.url.as_deref().unwrap_or_default()));
        out.push_str("\">\n");
    }
    let link = if link.is_empty() { "./".to_owned() } else { link };
    out.push_str("<noscript><meta http-equiv=\"refresh\" content=\"0; url=");
    push_text(&mut out, &link);
    out.push_str("\"></noscript>\n</head>\n<body>\n<p><a href=\"");
    push_text(&mut out, &link);
    out.push_str("\">");
    push_text(&mut out, &percent_decoded(target).unwrap_or_else(|| target.to_owned()));
    out.push_str("</a></p>\n<script src=\"");
    push_text(&mut out, &format!("{root}{script}"));
    out.push_str("\"></script>\n</body>\n</html>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_paths_become_files_inside_or_none() {
        let check = |key: &str, base: &str, expected: Option<&str>| {
            assert_eq!(file_name(key, base).as_deref(), expected, "{key} under {base}");
        };
        check("/2012/03/hello/", "/", Some("2012/03/hello/index.html"));
        check("/2012/03/hello", "/", Some("2012/03/hello/index.html"));
        check("/2012/gr%C3%B6%c3%9fe/", "/", Some("2012/größe/index.html"));
        check("/old/page.html", "/", Some("old/page.html"));
        check("/hello.php", "/", Some("hello.php/index.html"));
        check("/blog/2012/x/", "/blog/", Some("2012/x/index.html"));
        for (key, base) in [
            ("/?p=1", "/"),
            ("/", "/"),
            ("/2012/x/", "/blog/"),
            ("/../etc/", "/"),
            ("/%2e%2e/%2e%2e/etc/", "/"),
            ("/a%2f..%2f..%2fb/", "/"),
            ("/.well-known/x/", "/"),
            ("/_headers/", "/"),
            ("/a//b/", "/"),
            ("/a%00b/", "/"),
            ("/a%5cb/", "/"),
            ("/%ff/", "/"),
        ] {
            check(key, base, None);
        }
    }

    #[test]
    fn targets_are_paths_below_or_web_addresses() {
        let here = |path: &str| Some(Target::Here(path.to_owned()));
        for (text, expected) in [
            ("posts/hello/", here("posts/hello/")),
            ("/posts/größe/?a=b#c", here("posts/gr%C3%B6%C3%9Fe/?a=b#c")),
            ("posts/gr%C3%B6%C3%9Fe/", here("posts/gr%C3%B6%C3%9Fe/")),
            ("", here("")),
            ("https://else.example/x", Some(Target::Elsewhere("https://else.example/x".to_owned()))),
            ("//else.example/x", None),
            ("javascript:alert(1)", None),
            ("posts/../../x", None),
            ("https://user:pass@else.example/", None),
            ("\\\\else.example", None),
        ] {
            assert_eq!(target(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_page_leads_on() {
        let site = Site {
            title: "A & B".to_owned(),
            url: Some("https://blog.example/".to_owned()),
            base_path: "/".to_owned(),
            ..Site::default()
        };
        let text = page(&site, "2012/hello/index.html", "posts/hello/", "assets/moved.js");
        assert!(text.contains("<link rel=\"canonical\" href=\"https://blog.example/posts/hello/\">"), "{text}");
        assert!(text.contains("content=\"0; url=../../posts/hello/\""), "{text}");
        assert!(text.contains("<title>A &amp; B</title>"), "{text}");
    }
}
