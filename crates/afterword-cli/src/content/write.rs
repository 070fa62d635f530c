//! Writing a content folder: the site, posts, comments in parts, and the feed.

use super::{ContentError, ContentFolder, FileError, SITE_FILE};
use afterword_adapters::json::{self, Value};
use afterword_adapters::static_json::{self, FeedHead};
use afterword_core::body::RawBody;
use afterword_core::ids::PostPath;
use afterword_core::model::{Comment, PageRef, Post, Site};
use afterword_core::time::Timestamp;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::Path;

/// How many of the newest comments `comments.json` has when there are parts: what a feed reader wants.
pub const NEWEST_COMMENTS: usize = 50;

/// How many comments the first part has: what a prerendered page shows. Up to this many stay in one file.
pub const FIRST_PART_COMMENTS: usize = 200;

/// How many comments each further part has: half a megabyte, a tenth of it compressed.
pub const PART_COMMENTS: usize = 1000;

/// How many posts are in each page of the feed.
pub const FEED_POSTS: usize = 50;

/// How many hexadecimal digits of a part's SHA-256 are in its name: 48 bits tell any two versions apart.
const HASH_DIGITS: usize = 12;

impl ContentFolder {
    /// Writes `site.json`. In one that is there already, fields of others are kept.
    ///
    /// # Errors
    /// When it cannot be written, or when what is there is damaged: nobody's settings are thrown away.
    pub fn write_site(&self, site: &Site) -> Result<(), ContentError> {
        let path = self.root.join(SITE_FILE);
        let mut document = read_json(&path)?.unwrap_or_default();
        static_json::rewrite_site(&mut document, site);
        write_file(&path, document.to_json_pretty().as_bytes())
    }

    /// Writes a post and its comments; gives the post with the addresses of its files. A `post.json` that is there
    /// already keeps the fields of others. Parts of the version before stay for readers who have it open; older ones
    /// are removed.
    ///
    /// `comments` may be in any order; they are written in order of arrival, those without a date behind the ones they
    /// followed.
    ///
    /// # Errors
    /// When something cannot be written. Files are replaced one by one, each wholly or not at all, `post.json` last:
    /// until then the old version is in force.
    pub fn write_post(&self, site: &Site, mut post: Post, comments: Vec<Comment>) -> Result<Post, ContentError> {
        let folder = self.post_folder(&post.path());
        let comments = in_order_of_arrival(comments);
        let head = comments_head(site, &post);
        post.thread.count = u32::try_from(comments.len()).unwrap_or(u32::MAX);
        post.thread.updated = comments.iter().filter_map(|comment| comment.published).max();
        post.thread.comments_url = Some("comments.json".to_owned());
        post.thread.pages = Vec::new();
        let before = read_json(&self.post_file(&post.path()))?;

        let shown = if comments.len() > FIRST_PART_COMMENTS {
            for (index, part) in parts(&comments).into_iter().enumerate() {
                let text = static_json::encode_comments(part, &head);
                let url = format!("comments/{}-{}.json", index + 1, short_hash(&text));
                write_file(&folder.join(&url), text.as_bytes())?;
                post.thread.pages.push(PageRef { url, count: u32::try_from(part.len()).unwrap_or(u32::MAX) });
            }
            NEWEST_COMMENTS
        } else {
            comments.len()
        };
        let newest: Vec<Comment> = comments.into_iter().rev().take(shown).collect();
        write_file(&folder.join("comments.json"), static_json::encode_comments(&newest, &head).as_bytes())?;

        let site_url = site.url.as_deref().unwrap_or_default();
        let old_item = before.as_ref().and_then(|document| document.get("items")?.as_array()?.first().cloned());
        let kept_parts = old_item.as_ref().map(part_names).unwrap_or_default();
        let mut item = old_item.unwrap_or_default();
        static_json::rewrite_post(&mut item, &post, site_url);
        let mut document = before.unwrap_or_default();
        static_json::rewrite_head(&mut document, &post_head(site, &post));
        document.set("items", Value::Array(vec![item]));
        write_file(&self.post_file(&post.path()), document.to_json_pretty().as_bytes())?;
        remove_parts(&folder.join("comments"), |name| {
            kept_parts.iter().any(|kept| kept == name) || post.thread.pages.iter().any(|page| page.url.ends_with(name))
        })?;
        Ok(post)
    }

    /// Writes `feed.json` and its further pages from all posts of the folder, newest first, without their texts.
    ///
    /// # Errors
    /// When a post cannot be read or a page cannot be written.
    pub fn write_feed(&self, site: &Site) -> Result<(), ContentError> {
        let (entries, errors) = self.index()?;
        if let Some(error) = errors.into_iter().next() {
            return Err(error);
        }
        let site_url = site.url.clone().unwrap_or_default();
        let pages: Vec<_> = if entries.is_empty() { vec![&[][..]] } else { entries.chunks(FEED_POSTS).collect() };
        for (index, page) in pages.iter().enumerate() {
            let mut posts = Vec::with_capacity(page.len());
            for entry in *page {
                let mut post = self.read_post(&entry.path)?.value;
                post.body = RawBody::default();
                // A list needs to know how much was said, not where each part of it is.
                post.thread.pages = Vec::new();
                posts.push(post);
            }
            let head = FeedHead {
                title: site.title.clone(),
                home_page_url: site.url.clone(),
                feed_url: site.url.as_ref().map(|home| format!("{home}{}", feed_page(index))),
                next_url: (index + 1 < pages.len()).then(|| format!("{site_url}{}", feed_page(index + 1))),
                description: site.description.clone(),
                language: site.language.clone(),
            };
            write_file(
                &self.root.join(feed_page(index)),
                static_json::encode_feed(&posts, &head, &site_url).as_bytes(),
            )?;
        }
        Ok(())
    }
}

fn feed_page(index: usize) -> String {
    if index == 0 { "feed.json".to_owned() } else { format!("feed-{}.json", index + 1) }
}

/// The absolute address of a post's page, if the site has one.
fn post_address(site: &Site, path: &PostPath) -> Option<String> {
    Some(format!("{}{}", site.url.as_ref()?, static_json::encode_path(path)))
}

fn post_head(site: &Site, post: &Post) -> FeedHead {
    let address = post_address(site, &post.path());
    FeedHead {
        title: post.title.clone(),
        feed_url: address.as_ref().map(|address| format!("{address}post.json")),
        home_page_url: address,
        language: post.language.clone().or_else(|| site.language.clone()),
        ..FeedHead::default()
    }
}

fn comments_head(site: &Site, post: &Post) -> FeedHead {
    let address = post_address(site, &post.path());
    FeedHead {
        title: format!("Comments on {}", post.title),
        feed_url: address.as_ref().map(|address| format!("{address}comments.json")),
        home_page_url: address,
        ..FeedHead::default()
    }
}

/// Oldest first. A comment without a date stays behind the one before it.
fn in_order_of_arrival(comments: Vec<Comment>) -> Vec<Comment> {
    let mut last: Option<Timestamp> = None;
    let mut dated: Vec<(Option<Timestamp>, Comment)> = comments
        .into_iter()
        .map(|comment| {
            last = comment.published.or(last);
            (last, comment)
        })
        .collect();
    dated.sort_by_key(|(date, _)| *date);
    dated.into_iter().map(|(_, comment)| comment).collect()
}

fn parts(comments: &[Comment]) -> Vec<&[Comment]> {
    let (first, rest) = comments.split_at(FIRST_PART_COMMENTS.min(comments.len()));
    std::iter::once(first).chain(rest.chunks(PART_COMMENTS)).collect()
}

/// The file names of the parts that a post's item names.
fn part_names(item: &Value) -> Vec<String> {
    let pages =
        item.get("_thread").and_then(|thread| thread.get("pages")).and_then(Value::as_array).unwrap_or_default();
    let urls = pages.iter().filter_map(|page| page.get("url").and_then(Value::as_str));
    urls.filter_map(|url| url.rsplit('/').next().map(str::to_owned)).collect()
}

/// Whether a file name is that of a part: a number, a hyphen, and a hash.
pub(crate) fn is_part_name(name: &str) -> bool {
    let Some((number, hash)) = name.strip_suffix(".json").and_then(|stem| stem.split_once('-')) else { return false };
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    digits && hash.len() >= 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Removes the parts that nobody needs; other files are left alone.
fn remove_parts(folder: &Path, kept: impl Fn(&str) -> bool) -> Result<(), ContentError> {
    let failed = |error| ContentError::file(folder, FileError::Io(error));
    if !folder.exists() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        if name.to_str().is_some_and(|name| is_part_name(name) && !kept(name)) {
            std::fs::remove_file(entry.path()).map_err(failed)?;
        }
    }
    Ok(())
}

fn short_hash(text: &str) -> String {
    let mut hash = String::with_capacity(2 * Sha256::output_size());
    for byte in Sha256::digest(text.as_bytes()) {
        // Writing to a String cannot fail.
        let _ = write!(hash, "{byte:02x}");
    }
    hash.truncate(HASH_DIGITS);
    hash
}

/// The JSON in a file, `None` when there is no file.
fn read_json(path: &Path) -> Result<Option<Value>, ContentError> {
    match std::fs::read(path) {
        Ok(bytes) => {
            json::parse(&bytes).map(Some).map_err(|error| ContentError::file(path, FileError::Decode(error.into())))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ContentError::file(path, FileError::Io(error))),
    }
}

/// Writes a file wholly or not at all: beside its place first, then moved there. One that has these bytes already is left
/// as it is.
///
/// # Errors
/// When it cannot be written; the file is then as before.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), ContentError> {
    let failed = |error| ContentError::file(path, FileError::Io(error));
    if std::fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written = std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, path));
    if written.is_err() {
        // The first error is the one to tell; a left-over is no more than untidy.
        let _ = std::fs::remove_file(&beside);
    }
    written.map_err(failed)
}
