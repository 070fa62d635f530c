//! The page of one post: its text, and below it the conversation.

use crate::page_state::PostPage;
use crate::pages::article::has_thread;
use crate::render::region::{Region, region};
use crate::session::Session;
use crate::ui::thread::thread_section;
use leptos::prelude::*;

/// The page: adopted where it is prerendered, built elsewhere.
pub fn post_page(session: Session, page: PostPage) -> impl IntoView {
    #[cfg(feature = "browser")]
    if !page.prerendered {
        session.fill_article_when_placed(std::sync::Arc::clone(&page.post));
    }
    let thread = has_thread(&page.post).then(|| thread_section(session, page));
    (region(Region::Page), thread)
}
