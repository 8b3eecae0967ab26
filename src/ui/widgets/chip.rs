//! The chips of the query: what the list is narrowed to, each removable.

use egui::{Align, CursorIcon, Painter, Rect, Response, Role, Sense, Ui, Vec2, pos2, vec2};

use super::focus::{focus_ring, named};
use super::glyph::{GlyphStyle, verdict_glyph};
use super::text::{Line, line_width, paint_line};
use crate::model::Verdict;
use crate::ui::icons;
use crate::ui::theme::{self, CHIP_HEIGHT, ICON_INLINE, Palette, RADIUS_CHIP, S4, S8, palette};

/// What a chip begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChipMark {
    None,
    Verdict(Verdict),
    /// The chip excludes.
    Minus,
}

/// One condition of the query.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chip<'a> {
    pub(crate) mark: ChipMark,
    pub(crate) key: &'a str,
    pub(crate) value: &'a str,
    /// Spoken name of its cross.
    pub(crate) remove_name: &'a str,
    /// What it may take of the row; a longer value is cut in the middle.
    pub(crate) widest: f32,
}

/// How wide a chip is with all of its value.
pub(crate) fn chip_width(painter: &Painter, chip: &Chip<'_>) -> f32 {
    let widest = f32::INFINITY;
    Parts::new(painter, &Chip { widest, ..*chip }).width()
}

/// What was asked of a chip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChipAsk {
    Edit,
    Remove,
}

const CROSS: f32 = 10.0;
/// Values longer than this are cut in the middle.
const WIDEST_VALUE: f32 = 200.0;
const LEAST_VALUE: f32 = 24.0;

/// Draws a chip.
pub(crate) fn query_chip(ui: &mut Ui, chip: &Chip<'_>) -> Option<ChipAsk> {
    let parts = Parts::new(ui.painter(), chip);
    let (rect, _) = ui.allocate_exact_size(vec2(parts.width(), CHIP_HEIGHT), Sense::hover());
    let name = format!("{}{}: {}", parts.sign, chip.key, chip.value);
    let id = ui.scope_id().with(("chip", &name));
    let (body_rect, cross_rect) = rect.split_left_right_at_x(rect.right() - CROSS - S8);
    let body = ui.interact(body_rect, id, Sense::click());
    named(&body, Role::Button, &name);
    let cross = ui.interact(cross_rect, id.with("remove"), Sense::click());
    named(
        &cross,
        Role::Button,
        &format!("{}: {name}", chip.remove_name),
    );
    paint(ui, rect, &parts, chip);
    paint_cross(ui, &cross);
    for response in [&body, &cross] {
        focus_ring(ui, response, RADIUS_CHIP);
    }
    let hovered = body.on_hover_cursor(CursorIcon::PointingHand);
    let edit = hovered.on_hover_text(&name).clicked();
    let remove = cross.on_hover_cursor(CursorIcon::PointingHand);
    if remove.on_hover_text(chip.remove_name).clicked() {
        return Some(ChipAsk::Remove);
    }
    edit.then_some(ChipAsk::Edit)
}

/// How wide the parts of a chip are.
struct Parts {
    mark: f32,
    sign: &'static str,
    key: f32,
    value: f32,
}

impl Parts {
    fn new(painter: &Painter, chip: &Chip<'_>) -> Self {
        let (mark, sign) = match chip.mark {
            ChipMark::None => (0.0, ""),
            ChipMark::Verdict(_) => (ICON_INLINE + S4, ""),
            ChipMark::Minus => (0.0, "−"),
        };
        let key = format!("{sign}{}: ", chip.key);
        let value = line_width(painter, chip.value, theme::small_strong());
        let mut parts = Self {
            mark,
            sign,
            key: line_width(painter, &key, theme::small_strong()).ceil(),
            value: 0.0,
        };
        let room = (chip.widest - parts.width()).clamp(LEAST_VALUE, WIDEST_VALUE);
        parts.value = value.ceil().min(room);
        parts
    }

    fn width(&self) -> f32 {
        S8 + self.mark + self.key + self.value + S8 + CROSS + S4
    }
}

fn paint(ui: &Ui, rect: Rect, parts: &Parts, chip: &Chip<'_>) {
    let (painter, p) = (ui.painter(), palette(ui));
    let ground = match chip.mark {
        ChipMark::Minus => p.bg_track,
        ChipMark::None | ChipMark::Verdict(_) => p.bg_selected,
    };
    painter.rect_filled(rect, RADIUS_CHIP, ground);
    let mut left = rect.left() + S8;
    if let ChipMark::Verdict(verdict) = chip.mark {
        let center = pos2(left + ICON_INLINE / 2.0, rect.center().y);
        let place = Rect::from_center_size(center, Vec2::splat(ICON_INLINE));
        verdict_glyph(painter, place, verdict, p, GlyphStyle::Row);
    }
    left += parts.mark;
    paint_words(painter, rect.with_min_x(left), parts, chip, p);
}

fn paint_words(painter: &Painter, rect: Rect, parts: &Parts, chip: &Chip<'_>, p: &Palette) {
    let key = format!("{}{}:", parts.sign, chip.key);
    let line = Line::new(&key, theme::small_strong(), p.text_2);
    paint_line(painter, rect, Align::Min, &line);
    let left = rect.left() + parts.key;
    let place = Rect::from_x_y_ranges(left..=left + parts.value + 1.0, rect.y_range());
    let value = Line::new(chip.value, theme::small_strong(), p.accent_text).middle();
    paint_line(painter, place, Align::Min, &value);
}

fn paint_cross(ui: &Ui, cross: &Response) {
    let p = palette(ui);
    let color = if cross.hovered() { p.text } else { p.text_3 };
    let line = Line::new(icons::X, theme::icon(CROSS), color);
    paint_line(ui.painter(), cross.rect, Align::Center, &line);
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use egui_kittest::kittest::Queryable as _;

    use super::*;
    use crate::ui::widgets::testing::harness;

    fn ask_by_label(label: &str) -> Option<ChipAsk> {
        let asked = Cell::new(None);
        let chip = Chip {
            mark: ChipMark::Minus,
            key: "code",
            value: "InternalError",
            remove_name: "Remove filter",
            widest: f32::INFINITY,
        };
        let mut harness = harness(|ui| {
            if let Some(ask) = query_chip(ui, &chip) {
                asked.set(Some(ask));
            }
        });
        harness.get_by_label(label).click();
        harness.run();
        drop(harness);
        asked.get()
    }

    #[test]
    fn the_cross_removes_the_chip() {
        let asked = ask_by_label("Remove filter: −code: InternalError");
        assert_eq!(asked, Some(ChipAsk::Remove));
    }

    #[test]
    fn the_chip_itself_is_edited() {
        assert_eq!(ask_by_label("−code: InternalError"), Some(ChipAsk::Edit));
    }
}
