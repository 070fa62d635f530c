//! What is new in a thread since a reader was there last: a list of visits that the reader's own browser keeps, and the
//! rules by which it grows. Nothing here looks at a clock or stores anything.
//!
//! What is new is told by date: a comment published later than the newest that was there at the last visit. A comment
//! that was held back, and appears today under the date of last week, is therefore missed. A mark by order of arrival
//! would not find it either (back ends file it by its date as well), and a list of all ids seen would take a hundred
//! times the room; so the small mark stays, and errs rarely.

use crate::time::Timestamp;

/// A return within this time is no new visit, in milliseconds: who reloads a page, or follows a link and comes back,
/// goes on reading.
pub const VISIT_GAP_MILLIS: i64 = 30 * 60 * 1000;

/// What is dated further ahead of the reader's clock than this is not called new, in milliseconds: its date is wrong,
/// and it would stay new for years. A day is more than the clocks and time zones of sources are off.
const AHEAD_MILLIS_MAX: i64 = 24 * 60 * 60 * 1000;

/// How many threads one site remembers: more than a reader goes back to. The ones visited longest ago make room.
pub const THREADS_MAX: usize = 500;

/// Longest key, in bytes: an address of a post and some room. Visits under a longer one are not remembered.
pub const KEY_BYTES_MAX: usize = 512;

/// Between the parts of a line; a key cannot hold it.
const BETWEEN: char = '\t';

/// A visit to one thread: what is new in it, and what has to be remembered for the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// What was published later is new; `None` on a first visit, where nothing is.
    since: Option<Timestamp>,
    /// The newest comment that the reader has been given.
    seen: Timestamp,
    /// When the reader was last active here.
    active: Timestamp,
}

impl Visit {
    /// Begins a visit, or goes on with one that was active less than [`VISIT_GAP_MILLIS`] ago (a clock that was set back
    /// by less counts as well). `stored` is what was kept of the last one, `newest` the date of the newest comment.
    ///
    /// Marks never lie ahead of `now`: a comment dated in the future must not hide those that come before its time. If a
    /// clock was wrong, something is called new twice rather than never.
    pub fn begin(stored: Option<&Self>, now: Timestamp, newest: Option<Timestamp>) -> Self {
        let seen = newest.unwrap_or(now).min(now);
        let Some(stored) = stored else { return Self { since: None, seen, active: now } };
        let before = stored.seen.min(now);
        let goes_on = (now.millis() - stored.active.millis()).abs() < VISIT_GAP_MILLIS;
        let since = if goes_on { stored.since } else { Some(before) };
        Self { since, seen: seen.max(before), active: now }
    }

    /// Goes on with a visit, however long the page was left alone: comments have arrived, or the reader does something.
    /// What is new stays new.
    #[must_use]
    pub fn go_on(&self, now: Timestamp, newest: Option<Timestamp>) -> Self {
        Self { since: self.since, ..Self::begin(Some(self), now, newest) }
    }

    /// What was published later is new; `None` on a first visit, where nothing is.
    pub fn since(&self) -> Option<Timestamp> {
        self.since
    }

    /// Whether a comment of that date is new. One without a date never is, nor one from the far future.
    pub fn is_new(&self, published: Option<Timestamp>) -> bool {
        let ahead = |time: Timestamp| time.millis() - self.active.millis() > AHEAD_MILLIS_MAX;
        self.since.zip(published).is_some_and(|(since, time)| time > since && !ahead(time))
    }
}

/// The visits to the threads of a site, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visits(Vec<(String, Visit)>);

impl Visits {
    /// What is remembered of a thread, by a key of the caller's choice such as the post's path.
    pub fn get(&self, key: &str) -> Option<&Visit> {
        self.0.iter().find_map(|(other, visit)| (other == key).then_some(visit))
    }

    /// Remembers a visit instead of the one before it.
    pub fn set(&mut self, key: &str, visit: Visit) {
        self.0.retain(|(other, _)| other != key);
        if is_key(key) {
            self.0.push((key.to_owned(), visit));
            self.0.drain(..self.0.len().saturating_sub(THREADS_MAX));
        }
    }

    /// Reads what [`Self::to_text`] has written; of anything else, the lines that could be its.
    pub fn from_text(text: &str) -> Self {
        let mut visits = Self::default();
        let mut newest_first = text.rsplit('\n').filter_map(decode_line);
        while visits.0.len() < THREADS_MAX
            && let Some((key, visit)) = newest_first.next()
        {
            if visits.get(key).is_none() {
                visits.0.push((key.to_owned(), visit));
            }
        }
        visits.0.reverse();
        visits
    }

    /// The list as text, a thread to a line: key, since (empty for none), seen, active, in milliseconds since 1970.
    pub fn to_text(&self) -> String {
        let line = |(key, visit): &(String, Visit)| {
            let since = visit.since.map(|time| time.millis().to_string()).unwrap_or_default();
            format!("{key}{BETWEEN}{since}{BETWEEN}{}{BETWEEN}{}", visit.seen.millis(), visit.active.millis())
        };
        self.0.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.len() <= KEY_BYTES_MAX && !key.contains(char::is_control)
}

fn decode_line(line: &str) -> Option<(&str, Visit)> {
    let time = |part: &str| Timestamp::from_millis(part.parse().ok()?);
    let mut parts = line.split(BETWEEN);
    let key = parts.next().filter(|key| is_key(key))?;
    let since = parts.next()?;
    let since = if since.is_empty() { None } else { Some(time(since)?) };
    let visit = Visit { since, seen: time(parts.next()?)?, active: time(parts.next()?)? };
    parts.next().is_none().then_some((key, visit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A minute of some day.
    fn at(minute: i64) -> Timestamp {
        Timestamp::from_millis(1_700_000_000_000 + minute * 60_000).unwrap()
    }

    /// Visits at the first minute of each pair, when the newest comment is of the second; gives since when comments are
    /// new at the last of them.
    fn check(visits: &[(i64, i64)], since: Option<i64>) {
        let mut last: Option<Visit> = None;
        for &(now, newest) in visits {
            last = Some(Visit::begin(last.as_ref(), at(now), Some(at(newest))));
        }
        assert_eq!(last.unwrap().since(), since.map(at), "{visits:?}");
    }

    #[test]
    fn new_is_what_came_after_the_last_visit() {
        check(&[(100, 50)], None);
        check(&[(100, 50), (200, 50)], Some(50));
        check(&[(100, 50), (200, 150)], Some(50));
        check(&[(100, 50), (200, 150), (300, 150)], Some(150));
        check(&[(100, 50), (200, 40)], Some(50));
    }

    #[test]
    fn a_reload_changes_nothing() {
        check(&[(100, 50), (129, 120)], None);
        check(&[(100, 50), (130, 120)], Some(50));
        check(&[(100, 50), (200, 150), (229, 220)], Some(50));
        check(&[(100, 50), (200, 150), (229, 220), (258, 220)], Some(50));
        check(&[(100, 50), (200, 150), (229, 220), (259, 220)], Some(220));
    }

    #[test]
    fn a_clock_that_jumps_hides_nothing() {
        check(&[(100, 50), (90, 50)], None);
        check(&[(100, 50), (10, 50)], Some(10));
        check(&[(100, 50), (10, 50), (200, 150)], Some(10));
        check(&[(9_000, 50), (100, 60), (200, 150)], Some(60));
    }

    #[test]
    fn comments_from_the_future_hide_nothing_and_do_not_stay_new() {
        check(&[(100, 1_000_000), (200, 1_000_000)], Some(100));
        let first = Visit::begin(None, at(100), Some(at(1_000_000)));
        let second = Visit::begin(Some(&first), at(200), Some(at(1_000_000)));
        for (minute, new) in [(99, false), (100, false), (101, true), (201, true), (200 + 24 * 60 + 1, false)] {
            assert_eq!(second.is_new(Some(at(minute))), new, "minute {minute}");
        }
        assert!(!second.is_new(None));
        assert!(!first.is_new(Some(at(101))), "nothing is new at first");
    }

    #[test]
    fn an_empty_thread_has_been_seen_too() {
        let first = Visit::begin(None, at(100), None);
        let second = Visit::begin(Some(&first), at(200), Some(at(150)));
        assert!(second.is_new(Some(at(150))) && !second.is_new(Some(at(100))));
    }

    #[test]
    fn a_page_left_open_goes_on() {
        let first = Visit::begin(None, at(0), Some(at(0)));
        let second = Visit::begin(Some(&first), at(100), Some(at(50)));
        let later = second.go_on(at(400), Some(at(399)));
        assert_eq!(later.since(), Some(at(0)));
        assert_eq!(Visit::begin(Some(&later), at(401), Some(at(399))).since(), Some(at(0)), "a reload");
        assert_eq!(Visit::begin(Some(&later), at(500), Some(at(499))).since(), Some(at(399)), "the next visit");
    }

    fn some_visit() -> impl Strategy<Value = Visit> {
        (prop::option::of(-9_i64..9), -9_i64..9, -9_i64..9).prop_map(|(since, seen, active)| Visit {
            since: since.map(at),
            seen: at(seen),
            active: at(active),
        })
    }

    proptest! {
        #[test]
        fn the_list_survives_being_stored(list in prop::collection::vec(("\\PC{1,8}", some_visit()), 0..9)) {
            let mut visits = Visits::default();
            for (key, visit) in &list {
                visits.set(key, *visit);
                prop_assert_eq!(visits.get(key), Some(visit));
            }
            prop_assert_eq!(Visits::from_text(&visits.to_text()), visits);
        }

        #[test]
        fn any_text_is_survived(text in "[a\t\n0-9-]{0,40}") {
            let visits = Visits::from_text(&text);
            prop_assert_eq!(Visits::from_text(&visits.to_text()), visits);
        }

        #[test]
        fn marks_never_lie_ahead(stored in prop::option::of(some_visit()), now in -9_i64..9, newest in prop::option::of(-9_i64..9)) {
            let visit = Visit::begin(stored.as_ref(), at(now), newest.map(at));
            prop_assert!(visit.seen <= at(now) && visit.active == at(now));
        }
    }

    #[test]
    fn what_was_stored_by_somebody_else_is_survived() {
        for text in [
            "",
            "\n\n",
            "{\"a\":1}",
            "a",
            "a\t1\t2",
            "a\tx\t2\t3",
            "a\t1\t2\t3\t4",
            "\t1\t2\t3",
            "a\t1\t2\t99999999999999999",
        ] {
            assert_eq!(Visits::from_text(text), Visits::default(), "{text:?}");
        }
        let sound = Visits::from_text("junk\nposts/a/\t\t5\t6\nb\t1\t2\t3\r\nposts/a/\t4\t5\t7\n");
        assert_eq!(sound.to_text(), "posts/a/\t4\t5\t7", "the later line of a key counts");
    }

    #[test]
    fn the_list_is_bounded_and_the_newest_stay() {
        let visit = Visit::begin(None, at(0), None);
        let mut visits = Visits::default();
        for n in 0..=THREADS_MAX {
            visits.set(&format!("posts/{n}/"), visit);
        }
        assert!(visits.get("posts/0/").is_none() && visits.get("posts/1/").is_some());
        let text = format!("{}\n{}", "early\t\t1\t1", visits.to_text());
        assert_eq!(Visits::from_text(&text), visits);
        visits.set(&"x".repeat(KEY_BYTES_MAX + 1), visit);
        visits.set("tab\there", visit);
        assert_eq!(visits.0.len(), THREADS_MAX);
    }
}
