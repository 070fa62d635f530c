//! What can go wrong with a content folder, in words for its owner.

use afterword_adapters::static_json::DecodeError;
use std::fmt;
use std::path::{Path, PathBuf};

/// A content folder, or a file in it, cannot be used.
#[derive(Debug)]
pub enum ContentError {
    /// There is no such folder.
    NoFolder(PathBuf),
    /// The folder has no `site.json`.
    NoSite(PathBuf),
    /// The folder has a blog in it that would be written over.
    NotEmpty(PathBuf),
    /// A file cannot be used.
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        error: FileError,
    },
}

/// What is wrong with one file.
#[derive(Debug)]
pub enum FileError {
    /// It cannot be read or written.
    Io(std::io::Error),
    /// It is not what it should be.
    Decode(DecodeError),
}

impl ContentError {
    pub(crate) fn file(path: &Path, error: FileError) -> Self {
        Self::File { path: path.to_owned(), error }
    }
}

impl fmt::Display for ContentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFolder(path) => write!(f, "there is no folder {}", path.display()),
            Self::NoSite(path) => {
                write!(f, "{} is no content folder: there is no site.json in it", path.display())
            }
            Self::NotEmpty(path) => {
                write!(
                    f,
                    "{} has a blog in it already; choose another folder with --out, or allow --overwrite",
                    path.display()
                )
            }
            Self::File { path, error: FileError::Io(error) } => write!(f, "{}: {error}", path.display()),
            Self::File { path, error: FileError::Decode(error) } => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for ContentError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File { error: FileError::Io(error), .. } => Some(error),
            Self::File { error: FileError::Decode(error), .. } => Some(error),
            Self::NoFolder(_) | Self::NoSite(_) | Self::NotEmpty(_) => None,
        }
    }
}
