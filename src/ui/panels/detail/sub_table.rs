//! The small table of sub-tasks in the overview.

use egui::{Align, Color32, Rangef, Rect, Ui, Vec2, vec2};

use crate::model::{Outcome, Zone};
use crate::state::{Action, DetailAction, Tab};
use crate::text::format;
use crate::ui::theme::{self, ICON_CONTROL, Palette, S8};
use crate::ui::widgets::{
    Column, Line, cell, header_row, line_width, outcome_glyph, paint_line, paint_number, section,
    span_bar, table_row,
};
use crate::ui::{Actions, Cx};

use super::flush_columns;
use super::sub_rows::{ResultTone, Span, SubRow, SubRows};

const ROW: f32 = 28.0;
const BAR: f32 = 4.0;
const COLUMNS: [Column; 6] = [
    Column::new(150.0, 2.0, 9, Align::Min),
    Column::new(120.0, 1.0, 6, Align::Min),
    Column::new(120.0, 1.2, 8, Align::Min),
    Column::new(110.0, 0.6, 4, Align::Min),
    Column::new(66.0, 0.1, 7, Align::Max),
    Column::new(72.0, 0.1, 3, Align::Max),
];

pub(super) fn sub_table_ui(ui: &mut Ui, cx: &Cx<'_>, rows: &SubRows, out: &mut Actions) {
    section(ui, cx.text.detail.sub_tasks, &rows.caption, |_| ());
    ui.add_space(theme::S4);
    let words = cx.text.detail;
    let places = flush_columns(ui.available_width(), &COLUMNS);
    let time = rows
        .span
        .map_or(String::new(), |span| stretch(span, cx.text.zone));
    let names = [
        (words.kind, Align::Min),
        (words.template, Align::Min),
        (words.result, Align::Min),
        (time.as_str(), Align::Min),
        (words.took_column, Align::Max),
        (words.per_media, Align::Max),
    ];
    header_row(ui, &names, &places);
    for (index, row) in rows.rows.iter().enumerate() {
        let selected = cx.state.detail.sub_task == Some(index);
        let spoken = spoken(row);
        let (rect, response) = table_row(ui, ROW, selected, &spoken);
        row_ui(
            ui,
            cx,
            &Row {
                sub: row,
                rect,
                places: &places,
                span: rows.span,
            },
        );
        if response.clicked() {
            out.push(Action::Detail(DetailAction::SelectSubTask(Some(index))));
        }
        if response.double_clicked() {
            out.push(Action::Detail(DetailAction::SetTab(Tab::SubTasks)));
        }
    }
}

/// "13:41:05 – 13:58:03".
fn stretch(span: Span, zone: Zone) -> String {
    let begin = format::clock(span.begin, zone);
    match span.finish {
        Some(finish) => format!("{begin} – {}", format::clock(finish, zone)),
        None => begin,
    }
}

/// A row as one sentence, for those who hear it.
pub(super) fn spoken(row: &SubRow) -> String {
    [
        row.name.as_str(),
        &row.definition,
        &row.template,
        &row.result,
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .collect::<Vec<_>>()
    .join(" ")
}

struct Row<'a> {
    sub: &'a SubRow,
    rect: Rect,
    places: &'a [Option<Rangef>],
    span: Option<Span>,
}

impl Row<'_> {
    fn cell(&self, index: usize) -> Option<Rect> {
        cell(self.rect, self.places.get(index).copied().flatten())
    }
}

fn row_ui(ui: &Ui, cx: &Cx<'_>, at: &Row<'_>) {
    let (p, row) = (cx.palette, at.sub);
    if let Some(rect) = at.cell(0) {
        name_ui(ui, rect, row, p);
    }
    if let Some(rect) = at.cell(1) {
        template_ui(ui, rect, row, p);
    }
    if let Some(rect) = at.cell(2) {
        let line = Line::new(&row.result, theme::small(), result_color(row.tone, p));
        paint_line(ui.painter(), rect, Align::Min, &line);
    }
    if let (Some(rect), Some(span)) = (at.cell(3), at.span) {
        time_ui(ui, rect, (row, span), p);
    }
    if let Some(rect) = at.cell(4) {
        paint_number(ui.painter(), rect, row.took.as_deref(), p);
    }
    if let Some(rect) = at.cell(5) {
        let ratio = row.ratio.as_deref().unwrap_or(crate::ui::widgets::MISSING);
        let line = Line::new(ratio, theme::mono_small(), p.text_3);
        paint_line(ui.painter(), rect, Align::Max, &line);
    }
}

pub(super) fn result_color(tone: ResultTone, p: &Palette) -> Color32 {
    match tone {
        ResultTone::Plain => p.text_2,
        ResultTone::Failed => p.fail.text,
        ResultTone::Flagged => p.part.text,
    }
}

/// The glyph, the kind, and in Chinese the API's own name; returns where the words end.
pub(super) fn name_ui(ui: &Ui, rect: Rect, row: &SubRow, p: &Palette) -> f32 {
    let painter = ui.painter();
    let glyph = Rect::from_center_size(
        rect.left_center() + vec2(ICON_CONTROL / 2.0, 0.0),
        Vec2::splat(ICON_CONTROL),
    );
    outcome_glyph(painter, glyph, row.outcome, p);
    let words = rect.with_min_x(glyph.right() + S8);
    let line = Line::new(&row.name, theme::body(), p.text);
    let name = paint_line(painter, words, Align::Min, &line);
    if row.api_name.is_empty() {
        return name.rect.right();
    }
    let room = words.with_min_x((name.rect.right() + S8).min(words.right()));
    let line = Line::new(&row.api_name, theme::small(), p.text_3);
    paint_line(painter, room, Align::Min, &line).rect.right()
}

pub(super) fn template_ui(ui: &Ui, rect: Rect, row: &SubRow, p: &Palette) {
    let painter = ui.painter();
    let mut room = rect;
    if !row.definition.is_empty() {
        let width = line_width(painter, &row.definition, theme::mono()) + 1.0;
        let place = rect.with_max_x((rect.left() + width).min(rect.right()));
        let line = Line::new(&row.definition, theme::mono(), p.text_2);
        paint_line(painter, place, Align::Min, &line);
        room = rect.with_min_x((place.right() + 6.0).min(rect.right()));
    }
    let line = Line::new(&row.template, theme::small(), p.text_2);
    paint_line(painter, room, Align::Min, &line);
}

fn time_ui(ui: &Ui, rect: Rect, (row, span): (&SubRow, Span), p: &Palette) {
    let track = Rect::from_center_size(rect.center(), vec2(rect.width(), BAR));
    let Some((begin, long)) = row.begin.zip(span.secs().filter(|secs| *secs > 0)) else {
        let line = Line::new(crate::ui::widgets::MISSING, theme::mono(), p.text_3);
        paint_line(ui.painter(), rect, Align::Min, &line);
        return;
    };
    let ground = track.shrink2(vec2(0.0, 1.0));
    ui.painter()
        .rect_filled(ground, theme::RADIUS_BAR, p.bg_track);
    let share = |unix: i64| share((unix - span.begin) as f64 / long as f64);
    let Some(finish) = row.finish else {
        let whole = span_bar(ui.painter(), track, share(begin), 1.0, p.run.soft);
        span_bar(
            ui.painter(),
            whole,
            0.0,
            row.progress.unwrap_or(0.0),
            p.run.fill,
        );
        return;
    };
    let color = bar_color(row.outcome, p);
    span_bar(ui.painter(), track, share(begin), share(finish), color);
}

#[expect(clippy::cast_possible_truncation, reason = "a share from 0 to 1")]
fn share(part: f64) -> f32 {
    part.clamp(0.0, 1.0) as f32
}

pub(super) fn bar_color(outcome: Outcome, p: &Palette) -> Color32 {
    match outcome {
        Outcome::Succeeded => p.ok_bar,
        Outcome::Failed => p.fail.fill,
        Outcome::Running => p.run.fill,
        Outcome::Waiting | Outcome::Unknown => p.unk.fill,
    }
}
