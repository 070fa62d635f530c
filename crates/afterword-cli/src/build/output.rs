//! The folder that is written: each file with its compressed copies, and a note of its name.

use super::compress::{copies, is_worth_it, with_ending};
use crate::content::{ContentError, FileError, write_changed};
use std::path::{Path, PathBuf};

/// Writes files into the site's folder and remembers their names, so that those of the build before that were not
/// written again can be taken away.
pub(super) struct Output<'a> {
    root: &'a Path,
    compressed: bool,
    /// The names of the files below the root, in the order in which they were written.
    files: Vec<String>,
}

impl<'a> Output<'a> {
    /// Writes below `root`; with compressed copies or without.
    pub(super) fn new(root: &'a Path, compressed: bool) -> Self {
        Self { root, compressed, files: Vec::new() }
    }

    /// The names of the files that were written or found to be the same.
    pub(super) fn into_files(self) -> Vec<String> {
        self.files
    }

    /// Writes a file and its compressed copies. What is the same already is left as it is, and not compressed again.
    pub(super) fn text(&mut self, name: &str, text: &str) -> Result<(), ContentError> {
        self.bytes(name, text.as_bytes())
    }

    fn bytes(&mut self, name: &str, bytes: &[u8]) -> Result<(), ContentError> {
        let path = self.plain(name, bytes)?;
        let [brotli, gzip] = ["br", "gz"].map(|ending| with_ending(&path.path, ending));
        if !self.compressed || !is_worth_it(bytes) {
            // A copy of the version before would be sent in place of this one.
            return [brotli, gzip].iter().try_for_each(|copy| remove(copy));
        }
        if path.changed || !brotli.is_file() || !gzip.is_file() {
            let copies = copies(bytes).map_err(|error| ContentError::file(&path.path, FileError::Io(error)))?;
            write_changed(&brotli, &copies.brotli)?;
            write_changed(&gzip, &copies.gzip)?;
        }
        self.files.extend([format!("{name}.br"), format!("{name}.gz")]);
        Ok(())
    }

    /// Writes a file that needs no compressed copies: a picture, a note for a host.
    pub(super) fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), ContentError> {
        self.plain(name, bytes).map(|_| ())
    }

    /// Copies a file; one of text gets compressed copies.
    pub(super) fn copy(&mut self, from: &Path, name: &str) -> Result<(), ContentError> {
        let bytes = std::fs::read(from).map_err(|error| ContentError::file(from, FileError::Io(error)))?;
        if is_text(name) { self.bytes(name, &bytes) } else { self.file(name, &bytes) }
    }

    /// Notes a file that is there and stays.
    pub(super) fn keep(&mut self, name: String) {
        self.files.push(name);
    }

    /// Where a file is.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    fn plain(&mut self, name: &str, bytes: &[u8]) -> Result<Written, ContentError> {
        let path = self.path(name);
        let changed = write_changed(&path, bytes)?;
        self.files.push(name.to_owned());
        Ok(Written { path, changed })
    }
}

struct Written {
    path: PathBuf,
    changed: bool,
}

/// Whether a file of this name is text that compresses; other media are compressed in themselves.
fn is_text(name: &str) -> bool {
    const ENDINGS: [&str; 10] = ["css", "csv", "html", "js", "json", "mjs", "svg", "txt", "vtt", "xml"];
    name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending.to_ascii_lowercase().as_str()))
}

/// Removes a file if it is there.
pub(super) fn remove(path: &Path) -> Result<(), ContentError> {
    match std::fs::remove_file(path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(ContentError::file(path, FileError::Io(error))),
    }
}
