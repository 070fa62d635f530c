//! What lies in a folder.

use crate::content::{ContentError, FileError};
use std::path::{Path, PathBuf};

/// All files below some of a folder's entries, as names below it, in order. `is_wanted` is asked for the entries of the
/// folder itself.
pub(super) fn files_below(folder: &Path, is_wanted: impl Fn(&str) -> bool) -> Result<Vec<String>, ContentError> {
    let mut names = Vec::new();
    let mut folders: Vec<(PathBuf, String)> = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        let failed = |error| ContentError::file(&folder, FileError::Io(error));
        for entry in std::fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            // A name that is no text cannot be in an address.
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
            if name.starts_with('.') || prefix.is_empty() && !is_wanted(&name) {
                continue;
            }
            let name = format!("{prefix}{name}");
            // Links to folders are not followed: they may lead in circles.
            if entry.file_type().map_err(failed)?.is_dir() {
                folders.push((entry.path(), format!("{name}/")));
            } else if entry.path().is_file() {
                names.push(name);
            }
        }
    }
    names.sort();
    Ok(names)
}
