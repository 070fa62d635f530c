//! The choice of the order.

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

/// The control; `chosen` hears of a choice.
pub fn order_control(order: RwSignal<Order>, chosen: impl Fn(Order) + 'static) -> impl IntoView {
    let first = order.get_untracked();
    let options = Order::ALL.map(|offered| {
        option()
            .value(offered.name())
            .selected(offered == first)
            .prop("selected", move || order.get() == offered)
            .child(text(order_key(offered)))
    });
    let control = select().class("order-select").on(leptos::ev::change, move |event| {
        if let Some(order) = Order::from_name(&event_target_value(&event)) {
            chosen(order);
        }
    });
    label().class("order needs-app").child((span().child(text(Key::Order)), control.child(options.collect_view())))
}
