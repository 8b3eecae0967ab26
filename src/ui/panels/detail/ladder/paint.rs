//! Paints the ladder.

use egui::{
    Align, Color32, CornerRadius, FontId, Painter, Pos2, Rect, Sense, Shape, Stroke, Ui, Vec2,
    pos2, vec2,
};

use super::labels::{Prefer, Room};
use super::marks::mark;
use super::points::{Kind, Ladder, Point};
use super::scale::Scale;
use crate::ui::Cx;
use crate::ui::theme::{self, HAIRLINE, Palette, S8};
use crate::ui::widgets::{Line, line_width, paint_line};

/// Room for the labels of the axes.
const LEFT: f32 = 52.0;
const BOTTOM: f32 = 28.0;
const RIGHT: f32 = 16.0;
/// Adaptive marks stand this far left, so that an output of the same size stays visible.
const RUNG_SHIFT: f32 = -12.0;
/// The least distance of two names on the lower axis.
const TICK_ROOM: f32 = 40.0;

pub(super) struct Plot<'a> {
    ui: &'a Ui,
    cx: &'a Cx<'a>,
    ladder: &'a Ladder,
    scale: Scale,
    /// The area of the marks.
    rect: Rect,
}

impl<'a> Plot<'a> {
    pub(super) fn new(ui: &'a Ui, cx: &'a Cx<'a>, ladder: &'a Ladder, whole: Rect) -> Self {
        let min = whole.min + vec2(LEFT, 4.0);
        Self {
            ui,
            cx,
            ladder,
            scale: Scale::of(ladder),
            rect: Rect::from_min_max(min, whole.max - vec2(RIGHT, BOTTOM)),
        }
    }

    pub(super) fn draw(&self) {
        self.zones();
        self.axes();
        self.source_lines();
        let mut room = self.room();
        self.chains(&mut room);
        for point in &self.ladder.points {
            self.mark(point);
        }
        self.source_mark(&mut room);
        for point in &self.ladder.points {
            self.label(point, &mut room);
        }
    }

    fn palette(&self) -> &'static Palette {
        self.cx.palette
    }

    fn painter(&self) -> &Painter {
        self.ui.painter()
    }

    /// The source's bitrate, where the plot reaches up to it.
    fn source_bps(&self) -> Option<f64> {
        self.ladder.source.bps.filter(|bps| self.scale.shows(*bps))
    }

    fn source_x(&self) -> Option<f32> {
        let side = self.ladder.source.short_side?;
        Some(self.scale.x(self.rect, side))
    }

    fn zones(&self) {
        let tint = self.palette().part.fill.gamma_multiply(0.07);
        let above = self.source_bps().map(|bps| self.scale.y(self.rect, bps));
        let right = self.source_x().unwrap_or(self.rect.right());
        let fill = |rect| self.painter().rect_filled(rect, CornerRadius::ZERO, tint);
        if let Some(bottom) = above {
            fill(self.rect.with_max_x(right).with_max_y(bottom));
            let place = self.corner(self.rect.left());
            self.words(place, Align::Min, self.cx.text.detail.zone_above);
        }
        if let Some(left) = self.source_x() {
            fill(self.rect.with_min_x(left));
            self.zone_name(left, self.cx.text.detail.zone_larger);
        }
    }

    /// Names the zone right of the line; from the left where the zone is too narrow.
    fn zone_name(&self, left: f32, words: &str) {
        let place = self.corner(left);
        if line_width(self.painter(), words, small()) <= place.width() {
            self.words(place, Align::Min, words);
        } else {
            let place = self.corner(self.rect.left()).with_max_x(left - S8);
            self.words(place, Align::Max, words);
        }
    }

    /// A line of words at the top, from `left` on.
    fn corner(&self, left: f32) -> Rect {
        let from = pos2(left + S8, self.rect.top() + 2.0);
        Rect::from_min_max(from, pos2(self.rect.right() - S8, self.rect.top() + 18.0))
    }

    fn words(&self, place: Rect, align: Align, words: &str) -> Rect {
        let line = Line::new(words, small(), self.palette().text_3);
        paint_line(self.painter(), place, align, &line).rect
    }

    fn axes(&self) {
        let p = self.palette();
        let grid = Stroke::new(HAIRLINE, p.line);
        for tick in self.scale.bitrate_ticks() {
            let y = self.scale.y(self.rect, tick.value).round() + 0.5;
            self.painter().hline(self.rect.x_range(), y, grid);
            let right = self.rect.left() - S8;
            let place = Rect::from_min_max(pos2(right - LEFT, y - 8.0), pos2(right, y + 8.0));
            let line = Line::new(&tick.label, theme::mono_small(), p.text_3);
            paint_line(self.painter(), place, Align::Max, &line);
        }
        let mut free = f32::INFINITY;
        for tick in Scale::side_ticks(self.ladder) {
            let x = self.scale.x(self.rect, tick.value);
            let below = self.rect.bottom();
            self.painter()
                .vline(x, below..=below + 4.0, Stroke::new(HAIRLINE, p.line_strong));
            if free - x < TICK_ROOM {
                continue;
            }
            free = x;
            let place = Rect::from_center_size(pos2(x, below + 16.0), vec2(60.0, 16.0));
            let line = Line::new(&tick.label, theme::mono_small(), p.text_3);
            paint_line(self.painter(), place, Align::Center, &line);
        }
    }

    fn source_lines(&self) {
        let stroke = Stroke::new(HAIRLINE, self.palette().text_3);
        if let Some(x) = self.source_x() {
            let x = x.round() + 0.5;
            self.dashed(
                pos2(x, self.rect.top()),
                pos2(x, self.rect.bottom()),
                stroke,
            );
        }
        let source = &self.ladder.source;
        if let Some(bps) = self.source_bps() {
            let y = self.scale.y(self.rect, bps).round() + 0.5;
            self.dashed(
                pos2(self.rect.left(), y),
                pos2(self.rect.right(), y),
                stroke,
            );
            self.words(self.bitrate_place(y), Align::Max, &source.bitrate_label);
        } else if source.bps.is_some() {
            let words = format!(
                "{} ↑ {}",
                source.bitrate_label, self.cx.text.outputs.off_scale
            );
            self.words(self.corner(self.rect.left()), Align::Min, &words);
        }
    }

    /// Above the bitrate's line: at its right end, or left of the size's line when that is near.
    fn bitrate_place(&self, y: f32) -> Rect {
        let words = &self.ladder.source.bitrate_label;
        let width = line_width(self.painter(), words, small()) + 1.0;
        let end = self.rect.right() - S8;
        let beside = self.source_x().filter(|x| end - x < width + S8);
        let right = beside.map_or(end, |x| x - S8);
        Rect::from_min_max(pos2(right - width, y - 18.0), pos2(right, y - 2.0))
    }

    fn dashed(&self, from: Pos2, to: Pos2, stroke: Stroke) {
        self.painter()
            .extend(Shape::dashed_line(&[from, to], stroke, 4.0, 3.0));
    }

    /// The area for labels, without what the marks and the words take.
    fn room(&self) -> Room {
        let mut room = Room::new(self.rect);
        for point in &self.ladder.points {
            room.take(Rect::from_center_size(self.place(point), Vec2::splat(14.0)));
        }
        if let Some(bps) = self.source_bps() {
            let y = self.scale.y(self.rect, bps);
            room.take(self.bitrate_place(y));
            room.take(Rect::from_x_y_ranges(
                self.rect.x_range(),
                y - 1.0..=y + 1.0,
            ));
        }
        if let Some(x) = self.source_x() {
            room.take(Rect::from_x_y_ranges(
                x - 1.0..=x + 1.0,
                self.rect.y_range(),
            ));
        }
        room.take(self.rect.with_max_y(self.rect.top() + 20.0));
        room
    }

    fn place(&self, point: &Point) -> Pos2 {
        let at = self.scale.at(self.rect, point.short_side, point.bps);
        match point.kind {
            Kind::Rung => at + vec2(RUNG_SHIFT, 0.0),
            _ => at,
        }
    }

    fn chains(&self, room: &mut Room) {
        let color = self.palette().accent;
        for chain in &self.ladder.chains {
            let at = |&(side, bps): &(f64, f64)| {
                self.scale.at(self.rect, side, bps) + vec2(RUNG_SHIFT, 0.0)
            };
            let points: Vec<Pos2> = chain.points.iter().map(at).collect();
            let middle = points.get(points.len() / 2).copied();
            take_lines(room, &points);
            self.painter().line(points, Stroke::new(1.5, color));
            if let Some(middle) = middle {
                let color = self.palette().accent_text;
                self.put(room, (middle, Prefer::RightBelow), &chain.label, color);
            }
        }
    }

    fn mark(&self, point: &Point) {
        let at = self.place(point);
        mark(self.painter(), at, point.kind, self.palette());
        let id = self
            .ui
            .scope_id()
            .with((point.hint.as_str(), at.x.to_bits(), at.y.to_bits()));
        let spot = Rect::from_center_size(at, Vec2::splat(16.0));
        self.ui
            .interact(spot, id, Sense::hover())
            .on_hover_text(&point.hint);
    }

    fn source_mark(&self, room: &mut Room) {
        let Some((side, bps)) = self.ladder.source.short_side.zip(self.source_bps()) else {
            return;
        };
        let at = self.scale.at(self.rect, side, bps);
        mark(self.painter(), at, Kind::Source, self.palette());
        room.take(Rect::from_center_size(at, Vec2::splat(14.0)));
        let color = self.palette().text_2;
        self.put(
            room,
            (at, Prefer::RightBelow),
            &self.ladder.source.label,
            color,
        );
    }

    fn label(&self, point: &Point, room: &mut Room) {
        let p = self.palette();
        let (color, prefer) = match point.kind {
            Kind::Flagged => (p.part.text, Prefer::Left),
            Kind::Missing => (p.fail.text, Prefer::Left),
            _ => (p.text_2, Prefer::RightBelow),
        };
        if !point.label.is_empty() {
            self.put(room, (self.place(point), prefer), &point.label, color);
        }
    }

    fn put(&self, room: &mut Room, (at, prefer): (Pos2, Prefer), words: &str, color: Color32) {
        let width = line_width(self.painter(), words, small()) + 1.0;
        let place = room.place(at, vec2(width, 16.0), prefer);
        paint_line(
            self.painter(),
            place,
            Align::Min,
            &Line::new(words, small(), color),
        );
    }
}

/// Keeps labels off the line through the points.
fn take_lines(room: &mut Room, points: &[Pos2]) {
    for pair in points.windows(2) {
        let [from, to] = pair else { continue };
        for part in 1..8_u8 {
            let at = *from + (*to - *from) * (f32::from(part) / 8.0);
            room.take(Rect::from_center_size(at, Vec2::splat(6.0)));
        }
    }
}

fn small() -> FontId {
    theme::caption()
}
