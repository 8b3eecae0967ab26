//! Tasks over time above the list; dragging across it selects a span of time.

mod axis;
mod bars;

use egui::{Align, CursorIcon, Id, Rect, Response, Role, Sense, Ui, Vec2, pos2, vec2};

use crate::model::Verdict;
use crate::state::{Action, ListAction};
use crate::store::{Bar, Histogram};
use crate::text::frame;
use crate::ui::theme::{self, S4, S8, S12};
use crate::ui::widgets::{Line, line_width, memo, named, paint_line};
use crate::ui::{Actions, Cx};
use axis::Tick;
use bars::Bars;

/// Height of the strip with its caption and its axis.
pub(super) const HEIGHT: f32 = 88.0;
const CAPTION: f32 = 18.0;
const PLOT: f32 = 44.0;

/// The strip under the list's header.
pub(super) fn histogram_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let view = &cx.state.list.view;
    if view.total == 0 {
        return;
    }
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let inner = rect.shrink2(vec2(S12, 0.0));
    let histogram = &view.histogram;
    if view.is_empty() {
        return;
    }
    if histogram.bars.is_empty() {
        let line = Line::new(cx.text.list.no_time, theme::small(), cx.palette.text_3);
        paint_line(ui.painter(), inner, Align::Min, &line);
        return;
    }
    let caption = Rect::from_min_size(inner.min, vec2(inner.width(), CAPTION));
    caption_ui(ui, cx, caption);
    let top = caption.bottom() + S4;
    let plot = Rect::from_min_size(pos2(inner.left(), top), vec2(inner.width(), PLOT));
    plot_ui(ui, cx, plot, out);
    axis_ui(ui, cx, plot);
}

/// The bars alone, for the header of the narrow list.
pub(super) fn small_histogram_ui(ui: &mut Ui, cx: &Cx<'_>, size: Vec2, out: &mut Actions) {
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    if !cx.state.list.view.histogram.bars.is_empty() {
        plot_ui(ui, cx, rect, out);
    }
}

fn caption_ui(ui: &Ui, cx: &Cx<'_>, rect: Rect) {
    let p = cx.palette;
    let histogram = &cx.state.list.view.histogram;
    let from = i64::from(histogram.bar_start(0));
    let to = i64::from(histogram.bar_start(histogram.bars.len()));
    let range = frame::span(cx.text.lang, from, to, cx.text.zone);
    let legend = legend(cx);
    let line = Line::new(&legend, theme::small(), p.text_2);
    let painted = paint_line(ui.painter(), rect, Align::Max, &line).rect;
    let mut right = painted.left() - 6.0;
    for color in [p.fail.fill, p.part.fill] {
        let center = pos2(right - 4.0, rect.center().y);
        let square = Rect::from_center_size(center, Vec2::splat(8.0));
        ui.painter().rect_filled(square, 2.0, color);
        right -= 11.0;
    }
    let line = Line::new(&range, theme::small(), p.text_2);
    paint_line(ui.painter(), rect.with_max_x(right - S8), Align::Min, &line);
}

fn legend(cx: &Cx<'_>) -> String {
    let view = &cx.state.list.view;
    let failed = view.count(Verdict::Failed) + view.count(Verdict::PartlyFailed);
    // How a task ends that was only listed, or still runs, nobody knows.
    let all = failed + view.count(Verdict::Ok);
    if failed == all {
        frame::failed_count(cx.text.lang, failed)
    } else {
        frame::failed_share(cx.text.lang, failed, all)
    }
}

fn plot_ui(ui: &Ui, cx: &Cx<'_>, rect: Rect, out: &mut Actions) {
    let histogram = &cx.state.list.view.histogram;
    let bars = Bars::new(rect, histogram);
    let id = ui.scope_id().with("histogram");
    let response = ui.interact(rect, id, Sense::click_and_drag());
    named(&response, Role::Image, cx.text.list.histogram);
    bars.paint(ui.painter(), cx.palette);
    let band = band(ui, &bars, &response);
    if let Some((first, last)) = band {
        bars.paint_band(ui.painter(), (first, last), cx.palette);
    }
    answer(cx, &bars, &response, band, out);
    tooltip(cx, &bars, response);
}

/// The first and the last bar of what is being dragged over.
fn band(ui: &Ui, bars: &Bars<'_>, response: &Response) -> Option<(usize, usize)> {
    let key = Id::unique("histogram drag");
    if response.drag_started() {
        let origin = ui.input(|input| input.pointer.press_origin());
        ui.data_mut(|data| data.insert_temp(key, origin));
    }
    if !response.dragged() && !response.drag_stopped() {
        return None;
    }
    let origin: egui::Pos2 = ui.data(|data| data.get_temp(key)).flatten()?;
    let here = response.interact_pointer_pos()?;
    let (from, to) = (bars.nearest(origin.x), bars.nearest(here.x));
    Some((from.min(to), from.max(to)))
}

fn answer(
    cx: &Cx<'_>,
    bars: &Bars<'_>,
    response: &Response,
    band: Option<(usize, usize)>,
    out: &mut Actions,
) {
    if response.clicked() && cx.state.list.query.time.is_some() {
        out.push(Action::List(ListAction::SetTime(None)));
    }
    if let (true, Some((first, last))) = (response.drag_stopped(), band) {
        let span = bars.of.bar_start(first)..bars.of.bar_start(last + 1);
        out.push(Action::List(ListAction::SetTime(Some(span))));
    }
}

fn tooltip(cx: &Cx<'_>, bars: &Bars<'_>, response: Response) {
    let response = response.on_hover_cursor(CursorIcon::Crosshair);
    let Some(pointer) = response.hover_pos() else {
        return;
    };
    let index = bars.nearest(pointer.x);
    let Some(bar) = bars.of.bars.get(index).copied() else {
        return;
    };
    response.on_hover_ui_at_pointer(|ui| {
        let (lang, zone) = (cx.text.lang, cx.text.zone);
        let words = frame::bar_words(lang, bar.total(), failed(bar));
        crate::ui::widgets::strong(ui, &words);
        let from = i64::from(bars.of.bar_start(index));
        let to = i64::from(bars.of.bar_start(index + 1));
        crate::ui::widgets::small(ui, &frame::span(lang, from, to, zone));
    });
}

fn failed(bar: Bar) -> u32 {
    bar.failed + bar.partly_failed
}

fn axis_ui(ui: &Ui, cx: &Cx<'_>, plot: Rect) {
    let histogram = &cx.state.list.view.histogram;
    let ticks = memo(
        ui,
        "histogram axis",
        stamp(cx, histogram, plot.width()),
        || {
            let measure = |label: &str| line_width(ui.painter(), label, theme::axis());
            axis::ticks(histogram, plot.width(), cx.text, measure)
        },
    );
    let y = plot.bottom() + 10.0;
    for Tick { x, label } in ticks.iter() {
        let line = Line::new(label, theme::axis(), cx.palette.text_2);
        let place = Rect::from_min_max(
            pos2(plot.left() + x, y - 7.0),
            pos2(plot.right() + S12, y + 7.0),
        );
        paint_line(ui.painter(), place, Align::Min, &line);
    }
}

fn stamp(cx: &Cx<'_>, histogram: &Histogram, width: f32) -> u64 {
    use std::hash::{Hash as _, Hasher as _};
    let mut hasher = std::hash::DefaultHasher::new();
    (histogram.start, histogram.width_secs, histogram.bars.len()).hash(&mut hasher);
    (width.to_bits(), cx.text.lang as u8, cx.text.zone as u8).hash(&mut hasher);
    hasher.finish()
}
