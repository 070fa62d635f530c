//! What all pages share: the site, the page that is shown, and how links are written.

use crate::page_state::{Listing, PageState};
use afterword_core::model::Site;
use leptos::prelude::*;
use std::sync::Arc;

#[cfg(feature = "browser")]
use crate::{
    platform::location::Base,
    render::fill::Filling,
    render::region::{Region, RegionElement},
};
#[cfg(feature = "browser")]
use afterword_adapters::back_end::Wishes;

/// Where the site is hosted, as links need it: natively a prefix such as `../../`.
#[cfg(not(feature = "browser"))]
pub type Base = String;

/// The app's shared state; a copy is a handle.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    /// What is shown.
    pub page: RwSignal<PageState>,
    /// What was last done, in words, for those who cannot see it.
    pub status: RwSignal<String>,
    /// Whether the list of keys was wanted and did not come.
    pub help_missing: RwSignal<bool>,
    shared: StoredValue<Shared, LocalStorage>,
}

struct Shared {
    site: Arc<Site>,
    base: Base,
    #[cfg(feature = "browser")]
    root: RegionElement,
    /// What the server that takes comments wants to know from those who write; `None` until it has said so.
    #[cfg(feature = "browser")]
    wishes: Option<Wishes>,
    #[cfg(feature = "browser")]
    visit: u32,
    #[cfg(feature = "browser")]
    scroll: Option<f64>,
}

impl Session {
    /// A session that begins with this page. In the browser, `root` is the element that the app is put into.
    pub fn new(site: Site, base: Base, #[cfg(feature = "browser")] root: RegionElement, page: PageState) -> Self {
        let shared = Shared {
            site: Arc::new(site),
            base,
            #[cfg(feature = "browser")]
            root,
            #[cfg(feature = "browser")]
            wishes: None,
            #[cfg(feature = "browser")]
            visit: 0,
            #[cfg(feature = "browser")]
            scroll: None,
        };
        Self {
            page: RwSignal::new(page),
            status: RwSignal::new(String::new()),
            help_missing: RwSignal::new(false),
            shared: StoredValue::new_local(shared),
        }
    }

    /// What `site.json` says.
    pub fn site(&self) -> Arc<Site> {
        self.shared.with_value(|shared| Arc::clone(&shared.site))
    }

    /// Fills the head and the foot of the page, if they do not stand in it.
    pub fn fill_frame_when_placed(&self) {
        #[cfg(feature = "browser")]
        for (region, filling) in [(Region::SiteHead, Filling::SiteHead), (Region::SiteFoot, Filling::SiteFoot)] {
            self.fill_when_placed(region, filling);
        }
    }

    /// Shows a list in its region, if it does not stand there.
    pub fn fill_listing_when_placed(&self, listing: Option<Arc<Listing>>) {
        #[cfg(feature = "browser")]
        if let Some(listing) = listing {
            self.fill_when_placed(Region::Page, Filling::Listing(listing));
        }
        #[cfg(not(feature = "browser"))]
        let _ = listing;
    }

    /// Says what was done, to those who cannot see it. What is said twice in a row is read out twice: nothing that can be
    /// heard tells the two apart.
    pub fn say(&self, sentence: &str) {
        const UNHEARD: &str = "\u{a0}";
        let same = self.status.with_untracked(|said| said == sentence);
        self.status.set(if same { format!("{sentence}{UNHEARD}") } else { sentence.to_owned() });
    }

    /// The address of a page or file of the site, given below its base.
    pub fn href(&self, path: &str) -> String {
        self.shared.with_value(|shared| {
            #[cfg(feature = "browser")]
            return shared.base.join(path);
            #[cfg(not(feature = "browser"))]
            return format!("{}{path}", shared.base);
        })
    }
}

#[cfg(feature = "browser")]
mod visits {
    use super::{Base, Filling, Region, RegionElement, Session};
    use crate::fetch_error::FetchError;
    use crate::page_state::PageState;
    use crate::platform::{http::part_error, location, page, pause, spawn::spawn};
    use crate::render::region::when_placed;
    use crate::route::Route;
    use crate::texts::{page_title, page_title_or_site};
    use crate::ui::shell::CONTENT;
    use afterword_adapters::back_end::Wishes;
    use afterword_core::model::Post;
    use leptos::prelude::*;
    use std::sync::Arc;

    impl Session {
        /// What the server that takes comments wants to know from those who write, once it has said so.
        pub fn wishes(&self) -> Option<Wishes> {
            self.shared.with_value(|shared| shared.wishes)
        }

        /// The server that takes comments has said what it wants to know.
        pub fn set_wishes(&self, wishes: Wishes) {
            self.shared.update_value(|shared| shared.wishes = Some(wishes));
        }

        /// The element that the app was put into.
        pub fn root(&self) -> RegionElement {
            self.shared.with_value(|shared| shared.root.clone())
        }

        /// Whether the window is the app's own, and not a page of somebody else.
        pub fn owns_window(&self) -> bool {
            page::root() == Some(self.root())
        }

        /// Shows a post in its region.
        pub fn fill_article_when_placed(&self, post: Arc<Post>) {
            self.fill_when_placed(Region::Page, Filling::Article(Arc::clone(&post)));
            self.fill_when_placed(Region::ThreadPages, Filling::ThreadFeeds(post));
        }

        /// Fills a region once it is in the document, if it is empty.
        pub(super) fn fill_when_placed(&self, region: Region, filling: Filling) {
            let session = *self;
            let fill = move |element: RegionElement| {
                if element.first_element_child().is_none() {
                    spawn(async move {
                        // What is shown came through the same part of the app, so the part is here.
                        let _ = crate::lazy::fill(session, filling, element).await;
                    });
                }
            };
            when_placed(session, region, Box::new(fill));
        }

        /// Where the site is hosted.
        pub fn base(&self) -> Base {
            self.shared.with_value(|shared| shared.base.clone())
        }

        /// Goes to another page; with a scroll position, one that the reader returns to.
        pub fn visit(&self, route: Route, scroll: Option<f64>) {
            self.shared.update_value(|shared| shared.scroll = scroll);
            self.fetch(route);
            page::focus(CONTENT);
        }

        /// Fetches a page and shows it. What comes for a page that the reader has left meanwhile is dropped. Title and
        /// scroll position are changed only where the window is ours, not on somebody else's page.
        pub fn fetch(&self, route: Route) {
            let session = *self;
            let visit = self.shared.try_update_value(|shared| {
                shared.visit += 1;
                shared.visit
            });
            self.page.set(PageState::Loading(route.clone()));
            spawn(async move {
                let state = session.load(&route).await.unwrap_or_else(|error| PageState::Failed(route, error));
                if session.shared.with_value(|shared| Some(shared.visit)) == visit {
                    let owns_window = session.owns_window();
                    if owns_window {
                        page::set_title(&session.title_of(&state));
                    }
                    session.page.set(state);
                    if owns_window {
                        session.scroll_back().await;
                    }
                }
            });
        }

        fn title_of(&self, state: &PageState) -> String {
            let site = self.site();
            match state {
                PageState::Post(page) => page_title(&page.post.title, &site.title),
                PageState::Listing(Some(listing)) => page_title_or_site(&listing.title(), &site.title),
                PageState::Loading(_) | PageState::Listing(None) | PageState::Failed(..) | PageState::NotFound => {
                    site.title.clone()
                }
            }
        }

        /// Fetches a page; before that the part of the app that can, if it is not here yet.
        async fn load(&self, route: &Route) -> Result<PageState, FetchError> {
            crate::lazy::load_page(*self, route.clone()).await.map_err(part_error)?.await
        }

        /// Scrolls to where the reader was on this page, once it is in the document; on a first visit to what the
        /// address asks for, or to the top. A comment that it asks for is found later, when the comments are here.
        async fn scroll_back(&self) {
            pause::next_frame().await;
            match self.shared.try_update_value(|shared| shared.scroll.take()).flatten() {
                Some(scroll) => location::scroll_to(scroll),
                None if page::scroll_to_element(&location::fragment()) => {}
                None => location::scroll_to(0.0),
            }
        }
    }
}
