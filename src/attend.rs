//! What can wait until a page is shown.

use crate::platform::{location, page, spawn::spawn};
use crate::prefetch;
use crate::render::times::Times;
use crate::route::Route;
use crate::session::Session;

/// The place that WordPress calls the form for comments.
const RESPOND: &str = "respond";
/// What the sanitizer puts before the ids in a post.
const POST_ID: &str = "post-";

/// Writes the dates in the reader's way, follows what the address had to say on the blog's old host, and listens to
/// which link is about to be pressed.
pub fn attend(session: Session) {
    Times::new(session.site().language.as_deref()).localise_days(&session.root());
    let fragment = location::fragment();
    if !fragment.is_empty() && !page::has_element(&fragment) {
        let new = if fragment == RESPOND { "comments".to_owned() } else { format!("{POST_ID}{fragment}") };
        if page::has_element(&new) {
            location::replace(&format!("#{new}"));
        }
    }
    if session.base().current_route() == Route::HOME && location::has_query() {
        spawn(async move {
            crate::redirects::follow(session).await;
        });
    }
    // The app lives as long as its window does.
    std::mem::forget(prefetch::listen(session));
}
