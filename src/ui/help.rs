//! The list of keys: a part of the app of its own, fetched when it is first wanted.

use crate::session::Session;
use crate::texts::{Key, text};
use crate::ui::notice::{Kind, OnPress, notice, press_button};
use leptos::html::{dd, dialog, div, dl, dt, h2, input, kbd, label, span};
use leptos::prelude::*;

/// The id of the element that the list is put into.
pub const SLOT: &str = "help-slot";

/// Opens the list, fetching it if need be; natively nobody does.
pub fn open(session: Session) {
    #[cfg(feature = "browser")]
    crate::platform::spawn::spawn(async move {
        let missing = crate::lazy::open_help().await.is_err();
        session.help_missing.set(missing);
    });
    #[cfg(not(feature = "browser"))]
    let _ = session;
}

/// The list's place, and a word when it did not come.
pub fn help_slot(session: Session) -> impl IntoView {
    let missing = move || {
        session.help_missing.get().then(|| {
            let retry: OnPress = Box::new(move || open(session));
            notice(Kind::Error, text(Key::PartFailed).to_owned(), Some(retry))
        })
    };
    (div().child(missing), div().id(SLOT))
}

/// Puts the list into its place until it is closed. Only [`crate::lazy::open_help`] calls this, so that it goes into a
/// part of its own.
#[cfg(feature = "browser")]
pub fn show() {
    use std::{any::Any, cell::RefCell, rc::Rc};
    let Some(slot) = crate::platform::page::element(SLOT).filter(|slot| slot.first_element_child().is_none()) else {
        return;
    };
    // What unmounts the list is held by what is called when it closes.
    let mounted = Rc::new(RefCell::new(None::<Box<dyn Any>>));
    let closed = {
        let mounted = Rc::clone(&mounted);
        move || {
            let mounted = Rc::clone(&mounted);
            // Not while the list's own listener is running.
            crate::platform::spawn::spawn(async move { drop(mounted.take()) });
        }
    };
    let handle = leptos::mount::mount_to(slot, move || help_dialog(closed));
    mounted.replace(Some(Box::new(handle)));
}

/// The list itself.
pub fn help_dialog(closed: impl Fn() + 'static) -> impl IntoView {
    let keys = [
        ("j", Key::HelpNext),
        ("k", Key::HelpPrevious),
        ("x", Key::HelpCollapse),
        ("o", Key::HelpOrder),
        ("?", Key::HelpHelp),
    ];
    let keys = keys.map(|(name, meaning)| div().child((dt().child(kbd().child(name)), dd().child(text(meaning)))));
    let node = NodeRef::<leptos::html::Dialog>::new();
    node.on_load(|dialog| drop(dialog.show_modal()));
    let close = move || {
        if let Some(dialog) = node.get_untracked() {
            dialog.close();
        }
    };
    let switch = label().class("help-switch").child((
        input()
            .r#type("checkbox")
            .prop("checked", keys_are_on())
            .on(leptos::ev::change, |event| set_keys_on(event_target_checked(&event))),
        span().child(text(Key::HelpSwitch)),
    ));
    dialog().class("help").aria_labelledby("help-title").node_ref(node).on(leptos::ev::close, move |_| closed()).child(
        (
            h2().id("help-title").child(text(Key::HelpTitle)),
            dl().class("help-keys").child(keys),
            switch,
            press_button("button", Key::HelpClose, Box::new(close)),
        ),
    )
}

#[cfg(feature = "browser")]
use crate::platform::keys::{are_on as keys_are_on, set_on as set_keys_on};

/// A prerendered page does not know what its readers want.
#[cfg(not(feature = "browser"))]
fn keys_are_on() -> bool {
    true
}

#[cfg(not(feature = "browser"))]
fn set_keys_on(_on: bool) {}
