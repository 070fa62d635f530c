//! Fetching and decoding, in slices: from addresses to posts and threads.

use crate::damage::{Damage, Missing};
use crate::fetch_error::FetchError;
use crate::live::{Live, Served};
use crate::page_state::{ListPage, Listing, PageState, PostPage};
use crate::platform::clock::Stopwatch;
use crate::platform::http::{fetch_bytes, fetch_fresh_bytes};
use crate::platform::location::{Base, resolve};
use crate::platform::pause::{pause, sleep};
use crate::route::{Index, List, Route};
use crate::session::Session;
use afterword_adapters::back_end::Form;
use afterword_adapters::static_json::{
    CommentsDecoder, CommentsPage, FeedPage, Pages, Step, decode_feed, decode_index, decode_post, decode_site,
    encode_path, encode_path_text, merge_pages,
};
use afterword_core::ids::PostPath;
use afterword_core::model::{IndexEntry, POSTS_PER_PAGE, Post, Site};
use afterword_core::thread::Thread;
use afterword_core::words::tag_slug;
use futures::future::{Either, select};
use std::pin::pin;
use std::sync::Arc;

/// How many comments are decoded between two looks at the clock: a millisecond's work.
const STEP_ITEMS: usize = 50;

/// How long one slice of decoding may hold the main thread, in milliseconds.
const SLICE_MILLIS: f64 = 10.0;

/// How long comments of files that are here wait for those of the server, in milliseconds: long enough for a server that
/// has to wake up, and not so long that a reader gives up. What comes later is found by the next look for news.
const SERVER_WAIT_MILLIS: i32 = 6_000;

/// A conversation as far as it could be fetched.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The comments.
    pub thread: Arc<Thread>,
    /// What is missing of them, or odd.
    pub damage: Damage,
}

/// Fetches what a page shows, unless that was fetched ahead.
///
/// # Errors
/// Why it is not to be had.
pub async fn load_page_state(session: Session, route: Route) -> Result<PageState, FetchError> {
    match crate::prefetch::take(&session.href(&route.path())) {
        Some(ahead) => ahead.await,
        None => fetch_page_state(session, route).await,
    }
}

/// Fetches what a page shows.
///
/// # Errors
/// Why it is not to be had.
pub async fn fetch_page_state(session: Session, route: Route) -> Result<PageState, FetchError> {
    let base = session.base();
    Ok(match &route {
        Route::List(list, page) => match load_list(&session, list, *page).await? {
            Some(page) => PageState::Listing(Some(Arc::new(Listing::Posts(page)))),
            None => PageState::NotFound,
        },
        Route::Index(index) => {
            PageState::Listing(Some(Arc::new(Listing::Index(*index, load_index(&session, *index).await?))))
        }
        Route::Post(path) => {
            let post = Arc::new(load_post(&base, path).await?);
            PageState::Post(PostPage { post, prerendered: false })
        }
        // Until the browser has gone there, this page goes on looking for it.
        Route::Unknown if crate::redirects::follow(session).await => PageState::Loading(route),
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

/// Fetches a page of a list. A folder of content that was not built has no files for lists but the home list: there
/// the page is made from all posts. `None` where the list has no such page.
async fn load_list(session: &Session, list: &List, page: u32) -> Result<Option<ListPage>, FetchError> {
    let (site, base) = (session.site(), session.base());
    let found = load_feed(&base.join(&encode_path_text(&list.file(page)))).await;
    match found {
        Ok(FeedPage { posts, title, page, pages: Some(pages), .. }) => {
            let title = title.filter(|_| *list != List::Home).unwrap_or_default();
            return Ok(Some(ListPage { list: list.clone(), title, page, pages, posts }));
        }
        Err(error) if *list == List::Home && page == 1 => return Err(error),
        Ok(_) | Err(FetchError::Status(_) | FetchError::Decode(_)) => {}
        Err(error) => return Err(error),
    }
    let posts = load_posts(&base, site.url.as_deref()).await?;
    let name_of = |post: &Post| list_name(post, list);
    let title = posts.iter().find_map(name_of).unwrap_or_default();
    let mut posts: Vec<Post> =
        posts.into_iter().filter(|post| *list == List::Home || name_of(post).is_some()).collect();
    if *list == List::Home {
        posts.sort_by_key(|post| !post.sticky);
    }
    let size = site.posts_per_page.unwrap_or(POSTS_PER_PAGE) as usize;
    let pages = u32::try_from(posts.chunks(size).len()).unwrap_or(u32::MAX).max(1);
    if page > pages || posts.is_empty() && *list != List::Home {
        return Ok(None);
    }
    let posts = posts.into_iter().skip((page as usize - 1) * size).take(size).collect();
    Ok(Some(ListPage { list: list.clone(), title, page, pages, posts }))
}

/// The name of a list, if the post is in it.
fn list_name(post: &Post, list: &List) -> Option<String> {
    match list {
        List::Home => None,
        List::Tag(name) => post.tags.iter().find(|tag| tag_slug(tag) == *name).cloned(),
        List::Year(name) => year_of(post).filter(|year| year == name),
    }
}

fn year_of(post: &Post) -> Option<String> {
    post.published.map(|date| date.civil().year.to_string())
}

/// Fetches a list of lists; counts it where there is no file for it.
async fn load_index(session: &Session, index: Index) -> Result<Vec<IndexEntry>, FetchError> {
    let (site, base) = (session.site(), session.base());
    let file = fetch_bytes(&base.join(&format!("{}index.json", index.path()))).await;
    match file.and_then(|bytes| Ok(decode_index(&bytes)?)) {
        Err(FetchError::Status(_) | FetchError::Decode(_)) => {}
        answer => return answer,
    }
    let mut entries: Vec<IndexEntry> = Vec::new();
    for post in load_posts(&base, site.url.as_deref()).await? {
        let titles = match index {
            Index::Tags => post.tags,
            Index::Years => year_of(&post).into_iter().collect(),
        };
        for title in titles {
            let name = tag_slug(&title);
            match entries.iter_mut().find(|entry| entry.name == name) {
                Some(entry) => entry.count += 1,
                None => entries.push(IndexEntry { title, name, count: 1 }),
            }
        }
    }
    match index {
        Index::Tags => entries.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name))),
        Index::Years => entries.sort_by(|a, b| b.name.cmp(&a.name)),
    }
    Ok(entries)
}

async fn load_feed(url: &str) -> Result<FeedPage, FetchError> {
    Ok(decode_feed(&fetch_bytes(url).await?)?.value)
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
        let page = match load_feed(&url).await {
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
pub async fn load_post(base: &Base, path: &PostPath) -> Result<Post, FetchError> {
    let url = base.join(&format!("{}post.json", encode_path(path)));
    Ok(decode_post(&fetch_bytes(&url).await?, path)?.value)
}

/// Fetches a post as it is now on the server.
///
/// # Errors
/// Why it is not to be had.
pub async fn load_fresh_post(base: &Base, path: &PostPath) -> Result<Post, FetchError> {
    let url = base.join(&format!("{}post.json", encode_path(path)));
    Ok(decode_post(&fetch_fresh_bytes(&url).await?, path)?.value)
}

/// Fetches a post's conversation: the comments in its files, and those on the site's server, side by side.
///
/// # Errors
/// Why nothing of it is to be had. What is to be had in part is no error: see [`Loaded::damage`]. A server that is away
/// takes no comment of a file away.
pub async fn load_thread(session: Session, post: &Post) -> Result<Loaded, FetchError> {
    let mut damage = Damage::default();
    let (mut pages, served) = load_both(session, post, &mut damage).await;
    let has_files = !pages.is_empty();
    let mut has_served = false;
    match served {
        None => {}
        Some(Ok(served)) => {
            has_served = true;
            damage.add(&served.warnings, served.skipped);
            pages.extend(served.pages);
        }
        Some(Err(error)) => damage.server = Some(error),
    }
    let lost = match damage.missing {
        Some(Missing::Failed(error)) => Some(error),
        Some(Missing::Refused) | None => damage.server,
    };
    if let (false, false, Some(error)) = (has_files, has_served, lost) {
        return Err(error);
    }
    let merged = merge_pages(pages);
    damage.add(&merged.warnings, 0);
    Ok(Loaded { thread: Arc::new(Thread::build(merged.value)), damage })
}

/// The comments in files, and what came of asking the server, if the site has one.
async fn load_both(
    session: Session,
    post: &Post,
    damage: &mut Damage,
) -> (Vec<CommentsPage>, Option<Result<Served, FetchError>>) {
    let base = session.base();
    let files = pin!(load_files(&base, post, damage));
    let served = pin!(async {
        let live = Live::of(session)?;
        Some(live.comments(&post.path(), Form::Shown).await)
    });
    match select(files, served).await {
        Either::Right((served, files)) => (files.await, served),
        Either::Left((pages, served)) if pages.is_empty() => (pages, served.await),
        Either::Left((pages, served)) => match select(served, pin!(sleep(SERVER_WAIT_MILLIS))).await {
            Either::Left((served, _)) => (pages, served),
            Either::Right(_) => (pages, Some(Err(FetchError::TimedOut))),
        },
    }
}

/// Fetches the comments in files: side by side where the post names them, else one after the other by `next_url`.
async fn load_files(base: &Base, post: &Post, damage: &mut Damage) -> Vec<CommentsPage> {
    let folder = base.join(&encode_path(&post.path()));
    if post.thread.pages.is_empty() {
        load_chain(&folder, post.thread.comments_url.as_deref(), damage).await
    } else {
        load_parts(&folder, post, damage).await
    }
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
