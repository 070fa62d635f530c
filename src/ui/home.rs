//! The list of posts.

use crate::render::region::{Region, region};
use crate::render::row::absolute_date;
use crate::route::post_path;
use crate::session::Session;
use crate::texts::{Key, comment_count, text};
use afterword_core::model::Post;
use leptos::either::Either;
use leptos::html::{a, article, div, h1, h2, li, ol, p, time};
use leptos::prelude::*;

/// The page with the list: adopted where it is prerendered, built elsewhere.
pub fn home(session: Session, posts: Option<&[Post]>) -> impl IntoView + use<> {
    let list = match posts {
        None => Either::Left(region(Region::PostList)),
        Some(posts) => Either::Right(post_list(session, posts)),
    };
    div().class("home").child((h1().class("for-ears").child(session.site().title.clone()), list))
}

/// The posts, newest first, as they come.
pub fn post_list(session: Session, posts: &[Post]) -> impl IntoView + use<> {
    let empty = posts.is_empty().then(|| p().class("empty").child(text(Key::NoPosts)));
    let items = posts.iter().map(|post| item(session, post)).collect::<Vec<_>>();
    (empty, ol().class("post-list").child(items))
}

fn item(session: Session, post: &Post) -> impl IntoView + use<> {
    let address = session.href(&post_path(&post.slug));
    let date = post.published.map(|date| time().datetime(date.to_rfc3339()).child(absolute_date(date)));
    let count = a().class("post-count").href(format!("{address}#comments")).child(comment_count(post.thread.count));
    let summary = post.summary.clone().map(|summary| p().class("post-summary").dir("auto").child(summary));
    li().child(article().class("post-item").child((
        h2().child(a().href(address).dir("auto").child(post.title.clone())),
        p().class("post-meta").child((date, count)),
        summary,
    )))
}
