//! That events are hidden from their consumer, in full: what it means and how it ends.

use egui::{Sense, Stroke, Ui, vec2};

use crate::state::{Action, ListAction, LiveAction, Queue, QueueAction};
use crate::store::{FacetValue, Sense as FilterSense};
use crate::ui::panels::live::parts::{leftward, link_ui, rightward, stop_ui};
use crate::ui::panels::live::{listed_queue, queue};
use crate::ui::panels::place::within;
use crate::ui::theme::{self, HAIRLINE, ICON_CONTROL, S8, S12};
use crate::ui::widgets::{Line, label, wrapped};
use crate::ui::{Actions, Cx, icons};

pub(super) fn borrowing_ui(ui: &mut Ui, cx: &Cx<'_>, queue: &Queue, out: &mut Actions) {
    let (p, words) = (cx.palette, cx.text.live);
    let frame = egui::Frame::new()
        .fill(p.part.bg)
        .inner_margin(egui::Margin::symmetric(12, 8));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let size = vec2(ui.available_width(), theme::BUTTON_HEIGHT);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        within(ui, rect, leftward(), |ui| {
            if stop_ui(ui, cx, words.stop).clicked() {
                out.push(Action::Live(LiveAction::Queue(QueueAction::Stop)));
            }
            ui.with_layout(rightward(), |ui| {
                let icon = Line::new(icons::WARNING, theme::icon(ICON_CONTROL), p.part.text);
                label(ui, &icon);
                ui.add_space(S8);
                let title = Line::new(words.queue_title, theme::strong(), p.part.text);
                label(ui, &title);
            });
        });
        ui.add_space(4.0);
        wrapped(ui, note(cx, queue), theme::small(), p.text_2);
        live_ui(ui, cx, queue);
        links_ui(ui, cx, queue, out);
    });
    let rect = shown.response.rect;
    let line = Stroke::new(HAIRLINE, p.part.soft);
    let y = rect.bottom() - HAIRLINE / 2.0;
    ui.painter().hline(rect.x_range(), y, line);
}

/// What is true of stopping: what was confirmed never returns.
fn note(cx: &Cx<'_>, queue: &Queue) -> &'static str {
    let words = cx.text.live;
    if queue.confirm_on || queue.confirmed() > 0 {
        words.queue_confirmed_note
    } else {
        words.queue_hidden_note
    }
}

/// What is left of the limit while the queue is pulled by itself.
fn live_ui(ui: &mut Ui, cx: &Cx<'_>, queue: &Queue) {
    if let Some(left) = queue::live_left(queue, cx.state.millis, cx.text) {
        ui.add_space(4.0);
        wrapped(ui, &left, theme::small_strong(), cx.palette.part.text);
    }
}

/// Ways to the queue alone, where the list or the pane shows something else.
fn links_ui(ui: &mut Ui, cx: &Cx<'_>, queue: &Queue, out: &mut Actions) {
    let hidden = cx.state.live.shown != Some(queue.source);
    let mixed = listed_queue(cx).is_none();
    if !hidden && !mixed {
        return;
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = S12;
        if hidden && link_ui(ui, cx.text.live.show_panel) {
            out.push(Action::Live(LiveAction::Show(Some(queue.source))));
        }
        if mixed && link_ui(ui, cx.text.live.only_these) {
            out.push(Action::List(ListAction::Filter {
                value: FacetValue::Source(queue.source),
                sense: FilterSense::Include,
            }));
        }
    });
}
