//! Tasks over time, in bars of a width people count in.

use crate::model::Verdict;

use super::Timed;

/// The most bars a histogram has.
pub const MAX_BARS: u32 = 60;

const MINUTE: u32 = 60;
const HOUR: u32 = 60 * MINUTE;
const DAY: u32 = 24 * HOUR;
const WIDTHS: [u32; 21] = [
    1,
    2,
    5,
    10,
    15,
    30,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    4 * HOUR,
    8 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    28 * DAY,
    364 * DAY,
];

/// Tasks in one stretch of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bar {
    pub failed: u32,
    pub partly_failed: u32,
    pub ok: u32,
    /// Running and unknown.
    pub other: u32,
}

impl Bar {
    #[must_use]
    pub fn total(self) -> u32 {
        self.failed + self.partly_failed + self.ok + self.other
    }

    fn of(counts: [u32; Verdict::ALL.len()]) -> Self {
        let mut bar = Self::default();
        for (verdict, count) in Verdict::ALL.into_iter().zip(counts) {
            bar.add(verdict, count);
        }
        bar
    }

    fn add(&mut self, verdict: Verdict, count: u32) {
        let part = match verdict {
            Verdict::Failed => &mut self.failed,
            Verdict::PartlyFailed => &mut self.partly_failed,
            Verdict::Ok => &mut self.ok,
            Verdict::Running | Verdict::Unknown => &mut self.other,
        };
        *part += count;
    }
}

/// Bars side by side without gaps, from the first task's to the last one's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    /// Unix seconds at which the first bar begins, in its zone a multiple of the width.
    pub start: u32,
    /// 0 when there are no bars.
    pub width_secs: u32,
    pub bars: Vec<Bar>,
    /// Matching tasks that stand in no bar because they tell no time.
    pub untimed: u32,
}

impl Histogram {
    /// Counts tasks by their times; the bars' bounds are those of a zone `offset_secs` east of UTC.
    pub(super) fn of(tasks: &[Timed], offset_secs: i32) -> Self {
        let times = || tasks.iter().map(|task| task.time).filter(|time| *time != 0);
        let untimed = u32::try_from(tasks.len() - times().count()).unwrap_or(u32::MAX);
        let (Some(first), Some(last)) = (times().min(), times().max()) else {
            return Self {
                untimed,
                ..Self::default()
            };
        };
        let local = |time: u32| i64::from(time) + i64::from(offset_secs);
        let width_secs = width_for(local(first), local(last));
        let into_bar = local(first).rem_euclid(i64::from(width_secs));
        let start = first.saturating_sub(u32::try_from(into_bar).unwrap_or(0));
        let len = (last - start) / width_secs + 1;
        let mut counts = vec![[0_u32; Verdict::ALL.len()]; len as usize];
        for task in tasks.iter().filter(|task| task.time != 0) {
            let bar = counts.get_mut(((task.time - start) / width_secs) as usize);
            if let Some(count) = bar.and_then(|bar| bar.get_mut(task.verdict.index())) {
                *count += 1;
            }
        }
        let bars = counts.into_iter().map(Bar::of).collect();
        Self {
            start,
            width_secs,
            bars,
            untimed,
        }
    }

    /// The time at which bar number `bar` begins; for one past the last, where it ends.
    #[must_use]
    pub fn bar_start(&self, bar: usize) -> u32 {
        let bar = u32::try_from(bar).unwrap_or(u32::MAX);
        self.start
            .saturating_add(bar.saturating_mul(self.width_secs))
    }
}

fn width_for(first: i64, last: i64) -> u32 {
    let bar = |time: i64, width: u32| time.div_euclid(i64::from(width));
    let fits = |width: &u32| bar(last, *width) - bar(first, *width) < i64::from(MAX_BARS);
    // 364 days are too narrow only beyond 60 years; then a bar is whatever fits.
    let widest = 364 * DAY * 3;
    WIDTHS.into_iter().find(fits).unwrap_or(widest)
}

#[cfg(test)]
mod tests {
    use super::{Histogram, MAX_BARS, Timed};
    use crate::model::Verdict;
    use crate::store::TaskIdx;

    fn at(time: u32) -> Timed {
        Timed {
            time,
            task: TaskIdx(0),
            verdict: Verdict::Ok,
        }
    }

    #[test]
    fn bars_cover_any_span_with_a_bounded_number() {
        for last in [1, 59, 60, 61, 3_600, 86_400 * 7, 1_700_000_000, u32::MAX] {
            let histogram = Histogram::of(&[at(1), at(last)], 0);
            let total: u32 = histogram.bars.iter().map(|bar| bar.total()).sum();
            assert_eq!(total, 2, "last {last}");
            assert!(histogram.bars.len() <= MAX_BARS as usize, "last {last}");
            assert_eq!(histogram.start % histogram.width_secs, 0);
        }
    }

    #[test]
    fn bars_of_a_day_begin_at_midnight_of_the_zone() {
        // Twenty hours and fifty days from midnight of 2023-11-15 in UTC+8.
        let midnight = 1_699_977_600;
        let first = midnight + 20 * 3_600;
        let tasks = [at(first), at(first + 50 * 86_400)];
        let histogram = Histogram::of(&tasks, 8 * 3_600);
        assert_eq!((histogram.start, histogram.width_secs), (midnight, 86_400));
        assert_eq!(histogram.bars.len(), 51);
        assert_eq!(Histogram::of(&tasks, 0).start, midnight + 8 * 3_600);
    }

    #[test]
    fn a_zone_does_not_move_bars_before_the_beginning_of_time() {
        for offset in [-12 * 3_600, 14 * 3_600] {
            let histogram = Histogram::of(&[at(1), at(86_400 * 20)], offset);
            let total: u32 = histogram.bars.iter().map(|bar| bar.total()).sum();
            assert_eq!(total, 2, "{offset}");
            assert!(histogram.bars.len() <= MAX_BARS as usize, "{offset}");
        }
    }

    #[test]
    fn tasks_without_a_time_are_counted_apart() {
        let histogram = Histogram::of(&[at(0)], 0);
        assert_eq!((histogram.untimed, histogram.bars.len()), (1, 0));
    }
}
