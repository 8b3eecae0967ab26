//! Horizontal bars: a share of a whole, a span of time, the ground of a facet.

use egui::{Color32, Painter, Rect};

use crate::ui::theme::{Palette, RADIUS_BAR, RADIUS_CHIP};

/// A part, from 0 to 1, in a track.
pub(crate) fn bar(painter: &Painter, rect: Rect, part: f32, color: Color32, p: &Palette) {
    painter.rect_filled(rect, RADIUS_BAR, p.bg_track);
    painter.rect_filled(left_part(rect, part), RADIUS_BAR, color);
}

/// A bar from `from` to `to`, both from 0 to 1 of the width; never thinner than can be seen.
pub(crate) fn span_bar(painter: &Painter, rect: Rect, from: f32, to: f32, color: Color32) -> Rect {
    let place = span(rect, from, to);
    painter.rect_filled(place, RADIUS_BAR, color);
    place
}

/// The ground behind a facet's name, as wide as its share.
pub(crate) fn facet_bar(painter: &Painter, rect: Rect, part: f32, color: Color32) {
    painter.rect_filled(left_part(rect, part), RADIUS_CHIP, color);
}

fn left_part(rect: Rect, part: f32) -> Rect {
    span(rect, 0.0, part)
}

/// Thinnest visible bar.
const THINNEST: f32 = 3.0;

fn span(rect: Rect, from: f32, to: f32) -> Rect {
    let x = |part: f32| rect.left() + rect.width() * part.clamp(0.0, 1.0);
    let left = x(from).min(rect.right() - THINNEST).max(rect.left());
    let right = if to > 0.0 {
        x(to).max(left + THINNEST)
    } else {
        left
    };
    Rect::from_x_y_ranges(left..=right, rect.y_range())
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{pos2, vec2};

    fn x_range(from: f32, to: f32) -> (f32, f32) {
        let rect = Rect::from_min_size(pos2(100.0, 0.0), vec2(200.0, 12.0));
        let place = span(rect, from, to);
        (place.left(), place.right())
    }

    #[test]
    fn a_span_is_a_part_of_the_width() {
        assert_eq!(x_range(0.25, 0.75), (150.0, 250.0));
    }

    #[test]
    fn a_short_span_stays_visible_and_inside() {
        assert_eq!(x_range(0.0, 0.0001), (100.0, 103.0));
        assert_eq!(x_range(1.0, 1.0), (297.0, 300.0));
    }

    #[test]
    fn nothing_has_no_width() {
        assert_eq!(x_range(0.0, 0.0), (100.0, 100.0));
    }
}
