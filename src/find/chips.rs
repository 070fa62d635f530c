//! The subjects of a conversation, as chips that are put into the query and taken out again.

use super::finder::{Finder, Loading};
use crate::platform::{panel, pause::next_frame, spawn::spawn};
use crate::texts::{Key, text};
use afterword_core::search::{Term, has_term, with_term, without_term};
use afterword_core::subjects::Subjects;
use leptos::html::{bdi, button, div, p, span};
use leptos::prelude::*;
use leptos::task::tick;
use std::sync::Arc;

/// So many lines of chips are there before somebody asks for more.
const LINES: usize = 2;

/// The chips that are there when not all are asked for, and the button behind them.
const SHOWN: &str = ".find-chip:not([hidden]), .find-all";

/// The subjects, or their place while they are worked out.
pub(super) fn chips(finder: Finder) -> impl IntoView {
    move || match finder.subjects.get() {
        Loading::Not => None,
        Loading::Waiting => Some(leptos::either::Either::Left(
            div().class("find-subjects").child(p().class("find-wait").child(text(Key::FindSubjectsWait))),
        )),
        Loading::Here(subjects) => {
            let is_empty = subjects.list().is_empty();
            (!is_empty).then(|| leptos::either::Either::Right(list(finder, &subjects)))
        }
    }
}

fn list(finder: Finder, subjects: &Arc<Subjects>) -> impl IntoView + use<> {
    let node = NodeRef::<leptos::html::Div>::new();
    let all = subjects.list().len();
    // How many are there when not all are asked for.
    let fitting = RwSignal::new(all);
    let open = RwSignal::new(false);
    let measure = move || {
        // What is left out has no place.
        fitting.try_set(all);
        spawn(async move {
            next_frame().await;
            let Some(group) = node.try_get_untracked().flatten() else { return };
            let mut fit = panel::in_lines(&group, ".find-chip", LINES);
            // The last of them make room for the button.
            while fit < all {
                fitting.set(fit);
                tick().await;
                if fit == 0 || panel::in_lines(&group, SHOWN, LINES) > fit {
                    return;
                }
                fit -= 1;
            }
        });
    };
    node.on_load(move |_| measure());
    // Held as long as the list is there.
    StoredValue::new_local(panel::on_resize(measure));
    let chips = subjects.list().iter().enumerate().map(|(at, subject)| {
        let term = Term::Subject(subject.name.clone());
        let pressed = {
            let term = term.clone();
            Memo::new(move |_| finder.conversation.find.with(|text| has_term(text, &term)))
        };
        let press = move |_| {
            let text = finder.conversation.find.get_untracked();
            finder.ask(if has_term(&text, &term) { without_term(&text, &term) } else { with_term(&text, &term) });
        };
        button()
            .r#type("button")
            .class("find-chip")
            .aria_pressed(move || if pressed.get() { "true" } else { "false" })
            .hidden(move || !open.get() && at >= fitting.get() && !pressed.get())
            .on(leptos::ev::click, press)
            .child((bdi().child(subject.name.clone()), span().class("find-number").child(subject.count)))
    });
    let chips = chips.collect_view();
    let more = move || {
        (fitting.get() < all).then(|| {
            button()
                .r#type("button")
                .class("find-all")
                .aria_expanded(move || if open.get() { "true" } else { "false" })
                .on(leptos::ev::click, move |_| open.update(|open| *open = !*open))
                .child(move || text(if open.get() { Key::FindFewer } else { Key::FindMore }))
        })
    };
    div().class("find-subjects").role("group").aria_label(text(Key::FindSubjects)).node_ref(node).child((
        span().class("find-title").aria_hidden("true").child(text(Key::FindSubjects)),
        chips,
        more,
    ))
}
