//! `--media`: files of the old blog are fetched and laid beside their posts.

use super::progress::Progress;
use crate::content::{ContentError, FileError};
use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;
use ureq::Agent;

/// Longest file that is fetched, in bytes: a short film. Hosts of static sites take files of 25 to 100 MB.
pub const MEDIA_BYTES_MAX: u64 = 100 * 1024 * 1024;

/// How often a file is asked for. Old hosts are slow and small.
const TRIES: u32 = 3;

/// How long a host may take to answer, and then for a whole file.
const ANSWER_TIME: Duration = Duration::from_secs(30);
const FILE_TIME: Duration = Duration::from_secs(600);

/// After so many files in a row without any answer a host is gone, and is not asked for the other ten thousand.
const HOST_FAILURES_MAX: u32 = 5;

/// Why a file was not fetched.
#[derive(Debug)]
pub(super) enum FetchFailure {
    /// No answer, or one that broke off; in the words of the connection.
    Unreachable(String),
    /// The host has not answered for some time, so it was not asked.
    HostGone,
    /// Another status than 200.
    Status(u16),
    /// Something other than a picture, sound, film or PDF.
    Type(String),
    /// Longer than [`MEDIA_BYTES_MAX`].
    TooLong,
}

impl fmt::Display for FetchFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(words) => f.write_str(words),
            Self::HostGone => f.write_str("its host did not answer several times before, and was not asked again"),
            Self::Status(status) => write!(f, "the host answered {status}"),
            Self::Type(kind) => write!(f, "the host sent {kind}"),
            Self::TooLong => write!(f, "it is longer than {} MB", MEDIA_BYTES_MAX / 1024 / 1024),
        }
    }
}

/// Fetches files, one at a time, as a polite guest.
pub(super) struct Fetcher {
    agent: Agent,
    /// Files in a row that got no answer, by host.
    failures: HashMap<String, u32>,
    /// How long the first wait before another try is; each further one is twice as long.
    pause: Duration,
    progress: Progress,
}

impl Fetcher {
    pub(super) fn new(pause: Duration, progress: Progress) -> Self {
        let config = Agent::config_builder()
            .timeout_connect(Some(ANSWER_TIME))
            .timeout_recv_response(Some(ANSWER_TIME))
            .timeout_global(Some(FILE_TIME))
            .http_status_as_error(false)
            .user_agent(concat!("afterword/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { agent: config.into(), failures: HashMap::new(), pause, progress }
    }

    /// Fetches a file to this place; one that is there is not fetched again. The inner failure is to be told, and the
    /// file is then not there.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(super) fn fetch(&mut self, url: &str, to: &Path) -> Result<Result<(), FetchFailure>, ContentError> {
        if to.is_file() {
            return Ok(Ok(()));
        }
        let host = url.split('/').nth(2).unwrap_or_default().to_owned();
        if self.failures.get(&host).is_some_and(|count| *count >= HOST_FAILURES_MAX) {
            return Ok(Err(FetchFailure::HostGone));
        }
        let mut pause = self.pause;
        let mut tries = 0;
        let fetched = loop {
            tries += 1;
            let fetched = self.fetch_once(url, to)?;
            let again = match &fetched {
                Err(FetchFailure::Unreachable(_)) => true,
                Err(FetchFailure::Status(status)) => *status == 429 || *status >= 500,
                Err(FetchFailure::Type(_) | FetchFailure::TooLong | FetchFailure::HostGone) | Ok(()) => false,
            };
            if !again || tries == TRIES {
                break fetched;
            }
            std::thread::sleep(pause);
            pause *= 2;
        };
        match &fetched {
            Err(FetchFailure::Unreachable(_)) => *self.failures.entry(host).or_default() += 1,
            Ok(()) | Err(_) => {
                self.failures.remove(&host);
            }
        }
        self.progress.count_file();
        Ok(fetched)
    }

    fn fetch_once(&self, url: &str, to: &Path) -> Result<Result<(), FetchFailure>, ContentError> {
        let unreachable = |error: &dyn fmt::Display| Ok(Err(FetchFailure::Unreachable(error.to_string())));
        let mut response = match self.agent.get(url).call() {
            Ok(response) => response,
            Err(error) => return unreachable(&error),
        };
        if response.status().as_u16() != 200 {
            return Ok(Err(FetchFailure::Status(response.status().as_u16())));
        }
        let kind = response.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !is_media(kind) {
            let kind = kind.split(';').next().filter(|kind| !kind.is_empty()).unwrap_or("something without a type");
            return Ok(Err(FetchFailure::Type(kind.to_owned())));
        }
        let mut body = response.body_mut().with_config().limit(MEDIA_BYTES_MAX + 1).reader();
        write_whole(&mut body, to)
    }
}

/// Writes a file beside its place and moves it there once it is whole.
fn write_whole(body: &mut impl Read, to: &Path) -> Result<Result<(), FetchFailure>, ContentError> {
    let failed = |error| ContentError::file(to, FileError::Io(error));
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let name = to.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let beside = to.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written = copy(body, &beside);
    match written {
        Ok(Ok(())) => std::fs::rename(&beside, to).map(Ok).map_err(failed),
        Ok(Err(failure)) => {
            // A left-over is no more than untidy.
            let _ = std::fs::remove_file(&beside);
            Ok(Err(failure))
        }
        Err(error) => {
            let _ = std::fs::remove_file(&beside);
            Err(failed(error))
        }
    }
}

/// Copies up to the bound. Errors of the file are the outer ones, those of the connection the inner.
fn copy(body: &mut impl Read, to: &Path) -> io::Result<Result<(), FetchFailure>> {
    let mut file = File::create(to)?;
    let mut piece = vec![0; 64 * 1024];
    let mut len = 0;
    loop {
        let read = match body.read(&mut piece) {
            Ok(0) => return Ok(Ok(())),
            Ok(read) => read,
            Err(_) if len > MEDIA_BYTES_MAX => return Ok(Err(FetchFailure::TooLong)),
            Err(error) => return Ok(Err(FetchFailure::Unreachable(error.to_string()))),
        };
        len += read as u64;
        if len > MEDIA_BYTES_MAX {
            return Ok(Err(FetchFailure::TooLong));
        }
        io::Write::write_all(&mut file, &piece[..read])?;
    }
}

/// Whether a type is one of those that lie beside posts. Servers that do not know a type say `octet-stream`; the name
/// tells it then. No SVG: it can hold scripts, which would run with the rights of the site.
fn is_media(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let family = ["image/", "audio/", "video/"].iter().any(|family| kind.starts_with(family));
    let other = ["application/pdf", "application/ogg", "application/octet-stream"].contains(&kind.as_str());
    (family || other) && !kind.starts_with("image/svg")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_that_may_lie_beside_a_post() {
        for (kind, expected) in [
            ("image/jpeg", true),
            ("Image/PNG; charset=binary", true),
            ("application/pdf", true),
            ("video/mp4", true),
            ("text/html; charset=utf-8", false),
            ("image/svg+xml", false),
            ("", false),
        ] {
            assert_eq!(is_media(kind), expected, "{kind}");
        }
    }

    #[test]
    fn a_file_beyond_the_bound_is_not_kept() {
        let to = std::env::temp_dir().join(format!("afterword-long-{}.bin", std::process::id()));
        let written = write_whole(&mut io::repeat(7), &to).unwrap();
        assert!(matches!(written, Err(FetchFailure::TooLong)), "{written:?}");
        assert!(!to.exists());
        let written = write_whole(&mut io::repeat(7).take(10), &to).unwrap();
        assert!(written.is_ok());
        assert_eq!(std::fs::read(&to).unwrap(), [7; 10]);
        std::fs::remove_file(&to).unwrap();
    }
}
