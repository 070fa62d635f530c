//! Regions: elements that Leptos places and never looks into. Natively their content is written as markup; in the
//! browser it is adopted, or filled by the renderer.

use leptos::prelude::*;

/// What fills a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// The list of posts.
    PostList,
    /// The text of a post.
    PostBody,
    /// The rows of a thread.
    ThreadRows,
    /// Links to further static pages of the thread.
    ThreadPages,
}

/// The markup of each region, for one prerendered page.
#[derive(Clone, Debug, Default)]
pub struct Prerendered {
    /// See [`Region::PostList`].
    pub post_list: String,
    /// See [`Region::PostBody`].
    pub post_body: String,
    /// See [`Region::ThreadRows`].
    pub thread_rows: String,
    /// See [`Region::ThreadPages`].
    pub thread_pages: String,
}

/// The element of a region: in the browser only.
#[cfg(feature = "browser")]
pub type RegionElement = web_sys::HtmlElement;
/// The element of a region: natively there is none.
#[cfg(not(feature = "browser"))]
pub enum RegionElement {}

/// An element with this class for a region; `ready` gets it once it is in the page.
#[cfg(feature = "browser")]
pub fn region(class: &'static str, _region: Region, ready: impl FnOnce(RegionElement) + 'static) -> impl IntoView {
    let node = NodeRef::<leptos::html::Div>::new();
    node.on_load(move |element| ready(element.into()));
    leptos::html::div().class(class).node_ref(node)
}

/// An element with this class and the markup that [`Prerendered`] has for the region.
#[cfg(not(feature = "browser"))]
pub fn region(class: &'static str, region: Region, _ready: impl FnOnce(RegionElement) + 'static) -> impl IntoView {
    let prerendered = use_context::<std::sync::Arc<Prerendered>>().unwrap_or_default();
    let html = match region {
        Region::PostList => &prerendered.post_list,
        Region::PostBody => &prerendered.post_body,
        Region::ThreadRows => &prerendered.thread_rows,
        Region::ThreadPages => &prerendered.thread_pages,
    };
    leptos::html::div().class(class).inner_html(html.clone())
}
