//! Listeners and observers that end when they are dropped.

use js_sys::Array;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, EventTarget, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// An event listener; dropping it takes it off.
pub struct Listener {
    target: EventTarget,
    kind: String,
    capture: bool,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Calls `heard` with every event of this kind on the target. The event is taken for an `E` unchecked: `kind`
    /// decides what it is.
    pub fn new<E: JsCast + 'static>(target: &EventTarget, kind: &str, mut heard: impl FnMut(E) + 'static) -> Self {
        Self::add(target, kind, false, Closure::new(move |event: Event| heard(event.unchecked_into())))
    }

    /// Calls `heard` before anybody else hears of the event; an event that is under way already is not heard.
    pub fn capturing(target: &EventTarget, kind: &str, mut heard: impl FnMut() + 'static) -> Self {
        Self::add(target, kind, true, Closure::new(move |_: Event| heard()))
    }

    fn add(target: &EventTarget, kind: &str, capture: bool, closure: Closure<dyn FnMut(Event)>) -> Self {
        let function = closure.as_ref().unchecked_ref();
        // Adding a listener does not fail.
        let _ = target.add_event_listener_with_callback_and_bool(kind, function, capture);
        Self { target: target.clone(), kind: kind.to_owned(), capture, closure }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.closure.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback_and_bool(&self.kind, function, self.capture);
    }
}

/// Tells which of some elements are on the screen, or half a screen away from it.
pub struct ViewObserver {
    observer: Option<IntersectionObserver>,
    _closure: Closure<dyn FnMut(Array)>,
}

impl ViewObserver {
    /// Calls `seen` with an element and its height in CSS pixels whenever it comes near the screen, and without a
    /// height when it has left it.
    pub fn new(mut seen: impl FnMut(&Element, Option<f64>) + 'static) -> Self {
        let closure = Closure::new(move |entries: Array| {
            for entry in entries.iter().filter_map(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok()) {
                let height = entry.is_intersecting().then(|| entry.bounding_client_rect().height());
                seen(&entry.target(), height);
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin("50%");
        let observer = IntersectionObserver::new_with_options(closure.as_ref().unchecked_ref(), &options).ok();
        Self { observer, _closure: closure }
    }

    /// Watches one more element; watching it twice is the same as once.
    pub fn observe(&self, element: &Element) {
        if let Some(observer) = &self.observer {
            observer.observe(element);
        }
    }
}

impl Drop for ViewObserver {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

/// A function that is called once, later; dropping the timer before that takes it back.
pub struct Timer {
    handle: Option<i32>,
    _closure: Closure<dyn FnMut()>,
}

impl Timer {
    /// Calls `ring` after so many milliseconds.
    pub fn start(millis: i32, ring: impl FnMut() + 'static) -> Self {
        let closure = Closure::new(ring);
        let function = closure.as_ref().unchecked_ref();
        let window = web_sys::window();
        let handle =
            window.and_then(|w| w.set_timeout_with_callback_and_timeout_and_arguments_0(function, millis).ok());
        Self { handle, _closure: closure }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let (Some(window), Some(handle)) = (web_sys::window(), self.handle) {
            window.clear_timeout_with_handle(handle);
        }
    }
}

/// Notices when the reader takes the scrolling into their own hands.
pub struct ReaderMoves {
    moved: Rc<Cell<bool>>,
    _listeners: [Listener; 4],
}

impl ReaderMoves {
    /// Watches from now on. `scroll` events do not tell who has scrolled; these do.
    pub fn watch(window: &EventTarget) -> Self {
        let moved = Rc::new(Cell::new(false));
        let _listeners = ["wheel", "touchmove", "keydown", "pointerdown"].map(|kind| {
            let moved = Rc::clone(&moved);
            // The key that asks for another order is under way here, and no scrolling.
            Listener::capturing(window, kind, move || moved.set(true))
        });
        Self { moved, _listeners }
    }

    /// Whether they have.
    pub fn happened(&self) -> bool {
        self.moved.get()
    }
}
