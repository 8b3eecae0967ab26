//! Draws the table of outputs.

use egui::{
    Align, CornerRadius, Id, Rangef, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2,
    vec2,
};

use super::cells::Cell;
use super::menu::row_menu;
use super::name::{fold_id, is_folded, name_ui};
use super::row::{Instead, Mark, Row};
use super::share::share_ui;
use crate::state::{Action, DetailAction, Tab};
use crate::text::Text;
use crate::ui::theme::{self, HAIRLINE, ICON_INLINE, MARKER, RADIUS_CHIP, S4, S8, S20};
use crate::ui::widgets::{
    Button, Column, Line, Tone, columns, focus_ring, label, named, paint_line, paint_tag, tag,
};
use crate::ui::{Actions, Cx};

/// Name, the cells, share.
const COLUMNS: [Column; 10] = [
    Column::new(166.0, 1.0, 10, Align::Min),
    Column::new(134.0, 0.0, 8, Align::Min),
    Column::new(48.0, 0.0, 2, Align::Min),
    Column::new(44.0, 0.0, 4, Align::Min),
    Column::new(46.0, 0.0, 1, Align::Max),
    Column::new(136.0, 0.0, 9, Align::Max),
    Column::new(80.0, 0.0, 3, Align::Max),
    Column::new(76.0, 0.0, 5, Align::Max),
    Column::new(122.0, 0.0, 7, Align::Max),
    Column::new(100.0, 0.0, 6, Align::Max),
];
const HEADER: f32 = 28.0;

type Places = [Option<Rangef>];

/// The names of the columns.
pub(super) fn names(text: &Text) -> [&'static str; 10] {
    let words = text.detail;
    [
        words.output,
        words.resolution,
        words.short_side,
        words.codec,
        words.fps,
        words.bitrate,
        words.target,
        words.size,
        words.duration,
        words.of_source,
    ]
}

pub(super) fn table_ui(ui: &mut Ui, cx: &Cx<'_>, rows: &[Row], out: &mut Actions) {
    let places = columns(ui.available_width() + S8, &COLUMNS);
    header_ui(ui, cx, &places);
    let mut folded = false;
    for (index, row) in rows.iter().enumerate() {
        if row.mark == Mark::Rung {
            if !folded {
                row_ui(ui, cx, (index, row), &places, out);
            }
            continue;
        }
        row_ui(ui, cx, (index, row), &places, out);
        folded = row.has_rungs && is_folded(ui, fold_id(cx, index));
    }
}

fn header_ui(ui: &mut Ui, cx: &Cx<'_>, places: &Places) {
    let size = vec2(ui.available_width(), HEADER);
    let (row, header) = ui.allocate_exact_size(size, Sense::hover());
    let titles = names(cx.text).into_iter().zip(COLUMNS).zip(places);
    for (index, ((name, column), place)) in titles.enumerate() {
        let Some(rect) = cell_rect(row, *place) else {
            continue;
        };
        let line = Line::new(name, theme::caption(), cx.palette.text_3);
        paint_line(ui.painter(), rect, column.align, &line);
        let head = ui.interact(rect, header.id.with(index), Sense::hover());
        named(&head, Role::ColumnHeader, name);
    }
    hairline(ui, cx, row);
}

/// The place of a cell. Only the gap to the next column is left free, so that the first and the
/// last column end with the tab's content.
fn cell_rect(row: Rect, place: Option<Rangef>) -> Option<Rect> {
    let place = place?;
    let across = row.left() + place.min..=row.left() + place.max - S8;
    Some(Rect::from_x_y_ranges(across, row.y_range()))
}

fn row_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (index, row): (usize, &Row),
    places: &Places,
    out: &mut Actions,
) {
    let selected = row.sub_task.is_some() && row.sub_task == cx.state.detail.sub_task;
    let size = vec2(ui.available_width(), height(row));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| {
        let spoken = row.columns().join(", ");
        WidgetInfo::selected(Role::Row, true, selected, spoken)
    });
    ground_ui(ui, cx, (rect, row), &response, selected);
    let name = places.first().and_then(|place| cell_rect(rect, *place));
    if let Some(place) = name {
        name_ui(ui, cx, (row, fold_id(cx, index)), place);
    }
    match &row.instead {
        Some(instead) => {
            let from = name.map_or(rect.left(), |name| name.right() + S8);
            instead_ui(ui, cx, (instead, row), rect.with_min_x(from), out);
        }
        None => cells_ui(ui, cx, row, (rect, places), response.id),
    }
    row_menu(&response, cx, row, out);
    if response.clicked() && row.sub_task.is_some() {
        let choice = row.sub_task.filter(|_| !selected);
        out.push(Action::Detail(DetailAction::SelectSubTask(choice)));
    }
}

/// Everything right of the name.
fn cells_ui(ui: &Ui, cx: &Cx<'_>, row: &Row, (rect, places): (Rect, &Places), id: Id) {
    let shown = COLUMNS.iter().zip(places).skip(1);
    for (at, (cell, (column, place))) in row.cells.iter().zip(shown).enumerate() {
        if let Some(place) = cell_rect(rect, *place) {
            cell_ui(ui, cx, cell, (place, column.align), id.with(at));
        }
    }
    let share = places.last().and_then(|place| cell_rect(rect, *place));
    if let Some(place) = share {
        share_ui(ui, place, row.share.as_ref(), cx.palette);
    }
}

fn height(row: &Row) -> f32 {
    match row.mark {
        Mark::Source => 32.0,
        Mark::Output(_) => 28.0,
        Mark::Rung => 24.0,
    }
}

/// The ground reaches to the pane's edges, the hairline only as far as the text.
fn ground_ui(ui: &Ui, cx: &Cx<'_>, (rect, row): (Rect, &Row), response: &Response, selected: bool) {
    let p = cx.palette;
    let whole = rect.expand2(vec2(S20, 0.0));
    let ground = match row.mark {
        _ if selected => Some(p.bg_selected),
        Mark::Source => Some(p.bg_sunken),
        _ => response.hovered().then_some(p.bg_hover),
    };
    if let Some(ground) = ground {
        ui.painter().rect_filled(whole, CornerRadius::ZERO, ground);
    }
    if selected {
        let marker = whole.with_max_x(whole.left() + MARKER);
        ui.painter()
            .rect_filled(marker, CornerRadius::ZERO, p.accent);
    }
    hairline(ui, cx, rect);
    let inner = response
        .clone()
        .with_new_rect(rect.shrink(theme::FOCUS_RING));
    if response.has_focus() {
        focus_ring(ui, &inner, CornerRadius::ZERO);
    }
}

fn hairline(ui: &Ui, cx: &Cx<'_>, rect: Rect) {
    let y = rect.bottom() - HAIRLINE / 2.0;
    let line = Stroke::new(HAIRLINE, cx.palette.line);
    ui.painter().hline(rect.x_range(), y, line);
}

fn cell_ui(ui: &Ui, cx: &Cx<'_>, cell: &Cell, (place, align): (Rect, Align), id: Id) {
    if cell.text.is_empty() {
        return;
    }
    let p = cx.palette;
    let color = if cell.flag.is_some() {
        p.part.text
    } else if cell.quiet || cell.is_missing() {
        p.text_3
    } else {
        p.text
    };
    let line = Line::new(&cell.text, theme::mono(), color);
    match &cell.flag {
        Some(_) => flagged_ui(ui, cx, cell, (place, align)),
        None => {
            paint_line(ui.painter(), place, align, &line);
        }
    }
    if !cell.hint.is_empty() || cell.flag.is_some() {
        let hint = match &cell.flag {
            Some(flag) => format!("{}\n{} {}", cell.hint, flag.words, flag.delta),
            None => cell.hint.clone(),
        };
        ui.interact(place, id, Sense::hover())
            .on_hover_text(hint.trim());
    }
}

/// A tinted cell: icon, value, and by how much it is off.
fn flagged_ui(ui: &Ui, cx: &Cx<'_>, cell: &Cell, (place, align): (Rect, Align)) {
    let Some(flag) = &cell.flag else { return };
    let (p, painter) = (cx.palette, ui.painter());
    let width = |text: &str, font| crate::ui::widgets::line_width(painter, text, font);
    let value = width(&cell.text, theme::mono());
    let delta = width(&flag.delta, theme::small_strong());
    let inner = 18.0 + value + S4 + delta;
    let left = match align {
        Align::Max => place.right() - inner,
        _ => place.left(),
    };
    let size = vec2(inner + 12.0, 20.0);
    let ground = Rect::from_min_size(pos2(left - 6.0, place.center().y - 10.0), size);
    painter.rect_filled(ground, RADIUS_CHIP, p.part.bg);
    let at = |from: f32, room: f32| {
        let from = left + from;
        Rect::from_x_y_ranges(from..=from + room + 1.0, place.y_range())
    };
    let icon = Line::new(flag.icon, theme::icon(ICON_INLINE), p.part.text);
    paint_line(painter, at(0.0, ICON_INLINE), Align::Min, &icon);
    let line = Line::new(&cell.text, theme::mono(), p.part.text);
    paint_line(painter, at(18.0, value), Align::Min, &line);
    let line = Line::new(&flag.delta, theme::small_strong(), p.part.text);
    paint_line(painter, at(18.0 + value + S4, delta), Align::Min, &line);
}

fn instead_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (instead, row): (&Instead, &Row),
    place: Rect,
    out: &mut Actions,
) {
    let p = cx.palette;
    let center = pos2(place.left(), place.center().y);
    let (code, why) = match instead {
        Instead::Pending(words) => {
            paint_tag(ui.painter(), center, words, Tone::Run, p);
            return;
        }
        Instead::Missing { code, why } => (code, why),
    };
    let layout = egui::Layout::left_to_right(Align::Center);
    super::super::values::within(ui, ("missing", place), layout, |ui| {
        ui.push_id(row.sub_task, |ui| {
            ui.spacing_mut().item_spacing.x = S8;
            ui.horizontal_centered(|ui| {
                tag(ui, &format!("× {}", cx.text.detail.missing), Tone::Fail);
                let code = Line::new(code, theme::mono_small(), p.fail.text);
                label(ui, &code);
                let link = Button::link(cx.text.detail.why_failed_link);
                let room = ui.available_width() - 96.0;
                ui.scope(|ui| {
                    ui.set_max_width(room.max(0.0));
                    let why = Line::new(why, theme::small(), p.text_2);
                    label(ui, &why);
                });
                if ui.add(link).clicked() {
                    out.push(Action::Detail(DetailAction::SelectSubTask(row.sub_task)));
                    out.push(Action::Detail(DetailAction::SetTab(Tab::SubTasks)));
                }
            });
        });
    });
}
