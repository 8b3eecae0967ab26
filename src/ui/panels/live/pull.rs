//! The panel of a pull of tasks: its steps, its speed, what it met, what came of it.

mod aside;
mod messages;
mod plot;
mod rows;
mod steps;

pub(super) use rows::{done, share};

use egui::{ScrollArea, Ui, Vec2};

use super::fault;
use super::head::Head;
use super::parts::padded;
use crate::model::{LiveCommand, SourceId};
use crate::state::{Action, LiveAction, PullPhase, SourceAction, TaskPulling};
use crate::ui::theme::{S8, S12, S16, S24};
use crate::ui::widgets::{Button, Tone, banner};
use crate::ui::{Actions, Cx, icons};
use rows::{Notice, PullRows};

/// Width of what stands at the side.
const ASIDE: f32 = 256.0;
const GAP: f32 = 32.0;
/// Narrower than this, the side goes below.
const LEAST_MAIN: f32 = 380.0;

pub(super) fn pull_ui(ui: &mut Ui, cx: &Cx<'_>, pull: &TaskPulling, out: &mut Actions) {
    let rows = rows::rows(pull, cx.state.now_unix, cx.text);
    let head = Head {
        icon: icons::CLOUD_ARROW_DOWN,
        tone: Tone::Accent,
        title: &rows.title,
        pill: (rows.pill.0, rows.pill.2),
        facts: &rows.facts,
    };
    let tone = rows.pill.1;
    Head { tone, ..head }.show(ui, cx, |ui| controls_ui(ui, cx, pull, out));
    ScrollArea::vertical()
        .id_salt(("pull", pull.source.0))
        .auto_shrink(false)
        .show(ui, |ui| {
            padded(ui, |ui| body_ui(ui, cx, (pull, &rows), out));
        });
}

/// From the right: end it, pause it.
fn controls_ui(ui: &mut Ui, cx: &Cx<'_>, pull: &TaskPulling, out: &mut Actions) {
    let (words, source) = (cx.text.live, pull.source);
    if !pull.phase.is_under_way() {
        let again = Button::primary(words.pull_again).icon(icons::ARROW_CLOCKWISE);
        if ui.add(again).on_hover_text(words.pull_again_why).clicked() {
            out.push(Action::Live(LiveAction::PullAgain(source)));
        }
        return;
    }
    let stop = Button::new(words.stop_and_keep).icon(icons::STOP);
    if ui.add(stop).clicked() {
        out.push(Action::Source(SourceAction::Cancel(source)));
    }
    let (name, icon, command) = match pull.phase {
        PullPhase::Paused => (words.resume, icons::PLAY, LiveCommand::Resume),
        _ => (words.pause, icons::PAUSE, LiveCommand::Pause),
    };
    if ui.add(Button::new(name).icon(icon)).clicked() {
        out.push(Action::Live(LiveAction::Command(source, command)));
    }
}

fn body_ui(ui: &mut Ui, cx: &Cx<'_>, pull: (&TaskPulling, &PullRows), out: &mut Actions) {
    ui.add_space(S16);
    notice_ui(ui, cx, (pull.0.source, pull.1), out);
    let width = ui.available_width();
    let main = width - ASIDE - GAP;
    if main < LEAST_MAIN {
        main_ui(ui, cx, pull, out);
        aside::aside_ui(ui, cx, pull.0, out);
        return;
    }
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        ui.vertical(|ui| {
            ui.set_width(main);
            main_ui(ui, cx, pull, out);
        });
        ui.add_space(GAP);
        ui.vertical(|ui| {
            ui.set_width(ASIDE);
            aside::aside_ui(ui, cx, pull.0, out);
        });
    });
}

fn main_ui(ui: &mut Ui, cx: &Cx<'_>, (pull, rows): (&TaskPulling, &PullRows), out: &mut Actions) {
    steps::steps_ui(ui, cx, &rows.steps);
    ui.add_space(S8);
    plot::plot_ui(ui, cx, pull, &rows.plot_caption);
    ui.add_space(S24);
    messages::messages_ui(ui, cx, pull, out);
    ui.add_space(S24);
}

/// How it ended, or why it stands still.
fn notice_ui(ui: &mut Ui, cx: &Cx<'_>, (source, rows): (SourceId, &PullRows), out: &mut Actions) {
    match &rows.notice {
        None => {}
        Some(Notice::Told(tone, words)) => {
            ui.scope(|ui| {
                ui.spacing_mut().item_spacing.x = S8;
                banner(ui, (icons::INFO, *tone), words, |_| ());
            });
            ui.add_space(S12);
        }
        Some(Notice::Missing(words)) => {
            let retry = ui.scope(|ui| {
                ui.spacing_mut().item_spacing.x = S8;
                banner(ui, (icons::WARNING, Tone::Part), words, |ui| {
                    ui.add(Button::new(cx.text.live.retry)).clicked()
                })
            });
            if retry.inner {
                out.push(Action::Live(LiveAction::PullAgain(source)));
            }
            ui.add_space(S12);
        }
        Some(Notice::Fault { action, fault }) => {
            fault::card_ui(ui, cx, (action, fault), out);
        }
    }
}

/// All that the panel says, as text.
#[cfg(test)]
pub(super) fn snapshot(pull: &TaskPulling, now_unix: i64, text: &crate::text::Text) -> String {
    let rows = rows::rows(pull, now_unix, text);
    let messages = messages::rows(pull, text);
    let strip = super::strip::rows(pull, now_unix, text);
    format!("{rows:#?}\n{messages:#?}\n{strip:#?}")
}
