//! Years, months and days, as a query names them.

use crate::time::{Civil, Timestamp};
use std::fmt;

/// A year, a month or a day in UTC. There is no way to make one that does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    start: Timestamp,
    precision: Precision,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Precision {
    Year,
    Month,
    Day,
}

impl Period {
    /// Reads `2012`, `2012-03` or `2012-03-05`; slashes and single digits (`2012/3/5`) are read too.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(['-', '/']);
        let year = parts.next().filter(|year| year.len() == 4)?;
        let (month, day) = (parts.next(), parts.next());
        if parts.next().is_some() {
            return None;
        }
        let precision = match (month, day) {
            (None, _) => Precision::Year,
            (Some(_), None) => Precision::Month,
            (Some(_), Some(_)) => Precision::Day,
        };
        let civil = Civil {
            year: i32::from(number(year)?),
            month: month.map_or(Some(1), short)?,
            day: day.map_or(Some(1), short)?,
            hour: 0,
            minute: 0,
            second: 0,
        };
        Some(Self { start: Timestamp::from_civil(civil)?, precision })
    }

    /// Whether a period begins like this, so that there is no mistake yet: `201`, `2012-`, `2012-0`.
    pub(super) fn is_begun(text: &str) -> bool {
        ["1", "01", "001"].into_iter().any(|tail| Self::parse(&format!("{text}{tail}")).is_some())
    }

    /// The day that a point in time falls on.
    pub fn day_of(time: Timestamp) -> Self {
        let Civil { year, month, day, .. } = time.civil();
        let midnight = Timestamp::from_civil(Civil { year, month, day, hour: 0, minute: 0, second: 0 });
        Self { start: midnight.unwrap_or(time), precision: Precision::Day }
    }

    /// Its first moment.
    pub fn start(self) -> Timestamp {
        self.start
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let len = match self.precision {
            Precision::Year => 4,
            Precision::Month => 7,
            Precision::Day => 10,
        };
        f.write_str(self.start.to_rfc3339().get(..len).unwrap_or(""))
    }
}

fn number(digits: &str) -> Option<u16> {
    // `parse` would take a sign.
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

fn short(digits: &str) -> Option<u8> {
    u8::try_from(number(digits).filter(|_| digits.len() <= 2)?).ok()
}
