//! The head of the list: how many there are, in which order, how high.

use egui::{Align, Layout as Flow, Ui, vec2};

use super::super::place::within;
use super::super::{histogram, live, names};
use crate::state::{Action, Density, ListAction};
use crate::store::Sort;
use crate::text::{borrowing, sentence};
use crate::ui::icons;
use crate::ui::theme::{self, S4, S8, S12};
use crate::ui::widgets::{Button, IconButton, Line, MenuItem, label, menu_below, menu_item};
use crate::ui::{Actions, Cx};

const HEIGHT: f32 = 36.0;
pub(super) const NARROW_HEIGHT: f32 = 32.0;

pub(super) fn header_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    line_ui(ui, HEIGHT, |ui| {
        controls_ui(ui, cx, out);
        ui.with_layout(Flow::left_to_right(Align::Center), |ui| counts_ui(ui, cx));
    });
}

/// With the histogram beside the counts.
pub(super) fn narrow_header_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    line_ui(ui, NARROW_HEIGHT, |ui| {
        controls_ui(ui, cx, out);
        ui.with_layout(Flow::left_to_right(Align::Center), |ui| {
            counts_ui(ui, cx);
            ui.add_space(S8);
            histogram::small_histogram_ui(ui, cx, vec2(240.0, 20.0), out);
        });
    });
}

fn line_ui(ui: &mut Ui, height: f32, content: impl FnOnce(&mut Ui)) {
    let size = vec2(ui.available_width(), height);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    let inner = rect.shrink2(vec2(S12, 0.0));
    within(ui, inner, Flow::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = S4;
        content(ui);
    });
}

fn counts_ui(ui: &mut Ui, cx: &Cx<'_>) {
    ui.spacing_mut().item_spacing.x = S8;
    let (title, counts) = counts(cx);
    label(ui, &Line::new(title, theme::strong(), cx.palette.text));
    label(ui, &Line::new(&counts, theme::small(), cx.palette.text_2));
}

/// What the list holds: tasks, or what was borrowed from a queue.
fn counts(cx: &Cx<'_>) -> (&'static str, String) {
    let view = &cx.state.list.view;
    if let Some(queue) = live::listed_queue(cx).filter(|queue| queue.is_open()) {
        let backlog = queue.backlog.as_ref().and_then(|told| told.as_ref().ok());
        let borrowed = queue.borrowed();
        let words = borrowing::borrowed_waiting(cx.text.lang, borrowed, backlog.copied());
        return (cx.text.live.queue_list, words);
    }
    let counts = sentence::n_of_m(cx.text.lang, view.len(), view.total);
    (cx.text.list.title, counts)
}

/// From the right: density, order.
fn controls_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let (list, words) = (&cx.state.list, cx.text.list);
    let (name, other) = match list.density {
        Density::TwoLines => (words.one_line, Density::OneLine),
        Density::OneLine => (words.two_lines, Density::TwoLines),
    };
    let button = IconButton::new(icons::ROWS, name).small();
    if ui.add(button).clicked() {
        out.push(Action::List(ListAction::SetDensity(other)));
    }
    let spoken = format!("{}: {}", words.sort, names::sort_name(list.sort, cx.text));
    let button = Button::ghost(names::sort_name(list.sort, cx.text))
        .icon(icons::SORT_DESCENDING)
        .name(&spoken);
    let response = ui.add(button);
    if let Some(sort) = menu_below(&response, |ui| sort_menu(ui, cx)).flatten() {
        out.push(Action::List(ListAction::SetSort(sort)));
    }
}

fn sort_menu(ui: &mut Ui, cx: &Cx<'_>) -> Option<Sort> {
    let mut chosen = None;
    for sort in Sort::ALL {
        let item = MenuItem::new(names::sort_name(sort, cx.text));
        if menu_item(ui, item.checked(cx.state.list.sort == sort)).clicked() {
            chosen = Some(sort);
        }
    }
    chosen
}
