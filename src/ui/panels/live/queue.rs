//! The panel of the borrowed queue: what is hidden, for how long, and what may be deleted.

mod batches;
mod confirm;
mod counters;
mod rows;
mod safety;

pub(super) use rows::live_left;

use egui::{ScrollArea, Ui};
use std::time::Duration;

use super::fault;
use super::head::Head;
use super::parts::{padded, stop_ui};
use crate::model::LiveLimit;
use crate::state::{Action, ConfirmLock, DialogAction, LiveAction, PullMode, Queue, QueueAction};
use crate::text::borrowing;
use crate::ui::theme::{self, S4, S8, S12, S16, S24};
use crate::ui::widgets::{
    Button, Line, MenuItem, Tone, banner, dropdown, hairline, label, menu_item, spinner, wrapped,
};
use crate::ui::{Actions, Cx, icons};
use rows::QueueRows;

/// Limits that live pulling is offered with: events and minutes. The second is the usual one.
const LIMITS: [(u64, u64); 3] = [(50, 1), (200, 5), (1_000, 15)];

pub(super) fn queue_ui(ui: &mut Ui, cx: &Cx<'_>, queue: &Queue, out: &mut Actions) {
    let rows = rows::rows(queue, cx.state.millis, cx.text);
    let head = Head {
        icon: icons::TRAY,
        tone: rows.tone,
        title: &rows.title,
        pill: (icons::LOCK_SIMPLE_OPEN, &rows.pill),
        facts: &rows.facts,
    };
    head.show(ui, cx, |ui| {
        if queue.is_open() {
            controls_ui(ui, cx, queue, out);
        } else if ui.add(Button::new(cx.text.live.borrow_again)).clicked() {
            let open = DialogAction::Open(PullMode::Queue);
            out.push(Action::Live(LiveAction::Dialog(open)));
        }
    });
    confirm::unlocked_ui(ui, cx, out);
    ScrollArea::vertical()
        .id_salt(("queue", queue.source.0))
        .auto_shrink(false)
        .show(ui, |ui| {
            padded(ui, |ui| body_ui(ui, cx, (queue, &rows), out));
        });
}

/// From the right: end it, confirm, go on by itself, pull once more.
fn controls_ui(ui: &mut Ui, cx: &Cx<'_>, queue: &Queue, out: &mut Actions) {
    let words = cx.text.live;
    if stop_ui(ui, cx, words.stop).clicked() {
        out.push(ask(QueueAction::Stop));
    }
    confirm_marked_ui(ui, cx, out);
    if queue.live.is_some() {
        let button = Button::new(words.stop_live).icon(icons::STOP);
        if ui.add(button).clicked() {
            out.push(ask(QueueAction::EndLive));
        }
        return;
    }
    if let Some(Some(limit)) = dropdown(ui, Button::new(words.live), |ui| live_menu(ui, cx)) {
        out.push(ask(QueueAction::Live(limit)));
    }
    let idle = queue.pulling_since.is_none();
    let pull = Button::new(words.pull_more).icon(icons::ARROW_DOWN);
    let response = ui
        .add_enabled(idle, pull)
        .on_hover_text(words.pull_more_why);
    if response.clicked() {
        out.push(ask(QueueAction::PullMore));
    }
}

fn live_menu(ui: &mut Ui, cx: &Cx<'_>) -> Option<LiveLimit> {
    let mut chosen = None;
    ui.set_max_width(280.0);
    // Out of the menu's layout, which would stretch the words across.
    ui.vertical(|ui| {
        wrapped(ui, cx.text.live.live_why, theme::small(), cx.palette.text_2);
    });
    ui.add_space(S4);
    hairline(ui);
    for (events, minutes) in LIMITS {
        let time = Duration::from_secs(minutes * 60);
        let limit = LiveLimit { events, time };
        let name = borrowing::live_limit(cx.text.lang, limit);
        if menu_item(ui, MenuItem::new(&name).icon(icons::PLAY)).clicked() {
            chosen = Some(limit);
        }
    }
    chosen
}

/// Confirms the marked tasks, or the selected one.
fn confirm_marked_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.live;
    let unlocked = cx.state.live.confirm_lock() == Some(ConfirmLock::Unlocked);
    let count = if unlocked {
        cx.state.confirmable_deliveries().len()
    } else {
        0
    };
    let name = if count == 0 {
        words.confirm.to_owned()
    } else {
        borrowing::confirm_n(cx.text.lang, count)
    };
    let (icon, why) = if unlocked {
        (icons::CHECK, words.confirm_nothing_why)
    } else {
        (icons::LOCK_SIMPLE, words.confirm_locked_why)
    };
    let button = Button::new(&name).icon(icon);
    let response = ui.add_enabled(count > 0, button);
    if response.on_disabled_hover_text(why).clicked() {
        out.push(ask(QueueAction::ConfirmSelection));
    }
}

fn body_ui(ui: &mut Ui, cx: &Cx<'_>, (queue, rows): (&Queue, &QueueRows), out: &mut Actions) {
    ui.add_space(S16);
    notes_ui(ui, cx, (queue, rows), out);
    counters::counters_ui(ui, cx, queue, &rows.counters, out);
    ui.add_space(S24);
    batches::batches_ui(ui, cx, &rows.batches, out);
    ui.add_space(S24);
    confirm::confirm_ui(ui, cx, queue, out);
    ui.add_space(S24);
    safety::safety_ui(ui, cx, &rows.safety, out);
    ui.add_space(S24);
}

/// What is going on, and what went wrong.
fn notes_ui(ui: &mut Ui, cx: &Cx<'_>, (queue, rows): (&Queue, &QueueRows), out: &mut Actions) {
    if queue.pulling_since.is_some() {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = S8;
            spinner(ui, cx.text.live.asking);
            let words = Line::new(cx.text.live.asking, theme::small(), cx.palette.text_2);
            label(ui, &words);
        });
        ui.add_space(S12);
    }
    if let Some(fault) = &rows.fault {
        fault::card_ui(ui, cx, (rows.action, fault), out);
    }
    for (icon, tone, words) in &rows.notes {
        note_ui(ui, (icon, *tone), words);
    }
}

fn note_ui(ui: &mut Ui, look: (&str, Tone), words: &str) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = S8;
        banner(ui, look, words, |_| ());
    });
    ui.add_space(S12);
}

fn ask(action: QueueAction) -> Action {
    Action::Live(LiveAction::Queue(action))
}

/// All that the panel says, as text.
#[cfg(test)]
pub(super) fn snapshot(queue: &Queue, millis: u64, text: &crate::text::Text) -> String {
    format!("{:#?}", rows::rows(queue, millis, text))
}
