//! The reader's clipboard. Browsers may have none for us, or refuse.

use super::spawn::spawn;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Copies a text; must be called while the reader's press is being answered. `done` hears whether it is there.
pub fn copy(text: &str, done: impl FnOnce(bool) + 'static) {
    let begun = begin(text);
    spawn(async move {
        done(match begun {
            Some(promise) => promise.await.is_ok(),
            None => false,
        });
    });
}

/// By reflection: in pages that did not come over a safe connection there is no clipboard at all.
fn begin(text: &str) -> Option<Promise> {
    let clipboard = Reflect::get(&web_sys::window()?.navigator(), &"clipboard".into()).ok()?;
    let write: Function = Reflect::get(&clipboard, &"writeText".into()).ok()?.dyn_into().ok()?;
    write.call1(&clipboard, &JsValue::from_str(text)).ok()?.dyn_into().ok()
}
