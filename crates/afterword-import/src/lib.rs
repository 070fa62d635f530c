//! From the exports of other systems to the model, with a report of everything odd.
//!
//! [`wxr`] reads what WordPress writes under "Tools, Export". Nothing is shown, fetched or written here, and e-mail and
//! IP addresses never reach the model: they are not read at all. Bodies stay untrusted.

pub mod autop;
mod blocks;
mod date;
mod markup;
pub mod report;
mod slug;
mod source;
mod text;
pub mod wxr;
