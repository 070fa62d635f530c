//! The page of one post: its text, and below it the conversation.

use crate::commands::{fetch_post, fill_body};
use crate::remote::Remote;
use crate::render::region::{Region, region};
use crate::render::row::absolute_date;
use crate::session::{Session, Start};
use crate::texts::{Key, text, with_name, with_reason};
use crate::ui::notice::{Kind, notice, placeholder};
use crate::ui::thread::thread_section;
use afterword_core::ids::PostSlug;
use afterword_core::model::Post;
use leptos::html::{article, div, h1, header, p, span, time};
use leptos::prelude::*;
use std::sync::Arc;

/// The page of the post with this slug: adopted where it is prerendered, fetched and built elsewhere.
pub fn post_page(session: Session, slug: PostSlug) -> impl IntoView {
    if let Start::Prerendered(Some(post)) = session.take_start() {
        return whole(session, post, true).into_any();
    }
    let post = RwSignal::new(Remote::<Arc<Post>>::Loading);
    fetch_post(session, slug.clone(), post);
    let retry = move || {
        post.set(Remote::Loading);
        fetch_post(session, slug.clone(), post);
    };
    let page = move || match post.get() {
        Remote::Loading => placeholder(Key::LoadingPost).into_any(),
        Remote::Ready(post) => whole(session, post, false).into_any(),
        Remote::Failed(error) => {
            let sentence = with_reason(Key::PostFailed, &error.why());
            notice(Kind::Error, vec![sentence], Some(retry.clone())).into_any()
        }
    };
    div().class("post-page").child(page).into_any()
}

fn whole(session: Session, post: Arc<Post>, prerendered: bool) -> impl IntoView {
    let authors = post.authors.iter().map(|author| author.name.trim()).filter(|name| !name.is_empty());
    let authors = authors.collect::<Vec<_>>().join(", ");
    let byline = (!authors.is_empty()).then(|| span().class("post-author").child(with_name(Key::By, &authors)));
    let date = post.published.map(|date| time().datetime(date.to_rfc3339()).child(absolute_date(date)));
    let title = if post.title.trim().is_empty() { text(Key::Untitled).to_owned() } else { post.title.clone() };
    let body = region("post-body text", Region::PostBody, {
        let post = Arc::clone(&post);
        move |element| {
            fill_body(session, &post, &element);
            session.page_shown();
        }
    });
    let head = header().class("post-head").child((h1().child(title), p().class("post-meta").child((byline, date))));
    let language = post.language.clone();
    (
        article().class("post").lang(language).dir("auto").child((head, body)),
        thread_section(session, post, prerendered),
    )
}
