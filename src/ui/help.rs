//! The list of keys: a part of the app of its own, fetched when it is first wanted.

use crate::session::Session;
use crate::texts::{Key, text};
use crate::ui::notice::{Kind, OnPress, notice};
use leptos::html::div;
use leptos::prelude::*;
#[cfg(feature = "browser")]
use {
    crate::platform::keys::{self, KEYS, Press},
    crate::ui::notice::press_button,
    afterword_core::rows::Move,
    leptos::html::{dd, dialog, dl, dt, h2, input, kbd, label, span},
};

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
#[cfg(feature = "browser")]
fn help_dialog(closed: impl Fn() + 'static) -> impl IntoView {
    let keys = KEYS.map(|(name, press)| div().child((dt().child(kbd().child(name)), dd().child(text(meaning(press))))));
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
            .prop("checked", keys::are_on())
            .on(leptos::ev::change, |event| keys::set_on(event_target_checked(&event))),
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

/// What a key is for.
#[cfg(feature = "browser")]
fn meaning(press: Press) -> Key {
    match press {
        Press::Go(way) => match way {
            Move::Next => Key::HelpNext,
            Move::Previous => Key::HelpPrevious,
            Move::NextSibling => Key::HelpNextSibling,
            Move::PreviousSibling => Key::HelpPreviousSibling,
            Move::Parent => Key::HelpParent,
            Move::Root => Key::HelpRoot,
            Move::NextNew => Key::HelpNextNew,
            Move::PreviousNew => Key::HelpPreviousNew,
        },
        Press::Collapse => Key::HelpCollapse,
        Press::CollapseAll => Key::HelpCollapseAll,
        Press::Order => Key::HelpOrder,
        Press::Find => Key::HelpFind,
        Press::Reply => Key::HelpReply,
        Press::Quote => Key::HelpQuote,
        Press::Help => Key::HelpHelp,
    }
}
