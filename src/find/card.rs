//! The card of somebody whose comments are shown.

use super::finder::Finder;
use super::person::Person;
use crate::render::avatar::Avatar;
use crate::texts::{Key, comment_count, text, with_number};
use afterword_core::search::{Field, without_field};
use leptos::html::{a, bdi, button, div, p, section, span};
use leptos::prelude::*;

/// So many of those who answered are named; behind them comes a number. More would be a list to read, not a glance.
const NAMED_MAX: usize = 6;

/// Who wrote what is shown, where the query asks for one person.
pub(super) fn card(finder: Finder) -> impl IntoView {
    move || finder.person.get().map(|person| view(finder, person))
}

fn view(finder: Finder, person: Person) -> impl IntoView {
    let avatar = Avatar::of(&person.name);
    let class = format!("avatar hue-{} shape-{}", avatar.hue, avatar.shape);
    let site = person
        .site
        .map(|(url, host)| a().class("find-site").href(url).rel("ugc nofollow noopener").child(bdi().child(host)));
    let clear = move |_| {
        let text = finder.conversation.find.get_untracked();
        finder.ask(without_field(&text, Field::Author));
    };
    section().class("find-person").aria_label(text(Key::FindPerson)).child((
        span().class(class).aria_hidden("true").child(avatar.initials),
        div().class("find-person-words").child((
            p().child((
                bdi().class("comment-author").child(person.name),
                span().child(comment_count(person.comments)),
                site,
            )),
            answers(finder, person.answered_by),
        )),
        button().r#type("button").class("button").on(leptos::ev::click, clear).child(text(Key::FindEverybody)),
    ))
}

fn answers(finder: Finder, by: Vec<(String, u32)>) -> impl IntoView {
    let more = by.len().saturating_sub(NAMED_MAX);
    let more = u32::try_from(more).ok().filter(|more| *more > 0).map(|more| with_number(Key::FindAndMore, more));
    let head = text(if by.is_empty() { Key::FindNotAnswered } else { Key::FindAnsweredBy });
    let names = by.into_iter().take(NAMED_MAX).map(|(name, count)| {
        let shown = name.clone();
        let press = move |_| finder.ask_for(&name);
        button()
            .r#type("button")
            .class("find-name")
            .on(leptos::ev::click, press)
            .child((bdi().child(shown), span().class("find-number").child(count)))
    });
    p().class("find-answers").child((span().child(head), names.collect_view(), more.map(|more| span().child(more))))
}
