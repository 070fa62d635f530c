//! From rows to what is seen: as markup natively, as elements in the browser, from one description.
//!
//! [`part`] and [`row`] say what a row is made of, and [`write`] walks it; [`markup`] makes the prerendered page of it,
//! `words` what `rows.js` builds in the browser. [`renderer`] is the keyed renderer: rows in blocks, adopted when prerendered, moved when re-ordered.

pub mod avatar;
pub mod part;
pub mod region;
pub mod row;
#[cfg(any(feature = "browser", test))]
mod words;
pub mod write;

#[cfg(feature = "ssr")]
pub mod markup;

#[cfg(feature = "browser")]
mod block;
#[cfg(feature = "browser")]
mod estimate;
#[cfg(feature = "browser")]
mod place;
#[cfg(feature = "browser")]
pub mod post_body;
#[cfg(feature = "browser")]
pub mod renderer;
#[cfg(feature = "browser")]
mod rows;
#[cfg(feature = "browser")]
mod state;
#[cfg(feature = "browser")]
pub mod times;

/// Rows in one block. Containment costs a little per block and saves much per row off the screen; 20 was measured as
/// good from 55 to 50,000 comments.
pub const BLOCK_ROWS: usize = 20;

/// Rows in the prerendered page: some screens' worth on a desktop, and still a small file on a phone's line. The rest
/// is on linked static pages.
pub const PRERENDERED_ROWS: usize = 200;
