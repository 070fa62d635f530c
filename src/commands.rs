//! What components may ask for. In the browser it is done; natively, where pages are only written, nothing is.

#[cfg(feature = "browser")]
pub use browser::{close_dialog, fetch_post, fetch_posts, fill_body, keys_are_on, open_dialog, set_keys_on};
#[cfg(not(feature = "browser"))]
pub use native::{close_dialog, fetch_post, fetch_posts, fill_body, keys_are_on, open_dialog, set_keys_on};

#[cfg(feature = "browser")]
mod browser {
    use crate::load::{load_post, load_posts};
    use crate::platform::{keys, page};
    use crate::remote::Remote;
    use crate::render::body::BodyBuilder;
    use crate::render::times::Times;
    use crate::session::Session;
    use afterword_core::body::{Policy, sanitize};
    use afterword_core::ids::PostSlug;
    use afterword_core::model::Post;
    use js_sys::futures::spawn_local;
    use leptos::prelude::{GetUntracked, RwSignal, Set};
    use std::sync::Arc;
    use web_sys::{HtmlDialogElement, HtmlElement};

    /// Fetches the list of posts into a signal.
    pub fn fetch_posts(session: Session, posts: RwSignal<Remote<Vec<Post>>>) {
        spawn_local(async move {
            let loaded = load_posts(&session.base()).await;
            // The reader may have gone on: then there is no signal to be set.
            if posts.try_set(loaded.into()).is_none() {
                session.page_shown();
            }
        });
    }

    /// Fetches one post into a signal.
    pub fn fetch_post(session: Session, slug: PostSlug, post: RwSignal<Remote<Arc<Post>>>) {
        spawn_local(async move {
            let loaded = load_post(&session.base(), &slug).await;
            if let Ok(post) = &loaded {
                page::set_title(&post.title);
            }
            post.try_set(loaded.map(Arc::new).into());
        });
    }

    /// Puts a post's text into its element, unless it was prerendered there.
    pub fn fill_body(session: Session, post: &Post, element: &HtmlElement) {
        let site = session.site.get_untracked();
        if element.first_child().is_none() {
            let body = sanitize(&post.body, &Policy::post().with_image_hosts(&site.image_hosts));
            if let Some(document) = page::document() {
                // What the browser would refuse to build is not in a checked tree.
                let _ = BodyBuilder::new(document).append(element, &body);
            }
        }
        Times::new(site.language.as_deref()).localise(element);
    }

    /// Opens a dialog over the page; the focus goes into it.
    pub fn open_dialog(dialog: &HtmlDialogElement) {
        if !dialog.open() {
            let _ = dialog.show_modal();
        }
    }

    /// Closes a dialog; the focus goes back to where it was.
    pub fn close_dialog(dialog: Option<HtmlDialogElement>) {
        if let Some(dialog) = dialog {
            dialog.close();
        }
    }

    /// Whether single keys do something.
    pub fn keys_are_on() -> bool {
        keys::are_on()
    }

    /// Switches the single keys on or off, and remembers it.
    pub fn set_keys_on(on: bool) {
        keys::set_on(on);
    }
}

#[cfg(not(feature = "browser"))]
mod native {
    use crate::remote::Remote;
    use crate::render::region::RegionElement;
    use crate::session::Session;
    use afterword_core::ids::PostSlug;
    use afterword_core::model::Post;
    use leptos::prelude::RwSignal;
    use std::sync::Arc;

    /// Nothing is fetched natively.
    pub fn fetch_posts(_session: Session, _posts: RwSignal<Remote<Vec<Post>>>) {}

    /// Nothing is fetched natively.
    pub fn fetch_post(_session: Session, _slug: PostSlug, _post: RwSignal<Remote<Arc<Post>>>) {}

    /// There is no element natively.
    pub fn fill_body(_session: Session, _post: &Post, _element: &RegionElement) {}

    /// There is no dialog natively.
    pub fn open_dialog<T>(_dialog: &T) {}

    /// There is no dialog natively.
    pub fn close_dialog<T>(_dialog: Option<T>) {}

    /// A prerendered page does not know what its readers want.
    pub fn keys_are_on() -> bool {
        true
    }

    /// Nothing is remembered natively.
    pub fn set_keys_on(_on: bool) {}
}
