//! Single keys for reading. None fires while somebody types or holds a modifier, and all can be switched off
//! (WCAG 2.1.4).

use super::listener::Listener;
use super::prefs;
use afterword_core::rows::Move;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// Where the reader's choice is stored: `off`, or nothing.
const PREF: &str = "keys";

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// To go to another comment.
    Go(Move),
    /// To hide or show the replies to this one.
    Collapse,
    /// To hide or show all replies.
    CollapseAll,
    /// To turn the order of time around.
    Order,
    /// To look for something.
    Find,
    /// To answer this comment.
    Reply,
    /// To quote what is selected.
    Quote,
    /// To list the keys.
    Help,
}

/// All keys, with what they ask for.
pub const KEYS: [(&str, Press); 15] = [
    ("j", Press::Go(Move::Next)),
    ("k", Press::Go(Move::Previous)),
    ("s", Press::Go(Move::NextSibling)),
    ("w", Press::Go(Move::PreviousSibling)),
    ("u", Press::Go(Move::Parent)),
    ("t", Press::Go(Move::Root)),
    ("n", Press::Go(Move::NextNew)),
    ("p", Press::Go(Move::PreviousNew)),
    ("x", Press::Collapse),
    ("z", Press::CollapseAll),
    ("o", Press::Order),
    ("/", Press::Find),
    ("r", Press::Reply),
    ("q", Press::Quote),
    ("?", Press::Help),
];

/// Listens to the keys; dropping it ends that.
pub struct Keys {
    _listener: Option<Listener>,
}

impl Keys {
    /// Calls `pressed` with every key that is meant for us.
    pub fn listen(pressed: impl Fn(Press) + 'static) -> Self {
        let heard = move |event: KeyboardEvent| {
            if let Some(press) = press_of(&event) {
                event.prevent_default();
                pressed(press);
            }
        };
        Self { _listener: super::page::document().map(|document| Listener::new(&document, "keydown", heard)) }
    }
}

/// Whether the reader wants the keys.
pub fn are_on() -> bool {
    prefs::get(PREF).is_none_or(|value| value != "off")
}

/// Stores whether the reader wants the keys.
pub fn set_on(on: bool) {
    prefs::set(PREF, if on { "on" } else { "off" });
}

fn press_of(event: &KeyboardEvent) -> Option<Press> {
    let modified = event.ctrl_key() || event.alt_key() || event.meta_key() || event.is_composing();
    if modified || event.default_prevented() || is_typed_into(event) || !are_on() {
        return None;
    }
    let key = event.key();
    KEYS.iter().find(|(name, _)| *name == key).map(|&(_, press)| press)
}

/// Whether the key goes into a text, a choice or a dialog.
fn is_typed_into(event: &KeyboardEvent) -> bool {
    let target = event.composed_path().get(0);
    let Some(element) = target.dyn_ref::<HtmlElement>() else { return false };
    element.is_content_editable()
        || element.closest("input, textarea, select, dialog").is_ok_and(|found| found.is_some())
}
