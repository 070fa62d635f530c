//! Afterword's app: a blog and its conversations, from files to the screen.
//!
//! Where to start: [`app`] (in the browser) wires everything; [`ui`] has the components; [`conversation`] holds a
//! thread and feeds [`render`], which puts rows on the screen; [`prerender`] (natively) writes the same as markup.
//! What a comment, a thread and a row are is in the crate `afterword-core`.

// The words that Leptos needs for a deep tree of types.
#![recursion_limit = "256"]

#[cfg(feature = "browser")]
pub mod app;
pub mod arrivals;
#[cfg(feature = "browser")]
pub mod attend;
#[cfg(feature = "browser")]
pub mod choice;
#[cfg(any(feature = "browser", test))]
pub mod composer;
pub mod conversation;
pub mod damage;
#[cfg(feature = "browser")]
pub mod drafts;
pub mod fetch_error;
#[cfg(any(feature = "browser", test))]
pub mod find;
#[cfg(feature = "browser")]
pub mod inference;
#[cfg(feature = "browser")]
pub mod lazy;
#[cfg(feature = "browser")]
pub mod live;
#[cfg(feature = "browser")]
pub mod load;
pub mod muted;
#[cfg(any(feature = "browser", test))]
pub mod outbox;
#[cfg(feature = "browser")]
pub mod outgoing;
pub mod page_data;
pub mod page_state;
pub mod pages;
#[cfg(feature = "browser")]
pub mod platform;
#[cfg(feature = "browser")]
pub mod prefetch;
#[cfg(feature = "ssr")]
pub mod prerender;
pub mod preview;
#[cfg(feature = "browser")]
pub mod redirects;
pub mod render;
pub mod route;
pub mod session;
pub mod texts;
pub mod ui;
#[cfg(feature = "browser")]
pub mod visited;
