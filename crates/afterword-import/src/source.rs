//! The file as a stream of sound UTF-8, with the line that has been reached.
//!
//! Exports are UTF-8, but years of moved databases leave bytes in them that are none. A byte that is no UTF-8 is read as
//! Windows-1252 as long as the file has shown no letter beyond ASCII in UTF-8 (then the file is most likely in
//! Windows-1252 altogether), else it becomes U+FFFD.

use std::io::{self, BufRead, Read};

/// How much is recoded at a time.
const CHUNK_BYTES: usize = 64 * 1024;

/// Longest single tag or text: a quarter of a shelf of books. It keeps a file with one unclosed mark from filling the
/// memory.
pub(crate) const EVENT_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// Windows-1252 from 0x80 to 0x9F; the five places that it leaves open become U+FFFD.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}', '\u{fffd}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
];

/// What the first bytes of a file say about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    /// Declared, or not declared otherwise.
    Utf8,
    /// Declared as Latin-1 or Windows-1252, which browsers and everybody else treat alike.
    Windows1252,
}

/// A reader that hands out UTF-8 and counts lines.
pub(crate) struct Source<R> {
    inner: R,
    encoding: Encoding,
    begun: bool,
    ended: bool,
    raw: Vec<u8>,
    text: Vec<u8>,
    at: usize,
    line: u64,
    offset: u64,
    since_event: u64,
    mended: u64,
    wide_seen: bool,
}

impl<R: BufRead> Source<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self {
            inner,
            encoding: Encoding::Utf8,
            begun: false,
            ended: false,
            raw: Vec::new(),
            text: Vec::new(),
            at: 0,
            line: 1,
            offset: 0,
            since_event: 0,
            mended: 0,
            wide_seen: false,
        }
    }

    /// The line that has been reached, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// How many bytes have been read, counted in UTF-8.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// How many bytes were no UTF-8.
    pub(crate) fn mended(&self) -> u64 {
        self.mended
    }

    /// Whether the piece that is being read has passed [`EVENT_BYTES_MAX`].
    pub(crate) fn too_long(&self) -> bool {
        self.since_event > EVENT_BYTES_MAX
    }

    /// A new tag or text begins.
    pub(crate) fn begin_event(&mut self) {
        self.since_event = 0;
    }

    fn refill(&mut self) -> io::Result<()> {
        self.text.clear();
        self.at = 0;
        while self.text.is_empty() && !self.ended {
            let taken = self.inner.by_ref().take(CHUNK_BYTES as u64).read_to_end(&mut self.raw)?;
            self.ended = taken == 0;
            if !self.begun {
                self.begun = true;
                self.encoding = declared(&self.raw);
            }
            self.recode();
        }
        Ok(())
    }

    /// Moves what is in `raw` to `text`; a character that is cut off at the end waits for the next chunk.
    fn recode(&mut self) {
        let mut rest = self.raw.as_slice();
        loop {
            let (valid, bad) = match self.encoding {
                Encoding::Windows1252 => {
                    let ascii = rest.iter().take_while(|byte| byte.is_ascii()).count();
                    (ascii, usize::from(ascii < rest.len()))
                }
                Encoding::Utf8 => match std::str::from_utf8(rest) {
                    Ok(_) => (rest.len(), 0),
                    Err(error) => match error.error_len() {
                        Some(len) => (error.valid_up_to(), len),
                        None if self.ended => (error.valid_up_to(), rest.len() - error.valid_up_to()),
                        None => (error.valid_up_to(), 0),
                    },
                },
            };
            self.text.extend_from_slice(&rest[..valid]);
            self.wide_seen |= !rest[..valid].is_ascii();
            for byte in &rest[valid..valid + bad] {
                let read_as_latin = self.encoding == Encoding::Windows1252 || !self.wide_seen;
                let c = if read_as_latin { windows_1252(*byte) } else { '\u{fffd}' };
                self.text.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                self.mended += u64::from(self.encoding == Encoding::Utf8);
            }
            rest = &rest[valid + bad..];
            if bad == 0 {
                break;
            }
        }
        let left = rest.len();
        let done = self.raw.len() - left;
        self.raw.drain(..done);
    }
}

impl<R: BufRead> Read for Source<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let from = self.fill_buf()?;
        let len = from.len().min(out.len());
        out[..len].copy_from_slice(&from[..len]);
        self.consume(len);
        Ok(len)
    }
}

impl<R: BufRead> BufRead for Source<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.too_long() {
            return Err(io::Error::other("too long"));
        }
        if self.at == self.text.len() && !self.ended {
            self.refill()?;
        }
        Ok(&self.text[self.at..])
    }

    fn consume(&mut self, len: usize) {
        let taken = &self.text[self.at..self.at + len];
        self.line += taken.iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
        self.offset += len as u64;
        self.since_event += len as u64;
        self.at += len;
    }
}

fn declared(start: &[u8]) -> Encoding {
    let end = start.iter().position(|byte| *byte == b'>').unwrap_or(0);
    let declaration = String::from_utf8_lossy(&start[..end.min(200)]).to_ascii_lowercase();
    let latin = ["iso-8859-1", "iso-8859-15", "latin1", "windows-1252", "cp1252"];
    if declaration.contains("<?xml") && latin.iter().any(|name| declaration.contains(name)) {
        Encoding::Windows1252
    } else {
        Encoding::Utf8
    }
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str, mended: u64) {
        let mut source = Source::new(bytes);
        let mut text = Vec::new();
        source.read_to_end(&mut text).unwrap();
        assert_eq!(String::from_utf8(text).unwrap(), expected);
        assert_eq!(source.mended(), mended);
        assert_eq!(source.line(), 1 + expected.matches('\n').count() as u64);
        assert_eq!(source.offset(), expected.len() as u64);
    }

    #[test]
    fn sound_text_passes() {
        check("grüße\n🎈\n".as_bytes(), "grüße\n🎈\n", 0);
        check(b"", "", 0);
    }

    #[test]
    fn a_character_across_two_chunks_stays_whole() {
        let text = format!("x{}", "é".repeat(CHUNK_BYTES));
        check(text.as_bytes(), &text, 0);
    }

    #[test]
    fn bytes_of_windows_1252_are_read_as_such() {
        check(b"caf\xe9 \x93q\x94", "café “q”", 3);
        check(
            b"<?xml version='1.0' encoding='ISO-8859-1'?>\xc3\xa9",
            "<?xml version='1.0' encoding='ISO-8859-1'?>Ã©",
            0,
        );
    }

    #[test]
    fn a_broken_character_among_sound_ones_is_marked() {
        check(b"\xc3\xa9 \xff \xc3", "é \u{fffd} \u{fffd}", 2);
    }
}
