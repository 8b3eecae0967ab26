//! Other events of the same file, and events that name one another.

use egui::{Align, Id, Rect, Ui, Vec2, pos2};

use crate::model::Verdict;
use crate::state::{Action, ListAction};
use crate::store::{Index, TaskIdx};
use crate::text::{Text, format, outputs as sentences};
use crate::ui::theme::{self, ICON_CONTROL, S8};
use crate::ui::widgets::{
    Button, Column, GlyphStyle, Line, cell, columns, label, paint_line, section, table_row,
    verdict_glyph,
};
use crate::ui::{Actions, Cx};

const ROW: f32 = 32.0;
/// As many as are shown before the rest is asked for.
const FEW: usize = 20;

/// Name, event type, TaskId, time.
const COLUMNS: [Column; 4] = [
    Column::new(180.0, 1.0, 4, Align::Min),
    Column::new(170.0, 0.4, 2, Align::Min),
    Column::new(120.0, 0.0, 1, Align::Min),
    Column::new(150.0, 0.0, 3, Align::Max),
];

/// One other task.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RelatedRow {
    pub(super) task: TaskIdx,
    pub(super) verdict: Verdict,
    pub(super) name: String,
    pub(super) event_type: String,
    pub(super) short_id: String,
    pub(super) time: String,
}

pub(super) fn rows(found: &[TaskIdx], index: &Index, text: &Text) -> Vec<RelatedRow> {
    let views = found.iter().filter_map(|task| index.task(*task));
    views
        .map(|view| RelatedRow {
            task: view.idx,
            verdict: view.verdict,
            name: match view.file_name {
                "" => text.history.no_name.to_owned(),
                name => name.to_owned(),
            },
            event_type: view.event_type.to_owned(),
            short_id: format::short_id(view.task_id),
            time: view.time().map_or_else(
                || format::MISSING.to_owned(),
                |time| format::month_day_clock(i64::from(time), text.zone),
            ),
        })
        .collect()
}

pub(super) fn related_ui(ui: &mut Ui, cx: &Cx<'_>, rows: &[RelatedRow], out: &mut Actions) {
    let words = cx.text.history;
    section(ui, cx.text.detail.related, words.related_caption, |_| ());
    ui.add_space(S8);
    if rows.is_empty() {
        let line = Line::new(words.no_related, theme::small(), cx.palette.text_2);
        label(ui, &line);
        return;
    }
    let id = Id::unique(("all related", cx.state.detail.ticket));
    let all: bool = ui.data(|data| data.get_temp(id)).unwrap_or(false);
    let shown = if all { rows.len() } else { FEW };
    let places = columns(ui.available_width(), &COLUMNS);
    for row in rows.iter().take(shown) {
        row_ui(ui, cx, row, &places, out);
    }
    let hidden = rows.len().saturating_sub(shown);
    if hidden > 0 {
        let more = sentences::more(cx.text.lang, hidden);
        if ui.add(Button::ghost(&more).caret()).clicked() {
            ui.data_mut(|data| data.insert_temp(id, true));
        }
    }
}

fn row_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    row: &RelatedRow,
    places: &[Option<egui::Rangef>],
    out: &mut Actions,
) {
    let p = cx.palette;
    let spoken = [&row.name, &row.event_type, &row.short_id, &row.time];
    let spoken = spoken.map(String::as_str).join(", ");
    let (rect, response) = table_row(ui, ROW, false, &spoken);
    let place = |index: usize| cell(rect, places.get(index).copied().flatten());
    if let Some(place) = place(0) {
        let center = pos2(place.left() + ICON_CONTROL / 2.0, place.center().y);
        let glyph = Rect::from_center_size(center, Vec2::splat(ICON_CONTROL));
        verdict_glyph(ui.painter(), glyph, row.verdict, p, GlyphStyle::Row);
        let words = place.with_min_x(glyph.right() + S8);
        let line = Line::new(&row.name, theme::strong(), p.text).middle();
        if paint_line(ui.painter(), words, Align::Min, &line).cut {
            response.clone().on_hover_text(&row.name);
        }
    }
    let cells = [
        (1, &row.event_type, theme::small(), Align::Min),
        (2, &row.short_id, theme::mono_small(), Align::Min),
        (3, &row.time, theme::mono(), Align::Max),
    ];
    for (index, words, font, align) in cells {
        if let Some(place) = place(index) {
            let line = Line::new(words, font, p.text_2);
            paint_line(ui.painter(), place, align, &line);
        }
    }
    if response.clicked() {
        out.push(Action::List(ListAction::Select(row.task)));
    }
}
