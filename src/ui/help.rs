//! The list of keys: a part of the app of its own, fetched when it is first wanted.

use crate::lazy::{PartNotLoaded, open_help};
use crate::session::Session;
use crate::texts::{Key, text};
use crate::ui::notice::{Kind, notice};
use leptos::html::{button, dd, dialog, div, dl, dt, h2, input, kbd, label, span};
use leptos::prelude::*;

/// The place where the list appears. It holds the small part that must be there to fetch the rest.
pub fn help_slot(session: Session) -> impl IntoView {
    let fetched = RwSignal::new_local(None::<Result<AnyView, PartNotLoaded>>);
    let fetch = move || {
        fetched.set(None);
        leptos::task::spawn_local(async move {
            let part = open_help(session).await;
            fetched.try_set(Some(part));
        });
    };
    Effect::new(move |_| {
        if session.help_open.get() {
            fetch();
        }
    });
    div().class("help-slot").child(move || {
        if !session.help_open.get() {
            return None;
        }
        fetched.track();
        fetched.write_untracked().take().map(|part| match part {
            Ok(view) => view,
            Err(PartNotLoaded) => {
                notice(Kind::Error, vec![text(Key::PartFailed).to_owned()], Some(fetch)).into_any()
            }
        })
    })
}

/// The list itself. Only [`open_help`] calls this, so that it goes into a part of its own.
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
    node.on_load(|dialog| crate::commands::open_dialog(&dialog));
    let close = move || crate::commands::close_dialog(node.get_untracked());
    let switch = label().class("help-switch").child((
        input()
            .r#type("checkbox")
            .prop("checked", crate::commands::keys_are_on())
            .on(leptos::ev::change, |event| crate::commands::set_keys_on(event_target_checked(&event))),
        span().child(text(Key::HelpSwitch)),
    ));
    dialog()
        .class("help")
        .aria_labelledby("help-title")
        .node_ref(node)
        .on(leptos::ev::close, move |_| session.help_open.set(false))
        .child((
            h2().id("help-title").child(text(Key::HelpTitle)),
            dl().class("help-keys").child(keys.collect_view()),
            switch,
            button().r#type("button").class("button").on(leptos::ev::click, move |_| close()).child(text(Key::HelpClose)),
        ))
        .into_any()
}
