//! Compressed copies beside the files, for hosts that serve them.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Most of the time of a build goes here. Measured on pages, comments and feeds of 50 comments: level 6 of 11 takes half
/// the time of level 9 and gives files 0.6 % larger; level 11 takes forty times as long and gives files 9 % smaller.
const BROTLI_QUALITY: u32 = 6;

/// The window of Brotli, as a power of two: 4 MB, the largest of the common ones.
const BROTLI_WINDOW: u32 = 22;

/// The size of the buffer for compression, in bytes.
const BUFFER_BYTES: usize = 64 * 1024;

/// Smaller files gain nothing, in bytes.
const WORTH_BYTES: usize = 256;

/// A file, compressed in two ways.
pub(super) struct Copies {
    pub(super) brotli: Vec<u8>,
    pub(super) gzip: Vec<u8>,
}

/// Whether a file of this size is compressed.
pub(super) fn is_worth_it(bytes: &[u8]) -> bool {
    bytes.len() >= WORTH_BYTES
}

/// Compresses a file. The same bytes give the same copies.
pub(super) fn copies(bytes: &[u8]) -> std::io::Result<Copies> {
    let mut brotli = Vec::new();
    brotli::CompressorWriter::new(&mut brotli, BUFFER_BYTES, BROTLI_QUALITY, BROTLI_WINDOW).write_all(bytes)?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bytes)?;
    Ok(Copies { brotli, gzip: gzip.finish()? })
}

/// The name of a copy: `index.html.br`.
pub(super) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}
