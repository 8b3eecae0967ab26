//! The bar at the bottom: what was read, what the keys do here, the zone of all times.

use egui::{Align, Layout as Flow, Ui, UiBuilder, vec2};

use crate::model::Zone;
use crate::state::{Action, AppAction, ConfirmLock, Pane, Phase, PullPhase};
use crate::text::format;
use crate::text::frame::{self, Totals};
use crate::ui::command::{Command, in_raw};
use crate::ui::theme::{self, HAIRLINE, S4, S12};
use crate::ui::widgets::{Line, focus_ring, key_cap, label, line_width, named, paint_line};
use crate::ui::{Actions, Cx, Layout};

pub(crate) fn status_bar_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let layout = Layout::of_width(ui.ctx().content_rect().width());
    let rect = ui.max_rect().shrink2(vec2(S12, 0.0));
    let builder = UiBuilder::new()
        .max_rect(rect)
        .layout(Flow::right_to_left(Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = S4;
        zone_ui(ui, cx, out);
        ui.add_space(S4);
        divider(ui, cx);
        ui.add_space(S4);
        hints_ui(ui, cx);
        ui.with_layout(Flow::left_to_right(Align::Center), |ui| {
            left_ui(ui, cx, layout);
        });
    });
}

fn left_ui(ui: &mut Ui, cx: &Cx<'_>, layout: Layout) {
    if cx.state.sources.list.is_empty() {
        words(ui, cx, cx.text.chrome.nothing_loaded);
        return;
    }
    let totals = frame::totals(cx.text.lang, totals(cx));
    let [first, second] = match live_words(cx) {
        Some(live) => [live.to_owned(), totals],
        None => [totals, progress(cx)],
    };
    words(ui, cx, &first);
    if layout == Layout::Narrow {
        return;
    }
    ui.add_space(S4);
    divider(ui, cx);
    ui.add_space(S4);
    words(ui, cx, &second);
}

/// What goes on in the cloud, the more dangerous first.
fn live_words(cx: &Cx<'_>) -> Option<&'static str> {
    let (live, words) = (&cx.state.live, cx.text.live);
    let any = |phase: PullPhase| live.pulls.iter().any(|pull| pull.phase == phase);
    if live.is_borrowing() && live.confirm_lock() == Some(ConfirmLock::Unlocked) {
        Some(words.status_confirm_on)
    } else if live.is_borrowing() {
        Some(words.status_borrowing)
    } else if any(PullPhase::Running) {
        Some(words.status_pulling)
    } else if any(PullPhase::Paused) {
        Some(words.pull_paused)
    } else {
        live.listener.is_on().then_some(words.status_listening)
    }
}

/// What is being done; when all is read, how much that was and how long it took.
fn progress(cx: &Cx<'_>) -> String {
    let sources = &cx.state.sources.list;
    if cx.state.sources.is_reading() {
        return cx.text.chrome.reading.to_owned();
    }
    // The time of a followed file is mostly waiting.
    let ended = || {
        sources
            .iter()
            .filter(|source| matches!(source.phase, Phase::Ended(_)))
    };
    if ended().next().is_none() {
        return cx.text.chrome.following.to_owned();
    }
    let bytes = ended().map(|source| source.bytes_read).sum();
    let secs = ended().map(|source| source.elapsed.as_secs_f64()).sum();
    frame::indexed(cx.text.lang, bytes, secs)
}

/// What all sources hold together.
pub(super) fn totals(cx: &Cx<'_>) -> Totals {
    let index = &cx.state.index;
    // A problem told at no line is one of a source, and no record.
    let problems = &cx.state.sources.problems;
    let unreadable = problems.iter().filter(|problem| problem.line > 0).count();
    Totals {
        records: index.row_count() + unreadable,
        unreadable,
        repeats: (index.row_count() - index.task_count())
            .saturating_sub(cx.state.list.summaries_replaced),
        tasks: index.task_count(),
    }
}

fn words(ui: &mut Ui, cx: &Cx<'_>, text: &str) {
    label(ui, &Line::new(text, theme::caption(), cx.palette.text_3));
}

fn divider(ui: &mut Ui, cx: &Cx<'_>) {
    let (rect, _) = ui.allocate_exact_size(vec2(HAIRLINE + 2.0, 12.0), egui::Sense::hover());
    let line = egui::Stroke::new(HAIRLINE, cx.palette.line_strong);
    ui.painter().vline(rect.center().x, rect.y_range(), line);
}

/// A click goes on to the next zone.
fn zone_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let text = format::zone_label(cx.text.zone, cx.state.now_unix);
    let width = line_width(ui.painter(), &text, theme::caption());
    let size = vec2(width + 2.0, 18.0);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::click());
    let name = format!("{}: {text}", cx.text.chrome.zone);
    named(&response, egui::Role::Button, &name);
    let color = if response.hovered() {
        cx.palette.text
    } else {
        cx.palette.text_3
    };
    let line = Line::new(&text, theme::caption(), color);
    paint_line(ui.painter(), rect, Align::Max, &line);
    focus_ring(ui, &response, theme::RADIUS_CHIP);
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    if response.on_hover_text(&name).clicked() {
        out.push(Action::App(AppAction::SetZone(next_zone(cx.text.zone))));
    }
}

fn next_zone(zone: Zone) -> Zone {
    match zone {
        Zone::Local => Zone::Utc,
        Zone::Utc => Zone::Beijing,
        Zone::Beijing => Zone::Local,
    }
}

/// Keys and what they do, in reading order.
fn hints(cx: &Cx<'_>) -> Vec<(Vec<String>, &'static str)> {
    let words = cx.text.chrome;
    let caps = |commands: &[Command]| -> Vec<String> {
        let strokes = commands
            .iter()
            .filter_map(|command| command.strokes().first());
        strokes.flat_map(|stroke| stroke.caps()).collect()
    };
    if cx.state.live.is_borrowing() {
        return vec![(caps(&[Command::Leave]), cx.text.live.stop_by_key)];
    }
    let all_keys = (caps(&[Command::AllKeys]), words.bar_all_keys);
    if cx.state.sources.list.is_empty() {
        return vec![
            (caps(&[Command::Open]), words.bar_open),
            (caps(&[Command::Paste]), words.bar_paste),
            (caps(&[Command::Pull]), words.bar_pull),
            all_keys,
        ];
    }
    if in_raw(cx) && cx.state.focus == Pane::Detail {
        return vec![
            (
                caps(&[Command::NextHit, Command::PreviousHit]),
                words.bar_next_prev_hit,
            ),
            (caps(&[Command::Fold, Command::Unfold]), words.bar_fold),
            (caps(&[Command::CopyValue]), words.bar_copy_value),
            (caps(&[Command::CopyPath]), words.bar_copy_path),
            all_keys,
        ];
    }
    vec![
        (caps(&[Command::MoveUp, Command::MoveDown]), words.bar_rows),
        (caps(&[Command::FailedOnly]), words.bar_failed_only),
        (
            caps(&[Command::PreviousFailed, Command::NextFailed]),
            words.bar_prev_next_failed,
        ),
        (
            vec!["1".to_owned(), "–".to_owned(), "6".to_owned()],
            words.bar_tabs,
        ),
        all_keys,
    ]
}

fn hints_ui(ui: &mut Ui, cx: &Cx<'_>) {
    for (caps, meaning) in hints(cx).into_iter().rev() {
        words(ui, cx, meaning);
        for cap in caps.iter().rev() {
            if cap == "–" {
                words(ui, cx, cap);
            } else {
                key_cap(ui, cap);
            }
        }
        ui.add_space(S4);
    }
}
