//! What there is to say while somebody reads: comments that have come in, and those that are new since the last visit.
//! It lies over the rows at the lower edge of the screen, and moves nothing.

use crate::conversation::Conversation;
use crate::texts::{Key, counted, text};
use crate::ui::notice::press_button;
use crate::ui::tools::switch;
use afterword_core::rows::Move;
use leptos::html::{button, div, span};
use leptos::prelude::*;

/// The words that look for what is new; see `afterword_core::search`.
const IS_NEW: &str = "is:new";

/// Says what is new, and leads to it.
pub fn pill(conversation: Conversation) -> impl IntoView {
    let dismissed = RwSignal::new(false);
    let arrived = Memo::new(move |_| conversation.talk.with(|talk| talk.arrived.as_ref().map(|arrived| arrived.count)));
    let new = Memo::new(move |_| {
        conversation.talk.with(|talk| {
            let len = talk.thread().map_or(0, |thread| thread.len());
            (0..len).map_while(|at| u32::try_from(at).ok()).filter(|&comment| talk.is_new(comment)).count()
        })
    });
    let show_arrived = move || {
        arrived.get().map(|count| {
            button()
                .r#type("button")
                .class("pill pill-arrived")
                .on(leptos::ev::click, move |_| conversation.show_arrived())
                .child(counted(Key::ArrivedOne, Key::ArrivedMany, count))
        })
    };
    let lead_to_new = move || {
        let count = u32::try_from(new.get()).unwrap_or(u32::MAX);
        (count > 0 && !dismissed.get()).then(|| {
            let go = |way| Box::new(move || conversation.go(way));
            let only = move || conversation.find.with(|find| find.trim() == IS_NEW);
            let toggle = move || {
                let text = if untrack(only) { "" } else { IS_NEW };
                conversation.find.set(text.to_owned());
                if !text.is_empty() {
                    conversation.open_find(false);
                }
            };
            div().class("pill pill-new").role("group").aria_label(text(Key::NewSince)).child((
                span().class("pill-count").child(counted(Key::NewOne, Key::NewMany, count)),
                press_button("pill-button", Key::PreviousNew, go(Move::PreviousNew)),
                press_button("pill-button", Key::NextNew, go(Move::NextNew)),
                switch("pill-button", Key::OnlyNew, only, toggle),
                press_button("pill-button", Key::Dismiss, Box::new(move || dismissed.set(true))),
            ))
        })
    };
    div().class("pills").child((div().role("status").child(show_arrived), lead_to_new))
}
