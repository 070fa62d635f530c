//! The adapters from outside: files in, model out, and back.

#![expect(clippy::unwrap_used, reason = "a test may panic, and so may what it calls")]

mod comments;
mod files;
mod hostile;
mod isso;
mod json;
mod schema;
mod submission;
