//! What helps somebody to write a comment, as pure functions: what the buttons above a text do to it, what pasted text
//! and quotations become, how much room is left, and how a comment goes to a site without a server and into its files.
//!
//! Texts under way are UTF-16, because that is what selections in a browser count in. Nothing here shows anything.

pub mod by_hand;
pub mod count;
pub mod edit;
pub mod from_html;
pub mod markdown;
pub mod merge;
mod percent;
pub mod quote;
