//! Writing a content folder: the site, posts, comments in parts, and the feed.

use super::{COMMENTS_FILE, ContentError, ContentFolder, FileError, POST_FILE, SITE_FILE};
use afterword_adapters::json::{self, Value};
use afterword_adapters::static_json::{self, FeedHead};
use afterword_core::body::RawBody;
use afterword_core::ids::{CommentId, PostPath};
use afterword_core::model::{Comment, PageRef, Post, Site};
use afterword_core::time::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
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
    pub fn write_post(&self, site: &Site, post: Post, comments: Vec<Comment>) -> Result<Post, ContentError> {
        let folder = self.post_folder(&post.path());
        let before = read_json(&self.post_file(&post.path()))?;
        let kept_parts = before.as_ref().map(part_names).unwrap_or_default();
        let written = encode_post_files(site, post, comments, &HashMap::new(), before);
        for (name, text) in &written.files {
            write_file(&folder.join(name), text.as_bytes())?;
        }
        let post = written.post;
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

/// A post and its comments as files.
#[derive(Debug)]
pub(crate) struct PostFiles {
    /// The post, with the addresses of its files.
    pub(crate) post: Post,
    /// The files by their names in the post's folder, in the order in which they have to be written: `post.json`, which
    /// names the others, comes last.
    pub(crate) files: Vec<(String, String)>,
    /// All comments in order of arrival.
    pub(crate) comments: Vec<Comment>,
}

/// A post and its comments as files. `sources` has the items of those comments that have fields of others, which stay;
/// `before` is the `post.json` that is brought up to date, if there is one.
pub(crate) fn encode_post_files(
    site: &Site,
    mut post: Post,
    comments: Vec<Comment>,
    sources: &HashMap<CommentId, Value>,
    before: Option<Value>,
) -> PostFiles {
    let comments = in_order_of_arrival(comments);
    let head = comments_head(site, &post);
    let encode = |comments: &mut dyn Iterator<Item = &Comment>| {
        let items = comments.map(|comment| match sources.get(&comment.id) {
            Some(source) => {
                let mut item = source.clone();
                static_json::rewrite_comment(&mut item, comment);
                item
            }
            None => static_json::encode_comment_item(comment),
        });
        static_json::encode_items(items.collect(), &head)
    };
    post.thread.count = u32::try_from(comments.len()).unwrap_or(u32::MAX);
    post.thread.updated = comments.iter().filter_map(|comment| comment.published).max();
    post.thread.comments_url = Some(COMMENTS_FILE.to_owned());
    post.thread.pages = Vec::new();

    let mut files = Vec::new();
    let shown = if comments.len() > FIRST_PART_COMMENTS {
        for (index, part) in parts(&comments).into_iter().enumerate() {
            let text = encode(&mut part.iter());
            let url = format!("comments/{}-{}.json", index + 1, short_hash(text.as_bytes()));
            post.thread.pages.push(PageRef { url: url.clone(), count: u32::try_from(part.len()).unwrap_or(u32::MAX) });
            files.push((url, text));
        }
        NEWEST_COMMENTS
    } else {
        comments.len()
    };
    files.push((COMMENTS_FILE.to_owned(), encode(&mut comments.iter().rev().take(shown))));

    let site_url = site.url.as_deref().unwrap_or_default();
    let old_item = before.as_ref().and_then(|document| document.get("items")?.as_array()?.first().cloned());
    let mut item = old_item.unwrap_or_default();
    static_json::rewrite_post(&mut item, &post, site_url);
    let mut document = before.unwrap_or_default();
    static_json::rewrite_head(&mut document, &post_head(site, &post));
    document.set("items", Value::Array(vec![item]));
    files.push((POST_FILE.to_owned(), document.to_json_pretty()));
    PostFiles { post, files, comments }
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

/// The file names of the parts that a `post.json` names.
pub(crate) fn part_names(document: &Value) -> Vec<String> {
    let item = document.get("items").and_then(Value::as_array).and_then(<[Value]>::first);
    let pages = item.and_then(|item| item.get("_thread")?.get("pages")?.as_array()).unwrap_or_default();
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
pub(super) fn remove_parts(folder: &Path, kept: impl Fn(&str) -> bool) -> Result<(), ContentError> {
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

/// The start of the SHA-256 of these bytes, in hexadecimal digits: what is in the names of files that never change.
pub(crate) fn short_hash(bytes: &[u8]) -> String {
    let mut hash = String::with_capacity(2 * Sha256::output_size());
    for byte in Sha256::digest(bytes) {
        // Writing to a String cannot fail.
        let _ = write!(hash, "{byte:02x}");
    }
    hash.truncate(HASH_DIGITS);
    hash
}

/// The JSON in a file, `None` when there is no file.
pub(crate) fn read_json(path: &Path) -> Result<Option<Value>, ContentError> {
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
    write_changed(path, bytes).map(|_| ())
}

/// Like [`write_file`]; gives whether the file was written, which is not done where it has these bytes already.
///
/// # Errors
/// When it cannot be written; the file is then as before.
pub(crate) fn write_changed(path: &Path, bytes: &[u8]) -> Result<bool, ContentError> {
    let failed = |error| ContentError::file(path, FileError::Io(error));
    let len = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    // Most files that have changed have another length, and need not be read to know it.
    if std::fs::metadata(path).is_ok_and(|old| old.len() == len) && std::fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
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
    written.map(|()| true).map_err(failed)
}
