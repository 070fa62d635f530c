//! The browser's powers, one file each, with typed errors. Nothing else but [`crate::render`] and the entries names
//! `web_sys`.

pub mod clipboard;
pub mod clock;
pub mod database;
pub mod download;
pub mod exchange;
pub mod http;
pub mod keys;
pub mod listener;
pub mod location;
pub mod minutes;
pub mod page;
pub mod panel;
pub mod pause;
pub mod popover;
pub mod prefs;
pub mod random;
pub mod scope;
pub mod selection;
pub mod spawn;
pub mod tabs;
pub mod text_area;
