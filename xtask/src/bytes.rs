//! Facts about a file's bytes: hash for its name, integrity for the page, compressed forms for the host.

use std::io::Write;

use anyhow::Result;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// Hex digits of the content hash in a file name: 48 bits tell all builds of one site apart.
const NAME_HASH_DIGITS: usize = 12;
/// The strongest setting of each format: assets are compressed once and served often.
const BROTLI_QUALITY: u32 = 11;
const BROTLI_WINDOW_BITS: u32 = 22;

/// A short hash for a file's name: the first digits of what [`integrity`] says in full, so that who knows that knows the
/// name.
pub(crate) fn name_hash(bytes: &[u8]) -> String {
    let mut hex: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    hex.truncate(NAME_HASH_DIGITS);
    hex
}

/// One hash over several pieces, told apart by their lengths.
pub(crate) fn fingerprint<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for piece in pieces {
        hash.update((piece.len() as u64).to_le_bytes());
        hash.update(piece);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The value of an `integrity` attribute. SHA-256, not a longer one: no hash can be compressed, and the script that
/// starts the app names some forty files.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

/// `bytes` as `.br`.
pub(crate) fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 1 << 16, BROTLI_QUALITY, BROTLI_WINDOW_BITS);
    writer.write_all(bytes)?;
    writer.flush()?;
    drop(writer);
    Ok(packed)
}

/// `bytes` as `.gz`, with no time in it, so that equal input gives equal files.
pub(crate) fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes)?;
    Ok(writer.finish()?)
}

#[cfg(test)]
mod tests {
    use super::{brotli, fingerprint, gzip, integrity, name_hash};

    #[test]
    fn integrity_is_what_browsers_compute() {
        // The SHA-256 of no bytes, as published with the algorithm.
        assert_eq!(integrity(b""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn names_are_short_and_pieces_are_told_apart() {
        assert_eq!(name_hash(b"a").len(), 12);
        assert_ne!(fingerprint([b"ab".as_slice(), b"c"]), fingerprint([b"a".as_slice(), b"bc"]));
    }

    #[test]
    fn compressed_forms_are_smaller_and_the_same_each_time() {
        let text = "the same words again, ".repeat(200).into_bytes();
        assert!(brotli(&text).unwrap().len() < gzip(&text).unwrap().len());
        assert!(gzip(&text).unwrap().len() < text.len());
        assert_eq!(gzip(&text).unwrap(), gzip(&text).unwrap());
    }
}
