//! What a pull met on its way, newest first; a click tells all of it.

use egui::{Align, Id, Rect, Role, Sense, Ui, WidgetInfo, vec2};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::state::{Message, MessageKind, TaskPulling};
use crate::text::{Text, format, live as say, pulling};
use crate::ui::panels::live::fault::{self, FaultRows};
use crate::ui::panels::live::parts::{heading_ui, request_id_ui};
use crate::ui::panels::place::within;
use crate::ui::theme::{self, ICON_INLINE, Palette, RADIUS_CHIP, S8, S12};
use crate::ui::widgets::{Line, caption, focus_ring, hairline, memo, paint_line};
use crate::ui::{Actions, Cx, icons};

/// Messages that are listed; older ones are counted.
const LISTED: usize = 50;
const HEIGHT: f32 = 32.0;
const CLOCK: f32 = 70.0;
const ID: f32 = 72.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Told,
    Waited,
    Failed,
}

#[derive(Debug)]
pub(super) struct MessageRow {
    /// Its place among all messages of the pull.
    number: u64,
    pub(super) weight: Weight,
    icon: &'static str,
    pub(super) time: String,
    /// The service's code, verbatim.
    pub(super) code: String,
    pub(super) words: String,
    pub(super) request_id: String,
    /// Everything else that is known, when there is more.
    fault: Option<FaultRows>,
}

pub(super) fn rows(pull: &TaskPulling, text: &Text) -> Vec<MessageRow> {
    let first = pull.older_messages;
    let numbers = first..first.saturating_add(count(&pull.messages));
    let newest = pull.messages.iter().rev().zip(numbers.rev()).take(LISTED);
    newest
        .map(|(message, number)| row(message, number, text))
        .collect()
}

fn count<T>(all: &[T]) -> u64 {
    u64::try_from(all.len()).unwrap_or(u64::MAX)
}

fn row(message: &Message, number: u64, text: &Text) -> MessageRow {
    let lang = text.lang;
    let told = |icon, words| MessageRow {
        number,
        weight: Weight::Told,
        icon,
        time: format::clock(message.unix, text.zone),
        code: String::new(),
        words,
        request_id: String::new(),
        fault: None,
    };
    match &message.kind {
        MessageKind::Retried(retry) => {
            let after = say::retried(lang, retry, message.count);
            let of = fault::rows(&retry.fault, retry.action, text);
            of_fault(told(icons::TIMER, after), of, Weight::Waited)
        }
        MessageKind::Failed { action, fault } => {
            let of = fault::rows(fault, action, text);
            let row = told(icons::WARNING, (*action).to_owned());
            of_fault(row, of, Weight::Failed)
        }
        MessageKind::ClockAhead { secs, request_id } => MessageRow {
            request_id: request_id.clone(),
            ..told(icons::INFO, say::clock_off(lang, *secs))
        },
        MessageKind::Forgotten(tasks) => told(icons::QUESTION, say::forgotten(lang, *tasks)),
        MessageKind::ListedAgain { request_id } => MessageRow {
            request_id: request_id.clone(),
            ..told(icons::INFO, pulling::listed_again(lang).to_owned())
        },
        MessageKind::NoSuchFile(id) => told(icons::QUESTION, pulling::no_such_file(lang, id)),
        MessageKind::ArchiveFailed(why) => MessageRow {
            weight: Weight::Failed,
            ..told(icons::WARNING, say::archive_fault(lang, why))
        },
    }
}

/// The code stands first; without one, the fault's sentence.
fn of_fault(row: MessageRow, fault: FaultRows, weight: Weight) -> MessageRow {
    let words = if fault.code.is_empty() {
        format!("{} {}", fault.message, row.words)
    } else {
        row.words
    };
    MessageRow {
        weight,
        code: fault.code.clone(),
        words,
        request_id: fault.request_id.clone(),
        fault: Some(fault),
        ..row
    }
}

pub(super) fn messages_ui(ui: &mut Ui, cx: &Cx<'_>, pull: &TaskPulling, out: &mut Actions) {
    let words = cx.text.live;
    let all = count(&pull.messages) + pull.older_messages;
    let told = match all {
        0 => String::new(),
        n => format::count(n),
    };
    heading_ui(ui, words.messages, &told);
    if pull.messages.is_empty() {
        caption(ui, words.no_messages);
        return;
    }
    let stamp = stamp(cx, pull);
    let rows = memo(ui, ("messages", pull.source.0), stamp, || {
        rows(pull, cx.text)
    });
    for row in rows.iter() {
        ui.push_id(("message", row.number), |ui| {
            row_ui(ui, cx, (pull, row), out);
        });
    }
    let listed = count(&rows);
    if all > listed {
        ui.add_space(S8);
        caption(ui, &pulling::older_messages(cx.text.lang, all - listed));
    }
}

/// Changes whenever the rows would.
fn stamp(cx: &Cx<'_>, pull: &TaskPulling) -> u64 {
    let mut hasher = DefaultHasher::new();
    let counts: u64 = pull.messages.iter().map(|m| u64::from(m.count)).sum();
    let last = pull.messages.last().map(|message| message.unix);
    (pull.messages.len(), pull.older_messages, counts, last).hash(&mut hasher);
    (cx.text.lang as u8, cx.text.zone as u8).hash(&mut hasher);
    hasher.finish()
}

fn row_ui(ui: &mut Ui, cx: &Cx<'_>, (pull, row): (&TaskPulling, &MessageRow), out: &mut Actions) {
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let id = Id::unique(("message", pull.source.0, row.number));
    let mut open: bool = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let spoken = format!("{} {} {}", row.time, row.code, row.words);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, open, &spoken));
    if response.hovered() && row.fault.is_some() {
        ui.painter()
            .rect_filled(rect, RADIUS_CHIP, cx.palette.bg_hover);
    }
    let beside = if row.request_id.is_empty() {
        0.0
    } else {
        ID + S8
    };
    let cut = paint_row(ui, cx, rect.with_max_x(rect.right() - beside), row);
    let place = rect.with_min_x(rect.right() - ID);
    within(ui, place, super::super::parts::leftward(), |ui| {
        request_id_ui(ui, cx, &row.request_id, out);
    });
    focus_ring(ui, &response, RADIUS_CHIP);
    if response.clicked() && row.fault.is_some() {
        open = !open;
        ui.data_mut(|data| data.insert_temp(id, open));
    }
    if let Some(hint) = hint(row, cut).filter(|_| !open) {
        response.on_hover_text(hint);
    }
    if let Some(fault) = row.fault.as_ref().filter(|_| open) {
        ui.add_space(S8);
        fault::words_ui(ui, cx, fault, out);
        ui.add_space(S8);
    }
    hairline(ui);
}

/// What hovering adds: the words where they had to be cut, and what to do.
fn hint(row: &MessageRow, cut: bool) -> Option<String> {
    let advice = row.fault.as_ref().and_then(|fault| fault.advice);
    match (cut, advice) {
        (true, Some(advice)) => Some(format!("{}\n{advice}", row.words)),
        (true, None) => Some(row.words.clone()),
        (false, advice) => advice.map(str::to_owned),
    }
}

/// Whether the words had to be cut.
fn paint_row(ui: &Ui, cx: &Cx<'_>, rect: Rect, row: &MessageRow) -> bool {
    let (p, painter): (&Palette, _) = (cx.palette, ui.painter());
    let color = match row.weight {
        Weight::Told => p.text_3,
        Weight::Waited => p.part.text,
        Weight::Failed => p.fail.text,
    };
    let icon = Line::new(row.icon, theme::icon(ICON_INLINE), color);
    let mark = rect.with_max_x(rect.left() + ICON_INLINE);
    paint_line(painter, mark, Align::Center, &icon);
    let mut room = rect.with_min_x(mark.right() + S12);
    let time = Line::new(&row.time, theme::mono(), p.text_3);
    paint_line(painter, room, Align::Min, &time);
    room.min.x += CLOCK;
    if !row.code.is_empty() {
        let code = Line::new(&row.code, theme::mono(), p.text);
        room.min.x = paint_line(painter, room, Align::Min, &code).rect.right() + S8;
    }
    let words = Line::new(&row.words, theme::small(), p.text_2);
    paint_line(painter, room, Align::Min, &words).cut
}
