//! What stands around a conversation, as elements: see [`crate::pages`].

use super::region::RegionElement;
use super::rows;
use super::times::Times;
use super::words::Words;
use crate::page_state::Listing;
use crate::pages::Pen;
use crate::session::Session;
use afterword_core::model::Post;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement};

/// What a region is filled with.
#[derive(Clone, Debug)]
pub enum Filling {
    /// The blog's name and links.
    SiteHead,
    /// What stands below every page.
    SiteFoot,
    /// A list page.
    Listing(Arc<Listing>),
    /// A post without its conversation.
    Article(Arc<Post>),
    /// Links to the feeds of a post's conversation.
    ThreadFeeds(Arc<Post>),
}

/// Fills a region.
pub fn fill(session: Session, filling: &Filling, element: &RegionElement) {
    let site = session.site();
    let href = |path: &str| session.href(path);
    let mut words = Words::default();
    let mut pen = Pen::new(&mut words, &site, &href);
    match filling {
        Filling::SiteHead => pen.site_head(&session.base().current_route()),
        Filling::SiteFoot => pen.site_foot(),
        Filling::Listing(listing) => pen.listing(listing),
        Filling::Article(post) => pen.article(post),
        Filling::ThreadFeeds(post) => pen.thread_feeds(post),
    }
    rows::fill(element, words.as_str());
    Times::new(site.language.as_deref()).localise_days(element);
    mark_current(&session);
}

/// Marks the link to the page itself among those at the head of the page.
fn mark_current(session: &Session) {
    const CURRENT: &str = "aria-current";
    let (base, here) = (session.base(), session.base().current_route());
    let Ok(links) = session.root().query_selector_all(".site-nav a") else { return };
    for link in (0..links.length()).filter_map(|at| links.item(at)?.dyn_into::<HtmlAnchorElement>().ok()) {
        let element: &Element = &link;
        let marked = if base.route_at(&link.href()).is_some_and(|route| route == here) {
            element.set_attribute(CURRENT, "page")
        } else {
            element.remove_attribute(CURRENT)
        };
        // Refused only for names that are no names, and this is one.
        drop(marked);
    }
}
