//! What each source was taken for, and how much of it was read.

use egui::{Align, Rect, Sense, Ui, vec2};

use super::super::status_bar::totals;
use super::words;
use crate::state::SourceState;
use crate::text::{Text, format, frame};
use crate::ui::Cx;
use crate::ui::icons;
use crate::ui::theme::{self, ICON_CONTROL, S8, S12};
use crate::ui::widgets::{
    Column, Line, cell, columns, header_row, label, paint_line, row_ground, wrapped,
};

const ROW: f32 = 32.0;
/// File, shape, size, records, read, unreadable, time.
const COLUMNS: [Column; 7] = [
    Column::new(120.0, 2.0, 9, Align::Min),
    Column::new(160.0, 3.0, 4, Align::Min),
    Column::new(84.0, 0.0, 5, Align::Max),
    Column::new(76.0, 0.0, 7, Align::Max),
    Column::new(72.0, 0.0, 6, Align::Max),
    Column::new(92.0, 0.0, 8, Align::Max),
    Column::new(72.0, 0.0, 3, Align::Max),
];

pub(super) fn recognised_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let words = cx.text.load;
    label(
        ui,
        &Line::new(words.recognised, theme::strong(), cx.palette.text),
    );
    ui.add_space(S8);
    let places = columns(ui.available_width(), &COLUMNS);
    let names = [
        words.file,
        words.shape,
        words.size,
        words.records,
        words.read,
        words.unreadable,
        words.time,
    ];
    let aligns = COLUMNS.iter().map(|column| column.align);
    let heads: Vec<(&str, Align)> = names.into_iter().zip(aligns).collect();
    header_row(ui, &heads, &places);
    for source in &cx.state.sources.list {
        let size = vec2(ui.available_width(), ROW);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        row_ground(ui, rect, &response, false);
        let cells: Vec<Option<Rect>> = places.iter().map(|place| cell(rect, *place)).collect();
        source_row(ui, cx, source, &cells);
    }
    repeats_ui(ui, cx);
}

/// The cells of a source as text.
fn values(source: &SourceState, text: &Text) -> [String; 7] {
    [
        source.info.name.clone(),
        words::shape(source, text),
        format::size(source.info.total_bytes.unwrap_or(source.bytes_read)),
        format::len(source.records + source.unreadable),
        format::len(source.records),
        format::len(source.unreadable),
        words::time(source, text),
    ]
}

fn source_row(ui: &Ui, cx: &Cx<'_>, source: &SourceState, cells: &[Option<Rect>]) {
    let p = cx.palette;
    let values = values(source, cx.text);
    for (index, (value, (rect, column))) in values.iter().zip(cells.iter().zip(COLUMNS)).enumerate()
    {
        let Some(rect) = *rect else { continue };
        let (font, color) = match index {
            0 => (theme::body(), p.text),
            1 => (theme::body(), p.text_2),
            5 if source.unreadable > 0 => (theme::mono(), p.part.text),
            _ => (theme::mono(), p.text),
        };
        let line = Line::new(value, font, color);
        let line = if index == 0 { line.middle() } else { line };
        if paint_line(ui.painter(), rect, column.align, &line).cut {
            let id = ui.scope_id().with((source.info.id.0, index));
            ui.interact(rect, id, Sense::hover()).on_hover_text(value);
        }
    }
}

fn repeats_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let totals = totals(cx);
    if totals.repeats == 0 {
        return;
    }
    ui.add_space(S12);
    let (p, read) = (cx.palette, totals.records - totals.unreadable);
    let words = frame::repeats(cx.text.lang, totals.repeats, read, totals.tasks);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = S8;
        label(
            ui,
            &Line::new(icons::INFO, theme::icon(ICON_CONTROL), p.text_3),
        );
        wrapped(ui, &words, theme::small(), p.text_2);
    });
}
