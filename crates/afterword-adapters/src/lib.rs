//! Back ends as pure values: bytes in, model out; model in, text out.
//!
//! A folder for each back end, its wire format private to it. There is no IO here: who calls this crate fetches or
//! reads, and says which address an answer came from. Start with [`static_json`], the format of `docs/format.md`;
//! [`json`] is the reader and writer beneath it. Servers that take comments are behind [`back_end`], which makes and
//! reads the values of [`wire`].

pub mod back_end;
mod isso;
pub mod json;
pub mod static_json;
pub mod wire;
