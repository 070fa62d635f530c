//! Notices: what went wrong or is missing, and what can be done about it. And the calm placeholder while one waits.

use crate::texts::{Key, text};
use leptos::html::{button, div, p};
use leptos::prelude::*;

/// How serious a notice is: it decides the colour, and whether it interrupts somebody who listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something is not there.
    Error,
    /// Something is there, but not whole.
    Warning,
}

/// What a press on a button does.
pub type OnPress = Box<dyn Fn()>;

/// A notice of one or more sentences, with a button to try again where that makes sense.
pub fn notice(kind: Kind, sentences: String, retry: Option<OnPress>) -> impl IntoView + use<> {
    let (class, role) = match kind {
        Kind::Error => ("notice notice-error", "alert"),
        Kind::Warning => ("notice notice-warning", "status"),
    };
    let retry = retry.map(|retry| press_button("button", Key::Retry, retry));
    div().class(class).role(role).child((p().child(sentences), retry))
}

/// A button with a text.
pub fn press_button(class: &'static str, label: Key, press: OnPress) -> impl IntoView + use<> {
    button().r#type("button").class(class).on(leptos::ev::click, move |_| press()).child(text(label))
}

/// A place that is being filled. The style sheet shows it only after a moment: what comes quickly needs no word.
pub fn placeholder(waiting: Key) -> impl IntoView {
    let lines = [(); 5].map(|()| div().class("placeholder-line"));
    div().class("placeholder").role("status").child((p().class("for-ears").child(text(waiting)), lines))
}
