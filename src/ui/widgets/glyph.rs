//! The shapes of verdicts and outcomes. A shape alone tells the state; colour only repeats it.

use std::f32::consts::{PI, TAU};

use egui::{Color32, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, Vec2, vec2};

use super::focus::named;
use crate::model::{Outcome, Verdict};
use crate::ui::theme::{Palette, Status, palette};

/// Where a glyph stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GlyphStyle {
    /// In a row: "ok" is a thin check.
    Row,
    /// Beside a title: "ok" is a disc with a check.
    Header,
}

/// A glyph is drawn in units of 1/16 of its width.
struct Pen<'a> {
    painter: &'a Painter,
    center: Pos2,
    unit: f32,
}

impl<'a> Pen<'a> {
    fn new(painter: &'a Painter, rect: Rect) -> Self {
        Self {
            painter,
            center: rect.center(),
            unit: rect.width().min(rect.height()) / 16.0,
        }
    }

    fn at(&self, x: f32, y: f32) -> Pos2 {
        self.center + vec2(x, y) * self.unit
    }

    fn stroke(&self, width: f32, color: Color32) -> Stroke {
        Stroke::new((width * self.unit).max(1.0), color)
    }

    fn line(&self, points: &[(f32, f32)], width: f32, color: Color32) {
        let points = points.iter().map(|&(x, y)| self.at(x, y)).collect();
        self.painter.line(points, self.stroke(width, color));
    }

    fn ring(&self, width: f32, color: Color32) {
        let radius = RING * self.unit;
        self.painter
            .circle_stroke(self.center, radius, self.stroke(width, color));
    }

    fn disc(&self, color: Color32) {
        self.painter
            .circle_filled(self.center, 6.75 * self.unit, color);
    }

    /// Part of the ring, clockwise from `from`; angles in turns, 0 at the top.
    fn arc(&self, from: f32, turns: f32, width: f32, color: Color32) {
        let points = arc_points(self.center, RING * self.unit, from, turns);
        self.painter.line(points, self.stroke(width, color));
    }

    fn cross(&self, reach: f32, color: Color32) {
        self.line(&[(-reach, -reach), (reach, reach)], 1.6, color);
        self.line(&[(-reach, reach), (reach, -reach)], 1.6, color);
    }
}

/// Radius of the middle of a ring's stroke.
const RING: f32 = 5.75;

fn arc_points(center: Pos2, radius: f32, from: f32, turns: f32) -> Vec<Pos2> {
    const STEPS: u8 = 32;
    (0..=STEPS)
        .map(|step| {
            let turn = from + turns * f32::from(step) / f32::from(STEPS);
            center + radius * Vec2::angled(turn * TAU - PI / 2.0)
        })
        .collect()
}

/// Paints the glyph of a task.
pub(crate) fn verdict_glyph(
    painter: &Painter,
    rect: Rect,
    verdict: Verdict,
    p: &Palette,
    style: GlyphStyle,
) {
    let pen = Pen::new(painter, rect);
    match (verdict, style) {
        (Verdict::Ok, GlyphStyle::Row) => check(&pen, p.ok.fill),
        (Verdict::Ok, GlyphStyle::Header) => check_disc(&pen, p),
        (Verdict::PartlyFailed, _) => half_disc(&pen, p.part.fill),
        (Verdict::Failed, _) => cross_disc(&pen, p),
        (Verdict::Running, _) => running(&pen, None, &p.run),
        (Verdict::Unknown, _) => unknown(&pen, &p.unk),
    }
}

/// Paints the glyph of a sub-task.
pub(crate) fn outcome_glyph(painter: &Painter, rect: Rect, outcome: Outcome, p: &Palette) {
    let pen = Pen::new(painter, rect);
    match outcome {
        Outcome::Succeeded => check(&pen, p.ok.fill),
        Outcome::Failed => cross_disc(&pen, p),
        Outcome::Running => running(&pen, None, &p.run),
        Outcome::Waiting => pen.ring(1.5, p.line_strong),
        Outcome::Unknown => unknown(&pen, &p.unk),
    }
}

/// Paints "running" with its progress, from 0 to 1, where it is known.
pub(crate) fn running_glyph(painter: &Painter, rect: Rect, part: Option<f32>, p: &Palette) {
    running(&Pen::new(painter, rect), part, &p.run);
}

/// Paints the part of a ring that is done.
pub(super) fn progress_arc(painter: &Painter, rect: Rect, part: f32, p: &Palette) {
    let pen = Pen::new(painter, rect);
    pen.ring(1.75, p.bg_track);
    pen.arc(0.0, part.clamp(0.0, 1.0), 1.75, p.accent);
}

/// Paints a quarter of a ring that starts at `turn`.
pub(super) fn spinner_arc(painter: &Painter, rect: Rect, turn: f32, p: &Palette) {
    let pen = Pen::new(painter, rect);
    pen.ring(1.75, p.bg_track);
    pen.arc(turn, 0.25, 1.75, p.accent);
}

/// A verdict's glyph as a widget of its own, `size` wide and high.
pub(crate) fn verdict_icon(
    ui: &mut Ui,
    verdict: Verdict,
    size: f32,
    style: GlyphStyle,
    name: &str,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
    verdict_glyph(ui.painter(), rect, verdict, palette(ui), style);
    named(&response, Role::Image, name);
    response
}

fn check(pen: &Pen<'_>, color: Color32) {
    pen.line(&[(-5.25, 0.5), (-1.75, 4.0), (5.25, -3.75)], 1.75, color);
}

fn check_disc(pen: &Pen<'_>, p: &Palette) {
    pen.disc(p.ok.fill);
    pen.line(&[(-3.0, 0.2), (-0.9, 2.3), (3.1, -2.1)], 1.6, p.glyph_on);
}

fn cross_disc(pen: &Pen<'_>, p: &Palette) {
    pen.disc(p.fail.fill);
    pen.cross(2.5, p.glyph_on);
}

fn half_disc(pen: &Pen<'_>, color: Color32) {
    pen.ring(1.5, color);
    // As far as the ring's outer edge: a seam would show between the two.
    let half = arc_points(pen.center, (RING + 0.7) * pen.unit, 0.5, 0.5);
    pen.painter
        .add(Shape::convex_polygon(half, color, Stroke::NONE));
}

fn running(pen: &Pen<'_>, part: Option<f32>, status: &Status) {
    pen.ring(1.5, status.soft);
    // Without a number the arc only says that something moves.
    let turns = part.unwrap_or(0.62).clamp(0.0, 1.0);
    pen.arc(0.0, turns, 1.5, status.fill);
    let triangle = vec![pen.at(-1.6, -2.6), pen.at(2.9, 0.0), pen.at(-1.6, 2.6)];
    pen.painter
        .add(Shape::convex_polygon(triangle, status.fill, Stroke::NONE));
}

fn unknown(pen: &Pen<'_>, status: &Status) {
    const DASHES: u8 = 8;
    for dash in 0..DASHES {
        let from = f32::from(dash) / f32::from(DASHES);
        pen.arc(from, 0.42 / f32::from(DASHES), 1.4, status.fill);
    }
    question_mark(pen, status.text);
}

fn question_mark(pen: &Pen<'_>, color: Color32) {
    let bow = arc_points(pen.at(0.0, -1.3), 1.7 * pen.unit, -0.25, 0.7);
    let stem = [pen.at(0.0, 0.6), pen.at(0.0, 1.1)];
    let points = bow.into_iter().chain(stem).collect();
    pen.painter.line(points, pen.stroke(1.2, color));
    pen.painter
        .circle_filled(pen.at(0.0, 2.9), 0.8 * pen.unit, color);
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    #[test]
    fn an_arc_starts_at_the_top_and_runs_clockwise() {
        let points = arc_points(pos2(0.0, 0.0), 10.0, 0.0, 0.25);
        let (first, last) = (points[0], points[points.len() - 1]);
        assert!(first.distance(pos2(0.0, -10.0)) < 0.01, "{first:?}");
        assert!(last.distance(pos2(10.0, 0.0)) < 0.01, "{last:?}");
    }
}
