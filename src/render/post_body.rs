//! The text of a post on its page.

use super::body::BodyBuilder;
use super::region::{Region, when_placed};
use crate::session::Session;
use afterword_core::body::{Policy, sanitize};
use afterword_core::model::Post;
use std::sync::Arc;

/// Puts a post's text into its region, unless it was prerendered there.
pub fn fill_when_placed(session: Session, post: Arc<Post>) {
    when_placed(Region::PostBody, move |element| {
        if element.first_child().is_some() {
            return;
        }
        let body = sanitize(&post.body, &Policy::post().with_image_hosts(&session.site().image_hosts));
        if let Some(document) = element.owner_document() {
            // What the browser would refuse to build is not in a checked tree.
            let _ = BodyBuilder::new(document).append(&element, &body);
        }
    });
}
