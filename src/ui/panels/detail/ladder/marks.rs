//! The marks of the ladder, in the plot and in its legend.

use egui::{Color32, CornerRadius, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, vec2};

use super::points::Kind;
use crate::ui::theme::Palette;

/// One mark of the plot or of its legend. Each kind has a shape of its own, or a colour and a word.
pub(super) fn mark(painter: &Painter, at: Pos2, kind: Kind, p: &Palette) {
    match kind {
        Kind::Source => diamond(painter, at, p.text),
        Kind::Output => disc(painter, at, p.ok.fill, p),
        Kind::Flagged => disc(painter, at, p.part.fill, p),
        Kind::Rung => {
            let rect = Rect::from_center_size(at, Vec2::splat(8.0));
            let stroke = Stroke::new(1.5, p.accent);
            painter.rect(
                rect,
                CornerRadius::ZERO,
                p.bg_panel,
                stroke,
                StrokeKind::Middle,
            );
        }
        Kind::Missing => missing(painter, at, p),
        Kind::Target => {
            let line = Stroke::new(1.5, p.text_3);
            painter.hline(at.x - 8.0..=at.x + 8.0, at.y, line);
        }
    }
}

fn disc(painter: &Painter, at: Pos2, color: Color32, p: &Palette) {
    painter.circle_filled(at, 6.0, p.bg_panel);
    painter.circle_filled(at, 4.5, color);
}

fn diamond(painter: &Painter, at: Pos2, color: Color32) {
    let reach = 5.5;
    let points = [
        vec2(0.0, -reach),
        vec2(reach, 0.0),
        vec2(0.0, reach),
        vec2(-reach, 0.0),
    ];
    let points = points.into_iter().map(|offset| at + offset).collect();
    painter.add(Shape::convex_polygon(points, color, Stroke::NONE));
}

fn missing(painter: &Painter, at: Pos2, p: &Palette) {
    const STEPS: u8 = 24;
    let radius = 7.0;
    painter.circle_filled(at, radius, p.bg_panel);
    let ring: Vec<Pos2> = (0..=STEPS)
        .map(|step| {
            let turn = f32::from(step) / f32::from(STEPS) * std::f32::consts::TAU;
            at + radius * Vec2::angled(turn)
        })
        .collect();
    painter.extend(Shape::dashed_line(
        &ring,
        Stroke::new(1.2, p.fail.fill),
        3.0,
        2.0,
    ));
    let cross = Stroke::new(1.4, p.fail.fill);
    for (x, y) in [(2.5, 2.5), (2.5, -2.5)] {
        painter.line_segment([at - vec2(x, y), at + vec2(x, y)], cross);
    }
}
