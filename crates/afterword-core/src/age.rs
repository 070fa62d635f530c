//! How long ago something was, in the unit that a person would take. Words for it are the browser's work.

use crate::time::Timestamp;

const MILLIS_PER_MINUTE: i64 = 60_000;
const MINUTES_PER_HOUR: i64 = 60;
const MINUTES_PER_DAY: i64 = 24 * 60;

/// Clocks differ by some seconds: what is no further ahead than this has just happened.
const CLOCKS_DIFFER_MINUTES_MAX: i64 = 1;

/// Days are told up to here, months from here on: "30 days ago" says more than "last month".
const DAYS_MAX: i64 = 30;

/// What is as old as this or older has a date.
const AGE_DAYS_MAX: i64 = 365;

/// A point in time, and what the clock on the wall of the reader is ahead of UTC then, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The point in time.
    pub time: Timestamp,
    /// East of Greenwich is positive.
    pub zone_minutes: i32,
}

/// A unit of age, as `Intl.RelativeTimeFormat` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Less than a minute.
    Second,
    /// Less than an hour.
    Minute,
    /// Less than 24 hours.
    Hour,
    /// Midnights in between.
    Day,
    /// Turns of the month in between.
    Month,
}

impl Unit {
    /// The name that browsers know it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Month => "month",
        }
    }
}

/// So many units ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Age {
    /// How many; 0 of [`Unit::Second`] is "now".
    pub count: i32,
    /// Of what.
    pub unit: Unit,
}

impl Age {
    /// How long before `now` something was; `None` for what is to come, and for what is a year old or older: both are
    /// better told by their date.
    ///
    /// Days and months go by the calendar of the reader, so that "yesterday" is never the day before it.
    pub fn of(then: Moment, now: Moment) -> Option<Self> {
        let minutes = (now.time.millis() - then.time.millis()).div_euclid(MILLIS_PER_MINUTE);
        if !(-CLOCKS_DIFFER_MINUTES_MAX..AGE_DAYS_MAX * MINUTES_PER_DAY).contains(&minutes) {
            return None;
        }
        let days = now.day() - then.day();
        let (count, unit) = if minutes < 1 {
            (0, Unit::Second)
        } else if minutes < MINUTES_PER_HOUR {
            (minutes, Unit::Minute)
        } else if minutes < MINUTES_PER_DAY {
            (minutes / MINUTES_PER_HOUR, Unit::Hour)
        } else if days <= DAYS_MAX {
            (days, Unit::Day)
        } else {
            (now.month() - then.month(), Unit::Month)
        };
        i32::try_from(count).ok().map(|count| Self { count, unit })
    }
}

impl Moment {
    /// The reader's day, counted from some day on.
    fn day(self) -> i64 {
        (self.time.millis().div_euclid(MILLIS_PER_MINUTE) + i64::from(self.zone_minutes)).div_euclid(MINUTES_PER_DAY)
    }

    /// The reader's month, counted from some month on.
    fn month(self) -> i64 {
        let local = self.time.millis() + i64::from(self.zone_minutes) * MILLIS_PER_MINUTE;
        // Beyond the years 0 to 9999 by a few hours: the month in UTC will do.
        let civil = Timestamp::from_millis(local).unwrap_or(self.time).civil();
        i64::from(civil.year) * 12 + i64::from(civil.month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-11-22T16:30:00Z";

    fn moment(time: &str, zone_minutes: i32) -> Moment {
        Moment { time: Timestamp::parse_rfc3339(time).unwrap(), zone_minutes }
    }

    fn check(then: &str, expected: &str) {
        check_in_zone(then, NOW, 0, expected);
    }

    fn check_in_zone(then: &str, now: &str, zone_minutes: i32, expected: &str) {
        let age = Age::of(moment(then, zone_minutes), moment(now, zone_minutes));
        let shown = age.map_or("a date".to_owned(), |age| format!("{} {}", age.count, age.unit.name()));
        assert_eq!(shown, expected, "{then} as seen at {now}, {zone_minutes} minutes east");
    }

    #[test]
    fn each_age_has_the_unit_a_person_would_take() {
        for (then, expected) in [
            ("2026-11-22T16:30:00Z", "0 second"),
            ("2026-11-22T16:29:01Z", "0 second"),
            ("2026-11-22T16:29:00Z", "1 minute"),
            ("2026-11-22T15:30:01Z", "59 minute"),
            ("2026-11-22T15:30:00Z", "1 hour"),
            ("2026-11-21T16:30:01Z", "23 hour"),
            ("2026-11-21T16:30:00Z", "1 day"),
            ("2026-11-15T10:00:00Z", "7 day"),
            ("2026-10-23T00:00:00Z", "30 day"),
            ("2026-10-22T23:59:00Z", "1 month"),
            ("2025-12-31T12:00:00Z", "11 month"),
            ("2025-11-22T16:30:01Z", "12 month"),
            ("2025-11-22T16:30:00Z", "a date"),
            ("1969-12-31T23:59:59Z", "a date"),
        ] {
            check(then, expected);
        }
    }

    #[test]
    fn what_is_to_come_has_a_date_but_for_clocks_that_differ() {
        check("2026-11-22T16:30:01Z", "0 second");
        check("2026-11-22T16:31:00Z", "0 second");
        check("2026-11-22T16:31:01Z", "a date");
        check("2999-01-01T00:00:00Z", "a date");
    }

    #[test]
    fn days_and_months_are_those_of_the_reader() {
        // At one in the morning, what was said 25 and 26 hours ago was said the day before yesterday and yesterday.
        check_in_zone("2026-11-21T00:30:00Z", "2026-11-22T01:00:00Z", 0, "1 day");
        check_in_zone("2026-11-20T23:30:00Z", "2026-11-22T01:00:00Z", 0, "2 day");
        check_in_zone("2026-11-20T23:30:00Z", "2026-11-22T01:00:00Z", 60, "1 day");
        check_in_zone("2026-01-31T23:30:00Z", "2026-03-15T12:00:00Z", 0, "2 month");
        check_in_zone("2026-01-31T23:30:00Z", "2026-03-15T12:00:00Z", 60, "1 month");
    }
}
