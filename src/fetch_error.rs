//! Why something could not be fetched, and in which words a reader is told.

use crate::texts::{Key, text, with_number};
use afterword_adapters::static_json::DecodeError;

/// Why a file is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// The browser has no connection.
    Offline,
    /// The server did not answer, or its answer is not for us (CORS, a blocked request): a browser does not tell which.
    Unreachable,
    /// Nothing came for [`STALL_MILLIS`].
    TimedOut,
    /// An answer with a status that is no success.
    Status(u16),
    /// The part of the app that would read the answer did not come.
    PartMissing,
    /// An answer that is not what it should be.
    Decode(DecodeError),
}

/// How long a server may send nothing before we give up, in milliseconds. The whole may take longer: long threads come
/// slowly over a bad line, but they come.
pub const STALL_MILLIS: i32 = 15_000;

impl From<DecodeError> for FetchError {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

impl FetchError {
    /// The reason as a part of a sentence, with its full stop.
    pub fn why(&self) -> String {
        let key = match self {
            Self::Offline => Key::WhyOffline,
            Self::Unreachable => Key::WhyUnreachable,
            Self::PartMissing => Key::WhyPartMissing,
            Self::TimedOut => Key::WhyTimedOut,
            Self::Status(404 | 410) => Key::WhyNotFound,
            Self::Status(status) => return with_number(Key::WhyStatus, u32::from(*status)),
            Self::Decode(DecodeError::Html) => Key::WhyHtml,
            Self::Decode(DecodeError::Empty) => Key::WhyEmpty,
            Self::Decode(DecodeError::CutOff { .. }) => Key::WhyCutOff,
            Self::Decode(DecodeError::NotJson { .. }) => Key::WhyNotJson,
            Self::Decode(DecodeError::WrongRoot { .. } | DecodeError::NoItems | DecodeError::TooDeep { .. }) => {
                Key::WhyWrongRoot
            }
        };
        text(key).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_is_told_in_words() {
        for (error, part) in [
            (FetchError::Offline, "no connection"),
            (FetchError::Status(404), "does not have it"),
            (FetchError::Status(503), "error 503"),
            (FetchError::Decode(DecodeError::Html), "web page"),
        ] {
            assert!(error.why().contains(part) && error.why().ends_with('.'), "{error:?}");
        }
    }
}
