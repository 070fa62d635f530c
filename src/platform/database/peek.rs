//! Looking whether there is anything at all, for the start of a page: small, and makes no database where there is none.

use super::{NAME, Store};
use crate::platform::listener::{Listener, Timer};
use futures::channel::oneshot;
use js_sys::Array;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, IdbDatabase, IdbOpenDbRequest};

/// A page does not wait longer than this to know whether something was written on it.
const PEEK_MILLIS: i32 = 4_000;

type Answer = Rc<dyn Fn(Option<Vec<String>>)>;

/// The keys in a store; `None` where there is no database, or none to be had. Nothing is made.
pub async fn keys(store: Store) -> Option<Vec<String>> {
    let factory = web_sys::window().and_then(|window| window.indexed_db().ok().flatten());
    let request = factory?.open(NAME).ok()?;
    let (sender, receiver) = oneshot::channel();
    let sender = Rc::new(RefCell::new(Some(sender)));
    let answer: Answer = Rc::new(move |keys| {
        if let Some(sender) = sender.borrow_mut().take() {
            drop(sender.send(keys));
        }
    });
    let asked = request.clone();
    let _upgrade = Listener::new(&request, "upgradeneeded", move |_: Event| {
        // There was none: breaking the upgrade off leaves none.
        if let Some(upgrade) = asked.transaction() {
            drop(upgrade.abort());
        }
    });
    let none = Rc::clone(&answer);
    let _error = Listener::new(&request, "error", move |event: Event| {
        event.prevent_default();
        none(None);
    });
    let (asked, found) = (request.clone(), Rc::clone(&answer));
    let reading = RefCell::new(None);
    let _success = Listener::new(&request, "success", move |_: Event| {
        *reading.borrow_mut() = read(&asked, store, &found);
        if reading.borrow().is_none() {
            found(None);
        }
    });
    let _timer = Timer::start(PEEK_MILLIS, move || answer(None));
    let keys = receiver.await.ok().flatten();
    // Of an upgrade that was broken off, the result is nothing at all.
    if let Some(database) = request.result().ok().and_then(|result| result.dyn_into::<IdbDatabase>().ok()) {
        database.close();
    }
    keys
}

fn read(request: &IdbOpenDbRequest, store: Store, found: &Answer) -> Option<Listener> {
    let database: IdbDatabase = request.result().ok()?.unchecked_into();
    let transaction = database.transaction_with_str(store.name()).ok()?;
    let keys = transaction.object_store(store.name()).ok()?.get_all_keys().ok()?;
    let (asked, found) = (keys.clone(), Rc::clone(found));
    Some(Listener::new(&keys, "success", move |_: Event| {
        let keys: Array = asked.result().unwrap_or(JsValue::UNDEFINED).dyn_into().unwrap_or_default();
        found(Some(keys.iter().filter_map(|key| key.as_string()).collect()));
    }))
}
