//! Writing: what a reader writes in, and all that is seen of drafts. A part of the app of its own, fetched when somebody
//! wants to write, or has a draft for the page.
//!
//! [`desk`] is what all composers of a conversation share, [`sheet`] the state of one; [`form`] is how that one looks, with
//! [`field`], [`toolbar`], [`outlook`] (the preview), [`signature`], [`saved`] and [`copies`]. [`sending`] and [`by_hand`] are the
//! ways out, [`list`] has all drafts of the site. Nothing here fetches or stores: that is done by [`crate::drafts`] and
//! [`crate::outbox`].

mod check;
mod signature;

#[cfg(feature = "browser")]
mod by_hand;
#[cfg(feature = "browser")]
mod copies;
#[cfg(feature = "browser")]
mod desk;
#[cfg(feature = "browser")]
mod field;
#[cfg(feature = "browser")]
mod foot;
#[cfg(feature = "browser")]
mod form;
#[cfg(feature = "browser")]
mod keeping;
#[cfg(feature = "browser")]
mod list;
#[cfg(feature = "browser")]
mod outlook;
#[cfg(feature = "browser")]
mod panel;
#[cfg(feature = "browser")]
mod quote;
#[cfg(feature = "browser")]
mod restore;
#[cfg(feature = "browser")]
mod returned;
#[cfg(feature = "browser")]
mod saved;
#[cfg(feature = "browser")]
mod sending;
#[cfg(feature = "browser")]
mod sheet;
#[cfg(feature = "browser")]
mod stored;
#[cfg(feature = "browser")]
mod toolbar;

#[cfg(feature = "browser")]
pub use {
    list::open as open_drafts,
    panel::{close, open},
    quote::quote_selection,
    restore::restore,
    returned::write_again,
};

/// From this width on, text and preview stand beside each other, in CSS pixels: each has some 35 characters to a line.
/// The style sheet has the same.
#[cfg(feature = "browser")]
const WIDE: f64 = 560.0;

/// A back end has taken what was written in a draft, and the draft is gone: whoever shows it, and has nothing of their own,
/// shows it no more.
#[cfg(feature = "browser")]
pub fn draft_taken(conversation: crate::conversation::Conversation, draft_id: &str) {
    if let Some(desk) = desk::Desk::of(conversation) {
        desk.drafts.removed(&afterword_core::draft::DraftId::new(draft_id));
    }
}
