//! Answers that a thread does not tell of but its texts do, found in slices.

use crate::platform::clock::Stopwatch;
use crate::platform::pause::idle;
use afterword_core::infer::Inference;
use afterword_core::thread::Thread;
use std::sync::Arc;

/// How long one slice may hold the main thread, in milliseconds: it is not urgent, and comes between other things.
const SLICE_MILLIS: f64 = 8.0;

/// The same comments with the answers that can be inferred; `None` where there are none.
pub async fn infer(thread: Arc<Thread>) -> Option<Arc<Thread>> {
    let mut inference = Inference::new(&thread);
    loop {
        let watch = Stopwatch::start();
        if inference.extend(&thread, || watch.millis() > SLICE_MILLIS) {
            break;
        }
        idle().await;
    }
    let replies = inference.finish(&thread);
    (!replies.is_empty()).then(|| Arc::new(thread.with_inferred(&replies)))
}
