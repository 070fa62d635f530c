//! The header `Retry-After` (RFC 9110, section 10.2.3): a number of seconds, or a date in one of the three forms of
//! section 5.6.7.

use super::RETRY_AFTER_MAX_SECONDS;
use crate::time::{Civil, Timestamp};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// How many seconds to wait, at most [`RETRY_AFTER_MAX_SECONDS`]; `None` for a value that is neither a number nor a
/// date. A date in the past is 0. `now` is in milliseconds since 1970.
pub fn parse_retry_after(value: &str, now: i64) -> Option<u32> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // Digits alone fail only where the number is too large.
        return Some(value.parse().unwrap_or(u32::MAX).min(RETRY_AFTER_MAX_SECONDS));
    }
    let millis = Timestamp::from_civil(parse_date(value)?)?.millis().saturating_sub(now).max(0);
    // Rounded up: who comes a moment too early is sent away again.
    let seconds = u32::try_from((millis.saturating_add(999)) / 1_000).unwrap_or(u32::MAX);
    Some(seconds.min(RETRY_AFTER_MAX_SECONDS))
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or `Sun Nov  6 08:49:37 1994`. The name of the day
/// says nothing that the date does not, and is not looked at.
fn parse_date(value: &str) -> Option<Civil> {
    let (day, month, year, time) = match value.split_once(',') {
        Some((_, rest)) => {
            let mut parts = rest.split([' ', '-']).filter(|part| !part.is_empty());
            let (day, month, year, time) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
            (parts.next() == Some("GMT")).then_some((day, month, year, time))?
        }
        None => {
            let mut parts = value.split(' ').filter(|part| !part.is_empty());
            let (_, month, day, time) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
            (day, month, parts.next()?, time)
        }
    };
    let month = MONTHS.iter().zip(1_u8..).find_map(|(name, number)| (*name == month).then_some(number))?;
    let year: i32 = match (year.len(), year.parse().ok()?) {
        // Two digits are of this century: what is to be waited for does not lie in the last one.
        (2, year) => 2_000 + year,
        (_, year) => year,
    };
    let mut clock = time.split(':').map(|part| part.parse().ok());
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next()??);
    Some(Civil { year, month, day: day.parse().ok()?, hour, minute, second })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 30 s before the date of the standard's examples, in 2094 for the sake of two digits.
    fn now() -> i64 {
        Timestamp::parse_rfc3339("2094-11-06T08:49:07Z").expect("a date").millis()
    }

    fn check(value: &str, expected: Option<u32>) {
        assert_eq!(parse_retry_after(value, now()), expected, "{value:?}");
    }

    #[test]
    fn seconds_are_bounded() {
        check("0", Some(0));
        check(" 120 ", Some(120));
        check("3601", Some(3_600));
        check("99999999999999999999", Some(3_600));
    }

    #[test]
    fn dates_come_in_three_forms() {
        check("Sat, 06 Nov 2094 08:49:37 GMT", Some(30));
        check("Saturday, 06-Nov-94 08:49:37 GMT", Some(30));
        check("Sat Nov  6 08:49:37 2094", Some(30));
        check("Fri, 05 Nov 2094 08:49:37 GMT", Some(0));
        check("Sun, 07 Nov 2094 08:49:37 GMT", Some(3_600));
        check("Fri, 31 Dec 9999 23:59:59 GMT", Some(3_600));
        for (month, name) in MONTHS.iter().enumerate() {
            let expected = if month < 10 { 0 } else { 3_600 };
            check(&format!("Sat, 09 {name} 2094 08:49:37 GMT"), Some(expected));
        }
    }

    #[test]
    fn a_part_of_a_second_counts_as_one() {
        let date = "Sat, 06 Nov 2094 08:49:37 GMT";
        assert_eq!(parse_retry_after(date, now() + 29_001), Some(1));
        assert_eq!(parse_retry_after(date, now() + 29_000), Some(1));
        assert_eq!(parse_retry_after(date, now() + 28_999), Some(2));
        assert_eq!(parse_retry_after(date, now() + 30_000), Some(0));
    }

    #[test]
    fn anything_else_says_nothing() {
        for odd in [
            "",
            "-1",
            "1.5",
            "soon",
            "Sat, 06 Nov 2094 08:49:37 CET",
            "Sat, 06 Nov 2094 08:49:37",
            "Sat, 31 Nov 2094 08:49:37 GMT",
            "Sat, 06 Nox 2094 08:49:37 GMT",
            "Sat, 06 Nov 2094 08:49 GMT",
            "Sat, 06 Nov 2094 08:xx:37 GMT",
            "Sat, 06 Nov 99999 08:49:37 GMT",
            "Sat Nov 6 08:49:37",
            "Sat, x Nov 2094 08:49:37 GMT",
        ] {
            check(odd, None);
        }
    }
}
