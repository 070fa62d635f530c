//! From the exports of other systems to the model, with a report of everything odd.
//!
//! [`wxr`] reads what WordPress writes under "Tools, Export". Nothing is shown, fetched or written here, and e-mail and
//! IP addresses never reach the model: they are not read at all. Bodies stay untrusted.

mod attributes;
mod autolink;
pub mod autop;
mod blocks;
mod date;
mod footnotes;
mod library;
mod markup;
mod media;
mod place;
pub mod report;
mod shortcode;
mod slug;
mod source;
mod text;
pub mod wxr;
