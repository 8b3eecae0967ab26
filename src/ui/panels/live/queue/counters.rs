//! The four numbers of a borrowed queue.

use egui::{Align, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};

use super::ask;
use super::rows::Counter;
use crate::state::{Queue, QueueAction};
use crate::ui::panels::live::parts::leftward;
use crate::ui::theme::{self, HAIRLINE, RADIUS_CARD, S16};
use crate::ui::widgets::{Line, icon_button_small, named, paint_line};
use crate::ui::{Actions, Cx, icons};

const HEIGHT: f32 = 86.0;

pub(super) fn counters_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    queue: &Queue,
    counters: &[Counter],
    out: &mut Actions,
) {
    let p = cx.palette;
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let line = Stroke::new(HAIRLINE, p.line);
    ui.painter()
        .rect(rect, RADIUS_CARD, p.bg_raised, line, StrokeKind::Inside);
    let width = rect.width() / counters.len().max(1) as f32;
    for (at, counter) in counters.iter().enumerate() {
        let left = rect.left() + width * at as f32;
        let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()));
        if at > 0 {
            ui.painter().vline(left, rect.y_range(), line);
        }
        counter_ui(ui, cx, cell, counter);
    }
    if queue.is_open() {
        let first = Rect::from_min_size(rect.min, vec2(width, 32.0));
        let builder = UiBuilder::new()
            .max_rect(first.shrink2(vec2(6.0, 0.0)))
            .layout(leftward());
        let mut ui = ui.new_child(builder);
        let name = cx.text.live.ask_backlog;
        if icon_button_small(&mut ui, icons::ARROW_CLOCKWISE, name).clicked() {
            out.push(ask(QueueAction::AskBacklog));
        }
    }
}

fn counter_ui(ui: &Ui, cx: &Cx<'_>, cell: Rect, counter: &Counter) {
    let p = cx.palette;
    let response = ui.interact(cell, ui.scope_id().with(counter.name), Sense::hover());
    let spoken = format!("{}: {}, {}", counter.name, counter.number, counter.note);
    named(&response, Role::Label, &spoken);
    let inner = cell.shrink2(vec2(S16, 0.0));
    let lines = [
        (
            12.0,
            16.0,
            Line::new(counter.name, theme::caption(), p.text_3),
        ),
        (
            30.0,
            26.0,
            Line::new(&counter.number, theme::display(), p.text),
        ),
        (
            58.0,
            16.0,
            Line::new(&counter.note, theme::caption(), p.text_2),
        ),
    ];
    let mut cut = false;
    for (top, height, line) in lines {
        let min = inner.min + vec2(0.0, top);
        let place = Rect::from_min_size(min, vec2(inner.width(), height));
        cut |= paint_line(ui.painter(), place, Align::Min, &line).cut;
    }
    if !counter.hint.is_empty() {
        response.on_hover_text(&counter.hint);
    } else if cut {
        response.on_hover_text(spoken);
    }
}
