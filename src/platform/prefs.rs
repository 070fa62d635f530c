//! Small choices of a reader, kept in the browser. Losing one costs a click, so failures are quiet: a browser that
//! stores nothing behaves like one that has nothing stored yet. Drafts never go here.

use super::listener::Listener;

/// A choice, if one was stored.
pub fn get(name: &str) -> Option<String> {
    storage()?.get_item(&key(name)).ok()?
}

/// Stores a choice, where the browser lets us.
pub fn set(name: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(&key(name), value);
    }
}

/// Calls `changed` when another tab has stored something, until the listener is dropped.
pub fn on_change(changed: impl Fn() + 'static) -> Option<Listener> {
    let window = web_sys::window()?;
    Some(Listener::new(&window, "storage", move |_: web_sys::Event| changed()))
}

/// All that is stored, of all sites of this origin: names and values.
pub fn all() -> Vec<(String, String)> {
    let Some(storage) = storage() else { return Vec::new() };
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|n| storage.key(n).ok().flatten());
    let ours = keys.filter_map(|key| {
        let value = storage.get_item(&key).ok().flatten()?;
        Some((key.strip_prefix(PREFIX)?.to_owned(), value))
    });
    ours.collect()
}

/// Takes a choice away.
pub fn forget(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&key(name));
    }
}

/// What all names begin with.
const PREFIX: &str = "afterword:";

fn key(name: &str) -> String {
    format!("{PREFIX}{name}")
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}
