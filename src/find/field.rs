//! The search field, with how much it has found and the ways from match to match.

use super::finder::{Finder, Found};
use super::panel::escape;
use super::syntax::sentence;
use crate::platform::listener::Timer;
use crate::platform::popover;
use crate::texts::{Key, filled, text, with_number};
use crate::ui::notice::{OnPress, press_button};
use leptos::html::{button, div, form, input, label, p, span};
use leptos::prelude::*;

/// So long after the last key the count is read out, in milliseconds: people type faster.
const REST_MILLIS: i32 = 600;

/// Ids of what the field is described by; there is one panel on a page.
const FIELD: &str = "find-field";
const PROBLEM: &str = "find-problem";

/// The field and what belongs to it.
pub(super) fn field(finder: Finder, focus: bool) -> impl IntoView {
    let conversation = finder.conversation;
    let node = NodeRef::<leptos::html::Input>::new();
    if focus {
        node.on_load(|field| popover::focus(&field));
    }
    let focus_field = move || {
        if let Some(field) = node.get_untracked() {
            popover::focus(&field);
        }
    };
    let pressed = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            finder.step(if event.shift_key() { -1 } else { 1 });
        }
    };
    let control = input()
        .r#type("search")
        .id(FIELD)
        .class("find-field")
        .placeholder(text(Key::Find))
        .autocomplete("off")
        .spellcheck("false")
        .attr("enterkeyhint", "search")
        .aria_describedby(PROBLEM)
        .aria_invalid(move || finder.problem.with(Option::is_some).then_some("true"))
        .node_ref(node)
        .prop("value", move || conversation.find.get())
        .on(leptos::ev::input, move |event| finder.ask(event_target_value(&event)))
        .on(leptos::ev::keydown, pressed);
    let clear = move || {
        finder.ask(String::new());
        focus_field();
    };
    let never = Signal::stored(false);
    let has_text = move || !conversation.find.with(String::is_empty);
    let clear_sign = move || has_text().then(|| sign("find-sign find-clear", Key::FindClear, never, Box::new(clear)));
    let nowhere = Signal::derive(move || match &*finder.found.read() {
        Found::Some(matches) => matches.count == 0,
        Found::All | Found::Waiting => true,
    });
    let bar = div().class("find-bar").child((
        label().r#for(FIELD).class("for-ears").child(text(Key::FindLabel)),
        div().class("find-box").child((control, clear_sign)),
        sign("find-sign find-previous", Key::FindPrevious, nowhere, Box::new(move || finder.step(-1))),
        sign("find-sign find-next", Key::FindNext, nowhere, Box::new(move || finder.step(1))),
        press_button("find-close", Key::HelpClose, Box::new(move || conversation.find_open.set(false))),
    ));
    let submitted = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        finder.step(1);
    };
    form()
        .class("find")
        .role("search")
        .on(leptos::ev::submit, submitted)
        .on(leptos::ev::keydown, move |event| escape(finder, &event))
        .child((bar, count(finder, clear), problem(finder), spoken(finder)))
}

/// A button with a sign in place of words, which the style sheet draws.
fn sign(class: &'static str, name: Key, disabled: Signal<bool>, press: OnPress) -> impl IntoView {
    button()
        .r#type("button")
        .class(class)
        .aria_label(text(name))
        .title(text(name))
        .disabled(disabled)
        .on(leptos::ev::click, move |_| press())
}

/// How much was found, in words; nothing as long as nothing is looked for.
fn count_text(finder: Finder) -> Option<String> {
    let (count, total) = match &*finder.found.read() {
        Found::All => return None,
        Found::Waiting => return Some(text(Key::FindWaiting).to_owned()),
        Found::Some(matches) => (matches.count, matches.total),
    };
    let of = |key, n, to: u32| filled(&with_number(key, n), "to", &to.to_string());
    Some(match finder.place() {
        _ if count == 0 => text(Key::FindNone).to_owned(),
        Some(before) => of(Key::FindAt, before + 1, count),
        None if total == 1 => with_number(Key::FindCountOfOne, count),
        None => of(Key::FindCount, count, total),
    })
}

/// The count; where there is none, a word on what can be typed, so that nothing moves when there is one.
fn count(finder: Finder, clear: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let words = move || count_text(finder).unwrap_or_else(|| text(Key::FindHint).to_owned());
    let is_none = Memo::new(move |_| matches!(&*finder.found.read(), Found::Some(matches) if matches.count == 0));
    let offer = move || is_none.get().then(|| press_button("find-name", Key::FindClear, Box::new(clear)));
    p().class("find-count").child((span().child(words), offer))
}

/// What is wrong with the query, and that what is shown belongs to the one before it.
fn problem(finder: Finder) -> impl IntoView {
    let words = move || {
        let problem = finder.problem.get()?;
        let query = finder.conversation.find.get_untracked();
        let mut words = sentence(&problem, &query);
        if !matches!(*finder.found.read(), Found::All) {
            words.push(' ');
            words.push_str(text(Key::FindLastGood));
        }
        Some(words)
    };
    p().class("find-problem").id(PROBLEM).child(words)
}

/// The same for whoever listens, once typing rests.
fn spoken(finder: Finder) -> impl IntoView {
    let said = RwSignal::new(String::new());
    let timer = StoredValue::new_local(None::<Timer>);
    Effect::new(move |_| {
        let words = count_text(finder).unwrap_or_default();
        let say = move || {
            said.try_set(words.clone());
        };
        timer.set_value(Some(Timer::start(REST_MILLIS, say)));
    });
    p().class("for-ears").role("status").child(move || said.get())
}
