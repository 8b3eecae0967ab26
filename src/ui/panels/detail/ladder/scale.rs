//! The axes: from short side and bitrate to points on the screen.

use egui::{Pos2, Rect, lerp, pos2};

use super::points::{Kind, Ladder};
use crate::text::format;

/// Room left and right of the outermost marks, in lines of the picture.
const SIDE_ROOM: f64 = 120.0;
/// A source this many times above everything else would flatten the rest: it is only named.
const TOO_FAR: f64 = 3.0;

/// The range of both axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    sides: (f64, f64),
    top_bps: f64,
    step_bps: f64,
}

/// A place on an axis that is named.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tick {
    pub(super) value: f64,
    pub(super) label: String,
}

impl Scale {
    pub(super) fn of(ladder: &Ladder) -> Self {
        let sides = ladder.points.iter().map(|point| point.short_side);
        let sides = sides.chain(ladder.source.short_side);
        let (min, max) = sides.fold((f64::MAX, 0.0_f64), |(min, max), side| {
            (min.min(side), max.max(side))
        });
        let highest = ladder
            .points
            .iter()
            .map(|point| point.bps)
            .fold(0.0, f64::max);
        let source = ladder.source.bps.filter(|bps| *bps <= highest * TOO_FAR);
        let highest = highest.max(source.unwrap_or(0.0));
        let step_bps = step(highest);
        Self {
            sides: ((min - SIDE_ROOM).max(0.0), max + SIDE_ROOM),
            top_bps: (highest * 1.05 / step_bps).ceil() * step_bps,
            step_bps,
        }
    }

    /// Whether the bitrate has a place in the plot.
    pub(super) fn shows(&self, bps: f64) -> bool {
        bps <= self.top_bps
    }

    pub(super) fn x(&self, rect: Rect, side: f64) -> f32 {
        let (min, max) = self.sides;
        lerp(rect.x_range(), share((side - min) / (max - min)))
    }

    pub(super) fn y(&self, rect: Rect, bps: f64) -> f32 {
        lerp(rect.bottom()..=rect.top(), share(bps / self.top_bps))
    }

    pub(super) fn at(&self, rect: Rect, side: f64, bps: f64) -> Pos2 {
        pos2(self.x(rect, side), self.y(rect, bps))
    }

    /// Round bitrates from the bottom up.
    pub(super) fn bitrate_ticks(&self) -> Vec<Tick> {
        let steps = std::iter::successors(Some(0.0), |value| Some(value + self.step_bps));
        let values = steps.take_while(|value| *value <= self.top_bps + self.step_bps * 0.01);
        values
            .map(|value| Tick {
                value,
                label: bitrate_label(value),
            })
            .collect()
    }

    /// The short sides that occur, largest first, so that the crowded small ones give way.
    pub(super) fn side_ticks(ladder: &Ladder) -> Vec<Tick> {
        let shown = ladder
            .points
            .iter()
            .filter(|point| point.kind != Kind::Target);
        let sides = shown
            .map(|point| point.short_side)
            .chain(ladder.source.short_side);
        let mut sides: Vec<f64> = sides.collect();
        sides.sort_by(|a, b| b.total_cmp(a));
        sides.dedup();
        sides
            .into_iter()
            .map(|value| Tick {
                value,
                label: format!("{}p", format::plain(value)),
            })
            .collect()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a share of the plot")]
fn share(value: f64) -> f32 {
    value.clamp(0.0, 1.0) as f32
}

/// The round step that gives four to seven lines.
fn step(highest: f64) -> f64 {
    let rough = (highest / 6.0).max(1.0);
    let power = 10f64.powf(rough.log10().floor());
    let round = [1.0, 2.0, 5.0, 10.0].map(|digit| digit * power);
    round
        .into_iter()
        .find(|step| *step >= rough)
        .unwrap_or(power * 10.0)
}

fn bitrate_label(bps: f64) -> String {
    if bps <= 0.0 {
        "0".to_owned()
    } else if bps < 999_500.0 {
        format!("{:.0} k", bps / 1e3)
    } else {
        format!("{:.1} M", bps / 1e6)
    }
}

#[cfg(test)]
mod tests {
    use super::super::points::{Point, Source};
    use super::*;

    fn ladder(outputs: &[(f64, f64)], source: (f64, f64)) -> Ladder {
        let point = |&(short_side, bps): &(f64, f64)| Point {
            kind: Kind::Output,
            short_side,
            bps,
            label: String::new(),
            hint: String::new(),
        };
        Ladder {
            source: Source {
                short_side: Some(source.0),
                bps: Some(source.1),
                ..Source::default()
            },
            points: outputs.iter().map(point).collect(),
            chains: Vec::new(),
        }
    }

    fn labels(scale: &Scale) -> Vec<String> {
        scale
            .bitrate_ticks()
            .into_iter()
            .map(|tick| tick.label)
            .collect()
    }

    #[test]
    fn the_axis_ends_on_a_round_number_above_everything() {
        let scale = Scale::of(&ladder(
            &[(360.0, 412e3), (1080.0, 2.63e6)],
            (720.0, 1.48e6),
        ));
        assert_eq!(
            labels(&scale),
            ["0", "500 k", "1.0 M", "1.5 M", "2.0 M", "2.5 M", "3.0 M"]
        );
        assert_eq!(scale.sides, (240.0, 1200.0));
    }

    #[test]
    fn a_source_far_above_does_not_flatten_the_outputs() {
        let scale = Scale::of(&ladder(&[(360.0, 412e3), (720.0, 1.8e6)], (2160.0, 60e6)));
        assert!(!scale.shows(60e6));
        assert!(scale.top_bps < 3e6, "{}", scale.top_bps);
    }

    #[test]
    fn the_corners_of_the_range_are_the_corners_of_the_plot() {
        let scale = Scale::of(&ladder(&[(360.0, 412e3)], (720.0, 1e6)));
        let rect = Rect::from_min_max(pos2(10.0, 20.0), pos2(110.0, 220.0));
        assert_eq!(scale.at(rect, 240.0, 0.0), rect.left_bottom());
        assert_eq!(scale.at(rect, 840.0, scale.top_bps), rect.right_top());
    }
}
