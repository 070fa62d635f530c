//! How a query is written, with examples to press; and what is wrong with one, in words.

use super::finder::Finder;
use crate::platform::panel;
use crate::render::region::RegionElement;
use crate::texts::{Key, text, with_name};
use afterword_core::search::{Field, QueryError, QueryErrorKind};
use leptos::html::{button, code, dd, details, div, dl, dt, summary};
use leptos::prelude::*;

/// What is wrong with a query: what, and where.
pub(super) fn sentence(error: &QueryError, query: &str) -> String {
    let key = match error.kind {
        QueryErrorKind::MissingValue(_) => Key::FindMissingValue,
        QueryErrorKind::BadValue(Field::After | Field::Before) => Key::FindWrongDate,
        QueryErrorKind::BadValue(Field::Has) => Key::FindWrongHas,
        QueryErrorKind::BadValue(Field::Is) => Key::FindWrongIs,
        QueryErrorKind::BadValue(Field::Author | Field::Subject) => Key::FindMissingValue,
        QueryErrorKind::TooLong => Key::FindTooLong,
        QueryErrorKind::TooManyTerms => Key::FindTooMany,
    };
    let wrong = error.text(query);
    let end = wrong.floor_char_boundary(QUOTED_BYTES_MAX);
    with_name(key, wrong.get(..end).unwrap_or_default())
}

/// So much of what is wrong is quoted, in bytes: enough to see which term it is.
const QUOTED_BYTES_MAX: usize = 60;

/// The list of what can be written.
pub(super) fn syntax(finder: Finder) -> impl IntoView {
    // Of the thread itself where that has something to offer: an example that finds nothing teaches nothing.
    let year = move |last: bool| {
        let bars = finder.timeline.get();
        let time = bars.map(|bars| if last { bars.last } else { bars.first });
        time.map_or(2014, |time| time.civil().year)
    };
    let lines = move || {
        let name = finder.thread().and_then(|thread| {
            let named = thread.comments().iter().map(|comment| comment.author.name.trim());
            let first = named.flat_map(|name| name.split_whitespace().next()).next()?;
            Some(first.to_lowercase())
        });
        [
            ("why not".to_owned(), Key::FindHelpWords),
            ("\"thank you\"".to_owned(), Key::FindHelpPhrase),
            (format!("author:{}", name.as_deref().unwrap_or("ann")), Key::FindHelpAuthor),
            (format!("after:{}", year(true)), Key::FindHelpAfter),
            (format!("before:{}-06", year(false)), Key::FindHelpBefore),
            ("has:link".to_owned(), Key::FindHelpLink),
            ("is:new".to_owned(), Key::FindHelpNew),
        ]
        .map(|(example, meaning)| {
            let query = example.clone();
            let press = move |event: leptos::ev::MouseEvent| {
                finder.ask(query.clone());
                panel::focus_beside(&event_target::<RegionElement>(&event), ".find-place", "input");
            };
            let button = button()
                .r#type("button")
                .class("find-example")
                .on(leptos::ev::click, press)
                .child(code().child(example));
            div().child((dt().child(button), dd().child(text(meaning))))
        })
        .into_iter()
        .collect_view()
    };
    details().class("find-help").child((summary().child(text(Key::FindHelp)), dl().child(lines)))
}
