//! Something to be done every minute, as long as somebody can see it.

use super::listener::Listener;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, Event, Window};

const MINUTE_MILLIS: i32 = 60_000;

/// A call every minute while the page can be seen; dropping this ends it. A page in the background sleeps.
pub struct Minutes {
    ticking: Rc<Ticking>,
    _listener: Listener,
}

struct Ticking {
    window: Window,
    tick: Closure<dyn FnMut()>,
    timer: Cell<Option<i32>>,
}

impl Minutes {
    /// Calls `passed` every minute, and when the page can be seen again.
    pub fn watch(window: &Window, document: &Document, passed: impl Fn() + 'static) -> Self {
        let passed = Rc::new(passed);
        let tick = Closure::new({
            let passed = Rc::clone(&passed);
            move || passed()
        });
        let ticking = Rc::new(Ticking { window: window.clone(), tick, timer: Cell::new(None) });
        if !document.hidden() {
            ticking.start();
        }
        let listener = Listener::new(document, "visibilitychange", {
            let (ticking, document) = (Rc::clone(&ticking), document.clone());
            move |_: Event| {
                ticking.stop();
                if !document.hidden() {
                    passed();
                    ticking.start();
                }
            }
        });
        Self { ticking, _listener: listener }
    }
}

impl Drop for Minutes {
    fn drop(&mut self) {
        self.ticking.stop();
    }
}

impl Ticking {
    fn start(&self) {
        let tick = self.tick.as_ref().unchecked_ref();
        let timer = self.window.set_interval_with_callback_and_timeout_and_arguments_0(tick, MINUTE_MILLIS);
        self.timer.set(timer.ok());
    }

    fn stop(&self) {
        if let Some(timer) = self.timer.take() {
            self.window.clear_interval_with_handle(timer);
        }
    }
}
