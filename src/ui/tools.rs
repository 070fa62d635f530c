//! What decides how a conversation is shown: its order, its layout, what is folded, and the way to what one looks for.

use crate::conversation::Conversation;
use crate::texts::{Key, text};
use afterword_core::rows::View;
use afterword_core::thread::Order;
use leptos::html::{button, div, label, option, select, span};
use leptos::prelude::*;

/// The name of an order.
pub fn order_key(order: Order) -> Key {
    match order {
        Order::Oldest => Key::OrderOldest,
        Order::Newest => Key::OrderNewest,
        Order::Best => Key::OrderBest,
        Order::Top => Key::OrderTop,
        Order::Controversial => Key::OrderControversial,
        Order::Replies => Key::OrderReplies,
        Order::Active => Key::OrderActive,
        Order::Conversation => Key::OrderConversation,
        Order::Longest => Key::OrderLongest,
    }
}

/// The name of a layout.
pub fn view_key(view: View) -> Key {
    match view {
        View::Threaded => Key::ViewThreaded,
        View::Flat => Key::ViewFlat,
        View::Author => Key::ViewAuthor,
        View::Inferred => Key::ViewInferred,
    }
}

/// The controls of a conversation.
pub fn tools(conversation: Conversation) -> impl IntoView {
    let orders = choice(
        Key::Order,
        "order-select",
        move || conversation.offered_orders().into_iter().map(|order| (order.name(), order_key(order))).collect(),
        move || conversation.talk.with(|talk| talk.order.name()),
        move |name| Order::from_name(name).into_iter().for_each(|order| conversation.set_order(order)),
    );
    let views = choice(
        Key::View,
        "view-select",
        move || conversation.offered_views().into_iter().map(|view| (view.name(), view_key(view))).collect(),
        move || conversation.talk.with(|talk| talk.view.name()),
        move |name| View::from_name(name).into_iter().for_each(|view| conversation.set_view(view)),
    );
    let can_fold = Memo::new(move |_| conversation.can_fold_all());
    let expanded = move || conversation.talk.with(|talk| talk.collapsed.is_empty());
    let fold = move || {
        can_fold.get().then(|| {
            let key = move || text(if expanded() { Key::CollapseAll } else { Key::ExpandAll });
            button()
                .r#type("button")
                .class("tool fold-all")
                .on(leptos::ev::click, move |_| conversation.fold_all())
                .child(key)
        })
    };
    let is_open = move || if conversation.find_open.get() { "true" } else { "false" };
    let find = button()
        .r#type("button")
        .class("tool find-open")
        .aria_expanded(is_open)
        .on(leptos::ev::click, move |_| conversation.open_find(true))
        .child(text(Key::Find));
    (orders, views, div().class("tool-buttons").child((fold, find)))
}

/// A control with which one of some names is chosen.
fn choice(
    name: Key,
    class: &'static str,
    offered: impl Fn() -> Vec<(&'static str, Key)> + Send + Sync + 'static,
    chosen: impl Fn() -> &'static str + Copy + Send + Sync + 'static,
    choose: impl Fn(&str) + 'static,
) -> impl IntoView {
    let offered = Memo::new(move |_| offered());
    let options = move || {
        let now = untrack(chosen);
        let option = |(name, key)| option().value(name).selected(name == now).child(text(key));
        offered.get().into_iter().map(option).collect_view()
    };
    let control = select()
        .class(class)
        .prop("value", move || {
            // The options come first: a value that none of them has is not taken.
            offered.track();
            chosen()
        })
        .on(leptos::ev::change, move |event| choose(&event_target_value(&event)))
        .child(options);
    label().class("choice").child((span().child(text(name)), control))
}

/// A button that stands for a state.
pub fn switch(
    class: &'static str,
    name: Key,
    on: impl Fn() -> bool + Send + Sync + 'static,
    press: impl Fn() + 'static,
) -> impl IntoView {
    button()
        .r#type("button")
        .class(class)
        .aria_pressed(move || if on() { "true" } else { "false" })
        .on(leptos::ev::click, move |_| press())
        .child(text(name))
}
