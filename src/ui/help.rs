//! The list of keys: a part of the app of its own, fetched when it is first wanted.

use crate::lazy::PartNotLoaded;
use crate::session::Session;
use crate::texts::{Key, text};
use crate::ui::notice::{Kind, notice, press_button};
use leptos::either::Either;
use leptos::html::{dd, dialog, div, dl, dt, h2, input, kbd, label, span};
use leptos::prelude::*;

/// What the list of keys is doing.
#[derive(Default)]
pub enum Help {
    /// It is closed.
    #[default]
    Closed,
    /// It has come, to be shown once.
    Here(AnyView),
    /// It is shown.
    Open,
    /// It did not come.
    NotLoaded,
}

/// Opens the list, fetching it if need be; natively nobody does.
pub fn open(session: Session) {
    #[cfg(feature = "browser")]
    crate::platform::spawn::spawn(async move {
        let help = match crate::lazy::open_help(session).await {
            Ok(view) => Help::Here(view),
            Err(PartNotLoaded) => Help::NotLoaded,
        };
        session.help.set(help);
    });
    #[cfg(not(feature = "browser"))]
    let _ = (session, PartNotLoaded);
}

/// What is at the list's place.
pub fn help_slot(session: Session) -> impl IntoView {
    session.help.track();
    let help = session.help.try_update_untracked(|help| match help {
        Help::Here(_) => std::mem::replace(help, Help::Open),
        Help::Closed | Help::Open | Help::NotLoaded => {
            if matches!(help, Help::NotLoaded) {
                Help::NotLoaded
            } else {
                Help::Closed
            }
        }
    });
    match help {
        Some(Help::Here(view)) => Some(Either::Left(view)),
        Some(Help::NotLoaded) => {
            let retry = Box::new(move || open(session));
            Some(Either::Right(notice(Kind::Error, text(Key::PartFailed).to_owned(), Some(retry))))
        }
        Some(Help::Closed | Help::Open) | None => None,
    }
}

/// The list itself. Only [`crate::lazy::open_help`] calls this, so that it goes into a part of its own.
pub fn help_dialog(session: Session) -> AnyView {
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
    dialog()
        .class("help")
        .aria_labelledby("help-title")
        .node_ref(node)
        .on(leptos::ev::close, move |_| session.help.set(Help::Closed))
        .child((
            h2().id("help-title").child(text(Key::HelpTitle)),
            dl().class("help-keys").child(keys),
            switch,
            press_button("button", Key::HelpClose, Box::new(close)),
        ))
        .into_any()
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
