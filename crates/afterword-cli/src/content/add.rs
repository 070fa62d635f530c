//! Adding one comment to a thread, with everything else left as it is.

use super::write::remove_parts;
use super::{ContentError, ContentFolder, FEED_FILE, encode_post_files, part_names, read_json, write_file};
use afterword_adapters::json::Value;
use afterword_adapters::static_json;
use afterword_core::ids::PostPath;
use afterword_core::model::{Comment, Post, Site, Warning, WarningKind};

impl ContentFolder {
    /// Writes a post's thread with one more comment: its files, `post.json`, and what the feed says of it. Fields of
    /// others are kept.
    ///
    /// # Errors
    /// When something cannot be read or written; each file is then as before or as it should be.
    pub(crate) fn add_comment(&self, site: &Site, post: Post, comment: Comment) -> Result<(), ContentError> {
        let path = post.path();
        let folder = self.post_folder(&path);
        let thread = self.read_thread(&post, site.url.as_deref(), true);
        if let Some(error) = thread.errors.into_iter().next() {
            return Err(error);
        }
        let before = read_json(&self.post_file(&path))?;
        let old_parts = before.as_ref().map(part_names).unwrap_or_default();
        let comments = thread.comments.into_iter().chain([comment]).collect();
        let written = encode_post_files(site, post, comments, &thread.sources, before);
        for (name, text) in &written.files {
            write_file(&folder.join(name), text.as_bytes())?;
        }
        let is_new = |name: &str| written.files.iter().any(|(file, _)| file.ends_with(name));
        remove_parts(&folder.join("comments"), |name| old_parts.iter().any(|old| old == name) || is_new(name))?;
        self.count_in_feed(&path, &written.post)
    }

    /// Brings the number of comments and the date of the last one up to date where the feed lists a post. Nothing else
    /// of the feed is changed; a folder without one has none to bring up to date.
    fn count_in_feed(&self, path: &PostPath, post: &Post) -> Result<(), ContentError> {
        let address = static_json::encode_path(path);
        let mut name = FEED_FILE.to_owned();
        for page in 2.. {
            let file = self.root().join(&name);
            let Some(mut document) = read_json(&file)? else { return Ok(()) };
            let mut items = match document.get("items") {
                Some(Value::Array(items)) => items.clone(),
                Some(_) | None => return Ok(()),
            };
            let is_it = |item: &&mut Value| {
                let url = item.get("url").or_else(|| item.get("id")).and_then(Value::as_str);
                url.is_some_and(|url| {
                    url.strip_suffix(&address).is_some_and(|before| before.is_empty() || before.ends_with('/'))
                })
            };
            if let Some(item) = items.iter_mut().find(is_it) {
                let mut thread = item.get("_thread").cloned().unwrap_or_default();
                thread.set("count", Value::from(post.thread.count));
                if let Some(updated) = post.thread.updated {
                    thread.set("updated", Value::from(updated.to_rfc3339()));
                }
                item.set("_thread", thread);
                document.set("items", Value::Array(items));
                return write_file(&file, document.to_json_pretty().as_bytes());
            }
            name = format!("feed-{page}.json");
        }
        Ok(())
    }
}

/// The first warning of a thread that tells of something which would be lost if its files were written again.
pub(crate) fn would_lose(warnings: &[Warning]) -> Option<&Warning> {
    warnings.iter().find(|warning| match warning.kind {
        WarningKind::IdMissing | WarningKind::IdDuplicate | WarningKind::BodyMissing => false,
        WarningKind::ItemUnreadable
        | WarningKind::CutOff
        | WarningKind::WrongType
        | WarningKind::DateInvalid
        | WarningKind::UrlRefused
        | WarningKind::PageLoop
        | WarningKind::TooManyPages
        | WarningKind::TooLong
        | WarningKind::TextMended
        | WarningKind::MoreNotListed => true,
    })
}
