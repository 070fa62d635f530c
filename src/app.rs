//! Wiring: from what the page says to a running app.

use crate::lazy::{PartNotLoaded, attend, load_site, open_thread};
use crate::page_data::{SITE_DATA, site_of};
use crate::page_state::PageState;
use crate::platform::location::{Base, Visit, Visits};
use crate::platform::{location, page, pause::idle, spawn::spawn};
use crate::render::region::RegionElement;
use crate::route::Route;
use crate::session::Session;
use crate::ui::shell::shell;
use afterword_core::ids::{PostPath, PostSlug};
use afterword_core::model::Site;
use wasm_bindgen::prelude::wasm_bindgen;

/// Starts the app in this page: takes over what was prerendered, or builds everything. A page without a place for the
/// app is left alone.
pub fn start() {
    let (Some(base), Some(root)) = (Base::read(), page::root()) else { return };
    match page::fields(SITE_DATA).map(site_of) {
        #[cfg(feature = "hydrate")]
        Some(site) if root.first_element_child().is_some() => take_over(root, site, base),
        Some(site) => mount(root, site, base),
        // The page does not say what it belongs to, as under Trunk. Without an answer the app works, nameless.
        None => spawn(async move {
            let site = match load_site(base.clone()).await {
                Ok(site) => site.await,
                Err(PartNotLoaded) => Site::default(),
            };
            mount(root, site, base);
        }),
    }
}

#[cfg(feature = "hydrate")]
fn take_over(root: RegionElement, site: Site, base: Base) {
    use crate::page_data::{POST_DATA, post_of};
    use crate::page_state::PostPage;
    use crate::render::region::Region;
    use std::sync::Arc;
    let route = base.current_route();
    let state = match (page::fields(POST_DATA).and_then(post_of), &route) {
        (Some(post), _) => PageState::Post(PostPage { post: Arc::new(post), prerendered: true }),
        (None, Route::List(..) | Route::Index(_)) if page::has_element(Region::Page.id()) => PageState::Listing(None),
        // `404.html`: it stands at every address for which there is no file.
        (None, _) => PageState::Loading(Route::Unknown),
    };
    let is_here = !matches!(state, PageState::Loading(_));
    let session = Session::new(site, base, root.clone(), state);
    leptos::mount::hydrate_from(root, move || shell(session)).forget();
    if !is_here {
        session.visit(route, location::stored_scroll());
    }
    listen(session);
}

fn mount(root: RegionElement, site: Site, base: Base) {
    let route = base.current_route();
    let session = Session::new(site, base, root.clone(), PageState::Loading(route.clone()));
    leptos::mount::mount_to(root, move || shell(session)).forget();
    session.visit(route, location::stored_scroll());
    listen(session);
}

/// Puts the conversation of one post into an element of any page, in a document or in a shadow root. `base` is the
/// absolute address of the blog that it comes from. What cannot be fetched is said in the element.
#[wasm_bindgen(js_name = mountThread)]
pub fn mount_thread(host: RegionElement, base: &str, slug: &str) {
    let (Some(base), Some(slug)) = (Base::at(base), PostSlug::checked(slug)) else { return };
    let route = Route::Post(PostPath::post(slug));
    spawn(async move {
        let site = match load_site(base.clone()).await {
            Ok(site) => site.await,
            Err(PartNotLoaded) => Site::default(),
        };
        let session = Session::new(site, base, host, PageState::Loading(route.clone()));
        if open_thread(session).await.is_ok() {
            session.fetch(route);
        }
    });
}

fn listen(session: Session) {
    let visits = Visits::listen(&session.base(), move |visit| match visit {
        Visit::Followed(route) => session.visit(route, None),
        Visit::Returned(route, scroll) => session.visit(route, scroll),
    });
    // The app lives as long as its window does.
    std::mem::forget(visits);
    page::set_root_class("app-ready", true);
    spawn(async move {
        idle().await;
        // Without it, dates stay as they are written and links take a moment longer.
        let _ = attend(session).await;
    });
}
