//! The page of one post: its text, and below it the conversation.

use crate::page_state::PostPage;
use crate::render::region::{Region, region};
use crate::render::row::absolute_date;
use crate::session::Session;
use crate::texts::{Key, text, with_name};
use crate::ui::thread::thread_section;
use leptos::html::{article, h1, header, p, span, time};
use leptos::prelude::*;

/// The page: adopted where it is prerendered, built elsewhere.
pub fn post_page(session: Session, page: PostPage) -> impl IntoView {
    let post = &page.post;
    let authors = post.authors.iter().map(|author| author.name.trim()).filter(|name| !name.is_empty());
    let authors = authors.collect::<Vec<_>>().join(", ");
    let byline = (!authors.is_empty()).then(|| span().class("post-author").child(with_name(Key::By, &authors)));
    let date = post.published.map(|date| time().datetime(date.to_rfc3339()).child(absolute_date(date)));
    let title = if post.title.trim().is_empty() { text(Key::Untitled).to_owned() } else { post.title.clone() };
    let head = header()
        .class("post-head")
        .child((h1().dir("auto").child(title), p().class("post-meta").child((byline, date))));
    let article = article().class("post").lang(post.language.clone()).child((head, region(Region::PostBody)));
    #[cfg(feature = "browser")]
    if !page.prerendered {
        crate::render::post_body::fill_when_placed(session, std::sync::Arc::clone(post));
    }
    (article, thread_section(session, page))
}
