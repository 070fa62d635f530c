//! The years below the chart of a conversation.

use afterword_core::timeline::Bar;

/// How close a year may come to another label, in hundredths of the chart: a label takes about that much on a phone.
const ROOM: usize = 18;

/// The years that begin within the bars, as far as there is room for them; each with its place in hundredths of the chart.
/// The ends of the chart have labels of their own.
pub(super) fn years(bars: &[Bar]) -> Vec<(usize, i32)> {
    let mut labels: Vec<(usize, i32)> = Vec::new();
    let mut before = bars.first().map(|bar| bar.from.civil().year);
    for (at, bar) in bars.iter().enumerate() {
        let year = bar.from.civil().year;
        let place = at * 100 / bars.len();
        let from = labels.last().map_or(ROOM, |(last, _)| last + ROOM);
        if before.replace(year) != Some(year) && place >= from + ROOM / 2 && place + ROOM * 2 <= 100 {
            labels.push((place, year));
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;
    use afterword_core::time::Timestamp;

    fn check(from: &str, months: usize, expected: &[(usize, i32)]) {
        const MILLIS_PER_MONTH: i64 = 2_629_746_000;
        let start = Timestamp::parse_rfc3339(from).unwrap();
        let bars: Vec<Bar> = (0..=months as i64)
            .map(|month| Timestamp::from_millis(start.millis() + month * MILLIS_PER_MONTH).unwrap())
            .collect::<Vec<_>>()
            .windows(2)
            .map(|ends| Bar {
                from: ends[0],
                until: ends[1],
                roots: 1,
                replies: 0,
                by_post_author: 0,
                new: 0,
                first: None,
            })
            .collect();
        assert_eq!(years(&bars), expected);
    }

    #[test]
    fn years_stand_where_they_begin() {
        check("2012-07-02T00:00:00Z", 24, &[(29, 2013)]);
    }

    #[test]
    fn a_chart_within_one_year_has_none() {
        check("2012-02-02T00:00:00Z", 8, &[]);
    }

    #[test]
    fn years_that_would_run_into_each_other_are_left_out() {
        check("2003-03-02T00:00:00Z", 120, &[(29, 2006), (59, 2009)]);
    }

    #[test]
    fn no_bars_have_no_years() {
        assert!(years(&[]).is_empty());
    }
}
