//! Finds room for the labels: beside their marks, on no other mark or label.

use egui::{Align2, Pos2, Rect, Vec2, vec2};

/// What is already taken.
pub(super) struct Room {
    within: Rect,
    taken: Vec<Rect>,
}

/// Where a label may stand, the preferred place first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefer {
    Left,
    RightBelow,
}

impl Room {
    pub(super) fn new(within: Rect) -> Self {
        Self {
            within,
            taken: Vec::new(),
        }
    }

    pub(super) fn take(&mut self, rect: Rect) {
        self.taken.push(rect);
    }

    /// The place of a label of that size; the least bad one where none is free.
    pub(super) fn place(&mut self, mark: Pos2, size: Vec2, prefer: Prefer) -> Rect {
        let places: Vec<Rect> = offsets(prefer)
            .into_iter()
            .map(|(align, offset)| align.anchor_size(mark + offset, size))
            .collect();
        let overlap = |rect: &Rect| self.overlap(*rect);
        let best = places
            .into_iter()
            .min_by(|a, b| overlap(a).total_cmp(&overlap(b)));
        let place = best.unwrap_or_else(|| Rect::from_min_size(mark, size));
        self.take(place);
        place
    }

    /// How much of it covers something else, or leaves the plot.
    fn overlap(&self, rect: Rect) -> f32 {
        let covered: f32 = self
            .taken
            .iter()
            .map(|taken| area(rect.intersect(*taken)))
            .sum();
        covered + 4.0 * (area(rect) - area(rect.intersect(self.within)))
    }
}

fn area(rect: Rect) -> f32 {
    rect.width().max(0.0) * rect.height().max(0.0)
}

fn offsets(prefer: Prefer) -> [(Align2, Vec2); 6] {
    let left = (Align2::RIGHT_CENTER, vec2(-13.0, 0.0));
    let left_above = (Align2::RIGHT_BOTTOM, vec2(-12.0, -4.0));
    let left_below = (Align2::RIGHT_TOP, vec2(-12.0, 4.0));
    let right = (Align2::LEFT_CENTER, vec2(13.0, 0.0));
    let right_above = (Align2::LEFT_BOTTOM, vec2(12.0, -4.0));
    let right_below = (Align2::LEFT_TOP, vec2(12.0, 5.0));
    match prefer {
        Prefer::Left => [
            left,
            left_above,
            right,
            right_above,
            right_below,
            left_below,
        ],
        Prefer::RightBelow => [
            right_below,
            right,
            right_above,
            left_below,
            left,
            left_above,
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    #[test]
    fn a_label_makes_way_for_another() {
        let mut room = Room::new(Rect::from_min_max(pos2(0.0, 0.0), pos2(400.0, 300.0)));
        let size = vec2(60.0, 16.0);
        let first = room.place(pos2(200.0, 100.0), size, Prefer::Left);
        let second = room.place(pos2(203.0, 102.0), size, Prefer::Left);
        assert!(!first.intersects(second), "{first:?} {second:?}");
    }

    #[test]
    fn a_label_stays_in_the_plot() {
        let within = Rect::from_min_max(pos2(0.0, 0.0), pos2(400.0, 300.0));
        let place = Room::new(within).place(pos2(5.0, 100.0), vec2(60.0, 16.0), Prefer::Left);
        assert!(within.contains_rect(place), "{place:?}");
    }
}
