//! Work that goes on beside the page.

use std::future::Future;
use std::pin::Pin;

/// Runs a future on the browser's own loop, from the next turn on.
pub fn spawn(work: impl Future<Output = ()> + 'static) {
    // Boxed, so that the machinery below is compiled once and not for each kind of work.
    boxed(Box::pin(work));
}

fn boxed(work: Pin<Box<dyn Future<Output = ()>>>) {
    js_sys::futures::spawn_local(work);
}
