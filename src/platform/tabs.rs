//! Several tabs of one site: how only one of them does something, and what all of them hear of the connection.

use super::listener::{Listener, Timer};
use js_sys::{Function, Promise, Reflect};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// The dice: at least 0 and below 1. Not for secrets.
pub fn random() -> f64 {
    js_sys::Math::random()
}

/// Calls `changed` when the browser finds or loses its connection, until the listeners are dropped.
pub fn on_connection(changed: impl Fn(bool) + Clone + 'static) -> Option<[Listener; 2]> {
    let window = web_sys::window()?;
    Some([("online", true), ("offline", false)].map(|(kind, online)| {
        let changed = changed.clone();
        Listener::new(&window, kind, move |_: web_sys::Event| changed(online))
    }))
}

/// Being the only tab that does something; dropping it lets the next one.
pub struct Turn {
    release: Function,
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Settles a promise, which cannot fail.
        let _ = self.release.call0(&JsValue::UNDEFINED);
    }
}

/// Waits until no other tab has its turn under this name, up to so many milliseconds. A tab that is gone has lost its turn.
/// `None` where another tab keeps it longer, or the browser has no such locks (pages without https).
pub async fn take_turn(name: &str, millis: i32) -> Option<Turn> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object)?;
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    let given_up = Rc::new(Cell::new(false));
    let mut timer = None;
    let turn = Promise::new(&mut |resolve, _| {
        let resolve_none = {
            let (resolve, given_up) = (resolve.clone(), Rc::clone(&given_up));
            move || {
                given_up.set(true);
                let _ = resolve.call0(&JsValue::UNDEFINED);
            }
        };
        timer = Some(Timer::start(millis, resolve_none.clone()));
        let given_up = Rc::clone(&given_up);
        // The lock is held until the promise that this gives is settled; what settles it is handed on.
        let hold = Closure::once_into_js(move |_lock: JsValue| -> JsValue {
            if given_up.get() {
                return JsValue::UNDEFINED;
            }
            let held = Promise::new(&mut |release, _| {
                let _ = resolve.call1(&JsValue::UNDEFINED, &release);
            });
            held.into()
        });
        let asked = request.call2(&locks, &name.into(), &hold).ok().and_then(|asked| asked.dyn_into::<Promise>().ok());
        let Some(asked) = asked else { return resolve_none() };
        // Where locks are refused (a page that may store nothing), the promise fails at once.
        let refused = Closure::once_into_js(move |_: JsValue| resolve_none());
        if let Some(catch) = Reflect::get(&asked, &"catch".into()).ok().and_then(|f| f.dyn_into::<Function>().ok()) {
            let _ = catch.call1(&asked, &refused);
        }
    });
    let release = turn.await.ok()?.dyn_into::<Function>().ok()?;
    drop(timer);
    Some(Turn { release })
}
