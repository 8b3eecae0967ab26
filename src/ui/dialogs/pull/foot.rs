//! What the test of the profile gave, and the buttons that test and begin.

use egui::{ScrollArea, Ui};

use super::super::fault::{self, FaultRows, fault_ui};
use super::super::parts::icon_ui;
use super::super::sheet::{Moment, buttons_ui};
use super::{ask, fault_words, what};
use crate::model::{EventConfig, Tested};
use crate::state::{DialogAction, PullDialog, PullMode, Scope, Test};
use crate::text::{Text, accounts as say, live};
use crate::ui::theme::{self, S8, S12};
use crate::ui::widgets::{Button, Line, label, spinner};
use crate::ui::{Actions, Cx, icons};

/// The call that is refused first where a key or an application is wrong.
const TESTED_BY: &str = "DescribeEventConfig";
/// A clock off by less is nobody's trouble.
const CLOCK_SECS: u64 = 30;
/// A long refusal scrolls.
const HIGHEST: f32 = 180.0;

/// The test in words.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TestRows {
    Untried,
    Testing,
    Passed {
        line: String,
        /// Below the line, one after another.
        more: Vec<String>,
        /// Each switch with its value.
        switches: String,
    },
    Failed(FaultRows),
}

pub(super) fn rows(dialog: &PullDialog, text: &Text) -> TestRows {
    match &dialog.test {
        Test::Untried => TestRows::Untried,
        Test::Testing { .. } => TestRows::Testing,
        Test::Done(result) => match result.as_ref() {
            Ok(tested) => passed(tested, lists(dialog), text),
            Err(why) => TestRows::Failed(fault::rows(why, TESTED_BY, text)),
        },
    }
}

/// Whether it is about to list tasks, whose number nobody tells beforehand.
fn lists(dialog: &PullDialog) -> Listing {
    match (dialog.mode, dialog.scope) {
        (PullMode::Tasks, Scope::Span) => Listing::Many,
        _ => Listing::None,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Listing {
    Many,
    None,
}

fn passed(tested: &Tested, listing: Listing, text: &Text) -> TestRows {
    let lang = text.lang;
    let config = &tested.config;
    let mut second = vec![say::callback_url(lang, config)];
    if !config.switches.is_empty() {
        second.push(say::switches_on(lang, config));
    }
    let mut more = vec![second.join(" · "), say::signed_by(lang, tested)];
    if listing == Listing::Many {
        more.insert(0, text.accounts.number_unknown.to_owned());
    }
    let ahead = tested.clock_ahead_secs;
    let ahead = ahead.filter(|secs| secs.unsigned_abs() >= CLOCK_SECS);
    more.extend(ahead.map(|secs| live::clock_off(lang, secs)));
    if let Err(why) = &tested.sub_apps {
        more.push(say::sub_apps_untold(lang, &live::call_fault(lang, why)));
    }
    TestRows::Passed {
        line: say::connected(lang, tested),
        more,
        switches: switches(config),
    }
}

fn switches(config: &EventConfig) -> String {
    let lines = config.switches.iter();
    let lines: Vec<String> = lines
        .map(|(name, value)| format!("{name} {value}"))
        .collect();
    lines.join("\n")
}

pub(super) fn foot_ui(ui: &mut Ui, cx: &Cx<'_>, moment: Moment, out: &mut Actions) {
    let rows = rows(&cx.state.live.dialog, cx.text);
    if let TestRows::Failed(fault) = &rows {
        failed_ui(ui, cx, fault, out);
    }
    buttons_ui(
        ui,
        |ui| start_ui(ui, cx, moment, out),
        |ui| line_ui(ui, cx, &rows),
    );
    if let TestRows::Passed { more, switches, .. } = &rows {
        more_ui(ui, cx, more, switches);
    }
}

fn failed_ui(ui: &mut Ui, cx: &Cx<'_>, fault: &FaultRows, out: &mut Actions) {
    ScrollArea::vertical()
        .id_salt("test failed")
        .max_height(HIGHEST)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            fault_ui(ui, cx, fault, out);
        });
    ui.add_space(S12);
}

/// Where events go and which; each switch on hover.
fn more_ui(ui: &mut Ui, cx: &Cx<'_>, more: &[String], switches: &str) {
    ui.add_space(S8);
    for line in more {
        let line = Line::new(line, theme::caption(), cx.palette.text_2);
        let shown = label(ui, &line.middle());
        if !switches.is_empty() {
            shown.on_hover_text(switches);
        }
        ui.add_space(2.0);
    }
}

fn line_ui(ui: &mut Ui, cx: &Cx<'_>, rows: &TestRows) {
    let (p, words) = (cx.palette, cx.text.accounts);
    ui.spacing_mut().item_spacing.x = S8;
    match rows {
        TestRows::Untried => {
            label(ui, &Line::new(words.enter_starts, theme::small(), p.text_3));
        }
        TestRows::Testing => {
            spinner(ui, words.testing);
            label(ui, &Line::new(words.testing, theme::small(), p.text_2));
        }
        TestRows::Passed { line, .. } => {
            icon_ui(ui, icons::CHECK, p.ok.text);
            label(ui, &Line::new(line, theme::small(), p.text));
        }
        TestRows::Failed(_) => {
            label(
                ui,
                &Line::new(words.test_failed, theme::small(), p.fail.text),
            );
        }
    }
}

/// Why it cannot begin yet.
fn waits_for(cx: &Cx<'_>) -> Option<&'static str> {
    let words = cx.text.accounts;
    let queue = cx.state.live.dialog.mode == PullMode::Queue;
    match super::fault(cx) {
        Some(fault) => Some(fault_words(fault, cx.text)),
        None if queue && cx.state.live.is_borrowing() => Some(words.queue_open),
        None => None,
    }
}

fn primary(cx: &Cx<'_>) -> (&'static str, &'static str) {
    let words = cx.text.accounts;
    let dialog = &cx.state.live.dialog;
    match (dialog.mode, dialog.scope) {
        (PullMode::Queue, _) => (words.pull_once, icons::TRAY),
        (PullMode::Tasks, Scope::Span) => (words.pull_tasks, icons::CLOUD_ARROW_DOWN),
        (PullMode::Tasks, Scope::Task | Scope::File) => (words.look_up, icons::MAGNIFYING_GLASS),
    }
}

/// From the right: begin, test.
fn start_ui(ui: &mut Ui, cx: &Cx<'_>, moment: Moment, out: &mut Actions) {
    let (words, dialog) = (cx.text.accounts, &cx.state.live.dialog);
    let waits_for = waits_for(cx);
    let (name, icon) = primary(cx);
    let button = Button::primary(name).icon(icon);
    let mut start = ui.add_enabled(waits_for.is_none(), button);
    if let Some(why) = waits_for {
        start = start.on_disabled_hover_text(why);
    } else if dialog.mode == PullMode::Queue && what::is_push(cx) {
        start = start.on_hover_text(words.queue_push);
    }
    if waits_for.is_none() && (start.clicked() || moment.entered) {
        out.push(ask(DialogAction::Start));
    }
    let profile = dialog.profile().err();
    let can_test = profile.is_none() && !dialog.test.is_under_way();
    let mut test = ui.add_enabled(can_test, Button::new(words.test));
    if let Some(fault) = profile {
        test = test.on_disabled_hover_text(fault_words(fault, cx.text));
    }
    if test.clicked() {
        out.push(ask(DialogAction::Test));
    }
}
