//! The first cell of an output's row: how it ended, its template, what else is odd about it.

use egui::{Align, CursorIcon, Id, Rect, Role, Sense, Ui, Vec2, pos2};

use super::cells::Tag;
use super::row::{Mark, Row};
use crate::ui::theme::{self, ICON_CONTROL, ICON_INLINE, RADIUS_CHIP, S4, S8};
use crate::ui::widgets::{Line, focus_ring, named, outcome_glyph, paint_line};
use crate::ui::{Cx, icons};

/// Rungs stand this far right of the stream they belong to, names this far right of the mark.
const INDENT: f32 = 22.0;
const TAG: f32 = 20.0;

/// Draws the cell; `id` keeps whether the rungs below are folded away.
pub(super) fn name_ui(ui: &Ui, cx: &Cx<'_>, (row, id): (&Row, Id), place: Rect) {
    let p = cx.palette;
    let indent = if row.mark == Mark::Rung { INDENT } else { 0.0 };
    let place = place.with_min_x(place.left() + indent);
    mark_ui(ui, cx, row.mark, place);
    let mut rest = place.with_min_x(place.left() + INDENT);
    if row.has_rungs {
        fold_ui(ui, cx, id, place, row);
        rest = rest.with_max_x(rest.right() - TAG);
    }
    for (at, tag) in row.tags.iter().enumerate() {
        tag_ui(ui, cx, (tag, id.with(("tag", at))), rest);
        rest = rest.with_max_x(rest.right() - TAG - S4);
    }
    if !row.number.is_empty() {
        let number = Line::new(&row.number, theme::mono(), p.text_2);
        let painted = paint_line(ui.painter(), rest, Align::Min, &number);
        rest = rest.with_min_x((painted.rect.right() + S8).min(rest.right()));
    }
    let (font, color) = match row.mark {
        Mark::Source => (theme::strong(), p.text),
        Mark::Output(_) => (theme::small(), p.text),
        Mark::Rung => (theme::small(), p.text_2),
    };
    let line = Line::new(&row.name, font, color);
    if paint_line(ui.painter(), rest, Align::Min, &line).cut {
        let whole = ui.interact(rest, id.with("name"), Sense::hover());
        whole.on_hover_text(row.title());
    }
}

fn mark_ui(ui: &Ui, cx: &Cx<'_>, mark: Mark, place: Rect) {
    let p = cx.palette;
    let glyph = Rect::from_min_size(
        pos2(place.left() - 1.0, place.center().y - ICON_CONTROL / 2.0),
        Vec2::splat(ICON_CONTROL),
    );
    let (sign, size) = match mark {
        Mark::Output(outcome) => {
            outcome_glyph(ui.painter(), glyph, outcome, p);
            return;
        }
        Mark::Source => (icons::FILM_STRIP, ICON_INLINE),
        Mark::Rung => (icons::ARROW_ELBOW_DOWN_RIGHT, 12.0),
    };
    let line = Line::new(sign, theme::icon(size), p.text_3);
    paint_line(ui.painter(), glyph, Align::Center, &line);
}

/// A tinted icon at the right end of the cell; its words are shown on hover and read aloud.
fn tag_ui(ui: &Ui, cx: &Cx<'_>, (tag, id): (&Tag, Id), place: Rect) {
    let p = cx.palette;
    let center = pos2(place.right() - TAG / 2.0, place.center().y);
    let spot = Rect::from_center_size(center, Vec2::splat(TAG));
    ui.painter().rect_filled(spot, RADIUS_CHIP, p.part.bg);
    let line = Line::new(tag.icon, theme::icon(ICON_INLINE), p.part.text);
    paint_line(ui.painter(), spot, Align::Center, &line);
    let response = ui.interact(spot, id, Sense::hover());
    named(&response, Role::Label, &tag.words);
    response.on_hover_text(&tag.words);
}

/// Folds the rungs of an adaptive stream away; the right end of the name's column is its place.
fn fold_ui(ui: &Ui, cx: &Cx<'_>, id: Id, place: Rect, row: &Row) {
    let folded = is_folded(ui, id);
    let words = cx.text.outputs;
    let (icon, name) = if folded {
        (icons::CARET_RIGHT, words.show_rungs)
    } else {
        (icons::CARET_DOWN, words.hide_rungs)
    };
    let center = pos2(place.right() - ICON_INLINE / 2.0, place.center().y);
    let spot = Rect::from_center_size(center, Vec2::splat(20.0));
    let response = ui.interact(spot, id.with("fold"), Sense::click());
    named(&response, Role::Button, &format!("{name}: {}", row.title()));
    let color = if response.hovered() {
        cx.palette.text
    } else {
        cx.palette.text_3
    };
    let line = Line::new(icon, theme::icon(12.0), color);
    paint_line(ui.painter(), spot, Align::Center, &line);
    focus_ring(ui, &response, RADIUS_CHIP);
    let response = response
        .on_hover_cursor(CursorIcon::PointingHand)
        .on_hover_text(name);
    if response.clicked() {
        ui.data_mut(|data| data.insert_temp(id, !folded));
    }
}

/// How rungs are folded is the picture's own matter: it is forgotten with the event.
pub(super) fn fold_id(cx: &Cx<'_>, index: usize) -> Id {
    Id::unique(("rungs folded", cx.state.detail.ticket, index))
}

pub(super) fn is_folded(ui: &Ui, id: Id) -> bool {
    ui.data(|data| data.get_temp(id)).unwrap_or(false)
}
