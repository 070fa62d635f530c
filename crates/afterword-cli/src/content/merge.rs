//! Bringing a post up to date without losing what its owner changed by hand.
//!
//! Whoever writes posts again and again keeps what it wrote as hashes ([`Written`]). A file that still has those bytes
//! may be replaced; one that has others is the owner's, and stays.

use super::write::remove_parts;
use super::{
    COMMENTS_FILE, ContentError, ContentFolder, FileError, POST_FILE, encode_post_files, part_names, read_json,
    write_file,
};
use afterword_adapters::json::{self, Value};
use afterword_adapters::static_json;
use afterword_core::ids::PostPath;
use afterword_core::model::{Comment, Post, Site};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// What was written for a post, as hashes of 64 bits: enough to tell a change, as nobody gains by forging one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// Of `post.json`.
    pub(crate) post: u64,
    /// Of `comments.json` and the parts.
    pub(crate) thread: u64,
}

/// What is known of the last time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Last {
    /// What was written then.
    pub(crate) written: Written,
    /// The highest number of a comment then; those with a higher one are new.
    pub(crate) comment: u64,
}

/// Nothing was written.
const NOTHING: Written = Written { post: 0, thread: 0 };

/// How a post stands before it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It is not there, and has never been.
    New,
    /// It may be replaced.
    Ours(Written),
    /// Its owner has changed something since.
    Changed(Written, Last),
    /// Its owner has removed it since.
    Removed,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Merged {
    /// The post was not there.
    Added,
    /// It was as last time, and is as it should be now. Tells whether that is another.
    Updated(bool),
    /// Something of it was changed by hand and stays.
    Kept(Kept),
    /// It was there last time and its owner has removed it; it stays away.
    Removed,
}

/// What stays of a post that was changed by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The post itself.
    pub post: bool,
    /// The comments that were there.
    pub thread: bool,
    /// How many comments came to them.
    pub added: usize,
}

impl ContentFolder {
    /// How a post stands before it is written. Without `last` nothing is known of it, and it may be replaced.
    ///
    /// # Errors
    /// When something cannot be read.
    pub(crate) fn standing(&self, path: &PostPath, last: Option<Last>) -> Result<Standing, ContentError> {
        Ok(match (self.written(path)?, last) {
            (None, Some(_)) => Standing::Removed,
            (None, None) => Standing::New,
            (Some(there), None) => Standing::Ours(there),
            (Some(there), Some(last)) if there == last.written => Standing::Ours(there),
            (Some(there), Some(last)) => Standing::Changed(there, last),
        })
    }

    /// Writes a post with its comments, or of both what may be written. Gives what came of it, and what is to be known
    /// next time.
    ///
    /// # Errors
    /// When something cannot be read or written.
    pub(crate) fn merge_post(
        &self,
        site: &Site,
        post: Post,
        comments: Vec<Comment>,
        (standing, last): (Standing, Option<Last>),
    ) -> Result<(Merged, Last), ContentError> {
        let newest = comments.iter().filter_map(number).max().unwrap_or(0).max(last.map_or(0, |last| last.comment));
        let (merged, written) = match standing {
            Standing::Removed => (Merged::Removed, last.map_or(NOTHING, |last| last.written)),
            Standing::New => (Merged::Added, self.replace_post(site, post, comments)?),
            Standing::Ours(there) => {
                let written = self.replace_post(site, post, comments)?;
                (Merged::Updated(written != there), written)
            }
            Standing::Changed(there, last) => self.merge_changed(site, post, comments, (there, last))?,
        };
        Ok((merged, Last { written, comment: newest }))
    }

    fn replace_post(&self, site: &Site, post: Post, comments: Vec<Comment>) -> Result<Written, ContentError> {
        let path = post.path();
        self.write_post(site, post, comments)?;
        Ok(self.written(&path)?.unwrap_or(NOTHING))
    }

    /// What is there, as hashes; `None` without a `post.json`.
    fn written(&self, path: &PostPath) -> Result<Option<Written>, ContentError> {
        let folder = self.post_folder(path);
        let Some(post) = read(&folder.join(POST_FILE))? else { return Ok(None) };
        let mut thread = Sha256::new();
        let parts = json::parse(&post).map(|document| part_names(&document)).unwrap_or_default();
        for name in parts.iter().map(|name| format!("comments/{name}")).chain([COMMENTS_FILE.to_owned()]) {
            thread.update(&name);
            thread.update(read(&folder.join(&name))?.unwrap_or_default());
        }
        Ok(Some(Written { post: start(Sha256::digest(&post).as_slice()), thread: start(thread.finalize().as_slice()) }))
    }

    /// A post of which something was changed by hand: the rest is brought up to date.
    fn merge_changed(
        &self,
        site: &Site,
        post: Post,
        comments: Vec<Comment>,
        (there, last): (Written, Last),
    ) -> Result<(Merged, Written), ContentError> {
        let path = post.path();
        let post_kept = there.post != last.written.post;
        let thread_kept = there.thread != last.written.thread;
        let kept = |added| Merged::Kept(Kept { post: post_kept, thread: thread_kept, added });
        // What cannot be read cannot be merged either, and is not thrown away for that.
        let Ok(before) = self.read_post(&path) else { return Ok((kept(0), last.written)) };
        let thread = self.read_thread(&before.value, site.url.as_deref(), true);
        if !thread.errors.is_empty() && thread_kept {
            return Ok((kept(0), last.written));
        }
        let there_before: HashSet<_> = thread.comments.iter().map(|comment| comment.id.clone()).collect();
        let is_new = |comment: &Comment| !there_before.contains(&comment.id);
        let added =
            comments.iter().filter(|comment| is_new(comment)).filter(|comment| number(comment) > Some(last.comment));
        let added: Vec<Comment> = added.cloned().collect();
        let count = added.len();
        let (all, sources) = if thread_kept {
            (thread.comments.into_iter().chain(added).collect(), thread.sources)
        } else {
            if post_kept && same_comments(&thread.comments, &comments) {
                return Ok((kept(0), last.written));
            }
            (comments, HashMap::new())
        };
        if post_kept && thread_kept && count == 0 {
            return Ok((kept(0), last.written));
        }
        let folder = self.post_folder(&path);
        let document = read_json(&folder.join(POST_FILE))?;
        let old_parts = document.as_ref().map(part_names).unwrap_or_default();
        let written = if thread_kept && count == 0 {
            // The comments are to be the very same bytes, so only `post.json` is written.
            encode_post_alone(site, &Post { thread: before.value.thread, ..post }, document)
        } else {
            let post = if post_kept { before.value } else { post };
            encode_post_files(site, post, all, &sources, document).files
        };
        for (name, text) in &written {
            write_file(&folder.join(name), text.as_bytes())?;
        }
        let names = |name: &str| written.iter().any(|(file, _)| file.ends_with(name));
        remove_parts(&folder.join("comments"), |name| old_parts.iter().any(|old| old == name) || names(name))?;
        let now = self.written(&path)?.unwrap_or(there);
        // The hash of what is kept stays the old one, so that it counts as the owner's next time, too.
        let post = if post_kept { last.written.post } else { now.post };
        let thread = if thread_kept { last.written.thread } else { now.thread };
        Ok((kept(count), Written { post, thread }))
    }
}

/// `post.json` with the thread as it stands in `post`.
fn encode_post_alone(site: &Site, post: &Post, document: Option<Value>) -> Vec<(String, String)> {
    let mut document = document.unwrap_or_default();
    let mut item = document.get("items").and_then(|items| items.as_array()?.first().cloned()).unwrap_or_default();
    static_json::rewrite_post(&mut item, post, site.url.as_deref().unwrap_or_default());
    document.set("items", Value::Array(vec![item]));
    vec![(POST_FILE.to_owned(), document.to_json_pretty())]
}

/// Whether these are the same comments, in whatever order.
fn same_comments(one: &[Comment], other: &[Comment]) -> bool {
    let by_id: HashMap<_, _> = one.iter().map(|comment| (&comment.id, comment)).collect();
    one.len() == other.len()
        && other.iter().all(|comment| by_id.get(&comment.id).is_some_and(|known| **known == *comment))
}

fn number(comment: &Comment) -> Option<u64> {
    comment.id.as_str().parse().ok()
}

/// The first eight bytes of a hash as a number.
fn start(hash: &[u8]) -> u64 {
    hash.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, ContentError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ContentError::file(path, FileError::Io(error))),
    }
}
