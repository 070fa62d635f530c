//! Reading a content folder: the site, the posts by date, the comments of a post.

use super::{ContentError, ContentFolder, FEED_FILE, FileError, SITE_FILE};
use afterword_adapters::json::Value;
use afterword_adapters::static_json::{self, CommentsDecoder, CommentsPage, DecodeError, Pages};
use afterword_core::ids::{CommentId, PostKind, PostPath, PostSlug};
use afterword_core::model::{Comment, Decoded, Post, Site, Warning, WarningKind};
use afterword_core::time::Timestamp;
use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

/// A post as a list needs it; its text is read when it is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostEntry {
    /// The post.
    pub path: PostPath,
    /// When it appeared.
    pub published: Option<Timestamp>,
}

impl ContentFolder {
    /// Reads `site.json`.
    ///
    /// # Errors
    /// When it is missing or damaged.
    pub fn read_site(&self) -> Result<Decoded<Site>, ContentError> {
        read(&self.root.join(SITE_FILE), static_json::decode_site)
    }

    /// The posts or pages by their folders, in the order of their names. A folder whose name is no slug is passed over.
    ///
    /// # Errors
    /// When the folder of all of them cannot be listed; a blog without one has none.
    pub fn paths(&self, kind: PostKind) -> Result<Vec<PostPath>, ContentError> {
        let folder = self.root.join(kind.folder());
        if !folder.exists() {
            return Ok(Vec::new());
        }
        let failed = |error| ContentError::file(&folder, FileError::Io(error));
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let slug = entry.file_name().to_str().and_then(PostSlug::checked);
            paths.extend(slug.filter(|_| entry.path().is_dir()).map(|slug| PostPath { kind, slug }));
        }
        paths.sort();
        Ok(paths)
    }

    /// All posts, newest first; those without a date come last, and ties are settled by name. Each post is read once
    /// for this and not kept. Posts that cannot be read are handed out beside them.
    ///
    /// # Errors
    /// When the folder of posts cannot be listed.
    pub fn index(&self) -> Result<(Vec<PostEntry>, Vec<ContentError>), ContentError> {
        let (mut entries, mut errors) = (Vec::new(), Vec::new());
        for path in self.paths(PostKind::Post)? {
            match self.read_post(&path) {
                Ok(post) => entries.push(PostEntry { path, published: post.value.published }),
                Err(error) => errors.push(error),
            }
        }
        entries.sort_by(|a, b| b.published.cmp(&a.published).then_with(|| a.path.cmp(&b.path)));
        Ok((entries, errors))
    }

    /// Reads one post with its text.
    ///
    /// # Errors
    /// When it is missing or damaged.
    pub fn read_post(&self, path: &PostPath) -> Result<Decoded<Post>, ContentError> {
        read(&self.post_file(path), |bytes| static_json::decode_post(bytes, path))
    }

    /// Reads all comments of a post: its pages in order, or its first file and what follows it. The places of the
    /// warnings begin with the file. A file that cannot be read is an error beside the comments of the others.
    ///
    /// Addresses on another site are not followed, which is a warning: the folder is all that this reads.
    pub fn read_comments(&self, post: &Post) -> (Decoded<Vec<Comment>>, Vec<ContentError>) {
        let home = self.read_site().ok().and_then(|site| site.value.url);
        let read = self.read_thread(post, home.as_deref(), false);
        (Decoded { value: read.comments, warnings: read.warnings }, read.errors)
    }

    /// Reads all comments of a post as [`Self::read_comments`] does. `home` is where the site will be; with
    /// `keep_source` the fields of others are handed out too.
    pub(crate) fn read_thread(&self, post: &Post, home: Option<&str>, keep_source: bool) -> ReadThread {
        let mut reading = Reading {
            folder: self,
            home,
            keep_source,
            pages: Vec::new(),
            files: Vec::new(),
            warnings: Vec::new(),
            errors: Vec::new(),
        };
        let post_address = format!("/{}post.json", post.path());
        let mut way = Pages::new(&post_address);
        if post.thread.pages.is_empty() {
            let mut next = post.thread.comments_url.clone().map(|url| (post_address, url));
            while let Some((from, url)) = next.take() {
                if let Some((address, next_url)) = reading.page(&mut way, &from, &url) {
                    next = next_url.map(|url| (address, url));
                }
            }
        } else {
            for page in &post.thread.pages {
                reading.page(&mut way, &post_address, &page.url);
            }
        }
        let Reading { mut pages, files, mut warnings, errors, .. } = reading;
        let sources = if keep_source { foreign_fields(&mut pages) } else { HashMap::new() };
        let mut merged = static_json::merge_pages(pages);
        warnings.append(&mut merged.warnings);
        ReadThread { comments: merged.value, sources, files, warnings, errors }
    }

    /// Reads the feed with its further pages, as [`Self::read_comments`] reads comments.
    pub fn read_feed(&self) -> (Decoded<Vec<Post>>, Vec<ContentError>) {
        let home = self.read_site().ok().and_then(|site| site.value.url);
        let (mut posts, mut warnings, mut errors) = (Vec::new(), Vec::new(), Vec::new());
        let mut address = format!("/{FEED_FILE}");
        let mut way = Pages::new(&address);
        while let Some(file) = self.file_at(&address) {
            let next = match read(&file, static_json::decode_feed) {
                Ok(page) => {
                    warnings.extend(page.warnings.into_iter().map(|warning| placed(&address, warning)));
                    posts.extend(page.value.posts);
                    page.value.next_url
                }
                Err(error) => {
                    errors.push(error);
                    None
                }
            };
            let Some(next) = next else { break };
            match way.follow(&address, &below(home.as_deref(), &next)) {
                Ok(next) => address = next,
                Err(warning) => {
                    warnings.push(warning);
                    break;
                }
            }
        }
        (Decoded { value: posts, warnings }, errors)
    }

    /// The file at an address from the root of the site, if it can be one of this folder.
    fn file_at(&self, address: &str) -> Option<PathBuf> {
        let path = address.split('?').next()?.trim_start_matches('/');
        let path = PathBuf::from(percent_decoded(path)?);
        let inside = path.components().all(|part| matches!(part, Component::Normal(_)));
        (inside && path.components().next().is_some()).then(|| self.root.join(path))
    }
}

/// A thread as it was read.
#[derive(Debug)]
pub(crate) struct ReadThread {
    /// The comments in the order of the files.
    pub(crate) comments: Vec<Comment>,
    /// The items of the comments that have fields of others, without what must not be public.
    pub(crate) sources: HashMap<CommentId, Value>,
    /// The files that were read or looked for.
    pub(crate) files: Vec<PathBuf>,
    /// What was odd.
    pub(crate) warnings: Vec<Warning>,
    /// The files that could not be read.
    pub(crate) errors: Vec<ContentError>,
}

/// The fields of a comment's item that are written by us.
const ITEM_FIELDS: [&str; 7] =
    ["id", "content_html", "content_text", "authors", "date_published", "date_modified", "_thread"];
/// Those of its `_thread`.
const THREAD_FIELDS: [&str; 5] = ["in_reply_to", "state", "edited", "by_post_author", "votes"];
/// Those of an author.
const AUTHOR_FIELDS: [&str; 2] = ["name", "url"];
/// What some programs write beside a comment and nobody may read: see `public_name` in `docs/format.schema.json`.
const PRIVATE_FIELDS: [&str; 6] = ["email", "mail", "ip", "ip_address", "remote_addr", "user_agent"];

/// Takes the items out of the pages of a thread and gives those with fields of others, by the id of their comment. Of
/// two comments with one id the first is meant: the other gets a new one.
fn foreign_fields(pages: &mut [CommentsPage]) -> HashMap<CommentId, Value> {
    let mut found = HashMap::new();
    for page in pages {
        for (comment, mut source) in page.comments.iter().zip(std::mem::take(&mut page.sources)) {
            strip_private(&mut source);
            if has_foreign_fields(&source) {
                found.entry(comment.id.clone()).or_insert(source);
            }
        }
    }
    found
}

fn strip_private(item: &mut Value) {
    let Value::Object(fields) = item else { return };
    fields.retain(|(key, _)| !PRIVATE_FIELDS.contains(&key.as_str()));
    for (key, value) in fields {
        match (key.as_str(), value) {
            ("_thread", Value::Object(inner)) => inner.retain(|(key, _)| !PRIVATE_FIELDS.contains(&key.as_str())),
            ("authors", Value::Array(authors)) => {
                for author in authors {
                    if let Value::Object(inner) = author {
                        inner.retain(|(key, _)| !PRIVATE_FIELDS.contains(&key.as_str()));
                    }
                }
            }
            _ => {}
        }
    }
}

fn has_foreign_fields(item: &Value) -> bool {
    let others = |value: Option<&Value>, known: &[&str]| {
        let fields = value.and_then(Value::as_object).unwrap_or_default();
        fields.iter().any(|(key, _)| !known.contains(&key.as_str()))
    };
    let authors = item.get("authors").and_then(Value::as_array).unwrap_or_default();
    others(Some(item), &ITEM_FIELDS)
        || others(item.get("_thread"), &THREAD_FIELDS)
        || authors.len() > 1
        || others(authors.first(), &AUTHOR_FIELDS)
}

/// What is known while the files of one thread are read.
struct Reading<'a> {
    folder: &'a ContentFolder,
    /// Where the site will be; absolute addresses below it are files of the folder.
    home: Option<&'a str>,
    keep_source: bool,
    pages: Vec<CommentsPage>,
    files: Vec<PathBuf>,
    warnings: Vec<Warning>,
    errors: Vec<ContentError>,
}

impl Reading<'_> {
    /// Reads the file at `url` as seen from `from`; gives its address and the address that it names as the next.
    fn page(&mut self, way: &mut Pages, from: &str, url: &str) -> Option<(String, Option<String>)> {
        let address = match way.follow(from, &below(self.home, url)) {
            Ok(address) => address,
            Err(warning) => {
                self.warnings.push(Warning { place: warning.place.trim_start_matches('/').to_owned(), ..warning });
                return None;
            }
        };
        let Some(file) = self.folder.file_at(&address) else {
            self.warnings.push(placed(from, Warning { place: url.to_owned(), kind: WarningKind::UrlRefused }));
            return None;
        };
        self.files.push(file.clone());
        let keep_source = self.keep_source;
        let decode = |bytes: &[u8]| {
            let decoder = CommentsDecoder::new(bytes.to_vec());
            if keep_source { decoder.keep_source().finish() } else { decoder.finish() }
        };
        match read(&file, decode) {
            Ok(mut page) => {
                self.warnings.extend(page.warnings.into_iter().map(|warning| placed(&address, warning)));
                let next = page.value.next_url.take();
                self.pages.push(page.value);
                Some((address, next))
            }
            Err(error) => {
                self.errors.push(error);
                None
            }
        }
    }
}

/// An address below the site's home as a path of the folder; any other as it is.
fn below(home: Option<&str>, url: &str) -> String {
    home.and_then(|home| url.strip_prefix(home)).map_or_else(|| url.to_owned(), |rest| format!("/{rest}"))
}

/// A warning with the file in front of its place.
fn placed(address: &str, Warning { place, kind }: Warning) -> Warning {
    Warning { place: format!("{}: {place}", address.trim_start_matches('/')), kind }
}

fn read<T>(path: &Path, decode: impl FnOnce(&[u8]) -> Result<T, DecodeError>) -> Result<T, ContentError> {
    let bytes = std::fs::read(path).map_err(|error| ContentError::file(path, FileError::Io(error)))?;
    decode(&bytes).map_err(|error| ContentError::file(path, FileError::Decode(error)))
}

/// `None` when the bytes are no UTF-8, or hold a NUL, which no file name has.
pub(crate) fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digit = |index: usize| after.get(index).and_then(|byte| char::from(*byte).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).ok()?);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}
