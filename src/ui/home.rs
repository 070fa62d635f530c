//! The list of posts.

use crate::remote::Remote;
use crate::render::region::{Region, region};
use crate::render::row::absolute_date;
use crate::route::post_path;
use crate::session::{Session, Start};
use crate::texts::{Key, comment_count, text, with_reason};
use crate::ui::notice::{Kind, notice, placeholder};
use afterword_core::model::Post;
use leptos::html::{a, article, div, h1, h2, li, ol, p, time};
use leptos::prelude::*;

/// The page with the list: adopted where it is prerendered, fetched and built elsewhere.
pub fn home(session: Session) -> impl IntoView {
    let list = match session.take_start() {
        Start::Prerendered(_) => region("post-list-region", Region::PostList, |_| ()).into_any(),
        Start::Empty => fetched(session).into_any(),
    };
    let title = move || session.site.with(|site| site.title.clone());
    div().class("home").child((h1().class("for-ears").child(title), list))
}

fn fetched(session: Session) -> impl IntoView {
    let posts = RwSignal::new(Remote::<Vec<Post>>::Loading);
    crate::commands::fetch_posts(session, posts);
    let retry = move || {
        posts.set(Remote::Loading);
        crate::commands::fetch_posts(session, posts);
    };
    div().class("post-list-region").child(move || {
        posts.with(|posts| match posts {
            Remote::Loading => placeholder(Key::LoadingPosts).into_any(),
            Remote::Ready(posts) => post_list(session, posts).into_any(),
            Remote::Failed(error) => {
                let sentence = with_reason(Key::PostsFailed, &error.why());
                notice(Kind::Error, vec![sentence], Some(retry)).into_any()
            }
        })
    })
}

/// The posts, newest first, as they come.
pub fn post_list(session: Session, posts: &[Post]) -> impl IntoView {
    if posts.is_empty() {
        return p().class("empty").child(text(Key::NoPosts)).into_any();
    }
    ol().class("post-list").child(posts.iter().map(|post| item(session, post)).collect_view()).into_any()
}

fn item(session: Session, post: &Post) -> impl IntoView {
    let address = session.href(&post_path(&post.slug));
    let date = post.published.map(|date| time().datetime(date.to_rfc3339()).child(absolute_date(date)));
    let count = a()
        .class("post-count")
        .href(format!("{address}#comments"))
        .child(comment_count(post.thread.count));
    let summary = post.summary.clone().map(|summary| p().class("post-summary").child(summary));
    li().child(article().class("post-item").child((
        h2().child(a().href(address).dir("auto").child(post.title.clone())),
        p().class("post-meta").child((date, count)),
        summary,
    )))
}
