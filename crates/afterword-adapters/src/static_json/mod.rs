//! The static back end: the files of `docs/format.md`, which is JSON Feed 1.1 with a `_thread` of our own.
//!
//! Decoding keeps what can be kept: each item is read on its own, and what was odd becomes a warning that names its
//! place. Only a file of which nothing can be shown is a [`DecodeError`]. Nothing here fetches: [`Pages`] says which
//! address comes next, somebody else goes there.

mod address;
mod comments;
mod encode;
mod error;
mod fields;
mod index;
mod merge;
mod pages;
mod post;
mod site;
mod submission;

pub(crate) use address::split_origin;
pub use address::{origin_of, resolve};
pub use comments::{CommentsDecoder, CommentsPage, Step, decode_comments};
pub use encode::{
    FeedHead, encode_comment_item, encode_comments, encode_feed, encode_items, encode_path, encode_path_text,
    encode_post, encode_post_item, encode_site, rewrite_comment, rewrite_head, rewrite_post, rewrite_site,
};
pub use error::DecodeError;
pub use index::{decode_index, encode_index};
pub use merge::merge_pages;
pub use pages::Pages;
pub use post::{FeedPage, decode_feed, decode_post};
pub use site::decode_site;
pub use submission::{SubmissionError, decode_submission, encode_submission, submission_name};

/// What the `version` of each of our feeds says.
pub const FEED_VERSION: &str = "https://jsonfeed.org/version/1.1";
