//! Something that is fetched: one enum for all that can be said of it.

use crate::fetch_error::FetchError;

/// A value from elsewhere.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Remote<T> {
    /// On its way.
    #[default]
    Loading,
    /// Here.
    Ready(T),
    /// Not to be had, and why.
    Failed(FetchError),
}

impl<T> From<Result<T, FetchError>> for Remote<T> {
    fn from(result: Result<T, FetchError>) -> Self {
        match result {
            Ok(value) => Self::Ready(value),
            Err(error) => Self::Failed(error),
        }
    }
}
