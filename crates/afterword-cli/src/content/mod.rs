//! A content folder: the files of `docs/format.md` on a disk.
//!
//! Reading goes through the static adapter, so that the program and the browser see the same. Writing is atomic: a file
//! is written beside its place and moved there, and a file that would not change is not touched.

mod add;
mod error;
mod merge;
mod read;
mod write;

pub(crate) use add::would_lose;
pub use error::{ContentError, FileError};
pub use merge::Kept;
pub(crate) use merge::{Last, Merged, Standing, Written};
pub use read::PostEntry;
pub(crate) use read::percent_decoded;
pub use write::{FEED_POSTS, FIRST_PART_COMMENTS, NEWEST_COMMENTS, PART_COMMENTS, write_file};
pub(crate) use write::{encode_post_files, is_part_name, part_names, read_json, short_hash, write_changed};

use afterword_core::ids::{PostKind, PostPath};
use std::path::{Path, PathBuf};

/// The site's own file.
pub(crate) const SITE_FILE: &str = "site.json";
/// A post.
pub(crate) const POST_FILE: &str = "post.json";
/// Its newest comments, or all of them.
const COMMENTS_FILE: &str = "comments.json";
/// The first page of the list of posts.
const FEED_FILE: &str = "feed.json";

/// A folder with `site.json`, `feed.json` and `posts/` in it.
#[derive(Clone, Debug)]
pub struct ContentFolder {
    root: PathBuf,
}

impl ContentFolder {
    /// Opens a folder that is there.
    ///
    /// # Errors
    /// When it is no folder, or has no `site.json` in it.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self, ContentError> {
        let root = root.into();
        if !root.is_dir() {
            return Err(ContentError::NoFolder(root));
        }
        if !root.join(SITE_FILE).is_file() {
            return Err(ContentError::NoSite(root));
        }
        Ok(Self { root })
    }

    /// Makes a folder for writing, with its parents. One that is there already is used as it is.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn create(root: impl Into<PathBuf>) -> Result<Self, ContentError> {
        let root = root.into();
        std::fs::create_dir_all(&root).map_err(|source| ContentError::file(&root, FileError::Io(source)))?;
        Ok(Self { root })
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether there is a blog in it.
    pub fn is_blog(&self) -> bool {
        self.root.join(SITE_FILE).exists() || self.root.join(PostKind::Post.folder()).exists()
    }

    /// The folder of a post.
    pub fn post_folder(&self, path: &PostPath) -> PathBuf {
        self.root.join(path.kind.folder()).join(path.slug.as_str())
    }

    /// The file of the post itself.
    pub(crate) fn post_file(&self, path: &PostPath) -> PathBuf {
        self.post_folder(path).join(POST_FILE)
    }
}
