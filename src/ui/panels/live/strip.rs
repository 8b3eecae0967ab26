//! Strips in the head of the list: what is being pulled, borrowed and received, and that nothing
//! can be stored.

mod borrowing;
mod lines;
mod pulling;

pub(super) use pulling::rows;

use egui::{CursorIcon, Rect, Response, Role, Sense, Stroke, Ui, vec2};

use crate::ui::theme::{self, HAIRLINE};
use crate::ui::widgets::{focus_ring, named};
use crate::ui::{Actions, Cx, Layout};
use lines::Cell;

/// A window that is lower than this has no height to spare for words that wrap.
const HIGH: f32 = 800.0;

/// How much room the strips may take.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Room {
    /// What is borrowed and pulled stands in full.
    Full,
    /// A line for each.
    Lines,
    /// One line for all of them.
    Line,
}

impl Room {
    fn of(ui: &Ui, layout: Layout) -> Self {
        let height = ui.ctx().content_rect().height();
        match layout {
            Layout::Narrow => Self::Line,
            Layout::Wide | Layout::Medium if height < HIGH => Self::Lines,
            Layout::Wide | Layout::Medium => Self::Full,
        }
    }
}

/// Everything live that must be known while the list is read; whether there is anything.
pub(in crate::ui::panels) fn strips_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    layout: Layout,
    out: &mut Actions,
) -> bool {
    let top = ui.cursor().top();
    let cells = lines::cells(cx);
    match Room::of(ui, layout) {
        Room::Full => full_ui(ui, cx, out),
        Room::Lines => {
            for cell in &cells {
                lines::row_ui(ui, cx, std::slice::from_ref(cell), out);
            }
        }
        Room::Line => lines::row_ui(ui, cx, &cells, out),
    }
    if let Some(fault) = lines::archive_cell(cx) {
        lines::row_ui(ui, cx, &[fault], out);
    }
    ui.cursor().top() > top
}

/// Points the strips take where they share one line.
pub(in crate::ui) fn line_height(cx: &Cx<'_>) -> f32 {
    let cells = f32::from(u8::from(!lines::cells(cx).is_empty()));
    let fault = f32::from(u8::from(lines::archive_cell(cx).is_some()));
    (cells + fault) * lines::HEIGHT
}

fn full_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let live = &cx.state.live;
    match live.queue.as_ref().filter(|queue| queue.is_open()) {
        Some(queue) => borrowing::borrowing_ui(ui, cx, queue, out),
        None => one_ui(ui, cx, lines::queue_cell(cx), out),
    }
    let running = live.pulls.iter().filter(|pull| pull.phase.is_under_way());
    for pull in running {
        ui.push_id(pull.source.0, |ui| pulling::pulling_ui(ui, cx, pull, out));
    }
    one_ui(ui, cx, lines::listener_cell(cx), out);
}

fn one_ui(ui: &mut Ui, cx: &Cx<'_>, cell: Option<Cell>, out: &mut Actions) {
    if let Some(cell) = cell {
        lines::row_ui(ui, cx, &[cell], out);
    }
}

/// A strip across the list that can be clicked.
fn ground(ui: &mut Ui, status: &theme::Status, height: f32, name: &str) -> (Rect, Response) {
    let size = vec2(ui.available_width(), height);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    (rect, clickable(ui, rect, status, name))
}

fn clickable(ui: &Ui, rect: Rect, status: &theme::Status, name: &str) -> Response {
    let response = ui.interact(rect, ui.scope_id().with(("strip", name)), Sense::click());
    named(&response, Role::Button, name);
    paint_ground(ui, rect, status);
    let inner = response
        .clone()
        .with_new_rect(rect.shrink(theme::FOCUS_RING));
    focus_ring(ui, &inner, egui::CornerRadius::ZERO);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

fn paint_ground(ui: &Ui, rect: Rect, status: &theme::Status) {
    ui.painter().rect_filled(rect, 0.0, status.bg);
    let line = Stroke::new(HAIRLINE, status.soft);
    let y = rect.bottom() - HAIRLINE / 2.0;
    ui.painter().hline(rect.x_range(), y, line);
}
