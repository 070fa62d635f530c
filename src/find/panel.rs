//! The panel: what is mounted when a reader asks for it, and how it goes away again.

use super::card::card;
use super::chart::chart;
use super::chips::chips;
use super::field::field;
use super::finder::{Finder, Found, by_author};
use super::syntax::syntax;
use crate::conversation::Conversation;
use crate::platform::{page, panel, popover, spawn::spawn};
use crate::render::region::RegionElement;
use crate::render::row::author_name;
use leptos::html::div;
use leptos::prelude::*;
use std::any::Any;

/// The class of the root while a panel is there: jumps end below its field.
const CLASS: &str = "is-finding";

/// How the panel looks. It comes with it: readers who look for nothing need not wait for it.
const STYLE: &str = include_str!("../../style/find.css");

/// Opens the panel in an element of a conversation that is its own, or finds it there; `focus` tells whether the reader
/// wants to type. Setting [`Conversation::find_open`] to `false` closes it. Only [`crate::lazy`] calls this, so that it
/// goes into a part of its own.
pub fn open(conversation: Conversation, place: &RegionElement, focus: bool) {
    // The component may be gone by now, and its state with it.
    let Some(owner) = conversation.owner() else { return };
    if place.first_element_child().is_some() {
        if focus {
            panel::focus_within(place, "input");
        }
        return;
    }
    panel::adopt_style(place, STYLE);
    let opener = panel::focused(place);
    conversation.find_open.set(true);
    owner.with(|| {
        // Held until the panel is closed, or the conversation is gone.
        let held = StoredValue::new_local(None::<Box<dyn Any>>);
        let mounted = leptos::mount::mount_to(place.clone(), move || view(conversation, held, focus, opener));
        held.set_value(Some(Box::new(mounted)));
    });
    page::set_root_class(CLASS, true);
}

/// Opens the panel with what the author of a comment wrote.
pub fn open_author(conversation: Conversation, place: &RegionElement, comment: u32) {
    if conversation.is_gone() {
        return;
    }
    let Some(thread) = untrack(|| conversation.thread()) else { return };
    let name = author_name(thread.comment(comment)).to_owned();
    conversation.find.try_update(|text| *text = by_author(text, &name));
    open(conversation, place, false);
}

fn view(
    conversation: Conversation,
    held: StoredValue<Option<Box<dyn Any>>, LocalStorage>,
    focus: bool,
    opener: Option<RegionElement>,
) -> impl IntoView {
    let finder = Finder::new(conversation);
    let opener = StoredValue::new_local(opener);
    Effect::new(move |_| {
        if !conversation.find_open.get() {
            finder.leave();
            if let Some(opener) = opener.get_value() {
                popover::focus(&opener);
            }
            // Not while its own effect is running.
            spawn(async move {
                held.try_set_value(None);
            });
        }
    });
    on_cleanup(|| page::set_root_class(CLASS, false));
    let more = div()
        .class("find-more")
        .class(("is-asked", move || finder.found.with(|found| *found != Found::All)))
        .on(leptos::ev::keydown, move |event| escape(finder, &event));
    (field(finder, focus), more.child((syntax(finder), card(finder), chips(finder), chart(finder))))
}

/// Escape takes the query away; where there is none, the panel.
pub(super) fn escape(finder: Finder, event: &leptos::ev::KeyboardEvent) {
    if event.key() != "Escape" || event.is_composing() {
        return;
    }
    event.prevent_default();
    let conversation = finder.conversation;
    if conversation.find.with_untracked(String::is_empty) {
        conversation.find_open.set(false);
    } else {
        conversation.find.set(String::new());
    }
}
