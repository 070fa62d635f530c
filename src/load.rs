//! Fetching and decoding, in slices: from addresses to posts and threads.

use crate::damage::{Damage, Missing};
use crate::fetch_error::FetchError;
use crate::page_state::{PageState, PostPage};
use crate::platform::clock::Stopwatch;
use crate::platform::http::fetch_bytes;
use crate::platform::location::{Base, resolve};
use crate::platform::pause::pause;
use crate::route::{Route, post_path};
use crate::session::Session;
use afterword_adapters::static_json::{
    CommentsDecoder, CommentsPage, Pages, Step, decode_feed, decode_post, decode_site, merge_pages,
};
use afterword_core::ids::PostSlug;
use afterword_core::model::{Post, Site};
use afterword_core::thread::Thread;
use std::sync::Arc;

/// How many comments are decoded between two looks at the clock: a millisecond's work.
const STEP_ITEMS: usize = 50;

/// How long one slice of decoding may hold the main thread, in milliseconds.
const SLICE_MILLIS: f64 = 10.0;

/// A conversation as far as it could be fetched.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The comments.
    pub thread: Arc<Thread>,
    /// What is missing of them, or odd.
    pub damage: Damage,
}

/// Fetches what a page shows.
///
/// # Errors
/// Why it is not to be had.
pub async fn load_page_state(session: Session, route: Route) -> Result<PageState, FetchError> {
    let (site, base) = (session.site(), session.base());
    Ok(match &route {
        Route::Home => PageState::Home(Some(load_posts(&base, site.url.as_deref()).await?.into())),
        Route::Post(slug) => {
            let post = Arc::new(load_post(&base, slug).await?);
            PageState::Post(PostPage { post, prerendered: false })
        }
        Route::Unknown => PageState::NotFound,
    })
}

/// Fetches `site.json`.
///
/// # Errors
/// Why it is not to be had.
pub async fn load_site(base: &Base) -> Result<Site, FetchError> {
    Ok(decode_site(&fetch_bytes(&base.join("site.json")).await?)?.value)
}

/// Fetches the list of posts, all pages of it. A page that fails ends the list; the posts before it are shown.
///
/// `home` is the site's own address: files that are named by it are read from where the site is now.
///
/// # Errors
/// Why not even the first page is to be had.
pub async fn load_posts(base: &Base, home: Option<&str>) -> Result<Vec<Post>, FetchError> {
    let mut url = base.join("feed.json");
    let mut pages = Pages::new(&url);
    let mut posts = Vec::new();
    loop {
        let page = match fetch_bytes(&url).await.and_then(|bytes| Ok(decode_feed(&bytes)?.value)) {
            Ok(page) => page,
            Err(error) if posts.is_empty() => return Err(error),
            Err(_) => return Ok(posts),
        };
        posts.extend(page.posts);
        let next = page.next_url.map(|next| match home.and_then(|home| next.strip_prefix(home)) {
            Some(below) => base.join(below),
            None => next,
        });
        match next.map(|next| pages.follow(&url, &next)) {
            Some(Ok(next)) => url = next,
            Some(Err(_)) | None => return Ok(posts),
        }
    }
}

/// Fetches a post with its text.
///
/// # Errors
/// Why it is not to be had.
pub async fn load_post(base: &Base, slug: &PostSlug) -> Result<Post, FetchError> {
    let url = base.join(&format!("{}post.json", post_path(slug)));
    Ok(decode_post(&fetch_bytes(&url).await?, slug)?.value)
}

/// Fetches a post's conversation: its pages side by side where the post names them, else one after the other by
/// `next_url`.
///
/// # Errors
/// Why nothing of it is to be had. What is to be had in part is no error: see [`Loaded::damage`].
pub async fn load_thread(base: &Base, post: &Post) -> Result<Loaded, FetchError> {
    let folder = base.join(&post_path(&post.slug));
    let mut damage = Damage::default();
    let pages = if post.thread.pages.is_empty() {
        load_chain(&folder, post.thread.comments_url.as_deref(), &mut damage).await
    } else {
        load_parts(&folder, post, &mut damage).await
    };
    if let (true, Some(Missing::Failed(error))) = (pages.is_empty(), damage.missing) {
        return Err(error);
    }
    let merged = merge_pages(pages);
    damage.add(&merged.warnings, 0);
    Ok(Loaded { thread: Arc::new(Thread::build(merged.value)), damage })
}

async fn load_chain(folder: &str, first: Option<&str>, damage: &mut Damage) -> Vec<CommentsPage> {
    let mut out = Vec::new();
    let Some(mut url) = first.and_then(|first| resolve(first, folder)) else { return out };
    let mut pages = Pages::new(&url);
    loop {
        let Some(page) = keep(load_page(&url).await, damage) else { return out };
        let next = page.next_url.clone();
        out.push(page);
        match next.map(|next| pages.follow(&url, &next)) {
            Some(Ok(next)) => url = next,
            Some(Err(warning)) => {
                damage.add(&[warning], 0);
                return out;
            }
            None => return out,
        }
    }
}

async fn load_parts(folder: &str, post: &Post, damage: &mut Damage) -> Vec<CommentsPage> {
    // All requests are under way before the first answer is waited for; the browser has its own limit of how many.
    let fetches = post
        .thread
        .pages
        .iter()
        .filter_map(|page| resolve(&page.url, folder))
        .map(|url| async move { load_page(&url).await });
    let results = futures::future::join_all(fetches).await;
    results.into_iter().filter_map(|result| keep(result, damage)).collect()
}

/// Notes what is wrong with a page, and keeps it if there is one.
fn keep(
    result: Result<(CommentsPage, Vec<afterword_core::model::Warning>), FetchError>,
    damage: &mut Damage,
) -> Option<CommentsPage> {
    match result {
        Ok((page, warnings)) => {
            damage.add(&warnings, page.skipped);
            Some(page)
        }
        Err(error) => {
            damage.missing.get_or_insert(Missing::Failed(error));
            None
        }
    }
}

async fn load_page(url: &str) -> Result<(CommentsPage, Vec<afterword_core::model::Warning>), FetchError> {
    let mut decoder = CommentsDecoder::new(fetch_bytes(url).await?);
    let mut watch = Stopwatch::start();
    while decoder.step(STEP_ITEMS) == Step::More {
        if watch.millis() > SLICE_MILLIS {
            pause().await;
            watch = Stopwatch::start();
        }
    }
    let decoded = decoder.finish()?;
    Ok((decoded.value, decoded.warnings))
}
