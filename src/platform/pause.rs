//! Letting the browser go on with its own work.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::JsValue;

/// How long the browser may keep background work waiting, in milliseconds: a reader who goes to the order control
/// takes about that long.
const IDLE_WAIT_MILLIS: i32 = 1500;

/// Comes back in a later task, after input and painting have had their turn.
pub async fn pause() {
    wait(|resolve| {
        let window = web_sys::window()?;
        window.set_timeout_with_callback(&resolve).ok().map(drop)
    })
    .await;
}

/// Comes back after so many milliseconds.
pub async fn sleep(millis: i32) {
    wait(|resolve| {
        let window = web_sys::window()?;
        window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis).ok().map(drop)
    })
    .await;
}

/// Comes back when the next frame is about to be painted.
pub async fn next_frame() {
    wait(|resolve| web_sys::window()?.request_animation_frame(&resolve).ok().map(drop)).await;
}

/// How long [`frame`] waits where no frame comes, in milliseconds: a few frames' time.
const FRAME_WAIT_MILLIS: i32 = 100;

/// Comes back when a frame is about to be painted, or after a while in a page that is not shown and has no frames.
pub async fn frame() {
    wait(|resolve| {
        let window = web_sys::window()?;
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, FRAME_WAIT_MILLIS);
        window.request_animation_frame(&resolve).ok().map(drop)
    })
    .await;
}

/// Comes back when the browser has nothing better to do, after [`IDLE_WAIT_MILLIS`] at the latest. Where there is no
/// `requestIdleCallback` (WebKit), in a later task.
pub async fn idle() {
    wait(|resolve| {
        let window = web_sys::window()?;
        if Reflect::has(&window, &"requestIdleCallback".into()).unwrap_or(false) {
            let options = web_sys::IdleRequestOptions::new();
            options.set_timeout(IDLE_WAIT_MILLIS as u32);
            window.request_idle_callback_with_options(&resolve, &options).ok().map(drop)
        } else {
            window.set_timeout_with_callback(&resolve).ok().map(drop)
        }
    })
    .await;
}

/// Waits until `start` has its function called; not at all where it cannot be started.
async fn wait(start: impl FnOnce(Function) -> Option<()>) {
    let mut start = Some(start);
    let promise = Promise::new(&mut |resolve, _| {
        let started = start.take().and_then(|start| start(resolve.clone()));
        if started.is_none() {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    });
    // A promise that is only ever resolved.
    let _ = promise.await;
}
