//! Finding one's way in a conversation: search, what one person wrote, what many write about, and when. A part of the app
//! of its own, fetched in idle time or when it is asked for.
//!
//! All of it edits one text, the query of the conversation. [`finder`] reads that text and says what is to be shown;
//! [`field`], [`card`], [`chips`] and [`chart`] show it and change it. Nothing here touches rows.

mod axis;
mod person;

#[cfg(feature = "browser")]
mod card;
#[cfg(feature = "browser")]
mod chart;
#[cfg(feature = "browser")]
mod chips;
#[cfg(feature = "browser")]
mod field;
#[cfg(feature = "browser")]
mod finder;
#[cfg(feature = "browser")]
mod panel;
#[cfg(feature = "browser")]
mod syntax;

#[cfg(feature = "browser")]
pub use panel::{open, open_author};
