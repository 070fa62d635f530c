//! What imports have written into a folder, so that the next one knows its own work from the owner's.
//!
//! `.afterword-import.json` has a line for each post: its place, what it is known by in the export, hashes of its files.
//! While an import runs it adds lines to `.afterword-import.journal` instead, before and after each post; a journal that
//! is found was left by an import that was killed, and what it says holds. Both begin with a dot, so that no site has
//! them.

use crate::content::{ContentError, ContentFolder, FileError, Last, Written};
use afterword_adapters::json::{self, Value};
use afterword_core::ids::PostPath;
use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};

const LEDGER_FILE: &str = ".afterword-import.json";
const JOURNAL_FILE: &str = ".afterword-import.journal";

/// The version of both files.
const VERSION: u32 = 1;

/// What is known of one post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// What it is known by in exports, as a hash.
    pub(super) identity: u64,
    /// What was written.
    pub(super) last: Last,
}

/// What imports have written into one folder.
#[derive(Debug)]
pub(super) struct Ledger {
    root: PathBuf,
    /// Whether an import has been here.
    pub(super) is_known: bool,
    posts: HashMap<PostPath, Entry>,
    /// Posts that were being written when an import was killed.
    unfinished: HashSet<PostPath>,
    journal: Option<File>,
}

impl Ledger {
    /// Reads what is known of a folder; nothing, when no import has been there.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub(super) fn read(root: &Path) -> Result<Self, ContentError> {
        let mut ledger = Self {
            root: root.to_owned(),
            is_known: false,
            posts: HashMap::new(),
            unfinished: HashSet::new(),
            journal: None,
        };
        let path = root.join(LEDGER_FILE);
        match File::open(&path) {
            Ok(file) => {
                ledger.is_known = true;
                ledger
                    .take_posts(BufReader::new(file))
                    .map_err(|error| ContentError::file(&path, FileError::Io(error)))?;
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(ContentError::file(&path, FileError::Io(error))),
        }
        let journal = root.join(JOURNAL_FILE);
        match std::fs::read(&journal) {
            Ok(bytes) => {
                ledger.is_known = true;
                ledger.take_journal(&String::from_utf8_lossy(&bytes));
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(ContentError::file(&journal, FileError::Io(error))),
        }
        Ok(ledger)
    }

    /// Takes the posts line by line, as they were written: the file of a blog of 200,000 posts would need 100 MB as a
    /// tree. A line that cannot be read is a post of which nothing is known.
    fn take_posts(&mut self, file: impl BufRead) -> std::io::Result<()> {
        for line in file.lines() {
            let field = format!("{{{}}}", line?.trim_end().trim_end_matches(','));
            let Ok(Value::Object(fields)) = json::parse(field.as_bytes()) else { continue };
            for (path, value) in fields {
                if let (Some(path), Some(entry)) = (PostPath::parse(&path), value.as_str().and_then(read_entry)) {
                    self.posts.insert(path, entry);
                }
            }
        }
        Ok(())
    }

    fn take_journal(&mut self, text: &str) {
        // A last line without its end was being written when the import was killed.
        let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
        for line in whole.lines() {
            let mut words = line.split('\t');
            let (word, path, entry) = (words.next(), words.next().and_then(PostPath::parse), words.next());
            match (word, path, entry.and_then(read_entry)) {
                (Some("begin"), Some(path), _) => {
                    self.unfinished.insert(path);
                }
                (Some("done"), Some(path), Some(entry)) => {
                    self.unfinished.remove(&path);
                    self.posts.insert(path, entry);
                }
                _ => {}
            }
        }
    }

    /// The posts that are known.
    pub(super) fn posts(&self) -> &HashMap<PostPath, Entry> {
        &self.posts
    }

    /// What was written of a post; `None` for one that may be replaced: a new one, or one that an import was killed in.
    pub(super) fn last(&self, path: &PostPath) -> Option<Last> {
        self.posts.get(path).filter(|_| !self.unfinished.contains(path)).map(|entry| entry.last)
    }

    /// Whether this place belongs to imports.
    pub(super) fn has(&self, path: &PostPath) -> bool {
        self.posts.contains_key(path) || self.unfinished.contains(path)
    }

    /// Begins the journal, and removes what a killed import has left half-written.
    ///
    /// # Errors
    /// When something cannot be written.
    pub(super) fn begin(&mut self, folder: &ContentFolder) -> Result<(), ContentError> {
        let path = self.root.join(JOURNAL_FILE);
        let failed = |error| ContentError::file(&path, FileError::Io(error));
        if path.exists() {
            remove_half_written(&self.root)?;
            for path in &self.unfinished {
                let post = folder.post_folder(path);
                remove_half_written(&post)?;
                remove_half_written(&post.join("comments"))?;
            }
        }
        let mut journal = OpenOptions::new().create(true).append(true).open(&path).map_err(failed)?;
        // Ends the line that may have been cut off.
        journal.write_all(format!("\nversion\t{VERSION}\n").as_bytes()).map_err(failed)?;
        self.journal = Some(journal);
        Ok(())
    }

    /// Notes that files of a post are about to be written.
    ///
    /// # Errors
    /// When the journal cannot be written.
    pub(super) fn begin_post(&mut self, path: &PostPath) -> Result<(), ContentError> {
        self.write(&format!("begin\t{path}\n"))
    }

    /// Notes that a post is written.
    ///
    /// # Errors
    /// When the journal cannot be written.
    pub(super) fn end_post(&mut self, path: PostPath, entry: Entry) -> Result<(), ContentError> {
        self.write(&format!("done\t{path}\t{}\n", entry_text(&entry)))?;
        self.unfinished.remove(&path);
        self.posts.insert(path, entry);
        Ok(())
    }

    fn write(&mut self, line: &str) -> Result<(), ContentError> {
        let failed = |error| ContentError::file(&self.root.join(JOURNAL_FILE), FileError::Io(error));
        self.journal.as_mut().map_or(Ok(()), |journal| journal.write_all(line.as_bytes()).map_err(failed))
    }

    /// Puts everything into the one file, and removes the journal.
    ///
    /// # Errors
    /// When something cannot be written.
    pub(super) fn finish(mut self) -> Result<(), ContentError> {
        let mut posts: Vec<(&PostPath, &Entry)> = self.posts.iter().collect();
        posts.sort_by_key(|(path, _)| *path);
        super::stream_file(&self.root.join(LEDGER_FILE), |out| {
            write!(out, "{{\n \"version\": {VERSION},\n \"posts\": {{")?;
            for (index, (path, entry)) in posts.into_iter().enumerate() {
                let comma = if index > 0 { "," } else { "" };
                let path = Value::from(path.to_string()).to_json();
                write!(out, "{comma}\n  {path}: \"{}\"", entry_text(entry))?;
            }
            out.write_all(b"\n }\n}\n")
        })?;
        self.journal = None;
        let journal = self.root.join(JOURNAL_FILE);
        std::fs::remove_file(&journal).map_err(|error| ContentError::file(&journal, FileError::Io(error)))
    }
}

fn entry_text(entry: &Entry) -> String {
    let Entry { identity, last: Last { written: Written { post, thread }, comment } } = entry;
    format!("{identity:016x} {post:016x} {thread:016x} {comment}")
}

fn read_entry(text: &str) -> Option<Entry> {
    let mut words = text.split(' ');
    let mut hash = || u64::from_str_radix(words.next()?, 16).ok();
    let (identity, post, thread) = (hash()?, hash()?, hash()?);
    let comment = words.next()?.parse().ok()?;
    Some(Entry { identity, last: Last { written: Written { post, thread }, comment } })
}

/// Removes files that were being written beside their place: `.name.123.tmp`.
fn remove_half_written(folder: &Path) -> Result<(), ContentError> {
    let failed = |error| ContentError::file(folder, FileError::Io(error));
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        if name.to_str().is_some_and(|name| name.starts_with('.') && name.ends_with(".tmp")) {
            std::fs::remove_file(entry.path()).map_err(failed)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_killed_import_is_taken_up_where_it_was() {
        let root = std::env::temp_dir().join(format!("afterword-ledger-{}", std::process::id()));
        std::fs::create_dir_all(&root).unwrap();
        let _ = std::fs::remove_file(root.join(LEDGER_FILE));
        let folder = ContentFolder::create(&root).unwrap();
        let path = |slug: &str| PostPath::parse(&format!("posts/{slug}/")).unwrap();
        let entry =
            |post| Entry { identity: 7, last: Last { written: Written { post, thread: u64::MAX }, comment: 12 } };
        let mut first = Ledger::read(&root).unwrap();
        assert!(!first.is_known);
        first.begin(&folder).unwrap();
        first.begin_post(&path("a b")).unwrap();
        first.end_post(path("a b"), entry(1)).unwrap();
        first.begin_post(&path("c")).unwrap();
        first.write("done\tposts/c/\t0").unwrap();
        drop(first);
        std::fs::write(root.join(".feed.json.1.tmp"), "half").unwrap();

        let mut second = Ledger::read(&root).unwrap();
        assert!(second.is_known);
        assert_eq!(second.last(&path("a b")), Some(entry(1).last));
        assert_eq!((second.last(&path("c")), second.has(&path("c"))), (None, true));
        second.begin(&folder).unwrap();
        assert!(!root.join(".feed.json.1.tmp").exists());
        second.begin_post(&path("c")).unwrap();
        second.end_post(path("c"), entry(2)).unwrap();
        let known = second.posts().clone();
        second.finish().unwrap();

        let third = Ledger::read(&root).unwrap();
        assert_eq!(third.posts(), &known);
        assert!(!root.join(JOURNAL_FILE).exists());
        std::fs::remove_dir_all(&root).unwrap();
    }
}
