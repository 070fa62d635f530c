//! Pages as markup: what `afterword build` writes, and the app later takes over.
//!
//! Leptos writes the shell; posts and rows are written by [`crate::render::markup`] into regions that Leptos never
//! looks into. Everything is a function of its arguments: the same input gives the same bytes.

use crate::page_state::{Listing, PageState, PostPage};
use crate::pages::Pen;
use crate::render::PRERENDERED_ROWS;
use crate::render::markup::{Around, Markup, markup_of, push_text, write_rows};
use crate::render::region::Prerendered;
use crate::render::row::Acts;
use crate::route::Route;
use crate::session::Session;
use crate::texts::{Key, filled, text, with_number};
use crate::ui::shell::shell;
use afterword_core::body::Policy;
use afterword_core::model::{Post, Site, ThreadState};
use afterword_core::rows::{Collapsed, Row, Showing, View, build_rows};
use afterword_core::thread::Thread;
use leptos::prelude::*;
use std::sync::Arc;

/// A list page as the content of the app's element. `base` leads from the page to the site's root: `./`, `../../`.
pub fn list_page(site: &Site, here: &Route, listing: &Listing, base: &str) -> String {
    let page = with_pen(site, base, |pen| pen.listing(listing));
    in_leptos(|| app_html(site, here, base, PageState::Listing(None), Prerendered { page, ..Prerendered::default() }))
}

/// A post with its text and the first rows of its conversation, as the content of the app's element. `base` leads from
/// the page to the site's root: `../../`.
pub fn post_page(site: &Site, post: &Post, pages: &ThreadPages<'_>, base: &str) -> String {
    let prerendered = Prerendered {
        page: with_pen(site, base, |pen| pen.article(post)),
        thread_rows: pages.rows(0, site),
        flat: site.view == View::Flat,
        thread_pages: pages.links(0) + &with_pen(site, base, |pen| pen.thread_feeds(post)),
        ..Prerendered::default()
    };
    let state = PageState::Post(PostPage { post: Arc::new(post.clone()), prerendered: true });
    in_leptos(|| app_html(site, &Route::Post(post.path()), base, state, prerendered))
}

/// The page for addresses without a file, as the content of the app's element: the app looks whether there is a post.
/// `base` is the path of the site, as this page is shown at any depth.
pub fn stand_in_page(site: &Site, base: &str) -> String {
    in_leptos(|| app_html(site, &Route::Unknown, base, PageState::Loading(Route::Unknown), Prerendered::default()))
}

/// A further page of a conversation, from 1, for readers without script. `base` leads from it to the site's root:
/// `../../../../`.
pub fn comments_page(site: &Site, post: &Post, pages: &ThreadPages<'_>, page: usize, base: &str) -> String {
    let mut out = String::from("<header class=\"site-header\"><div class=\"site-head\">");
    out.push_str(&with_pen(site, base, |pen| pen.site_head(&Route::Unknown)));
    out.push_str("</div></header><main id=\"content\"><header class=\"post-head\"><h1><a href=\"../../\">");
    push_text(&mut out, if post.title.trim().is_empty() { text(Key::Untitled) } else { &post.title });
    out.push_str(
        "</a></h1></header><section id=\"comments\" class=\"thread app-less\" aria-labelledby=\"comments-title\">",
    );
    out.push_str("<header class=\"thread-head\"><h2 class=\"thread-title\" id=\"comments-title\">");
    push_text(&mut out, &pages.range(page));
    out.push_str("</h2></header><div class=\"thread-rows\">");
    out.push_str(&pages.rows(page, site));
    out.push_str("</div>");
    out.push_str(&pages.links(page));
    out.push_str("</section></main><footer class=\"site-footer\"><div class=\"site-foot\">");
    out.push_str(&with_pen(site, base, |pen| pen.site_foot()));
    out.push_str("</div></footer>");
    out
}

/// A thread cut into static pages of [`PRERENDERED_ROWS`] rows each, in the site's order.
pub struct ThreadPages<'a> {
    thread: &'a Thread,
    rows: Vec<Row>,
    /// The page of each comment, from 0.
    page_of: Vec<u32>,
    acts: Acts,
}

impl<'a> ThreadPages<'a> {
    /// Cuts a thread that takes comments, or takes none any more.
    pub fn new(thread: &'a Thread, site: &Site, state: ThreadState) -> Self {
        let none = Collapsed::default();
        let showing = Showing { order: site.order, view: site.view, collapsed: &none, selection: None };
        let rows = build_rows(thread, &showing);
        let mut page_of = vec![0; thread.len()];
        for (page, rows) in (0_u32..).zip(rows.chunks(PRERENDERED_ROWS)) {
            for row in rows {
                page_of[row.comment as usize] = page;
            }
        }
        Self { thread, rows, page_of, acts: Acts::of(&site.back_end, state) }
    }

    /// How many pages there are; one for an empty thread.
    pub fn count(&self) -> usize {
        self.rows.len().div_ceil(PRERENDERED_ROWS).max(1)
    }

    /// The rows of a page, from 0, as markup.
    pub fn rows(&self, page: usize, site: &Site) -> String {
        let first = page * PRERENDERED_ROWS;
        let rows = self.rows.get(first..).unwrap_or_default();
        let rows = &rows[..rows.len().min(PRERENDERED_ROWS)];
        let policy = Policy::comment().with_image_hosts(&site.image_hosts);
        let link = |comment: u32| self.link(page, self.page_of[comment as usize] as usize);
        let mut out = String::new();
        let way = if page == 0 { "" } else { "../../" };
        let first = u32::try_from(first).unwrap_or(u32::MAX);
        // The app is on the first page only.
        let around = Around { way, page_of: Some(&link), acts: (page == 0).then_some(&self.acts) };
        write_rows(&mut out, self.thread, rows, first, &policy, around);
        out
    }

    /// "Comments 201 to 400".
    fn range(&self, page: usize) -> String {
        let first = page * PRERENDERED_ROWS + 1;
        let last = ((page + 1) * PRERENDERED_ROWS).min(self.rows.len());
        filled(&with_number(Key::CommentRange, u32::try_from(first).unwrap_or(u32::MAX)), "to", &last.to_string())
    }

    /// Links to all pages as seen from one of them; nothing where there is only one.
    pub fn links(&self, from: usize) -> String {
        let mut out = String::new();
        if self.count() < 2 {
            return out;
        }
        out.push_str("<nav class=\"thread-pages\" aria-label=\"");
        push_text(&mut out, text(Key::MoreComments));
        out.push_str("\"><ul>");
        for page in 0..self.count() {
            out.push_str("<li><a href=\"");
            out.push_str(&self.link(from, page));
            out.push_str(if page == from { "#comments\" aria-current=\"page\">" } else { "#comments\">" });
            push_text(&mut out, &self.range(page));
            out.push_str("</a></li>");
        }
        out.push_str("</ul></nav>");
        out
    }

    /// The address of a page as seen from another: the first is the post's own, the others lie in `comments/<n>/`.
    fn link(&self, from: usize, to: usize) -> String {
        match (from, to) {
            _ if from == to => String::new(),
            (0, _) => format!("comments/{}/", to + 1),
            (_, 0) => "../../".to_owned(),
            _ => format!("../{}/", to + 1),
        }
    }
}

fn app_html(site: &Site, here: &Route, base: &str, state: PageState, mut prerendered: Prerendered) -> String {
    prerendered.site_head = with_pen(site, base, |pen| pen.site_head(here));
    prerendered.site_foot = with_pen(site, base, |pen| pen.site_foot());
    provide_context(Arc::new(prerendered));
    shell(Session::new(site.clone(), base.to_owned(), state)).to_html()
}

fn with_pen(site: &Site, base: &str, write: impl FnOnce(&mut Pen<'_, Markup<'_>>)) -> String {
    markup_of(|out| write(&mut Pen::new(out, site, &|path| format!("{base}{path}"))))
}

/// Runs something with an owner of its own for signals, as a request on a server would have.
fn in_leptos<T>(work: impl FnOnce() -> T) -> T {
    let shared = Arc::new(hydration_context::SsrSharedContext::new());
    let owner = Owner::new_root(Some(shared));
    let out = owner.with(work);
    owner.unset();
    out
}
