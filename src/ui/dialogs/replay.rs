//! The dialog that sends one event again, and shows what was answered.

use egui::{ScrollArea, Ui};

use super::fault::{self, fault_ui};
use super::field::{Field, focus_first, gap, text_ui};
use super::parts::{icon_ui, name_ui, note_ui, wrong_ui};
use super::sheet::{Moment, Sheet, buttons_ui};
use crate::model::Replayed;
use crate::state::{Action, AppState, LiveAction, ReplayAction};
use crate::store::RowView;
use crate::text::{accounts as say, format};
use crate::ui::panels::place::within;
use crate::ui::theme::{self, S8, S12};
use crate::ui::widgets::{Button, Line, MISSING, hairline, label, spinner, sunken, wrapped};
use crate::ui::{Actions, Cx, icons};

const WIDTH: f32 = 518.0;
const URL: &str = "replay url";
const KEY: f32 = 96.0;
const HIGHEST: f32 = 200.0;

fn ask(action: ReplayAction) -> Action {
    Action::Live(LiveAction::Replay(action))
}

pub(super) fn replay_ui(ui: &Ui, cx: &Cx<'_>, out: &mut Actions) {
    let sheet = Sheet {
        name: "replay",
        title: cx.text.accounts.replay_title,
        width: WIDTH,
    };
    let body = |ui: &mut Ui, moment: Moment, out: &mut Actions| {
        url_ui(ui, cx, out);
        gap(ui);
        sent_ui(ui, cx);
        answer_ui(ui, cx, out);
        focus_first(ui, URL, moment.opening);
    };
    let foot = |ui: &mut Ui, moment: Moment, out: &mut Actions| {
        buttons_ui(ui, |ui| send_ui(ui, cx, moment, out), |ui| said_ui(ui, cx));
    };
    sheet.show(ui, (cx, out), body, foot);
}

/// Whether something was typed that is no URL.
fn wrong(cx: &Cx<'_>) -> bool {
    let replay = &cx.state.live.replay;
    let ready = replay.can_send() || replay.sending || replay.raw.is_none();
    !ready && !replay.url.trim().is_empty()
}

fn url_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.accounts;
    name_ui(ui, cx, words.url);
    let wrong = wrong(cx);
    let field = Field::new(URL, words.url)
        .hint(words.url_hint)
        .icon(icons::LINK)
        .wrong(wrong);
    if let Some(url) = text_ui(ui, field, &cx.state.live.replay.url) {
        out.push(ask(ReplayAction::Url(url)));
    }
    if wrong {
        wrong_ui(ui, cx, words.fault_url);
    }
}

/// The event that would be sent: the selected task's newest, or one of its history.
fn event(state: &AppState) -> Option<RowView<'_>> {
    let raw = state.live.replay.raw?;
    let task = state.list.selected?;
    let rows = state.index.rows_of(task);
    rows.into_iter().find(|row| row.raw == raw)
}

/// What is sent, in words: names and values.
fn sent(cx: &Cx<'_>) -> Vec<(&'static str, String)> {
    let words = cx.text.accounts;
    let Some(raw) = cx.state.live.replay.raw else {
        return Vec::new();
    };
    let event = event(cx.state);
    let task = event.as_ref().map(|row| row.task_id);
    let task = task.filter(|id| !id.is_empty()).unwrap_or(MISSING);
    let kind = event.as_ref().map_or("", |row| row.event_type);
    let format = if kind.is_empty() {
        raw.format.name().to_owned()
    } else {
        format!("{kind}, {}", raw.format.name())
    };
    vec![
        (words.task_id, task.to_owned()),
        (words.format, format),
        (words.bytes, format::count(u64::from(raw.len))),
    ]
}

fn sent_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let words = cx.text.accounts;
    name_ui(ui, cx, words.what_is_sent);
    let sent = sent(cx);
    if sent.is_empty() {
        wrapped(ui, words.nothing_chosen, theme::small(), cx.palette.text_2);
    }
    for (name, value) in sent {
        hairline(ui);
        pair_ui(ui, cx, name, &value);
    }
    note_ui(ui, cx, words.replay_note);
}

fn pair_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str, value: &str) {
    const ROW: f32 = 28.0;
    let p = cx.palette;
    let size = egui::vec2(ui.available_width(), ROW);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    let flow = egui::Layout::left_to_right(egui::Align::Center);
    within(ui, rect, flow, |ui| {
        ui.set_max_width(rect.width());
        label(ui, &Line::new(name, theme::small(), p.text_3));
        let at = rect.left() + KEY;
        ui.add_space((at - ui.cursor().left()).max(S8));
        label(ui, &Line::new(value, theme::mono(), p.text).middle());
    });
}

fn answer_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.accounts;
    match &cx.state.live.replay.answer {
        None => {}
        Some(Ok(answer)) => {
            gap(ui);
            name_ui(ui, cx, words.answer);
            body_ui(ui, cx, answer);
        }
        Some(Err(why)) => {
            gap(ui);
            name_ui(ui, cx, words.answer);
            let rows = fault::rows(why, "", cx.text);
            fault_ui(ui, cx, &rows, out);
        }
    }
}

fn body_ui(ui: &mut Ui, cx: &Cx<'_>, answer: &Replayed) {
    let (p, words) = (cx.palette, cx.text.accounts);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = S8;
        let good = (200..300).contains(&answer.status);
        let (icon, color) = if good {
            (icons::CHECK, p.ok.text)
        } else {
            (icons::WARNING, p.fail.text)
        };
        icon_ui(ui, icon, color);
        let said = say::answered(cx.text.lang, answer);
        label(ui, &Line::new(&said, theme::small(), p.text));
    });
    ui.add_space(S8);
    if answer.body.is_empty() {
        wrapped(ui, words.empty_answer, theme::small(), p.text_3);
        return;
    }
    sunken(ui, |ui| {
        ui.set_width(ui.available_width());
        let area = ScrollArea::vertical().id_salt("answer").max_height(HIGHEST);
        area.show(ui, |ui| {
            wrapped(ui, &answer.body, theme::mono_small(), p.text_2);
        });
    });
    if answer.truncated {
        note_ui(ui, cx, say::first_of_answer(cx.text.lang));
    }
}

fn send_ui(ui: &mut Ui, cx: &Cx<'_>, moment: Moment, out: &mut Actions) {
    let (words, replay) = (cx.text.accounts, &cx.state.live.replay);
    let name = if replay.answer.is_some() {
        words.send_again
    } else {
        words.send
    };
    let button = Button::primary(name).icon(icons::ARROW_SQUARE_OUT);
    let ready = replay.can_send();
    let mut send = ui.add_enabled(ready, button);
    if !ready && !replay.sending {
        let why = match replay.raw {
            Some(_) => words.fault_url,
            None => words.nothing_chosen,
        };
        send = send.on_disabled_hover_text(why);
    }
    if ready && (send.clicked() || moment.entered) {
        out.push(ask(ReplayAction::Send));
    }
}

fn said_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let (p, words) = (cx.palette, cx.text.accounts);
    if cx.state.live.replay.sending {
        spinner(ui, words.sending);
        ui.add_space(S12 - S8);
        label(ui, &Line::new(words.sending, theme::small(), p.text_2));
    }
}
