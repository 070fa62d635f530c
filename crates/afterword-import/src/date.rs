//! The two ways in which a WordPress export writes dates.

use afterword_core::time::{Civil, Timestamp};

const MINUTE_MILLIS: i64 = 60_000;

/// No place on earth is further from UTC than 14 hours.
const OFFSET_MILLIS_MAX: i64 = 14 * 60 * MINUTE_MILLIS;

/// Reads `2012-01-31 08:15:00` as UTC. `0000-00-00 00:00:00`, which WordPress writes for "never", is `None`.
pub(crate) fn parse_gmt(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    (text.len() == "2012-01-31 08:15:00".len()).then(|| Timestamp::parse_rfc3339(&format!("{text}Z")))?
}

/// How far the blog's clock was from UTC, in milliseconds, from one moment written both ways.
pub(crate) fn offset(local: &str, gmt: &str) -> Option<i64> {
    let offset = parse_gmt(local)?.millis() - parse_gmt(gmt)?.millis();
    (offset.abs() <= OFFSET_MILLIS_MAX && offset % (15 * MINUTE_MILLIS) == 0).then_some(offset)
}

/// Reads a local date, knowing how far the clock was from UTC.
pub(crate) fn parse_local(text: &str, offset: i64) -> Option<Timestamp> {
    Timestamp::from_millis(parse_gmt(text)?.millis() - offset)
}

/// Reads the date of RSS (RFC 2822): `Tue, 31 Jan 2012 08:15:00 +0000`, the weekday being optional. A zone by name is
/// read for UTC alone.
pub(crate) fn parse_rfc2822(text: &str) -> Option<Timestamp> {
    let text = text.split_once(',').map_or(text, |(_, rest)| rest);
    let mut words = text.split_ascii_whitespace();
    let day = words.next()?.parse().ok()?;
    let month = month(words.next()?)?;
    let year = words.next()?.parse().ok()?;
    let mut clock = words.next()?.split(':').map(|part| part.parse::<u8>().ok());
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next().unwrap_or(Some(0))?);
    let local = Timestamp::from_civil(Civil { year, month, day, hour, minute, second })?;
    Timestamp::from_millis(local.millis() - zone_minutes(words.next()?)? * MINUTE_MILLIS)
}

fn month(name: &str) -> Option<u8> {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let index = NAMES.iter().position(|known| known.eq_ignore_ascii_case(name))?;
    u8::try_from(index + 1).ok()
}

fn zone_minutes(zone: &str) -> Option<i64> {
    if matches!(zone, "GMT" | "UT" | "UTC" | "Z") {
        return Some(0);
    }
    let sign = match zone.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits = zone.get(1..).filter(|digits| digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()))?;
    let number: i64 = digits.parse().ok()?;
    (number / 100 <= 14 && number % 100 < 60).then_some(sign * (number / 100 * 60 + number % 100))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(found: Option<Timestamp>, expected: Option<&str>) {
        assert_eq!(found.map(Timestamp::to_rfc3339).as_deref(), expected);
    }

    #[test]
    fn gmt() {
        check(parse_gmt("2012-01-31 08:15:00"), Some("2012-01-31T08:15:00Z"));
        check(parse_gmt(" 2012-01-31 08:15:00\n"), Some("2012-01-31T08:15:00Z"));
        check(parse_gmt("0000-00-00 00:00:00"), None);
        check(parse_gmt("2012-01-31"), None);
        check(parse_gmt(""), None);
    }

    #[test]
    fn local_by_the_offset_of_the_post() {
        let zone = offset("2012-01-31 13:45:00", "2012-01-31 08:15:00").unwrap();
        check(parse_local("2012-02-01 01:00:00", zone), Some("2012-01-31T19:30:00Z"));
        assert_eq!(offset("2012-01-31 13:45:00", "0000-00-00 00:00:00"), None);
        assert_eq!(offset("2012-02-04 13:45:00", "2012-01-31 08:15:00"), None);
    }

    #[test]
    fn rss() {
        check(parse_rfc2822("Tue, 31 Jan 2012 08:15:00 +0000"), Some("2012-01-31T08:15:00Z"));
        check(parse_rfc2822("31 jan 2012 08:15 -0530"), Some("2012-01-31T13:45:00Z"));
        check(parse_rfc2822("Tue, 31 Jan 2012 08:15:00 GMT"), Some("2012-01-31T08:15:00Z"));
        for none in [
            "",
            "Mon, 30 Nov -0001 00:00:00 +0000",
            "Tue, 31 Jan 2012",
            "Tue, 31 Foo 2012 08:15:00 +0000",
            "Tue, 31 Jan 2012 08:15:00 +9999",
            "Tue, 31 Jan 2012 08:15:00 EST",
            "Tue, 31 Jan 2012 08:15:00 +０00",
        ] {
            check(parse_rfc2822(none), None);
        }
    }
}
