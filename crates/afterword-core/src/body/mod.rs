//! Bodies: from untrusted text to a tree of allowed nodes.
//!
//! A string from outside is a [`RawBody`] and cannot be shown. [`sanitize`] turns it into a [`Body`], in which nothing
//! but allowed elements and attributes can be expressed; the shell turns that tree into elements. No string reaches
//! the HTML parser of a browser. What is kept, and why, is written down in `docs/html.md`.
//!
//! The way: [`RawHtml`] → tokenizer → policy and attributes → builder → [`Body`]. All of it is iterative and takes time
//! in proportion to the input, whatever the input is.

mod attributes;
mod builder;
mod entities;
mod outline;
mod plain;
mod policy;
mod raw;
mod sanitizer;
mod tag;
mod tokenizer;
mod tree;
pub mod url;

pub use builder::BODY_DEPTH_MAX;
pub use outline::{Heading, outline};
pub use policy::Policy;
pub use raw::{RawBody, RawHtml};
pub use tag::{Attr, Tag};
pub use tree::{Body, Element, Event, Events, Node};

/// How much of a comment is shown until somebody asks for more, in bytes of its source: some 10,000 words. It keeps the
/// work for one comment under a few milliseconds; callers pass it to [`sanitize_up_to`].
pub const BODY_SHOWN_BYTES_MAX: usize = 64 * 1024;

/// Turns an untrusted text into a tree that can be shown. There is no input that it refuses.
pub fn sanitize(raw: &RawBody, policy: &Policy) -> Body {
    sanitize_up_to(raw, policy, usize::MAX)
}

/// Like [`sanitize`], for the first `bytes_max` bytes of the source or up to three less, so that no character is cut.
/// [`Body::clipped`] tells whether something was left out.
pub fn sanitize_up_to(raw: &RawBody, policy: &Policy, bytes_max: usize) -> Body {
    let source = match raw {
        RawBody::Html(html) => html.to_encode(),
        RawBody::Text(text) => text,
    };
    let shown = source.get(..source.floor_char_boundary(bytes_max)).unwrap_or(source);
    let nodes = match raw {
        RawBody::Html(_) => sanitizer::sanitize_html(shown, policy),
        RawBody::Text(_) => plain::build_plain(shown, policy),
    };
    Body { nodes, clipped: shown.len() < source.len() }
}
