//! Answers that come once, and what the database's errors mean.

use super::StorageError;
use crate::platform::listener::Listener;
use futures::channel::oneshot;
use js_sys::Reflect;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::{Event, IdbRequest};

type Outcome<T> = Result<T, StorageError>;

/// Where the first answer goes; later ones are dropped.
pub(super) type Sender<T> = Rc<RefCell<Option<oneshot::Sender<Outcome<T>>>>>;

pub(super) fn once<T>() -> (Sender<T>, oneshot::Receiver<Outcome<T>>) {
    let (sender, receiver) = oneshot::channel();
    (Rc::new(RefCell::new(Some(sender))), receiver)
}

pub(super) fn answer<T>(sender: &Sender<T>, outcome: Outcome<T>) {
    let sender = sender.borrow_mut().take();
    if let Some(sender) = sender {
        // Nobody may be waiting any more.
        drop(sender.send(outcome));
    }
}

pub(super) async fn outcome<T>(receiver: oneshot::Receiver<Outcome<T>>) -> Outcome<T> {
    receiver.await.unwrap_or(Err(StorageError::Failed))
}

/// Answers with the error of a request, when it has one.
pub(super) fn on_error<T: 'static>(request: &IdbRequest, sender: &Sender<T>) -> Listener {
    let (asked, sender) = (request.clone(), Rc::clone(sender));
    Listener::new(request, "error", move |event: Event| {
        // Firefox reports an error that nobody prevents as one of the page.
        event.prevent_default();
        let why = asked.error().ok().flatten().map_or(StorageError::Failed, |error| error_of(&error));
        answer(&sender, Err(why));
    })
}

/// What a `DOMException` means. By reflection, and by its name alone: browsers differ in what else it is.
pub(super) fn error_of(error: &JsValue) -> StorageError {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default();
    match name.as_str() {
        "QuotaExceededError" => StorageError::Full,
        // Firefox: SecurityError where cookies are forbidden, InvalidStateError in some private windows. Chromium:
        // UnknownError and SecurityError. InvalidStateError is also what a closed connection gives.
        "SecurityError" | "NotAllowedError" => StorageError::Blocked,
        "InvalidStateError" => StorageError::Closed,
        "VersionError" | "NotFoundError" | "DataError" | "NotReadableError" => StorageError::Corrupt,
        "AbortError" => StorageError::Closed,
        _ => StorageError::Failed,
    }
}
