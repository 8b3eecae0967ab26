//! Strips of one line, each leading somewhere; several may share the line.

use egui::{Align, Rect, Sense, Ui, pos2, vec2};

use super::clickable;
use crate::model::ArchiveFault;
use crate::state::{
    Action, ArchiveAction, ListenAction, LiveAction, Queue, QueueAction, TaskPulling,
};
use crate::text::{borrowing, live as say};
use crate::ui::panels::live::parts::{leftward, stop_named_ui, whole_secs};
use crate::ui::panels::place::within;
use crate::ui::theme::{ICON_CONTROL, S4, S8, S12};
use crate::ui::widgets::{Line, Tone, paint_line};
use crate::ui::{Actions, Cx, icons, theme};

pub(super) const HEIGHT: f32 = 36.0;

/// One statement, where a click on it leads, and how it is ended.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    icon: &'static str,
    tone: Tone,
    words: String,
    click: Action,
    /// Told on hovering, where the words do not say it.
    hint: Option<String>,
    stop: Option<Stop>,
}

#[derive(Clone, Debug)]
struct Stop {
    /// What is spoken.
    name: &'static str,
    action: Action,
}

/// What goes on, the more dangerous first.
pub(super) fn cells(cx: &Cx<'_>) -> Vec<Cell> {
    let pulls = cx.state.live.pulls.iter();
    let running = pulls.filter(|pull| pull.phase.is_under_way());
    let queue = queue_cell(cx).into_iter();
    let pulls = running.map(|pull| pull_cell(cx, pull));
    queue.chain(pulls).chain(listener_cell(cx)).collect()
}

/// That events are hidden, or return soon.
pub(super) fn queue_cell(cx: &Cx<'_>) -> Option<Cell> {
    let (words, millis) = (cx.text.live, cx.state.millis);
    let queue = cx.state.live.queue.as_ref()?;
    let cell = Cell {
        icon: icons::WARNING,
        tone: Tone::Part,
        words: words.queue_title.to_owned(),
        click: Action::Live(LiveAction::Show(Some(queue.source))),
        hint: Some(words.queue_hidden_note.to_owned()),
        stop: Some(Stop {
            name: words.stop,
            action: Action::Live(LiveAction::Queue(QueueAction::Stop)),
        }),
    };
    if queue.is_open() {
        let left = super::super::queue::live_left(queue, millis, cx.text);
        let words = left.unwrap_or(cell.words);
        return Some(Cell { words, ..cell });
    }
    let hidden = queue.hidden(millis);
    let unlisted = queue.unlisted(millis);
    let words = match unlisted {
        _ if queue.is_ending() => borrowing::stopping(cx.text.lang),
        Some((most, left)) if hidden == 0 => {
            borrowing::stopped_unlisted(cx.text.lang, most, left.div_ceil(1_000))
        }
        _ => borrowing::stopped(cx.text.lang, hidden, last_secs(queue, millis)),
    };
    let is_told = hidden > 0 || queue.is_ending() || unlisted.is_some();
    is_told.then(|| Cell {
        icon: icons::TRAY,
        words,
        hint: None,
        stop: None,
        ..cell
    })
}

/// Seconds until the last hidden event has returned.
fn last_secs(queue: &Queue, millis: u64) -> u64 {
    let hidden = queue.batches.iter();
    let hidden = hidden.filter(|batch| batch.hidden(millis) > 0);
    let last = hidden.map(|batch| batch.left_millis(millis)).max();
    whole_secs(last.unwrap_or(0))
}

fn pull_cell(cx: &Cx<'_>, pull: &TaskPulling) -> Cell {
    let strip = super::rows(pull, cx.state.now_unix, cx.text);
    let parts = [strip.title, &strip.count, &strip.rate];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Cell {
        icon: icons::CLOUD_ARROW_DOWN,
        tone: Tone::Run,
        words: parts.join(" · "),
        click: Action::Live(LiveAction::Show(Some(pull.source))),
        hint: Some(strip.account),
        stop: None,
    }
}

pub(super) fn listener_cell(cx: &Cx<'_>) -> Option<Cell> {
    let listener = &cx.state.live.listener;
    let bound = listener.bound.map(|addr| addr.to_string());
    let addr = bound.as_deref().unwrap_or(&listener.address);
    listener.is_on().then(|| Cell {
        icon: icons::GLOBE,
        tone: Tone::Run,
        words: borrowing::receiving(cx.text.lang, addr, listener.received),
        click: Action::Live(LiveAction::Show(listener.source)),
        hint: None,
        stop: Some(Stop {
            name: cx.text.accounts.listen_stop,
            action: Action::Live(LiveAction::Listen(ListenAction::Stop)),
        }),
    })
}

/// What keeps live sources from storing anything.
pub(super) fn archive_cell(cx: &Cx<'_>) -> Option<Cell> {
    let why = say::archive_fault(cx.text.lang, archive_fault(cx)?);
    let colon = cx.text.lang.pick(": ", "：");
    Some(Cell {
        icon: icons::WARNING,
        tone: Tone::Fail,
        words: format!("{}{colon}{why}", cx.text.live.archive_trouble),
        click: Action::Live(LiveAction::Archive(ArchiveAction::Open)),
        hint: None,
        stop: None,
    })
}

fn archive_fault<'a>(cx: &Cx<'a>) -> Option<&'a ArchiveFault> {
    let live = &cx.state.live;
    let queue = live.queue.as_ref().filter(|queue| queue.is_open());
    let asked = live.archive.stats.as_ref();
    queue
        .and_then(|queue| queue.archive_fault.as_ref())
        .or(live.listener.archive_fault.as_ref())
        .or_else(|| asked.and_then(|stats| stats.as_ref().err()))
}

/// Draws them beside each other on one line.
pub(super) fn row_ui(ui: &mut Ui, cx: &Cx<'_>, cells: &[Cell], out: &mut Actions) {
    if cells.is_empty() {
        return;
    }
    let size = vec2(ui.available_width(), HEIGHT);
    let (row, _) = ui.allocate_exact_size(size, Sense::hover());
    let width = row.width() / cells.len() as f32;
    for (at, cell) in cells.iter().enumerate() {
        let left = row.left() + width * at as f32;
        let place = Rect::from_min_size(pos2(left, row.top()), vec2(width, HEIGHT));
        cell_ui(ui, cx, place, cell, out);
    }
}

fn cell_ui(ui: &mut Ui, cx: &Cx<'_>, rect: Rect, cell: &Cell, out: &mut Actions) {
    let p = cx.palette;
    let status = match cell.tone {
        Tone::Fail => &p.fail,
        Tone::Part => &p.part,
        _ => &p.run,
    };
    let mut response = clickable(ui, rect, status, &cell.words);
    let inner = rect.shrink2(vec2(S12, 0.0));
    let right = stop_cell_ui(ui, cx, inner, cell.stop.as_ref(), out);
    let mark = inner.with_max_x(inner.left() + ICON_CONTROL);
    let icon = Line::new(cell.icon, theme::icon(ICON_CONTROL), status.text);
    paint_line(ui.painter(), mark, Align::Center, &icon);
    let words = Line::new(&cell.words, theme::small_strong(), status.text);
    let room = Rect::from_x_y_ranges(mark.right() + S8..=right, inner.y_range());
    let cut = paint_line(ui.painter(), room, Align::Min, &words).cut;
    let whole = cut.then_some(cell.words.as_str());
    let hint: Vec<&str> = whole.into_iter().chain(cell.hint.as_deref()).collect();
    if !hint.is_empty() {
        response = response.on_hover_text(hint.join("\n"));
    }
    if response.clicked() {
        out.push(cell.click.clone());
    }
}

/// The button at the right, which is never cut; where the words end.
fn stop_cell_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    inner: Rect,
    stop: Option<&Stop>,
    out: &mut Actions,
) -> f32 {
    let Some(stop) = stop else {
        return inner.right();
    };
    let words = cx.text.live.stop;
    let right = inner.expand2(vec2(S4, 0.0));
    let response = within(ui, right, leftward(), |ui| {
        stop_named_ui(ui, cx, (words, stop.name))
    });
    if response.clicked() {
        out.push(stop.action.clone());
    }
    response.rect.left() - S8
}
