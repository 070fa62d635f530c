//! How far an import is, on a terminal: one line that is written over and over.

use std::cell::RefCell;
use std::io::{self, BufRead, IsTerminal, Read, Write};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// How often the line changes: often enough to look alive, seldom enough to cost nothing.
const INTERVAL: Duration = Duration::from_millis(200);

const MEGABYTE: f64 = 1_000_000.0;

/// The line. Clones write the same one.
#[derive(Clone)]
pub(super) struct Progress(Option<Rc<RefCell<Line>>>);

struct Line {
    out: Box<dyn Write>,
    step: &'static str,
    total: u64,
    read: u64,
    posts: u64,
    files: u64,
    shown: Option<Instant>,
}

impl Progress {
    /// Writes to standard error, if that is a terminal; else nowhere. `total` is the length of the file in bytes.
    pub(super) fn on_terminal(total: u64) -> Self {
        if !io::stderr().is_terminal() {
            return Self(None);
        }
        Self::to(Box::new(io::stderr()), total)
    }

    fn to(out: Box<dyn Write>, total: u64) -> Self {
        Self(Some(Rc::new(RefCell::new(Line { out, step: "", total, read: 0, posts: 0, files: 0, shown: None }))))
    }

    /// A reader that moves the line. It begins another step, from the start of the file.
    pub(super) fn watch<R>(&self, inner: R, step: &'static str) -> Watched<R> {
        if let Some(line) = &self.0 {
            let mut line = line.borrow_mut();
            (line.step, line.read, line.posts, line.shown) = (step, 0, 0, None);
        }
        Watched { inner, progress: self.clone() }
    }

    /// One more post is written.
    pub(super) fn count_post(&self) {
        if let Some(line) = &self.0 {
            line.borrow_mut().posts += 1;
        }
    }

    /// One more file was asked for.
    pub(super) fn count_file(&self) {
        if let Some(line) = &self.0 {
            let mut line = line.borrow_mut();
            line.files += 1;
            line.show_sometimes();
        }
    }

    fn add(&self, bytes: usize) {
        if let Some(line) = &self.0 {
            let mut line = line.borrow_mut();
            line.read += bytes as u64;
            line.show_sometimes();
        }
    }

    /// Wipes the line out.
    pub(super) fn finish(&self) {
        if let Some(line) = &self.0 {
            // A terminal that has gone away is no reason to stop.
            let _ = line.borrow_mut().out.write_all(b"\r\x1b[K");
        }
    }
}

impl Line {
    fn show_sometimes(&mut self) {
        if self.shown.is_none_or(|shown| shown.elapsed() >= INTERVAL) {
            self.shown = Some(Instant::now());
            self.show();
        }
    }

    fn show(&mut self) {
        #[allow(clippy::cast_precision_loss, reason = "a percentage needs no more digits than a float has")]
        let (read, total) = (self.read as f64, self.total.max(1) as f64);
        let posts = if self.posts > 0 { format!(", {} posts", self.posts) } else { String::new() };
        let files = if self.files > 0 { format!(", {} files", self.files) } else { String::new() };
        let percent = (read / total * 100.0).min(100.0);
        let text = format!("\r{} {percent:3.0} % of {:.1} MB{posts}{files}\x1b[K", self.step, total / MEGABYTE);
        let _ = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
    }
}

/// A reader whose bytes are counted.
pub(super) struct Watched<R> {
    inner: R,
    progress: Progress,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let len = self.inner.read(out)?;
        self.progress.add(len);
        Ok(len)
    }
}

impl<R: BufRead> BufRead for Watched<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, len: usize) {
        self.inner.consume(len);
        self.progress.add(len);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Default)]
    struct Shared(Rc<RefCell<Vec<u8>>>);

    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn the_line_tells_step_and_share() {
        let out = Shared::default();
        let progress = Progress::to(Box::new(out.clone()), 4_000_000);
        let mut reader = progress.watch(&[0_u8; 1_000_000][..], "Reading");
        reader.read_exact(&mut [0; 1_000_000]).unwrap();
        progress.finish();
        assert_eq!(String::from_utf8_lossy(&out.0.borrow()), "\rReading  25 % of 4.0 MB\u{1b}[K\r\u{1b}[K");
    }
}
