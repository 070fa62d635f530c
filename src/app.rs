//! Wiring: from what the page says to a running app.

use crate::load::load_site;
use crate::platform::location::{Base, Visit, Visits};
use crate::platform::page;
use crate::page_data::{POST_DATA, SITE_DATA, SLUG_ATTRIBUTE};
use crate::route::Route;
use crate::session::{Session, Start};
use crate::ui::shell::{CONTENT, shell};
use afterword_adapters::static_json::{decode_post, decode_site};
use afterword_core::ids::PostSlug;
use afterword_core::model::Post;
use js_sys::futures::spawn_local;
use leptos::prelude::*;
use std::sync::Arc;

/// Starts the app in this page: takes over what was prerendered, or builds everything.
pub fn start() {
    let Some(base) = Base::read() else { return };
    let site = page::data(SITE_DATA).and_then(|data| decode_site(data.as_bytes()).ok()).map(|decoded| decoded.value);
    if page::is_prerendered() {
        let post = prerendered_post();
        let route = post.as_ref().map_or(Route::Home, |post| Route::Post(post.slug.clone()));
        let session = Session::new(site.unwrap_or_default(), route, Start::Prerendered(post), base);
        run(session, Begin::TakeOver);
    } else {
        let session = Session::new(site.clone().unwrap_or_default(), base.current_route(), Start::Empty, base);
        if site.is_none() {
            fetch_site(session);
        }
        run(session, Begin::Build);
    }
}

#[derive(Clone, Copy)]
enum Begin {
    TakeOver,
    Build,
}

fn run(session: Session, begin: Begin) {
    let Some(root) = page::root() else { return };
    match begin {
        #[cfg(feature = "hydrate")]
        Begin::TakeOver => leptos::mount::hydrate_from(root, move || shell(session)).forget(),
        #[cfg(not(feature = "hydrate"))]
        Begin::TakeOver => {}
        Begin::Build => leptos::mount::mount_to(root, move || shell(session)).forget(),
    }
    let visits = Visits::listen(&session.base(), move |visit| match visit {
        Visit::Followed(route) => visit_page(session, route, None),
        Visit::Returned(route, scroll) => visit_page(session, route, scroll),
        Visit::Fragment => {}
    });
    // The page lives as long as its window does.
    std::mem::forget(visits);
    page::set_root_class("app-ready", true);
}

fn visit_page(session: Session, route: Route, scroll: Option<f64>) {
    if route == Route::Home {
        page::set_title(&session.site.with_untracked(|site| site.title.clone()));
    }
    session.visit(route, scroll);
    page::focus(CONTENT);
}

fn prerendered_post() -> Option<Arc<Post>> {
    let slug = PostSlug::checked(&page::data_attribute(POST_DATA, SLUG_ATTRIBUTE)?)?;
    decode_post(page::data(POST_DATA)?.as_bytes(), &slug).ok().map(|decoded| Arc::new(decoded.value))
}

/// Fetches what the page does not say itself, as under Trunk. Without it the app works, nameless and in English.
fn fetch_site(session: Session) {
    spawn_local(async move {
        if let Ok(site) = load_site(&session.base()).await {
            page::set_title(&site.title);
            session.site.set(Arc::new(site));
        }
    });
}
