//! The choice of the order.

use crate::conversation::Conversation;
use crate::texts::{Key, text};
use afterword_core::thread::Order;
use leptos::html::{label, option, select, span};
use leptos::prelude::*;

/// The name of an order.
pub fn order_key(order: Order) -> Key {
    match order {
        Order::Oldest => Key::OrderOldest,
        Order::Newest => Key::OrderNewest,
    }
}

/// The control of a conversation's order.
pub fn order_control(conversation: Conversation) -> impl IntoView {
    let first = conversation.talk.with_untracked(|talk| talk.order);
    let options = Order::ALL
        .map(|offered| option().value(offered.name()).selected(offered == first).child(text(order_key(offered))));
    let control = select()
        .class("order-select")
        .prop("value", move || conversation.talk.with(|talk| talk.order.name()))
        .on(leptos::ev::change, move |event| {
            if let Some(order) = Order::from_name(&event_target_value(&event)) {
                conversation.set_order(order);
            }
        });
    label().class("order needs-app").child((span().child(text(Key::Order)), control.child(options)))
}
