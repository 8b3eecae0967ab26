//! What could not be read, in place of the detail pane, while all that could be is in use.

mod problem;
mod recognised;
mod words;

use egui::{Align, Frame, Id, Layout as Flow, Margin, ScrollArea, Ui, Vec2};

use super::status_bar::totals;
use crate::state::{Action, AppAction};
use crate::text::frame;
use crate::ui::icons;
use crate::ui::theme::{self, S4, S8};
use crate::ui::widgets::{Button, Line, hairline, icon_button, label};
use crate::ui::{Actions, Cx};

/// How many problems stand there at first, and how many more come each time.
const SOME: usize = 50;

pub(crate) fn load_report_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    padded(ui, |ui| head_ui(ui, cx, out));
    hairline(ui);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        problems_ui(ui, cx, out);
        padded(ui, |ui| recognised::recognised_ui(ui, cx));
    });
}

fn padded(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    Frame::new()
        .inner_margin(Margin::symmetric(20, 14))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            content(ui);
        });
}

fn head_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let totals = totals(cx);
    let p = cx.palette;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = S8;
        ui.with_layout(Flow::right_to_left(Align::Center), |ui| {
            if icon_button(ui, icons::X, cx.text.load.close_report).clicked() {
                out.push(Action::App(AppAction::CloseDialog));
            }
            let copy = Button::new(cx.text.load.copy_report).icon(icons::CLIPBOARD_TEXT);
            if ui.add(copy).clicked() {
                out.push(Action::App(AppAction::Copy {
                    what: cx.text.load.report.to_owned(),
                    text: words::report(cx.state, cx.text),
                }));
            }
            ui.with_layout(Flow::left_to_right(Align::Center), |ui| {
                label(
                    ui,
                    &Line::new(icons::WARNING, theme::icon(20.0), p.part.text),
                );
                let sources = cx.state.sources.problems.len() - totals.unreadable;
                let title = frame::report_title(cx.text.lang, totals, sources);
                label(ui, &Line::new(&title, theme::title(), p.text));
            });
        });
    });
    ui.add_space(S4);
    let loaded = frame::report_loaded(cx.text.lang, totals.records - totals.unreadable);
    let words = format!("{loaded}  ·  {}", cx.text.load.nothing_changed);
    label(ui, &Line::new(&words, theme::small(), p.text_2));
}

fn problems_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let problems = &cx.state.sources.problems;
    let shown_id = Id::unique("problems shown");
    let shown = ui.data(|data| data.get_temp(shown_id)).unwrap_or(SOME);
    for (index, problem) in problems.iter().enumerate().take(shown) {
        ui.push_id(index, |ui| {
            padded(ui, |ui| problem::problem_ui(ui, cx, (index, problem), out));
        });
        hairline(ui);
    }
    if problems.len() > shown {
        padded(ui, |ui| {
            let rest = frame::more(cx.text.lang, problems.len() - shown);
            let words = format!("{} ({rest})", cx.text.load.show_more);
            if ui.add(Button::link(&words)).clicked() {
                ui.data_mut(|data| data.insert_temp(shown_id, shown + SOME));
            }
        });
        hairline(ui);
    }
}
