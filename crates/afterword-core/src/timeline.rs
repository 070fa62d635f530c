//! A thread over time: how many comments came in each minute, day, month or year, as bars of a chart and as figures that
//! can be said in a sentence. Units are those of the calendar in UTC, since what is drawn natively and in a browser has
//! to be the same.

use crate::thread::Thread;
use crate::time::{Civil, Timestamp};

/// Fewer bars than this say nothing: a smaller bound counts as this one. It is also what a millennium needs at most.
pub const BARS_MIN: usize = 10;

/// A thread with fewer dates than this has no outliers: each of its comments is seen in any chart.
const DATES_FOR_OUTLIERS_MIN: usize = 5;

/// At each end one date in so many may be an outlier; where more are far away, they are part of the conversation.
const DATES_PER_OUTLIER: usize = 20;

/// At each end no more dates than this are outliers: every number of them is tried with every number at the other end.
const OUTLIERS_MAX: usize = 20;

/// An outlier is further away than so many times the span of all that is left: drawn to scale, the conversation would be
/// squeezed into a tenth of the chart.
const GAP_SPANS: i64 = 9;

/// And it is further away than a day: an answer on the next morning belongs to the afternoon before.
const GAP_MILLIS_MIN: i64 = MILLIS_PER_DAY;

const MILLIS_PER_MINUTE: i64 = 60_000;
const MILLIS_PER_HOUR: i64 = 60 * MILLIS_PER_MINUTE;
const MILLIS_PER_DAY: i64 = 24 * MILLIS_PER_HOUR;
const MONTHS_PER_YEAR: i64 = 12;

/// From Thursday 1970-01-01 back to its Monday, where ISO 8601 lets weeks begin.
const WEEK_SHIFT_MILLIS: i64 = 3 * MILLIS_PER_DAY;

/// What one bar stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A minute.
    Minute,
    /// Five minutes, counted from the full hour.
    FiveMinutes,
    /// A quarter of an hour.
    QuarterHour,
    /// An hour.
    Hour,
    /// Six hours, counted from midnight.
    QuarterDay,
    /// A day.
    Day,
    /// A week, from Monday.
    Week,
    /// A month.
    Month,
    /// Three months, from January, April, July or October.
    Quarter,
    /// A year.
    Year,
    /// Ten years, from one that ends in 0.
    Decade,
    /// A hundred years, from one that ends in 00.
    Century,
    /// A thousand years, from one that ends in 000.
    Millennium,
}

/// How a unit is counted.
#[derive(Clone, Copy)]
enum Length {
    /// All as long as each other; the second value is how long before 1970 one of them begins.
    Millis(i64, i64),
    /// So many months of the calendar.
    Months(i64),
}

impl Unit {
    /// All units, the shortest first. Each is three to ten times as long as the one before it.
    pub const ALL: [Self; 13] = [
        Self::Minute,
        Self::FiveMinutes,
        Self::QuarterHour,
        Self::Hour,
        Self::QuarterDay,
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Quarter,
        Self::Year,
        Self::Decade,
        Self::Century,
        Self::Millennium,
    ];

    fn length(self) -> Length {
        match self {
            Self::Minute => Length::Millis(MILLIS_PER_MINUTE, 0),
            Self::FiveMinutes => Length::Millis(5 * MILLIS_PER_MINUTE, 0),
            Self::QuarterHour => Length::Millis(15 * MILLIS_PER_MINUTE, 0),
            Self::Hour => Length::Millis(MILLIS_PER_HOUR, 0),
            Self::QuarterDay => Length::Millis(6 * MILLIS_PER_HOUR, 0),
            Self::Day => Length::Millis(MILLIS_PER_DAY, 0),
            Self::Week => Length::Millis(7 * MILLIS_PER_DAY, WEEK_SHIFT_MILLIS),
            Self::Month => Length::Months(1),
            Self::Quarter => Length::Months(3),
            Self::Year => Length::Months(MONTHS_PER_YEAR),
            Self::Decade => Length::Months(10 * MONTHS_PER_YEAR),
            Self::Century => Length::Months(100 * MONTHS_PER_YEAR),
            Self::Millennium => Length::Months(1000 * MONTHS_PER_YEAR),
        }
    }

    /// The number of the unit that a time lies in, counted from some one on.
    fn number(self, time: Timestamp) -> i64 {
        match self.length() {
            Length::Millis(millis, shift) => (time.millis() + shift).div_euclid(millis),
            Length::Months(months) => {
                let civil = time.civil();
                (i64::from(civil.year) * MONTHS_PER_YEAR + i64::from(civil.month) - 1).div_euclid(months)
            }
        }
    }

    /// When the unit of that number begins; `None` outside the years 0 to 9999.
    fn start(self, number: i64) -> Option<Timestamp> {
        match self.length() {
            Length::Millis(millis, shift) => Timestamp::from_millis(number * millis - shift),
            Length::Months(months) => {
                let month = number * months;
                Timestamp::from_civil(Civil {
                    year: i32::try_from(month.div_euclid(MONTHS_PER_YEAR)).ok()?,
                    month: u8::try_from(month.rem_euclid(MONTHS_PER_YEAR) + 1).ok()?,
                    day: 1,
                    hour: 0,
                    minute: 0,
                    second: 0,
                })
            }
        }
    }
}

/// One bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// When it begins.
    pub from: Timestamp,
    /// When it ends: the next bar begins then, so a comment of this very time is not in it. (The last bar of the year
    /// 9999 ends with its last comment.)
    pub until: Timestamp,
    /// Comments that answer the post, or whose parent is missing.
    pub roots: u32,
    /// Comments that answer another one.
    pub replies: u32,
    /// How many of both the post's author wrote.
    pub by_post_author: u32,
    /// How many of both are new.
    pub new: u32,
    /// The earliest comment of its time, of two at once the one that arrived first; outliers are not meant.
    pub first: Option<u32>,
}

impl Bar {
    /// How many comments it stands for.
    pub fn count(&self) -> u32 {
        self.roots + self.replies
    }
}

/// A thread over time.
///
/// A few dates at either end that lie far from all others (a clock that stood at 1970, a year 2106, a single comment five
/// years after an afternoon's talk) would squeeze the conversation into one bar. They are counted in the first and the
/// last bar instead, and told apart by [`Timeline::earlier`] and [`Timeline::later`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// What one bar stands for.
    pub unit: Unit,
    /// The bars without gaps, the earliest first: between 1 and the bound given. The first and the last are not empty.
    pub bars: Vec<Bar>,
    /// The earliest date of all, outliers included.
    pub first: Timestamp,
    /// The latest date of all, outliers included.
    pub last: Timestamp,
    /// How many comments have a date: the sum of all bars.
    pub total: u32,
    /// How many have none, and are in no bar.
    pub undated: u32,
    /// How many of the first bar's comments are older than it.
    pub earlier: u32,
    /// How many of the last bar's comments are younger than it.
    pub later: u32,
}

impl Timeline {
    /// Counts the comments of a thread in at most `bars_max` bars (at least [`BARS_MIN`]) of the shortest unit that
    /// allows it. `is_new` tells for an index whether that comment is new. `None` with fewer than two known dates.
    pub fn build(thread: &Thread, bars_max: usize, is_new: &dyn Fn(u32) -> bool) -> Option<Self> {
        let mut dated: Vec<(Timestamp, u32)> = (0_u32..)
            .zip(thread.comments())
            .filter_map(|(index, comment)| comment.published.map(|time| (time, index)))
            .collect();
        dated.sort_unstable();
        let (&[(first, _), .., (last, _)], total) = (&dated[..], count(dated.len())) else { return None };
        let (earlier, later) = outliers(&dated);
        let inner = dated.get(earlier..dated.len() - later)?;
        let (from, until) = (inner.first()?.0, inner.last()?.0);
        let bars_max = i64::try_from(bars_max.max(BARS_MIN)).unwrap_or(i64::MAX);
        let fits = |unit: &Unit| unit.number(until) - unit.number(from) < bars_max;
        let unit = Unit::ALL.into_iter().find(fits).unwrap_or(Unit::Millennium);
        let mut bars: Vec<Bar> = (unit.number(from)..=unit.number(until))
            .map(|number| Bar {
                from: unit.start(number).unwrap_or(from),
                until: unit.start(number + 1).unwrap_or(until),
                roots: 0,
                replies: 0,
                by_post_author: 0,
                new: 0,
                first: None,
            })
            .collect();
        for (place, &(time, index)) in dated.iter().enumerate() {
            let number = unit.number(time.clamp(from, until)) - unit.number(from);
            let Some(bar) = usize::try_from(number).ok().and_then(|number| bars.get_mut(number)) else { continue };
            let is_root = thread.placement(index).parent().is_none();
            bar.roots += u32::from(is_root);
            bar.replies += u32::from(!is_root);
            bar.by_post_author += u32::from(thread.comment(index).by_post_author);
            bar.new += u32::from(is_new(index));
            if place >= earlier {
                bar.first.get_or_insert(index);
            }
        }
        let undated = count(thread.len() - dated.len());
        Some(Self { unit, bars, first, last, total, undated, earlier: count(earlier), later: count(later) })
    }

    /// The place of the bar with the most comments, of several the earliest.
    pub fn fullest(&self) -> usize {
        let most = self.bars.iter().map(Bar::count).max();
        self.bars.iter().position(|bar| Some(bar.count()) == most).unwrap_or(0)
    }

    /// The place of the bar that a time is counted in; the outermost for what lies before or behind all.
    pub fn bar_at(&self, time: Timestamp) -> usize {
        self.bars.partition_point(|bar| bar.until <= time).min(self.bars.len().saturating_sub(1))
    }
}

/// How many dates at the start and at the end are outliers: as many as the bounds above allow. What is left is a run
/// around the middle, so both ends are looked at together: each may hide the other.
fn outliers(dated: &[(Timestamp, u32)]) -> (usize, usize) {
    if dated.len() < DATES_FOR_OUTLIERS_MIN {
        return (0, 0);
    }
    let most = (dated.len() / DATES_PER_OUTLIER).clamp(1, OUTLIERS_MAX);
    let millis = |place: usize| dated.get(place).map_or(0, |(time, _)| time.millis());
    let mut best = (0, 0);
    for earlier in 0..=most {
        for later in 0..=most {
            let (from, until) = (earlier, dated.len() - 1 - later);
            let gap = GAP_MILLIS_MIN.max((millis(until) - millis(from)) * GAP_SPANS);
            let is_far_before = earlier == 0 || millis(from) - millis(from - 1) > gap;
            let is_far_behind = later == 0 || millis(until + 1) - millis(until) > gap;
            if is_far_before && is_far_behind && earlier + later > best.0 + best.1 {
                best = (earlier, later);
            }
        }
    }
    best
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
