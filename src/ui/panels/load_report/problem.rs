//! One thing that could not be read: where, why, how it begins, what to do about it.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align, Color32, Frame, Label, Layout as Flow, Margin, Stroke, Ui};

use super::words;
use crate::model::{Problem, Reason};
use crate::state::{Action, AppAction, SourceAction};
use crate::text::{format, sentence};
use crate::ui::icons;
use crate::ui::theme::{self, HAIRLINE, RADIUS_CHIP, S4, S8};
use crate::ui::widgets::{Button, Line, Tone, icon_button_small, label, tag, wrapped};
use crate::ui::{Actions, Cx};

/// How many lines an excerpt takes at most.
const EXCERPT_LINES: usize = 3;

pub(super) fn problem_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (index, problem): (usize, &Problem),
    out: &mut Actions,
) {
    ui.spacing_mut().item_spacing.y = S8;
    place_ui(ui, cx, problem, out);
    let why = sentence::reason(cx.text.lang, &problem.reason);
    wrapped(ui, &why, theme::body(), cx.palette.text_2);
    if !problem.excerpt.is_empty() {
        excerpt_ui(ui, cx, problem);
    }
    if matches!(problem.reason, Reason::Syntax { .. }) {
        let repair = Button::link(cx.text.load.repair);
        let response = ui.add(repair).on_hover_text(cx.text.load.repair_hint);
        if response.clicked() {
            out.push(Action::Source(SourceAction::Repair(index)));
        }
    }
}

fn place_ui(ui: &mut Ui, cx: &Cx<'_>, problem: &Problem, out: &mut Actions) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = S8;
        tag(ui, words::reason_tag(&problem.reason, cx.text), Tone::Part);
        ui.with_layout(Flow::right_to_left(Align::Center), |ui| {
            if icon_button_small(ui, icons::COPY, cx.text.load.copy_problem).clicked() {
                out.push(Action::App(AppAction::Copy {
                    what: words::reason_tag(&problem.reason, cx.text).to_owned(),
                    text: words::problem(cx.state, problem, cx.text),
                }));
            }
            numbers_ui(ui, cx, problem);
            ui.with_layout(Flow::left_to_right(Align::Center), |ui| {
                let name = cx.state.sources.name(problem.source);
                label(
                    ui,
                    &Line::new(name, theme::strong(), cx.palette.text).middle(),
                );
            });
        });
    });
}

/// Line and byte, laid out from the right.
fn numbers_ui(ui: &mut Ui, cx: &Cx<'_>, problem: &Problem) {
    if problem.line == 0 {
        return;
    }
    let (p, words) = (cx.palette, cx.text.load);
    for (name, number) in [(words.byte, problem.offset), (words.line, problem.line)] {
        let number = format::count(number);
        label(ui, &Line::new(&number, theme::mono(), p.text));
        label(ui, &Line::new(name, theme::small(), p.text_3));
        ui.add_space(S4);
    }
}

fn excerpt_ui(ui: &mut Ui, cx: &Cx<'_>, problem: &Problem) {
    let p = cx.palette;
    Frame::new()
        .fill(p.bg_sunken)
        .stroke(Stroke::new(HAIRLINE, p.line))
        .corner_radius(RADIUS_CHIP)
        .inner_margin(Margin::symmetric(8, 5))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            let job = excerpt_job(&problem.excerpt, ui.available_width(), p.text_2);
            ui.add(Label::new(job).selectable(true));
        });
}

/// The excerpt in a few lines, broken anywhere: it is no prose.
fn excerpt_job(excerpt: &str, width: f32, color: Color32) -> LayoutJob {
    let format = TextFormat::simple(theme::mono_small(), color);
    let mut job = LayoutJob::single_section(excerpt.to_owned(), format);
    job.wrap = TextWrapping {
        max_width: width,
        max_rows: EXCERPT_LINES,
        break_anywhere: true,
        overflow_character: Some('…'),
    };
    job
}
