//! The mark: a looking glass over a play sign, painted so that it is sharp at any size.

use egui::{CornerRadius, Painter, Pos2, Rect, Shape, Stroke, pos2};

use crate::ui::theme::Palette;

/// The mark is drawn in units of 1/256 of its width.
const UNITS: f32 = 256.0;

/// Paints the mark into a square.
pub(super) fn paint_logo(painter: &Painter, rect: Rect, p: &Palette) {
    let unit = rect.width() / UNITS;
    let at = |x: f32, y: f32| -> Pos2 { rect.min + pos2(x, y).to_vec2() * unit };
    painter.rect_filled(rect, corner(60.0 * unit), p.accent);
    let stroke = Stroke::new((19.0 * unit).max(1.0), p.on_accent);
    painter.circle_stroke(at(118.0, 116.0), 63.0 * unit, stroke);
    painter.line_segment([at(164.0, 162.0), at(203.0, 201.0)], stroke);
    let sign = vec![at(99.0, 86.0), at(148.0, 116.0), at(99.0, 146.0)];
    painter.add(Shape::convex_polygon(sign, p.on_accent, Stroke::NONE));
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a radius is small and positive"
)]
fn corner(radius: f32) -> CornerRadius {
    CornerRadius::same(radius.round().clamp(0.0, 255.0) as u8)
}
