//! The periods of a chart in the reader's language: "March 2014", "week of 3 March 2014", "2010–2019".

use super::times::{Formatter, date_of};
use crate::texts::{Key, with_name};
use afterword_core::time::Timestamp;
use afterword_core::timeline::{Bar, Unit};

/// Periods of the calendar are those of UTC, as the chart counts them.
const UTC: (&str, &str) = ("timeZone", "UTC");

const MONTH: &[(&str, &str)] = &[("month", "long"), ("year", "numeric"), UTC];
const YEAR: &[(&str, &str)] = &[("year", "numeric"), UTC];
const DAY: &[(&str, &str)] = &[("dateStyle", "long"), UTC];
const SHORT_DAY: &[(&str, &str)] = &[("dateStyle", "medium"), UTC];
/// What is shorter than a day is said by the reader's clock.
const TIME: &[(&str, &str)] = &[("dateStyle", "medium"), ("timeStyle", "short")];

/// Names the periods of one unit.
pub struct Periods {
    unit: Unit,
    period: Option<Formatter>,
    end: Option<Formatter>,
}

impl Periods {
    /// `language` is a BCP 47 tag; without one, or with one that is none, the reader's is taken.
    pub fn new(language: Option<&str>, unit: Unit) -> Self {
        let (period, end) = match unit {
            Unit::Minute | Unit::FiveMinutes | Unit::QuarterHour | Unit::Hour | Unit::QuarterDay => (TIME, TIME),
            Unit::Day | Unit::Week => (DAY, SHORT_DAY),
            Unit::Month | Unit::Quarter => (MONTH, SHORT_DAY),
            Unit::Year | Unit::Decade | Unit::Century | Unit::Millennium => (YEAR, SHORT_DAY),
        };
        let formatter = |options| Formatter::new("DateTimeFormat", language, options);
        Self { unit, period: formatter(period), end: formatter(end) }
    }

    /// The name of a bar's period.
    pub fn name(&self, bar: &Bar) -> String {
        let from = date_of(bar.from);
        // The next bar begins where this one ends.
        let last = || Timestamp::from_millis(bar.until.millis() - 1).map_or_else(|| from.clone(), date_of);
        let period = self.period.as_ref();
        let name = match self.unit {
            Unit::Minute | Unit::Day | Unit::Month | Unit::Year => period.and_then(|period| period.date(&from)),
            Unit::Week => period.and_then(|period| period.date(&from)).map(|day| with_name(Key::FindWeekOf, &day)),
            Unit::FiveMinutes
            | Unit::QuarterHour
            | Unit::Hour
            | Unit::QuarterDay
            | Unit::Quarter
            | Unit::Decade
            | Unit::Century
            | Unit::Millennium => period.and_then(|period| period.range(&from, &last())),
        };
        name.unwrap_or_else(|| bar.from.to_rfc3339())
    }

    /// A date at an end of the chart.
    pub fn end(&self, time: Timestamp) -> String {
        self.end.as_ref().and_then(|end| end.date(&date_of(time))).unwrap_or_else(|| time.to_rfc3339())
    }
}
