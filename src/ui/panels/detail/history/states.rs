//! Draws the states: one line each, and below it what changed.

use egui::{Align, Id, Popup, Rect, Role, Sense, Ui, Vec2, pos2, vec2};

use super::super::values::copy;
use super::rows::{ChangeRow, StateRow};
use crate::text::outputs as sentences;
use crate::ui::theme::{self, HAIRLINE, ICON_CONTROL, S4, S8, S12};
use crate::ui::widgets::{
    Button, Column, GlyphStyle, Line, MenuItem, cell, columns, menu_item, named, paint_badge,
    paint_line, verdict_glyph, wrapped,
};
use crate::ui::{Actions, Cx, icons};

const ROW: f32 = 32.0;
const REPEAT: f32 = 24.0;
const CHANGE: f32 = 20.0;
/// Changes that are shown before the rest is asked for.
const FEW: usize = 8;
/// The changes begin below the time.
const INDENT: f32 = 24.0;

/// Time, place, status, note.
const COLUMNS: [Column; 4] = [
    column(148.0, 0.0, 4),
    column(150.0, 1.0, 2),
    column(130.0, 0.4, 3),
    column(150.0, 0.0, 1),
];

const fn column(min: f32, weight: f32, importance: u8) -> Column {
    Column {
        min,
        weight,
        importance,
        align: Align::Min,
    }
}

pub(super) fn states_ui(ui: &mut Ui, cx: &Cx<'_>, rows: &[StateRow], out: &mut Actions) {
    let places = columns(ui.available_width() + 2.0 * S8, &COLUMNS);
    header_ui(ui, cx, &places);
    for (index, row) in rows.iter().enumerate() {
        line_ui(ui, cx, row, &places);
        repeats_ui(ui, cx, (index, row), &places);
        if let Some(why) = &row.unreadable {
            indented(ui, |ui| {
                wrapped(ui, why, theme::small(), cx.palette.fail.text);
            });
        }
        changes_ui(ui, cx, (index, &row.changes), out);
    }
}

/// Whether all of a list is shown: the picture's own matter, forgotten with the event.
fn all_id(cx: &Cx<'_>, what: &str, index: usize) -> Id {
    Id::unique((what, cx.state.detail.ticket, index))
}

/// "12 more", which shows the rest of a list.
fn more_ui(ui: &mut Ui, cx: &Cx<'_>, hidden: usize, id: Id) {
    if hidden == 0 {
        return;
    }
    ui.horizontal(|ui| {
        ui.add_space(INDENT - S8);
        let more = sentences::more(cx.text.lang, hidden);
        if ui.add(Button::ghost(&more).caret()).clicked() {
            ui.data_mut(|data| data.insert_temp(id, true));
        }
    });
}

/// The other deliveries of a state, one compact line each.
fn repeats_ui(ui: &mut Ui, cx: &Cx<'_>, (index, row): (usize, &StateRow), places: &Places) {
    let id = all_id(cx, "all repeats", index);
    let all: bool = ui.data(|data| data.get_temp(id)).unwrap_or(false);
    let shown = if all { row.repeated_at.len() } else { FEW };
    for place in row.repeated_at.iter().take(shown) {
        repeat_ui(ui, cx, place, places);
    }
    let hidden = row.repeated_at.len().saturating_sub(shown);
    more_ui(ui, cx, hidden, id);
}

fn repeat_ui(ui: &mut Ui, cx: &Cx<'_>, words: &str, places: &Places) {
    let size = vec2(ui.available_width(), REPEAT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    if !ui.is_rect_visible(rect) {
        return;
    }
    let same = cx.text.history.same_state;
    named(&response, Role::Row, &format!("{words}, {same}"));
    hairline(ui, cx, rect);
    let color = cx.palette.text_3;
    for (column, words) in [(1, words), (3, same)] {
        if let Some(place) = cell(outset(rect), places.get(column).copied().flatten()) {
            let line = Line::new(words, theme::small(), color).middle();
            let painted = paint_line(ui.painter(), place, Align::Min, &line);
            if painted.cut {
                response.clone().on_hover_text(words);
            }
        }
    }
}

type Places = [Option<egui::Rangef>];

/// The row's cells reach as far as the text above and below the table.
fn outset(rect: Rect) -> Rect {
    rect.expand2(vec2(S8, 0.0))
}

fn header_ui(ui: &mut Ui, cx: &Cx<'_>, places: &Places) {
    let (rect, header) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::hover());
    let words = cx.text.detail;
    let names = [
        cx.text.history.time,
        words.file_and_line,
        words.status,
        words.changed_fields,
    ];
    for (index, (name, place)) in names.into_iter().zip(places).enumerate() {
        let Some(place) = cell(outset(rect), *place) else {
            continue;
        };
        let line = Line::new(name, theme::caption(), cx.palette.text_3);
        paint_line(ui.painter(), place, Align::Min, &line);
        let head = ui.interact(place, header.id.with(index), Sense::hover());
        named(&head, Role::ColumnHeader, name);
        if index == 0 {
            head.on_hover_text(cx.text.history.time_why);
        }
    }
    hairline(ui, cx, rect);
}

fn hairline(ui: &Ui, cx: &Cx<'_>, rect: Rect) {
    let line = egui::Stroke::new(HAIRLINE, cx.palette.line);
    ui.painter()
        .hline(rect.x_range(), rect.bottom() - HAIRLINE / 2.0, line);
}

fn line_ui(ui: &mut Ui, cx: &Cx<'_>, row: &StateRow, places: &Places) {
    let p = cx.palette;
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    named(&response, Role::Row, &row.spoken());
    hairline(ui, cx, rect);
    let place = |index: usize| cell(outset(rect), places.get(index).copied().flatten());
    let hover = |index: usize, place: Rect, hint: &str| {
        let spot = ui.interact(place, response.id.with(index), Sense::hover());
        if !hint.is_empty() {
            spot.on_hover_text(hint);
        }
    };
    if let Some(place) = place(0) {
        let center = place.left_center() + vec2(ICON_CONTROL / 2.0, 0.0);
        let glyph = Rect::from_center_size(center, Vec2::splat(ICON_CONTROL));
        verdict_glyph(ui.painter(), glyph, row.verdict, p, GlyphStyle::Row);
        let words = place.with_min_x(place.left() + INDENT);
        let line = Line::new(&row.time, theme::mono(), p.text);
        paint_line(ui.painter(), words, Align::Min, &line);
        hover(0, place, &row.time_hint);
    }
    if let Some(place) = place(1) {
        place_ui(ui, cx, row, place);
        hover(1, place, &row.place);
    }
    if let Some(place) = place(2) {
        let line = Line::new(&row.status, theme::mono_small(), p.text_2);
        paint_line(ui.painter(), place, Align::Min, &line);
    }
    if let Some(place) = place(3) {
        let color = if row.unreadable.is_some() {
            p.fail.text
        } else {
            p.text_2
        };
        let line = Line::new(&row.note, theme::small(), color);
        paint_line(ui.painter(), place, Align::Min, &line);
    }
}

fn place_ui(ui: &Ui, cx: &Cx<'_>, row: &StateRow, place: Rect) {
    let p = cx.palette;
    let room = if row.repeats.is_empty() { 0.0 } else { 40.0 };
    let words = place.with_max_x(place.right() - room);
    let line = Line::new(&row.place, theme::small(), p.text_2).middle();
    let painted = paint_line(ui.painter(), words, Align::Min, &line);
    if !row.repeats.is_empty() {
        let at = pos2(painted.rect.right() + S8, place.center().y);
        paint_badge(ui.painter(), at, &row.repeats, p.bg_track, p);
    }
}

fn indented(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    ui.add_space(S4);
    ui.horizontal(|ui| {
        ui.add_space(INDENT);
        ui.vertical(content);
    });
    ui.add_space(S4);
}

fn changes_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (index, changes): (usize, &[ChangeRow]),
    out: &mut Actions,
) {
    if changes.is_empty() {
        return;
    }
    let id = all_id(cx, "all changes", index);
    let all: bool = ui.data(|data| data.get_temp(id)).unwrap_or(false);
    let shown = if all { changes.len() } else { FEW };
    ui.add_space(S4);
    for change in changes.iter().take(shown) {
        change_ui(ui, cx, change, out);
    }
    let hidden = changes.len().saturating_sub(shown);
    more_ui(ui, cx, hidden, id);
    ui.add_space(S12);
    let line = ui.min_rect();
    let bottom = Rect::from_x_y_ranges(line.x_range(), line.bottom() - 1.0..=line.bottom());
    hairline(ui, cx, bottom);
}

/// Path, then old → new.
fn change_ui(ui: &mut Ui, cx: &Cx<'_>, change: &ChangeRow, out: &mut Actions) {
    let p = cx.palette;
    let size = vec2(ui.available_width(), CHANGE);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let absent = cx.text.history.absent;
    let spoken = change.as_text(absent);
    named(&response, Role::Label, &spoken);
    let words = rect.with_min_x(rect.left() + INDENT);
    let (path, values) = words.split_left_right_at_fraction(0.46);
    let line = Line::new(&change.short_path, theme::mono_small(), p.text_2).middle();
    let mut cut = paint_line(
        ui.painter(),
        path.with_max_x(path.right() - S12),
        Align::Min,
        &line,
    )
    .cut;
    let half = (values.width() - 24.0) / 2.0;
    let old = side(change.old.as_deref(), absent, p.text_3);
    let painted = paint_line(
        ui.painter(),
        values.with_max_x(values.left() + half),
        Align::Min,
        &old,
    );
    cut |= painted.cut;
    let arrow = Rect::from_center_size(
        pos2(painted.rect.right() + 12.0, rect.center().y),
        Vec2::splat(theme::ICON_INLINE + 1.0),
    );
    let sign = Line::new(icons::ARROW_RIGHT, theme::icon(12.0), p.text_3);
    paint_line(ui.painter(), arrow, Align::Center, &sign);
    let new = side(change.new.as_deref(), absent, p.text);
    let after = values.with_min_x(painted.rect.right() + 24.0);
    cut |= paint_line(ui.painter(), after, Align::Min, &new).cut;
    change_menu(&response, cx, (change, &spoken), out);
    if cut {
        response.on_hover_text(spoken);
    }
}

fn side<'a>(value: Option<&'a str>, absent: &'a str, color: egui::Color32) -> Line<'a> {
    match value {
        Some(value) => Line::new(value, theme::mono_small(), color),
        None => Line::new(absent, theme::small(), color),
    }
}

fn change_menu(
    response: &egui::Response,
    cx: &Cx<'_>,
    (change, spoken): (&ChangeRow, &str),
    out: &mut Actions,
) {
    let words = cx.text.chrome;
    Popup::context_menu(response).show(|ui| {
        if menu_item(ui, MenuItem::new(words.copy).icon(icons::COPY)).clicked() {
            copy(out, cx.text.history.change, spoken);
        }
        if menu_item(ui, MenuItem::new(words.copy_path).icon(icons::HASH)).clicked() {
            copy(out, cx.text.detail.path, &change.path);
        }
    });
}
