//! What Afterword has stored on a device: shown, and forgotten when its reader wants that.

use super::list::Drawer;
use crate::drafts::Stored;
use crate::platform::spawn::spawn;
use crate::texts::{Key, counted, text};
use crate::ui::notice::press_button;
use leptos::either::EitherOf3;
use leptos::html::{details, div, li, p, summary, ul};
use leptos::prelude::*;

/// How far somebody is on the way to have all of it forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Looking,
    Asked,
    Forgotten,
    Failed,
}

/// What there is, and the way to have it forgotten: first shown, then asked, then done.
pub(super) fn stored(drawer: Drawer) -> impl IntoView {
    let found = RwSignal::new_local(None::<Stored>);
    let step = RwSignal::new(Step::Looking);
    let look = move || {
        let drafts = drawer.desk.drafts;
        spawn(async move {
            let stored = drafts.stored().await;
            found.try_set(Some(stored));
        });
    };
    let node = NodeRef::<leptos::html::Details>::new();
    let toggled = move |_| {
        if node.get_untracked().is_some_and(|details| details.open()) {
            look();
        }
    };
    let forget = move || {
        spawn(async move {
            drawer.desk.signature.forget();
            let forgotten = drawer.desk.drafts.forget_everything().await;
            step.try_set(if forgotten.is_ok() { Step::Forgotten } else { Step::Failed });
            let said = if forgotten.is_ok() { Key::StoredForgotten } else { Key::StoredNotForgotten };
            drawer.desk.conversation.session().say(text(said));
            look();
            drawer.reload();
        });
    };
    let acts = move || match step.get() {
        Step::Looking => {
            let is_empty = found.with(|found| found.as_ref().is_none_or(Stored::is_empty));
            EitherOf3::A((!is_empty).then(|| {
                press_button("button stored-forget", Key::StoredForget, Box::new(move || step.set(Step::Asked)))
            }))
        }
        Step::Asked => EitherOf3::B(div().class("stored-ask").role("status").child((
            p().child(text(Key::StoredForgetAsk)),
            div().class("stored-acts").child((
                press_button("button stored-sure", Key::StoredForgetSure, Box::new(forget)),
                press_button("button stored-keep", Key::StoredForgetNot, Box::new(move || step.set(Step::Looking))),
            )),
        ))),
        Step::Forgotten => EitherOf3::C(p().class("notice").role("status").child(text(Key::StoredForgotten))),
        Step::Failed => EitherOf3::C(p().class("notice").role("status").child(text(Key::StoredNotForgotten))),
    };
    let what = move || found.with(|found| found.as_ref().map(what));
    details().class("stored").node_ref(node).on(leptos::ev::toggle, toggled).child((
        summary().child(text(Key::Stored)),
        what,
        acts,
    ))
}

/// What there is, in a list.
fn what(stored: &Stored) -> impl IntoView + use<> {
    let count = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
    let line = |one: Key, many: Key, len: usize| (len > 0).then(|| li().child(counted(one, many, count(len))));
    let Stored { drafts, outbox, choices, error } = stored;
    let none = stored.is_empty().then(|| p().child(text(Key::StoredNothing)));
    let unreadable = error.map(|_| p().child(text(Key::StoredUnreadable)));
    let names =
        choices.iter().map(|choice| li().class("stored-name").child(format!("{} = {}", choice.name, choice.value)));
    let choices = (!choices.is_empty()).then(|| {
        li().child((
            counted(Key::StoredChoicesOne, Key::StoredChoicesMany, count(choices.len())),
            ul().child(names.collect_view()),
        ))
    });
    let lines = (
        line(Key::StoredDraftsOne, Key::StoredDraftsMany, drafts.drafts.len()),
        line(Key::StoredDamagedOne, Key::StoredDamagedMany, drafts.damaged.len()),
        line(Key::StoredOutboxOne, Key::StoredOutboxMany, outbox.len()),
        choices,
    );
    div().class("stored-what").child((none, unreadable, ul().child(lines)))
}
