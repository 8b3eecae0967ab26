//! The list of a narrow window: one line a task, in columns.

use egui::{Align, Rangef, Rect, Ui, pos2};

use super::row::{BAR, FLAG, flag, glyph, name_ui, row_color, segments, time_ui};
use super::words::Row;
use crate::ui::Cx;
use crate::ui::theme::{self, ICON_CONTROL, S4, S12};
use crate::ui::widgets::{Column, Line, cell, columns, header_row, paint_line, verdict_bar};

/// File name, verdict, sub-tasks, id, duration, finished.
const COLUMNS: [Column; 6] = [
    Column::new(160.0, 3.0, 9, Align::Min),
    Column::new(208.0, 0.0, 8, Align::Min),
    Column::new(BAR.x + 16.0, 0.0, 6, Align::Min),
    Column::new(124.0, 0.0, 4, Align::Min),
    Column::new(76.0, 0.0, 5, Align::Max),
    Column::new(CELL_PADDING, 0.0, 7, Align::Max),
];
/// At both sides of what stands in a cell.
const CELL_PADDING: f32 = 16.0;
const LEAST_TIME: f32 = 64.0;

/// Where the columns lie in a list of that width, with times of that width.
fn places(width: f32, time_width: f32) -> Vec<Option<Rangef>> {
    let mut all = COLUMNS;
    if let Some(time) = all.last_mut() {
        time.min += time_width.max(LEAST_TIME);
    }
    columns(width - S4, &all)
}

pub(super) fn head_ui(ui: &mut Ui, cx: &Cx<'_>, time_width: f32) {
    let words = cx.text.list;
    let names = [
        words.file_name,
        words.verdict,
        words.sub_tasks,
        words.task_id,
        words.duration,
        words.finished,
    ];
    let aligns = COLUMNS.iter().map(|column| column.align);
    let heads: Vec<(&str, Align)> = names.into_iter().zip(aligns).collect();
    let mut places = places(ui.available_width(), time_width);
    // The name stands behind the glyph, and so does its heading.
    if let Some(Some(first)) = places.first_mut() {
        first.min += NAME_FROM - 8.0;
    }
    header_row(ui, &heads, &places);
}

const NAME_FROM: f32 = S12 + ICON_CONTROL + 8.0;

/// Paints the cells of a row; whether something had to be cut.
pub(super) fn row(ui: &Ui, cx: &Cx<'_>, rect: Rect, row: &Row<'_>) -> bool {
    let p = cx.palette;
    let places = places(rect.width(), row.time_width);
    let mut cells = places.iter().map(|place| cell(rect, *place));
    let mut next = || cells.next().flatten();
    glyph(ui, cx, rect.with_min_x(rect.left() + S12), row);
    let mut cut = false;
    if let Some(place) = next() {
        cut |= name_ui(ui, cx, place.with_min_x(rect.left() + NAME_FROM), row);
    }
    if let Some(mut place) = next() {
        if row.flagged.is_some() {
            flag(ui, cx, place);
            place.min.x += FLAG;
        }
        let color = row_color(row, p);
        let line = Line::new(&row.words, theme::small_strong(), color);
        cut |= paint_line(ui.painter(), place, Align::Min, &line).cut;
    }
    if let Some(place) = next() {
        let bar = Rect::from_center_size(pos2(place.left() + BAR.x / 2.0, place.center().y), BAR);
        if !row.summary_only {
            verdict_bar(ui.painter(), bar, segments(row.sub_rows), p);
        }
    }
    let id = Some(row.id.as_str()).filter(|id| !id.is_empty());
    for (value, align) in [(id, Align::Min), (row.duration.as_deref(), Align::Max)] {
        if let Some(place) = next() {
            let color = if value.is_some() { p.text_2 } else { p.text_3 };
            let line = Line::new(value.unwrap_or("–"), theme::mono_small(), color);
            paint_line(ui.painter(), place, align, &line);
        }
    }
    if let Some(place) = next() {
        time_ui(ui, cx, place, row);
    }
    cut
}
