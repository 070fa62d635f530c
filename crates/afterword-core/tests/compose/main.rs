//! What helps somebody to write: buttons, pasting, quoting, counting, and comments by hand.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may panic as tests do")]

mod counting;
mod editing;
mod handing;
mod merging;
mod pasting;
mod quoting;
