//! The window: bars, rail, list and detail, laid out for its width.

use egui::{
    CentralPanel, Frame, Id, LayerId, Order, Panel, Rect, Stroke, StrokeKind, Ui, Vec2, vec2,
};

use crate::state::{Action, AppAction, AppState, Dialog, LiveAction, Pane, QueueAction};

use super::textures::Textures;
use super::theme::{self, HAIRLINE, RADIUS_BAR};
use super::{Actions, Cx, Layout, dialogs, keys, panels};

const TOP_BAR: f32 = 48.0;
const STATUS_BAR: f32 = 24.0;
const RAIL: f32 = 216.0;
const RAIL_COLLAPSED: f32 = 48.0;
const LIST: std::ops::RangeInclusive<f32> = 340.0..=560.0;
/// Share of the height the list takes when it stands above the detail.
const NARROW_LIST_SHARE: f32 = 0.4;

/// Draws the whole window and returns what was asked for.
pub(crate) fn window_ui(ui: &mut Ui, state: &AppState, textures: &Textures) -> Actions {
    let text = state.text();
    let cx = Cx {
        state,
        text: &text,
        palette: theme::palette(ui),
        textures,
    };
    let mut out = Actions::new();
    keys::handle(ui, &cx, &mut out);
    stop_on_escape(state, &mut out);
    dialogs::want_first(&cx);
    let layout = Layout::of_width(ui.ctx().content_rect().width());
    bars_ui(ui, &cx, &mut out);
    let body = ui.available_rect_before_wrap();
    if !state.sources.hovering.is_empty() {
        central(ui, &cx, |ui| {
            panels::drop_target::drop_target_ui(ui, &cx);
        });
    } else if nothing_open(state) {
        central(ui, &cx, |ui| {
            panels::first_run::first_run_ui(ui, &cx, &mut out);
        });
    } else {
        body_ui(ui, &cx, layout, &mut out);
    }
    if !has_rail(&cx, layout) {
        drawer_ui(ui, &cx, body, &mut out);
    }
    dialogs::dialogs_ui(ui, &cx, &mut out);
    panels::toasts::toasts_ui(ui, &cx, &mut out);
    paint_frame(ui, &cx);
    out
}

/// Where the rail has no place of its own, asking for it opens it over the list.
fn drawer_ui(ui: &Ui, cx: &Cx<'_>, body: Rect, out: &mut Actions) {
    let asked = |action: &Action| matches!(action, Action::App(AppAction::ToggleRail));
    if out.iter().any(asked) {
        out.retain(|action| !asked(action));
        panels::rail::drawer::toggle(ui.ctx());
    }
    panels::rail::drawer::drawer_ui(ui, cx, body, RAIL, out);
}

/// Whether the rail may stand open beside the list: what is borrowed needs the room more.
fn has_rail(cx: &Cx<'_>, layout: Layout) -> bool {
    layout == Layout::Wide && !cx.state.live.is_borrowing()
}

fn nothing_open(state: &AppState) -> bool {
    state.sources.list.is_empty() && state.sources.opening == 0
}

fn bars_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let frame = Frame::new().fill(cx.palette.bg_app);
    let top = Panel::top("top-bar")
        .exact_size(TOP_BAR)
        .resizable(false)
        .show_separator_line(false)
        .frame(frame)
        .show(ui, |ui| panels::top_bar::top_bar_ui(ui, cx, out));
    hairline_below(ui, cx, top.response.rect);
    let status = Panel::bottom("status-bar")
        .exact_size(STATUS_BAR)
        .resizable(false)
        .show_separator_line(false)
        .frame(frame)
        .show(ui, |ui| panels::status_bar::status_bar_ui(ui, cx, out));
    hairline_above(ui, cx, status.response.rect);
}

fn body_ui(ui: &mut Ui, cx: &Cx<'_>, layout: Layout, out: &mut Actions) {
    match layout {
        Layout::Narrow => narrow_ui(ui, cx, out),
        Layout::Wide | Layout::Medium => {
            rail_ui(ui, cx, layout, out);
            list_ui(ui, cx, out);
            central(ui, cx, |ui| detail_or_report_ui(ui, cx, out));
        }
    }
}

fn rail_ui(ui: &mut Ui, cx: &Cx<'_>, layout: Layout, out: &mut Actions) {
    let open = cx.state.settings.rail_open && has_rail(cx, layout);
    let width = if open { RAIL } else { RAIL_COLLAPSED };
    let rail = Panel::left("rail")
        .exact_size(width)
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::new().fill(cx.palette.bg_app))
        .show(ui, |ui| {
            if open {
                panels::rail::rail_ui(ui, cx, out);
            } else {
                panels::rail::rail_collapsed_ui(ui, cx, out);
            }
        });
    hairline_right(ui, cx, rail.response.rect);
}

fn list_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let list = Panel::left("list")
        .default_size(cx.state.settings.list_width)
        .size_range(LIST)
        .resizable(true)
        .show_separator_line(false)
        .frame(Frame::new().fill(cx.palette.bg_panel))
        .show(ui, |ui| panels::list::list_ui(ui, cx, Layout::Wide, out));
    let width = list.response.rect.width();
    if (width - cx.state.settings.list_width).abs() > 0.5 && ui.input(|i| i.pointer.any_released())
    {
        out.push(Action::App(AppAction::SetListWidth(width)));
    }
    hairline_right(ui, cx, list.response.rect);
}

fn narrow_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let height = ui.available_height();
    let least = panels::list::narrow_least_height(cx);
    let list = Panel::top("list-narrow")
        .default_size((height * NARROW_LIST_SHARE).max(least))
        .size_range(least..=(height - 200.0).max(least + 1.0))
        .resizable(true)
        .show_separator_line(false)
        .frame(Frame::new().fill(cx.palette.bg_panel))
        .show(ui, |ui| {
            // A list with nothing to draw yet is as high as it will be.
            let whole = ui.max_rect();
            panels::list::list_ui(ui, cx, Layout::Narrow, out);
            ui.expand_to_include_rect(whole);
        });
    hairline_below(ui, cx, list.response.rect);
    central(ui, cx, |ui| detail_or_report_ui(ui, cx, out));
    // Last, since it stands on both sides of the line.
    paint_grip(ui, cx, list.response.rect);
}

fn detail_or_report_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let rect = ui.max_rect();
    let pressed = ui.input(|input| input.pointer.primary_pressed());
    if pressed && ui.rect_contains_pointer(rect) && cx.state.focus != Pane::Detail {
        out.push(Action::App(AppAction::SetFocus(Pane::Detail)));
    }
    if cx.state.dialog == Some(Dialog::LoadReport) {
        panels::load_report::load_report_ui(ui, cx, out);
        return;
    }
    let shown = cx.state.live.shown;
    if !shown.is_some_and(|source| panels::live::live_ui(ui, cx, source, out)) {
        panels::detail::detail_ui(ui, cx, out);
    }
}

/// Esc ends borrowing at once, unless it leaves a dialog or the query first.
fn stop_on_escape(state: &AppState, out: &mut Actions) {
    let lies_over = state.dialog.is_some() || state.previews.lightbox.is_some();
    let leaves_something = lies_over || state.focus == Pane::Query;
    if leaves_something || !state.live.is_borrowing() {
        return;
    }
    for action in out {
        if matches!(action, Action::App(AppAction::Escape)) {
            *action = Action::Live(LiveAction::Queue(QueueAction::Stop));
        }
    }
}

/// While events are hidden from their consumer, the whole window says so.
fn paint_frame(ui: &Ui, cx: &Cx<'_>) {
    const WIDTH: f32 = 3.0;
    const WIDTH_LIVE: f32 = 5.0;
    let Some(queue) = cx.state.live.queue.as_ref().filter(|queue| queue.is_open()) else {
        return;
    };
    let width = if queue.live.is_some() {
        WIDTH_LIVE
    } else {
        WIDTH
    };
    let layer = LayerId::new(Order::Foreground, Id::unique("borrowing frame"));
    let painter = ui.ctx().layer_painter(layer);
    let stroke = Stroke::new(width, cx.palette.part.fill);
    let rect = ui.ctx().content_rect();
    painter.rect_stroke(rect, 0.0, stroke, StrokeKind::Inside);
}

fn central(ui: &mut Ui, cx: &Cx<'_>, content: impl FnOnce(&mut Ui)) {
    CentralPanel::default()
        .frame(Frame::new().fill(cx.palette.bg_panel))
        .show(ui, content);
}

/// Says that the line under the list can be dragged.
fn paint_grip(ui: &Ui, cx: &Cx<'_>, list: Rect) {
    const GRIP: Vec2 = vec2(32.0, 4.0);
    let grip = Rect::from_center_size(list.center_bottom(), GRIP);
    ui.painter()
        .rect_filled(grip, RADIUS_BAR, cx.palette.line_strong);
}

fn hairline_below(ui: &Ui, cx: &Cx<'_>, rect: Rect) {
    let line = Stroke::new(HAIRLINE, cx.palette.line);
    ui.painter()
        .hline(rect.x_range(), rect.bottom() - HAIRLINE / 2.0, line);
}

fn hairline_above(ui: &Ui, cx: &Cx<'_>, rect: Rect) {
    let line = Stroke::new(HAIRLINE, cx.palette.line);
    ui.painter()
        .hline(rect.x_range(), rect.top() + HAIRLINE / 2.0, line);
}

fn hairline_right(ui: &Ui, cx: &Cx<'_>, rect: Rect) {
    let line = Stroke::new(HAIRLINE, cx.palette.line);
    ui.painter()
        .vline(rect.right() - HAIRLINE / 2.0, rect.y_range(), line);
}
