//! One composer as it is seen.

use super::sheet::Sheet;
use super::{by_hand, copies, field, outlook, returned, saved, sending, signature, toolbar};
use crate::texts::{Key, text, with_name};
use afterword_core::model::BackEnd;
use afterword_core::writing::{Markup, Target};
use leptos::either::Either;
use leptos::html::{button, div, h3, input, label};
use leptos::prelude::*;

/// The composer.
pub(super) fn form(sheet: Sheet) -> impl IntoView {
    let target = sheet.target().unwrap_or(Target::Thread);
    let is_edit = matches!(target, Target::Edit(_));
    let markup = sheet.desk.capabilities.with_value(|wanted| wanted.markup);
    let by_hand = sheet.desk.back_end.with_value(|back_end| matches!(back_end, BackEnd::ByHand(_)));
    let node = NodeRef::<leptos::html::Form>::new();
    node.on_load(move |form| sheet.set_form(form.into()));
    let submitted = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        sending::send(sheet);
    };
    let foot = if by_hand { Either::Left(by_hand::ways(sheet)) } else { Either::Right(sending::button_for(sheet)) };
    let head = div().class("composer-head").child((
        h3().class("composer-title").child(title(sheet, &target)),
        div()
            .class("composer-bar")
            .child(((markup == Markup::Markdown).then(|| toolbar::toolbar(sheet)), outlook::modes(sheet))),
    ));
    leptos::html::form()
        .class("composer")
        .class(("is-previewing", move || sheet.previewing.get()))
        .attr("data-target", data_target(&target))
        .attr("novalidate", "")
        .aria_label(title(sheet, &target))
        .node_ref(node)
        .on(leptos::ev::focusin, move |_| sheet.is_used())
        .on(leptos::ev::submit, submitted)
        .on(leptos::ev::keydown, move |event| sending::pressed(sheet, &event))
        .child((
            head,
            returned::reason(sheet),
            div().class("composer-sheets").child((field::field(sheet), outlook::pane(sheet))),
            field::problem(sheet),
            saved::notes(sheet),
            copies::copies(sheet),
            // Whoever changes a comment has signed it.
            (!is_edit).then(|| signature::fields(sheet)),
            trap(sheet),
            div().class("composer-foot").child((foot, saved::state(sheet), leave(sheet))),
            by_hand::handed(sheet),
        ))
}

/// The target as tests and style sheets read it.
fn data_target(target: &Target) -> String {
    match target {
        Target::Thread => "thread".to_owned(),
        Target::Reply(id) => format!("reply {id}"),
        Target::Edit(id) => format!("edit {id}"),
    }
}

/// What is written here.
pub(super) fn title(sheet: Sheet, target: &Target) -> String {
    match target {
        Target::Thread => text(Key::ComposeThread).to_owned(),
        Target::Reply(id) => match sheet.desk.answered(id) {
            Some((name, _)) => with_name(Key::ComposeReply, &name),
            None => text(Key::ComposeReplySomebody).to_owned(),
        },
        Target::Edit(_) => text(Key::ComposeEdit).to_owned(),
    }
}

/// The ways to leave without sending.
fn leave(sheet: Sheet) -> impl IntoView {
    let plain = move |class: &'static str, name: Key, press: fn(&Sheet)| {
        button().r#type("button").class(class).on(leptos::ev::click, move |_| press(&sheet)).child(text(name))
    };
    let discard = move || {
        (sheet.units.get() > 0).then(|| plain("composer-quiet composer-discard", Key::ComposeDiscard, Sheet::discard))
    };
    // This one is open already.
    let others = move || {
        (sheet.desk.count.get() > 1).then(|| plain("composer-quiet composer-drafts", Key::Drafts, Sheet::open_list))
    };
    div().class("composer-leave").child((
        others,
        discard,
        plain("composer-quiet composer-cancel", Key::ComposeCancel, Sheet::cancel),
    ))
}

/// A field that no person reaches: what fills it is a program.
fn trap(sheet: Sheet) -> impl IntoView {
    let guards = sheet.desk.capabilities.with_value(|wanted| wanted.guards);
    (!guards).then(|| {
        let field = input()
            .r#type("text")
            .class("composer-trap-field")
            .name("composer-subject")
            .tabindex("-1")
            .attr("autocomplete", "off");
        div().class("composer-trap").aria_hidden("true").child(label().child((text(Key::ComposeTrap), field)))
    })
}
