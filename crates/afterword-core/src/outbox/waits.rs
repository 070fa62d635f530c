//! How long to wait: bounds, and the dice that keep readers from coming all at once.

/// A page that sends has an answer or has given up after so long, in milliseconds: a server may say nothing for 15 s, and
/// take as long for its answer; before that we knock.
pub const SEND_MILLIS_MAX: i64 = 45_000;

/// For how long a page that sends has an entry for itself, in milliseconds: as long as a request takes, and as long
/// again for a browser that is busy or for a transaction that is slow.
pub const LEASE_MILLIS: i64 = 2 * SEND_MILLIS_MAX;

/// For how long a page that reads the thread back has that to itself, in milliseconds. Two that look do no harm.
pub const LOOK_LEASE_MILLIS: i64 = 60_000;

/// How long to wait before each look, in milliseconds: two minutes in all. A comment that is stored late is stored
/// before that: proxies give up a server after 60 s, and servers a request after 30 s, unless told otherwise.
pub const LOOK_WAITS_MILLIS: [i64; 6] = [1_000, 3_000, 6_000, 15_000, 35_000, 60_000];

/// How long to wait between looks while a question is open, in milliseconds: rarely, for it is mostly not there.
pub const ASKED_LOOK_MILLIS: i64 = 5 * 60_000;

/// After so many looks in a row that saw nothing at all, the writer is told.
pub const MISSES_MAX: u32 = 4;

/// A published entry is kept at least so long, in milliseconds, so that all tabs see what became of it.
pub const PUBLISHED_KEPT_MILLIS: i64 = 60_000;

/// Longest wait that a back end can ask for, in seconds. Who says more is asked once an hour.
pub const RETRY_AFTER_MAX_SECONDS: u32 = 3_600;

/// Beginning of the waits that grow, in milliseconds.
const BACKOFF_BASE_MILLIS: i64 = 2_000;

/// Longest of them, in milliseconds.
const BACKOFF_MAX_MILLIS: i64 = 5 * 60_000;

/// Doublings after which [`BACKOFF_MAX_MILLIS`] is reached; more could overflow.
const DOUBLINGS_MAX: u32 = 8;

/// No wait is shorter, in milliseconds: the dice may say 0, and nobody is to be hammered.
const BACKOFF_MIN_MILLIS: i64 = 500;

/// Readers who were told the same time come within so many milliseconds after it.
const SPREAD_MILLIS: i64 = 2_000;

/// No due time lies further ahead, in milliseconds; one that does was set by a clock that has been put back since.
const DUE_AHEAD_MAX_MILLIS: i64 = RETRY_AFTER_MAX_SECONDS as i64 * 1_000 + SPREAD_MILLIS;

/// A share of a span by the dice; `random` is at least 0 and below 1.
fn share(millis: i64, random: f64) -> i64 {
    // Spans are far below 2^53, and the product is below the span.
    (millis as f64 * random.clamp(0.0, 1.0)) as i64
}

/// How long to wait after so many waits before, in milliseconds: exponential backoff with full jitter (Marc Brooker,
/// "Exponential Backoff And Jitter", 2015).
pub(super) fn backoff(waits: u32, random: f64) -> i64 {
    let longest = (BACKOFF_BASE_MILLIS << waits.min(DOUBLINGS_MAX)).min(BACKOFF_MAX_MILLIS);
    BACKOFF_MIN_MILLIS + share(longest, random)
}

/// How long to wait where a back end asks for so many seconds, in milliseconds.
pub(super) fn asked_wait(seconds: u32, random: f64) -> i64 {
    i64::from(seconds.min(RETRY_AFTER_MAX_SECONDS)) * 1_000 + share(SPREAD_MILLIS, random)
}

/// Whether a time has come, by a clock that may have been changed.
pub(super) fn is_due(due: i64, now: i64) -> bool {
    is_over(due, now, DUE_AHEAD_MAX_MILLIS)
}

/// Whether a time is over that was at most so far ahead when it was set.
pub(super) fn is_over(until: i64, now: i64, ahead_max: i64) -> bool {
    now >= until || until.saturating_sub(now) > ahead_max
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_up_to_a_bound() {
        let longest = |waits| backoff(waits, 1.0) - BACKOFF_MIN_MILLIS;
        assert_eq!([0, 1, 2, 7, 8, u32::MAX].map(longest), [2_000, 4_000, 8_000, 256_000, 300_000, 300_000]);
        assert_eq!([0, 3, 99].map(|waits| backoff(waits, 0.0)), [500, 500, 500]);
        assert_eq!(backoff(1, 0.5), 2_500);
        assert_eq!([f64::NAN, -1.0, 7.0].map(|odd| backoff(0, odd)), [500, 500, 2_500]);
    }

    #[test]
    fn what_a_back_end_asks_for_is_kept_up_to_an_hour() {
        assert_eq!(asked_wait(0, 0.0), 0);
        assert_eq!(asked_wait(30, 0.5), 31_000);
        assert_eq!(asked_wait(u32::MAX, 0.0), 3_600_000);
    }

    #[test]
    fn a_time_has_come_or_was_never_meant() {
        assert!(is_due(5, 5) && is_due(5, 6) && !is_due(6, 5));
        assert!(!is_due(3_602_000, 0) && is_due(3_602_001, 0));
        assert!(is_due(i64::MAX, i64::MIN) && is_due(i64::MIN, 0));
    }
}
