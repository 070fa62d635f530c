//! Regions: elements that Leptos places and never looks into. Natively their content is written as markup; in the
//! browser it is adopted, or filled by the renderer.

#[cfg(feature = "browser")]
use crate::session::Session;
use leptos::prelude::*;

/// What fills a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// The blog's name and links.
    SiteHead,
    /// What stands below every page.
    SiteFoot,
    /// A list page, or a post without its conversation.
    Page,
    /// What decides how a thread is shown.
    ThreadTools,
    /// Where one looks for something in a thread.
    ThreadFind,
    /// The rows of a thread.
    ThreadRows,
    /// Where something is written that answers nobody.
    ThreadComposer,
    /// The way there.
    ThreadCompose,
    /// What there is to say over the rows: what is new.
    ThreadPill,
    /// Links to further static pages of the thread, and to its feeds.
    ThreadPages,
}

impl Region {
    /// The id of its element.
    pub fn id(self) -> &'static str {
        match self {
            Self::SiteHead => "site-head",
            Self::SiteFoot => "site-foot",
            Self::Page => "page-body",
            Self::ThreadTools => "thread-tools",
            Self::ThreadFind => "thread-find",
            Self::ThreadRows => "thread-rows",
            Self::ThreadComposer => "thread-composer",
            Self::ThreadCompose => "thread-compose",
            Self::ThreadPill => "thread-pill",
            Self::ThreadPages => "thread-pages",
        }
    }

    /// What finds its element.
    #[cfg(feature = "browser")]
    fn selector(self) -> &'static str {
        match self {
            Self::SiteHead => "#site-head",
            Self::SiteFoot => "#site-foot",
            Self::Page => "#page-body",
            Self::ThreadTools => "#thread-tools",
            Self::ThreadFind => "#thread-find",
            Self::ThreadRows => "#thread-rows",
            Self::ThreadComposer => "#thread-composer",
            Self::ThreadCompose => "#thread-compose",
            Self::ThreadPill => "#thread-pill",
            Self::ThreadPages => "#thread-pages",
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::SiteHead => "site-head",
            Self::SiteFoot => "site-foot",
            Self::Page => "page-body",
            Self::ThreadTools => "thread-tools needs-app",
            Self::ThreadFind => "find-place",
            Self::ThreadRows => "thread-rows",
            Self::ThreadComposer => "thread-composer",
            Self::ThreadCompose => "thread-compose needs-app",
            Self::ThreadPill => "thread-pill",
            Self::ThreadPages => "thread-pages-region",
        }
    }
}

/// The markup of each region, for one prerendered page.
#[derive(Clone, Debug, Default)]
pub struct Prerendered {
    /// See [`Region::SiteHead`].
    pub site_head: String,
    /// See [`Region::SiteFoot`].
    pub site_foot: String,
    /// See [`Region::Page`].
    pub page: String,
    /// See [`Region::ThreadRows`].
    pub thread_rows: String,
    /// Whether these rows are a flat list.
    pub flat: bool,
    /// See [`Region::ThreadPages`].
    pub thread_pages: String,
}

/// The element of a region in the browser.
#[cfg(feature = "browser")]
pub type RegionElement = web_sys::HtmlElement;

/// The element of a region.
#[cfg(feature = "browser")]
pub fn region(region: Region) -> impl IntoView {
    leptos::html::div().id(region.id()).class(region.class())
}

/// The element of a region, with the markup that [`Prerendered`] has for it.
#[cfg(not(feature = "browser"))]
pub fn region(region: Region) -> impl IntoView {
    let prerendered = use_context::<std::sync::Arc<Prerendered>>().unwrap_or_default();
    let html = match region {
        Region::SiteHead => prerendered.site_head.as_str(),
        Region::SiteFoot => &prerendered.site_foot,
        Region::Page => &prerendered.page,
        Region::ThreadRows => &prerendered.thread_rows,
        Region::ThreadPages => &prerendered.thread_pages,
        // For the app alone.
        Region::ThreadTools
        | Region::ThreadFind
        | Region::ThreadComposer
        | Region::ThreadCompose
        | Region::ThreadPill => "",
    };
    let class = match region {
        Region::ThreadRows if prerendered.flat => "thread-rows is-flat",
        other => other.class(),
    };
    leptos::html::div().id(region.id()).class(class).inner_html(html.to_owned())
}

/// Calls `ready` with the element of a region once it is in the document, in the scope of the component that asks.
#[cfg(feature = "browser")]
pub fn when_placed(session: Session, region: Region, ready: Box<dyn FnOnce(RegionElement)>) {
    use wasm_bindgen::JsCast;
    let Some(owner) = Owner::current() else { return };
    crate::platform::spawn::spawn(async move {
        let element = session.root().query_selector(region.selector()).ok().flatten();
        if let Some(element) = element.and_then(|element| element.dyn_into().ok()) {
            owner.with(|| ready(element));
        }
    });
}
