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

/// How many lines the placeholder has: as many as a short comment.
const PLACEHOLDER_LINES: usize = 5;

/// A notice of one or more sentences, with a button to try again where that makes sense.
pub fn notice(kind: Kind, sentences: Vec<String>, retry: Option<impl Fn() + 'static>) -> impl IntoView {
    let (class, role) = match kind {
        Kind::Error => ("notice notice-error", "alert"),
        Kind::Warning => ("notice notice-warning", "status"),
    };
    let retry = retry.map(|retry| {
        button().r#type("button").class("button").on(leptos::ev::click, move |_| retry()).child(text(Key::Retry))
    });
    let sentences = sentences.into_iter().map(|sentence| p().child(sentence)).collect_view();
    div().class(class).role(role).child((sentences, retry))
}

/// A place that is being filled. The style sheet shows it only after a moment: what comes quickly needs no word.
pub fn placeholder(waiting: Key) -> impl IntoView {
    let lines = (0..PLACEHOLDER_LINES).map(|_| div().class("placeholder-line")).collect_view();
    div().class("placeholder").role("status").child((p().class("for-ears").child(text(waiting)), lines))
}
