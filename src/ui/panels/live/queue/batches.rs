//! What each pull of the queue brought, and how long it stays hidden.

use egui::{Align, Rangef, Rect, Sense, Ui, UiBuilder, pos2, vec2};

use super::ask;
use super::rows::BatchRow;
use crate::state::{ConfirmLock, QueueAction};
use crate::text::borrowing;
use crate::ui::panels::live::parts::{heading_ui, value_ui};
use crate::ui::theme::{self, S8};
use crate::ui::widgets::{
    Button, Column, Line, bar, caption, cell, columns, hairline, header_row, named, paint_line,
    paint_tag,
};
use crate::ui::{Actions, Cx};

const HEIGHT: f32 = 32.0;
const BAR: f32 = 120.0;
/// Pulled, events, hidden for, state, RequestId, the button.
const COLUMNS: [Column; 6] = [
    Column::new(84.0, 0.0, 6, Align::Min),
    Column::new(64.0, 0.0, 7, Align::Max),
    Column::new(BAR + 88.0, 0.0, 9, Align::Min),
    Column::new(124.0, 0.0, 8, Align::Min),
    Column::new(120.0, 1.0, 3, Align::Min),
    Column::new(124.0, 0.0, 10, Align::Max),
];

pub(super) fn batches_ui(ui: &mut Ui, cx: &Cx<'_>, rows: &[BatchRow], out: &mut Actions) {
    let words = cx.text.live;
    heading_ui(ui, words.batches, "");
    if rows.is_empty() {
        caption(ui, words.no_batches);
        return;
    }
    let places = places(ui.available_width());
    let names = [
        words.pulled,
        words.events,
        words.hidden_for,
        words.state,
        words.request_id,
        "",
    ];
    let aligns = COLUMNS.iter().map(|column| column.align);
    let heads: Vec<(&str, Align)> = names.into_iter().zip(aligns).collect();
    header_row(ui, &heads, &places);
    let unlocked =
        cx.state.live.is_borrowing() && cx.state.live.confirm_lock() == Some(ConfirmLock::Unlocked);
    for row in rows {
        ui.push_id(("batch", row.number), |ui| {
            row_ui(ui, cx, (row, &places), unlocked, out);
        });
    }
}

/// Columns whose outermost words stand flush with the text around.
fn places(width: f32) -> Vec<Option<Rangef>> {
    let places = columns(width + 2.0 * S8, &COLUMNS);
    let flush = |place: Rangef| Rangef::new(place.min - S8, place.max - S8);
    places.into_iter().map(|place| place.map(flush)).collect()
}

fn row_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (row, places): (&BatchRow, &[Option<Rangef>]),
    unlocked: bool,
    out: &mut Actions,
) {
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let spoken = format!(
        "{}, {}, {}, {}",
        row.pulled,
        row.events,
        row.left.trim_start(),
        row.state.1
    );
    named(&response, egui::Role::Row, &spoken);
    let place = |at: usize| cell(rect, places.get(at).copied().flatten());
    paint_row(ui, cx, row, place);
    if let Some(place) = place(4) {
        within(ui, place, Align::Min, |ui| {
            let name = cx.text.live.request_id;
            value_ui(ui, cx, (name, &row.request_id), out);
        });
    }
    if let Some(place) = place(5).filter(|_| unlocked && row.confirmable > 0) {
        within(ui, place, Align::Max, |ui| {
            let words = borrowing::confirm_n(cx.text.lang, row.confirmable);
            let name = borrowing::confirm_batch(cx.text.lang, row.number, row.confirmable);
            if ui.add(Button::new(&words).name(&name)).clicked() {
                out.push(ask(QueueAction::ConfirmBatch(row.number)));
            }
        });
    }
    hairline(ui);
}

fn paint_row(ui: &Ui, cx: &Cx<'_>, row: &BatchRow, place: impl Fn(usize) -> Option<Rect>) {
    let (p, painter) = (cx.palette, ui.painter());
    for (at, text, align) in [(0, &row.pulled, Align::Min), (1, &row.events, Align::Max)] {
        if let Some(place) = place(at) {
            let line = Line::new(text, theme::mono(), p.text);
            paint_line(painter, place, align, &line);
        }
    }
    if let Some(place) = place(2) {
        let from = pos2(place.left(), place.center().y - 3.0);
        let track = Rect::from_min_size(from, vec2(BAR, 6.0));
        let color = match (row.confirmed, row.soon) {
            (true, _) => p.ok.fill,
            (false, true) => p.fail.fill,
            (false, false) => p.part.fill,
        };
        bar(painter, track, row.part, color, p);
        let rest = place.with_min_x(track.right() + S8);
        let left = Line::new(&row.left, theme::mono(), p.text_2);
        paint_line(painter, rest, Align::Min, &left);
    }
    if let Some(place) = place(3) {
        paint_tag(painter, place.left_center(), row.state.1, row.state.0, p);
    }
}

fn within(ui: &mut Ui, rect: Rect, align: Align, content: impl FnOnce(&mut Ui)) {
    let layout = if align == Align::Max {
        egui::Layout::right_to_left(Align::Center)
    } else {
        egui::Layout::left_to_right(Align::Center)
    };
    let builder = UiBuilder::new()
        .max_rect(rect)
        .layout(layout)
        .id_salt(align as u8);
    content(&mut ui.new_child(builder));
}
