//! One segment a sub-task, so that a row shows which of them failed.

use egui::{Color32, CornerRadius, Painter, Rangef, Rect};

use crate::model::Outcome;
use crate::ui::theme::Palette;

/// Above this many sub-tasks single segments would be slivers.
const MOST_SEGMENTS: usize = 12;
const RADIUS: CornerRadius = CornerRadius::same(1);

/// A sub-task's outcome, and its progress from 0 to 1 where it is known.
type Segment = (Outcome, Option<f32>);

/// Paints the bar of a task's sub-tasks, which are given in event order.
pub(crate) fn verdict_bar(
    painter: &Painter,
    rect: Rect,
    segments: impl Iterator<Item = Segment> + Clone,
    p: &Palette,
) {
    let count = segments.clone().count();
    if count > MOST_SEGMENTS {
        stacked(painter, rect, &segments.map(|(outcome, _)| outcome), p);
        return;
    }
    for (index, segment) in segments.enumerate() {
        let place = Rect::from_x_y_ranges(place(rect.x_range(), index, count), rect.y_range());
        paint_segment(painter, place, segment, p);
    }
}

/// Where segment `index` of `count` lies.
fn place(across: Rangef, index: usize, count: usize) -> Rangef {
    let gap = if count > 7 { 1.0 } else { 2.0 };
    let width = (across.span() - gap * (count.saturating_sub(1)) as f32) / count as f32;
    let left = across.min + index as f32 * (width + gap);
    Rangef::new(left, left + width)
}

fn paint_segment(painter: &Painter, rect: Rect, (outcome, part): Segment, p: &Palette) {
    painter.rect_filled(rect, RADIUS, ground(outcome, p));
    if outcome == Outcome::Running {
        let done = rect.width() * part.unwrap_or(0.5).clamp(0.0, 1.0);
        let filled = rect.with_max_x(rect.left() + done);
        painter.rect_filled(filled, RADIUS, p.run.fill);
    }
}

fn ground(outcome: Outcome, p: &Palette) -> Color32 {
    match outcome {
        Outcome::Succeeded => p.ok.soft,
        Outcome::Failed => p.fail.fill,
        Outcome::Running => p.run.soft,
        Outcome::Waiting => p.bg_track,
        Outcome::Unknown => p.unk.soft,
    }
}

/// The order of the parts in a stacked bar.
const STACK: [Outcome; 5] = [
    Outcome::Succeeded,
    Outcome::Failed,
    Outcome::Running,
    Outcome::Unknown,
    Outcome::Waiting,
];

fn stacked(
    painter: &Painter,
    rect: Rect,
    outcomes: &(impl Iterator<Item = Outcome> + Clone),
    p: &Palette,
) {
    let total = outcomes.clone().count() as f32;
    let mut left = rect.left();
    for kind in STACK {
        let count = outcomes.clone().filter(|&outcome| outcome == kind).count();
        if count == 0 {
            continue;
        }
        let right = left + rect.width() * count as f32 / total;
        let color = if kind == Outcome::Running {
            p.run.fill
        } else {
            ground(kind, p)
        };
        let part = Rect::from_x_y_ranges(left..=right, rect.y_range());
        painter.rect_filled(part, CornerRadius::ZERO, color);
        left = right;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_fill_the_bar_with_gaps_between_them() {
        let across = Rangef::new(10.0, 66.0);
        let first = place(across, 0, 4);
        let second = place(across, 1, 4);
        let last = place(across, 3, 4);
        assert!((first.min - 10.0).abs() < 0.001);
        assert!((second.min - first.max - 2.0).abs() < 0.001);
        assert!((last.max - 66.0).abs() < 0.001);
    }

    #[test]
    fn many_segments_stand_closer() {
        let across = Rangef::new(0.0, 56.0);
        let gap = place(across, 1, 9).min - place(across, 0, 9).max;
        assert!((gap - 1.0).abs() < 0.001, "{gap}");
    }
}
