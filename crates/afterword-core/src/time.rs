//! Points in time, read from RFC 3339 and written back, with no clock.

use std::fmt;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z, without leap seconds, between the years 0 and 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(i64);

/// 0000-01-01T00:00:00Z, the earliest date that RFC 3339 can write.
const MILLIS_MIN: i64 = -62_167_219_200_000;
/// 9999-12-31T23:59:59.999Z, the latest date that RFC 3339 can write.
const MILLIS_MAX: i64 = 253_402_300_799_999;

const MILLIS_PER_DAY: i64 = 86_400_000;

/// A date and time of day in UTC, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// 0 to 9999.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
}

impl Timestamp {
    /// From milliseconds since 1970; `None` outside the years 0 to 9999.
    pub fn from_millis(millis: i64) -> Option<Self> {
        (MILLIS_MIN..=MILLIS_MAX).contains(&millis).then_some(Self(millis))
    }

    /// Milliseconds since 1970.
    pub fn millis(self) -> i64 {
        self.0
    }

    /// From a date and time of day in UTC; `None` when there is no such day or time.
    pub fn from_civil(civil: Civil) -> Option<Self> {
        let Civil { year, month, day, hour, minute, second } = civil;
        let sound = (1..=12).contains(&month)
            && day >= 1
            && day <= days_in_month(year, month)
            && hour < 24
            && minute < 60
            && second < 60;
        if !sound {
            return None;
        }
        let seconds = (i64::from(hour) * 60 + i64::from(minute)) * 60 + i64::from(second);
        Self::from_millis(days_from_civil(year, month, day) * MILLIS_PER_DAY + seconds * 1000)
    }

    /// Reads RFC 3339 (section 5.6): `2012-01-31T08:15:00Z`, with fractions and with `+01:00` as well; a space or `t`
    /// for the `T`, and a date alone (midnight UTC) are read too. A leap second counts as the second before it.
    /// Anything else, a date without a zone included, is `None`: a guess would be wrong by hours.
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        let bytes = text.trim().as_bytes();
        let number = |from: usize, len: usize| -> Option<i64> {
            let digits = bytes.get(from..from + len)?;
            digits.iter().try_fold(0_i64, |n, d| d.is_ascii_digit().then(|| n * 10 + i64::from(d - b'0')))
        };
        let at = |index: usize, accepted: &[u8]| bytes.get(index).is_some_and(|b| accepted.contains(b));

        if !at(4, b"-") || !at(7, b"-") {
            return None;
        }
        let mut civil = Civil {
            year: i32::try_from(number(0, 4)?).ok()?,
            month: u8::try_from(number(5, 2)?).ok()?,
            day: u8::try_from(number(8, 2)?).ok()?,
            hour: 0,
            minute: 0,
            second: 0,
        };
        if bytes.len() == 10 {
            return Self::from_civil(civil);
        }
        if !at(10, b"Tt ") || !at(13, b":") || !at(16, b":") {
            return None;
        }
        civil.hour = u8::try_from(number(11, 2)?).ok()?;
        civil.minute = u8::try_from(number(14, 2)?).ok()?;
        civil.second = u8::try_from(number(17, 2)?).ok()?;
        if civil.second == 60 {
            civil.second = 59;
        }
        let mut index = 19;
        let mut fraction = 0_i64;
        if at(index, b".") {
            index += 1;
            let start = index;
            let mut scale = 100;
            while let Some(digit) = bytes.get(index).filter(|b| b.is_ascii_digit()) {
                fraction += i64::from(digit - b'0') * scale;
                scale /= 10;
                index += 1;
            }
            if index == start {
                return None;
            }
        }
        let offset_minutes = match bytes.get(index)? {
            b'Z' | b'z' if bytes.len() == index + 1 => 0,
            sign @ (b'+' | b'-') if bytes.len() == index + 6 && at(index + 3, b":") => {
                let (hours, minutes) = (number(index + 1, 2)?, number(index + 4, 2)?);
                if hours > 23 || minutes > 59 {
                    return None;
                }
                (hours * 60 + minutes) * if *sign == b'-' { -1 } else { 1 }
            }
            _ => return None,
        };
        Self::from_millis(Self::from_civil(civil)?.0 + fraction - offset_minutes * 60_000)
    }

    /// The date and time of day in UTC.
    pub fn civil(self) -> Civil {
        let days = self.0.div_euclid(MILLIS_PER_DAY);
        let second = self.0.rem_euclid(MILLIS_PER_DAY) / 1000;
        let (year, month, day) = civil_from_days(days);
        let part = |n: i64| u8::try_from(n).unwrap_or(0);
        Civil { year, month, day, hour: part(second / 3600), minute: part(second / 60 % 60), second: part(second % 60) }
    }

    /// As RFC 3339 in UTC, to the second: `2012-01-31T08:15:00Z`.
    pub fn to_rfc3339(self) -> String {
        let c = self.civil();
        format!("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", c.year, c.month, c.day, c.hour, c.minute, c.second)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_rfc3339())
    }
}

fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar. The year is counted from March, so that the leap day
/// comes last; the days before a month are then `(153 m + 2) / 5` (Howard Hinnant, "chrono-compatible low-level date
/// algorithms").
fn days_from_civil(year: i32, month: u8, day: u8) -> i64 {
    let (month, day) = (i64::from(month), i64::from(day));
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse of [`days_from_civil`].
fn civil_from_days(days: i64) -> (i32, u8, u8) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (i32::try_from(year).unwrap_or(0), u8::try_from(month).unwrap_or(1), u8::try_from(day).unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(Timestamp::parse_rfc3339(text).map(Timestamp::to_rfc3339).as_deref(), expected, "{text:?}");
    }

    #[test]
    fn rfc3339_in_its_forms() {
        check("1970-01-01T00:00:00Z", Some("1970-01-01T00:00:00Z"));
        check("2012-02-29T23:59:60Z", Some("2012-02-29T23:59:59Z"));
        check("2012-01-31T08:15:00+01:30", Some("2012-01-31T06:45:00Z"));
        check("2012-01-31t08:15:00.1239-00:00", Some("2012-01-31T08:15:00Z"));
        check("2026-01-01", Some("2026-01-01T00:00:00Z"));
        check("9999-12-31T23:59:59+14:00", Some("9999-12-31T09:59:59Z"));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for bad in [
            "",
            "not a date",
            "2026-02-30T25:61:00Z",
            "2026-02-29",
            "2012-01-31T08:15:00",
            "2012-1-1",
            "NaN",
            "9999-12-31T23:59:59-14:00",
            "2012-01-31T08:15:00+1:00",
            "2012-01-31T08:15:00.Z",
            "２０１２-01-01",
        ] {
            check(bad, None);
        }
    }

    proptest! {
        #[test]
        fn reads_what_it_writes(millis in MILLIS_MIN..=MILLIS_MAX) {
            let time = Timestamp::from_millis(millis / 1000 * 1000).unwrap();
            prop_assert_eq!(Timestamp::parse_rfc3339(&time.to_rfc3339()), Some(time));
            prop_assert_eq!(Timestamp::from_civil(time.civil()), Some(time));
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            let _ = Timestamp::parse_rfc3339(&text);
        }
    }
}
