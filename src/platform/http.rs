//! Fetching a file, whole.

use super::listener::Timer;
use crate::fetch_error::{FetchError, STALL_MILLIS};
use crate::lazy::PartNotLoaded;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestCache, RequestInit, Response};

/// Why a part of the app is missing.
pub fn part_error(_: PartNotLoaded) -> FetchError {
    let online = web_sys::window().is_none_or(|window| window.navigator().on_line());
    if online { FetchError::PartMissing } else { FetchError::Offline }
}

/// The bytes at an address. Nothing is sent along: no cookies to other sites, no referrer beyond the browser's own.
///
/// # Errors
/// [`FetchError`], but never its `Decode`: what the bytes mean is for adapters to say.
pub async fn fetch_bytes(url: &str) -> Result<Vec<u8>, FetchError> {
    fetch_with(url, RequestInit::new()).await
}

/// The bytes at an address as they are now: what the browser has kept of them is used only if the server says that it
/// still holds.
///
/// # Errors
/// As [`fetch_bytes`].
pub async fn fetch_fresh_bytes(url: &str) -> Result<Vec<u8>, FetchError> {
    let options = RequestInit::new();
    options.set_cache(RequestCache::NoCache);
    fetch_with(url, options).await
}

async fn fetch_with(url: &str, options: RequestInit) -> Result<Vec<u8>, FetchError> {
    let window = web_sys::window().ok_or(FetchError::Unreachable)?;
    let abort = AbortController::new().map_err(|_| FetchError::Unreachable)?;
    options.set_signal(Some(&abort.signal()));
    let failure = |_: JsValue| match (abort.signal().aborted(), window.navigator().on_line()) {
        (true, _) => FetchError::TimedOut,
        (false, false) => FetchError::Offline,
        (false, true) => FetchError::Unreachable,
    };
    let stalled = || {
        let abort = abort.clone();
        Timer::start(STALL_MILLIS, move || abort.abort())
    };

    let timer = stalled();
    let answer = window.fetch_with_str_and_init(url, &options).await.map_err(failure)?;
    drop(timer);
    let response: Response = answer.unchecked_into();
    if !response.ok() {
        abort.abort();
        return Err(FetchError::Status(response.status()));
    }
    let Some(body) = response.body() else { return Ok(Vec::new()) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let timer = stalled();
        let chunk = reader.read().await.map_err(failure)?;
        drop(timer);
        let field = |name: &str| Reflect::get(&chunk, &JsValue::from_str(name)).map_err(failure);
        if field("done")?.is_truthy() {
            return Ok(bytes);
        }
        let chunk: Uint8Array = field("value")?.unchecked_into();
        let from = bytes.len();
        bytes.resize(from + chunk.length() as usize, 0);
        chunk.copy_to(&mut bytes[from..]);
    }
}
