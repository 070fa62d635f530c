//! The way out to a server: what has to be right before that, and what a press or a key does.

use super::check::{Fault, Field, faults};
use super::sheet::{Phase, Sheet};
use super::toolbar;
use super::{by_hand, returned};
use crate::platform::spawn::spawn;
use crate::platform::text_area;
use crate::texts::{Key, text};
use afterword_core::compose::count;
use afterword_core::model::BackEnd;
use afterword_core::writing::{Letter, Markup, Target, Writer};
use leptos::html::button;
use leptos::prelude::*;

/// Nobody writes and sends within so many milliseconds of opening a composer; programs do.
const HASTE_MILLIS: f64 = 2_000.0;

/// The button that sends.
pub(super) fn button_for(sheet: Sheet) -> impl IntoView {
    let is_edit = matches!(sheet.target(), Some(Target::Edit(_)));
    let idle = if is_edit { Key::ComposeSendEdit } else { Key::ComposeSend };
    let is_sending = move || sheet.phase.get() == Phase::Sending;
    button()
        .r#type("submit")
        .class("composer-send")
        .aria_keyshortcuts("Control+Enter Meta+Enter")
        // It keeps the focus, so it is not disabled; another press does nothing.
        .aria_disabled(move || is_sending().then_some("true"))
        .child(move || text(if is_sending() { Key::ComposeSending } else { idle }))
}

/// A key in the composer. Where an input method composes, it is none of ours.
pub(super) fn pressed(sheet: Sheet, event: &leptos::ev::KeyboardEvent) {
    if text_area::is_composing(event) || event.alt_key() {
        return;
    }
    let in_text = sheet.area().is_some_and(|area| area.is_focused());
    let is_markdown = sheet.desk.capabilities.with_value(|wanted| wanted.markup) == Markup::Markdown;
    let done = match (text_area::is_command(event), event.key().as_str()) {
        (true, "Enter") => {
            if !event.repeat() {
                send(sheet);
            }
            true
        }
        (true, key) => in_text && is_markdown && toolbar::by_key(sheet, key, &event.code(), event.shift_key()),
        (false, "Enter") => in_text && is_markdown && !event.shift_key() && toolbar::new_line(sheet),
        (false, _) => false,
    };
    if done {
        event.prevent_default();
    }
}

/// Sends the text, if nothing keeps it from that.
pub(super) fn send(sheet: Sheet) {
    if sheet.phase.get_untracked() == Phase::Sending {
        return;
    }
    if sheet.desk.back_end.with_value(|back_end| matches!(back_end, BackEnd::ByHand(_))) {
        return by_hand::first(sheet);
    }
    let (Some(letter), Some(keeper)) = (letter(sheet), sheet.keeper()) else { return };
    if is_trapped(sheet) {
        return sheet.say(text(Key::ComposeAgain).to_owned());
    }
    let Some(outbox) = sheet.desk.outbox else { return };
    sheet.desk.signature.keep();
    // What was refused and is not changed goes out again as it is.
    let again = returned::same(sheet, &letter);
    returned::dismiss(sheet, again.as_ref());
    if let Some(entry) = again {
        outbox.try_again(entry);
        return sheet.close();
    }
    sheet.phase.set(Phase::Sending);
    spawn(async move {
        // So that the draft that goes with the letter says the same.
        keeper.settle().await;
        // The entry is on disk when this is over; the draft stays until a server has taken the text.
        match outbox.send(letter, Some(keeper.draft_id().as_str().to_owned())).await {
            Ok(_) => sheet.close(),
            Err(_) => {
                sheet.phase.try_set(Phase::Writing);
                sheet.complain(vec![Fault::new(Field::Text, text(Key::ComposeNotHanded))]);
            }
        }
    });
}

/// What is to be sent, if all that is asked for is there; what is not is said.
pub(super) fn letter(sheet: Sheet) -> Option<Letter> {
    let (words, target) = (sheet.text(), sheet.target()?);
    // A comment that is changed keeps the name that it has.
    let is_edit = matches!(target, Target::Edit(_));
    let writer = if is_edit { Writer::default() } else { sheet.desk.signature.writer.get_untracked() };
    let part = |part: &str| part.trim().to_owned();
    let writer = Writer { name: part(&writer.name), email: part(&writer.email), website: part(&writer.website) };
    let mut found = sheet
        .desk
        .capabilities
        .with_value(|wanted| faults(words.is_blank(), count::characters(&words.0), &writer, wanted));
    found.retain(|fault| !is_edit || fault.field == Field::Text);
    if !found.is_empty() {
        sheet.complain(found);
        return None;
    }
    Some(Letter { place: sheet.desk.place(target)?, title: sheet.desk.title(), text: words, writer })
}

/// Whether this looks like the work of a program: the field that nobody sees is filled, or it all went very fast. It does so
/// once; who presses again is let through.
fn is_trapped(sheet: Sheet) -> bool {
    if sheet.desk.capabilities.with_value(|wanted| wanted.guards) {
        return false;
    }
    let filled = sheet.form().is_some_and(|form| text_area::take_value(&form, ".composer-trap-field"));
    (filled || sheet.open_for() < HASTE_MILLIS) && !sheet.pass()
}
