//! The task list: header, histogram, rows.

mod empty;
mod header;
mod menu;
mod progress;
mod row;
mod table;
mod times;
mod words;

pub(super) use menu::about_task_ui;

use egui::{Id, Sense as Senses, Ui, vec2};

use super::place::within;
use super::{histogram, live};
use crate::state::{Action, AppAction, Density, ListAction, Pane};
use crate::store::TaskView;
use crate::text::frame;
use crate::ui::theme::{self, HAIRLINE, S8, S12};
use crate::ui::widgets::{Button, HEADER_HEIGHT, Line, VirtualList, label, paint_line};
use crate::ui::{Actions, Cx, Layout};
use times::Times;

pub(crate) fn list_ui(ui: &mut Ui, cx: &Cx<'_>, layout: Layout, out: &mut Actions) {
    ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
    match layout {
        Layout::Narrow => {
            header::narrow_header_ui(ui, cx, out);
            rule(ui, cx);
            live::strips_ui(ui, cx, layout, out);
            progress::progress_ui(ui, cx, out);
            let times = Times::of(ui, cx, Look::Table.row_height());
            table::head_ui(ui, cx, times.width);
        }
        Layout::Wide | Layout::Medium => {
            header::header_ui(ui, cx, out);
            let strips = live::strips_ui(ui, cx, layout, out);
            // What is borrowed stands there for seconds; its times over days say nothing.
            if live::listed_queue(cx).is_none_or(|queue| !queue.is_open()) {
                ui.add_space(if strips { S8 } else { 0.0 });
                histogram::histogram_ui(ui, cx, out);
                rule(ui, cx);
            }
            progress::progress_ui(ui, cx, out);
        }
    }
    new_rows_ui(ui, cx, out);
    if cx.state.list.view.is_empty() {
        empty::empty_ui(ui, cx, out);
    } else {
        rows_ui(ui, cx, layout, out);
    }
}

/// The least height of a narrow list, whatever strips stand in its head.
pub(crate) fn narrow_least_height(cx: &Cx<'_>) -> f32 {
    const ROWS: f32 = 6.0;
    #[expect(clippy::cast_possible_truncation, reason = "a height in points")]
    let row = Look::Table.row_height() as f32;
    header::NARROW_HEIGHT + HAIRLINE + live::line_height(cx) + HEADER_HEIGHT + ROWS * row
}

fn rule(ui: &mut Ui, cx: &Cx<'_>) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HAIRLINE), Senses::hover());
    let line = egui::Stroke::new(HAIRLINE, cx.palette.line);
    ui.painter().hline(rect.x_range(), rect.center().y, line);
}

/// Rows that came in above wait here instead of pushing the list down.
fn new_rows_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    const HEIGHT: f32 = 30.0;
    let list = &cx.state.list;
    if list.new_above == 0 {
        return;
    }
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, _) = ui.allocate_exact_size(size, Senses::hover());
    ui.painter().rect_filled(rect, 0.0, cx.palette.bg_selected);
    let inner = rect.shrink2(vec2(S12, 0.0));
    let from_right = egui::Layout::right_to_left(egui::Align::Center);
    within(ui, inner, from_right, |ui| {
        if ui.add(Button::link(cx.text.list.show_new)).clicked() {
            out.push(Action::List(ListAction::ShowNew));
        }
        let words = frame::new_above(cx.text.lang, list.new_above);
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
            label(
                ui,
                &Line::new(&words, theme::small_strong(), cx.palette.accent_text),
            );
        });
    });
}

/// How the rows of this frame are drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    TwoLines,
    OneLine,
    Table,
}

impl Look {
    fn of(layout: Layout, density: Density) -> Self {
        match (layout, density) {
            (Layout::Narrow, _) => Self::Table,
            (_, Density::TwoLines) => Self::TwoLines,
            (_, Density::OneLine) => Self::OneLine,
        }
    }

    fn row_height(self) -> f64 {
        match self {
            Self::TwoLines => Density::TwoLines.row_height(),
            Self::OneLine | Self::Table => Density::OneLine.row_height(),
        }
    }
}

fn rows_ui(ui: &mut Ui, cx: &Cx<'_>, layout: Layout, out: &mut Actions) {
    let list = &cx.state.list;
    let look = Look::of(layout, list.density);
    let times = Times::of(ui, cx, look.row_height());
    let response = VirtualList {
        row_height: look.row_height(),
        len: list.view.len(),
        offset: list.scroll,
        name: cx.text.list.list_name,
        reveal: list.reveal,
    }
    .show(ui, |ui, index, rect| {
        let task = list
            .view
            .task_at(index)
            .and_then(|idx| cx.state.index.task(idx));
        if let Some(task) = task {
            let row = words::row(cx, &task, times);
            row_ui(ui, cx, (look, rect), (&task, &row), out);
        }
    });
    let moved = (response.offset - list.scroll).abs() > f64::EPSILON;
    if moved || list.reveal.is_some() {
        out.push(Action::List(ListAction::Scroll(response.offset)));
    }
    report_layout(ui, cx, look, response.page, out);
}

/// Tells the state how many rows fit, when that changed.
fn report_layout(ui: &Ui, cx: &Cx<'_>, look: Look, page: usize, out: &mut Actions) {
    let id = Id::unique("rows that fit");
    let row_height = look.row_height();
    let known: Option<usize> = ui.data(|data| data.get_temp(id));
    let same_height = (cx.state.list.row_height - row_height).abs() < f64::EPSILON;
    if known != Some(page) || !same_height {
        ui.data_mut(|data| data.insert_temp(id, page));
        out.push(Action::List(ListAction::Layout { page, row_height }));
    }
}

fn row_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    (look, rect): (Look, egui::Rect),
    (task, row): (&TaskView<'_>, &words::Row<'_>),
    out: &mut Actions,
) {
    let selected = cx.state.list.selected == Some(task.idx);
    let response = row::ground(ui, rect, selected, row);
    let cut = match look {
        Look::TwoLines => row::two_lines(ui, cx, rect, row),
        Look::OneLine => row::one_line(ui, cx, rect, row),
        Look::Table => table::row(ui, cx, rect, row),
    };
    if response.clicked() || response.secondary_clicked() {
        out.push(Action::List(ListAction::Select(task.idx)));
        out.push(Action::App(AppAction::SetFocus(Pane::List)));
    }
    if response.double_clicked() {
        out.push(Action::App(AppAction::SetFocus(Pane::Detail)));
    }
    menu::row_menu(cx, task, &response, out);
    if let Some(hint) = row.hint(cut) {
        response.on_hover_text(hint);
    }
}

/// Paints words at the left of `rect`; where they end.
fn words_at(ui: &Ui, rect: egui::Rect, line: &Line<'_>) -> (f32, bool) {
    let painted = paint_line(ui.painter(), rect, egui::Align::Min, line);
    (painted.rect.right(), painted.cut)
}
