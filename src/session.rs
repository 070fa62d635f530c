//! What all pages share: the site, the page that is asked for, and how links are written.

use crate::route::Route;
use afterword_core::model::{Post, Site};
use leptos::prelude::*;
use std::sync::Arc;

#[cfg(feature = "browser")]
use crate::platform::location::Base;

/// The app's shared state; a copy is a handle.
#[derive(Clone, Copy)]
pub struct Session {
    /// What `site.json` says.
    pub site: RwSignal<Arc<Site>>,
    /// The page that is shown.
    pub route: RwSignal<Route>,
    /// What was last done, in words, for those who cannot see it.
    pub status: RwSignal<String>,
    /// Whether the list of keys is open.
    pub help_open: RwSignal<bool>,
    start: StoredValue<Start>,
    #[cfg(feature = "browser")]
    base: StoredValue<Base, LocalStorage>,
    #[cfg(not(feature = "browser"))]
    base: StoredValue<String>,
    /// How far the page was scrolled when the reader left it, until it is shown again.
    return_scroll: StoredValue<Option<f64>>,
}

/// What the first page begins with.
#[derive(Clone, Debug, Default)]
pub enum Start {
    /// Nothing: everything is fetched.
    #[default]
    Empty,
    /// The page is in the document already. With its post, whose text may be empty: it is in the document.
    Prerendered(Option<Arc<Post>>),
}

impl Session {
    /// A session of the page at `route`. `base` is where the site is hosted: natively a prefix for links, such as
    /// `../../`.
    pub fn new(
        site: Site,
        route: Route,
        start: Start,
        #[cfg(feature = "browser")] base: Base,
        #[cfg(not(feature = "browser"))] base: String,
    ) -> Self {
        Self {
            site: RwSignal::new(Arc::new(site)),
            route: RwSignal::new(route),
            status: RwSignal::new(String::new()),
            help_open: RwSignal::new(false),
            start: StoredValue::new(start),
            #[cfg(feature = "browser")]
            base: StoredValue::new_local(base),
            #[cfg(not(feature = "browser"))]
            base: StoredValue::new(base),
            return_scroll: StoredValue::new(None),
        }
    }

    /// What the first page begins with; for every later page, nothing.
    pub fn take_start(&self) -> Start {
        self.start.try_update_value(std::mem::take).unwrap_or_default()
    }

    /// The address of a page or file of the site, given below its base.
    pub fn href(&self, path: &str) -> String {
        #[cfg(feature = "browser")]
        return self.base.with_value(|base| base.join(path));
        #[cfg(not(feature = "browser"))]
        return self.base.with_value(|base| format!("{base}{path}"));
    }

    /// Where the site is hosted.
    #[cfg(feature = "browser")]
    pub fn base(&self) -> Base {
        self.base.get_value()
    }

    /// Goes to another page; with a scroll position, one that the reader returns to.
    pub fn visit(&self, route: Route, scroll: Option<f64>) {
        self.return_scroll.set_value(Some(scroll.unwrap_or(0.0)));
        self.route.set(route);
    }

    /// To be called when a page is on the screen: scrolls to where the reader was on it.
    #[cfg(feature = "browser")]
    pub fn page_shown(&self) {
        if let Some(scroll) = self.return_scroll.try_update_value(Option::take).flatten() {
            crate::platform::location::scroll_to(scroll);
        }
    }

    /// To be called when a page is on the screen; natively there is none.
    #[cfg(not(feature = "browser"))]
    pub fn page_shown(&self) {}
}
