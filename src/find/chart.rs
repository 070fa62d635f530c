//! A conversation over time: bars, with a slider over them that leads to the comments of a bar, and the same in words.

use super::axis::years;
use super::finder::Finder;
use crate::platform::{pause::next_frame, spawn::spawn};
use crate::render::periods::Periods;
use crate::texts::{Key, counted, filled, text, with_number};
use afterword_core::time::Timestamp;
use afterword_core::timeline::{Bar, Timeline};
use leptos::html::{details, div, input, p, section, span, summary, table, tbody, td, th, thead, tr};
use leptos::prelude::*;
use leptos::svg::{path, svg};
use std::fmt::Write;
use std::sync::Arc;

/// The box that the bars are drawn in. A bar has ten units of width, eight of them filled; the marks of who wrote stand
/// below the bars.
const BAR_WIDTH: usize = 10;
const HEIGHT: u32 = 72;
const BARS_HEIGHT: u32 = 62;
const MARK_HEIGHT: u32 = 3;
const AUTHOR_TOP: u32 = 64;
const NEW_TOP: u32 = 69;

/// A bar is at least so high, so that a single comment among hundreds is seen.
const BAR_HEIGHT_MIN: u32 = 2;

/// The chart of the thread; nothing where there are no dates.
pub(super) fn chart(finder: Finder) -> impl IntoView {
    move || finder.timeline.get().map(|timeline| view(finder, timeline))
}

type Names = StoredValue<Periods, LocalStorage>;

fn view(finder: Finder, timeline: Arc<Timeline>) -> impl IntoView {
    let language = finder.conversation.language();
    let names: Names = StoredValue::new_local(Periods::new(language.as_deref(), timeline.unit));
    let label = p().class("find-title").child(text(Key::FindOverTime));
    let drawn = div()
        .class("find-chart")
        .style(("--bars", timeline.bars.len().to_string()))
        .child((bars(&timeline), slider(finder, names, &timeline)));
    let words =
        details().class("find-table").child((summary().child(sentence(names, &timeline)), table_of(names, &timeline)));
    section().class("find-time").aria_label(text(Key::FindOverTime)).child((
        div().class("find-time-head").child((label, legend(&timeline))),
        drawn,
        axis(names, &timeline),
        words,
    ))
}

/// The bars as four shapes: many elements for something this small would cost more than they say.
fn bars(timeline: &Timeline) -> impl IntoView + use<> {
    let most = timeline.bars.iter().map(Bar::count).max().unwrap_or(1).max(1);
    let height = |count: u32| match u64::from(count) * u64::from(BARS_HEIGHT) / u64::from(most) {
        _ if count == 0 => 0,
        height => u32::try_from(height).unwrap_or(BARS_HEIGHT).max(BAR_HEIGHT_MIN),
    };
    let (mut roots, mut replies, mut authors, mut new) = (String::new(), String::new(), String::new(), String::new());
    for (at, bar) in timeline.bars.iter().enumerate() {
        let (all, root) = (height(bar.count()), height(bar.roots).min(height(bar.count())));
        draw(&mut roots, at, BARS_HEIGHT - root, root);
        draw(&mut replies, at, BARS_HEIGHT - all, all - root);
        draw(&mut authors, at, AUTHOR_TOP, if bar.by_post_author > 0 { MARK_HEIGHT } else { 0 });
        draw(&mut new, at, NEW_TOP, if bar.new > 0 { MARK_HEIGHT } else { 0 });
    }
    let shapes = [("find-roots", roots), ("find-replies", replies), ("find-by-author", authors), ("find-new", new)];
    svg()
        .class("find-bars")
        .attr("viewBox", format!("0 0 {} {HEIGHT}", timeline.bars.len() * BAR_WIDTH))
        .attr("preserveAspectRatio", "none")
        .aria_hidden("true")
        .child(shapes.map(|(class, shape)| path().class(class).attr("d", shape)))
}

fn draw(shape: &mut String, at: usize, top: u32, height: u32) {
    if height > 0 {
        // Writing to a string does not fail.
        let _ = write!(shape, "M{} {top}h{}v{height}h-{}z", at * BAR_WIDTH + 1, BAR_WIDTH - 2, BAR_WIDTH - 2);
    }
}

fn slider(finder: Finder, names: Names, timeline: &Arc<Timeline>) -> impl IntoView + use<> {
    let at = RwSignal::new(0_usize);
    let waits = StoredValue::new(false);
    let last = timeline.bars.len().saturating_sub(1);
    let go = {
        let timeline = Arc::clone(timeline);
        move || {
            // Once for each frame, however often the slider moves in it.
            if waits.get_value() {
                return;
            }
            waits.set_value(true);
            let timeline = Arc::clone(&timeline);
            spawn(async move {
                next_frame().await;
                waits.try_set_value(false);
                if let Some(at) = at.try_get_untracked() {
                    go_to(finder, &timeline, at);
                }
            });
        }
    };
    let said = {
        let timeline = Arc::clone(timeline);
        move || timeline.bars.get(at.get()).map(|bar| names.with_value(|names| bar_in_words(names, bar)))
    };
    let was_moved = RwSignal::new(false);
    let moved = {
        let go = go.clone();
        move |event: leptos::ev::Event| {
            was_moved.set(true);
            at.set(event_target_value(&event).parse().unwrap_or_default());
            go();
        }
    };
    input()
        .r#type("range")
        .class("find-slider")
        .class(("was-moved", move || was_moved.get()))
        .min("0")
        .max(last.to_string())
        .step("1")
        .value("0")
        .aria_label(text(Key::FindOverTime))
        .aria_valuetext(said.clone())
        .title(said)
        .on(leptos::ev::input, moved)
        // Where it stands already, a press is no input.
        .on(leptos::ev::click, move |_| {
            was_moved.set(true);
            go();
        })
}

/// Goes to the earliest comment of a bar, among those that are looked for if there is a query.
fn go_to(finder: Finder, timeline: &Timeline, at: usize) {
    let first = timeline.bars.get(at).and_then(|bar| bar.first);
    let wanted = if finder.is_filtered() { finder.first_match(|time| timeline.bar_at(time) == at) } else { first };
    if let Some(index) = wanted {
        finder.conversation.show_comment(index);
    }
}

fn bar_in_words(names: &Periods, bar: &Bar) -> String {
    let key = if bar.count() == 0 { Key::FindBarNone } else { Key::FindBarMany };
    let key = if bar.count() == 1 { Key::FindBarOne } else { key };
    let mut words = filled(&with_number(key, bar.count()), "name", &names.name(bar));
    if bar.new > 0 {
        words.push_str(&with_number(Key::FindBarNew, bar.new));
    }
    words
}

/// What the chart shows, in one sentence.
fn sentence(names: Names, timeline: &Timeline) -> String {
    let fullest = timeline.bars.get(timeline.fullest());
    names.with_value(|names| {
        let mut words = with_number(Key::FindSpan, timeline.total);
        let most = fullest.map(Bar::count).unwrap_or_default().to_string();
        let name = fullest.map(|bar| names.name(bar)).unwrap_or_default();
        for (place, value) in
            [("from", names.end(timeline.first)), ("to", names.end(timeline.last)), ("most", most), ("name", name)]
        {
            words = filled(&words, place, &value);
        }
        if timeline.undated > 0 {
            words.push(' ');
            words.push_str(&counted(Key::FindUndatedOne, Key::FindUndatedMany, timeline.undated));
        }
        words
    })
}

fn table_of(names: Names, timeline: &Timeline) -> impl IntoView + use<> {
    let (has_author, has_new) = (has(timeline, |bar| bar.by_post_author), has(timeline, |bar| bar.new));
    let columns = [
        Some(Key::FindPeriod),
        Some(Key::FindAll),
        Some(Key::FindReplies),
        has_author.then_some(Key::FindByAuthor),
        has_new.then_some(Key::FindNewOnes),
    ];
    let head = columns.into_iter().flatten().map(|key| th().scope("col").child(text(key))).collect_view();
    let lines = timeline.bars.iter().filter(|bar| bar.count() > 0).map(|bar| {
        let name = names.with_value(|names| names.name(bar));
        let numbers = [
            Some(bar.count()),
            Some(bar.replies),
            has_author.then_some(bar.by_post_author),
            has_new.then_some(bar.new),
        ];
        let numbers = numbers.into_iter().flatten().map(|number| td().child(number)).collect_view();
        tr().child((th().scope("row").child(name), numbers))
    });
    table().child((thead().child(tr().child(head)), tbody().child(lines.collect_view())))
}

fn has(timeline: &Timeline, of: impl Fn(&Bar) -> u32) -> bool {
    timeline.bars.iter().any(|bar| of(bar) > 0)
}

/// What the colours mean, as far as they occur.
fn legend(timeline: &Timeline) -> impl IntoView + use<> {
    let entries = [
        (has(timeline, |bar| bar.roots), "find-key find-roots", Key::FindRoots),
        (has(timeline, |bar| bar.replies), "find-key find-replies", Key::FindReplies),
        (has(timeline, |bar| bar.by_post_author), "find-key find-by-author", Key::FindByAuthor),
        (has(timeline, |bar| bar.new), "find-key find-new", Key::FindNewOnes),
    ];
    let shown = entries.into_iter().filter(|(is_there, ..)| *is_there);
    p().class("find-legend")
        .aria_hidden("true")
        .child(shown.map(|(_, class, key)| span().class(class).child(text(key))).collect_view())
}

fn axis(names: Names, timeline: &Timeline) -> impl IntoView + use<> {
    // Where a date lies far outside, the chart begins or ends with its bars.
    let bound = |is_outside: bool, own: Timestamp, bar: Option<Timestamp>| match bar {
        Some(bar) if is_outside => bar,
        Some(_) | None => own,
    };
    let first = bound(timeline.earlier > 0, timeline.first, timeline.bars.first().map(|bar| bar.from));
    let last = bound(timeline.later > 0, timeline.last, timeline.bars.last().map(|bar| bar.until));
    let end = |time| names.with_value(|names| names.end(time));
    let years = years(&timeline.bars).into_iter().map(|(place, year)| {
        span().class("find-year").style(("inset-inline-start", format!("{place}%"))).child(year.to_string())
    });
    p().class("find-axis").aria_hidden("true").child((
        span().child(end(first)),
        years.collect_view(),
        span().child(end(last)),
    ))
}
