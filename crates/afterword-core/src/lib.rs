//! The pure core: what a post, a comment, a thread and a row are, and how one becomes the other.
//!
//! There is no IO here, no clock, no randomness and no browser: time is an argument, and the same input gives the
//! same output natively and in WebAssembly. Start with [`model`], then [`thread`], then [`rows`].

pub mod age;
pub mod body;
pub mod compose;
pub mod draft;
pub mod ids;
pub mod infer;
pub mod model;
pub mod outbox;
pub mod reconcile;
pub mod rows;
pub mod search;
pub mod subjects;
pub mod thread;
pub mod time;
pub mod timeline;
pub mod visits;
pub mod words;
pub mod writing;
