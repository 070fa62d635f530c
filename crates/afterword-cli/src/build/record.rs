//! What the build before wrote, and from what: posts that have not changed are not built again, and files that are no
//! longer written are taken away.
//!
//! The record lies in the site's folder. Without it, or with one that cannot be read, everything is built.

use super::output::remove;
use crate::content::{ContentError, read_json, short_hash};
use afterword_adapters::json::Value;
use afterword_core::time::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

/// The name of the record in the site's folder. Hosts do not show files that begin with a dot, and there is nothing
/// secret in it.
pub(super) const RECORD_FILE: &str = ".afterword-build.json";

/// What was written from one post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PostRecord {
    /// A hash of everything that its files depend on.
    pub(super) key: String,
    /// The files that its comments were read from, below the content folder.
    pub(super) inputs: Vec<String>,
    /// How many comments it has.
    pub(super) count: u32,
    /// When the newest of them appeared.
    pub(super) updated: Option<Timestamp>,
    /// Its files, below the site's folder.
    pub(super) files: Vec<String>,
}

/// What a build wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    /// Posts and pages by their paths.
    pub(super) posts: BTreeMap<String, PostRecord>,
    /// All other files.
    pub(super) files: Vec<String>,
}

impl Record {
    /// Reads the record of the build before; an empty one if there is none.
    pub(super) fn read(root: &Path) -> Self {
        let Ok(Some(document)) = read_json(&root.join(RECORD_FILE)) else { return Self::default() };
        let posts = document.get("posts").and_then(Value::as_object).unwrap_or_default();
        let posts = posts.iter().map(|(path, value)| (path.clone(), decode_post(path, value))).collect();
        Self { posts, files: texts(&document, "files") }
    }

    /// The same files, with no word of what they were made from.
    pub(super) fn without_keys(&self) -> Self {
        let mut record = self.clone();
        record.posts.values_mut().for_each(|post| post.key.clear());
        record
    }

    /// The text of the record.
    pub(super) fn encode(&self) -> String {
        let mut posts = Value::default();
        if let Value::Object(fields) = &mut posts {
            fields.extend(self.posts.iter().map(|(path, post)| (path.clone(), encode_post(path, post))));
        }
        let mut document = Value::default();
        document.set("about", Value::from("what afterword build wrote; without this file it builds everything anew"));
        document.set("posts", posts);
        document.set("files", list(&self.files));
        document.to_json_pretty()
    }

    /// The names of all files.
    pub(super) fn all_files(&self) -> BTreeSet<&str> {
        let of_posts = self.posts.values().flat_map(|post| &post.files);
        of_posts.chain(&self.files).map(String::as_str).collect()
    }

    /// Takes away what the build before wrote and this one did not, and the folders that are empty then.
    pub(super) fn remove_stale(&self, now: &Self, root: &Path) -> Result<(), ContentError> {
        let current = now.all_files();
        for name in self.all_files().into_iter().filter(|name| !current.contains(name) && is_inside(name)) {
            remove(&root.join(name))?;
            let mut folder = Path::new(name).parent();
            while let Some(parent) = folder.filter(|parent| !parent.as_os_str().is_empty()) {
                // A folder with something in it stays, whoever has put it there.
                if std::fs::remove_dir(root.join(parent)).is_err() {
                    break;
                }
                folder = parent.parent();
            }
        }
        Ok(())
    }
}

/// Whether a name leads to a file below the folder. The record is a file like any other: somebody may have edited it.
fn is_inside(name: &str) -> bool {
    !name.is_empty() && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

fn decode_post(path: &str, value: &Value) -> PostRecord {
    let text = |key| value.get(key).and_then(Value::as_str);
    let count = value.get("count").and_then(Value::as_i64).and_then(|count| u32::try_from(count).ok());
    PostRecord {
        key: text("key").unwrap_or_default().to_owned(),
        inputs: texts(value, "inputs"),
        count: count.unwrap_or_default(),
        updated: text("updated").and_then(Timestamp::parse_rfc3339),
        files: texts(value, "files").into_iter().map(|name| format!("{path}{name}")).collect(),
    }
}

fn encode_post(path: &str, post: &PostRecord) -> Value {
    let mut value = Value::default();
    value.set("key", Value::from(post.key.as_str()));
    value.set("count", Value::from(post.count));
    if let Some(updated) = post.updated {
        value.set("updated", Value::from(updated.to_rfc3339()));
    }
    value.set("inputs", list(&post.inputs));
    // All files of a post lie in its folder, and there are many of them.
    let files: Vec<String> = post.files.iter().map(|name| name.strip_prefix(path).unwrap_or(name).to_owned()).collect();
    value.set("files", list(&files));
    value
}

fn texts(value: &Value, key: &str) -> Vec<String> {
    let list = value.get(key).and_then(Value::as_array).unwrap_or_default();
    list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn list(texts: &[String]) -> Value {
    Value::Array(texts.iter().map(|text| Value::from(text.as_str())).collect())
}

/// Many things as one short text that changes with any of them.
pub(super) struct Fingerprint(Sha256);

impl Fingerprint {
    /// Of nothing.
    pub(super) fn new() -> Self {
        Self(Sha256::new())
    }

    /// Adds a thing. Where it ends counts too.
    pub(super) fn add(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    /// Adds a file, or that there is none.
    pub(super) fn add_file(&mut self, path: &Path) -> &mut Self {
        match std::fs::read(path) {
            Ok(bytes) => self.add(b"file").add(&bytes),
            Err(_) => self.add(b"none"),
        }
    }

    /// The short text.
    pub(super) fn finish(self) -> String {
        short_hash(&self.0.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_inside() {
        for (name, inside) in
            [("posts/a/index.html", true), ("", false), ("../x", false), ("/etc/x", false), ("a/../../x", false)]
        {
            assert_eq!(is_inside(name), inside, "{name:?}");
        }
    }

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let root = std::env::temp_dir().join(format!("afterword-record-{}", std::process::id()));
        std::fs::create_dir_all(&root).unwrap();
        let post = PostRecord {
            key: "k".to_owned(),
            inputs: vec!["posts/a/comments.json".to_owned()],
            count: 3,
            updated: Timestamp::from_millis(1_000),
            files: vec!["posts/a/index.html".to_owned()],
        };
        let posts = BTreeMap::from([("posts/a/".to_owned(), post)]);
        let record = Record { posts, files: vec!["index.html".to_owned()] };
        std::fs::write(root.join(RECORD_FILE), record.encode()).unwrap();
        let read = Record::read(&root);
        std::fs::write(root.join(RECORD_FILE), "{").unwrap();
        let damaged = Record::read(&root);
        std::fs::remove_dir_all(&root).unwrap();
        assert_eq!(read, record);
        assert_eq!(damaged, Record::default());
    }
}
