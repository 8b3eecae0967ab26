//! The sub-task tab: the table whose last column is the time line, then why it failed.

use egui::{Align, Layout, Rangef, Rect, Response, Sense, Stroke, Ui, pos2, vec2};

use crate::state::{Action, DetailAction};
use crate::ui::theme::{self, HAIRLINE, Palette, S4, S8, S12, S16, S20};
use crate::ui::widgets::{
    Column, Line, Tone, cell, columns, header_row, label, line_width, memo, paint_line,
    paint_number, paint_tag, span_bar, table_row,
};
use crate::ui::{Actions, Cx, icons};

use super::gantt::Axis;
use super::sub_rows::{self, ResultTone, SubRow, SubRows};
use super::sub_table::{bar_color, name_ui, result_color, spoken, template_ui};
use super::values::{icon_ui, within};
use super::{banners, cards, padded};

const ROW: f32 = 32.0;
const ROW_NARROW: f32 = 28.0;
const BAR: f32 = 12.0;
/// The table reaches the pane's edges, and its first column begins where the header's text does.
const LEFT: f32 = S20 - S8;
const RIGHT: f32 = S12;

const COLUMNS: [Column; 5] = [
    Column::new(200.0, 1.6, 9, Align::Min),
    Column::new(120.0, 0.2, 5, Align::Min),
    Column::new(66.0, 0.0, 7, Align::Max),
    Column::new(70.0, 0.0, 3, Align::Max),
    Column::new(180.0, 1.4, 8, Align::Min),
];

/// The table's rows and its time line.
struct Table {
    rows: SubRows,
    axis: Option<Axis>,
}

pub(super) fn sub_tasks_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let Some(detail) = cx.detail() else { return };
    let table = memo(ui, "sub-task-table", cx.detail_stamp(), || {
        let rows = sub_rows::rows(detail, cx.text);
        let axis = rows.span.map(|span| Axis::new(span, cx.text.zone));
        Table { rows, axis }
    });
    if table.rows.rows.is_empty() {
        padded(ui, |ui| {
            ui.add_space(S16);
            label(
                ui,
                &Line::new(
                    cx.text.detail.no_sub_tasks,
                    theme::body(),
                    cx.palette.text_2,
                ),
            );
        });
    } else {
        table_ui(ui, cx, &table, out);
    }
    padded(ui, |ui| {
        footer_ui(ui, cx, &table);
        ui.add_space(S16);
        banners::missing_ui(ui, cx);
        cards::cards_ui(ui, cx, out);
        ui.add_space(S20);
    });
}

fn table_ui(ui: &mut Ui, cx: &Cx<'_>, table: &Table, out: &mut Actions) {
    let words = cx.text.detail;
    let places = places(ui.available_width());
    let last = if table.axis.is_some() {
        ""
    } else {
        words.result
    };
    let names = [
        (words.sub_task, Align::Min),
        (words.template, Align::Min),
        (words.took_column, Align::Max),
        (words.per_media, Align::Max),
        (last, Align::Min),
    ];
    let header = header_row(ui, &names, &places);
    if let (Some(axis), Some(lane)) = (&table.axis, lane(header.rect, &places)) {
        labels_ui(ui, lane, axis, cx.palette);
    }
    let height = row_height(ui);
    for (index, row) in table.rows.rows.iter().enumerate() {
        let selected = cx.state.detail.sub_task == Some(index);
        let (rect, response) = table_row(ui, height, selected, &spoken(row));
        row_ui(ui, cx, rect, &places, (row, table.axis.as_ref()));
        act(ui, cx, &response, (index, selected, row), out);
    }
}

fn row_height(ui: &Ui) -> f32 {
    let width = ui.ctx().content_rect().width();
    match crate::ui::Layout::of_width(width) {
        crate::ui::Layout::Narrow => ROW_NARROW,
        crate::ui::Layout::Wide | crate::ui::Layout::Medium => ROW,
    }
}

fn places(width: f32) -> Vec<Option<Rangef>> {
    let mut places = columns(width - LEFT - RIGHT, &COLUMNS);
    for place in places.iter_mut().flatten() {
        *place = Rangef::new(place.min + LEFT, place.max + LEFT);
    }
    places
}

fn lane(row: Rect, places: &[Option<Rangef>]) -> Option<Rect> {
    cell(row, places.get(4).copied().flatten())
}

fn act(ui: &Ui, cx: &Cx<'_>, response: &Response, at: (usize, bool, &SubRow), out: &mut Actions) {
    let (index, selected, row) = at;
    if response.clicked() {
        let chosen = (!selected).then_some(index);
        out.push(Action::Detail(DetailAction::SelectSubTask(chosen)));
    }
    let offers = crate::ui::widgets::Offers {
        raw: true,
        ..Default::default()
    };
    match crate::ui::widgets::value_menu(response, cx.text.chrome, offers) {
        Some(crate::ui::widgets::CopyAsk::ShowInRaw) => {
            out.push(Action::Detail(DetailAction::ShowInRaw(row.node)));
        }
        Some(_) => super::values::copy(out, cx.text.detail.sub_task, &spoken(row)),
        None => {}
    }
    let hovered = response.hovered() && !ui.input(|input| input.pointer.any_down());
    if hovered && let Some(times) = times(row, cx) {
        response.clone().on_hover_text(times);
    }
}

/// Begin and end, exact.
fn times(row: &SubRow, cx: &Cx<'_>) -> Option<String> {
    let time = |unix| crate::text::format::date_time(unix, cx.text.zone);
    let begin = time(row.begin?);
    let finish = row
        .finish
        .map_or(crate::text::format::MISSING.to_owned(), time);
    Some(format!("{begin}\n{finish}"))
}

fn labels_ui(ui: &Ui, lane: Rect, axis: &Axis, p: &Palette) {
    let mut free = lane.left();
    for mark in &axis.marks {
        let x = lane.left() + lane.width() * mark.at;
        let width = line_width(ui.painter(), &mark.label, theme::mono_small());
        if x < free || x + width > lane.right() + S12 {
            continue;
        }
        let place = Rect::from_min_max(pos2(x, lane.top()), pos2(x + width + 2.0, lane.bottom()));
        let drawn = Line::new(&mark.label, theme::mono_small(), p.text_3);
        paint_line(ui.painter(), place, Align::Min, &drawn);
        free = x + width + S8;
    }
}

fn grid_ui(ui: &Ui, lane: Rect, axis: &Axis, p: &Palette) {
    let drawn = Stroke::new(HAIRLINE, p.line);
    for mark in &axis.marks {
        let x = lane.left() + lane.width() * mark.at;
        ui.painter().vline(x.round() - 0.5, lane.y_range(), drawn);
    }
}

fn row_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    rect: Rect,
    places: &[Option<Rangef>],
    (row, axis): (&SubRow, Option<&Axis>),
) {
    let p = cx.palette;
    let place = |index: usize| cell(rect, places.get(index).copied().flatten());
    if let Some(rect) = place(0) {
        let tag = row.longest.then_some(cx.text.detail.longest);
        let room = tag.map_or(0.0, |tag| {
            line_width(ui.painter(), tag, theme::caption()) + 22.0
        });
        let end = name_ui(ui, rect.with_max_x(rect.right() - room), row, p);
        if let Some(tag) = tag {
            paint_tag(
                ui.painter(),
                pos2(end + S8, rect.center().y),
                tag,
                Tone::Plain,
                p,
            );
        }
    }
    if let Some(rect) = place(1) {
        template_ui(ui, rect, row, p);
    }
    if let Some(rect) = place(2) {
        paint_number(ui.painter(), rect, row.took.as_deref(), p);
    }
    if let Some(rect) = place(3) {
        let ratio = row.ratio.as_deref().unwrap_or(crate::ui::widgets::MISSING);
        let line = Line::new(ratio, theme::mono_small(), p.text_3);
        paint_line(ui.painter(), rect, Align::Max, &line);
    }
    if let Some(rect) = place(4) {
        if let (Some(axis), Some(begin)) = (axis, row.begin) {
            grid_ui(ui, rect, axis, p);
            lane_ui(ui, rect, row, (axis, begin), p);
        } else {
            let line = Line::new(&row.result, theme::small(), result_color(row.tone, p));
            paint_line(ui.painter(), rect, Align::Min, &line);
        }
    }
}

fn lane_ui(ui: &Ui, lane: Rect, row: &SubRow, (axis, begin): (&Axis, i64), p: &Palette) {
    let track = Rect::from_center_size(lane.center(), vec2(lane.width(), BAR));
    let from = axis.at(begin);
    let bar = match (row.finish, row.progress) {
        (Some(finish), _) => span_bar(
            ui.painter(),
            track,
            from,
            axis.at(finish),
            bar_color(row.outcome, p),
        ),
        (None, done) => running_bar(ui, track, from, done, p),
    };
    if row.tone == ResultTone::Plain && row.finish.is_some() {
        return;
    }
    let width = line_width(ui.painter(), &row.result, theme::caption()) + 2.0;
    let right = Rect::from_min_max(
        pos2(bar.right() + 6.0, lane.top()),
        pos2(bar.right() + 6.0 + width, lane.bottom()),
    );
    let (place, color) = if right.right() <= lane.right() + RIGHT {
        (right, result_color(row.tone, p))
    } else if bar.left() - width - 6.0 >= lane.left() {
        (
            right
                .with_min_x(bar.left() - width - 6.0)
                .with_max_x(bar.left() - 6.0),
            result_color(row.tone, p),
        )
    } else {
        (bar.shrink2(vec2(6.0, 0.0)), p.glyph_on)
    };
    let drawn = Line::new(&row.result, theme::caption(), color);
    paint_line(ui.painter(), place, Align::Min, &drawn);
    if row.tone == ResultTone::Failed && bar.width() > 24.0 && place.left() >= bar.right() {
        let at = bar.right_center() - vec2(S8, 0.0);
        let cross = Rect::from_center_size(at, vec2(S12, S12));
        let drawn = Line::new(icons::X, theme::icon(10.0), p.glyph_on);
        paint_line(ui.painter(), cross, Align::Center, &drawn);
    }
}

/// To the end of the time drawn, filled as far as the work is done.
fn running_bar(ui: &Ui, track: Rect, from: f32, done: Option<f32>, p: &Palette) -> Rect {
    let whole = span_bar(ui.painter(), track, from, 1.0, p.run.soft);
    let done = done.unwrap_or(0.0);
    span_bar(ui.painter(), whole, 0.0, done, p.run.fill);
    whole
}

fn footer_ui(ui: &mut Ui, cx: &Cx<'_>, table: &Table) {
    if table.rows.rows.is_empty() {
        return;
    }
    let size = vec2(ui.available_width(), 36.0);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let p = cx.palette;
    let total = line_width(ui.painter(), &table.rows.total, theme::small()) + S4;
    let left = rect.with_max_x(rect.right() - total - S12);
    within(
        ui,
        ("wait", left),
        Layout::left_to_right(Align::Center),
        |ui| {
            icon_ui(ui, icons::INFO, p.text_3);
            ui.add_space(S8);
            label(
                ui,
                &Line::new(&table.rows.queue_wait, theme::small(), p.text_2),
            );
        },
    );
    within(
        ui,
        ("total", rect),
        Layout::right_to_left(Align::Center),
        |ui| {
            label(ui, &Line::new(&table.rows.total, theme::small(), p.text_2));
        },
    );
}
