//! How a reader wants conversations to be shown: what the address says, else what was chosen last on this site, else what
//! the site's owner set. What differs from the owner's way is in the address, so that a link shares it.

use crate::conversation::Conversation;
use crate::platform::{location, prefs};
use crate::session::Session;
use afterword_core::rows::View;
use afterword_core::thread::Order;
use leptos::prelude::*;

/// The name of the order, in addresses and in what is stored.
const ORDER: &str = "order";
/// The name of the layout.
const VIEW: &str = "view";
/// What is looked for, in addresses.
const FIND: &str = "find";

/// Longest text that is looked for by an address, in bytes: more is typed by nobody, and could be anything.
const FIND_BYTES_MAX: usize = 500;

/// Sets a conversation to what the reader wants.
pub fn restore(conversation: &Conversation) {
    let session = conversation.session();
    let param = |name| location::parameter(name).filter(|_| session.owns_window());
    let stored = |name| prefs::get(&stored_name(&session, name));
    let read = |name| param(name).or_else(|| stored(name)).unwrap_or_default();
    let (order, view) = (Order::from_name(&read(ORDER)), View::from_name(&read(VIEW)));
    conversation.talk.update(|talk| {
        talk.order = order.unwrap_or(talk.order);
        talk.view = view.unwrap_or(talk.view);
    });
    if let Some(find) = param(FIND).filter(|find| !find.trim().is_empty() && find.len() <= FIND_BYTES_MAX) {
        conversation.find.set(find);
    }
}

/// Writes into the address how the conversation is shown now. The history gets no new entry: Back leads to where the
/// reader came from.
pub fn write_address(conversation: &Conversation) {
    let session = conversation.session();
    if !session.owns_window() {
        return;
    }
    let site = session.site();
    let (order, view) = conversation.talk.with(|talk| (talk.order, talk.view));
    let find = conversation.find.get();
    let find = find.trim();
    // What the owner set is not worth a word, unless the address has it to say that the reader's last choice is not meant.
    let chosen = |name: &str, value: &'static str, owners: &str| {
        let last = prefs::get(&stored_name(&session, name));
        (value != owners || last.is_some_and(|last| last != value)).then_some(value)
    };
    location::set_parameters(&[
        (ORDER, chosen(ORDER, order.name(), site.order.name())),
        (VIEW, chosen(VIEW, view.name(), site.view.name())),
        (FIND, (!find.is_empty() && find.len() <= FIND_BYTES_MAX).then_some(find)),
    ]);
}

/// Remembers an order for this site.
pub fn remember_order(session: &Session, order: Order) {
    prefs::set(&stored_name(session, ORDER), order.name());
}

/// Remembers a layout for this site; not one that leaves out most of what is said, which would surprise on another post.
pub fn remember_view(session: &Session, view: View) {
    if view != View::Author {
        prefs::set(&stored_name(session, VIEW), view.name());
    }
}

fn stored_name(session: &Session, name: &str) -> String {
    format!("{name}:{}", session.base().join(""))
}
