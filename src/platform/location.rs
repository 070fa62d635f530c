//! Addresses and history: which page is asked for, and going to another one without loading it anew.

use super::listener::{Listener, Timer};
use crate::route::Route;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlAnchorElement, MouseEvent, ScrollRestoration, Url, Window};

/// The element that says where the site's files are, relative to the page.
const BASE: &str = "meta[name=afterword-base]";

/// Links that stay on the page whatever it shows. Style sheets are left out: they would be fetched again.
const STAYING_LINKS: &str = ".site-head a, .site-foot a, link[rel=icon], link[rel=alternate], link[rel=manifest]";

/// The scroll position is written into the history so long after the last movement, in milliseconds: often enough for
/// Back, and far below the rate that browsers allow.
const SCROLL_REST_MILLIS: i32 = 200;

/// Where the site is hosted: an absolute address that ends in a slash.
#[derive(Clone, Debug)]
pub struct Base(Url);

impl Base {
    /// Reads it from the page; without a word there, the folder of the page itself.
    pub fn read() -> Option<Self> {
        let document = super::page::document()?;
        let content = document.query_selector(BASE).ok().flatten().and_then(|meta| meta.get_attribute("content"));
        let here = document.base_uri().ok()??;
        Url::new_with_base(content.as_deref().unwrap_or("./"), &here).ok().map(Self)
    }

    /// The site at this absolute address.
    pub fn at(url: &str) -> Option<Self> {
        Url::new(url).ok().map(Self)
    }

    /// The absolute address of a file or page, given relative to the site's base.
    pub fn join(&self, path: &str) -> String {
        Url::new_with_base(path, &self.0.href()).map_or_else(|_| path.to_owned(), |url| url.href())
    }

    /// The page that an address of this site means; `None` for another site, or a file that is no page of the app.
    fn route_of(&self, url: &Url) -> Option<Route> {
        let path = url.pathname();
        let below = path.strip_prefix(&self.0.pathname()).filter(|_| url.origin() == self.0.origin())?;
        let decoded = js_sys::decode_uri_component(below).ok()?;
        Some(Route::from_path(&String::from(decoded)))
    }

    /// The page that an absolute address means.
    pub fn route_at(&self, href: &str) -> Option<Route> {
        Url::new(href).ok().and_then(|url| self.route_of(&url))
    }

    /// Path and query of the current address, as they are below the host and below the site's base; `None` for an
    /// address of another site.
    pub fn below(&self) -> Option<[String; 2]> {
        let here = Url::new(&web_sys::window()?.location().href().ok()?).ok()?;
        let path = here.pathname();
        let below = path.strip_prefix(&self.0.pathname()).filter(|_| here.origin() == self.0.origin())?;
        let search = here.search();
        Some([format!("/{below}{search}"), format!("{path}{search}")])
    }

    /// The page that is asked for now.
    pub fn current_route(&self) -> Route {
        let here = web_sys::window().and_then(|window| window.location().href().ok());
        here.and_then(|here| self.route_at(&here)).unwrap_or(Route::Unknown)
    }
}

/// The address of a file as seen from another one.
pub fn resolve(url: &str, from: &str) -> Option<String> {
    Url::new_with_base(url, from).ok().map(|url| url.href())
}

/// The part of the current address behind `#`, percent signs decoded; empty when there is none.
pub fn fragment() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    decoded(hash.trim_start_matches('#'))
}

/// A part of an address with its percent signs decoded; what is no UTF-8 then stays as it is.
pub fn decoded(part: &str) -> String {
    js_sys::decode_uri_component(part).map_or_else(|_| part.to_owned(), String::from)
}

/// Whether the current address has a part behind `?`.
pub fn has_query() -> bool {
    web_sys::window().and_then(|window| window.location().search().ok()).is_some_and(|search| search.len() > 1)
}

/// A part of the current address behind `?`, by its name.
pub fn parameter(name: &str) -> Option<String> {
    Url::new(&web_sys::window()?.location().href().ok()?).ok()?.search_params().get(name)
}

/// Writes parts of the current address behind `?`, each by its name; `None` takes one out. Nothing is fetched, and the
/// history gets no new entry.
pub fn set_parameters(parameters: &[(&str, Option<&str>)]) {
    let set = || {
        let window = web_sys::window()?;
        let here = window.location().href().ok()?;
        let url = Url::new(&here).ok()?;
        let search = url.search_params();
        for (name, value) in parameters {
            match value {
                Some(value) => search.set(name, value),
                None => search.delete(name),
            }
        }
        let history = window.history().ok()?;
        if url.href() == here {
            return None;
        }
        history.replace_state_with_url(&history.state().ok()?, "", Some(&url.href())).ok()
    };
    // Browsers limit how often this may be done; a missed time costs an address, no more.
    let _ = set();
}

/// Goes to another address in place of this one. One without a `#` keeps that of the current address.
pub fn replace(url: &str) {
    let Some(location) = web_sys::window().map(|window| window.location()) else { return };
    let hash = if url.contains('#') { String::new() } else { location.hash().unwrap_or_default() };
    // Refused only for what is no address.
    let _ = location.replace(&format!("{url}{hash}"));
}

/// Calls `changed` when the part behind `#` becomes another one, until the listener is dropped.
pub fn on_fragment(changed: impl Fn() + 'static) -> Option<Listener> {
    let window = web_sys::window()?;
    Some(Listener::new(&window, "hashchange", move |_: Event| changed()))
}

/// A change of the address within the app.
#[derive(Clone, Debug, PartialEq)]
pub enum Visit {
    /// A link was followed.
    Followed(Route),
    /// Back or forward; with how far the page was scrolled then, in CSS pixels.
    Returned(Route, Option<f64>),
}

/// Hears of links, Back and Forward. Dropping it hands them back to the browser.
pub struct Visits {
    _listeners: [Listener; 3],
}

impl Visits {
    /// Calls `visited` with every change. Links with a modifier key, a target or a download are left to the browser.
    pub fn listen(base: &Base, visited: impl Fn(Visit) + 'static) -> Option<Self> {
        let window = web_sys::window()?;
        let document = window.document()?;
        let visited = Rc::new(visited);
        if let Ok(history) = window.history() {
            // An earlier run of the app in this tab has taken this over: the browser will not scroll back by itself.
            if history.scroll_restoration() == Ok(ScrollRestoration::Manual)
                && let Some(top) = stored_scroll()
            {
                scroll_to(top);
            }
        }
        // A page to which the reader comes back is scrolled once it is shown, not by the browser before that.
        let here = Rc::new(RefCell::new(base.current_route()));
        let clicks = Listener::new(&document, "click", {
            let (base, visited, here) = (base.clone(), Rc::clone(&visited), Rc::clone(&here));
            move |event: MouseEvent| {
                if let Some(route) = followed(&base, &event) {
                    here.replace(route.clone());
                    visited(Visit::Followed(route));
                }
            }
        });
        let returns = Listener::new(&window, "popstate", {
            let (base, visited, here) = (base.clone(), Rc::clone(&visited), here);
            move |_: Event| {
                let route = base.current_route();
                if here.replace(route.clone()) != route {
                    visited(Visit::Returned(route, stored_scroll()));
                }
            }
        });
        let resting = RefCell::new(None);
        let scrolls = Listener::new(&window, "scroll", move |_: Event| {
            resting.replace(Some(Timer::start(SCROLL_REST_MILLIS, store_scroll)));
        });
        Some(Self { _listeners: [clicks, returns, scrolls] })
    }
}

/// Scrolls the window, in CSS pixels from the top, at once.
pub fn scroll_to(top: f64) {
    if let Some(window) = web_sys::window() {
        let options = web_sys::ScrollToOptions::new();
        options.set_top(top);
        options.set_behavior(web_sys::ScrollBehavior::Instant);
        window.scroll_to_with_scroll_to_options(&options);
    }
}

/// Calls `pointed` with the page that a link leads to when it is pointed at, touched or reached with the keyboard; with
/// `None` when something else is. Until the listeners are dropped.
pub fn on_pointed(base: &Base, pointed: impl Fn(Option<Route>) + Clone + 'static) -> Option<[Listener; 3]> {
    let document = super::page::document()?;
    Some(["pointerover", "touchstart", "focusin"].map(|kind| {
        let (base, pointed) = (base.clone(), pointed.clone());
        Listener::new(&document, kind, move |event: Event| pointed(linked(&base, &event)))
    }))
}

/// The page of the app that the link under an event leads to.
fn linked(base: &Base, event: &Event) -> Option<Route> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let link: HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    base.route_at(&link.href()).filter(|route| *route != Route::Unknown)
}

/// The page that a click on a link leads to, if it is one of the app's; the history has a new entry then.
fn followed(base: &Base, event: &MouseEvent) -> Option<Route> {
    let plain = event.button() == 0
        && !(event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key())
        && !event.default_prevented();
    let target = event.target()?.dyn_into::<Element>().ok().filter(|_| plain)?;
    let link: HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    if link.has_attribute("download") || !matches!(link.target().as_str(), "" | "_self") {
        return None;
    }
    let url = Url::new(&link.href()).ok()?;
    let route = base.route_of(&url).filter(|route| *route != Route::Unknown)?;
    let window = web_sys::window()?;
    let here = Url::new(&window.location().href().ok()?).ok()?;
    if !url.hash().is_empty() && url.pathname() == here.pathname() && url.search() == here.search() {
        return None;
    }
    event.prevent_default();
    store_scroll();
    settle_links();
    // From here on Back shows pages that have to be fetched first: the browser would scroll too early.
    let _ = window.history().ok()?.set_scroll_restoration(ScrollRestoration::Manual);
    window.history().ok()?.push_state_with_url(&JsValue::NULL, "", Some(&url.href())).ok()?;
    Some(route)
}

/// Writes out the addresses of links in what stays on the page: prerendered ones are relative to the page that they
/// stand on, and the address of that is about to change.
fn settle_links() -> Option<()> {
    let document = super::page::document()?;
    let here = document.base_uri().ok()??;
    let links = document.query_selector_all(STAYING_LINKS).ok()?;
    for link in (0..links.length()).filter_map(|at| links.item(at)?.dyn_into::<Element>().ok()) {
        if let Some(url) = link.get_attribute("href").and_then(|href| resolve(&href, &here)) {
            // Refused only for names that are no names.
            link.set_attribute("href", &url).ok()?;
        }
    }
    Some(())
}

/// Notes in the current entry of the history how far the page is scrolled.
fn store_scroll() {
    let store = |window: Window| window.history().ok()?.replace_state(&window.scroll_y().ok()?.into(), "").ok();
    // Browsers limit how often this may be done; a missed note costs a place, no more.
    let _ = web_sys::window().and_then(store);
}

/// How far the page was scrolled when the reader was last at this entry of the history, in CSS pixels.
pub fn stored_scroll() -> Option<f64> {
    web_sys::window()?.history().ok()?.state().ok()?.as_f64()
}
