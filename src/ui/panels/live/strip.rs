//! Strips in the head of the list: what is being pulled, borrowed and received, and that nothing
//! can be stored.

use egui::{Align, CursorIcon, Rect, Response, Role, Sense, Stroke, Ui, Vec2, pos2, vec2};

use super::super::place::within;
use super::parts::{leftward, link_ui, rightward, stop_ui, whole_secs};
use super::pull::done;
use crate::model::ArchiveFault;
use crate::state::{
    Action, ArchiveAction, ListAction, LiveAction, PullPhase, Queue, QueueAction, TaskPulling,
};
use crate::store::{FacetValue, Sense as FilterSense};
use crate::text::{Text, borrowing, live as say, pulling};
use crate::ui::theme::{self, HAIRLINE, ICON_CONTROL, Palette, S8, S12};
use crate::ui::widgets::{
    Line, Tone, focus_ring, label, named, paint_line, paint_tag, running_glyph, wrapped,
};
use crate::ui::{Actions, Cx, icons};

const PULL_HEIGHT: f32 = 68.0;
const LINE_HEIGHT: f32 = 30.0;

/// Everything live that must be known while the list is read; whether there is anything.
pub(in crate::ui::panels) fn strips_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) -> bool {
    let (live, top) = (&cx.state.live, ui.cursor().top());
    if let Some(queue) = &live.queue {
        borrowing_ui(ui, cx, queue, out);
    }
    let running = live.pulls.iter().filter(|pull| pull.phase.is_under_way());
    for pull in running {
        ui.push_id(pull.source.0, |ui| pulling_ui(ui, cx, pull, out));
    }
    if live.listener.is_on() {
        receiving_ui(ui, cx, out);
    }
    if let Some(fault) = archive_fault(cx) {
        archive_ui(ui, cx, fault, out);
    }
    ui.cursor().top() > top
}

/// A running pull in words.
#[derive(Debug, PartialEq)]
pub(super) struct PullStrip {
    pub(super) title: &'static str,
    pub(super) count: String,
    pub(super) part: f32,
    pub(super) account: String,
    pub(super) rate: String,
}

pub(super) fn rows(pull: &TaskPulling, now_unix: i64, text: &Text) -> PullStrip {
    let (lang, progress) = (text.lang, &pull.progress);
    let done = done(progress);
    let application = pull.profile.sub_app_id;
    let account = application.map_or_else(
        || pull.profile.name.clone(),
        |id| format!("{} / {id}", pull.profile.name),
    );
    let paused = pull.phase == PullPhase::Paused;
    PullStrip {
        title: if paused {
            text.live.pull_paused
        } else {
            text.live.pulling_tasks
        },
        count: pulling::done_of(lang, done, progress.listed),
        part: super::pull::share(done, progress.listed),
        account,
        rate: if paused {
            String::new()
        } else {
            pulling::rate_left(lang, pull.rate(now_unix), pull.secs_left(now_unix))
        },
    }
}

fn pulling_ui(ui: &mut Ui, cx: &Cx<'_>, pull: &TaskPulling, out: &mut Actions) {
    let strip = rows(pull, cx.state.now_unix, cx.text);
    let name = format!("{}, {}, {}", strip.title, strip.account, strip.count);
    let (rect, response) = ground(ui, &cx.palette.run, PULL_HEIGHT, &name);
    paint_pull(ui, cx, rect.shrink2(vec2(S12, 0.0)), &strip);
    if response.on_hover_text(cx.text.live.show_panel).clicked() {
        out.push(Action::Live(LiveAction::Show(Some(pull.source))));
    }
}

fn paint_pull(ui: &Ui, cx: &Cx<'_>, inner: Rect, strip: &PullStrip) {
    let (p, painter) = (cx.palette, ui.painter());
    let first = Rect::from_min_size(inner.min + vec2(0.0, 8.0), vec2(inner.width(), 20.0));
    let mark = Rect::from_center_size(
        first.left_center() + vec2(ICON_CONTROL / 2.0, 0.0),
        Vec2::splat(ICON_CONTROL),
    );
    running_glyph(painter, mark, Some(strip.part), p);
    let title = Line::new(strip.title, theme::strong(), p.run.text);
    let at = first.with_min_x(mark.right() + S8);
    let titled = paint_line(painter, at, Align::Min, &title).rect;
    let tag = pos2(titled.right() + S8, first.center().y);
    paint_tag(painter, tag, cx.text.live.read_only, Tone::Ok, p);
    let count = Line::new(&strip.count, theme::mono(), p.text);
    paint_line(painter, first, Align::Max, &count);
    let track = Rect::from_min_size(inner.min + vec2(0.0, 34.0), vec2(inner.width(), 4.0));
    painter.rect_filled(track, theme::RADIUS_BAR, p.run.soft);
    let part = track.with_max_x(track.left() + track.width() * strip.part);
    painter.rect_filled(part, theme::RADIUS_BAR, p.run.fill);
    let last = Rect::from_min_size(inner.min + vec2(0.0, 44.0), vec2(inner.width(), 16.0));
    let rate = Line::new(&strip.rate, theme::small(), p.text_2);
    let rated = paint_line(painter, last, Align::Max, &rate).rect;
    let account = Line::new(&strip.account, theme::small(), p.text_2).middle();
    paint_line(
        painter,
        last.with_max_x(rated.left() - S8),
        Align::Min,
        &account,
    );
}

/// A strip across the list that can be clicked.
fn ground(ui: &mut Ui, status: &theme::Status, height: f32, name: &str) -> (Rect, Response) {
    let size = vec2(ui.available_width(), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    named(&response, Role::Button, name);
    paint_ground(ui, rect, status);
    let inner = response
        .clone()
        .with_new_rect(rect.shrink(theme::FOCUS_RING));
    focus_ring(ui, &inner, egui::CornerRadius::ZERO);
    (rect, response.on_hover_cursor(CursorIcon::PointingHand))
}

fn paint_ground(ui: &Ui, rect: Rect, status: &theme::Status) {
    ui.painter().rect_filled(rect, 0.0, status.bg);
    let line = Stroke::new(HAIRLINE, status.soft);
    let y = rect.bottom() - HAIRLINE / 2.0;
    ui.painter().hline(rect.x_range(), y, line);
}

/// That events are hidden from their consumer, and how to end it.
fn borrowing_ui(ui: &mut Ui, cx: &Cx<'_>, queue: &Queue, out: &mut Actions) {
    if queue.is_open() {
        open_queue_ui(ui, cx, queue, out);
        return;
    }
    let hidden = queue.hidden(cx.state.millis);
    if hidden > 0 {
        let last = queue.batches.iter().map(|batch| {
            if batch.hidden(cx.state.millis) > 0 {
                batch.left_millis(cx.state.millis)
            } else {
                0
            }
        });
        let secs = whole_secs(last.max().unwrap_or(0));
        let words = borrowing::stopped(cx.text.lang, hidden, secs);
        if line_ui(ui, cx, (icons::TRAY, Tone::Part), &words).clicked() {
            out.push(Action::Live(LiveAction::Show(Some(queue.source))));
        }
    }
}

fn open_queue_ui(ui: &mut Ui, cx: &Cx<'_>, queue: &Queue, out: &mut Actions) {
    let (p, words) = (cx.palette, cx.text.live);
    let frame = egui::Frame::new()
        .fill(p.part.bg)
        .inner_margin(egui::Margin::symmetric(12, 8));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let size = vec2(ui.available_width(), theme::BUTTON_HEIGHT);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        within(ui, rect, leftward(), |ui| {
            if stop_ui(ui, cx, words.stop).clicked() {
                out.push(Action::Live(LiveAction::Queue(QueueAction::Stop)));
            }
            ui.with_layout(rightward(), |ui| {
                let icon = Line::new(icons::WARNING, theme::icon(ICON_CONTROL), p.part.text);
                label(ui, &icon);
                ui.add_space(S8);
                let title = Line::new(words.queue_title, theme::strong(), p.part.text);
                label(ui, &title);
            });
        });
        ui.add_space(4.0);
        wrapped(ui, words.queue_hidden_note, theme::small(), p.text_2);
        live_ui(ui, cx, queue);
        links_ui(ui, cx, queue, out);
    });
    let rect = shown.response.rect;
    let line = Stroke::new(HAIRLINE, p.part.soft);
    let y = rect.bottom() - HAIRLINE / 2.0;
    ui.painter().hline(rect.x_range(), y, line);
}

/// What is left of the limit while the queue is pulled by itself.
fn live_ui(ui: &mut Ui, cx: &Cx<'_>, queue: &Queue) {
    if let Some(left) = super::queue::live_left(queue, cx.state.millis, cx.text) {
        ui.add_space(4.0);
        wrapped(ui, &left, theme::small_strong(), cx.palette.part.text);
    }
}

/// Ways to the queue alone, where the list or the pane shows something else.
fn links_ui(ui: &mut Ui, cx: &Cx<'_>, queue: &Queue, out: &mut Actions) {
    let hidden = cx.state.live.shown != Some(queue.source);
    let mixed = super::listed_queue(cx).is_none();
    if !hidden && !mixed {
        return;
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = S12;
        if hidden && link_ui(ui, cx.text.live.show_panel) {
            out.push(Action::Live(LiveAction::Show(Some(queue.source))));
        }
        if mixed && link_ui(ui, cx.text.live.only_these) {
            out.push(Action::List(ListAction::Filter {
                value: FacetValue::Source(queue.source),
                sense: FilterSense::Include,
            }));
        }
    });
}

fn receiving_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let listener = &cx.state.live.listener;
    let addr = listener
        .bound
        .map_or_else(|| listener.address.clone(), |addr| addr.to_string());
    let words = borrowing::receiving(cx.text.lang, &addr, listener.received);
    if line_ui(ui, cx, (icons::GLOBE, Tone::Run), &words).clicked() {
        out.push(Action::Live(LiveAction::Show(listener.source)));
    }
}

/// What keeps live sources from storing anything.
fn archive_fault<'a>(cx: &Cx<'a>) -> Option<&'a ArchiveFault> {
    let live = &cx.state.live;
    let queue = live.queue.as_ref().filter(|queue| queue.is_open());
    let asked = live.archive.stats.as_ref();
    queue
        .and_then(|queue| queue.archive_fault.as_ref())
        .or(live.listener.archive_fault.as_ref())
        .or_else(|| asked.and_then(|stats| stats.as_ref().err()))
}

fn archive_ui(ui: &mut Ui, cx: &Cx<'_>, fault: &ArchiveFault, out: &mut Actions) {
    let why = say::archive_fault(cx.text.lang, fault);
    let words = format!(
        "{}{}{why}",
        cx.text.live.archive_trouble,
        cx.text.lang.pick(": ", "：")
    );
    let response = line_ui(ui, cx, (icons::WARNING, Tone::Fail), &words);
    if response.on_hover_text(why).clicked() {
        out.push(Action::Live(LiveAction::Archive(ArchiveAction::Open)));
    }
}

/// A strip of one line that leads somewhere.
fn line_ui(ui: &mut Ui, cx: &Cx<'_>, (icon, tone): (&str, Tone), words: &str) -> Response {
    let p: &Palette = cx.palette;
    let status = match tone {
        Tone::Fail => &p.fail,
        Tone::Part => &p.part,
        _ => &p.run,
    };
    let (rect, response) = ground(ui, status, LINE_HEIGHT, words);
    let inner = rect.shrink2(vec2(S12, 0.0));
    let mark = inner.with_max_x(inner.left() + ICON_CONTROL);
    let icon = Line::new(icon, theme::icon(ICON_CONTROL), status.text);
    paint_line(ui.painter(), mark, Align::Center, &icon);
    let words = Line::new(words, theme::small_strong(), status.text);
    let painted = paint_line(
        ui.painter(),
        inner.with_min_x(mark.right() + S8),
        Align::Min,
        &words,
    );
    if painted.cut {
        return response.on_hover_text(words.text());
    }
    response
}
