//! The text of a post on its page.

use super::region::{Region, when_placed};
use super::rows;
use super::words::Words;
use crate::platform::spawn::spawn;
use crate::session::Session;
use afterword_core::body::{Policy, sanitize};
use afterword_core::model::Post;
use std::sync::Arc;
use web_sys::HtmlElement;

/// Puts a post's text into its region once that is there, unless it was prerendered.
pub fn fill_when_placed(session: Session, post: Arc<Post>) {
    when_placed(
        session,
        Region::PostBody,
        Box::new(move |element| {
            spawn(async move {
                // The post came through the same part of the app, so the part is here.
                let _ = crate::lazy::fill_body(session, post, element).await;
            });
        }),
    );
}

/// Puts a post's text into an element.
pub fn fill(session: Session, post: &Post, element: &HtmlElement) {
    let body = sanitize(&post.body, &Policy::post().with_image_hosts(&session.site().image_hosts));
    rows::fill(element, Words::of_body(&body).as_str());
}
