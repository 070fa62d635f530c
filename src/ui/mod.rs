//! Components: they get data, and say what was done to them. None fetches, stores, parses, or names the browser.
//!
//! They are written with the builder syntax: `view!` turns what never changes into markup strings, which the policy of
//! the page (Trusted Types) refuses.

#[cfg(feature = "browser")]
pub mod compose;
pub mod help;
#[cfg(feature = "browser")]
pub mod menu;
pub mod notice;
#[cfg(feature = "browser")]
pub mod pill;
pub mod post;
pub mod shell;
pub mod thread;
#[cfg(feature = "browser")]
pub mod tools;
