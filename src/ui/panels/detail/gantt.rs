//! The time line of a task: where its marks stand and where a stretch of time lies on it.

use crate::model::Zone;
use crate::text::format;

use super::sub_rows::Span;

/// Distances between marks that people read easily, in seconds.
const STEPS: [i64; 20] = [
    1, 2, 5, 10, 15, 30, 60, 120, 240, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200,
    86_400, 604_800,
];
/// How many stretches between marks there may be.
const MOST_STEPS: i64 = 5;
/// Free room right of the last bar, as a share of the whole.
const MARGIN: f64 = 0.04;

/// The stretch of time that is drawn, and its marks.
#[derive(Debug, PartialEq)]
pub(super) struct Axis {
    from: i64,
    secs: f64,
    pub(super) marks: Vec<Mark>,
}

/// A mark on the axis.
#[derive(Debug, PartialEq)]
pub(super) struct Mark {
    /// From 0 to 1.
    pub(super) at: f32,
    pub(super) label: String,
}

impl Axis {
    /// An axis that holds a span.
    pub(super) fn new(span: Span, zone: Zone) -> Self {
        let long = span.secs().unwrap_or(0).max(1);
        let step = STEPS.into_iter().find(|step| long / step < MOST_STEPS);
        let step = step.unwrap_or(long / MOST_STEPS);
        // Marks stand on whole minutes where they are at least a minute apart.
        let grid = if step >= 60 { 60 } else { 1 };
        let from = span.begin - span.begin.rem_euclid(grid);
        let covered = (span.begin + long - from) as f64;
        let secs = covered * (1.0 + MARGIN);
        let mut axis = Self {
            from,
            secs,
            marks: Vec::new(),
        };
        let mut unix = from;
        while ((unix - from) as f64) < secs {
            let label = label(unix, step, zone);
            axis.marks.push(Mark {
                at: axis.at(unix),
                label,
            });
            unix += step;
        }
        axis
    }

    /// Where a moment lies, from 0 to 1.
    #[expect(clippy::cast_possible_truncation, reason = "a share from 0 to 1")]
    pub(super) fn at(&self, unix: i64) -> f32 {
        let share = (unix - self.from) as f64 / self.secs;
        share.clamp(0.0, 1.0) as f32
    }
}

fn label(unix: i64, step: i64, zone: Zone) -> String {
    match step {
        ..60 => format::clock(unix, zone),
        60..86_400 => format::clock_minutes(unix, zone),
        _ => format::date(unix, zone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(begin: i64, secs: i64) -> Vec<String> {
        let finish = Some(begin + secs);
        let axis = Axis::new(Span { begin, finish }, Zone::Beijing);
        axis.marks.into_iter().map(|mark| mark.label).collect()
    }

    const BEGIN: i64 = 1_795_239_665;

    #[test]
    fn marks_stand_on_whole_minutes() {
        let expected = ["13:41", "13:45", "13:49", "13:53", "13:57"];
        assert_eq!(labels(BEGIN, 1_018), expected);
    }

    #[test]
    fn short_tasks_are_marked_by_seconds() {
        assert_eq!(
            labels(BEGIN, 8),
            ["13:41:05", "13:41:07", "13:41:09", "13:41:11", "13:41:13"]
        );
    }

    #[test]
    fn a_moment_lies_where_it_belongs() {
        let finish = Some(BEGIN + 1_000);
        let axis = Axis::new(
            Span {
                begin: BEGIN,
                finish,
            },
            Zone::Utc,
        );
        assert!(axis.at(BEGIN) < 0.01);
        assert!(axis.at(BEGIN + 1_000) > 0.95);
        assert!((axis.at(BEGIN - 9_999)).abs() < f32::EPSILON);
    }

    #[test]
    fn a_task_without_an_end_has_an_axis() {
        let axis = Axis::new(
            Span {
                begin: BEGIN,
                finish: None,
            },
            Zone::Utc,
        );
        assert!(!axis.marks.is_empty());
    }
}
