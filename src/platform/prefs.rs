//! Small choices of a reader, kept in the browser. Losing one costs a click, so failures are quiet: a browser that
//! stores nothing behaves like one that has nothing stored yet. Drafts never go here.

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

fn key(name: &str) -> String {
    format!("afterword:{name}")
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}
