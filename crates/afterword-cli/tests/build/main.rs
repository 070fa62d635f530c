//! `afterword build`: from content and bundle to a whole site.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may panic as tests do")]

mod again;
mod atom;
mod demo;
mod facts;
mod fixture;
mod pages;
