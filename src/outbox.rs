//! Letters on their way: the browser's side of `afterword_core::outbox`. What becomes of a letter is decided there; here
//! its entry is kept on disk, requests go out, clocks ring, and all tabs are told.
//!
//! An outbox belongs to the site and not to a page: what was sent on one post goes on while the reader visits another.

#[cfg(feature = "browser")]
mod disk;
#[cfg(feature = "browser")]
mod errand;
#[cfg(feature = "browser")]
mod handle;
#[cfg(feature = "browser")]
mod rounds;
pub mod words;

#[cfg(feature = "browser")]
pub use handle::{News, Outbox};
