//! A file that is made here, for the reader to keep.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::listener::Timer;

/// The file's address is given up so long after the press, in milliseconds: the browser has read it long before.
const KEPT_MILLIS: i32 = 60_000;

/// Offers a text as a file; gives whether the browser took it. Must be called while a press is being answered.
pub fn offer(name: &str, kind: &str, text: &str) -> bool {
    begin(name, kind, text).is_some()
}

fn begin(name: &str, kind: &str, text: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(text)), &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlAnchorElement = super::page::document()?.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    let ended = Timer::start(KEPT_MILLIS, move || drop(Url::revoke_object_url(&url)));
    // It ends by itself, whatever becomes of the page until then.
    std::mem::forget(ended);
    Some(())
}
