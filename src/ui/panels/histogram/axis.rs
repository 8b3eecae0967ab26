//! Times under the bars: round ones, as many as there is room for.

use super::bars::step;
use crate::model::{Civil, Zone};
use crate::store::Histogram;
use crate::text::{Text, format, frame};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const STEPS: [i64; 19] = [
    10,
    30,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    28 * DAY,
    91 * DAY,
    364 * DAY,
];
/// Least gap between two labels.
const GAP: f32 = 12.0;

/// A label and where it begins, from the left of the bars.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tick {
    pub(super) x: f32,
    pub(super) label: String,
}

/// The labels for bars in `width` points; `measure` tells how wide a label is.
pub(super) fn ticks(
    histogram: &Histogram,
    width: f32,
    text: &Text,
    measure: impl Fn(&str) -> f32,
) -> Vec<Tick> {
    let bar = step(width, histogram.bars.len());
    let secs = i64::from(histogram.width_secs.max(1));
    let points_a_sec = bar / secs as f32;
    let from = i64::from(histogram.start);
    let room = |step: i64| GAP + widest(from, step, text, &measure);
    let fits = |step: &i64| *step >= secs && *step as f32 * points_a_sec >= room(*step);
    let step = STEPS.into_iter().find(fits).unwrap_or(364 * DAY);
    let to = i64::from(histogram.bar_start(histogram.bars.len()));
    let offset = Civil::at(from, text.zone).map_or(0, |civil| i64::from(civil.offset_secs));
    let first = (from + offset).div_euclid(step) * step - offset;
    let times = std::iter::successors(Some(first), |time| Some(time + step));
    times
        .skip_while(|time| *time < from)
        .take_while(|time| *time < to)
        .map(|time| Tick {
            x: (time - from) as f32 * points_a_sec,
            label: label(time, step, text),
        })
        .filter(|tick| tick.x + measure(&tick.label) <= width)
        .collect()
}

/// How wide the labels at that step become: those of times, and of the days between them.
fn widest(near: i64, step: i64, text: &Text, measure: impl Fn(&str) -> f32) -> f32 {
    let day = measure(&frame::day(text.lang, near, text.zone));
    let time = measure(&clock(near, step, text.zone));
    if step >= DAY { day } else { day.max(time) }
}

fn label(time: i64, step: i64, text: &Text) -> String {
    if step >= DAY || is_midnight(time, text.zone) {
        frame::day(text.lang, time, text.zone)
    } else {
        clock(time, step, text.zone)
    }
}

fn clock(time: i64, step: i64, zone: Zone) -> String {
    if step < MINUTE {
        format::clock(time, zone)
    } else {
        format::clock_minutes(time, zone)
    }
}

fn is_midnight(time: i64, zone: Zone) -> bool {
    Civil::at(time, zone).is_some_and(|c| c.hour == 0 && c.minute == 0 && c.second == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;
    use crate::store::Bar;

    fn histogram(start: u32, width_secs: u32, bars: usize) -> Histogram {
        Histogram {
            start,
            width_secs,
            bars: vec![Bar::default(); bars],
            untimed: 0,
        }
    }

    fn six_a_letter(label: &str) -> f32 {
        label.chars().map(|_| 6.0).sum()
    }

    fn labels(histogram: &Histogram, zone: Zone) -> String {
        let ticks = ticks(histogram, 384.0, &Text::new(Lang::En, zone), six_a_letter);
        let labels: Vec<String> = ticks.into_iter().map(|tick| tick.label).collect();
        labels.join(" ")
    }

    #[test]
    fn a_day_is_labelled_at_round_hours_and_names_the_new_day() {
        // 2026-11-20 15:00 at +08:00.
        let day = histogram(1_795_158_000, 1_800, 48);
        assert_eq!(
            labels(&day, Zone::Beijing),
            "15:00 18:00 21:00 21 Nov 03:00 06:00 09:00 12:00"
        );
    }

    #[test]
    fn labels_are_round_in_the_zone_that_is_shown() {
        let day = histogram(1_795_158_000, 1_800, 48);
        assert!(
            labels(&day, Zone::Utc).starts_with("09:00 12:00"),
            "{}",
            labels(&day, Zone::Utc)
        );
    }

    #[test]
    fn one_bar_has_at_most_one_label() {
        let one = histogram(1_795_158_000, 1, 1);
        assert!(ticks(&one, 384.0, &Text::new(Lang::En, Zone::Utc), six_a_letter).len() <= 1);
    }

    #[test]
    fn labels_of_short_spans_stand_apart() {
        let text = Text::new(Lang::En, Zone::Utc);
        for (width_secs, bars) in [(1, 45), (1, 60), (2, 60), (5, 50), (60, 60)] {
            let span = histogram(1_795_158_003, width_secs, bars);
            let ticks = ticks(&span, 384.0, &text, six_a_letter);
            for pair in ticks.windows(2) {
                let end = pair[0].x + six_a_letter(&pair[0].label);
                assert!(end + 8.0 <= pair[1].x, "{pair:?}");
            }
        }
    }
}
