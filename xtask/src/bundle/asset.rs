//! Files with their hash in their name, and their compressed forms beside them.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use anyhow::{Result, anyhow};

use super::Mode;
use crate::bytes;

/// A file below `assets/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asset {
    /// Its address, relative to the site's base: `assets/…`.
    pub(crate) file: String,
    /// The value of an `integrity` attribute.
    pub(crate) integrity: String,
}

impl Asset {
    /// The name without the folder: how assets address each other.
    pub(crate) fn name(&self) -> &str {
        self.file.rsplit('/').next().unwrap_or(&self.file)
    }
}

/// The folder `assets/` while it is filled. Compression runs beside the other work.
pub(super) struct AssetFolder {
    folder: PathBuf,
    mode: Mode,
    compressing: Vec<JoinHandle<Result<()>>>,
}

impl AssetFolder {
    /// Makes the folder below `out`.
    pub(super) fn create(out: &Path, mode: Mode) -> Result<Self> {
        let folder = out.join("assets");
        fs::create_dir_all(&folder)?;
        Ok(Self { folder, mode, compressing: Vec::new() })
    }

    /// Writes `bytes` as `<stem>-<hash>.<extension>`.
    pub(super) fn add(&mut self, stem: &str, extension: &str, bytes: &[u8]) -> Result<Asset> {
        let name = format!("{stem}-{}.{extension}", bytes::name_hash(bytes));
        fs::write(self.folder.join(&name), bytes)?;
        if self.mode == Mode::Release {
            let (path, bytes) = (self.folder.join(&name), bytes.to_vec());
            self.compressing.push(std::thread::spawn(move || compress(&path, &bytes)));
        }
        Ok(Asset { file: format!("assets/{name}"), integrity: bytes::integrity(bytes) })
    }

    /// Waits until all is written.
    pub(super) fn finish(self) -> Result<()> {
        for job in self.compressing {
            job.join().map_err(|_| anyhow!("compressing an asset went wrong"))??;
        }
        Ok(())
    }
}

fn compress(path: &Path, bytes: &[u8]) -> Result<()> {
    let beside = |extension: &str| PathBuf::from(format!("{}.{extension}", path.display()));
    fs::write(beside("br"), bytes::brotli(bytes)?)?;
    fs::write(beside("gz"), bytes::gzip(bytes)?)?;
    Ok(())
}
