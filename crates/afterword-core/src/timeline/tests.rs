use super::*;
use crate::model::Comment;
use crate::thread::tests::comment;
use expect_test::{Expect, expect};
use proptest::prelude::*;

/// A root for each date; `?` for an unknown one. `<` before a date makes it a reply to the first comment.
fn thread(dates: &str) -> Thread {
    let comments = dates.split_whitespace().enumerate().map(|(place, date)| {
        let parent = date.starts_with('<').then_some("0");
        let published = Timestamp::parse_rfc3339(date.trim_start_matches('<'));
        Comment { published, by_post_author: place % 3 == 1, ..comment(&place.to_string(), parent) }
    });
    Thread::build(comments.collect())
}

fn picture(dates: &str, bars_max: usize) -> String {
    let thread = thread(dates);
    let Some(timeline) = Timeline::build(&thread, bars_max, &|index| index == 1) else { return "no chart".to_owned() };
    let mut out = format!("{:?}, {} bars, {} comments", timeline.unit, timeline.bars.len(), timeline.total);
    for (note, n) in [("undated", timeline.undated), ("earlier", timeline.earlier), ("later", timeline.later)] {
        if n > 0 {
            out.push_str(&format!(", {n} {note}"));
        }
    }
    for (place, bar) in timeline.bars.iter().enumerate().filter(|(_, bar)| bar.count() > 0) {
        let first = bar.first.map_or("none".to_owned(), |first| first.to_string());
        let fullest = if place == timeline.fullest() { ", fullest" } else { "" };
        let Bar { from, until, roots, replies, by_post_author, new, .. } = bar;
        out.push_str(&format!(
            "\n{from} to {until}: {roots}+{replies}, author {by_post_author}, new {new}, first {first}{fullest}"
        ));
    }
    out
}

fn check(dates: &str, expected: Expect) {
    expected.assert_eq(&picture(dates, 60));
}

/// The unit and how many bars there are, between two dates.
fn check_unit(from: &str, until: &str, bars_max: usize, expected: (Unit, usize)) {
    let timeline = Timeline::build(&thread(&format!("{from} {until}")), bars_max, &|_| false).unwrap();
    assert_eq!((timeline.unit, timeline.bars.len()), expected, "{from} {until}");
}

#[test]
fn two_dates_make_a_chart_and_one_does_not() {
    check("", expect!["no chart"]);
    check("? 2012-01-01 ?", expect!["no chart"]);
    check(
        "2012-01-01T10:00:59Z ? 2012-01-01T10:00:01Z",
        expect![[r#"
            Minute, 1 bars, 2 comments, 1 undated
            2012-01-01T10:00:00Z to 2012-01-01T10:01:00Z: 2+0, author 0, new 0, first 2, fullest"#]],
    );
}

#[test]
fn the_unit_follows_the_span() {
    check_unit("2012-03-01T14:00:00Z", "2012-03-01T14:59:00Z", 60, (Unit::Minute, 60));
    check_unit("2012-03-01T14:00:00Z", "2012-03-01T17:00:00Z", 60, (Unit::FiveMinutes, 37));
    check_unit("2012-03-01T14:00:00Z", "2012-03-01T21:00:00Z", 60, (Unit::QuarterHour, 29));
    check_unit("2012-03-01T14:00:00Z", "2012-03-03T14:00:00Z", 60, (Unit::Hour, 49));
    check_unit("2012-03-01", "2012-03-08", 60, (Unit::QuarterDay, 29));
    check_unit("2012-02-15", "2012-03-15", 60, (Unit::Day, 30));
    check_unit("2012-01-01", "2012-12-31", 60, (Unit::Week, 54));
    check_unit("2012-01-31", "2014-02-01", 60, (Unit::Month, 26));
    check_unit("2011-05-01", "2026-02-01", 60, (Unit::Quarter, 60));
    check_unit("2011-05-01", "2026-02-01", 40, (Unit::Year, 16));
    check_unit("1850-05-01", "2026-02-01", 60, (Unit::Decade, 18));
    check_unit("0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", 60, (Unit::Millennium, 10));
    check_unit("0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", 0, (Unit::Millennium, 10));
    check_unit("0000-01-01T00:00:00Z", "0000-08-31T23:59:59Z", 60, (Unit::Week, 36));
}

#[test]
fn bars_count_roots_replies_the_author_and_new_ones() {
    check(
        "2012-01-31T23:59:59Z <2012-02-01 <2012-02-28T10:00:00Z <2012-02-28T09:00:00Z 2013-03-01 <2014-12-31",
        expect![[r#"
            Month, 36 bars, 6 comments
            2012-01-01T00:00:00Z to 2012-02-01T00:00:00Z: 1+0, author 0, new 0, first 0
            2012-02-01T00:00:00Z to 2012-03-01T00:00:00Z: 0+3, author 1, new 1, first 1, fullest
            2013-03-01T00:00:00Z to 2013-04-01T00:00:00Z: 1+0, author 1, new 0, first 4
            2014-12-01T00:00:00Z to 2015-01-01T00:00:00Z: 0+1, author 0, new 0, first 5"#]],
    );
}

#[test]
fn of_two_at_once_the_first_to_arrive_is_first() {
    check(
        "2012-01-02 2012-01-01 2012-01-01 2012-01-02 2012-02-01",
        expect![[r#"
            Hour, 25 bars, 5 comments, 1 later
            2012-01-01T00:00:00Z to 2012-01-01T01:00:00Z: 2+0, author 1, new 1, first 1
            2012-01-02T00:00:00Z to 2012-01-02T01:00:00Z: 3+0, author 1, new 0, first 0, fullest"#]],
    );
}

#[test]
fn weeks_begin_on_monday() {
    // 1970-01-01 was a Thursday.
    check(
        "1969-12-29 1970-01-04T23:59:59Z 1970-01-05 1970-08-01",
        expect![[r#"
            Week, 31 bars, 4 comments
            1969-12-29T00:00:00Z to 1970-01-05T00:00:00Z: 2+0, author 1, new 1, first 0, fullest
            1970-01-05T00:00:00Z to 1970-01-12T00:00:00Z: 1+0, author 0, new 0, first 2
            1970-07-27T00:00:00Z to 1970-08-03T00:00:00Z: 1+0, author 0, new 0, first 3"#]],
    );
}

const AFTERNOON: &str = "2012-05-05T14:00:00Z 2012-05-05T14:30:00Z 2012-05-05T15:10:00Z 2012-05-05T15:40:00Z \
    2012-05-05T16:00:00Z 2012-05-05T17:00:00Z";

#[test]
fn lone_outliers_do_not_flatten_the_rest() {
    check(
        &format!("1970-01-01 {AFTERNOON} 2106-02-07"),
        expect![[r#"
            FiveMinutes, 37 bars, 8 comments, 1 earlier, 1 later
            2012-05-05T14:00:00Z to 2012-05-05T14:05:00Z: 2+0, author 1, new 1, first 1, fullest
            2012-05-05T14:30:00Z to 2012-05-05T14:35:00Z: 1+0, author 0, new 0, first 2
            2012-05-05T15:10:00Z to 2012-05-05T15:15:00Z: 1+0, author 0, new 0, first 3
            2012-05-05T15:40:00Z to 2012-05-05T15:45:00Z: 1+0, author 1, new 0, first 4
            2012-05-05T16:00:00Z to 2012-05-05T16:05:00Z: 1+0, author 0, new 0, first 5
            2012-05-05T17:00:00Z to 2012-05-05T17:05:00Z: 2+0, author 1, new 0, first 6"#]],
    );
}

#[test]
fn what_is_no_outlier_has_its_place() {
    let unit = |dates: &str| {
        let timeline = Timeline::build(&thread(dates), 60, &|_| false).unwrap();
        (timeline.unit, timeline.earlier + timeline.later)
    };
    assert_eq!(unit(&format!("{AFTERNOON} 2012-05-06T09:00:00Z")), (Unit::Hour, 0), "the morning after");
    assert_eq!(unit(&format!("{AFTERNOON} 2012-05-12T09:00:00Z")), (Unit::FiveMinutes, 1), "a week later");
    assert_eq!(unit(&format!("{AFTERNOON} 2012-05-12 2012-05-13")), (Unit::QuarterDay, 0), "two a week later");
    assert_eq!(unit("2012-05-05 2012-05-06 2012-05-08 2012-05-16 2012-08-01 2014-01-01"), (Unit::Month, 0), "a tail");
    assert_eq!(unit("1970-01-01 2012-05-05 2012-05-06"), (Unit::Year, 0), "too few to judge");
}

#[test]
fn a_time_has_its_bar() {
    let timeline = Timeline::build(&thread("2012-01-31 2014-02-01"), 60, &|_| false).unwrap();
    for (time, bar) in
        [("1999-01-01", 0), ("2012-01-31T23:59:59Z", 0), ("2012-02-01", 1), ("2014-02-28", 25), ("2026-01-01", 25)]
    {
        assert_eq!(timeline.bar_at(Timestamp::parse_rfc3339(time).unwrap()), bar, "{time}");
    }
}

fn some_date() -> impl Strategy<Value = Option<Timestamp>> {
    let around = 1_325_376_000_000_i64;
    prop_oneof![
        1 => Just(None),
        8 => (around..around + 3_600_000).prop_map(Timestamp::from_millis),
        4 => (around..around + 40_000_000_000).prop_map(Timestamp::from_millis),
        1 => (-62_167_219_200_000..=253_402_300_799_999_i64).prop_map(Timestamp::from_millis),
        1 => Just(Timestamp::from_millis(253_402_300_799_999)),
    ]
}

proptest! {
    #[test]
    fn counts_add_up_and_bars_are_contiguous(dates in prop::collection::vec(some_date(), 0..60), bars_max in 0_usize..80) {
        let comments = dates.iter().enumerate().map(|(place, &published)| {
            let parent = (place % 3 == 2).then_some("0");
            Comment { published, by_post_author: place % 5 == 0, ..comment(&place.to_string(), parent) }
        });
        let thread = Thread::build(comments.collect());
        let known = dates.iter().flatten().count();
        let Some(timeline) = Timeline::build(&thread, bars_max, &|index| index % 2 == 0) else {
            prop_assert!(known < 2);
            return Ok(());
        };
        let sum = |part: fn(&Bar) -> u32| timeline.bars.iter().map(part).sum::<u32>() as usize;
        let dated = |keep: &dyn Fn(usize) -> bool| (0..dates.len()).filter(|&at| dates[at].is_some() && keep(at)).count();
        prop_assert_eq!(sum(Bar::count), known);
        prop_assert_eq!(timeline.total as usize, known);
        prop_assert_eq!(timeline.undated as usize, dates.len() - known);
        prop_assert_eq!(sum(|bar| bar.new), dated(&|at| at % 2 == 0));
        prop_assert_eq!(sum(|bar| bar.by_post_author), dated(&|at| at % 5 == 0));
        prop_assert_eq!(sum(|bar| bar.roots), dated(&|at| at % 3 != 2));
        prop_assert!(timeline.bars.len() <= bars_max.max(BARS_MIN));
        prop_assert!(timeline.bars.windows(2).all(|pair| pair[0].until == pair[1].from));

        // Every date lies in the bar that counts it, but for the outliers.
        for (place, bar) in timeline.bars.iter().enumerate() {
            let inside = dates.iter().flatten().filter(|date| bar.from <= **date && timeline.bar_at(**date) == place);
            let earlier = if place == 0 { timeline.earlier as usize } else { 0 };
            prop_assert_eq!(inside.count() + earlier, bar.count() as usize);
            let first = bar.first.map(|first| dates[first as usize].unwrap());
            let least = dates.iter().flatten().filter(|date| bar.from <= **date && timeline.bar_at(**date) == place).min();
            prop_assert_eq!(first.as_ref(), least);
        }
    }
}
