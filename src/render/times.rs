//! Times in the reader's own way: language of the page, zone of the reader's clock. Comments say how long ago they were
//! written, up to a year; everything else has a date. The exact time is there to be hovered over and to be read aloud.

use crate::platform::clock::now_millis;
use afterword_core::age::{Age, Moment};
use afterword_core::time::Timestamp;
use js_sys::{Array, Date, Function, Object, Reflect};
use std::cell::OnceCell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

/// The dates of posts, wherever they stand on a page.
const DAYS: &str = "time.day[datetime]";
/// The times of comments. Texts by strangers may have `<time>` as well; those stay what they are.
const COMMENT_TIMES: &str = ".comment-time > time[datetime]";

/// What the time of a post or a comment reads like without its clock: `January 31, 2012`, `Jan 31, 2012`.
const LONG_DATE: &[(&str, &str)] = &[("dateStyle", "long")];
const SHORT_DATE: &[(&str, &str)] = &[("dateStyle", "medium")];
/// The exact time, with its zone: `January 31, 2012 at 9:15 AM GMT+1`.
const EXACT: &[(&str, &str)] = &[
    ("year", "numeric"),
    ("month", "long"),
    ("day", "numeric"),
    ("hour", "numeric"),
    ("minute", "2-digit"),
    ("timeZoneName", "short"),
];
/// "yesterday" and not "1 day ago".
const RELATIVE: &[(&str, &str)] = &[("numeric", "auto")];

/// What has been done about the times in a block of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// Nothing yet.
    No,
    /// They stand as they will stay.
    Settled,
    /// One of them at least will read differently in a while.
    Moving,
}

/// Writes times with the browser's `Intl`.
pub struct Times {
    language: Option<String>,
    exact: Made,
    short: Made,
    relative: Made,
}

/// A formatter that is made when it is first needed: each takes some milliseconds of a phone.
type Made = OnceCell<Option<Formatter>>;

impl Times {
    /// `language` is a BCP 47 tag; without one, or with one that is none, the reader's is taken.
    pub fn new(language: Option<&str>) -> Self {
        let (exact, short, relative) = (Made::new(), Made::new(), Made::new());
        Self { language: language.map(str::to_owned), exact, short, relative }
    }

    fn made<'a>(&self, made: &'a Made, class: &str, options: &[(&str, &str)]) -> Option<&'a Formatter> {
        made.get_or_init(|| Formatter::new(class, self.language.as_deref(), options)).as_ref()
    }

    /// "3 days ago", for what is not too old for that.
    fn relative(&self, age: Age) -> Option<String> {
        self.made(&self.relative, "RelativeTimeFormat", RELATIVE)?.age(age)
    }

    fn short_date(&self, date: &Date) -> Option<String> {
        self.made(&self.short, "DateTimeFormat", SHORT_DATE)?.date(date)
    }

    /// Rewrites the dates around a conversation.
    pub fn localise_days(&self, below: &Element) {
        let long = Formatter::new("DateTimeFormat", self.language.as_deref(), LONG_DATE);
        for (time, published) in times(below, DAYS) {
            let date = date_of(published);
            if let Some(text) = long.as_ref().and_then(|long| long.date(&date)) {
                set_text(&time, &text);
                self.set_exact(&time, &date);
            }
        }
    }

    /// Writes the times of the comments below an element for the first time.
    pub(super) fn localise_comments(&self, below: &Element) -> Written {
        self.write_comments(below, true)
    }

    /// Writes them again, a while later.
    pub(super) fn refresh_comments(&self, below: &Element) -> Written {
        self.write_comments(below, false)
    }

    fn write_comments(&self, below: &Element, first: bool) -> Written {
        let Some(now) = Timestamp::from_millis(now_millis()).map(moment_of) else { return Written::Settled };
        let mut written = Written::Settled;
        for (time, published) in times(below, COMMENT_TIMES) {
            let date = date_of(published);
            let age = Age::of(moment_of(published), now);
            if age.is_some() {
                written = Written::Moving;
            }
            let text = age.and_then(|age| self.relative(age)).or_else(|| self.short_date(&date));
            if first {
                self.set_exact(&time, &date);
            }
            if let Some(text) = text {
                let changed = set_text(&time, &text);
                if changed || first {
                    set_label(&time, &text);
                }
            }
        }
        written
    }

    fn set_exact(&self, time: &Element, date: &Date) {
        let exact = self.made(&self.exact, "DateTimeFormat", EXACT);
        if let Some(exact) = exact.and_then(|exact| exact.date(date)) {
            set_attribute(time, "title", &exact);
        }
    }
}

/// The `<time>` elements that a selector finds, with their times; one whose time cannot be read stays as it is.
fn times(below: &Element, selector: &str) -> Vec<(Element, Timestamp)> {
    // The selector is one of ours.
    let Ok(found) = below.query_selector_all(selector) else { return Vec::new() };
    let elements = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<Element>().ok());
    elements
        .filter_map(|time| {
            let published = Timestamp::parse_rfc3339(&time.get_attribute("datetime")?)?;
            Some((time, published))
        })
        .collect()
}

pub(super) fn date_of(time: Timestamp) -> Date {
    Date::new(&JsValue::from_f64(time.millis() as f64))
}

/// With the zone of the reader's clock at that time.
fn moment_of(time: Timestamp) -> Moment {
    Moment { time, zone_minutes: -(date_of(time).get_timezone_offset() as i32) }
}

/// Changes the text if it is another one; gives whether it was. The text node is changed, not replaced, so that a
/// selection over it stays.
fn set_text(time: &Element, text: &str) -> bool {
    let other = time.text_content().as_deref() != Some(text);
    if other {
        match time.first_child() {
            Some(node) => node.set_node_value(Some(text)),
            None => time.set_text_content(Some(text)),
        }
    }
    other
}

/// Names the link around a time by both its forms: a link may have a name, the time in it may not.
fn set_label(time: &Element, text: &str) {
    if let (Some(link), Some(exact)) = (time.parent_element(), time.get_attribute("title")) {
        // The name takes the place of all that is in the link, the mark of new comments too.
        let new = link.get_attribute("data-new").map(|new| new + ", ").unwrap_or_default();
        set_attribute(&link, "aria-label", &format!("{new}{text}, {exact}"));
    }
}

fn set_attribute(element: &Element, name: &str, value: &str) {
    // Refused only for names that are no names, and these are ours.
    drop(element.set_attribute(name, value));
}

/// One formatter of `Intl`, and its function.
pub(super) struct Formatter {
    made: JsValue,
    format: Function,
}

impl Formatter {
    /// `class` is its name in `Intl`; where the language tag is refused, it is one for the reader's own language. Built
    /// by reflection, because the constructors throw and the typed bindings do not catch.
    pub(super) fn new(class: &str, language: Option<&str>, options: &[(&str, &str)]) -> Option<Self> {
        let object = Object::new();
        for &(name, value) in options {
            Reflect::set(&object, &name.into(), &value.into()).ok()?;
        }
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let class: Function = Reflect::get(&intl, &class.into()).ok()?.dyn_into().ok()?;
        let make = |locale: &JsValue| Reflect::construct(&class, &Array::of2(locale, &object)).ok();
        let own = language.and_then(|language| make(&language.into()));
        let made = own.or_else(|| make(&JsValue::UNDEFINED))?;
        let format = Reflect::get(&made, &"format".into()).ok()?.dyn_into().ok()?;
        Some(Self { made, format })
    }

    pub(super) fn date(&self, date: &Date) -> Option<String> {
        self.format.call1(&self.made, date).ok()?.as_string()
    }

    /// A span of dates, `March – May 2014`, with what both have in common once; the first alone where that cannot be
    /// written.
    pub(super) fn range(&self, from: &Date, last: &Date) -> Option<String> {
        let range = Reflect::get(&self.made, &"formatRange".into()).ok()?.dyn_into::<Function>();
        range.map_or_else(|_| self.date(from), |range| range.call2(&self.made, from, last).ok()?.as_string())
    }

    fn age(&self, age: Age) -> Option<String> {
        let count = JsValue::from_f64(f64::from(-age.count));
        self.format.call2(&self.made, &count, &age.unit.name().into()).ok()?.as_string()
    }
}
