//! Compressed copies beside the files, for hosts that serve them.

use crate::content::{ContentError, FileError, write_file};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Pages and data change with every build, so the effort is moderate: level 9 of 11 takes a tenth of the time of level
/// 11 and gives files some percent larger.
const BROTLI_QUALITY: u32 = 9;

/// The window of Brotli, as a power of two: 4 MB, the largest of the common ones.
const BROTLI_WINDOW: u32 = 22;

/// The size of the buffer for compression, in bytes.
const BUFFER_BYTES: usize = 64 * 1024;

/// Smaller files gain nothing, in bytes.
const WORTH_BYTES: usize = 256;

/// Writes a text and its compressed copies.
pub(super) fn write_text(path: &Path, text: &str) -> Result<(), ContentError> {
    write_file(path, text.as_bytes())?;
    write_compressed(path)
}

/// Writes the compressed copies of a file that is there.
pub(super) fn write_compressed(path: &Path) -> Result<(), ContentError> {
    let failed = |error| ContentError::file(path, FileError::Io(error));
    let bytes = std::fs::read(path).map_err(failed)?;
    if bytes.len() < WORTH_BYTES {
        return Ok(());
    }
    let mut brotli = Vec::new();
    brotli::CompressorWriter::new(&mut brotli, BUFFER_BYTES, BROTLI_QUALITY, BROTLI_WINDOW)
        .write_all(&bytes)
        .map_err(failed)?;
    write_file(&with_ending(path, "br"), &brotli)?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(&bytes).map_err(failed)?;
    write_file(&with_ending(path, "gz"), &gzip.finish().map_err(failed)?)
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}
