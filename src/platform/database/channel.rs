//! Short messages between the tabs of one origin, where the browser has them.

use crate::platform::listener::Listener;
use wasm_bindgen::JsValue;
use web_sys::{BroadcastChannel, MessageEvent};

/// A channel that all tabs share; dropping it leaves it.
pub struct Channel {
    raw: BroadcastChannel,
    _heard: Listener,
}

impl Channel {
    /// Joins a channel; `heard` gets what other tabs say, and this one's own other members. `None` where there are no
    /// channels, or a setting forbids them.
    pub fn join(name: &str, heard: impl Fn(&str) + 'static) -> Option<Self> {
        let raw = BroadcastChannel::new(name).ok()?;
        let listener = Listener::new(&raw, "message", move |event: MessageEvent| {
            if let Some(message) = event.data().as_string() {
                heard(&message);
            }
        });
        Some(Self { raw, _heard: listener })
    }

    /// Says something to all others.
    pub fn say(&self, message: &str) {
        // Fails once it is closed, when nobody hears it.
        drop(self.raw.post_message(&JsValue::from_str(message)));
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.raw.close();
    }
}
