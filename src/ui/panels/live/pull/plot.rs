//! Requests a second over the last minute, under the limit's line.

use egui::{Align, Rect, Role, Sense, Shape, Stroke, Ui, pos2, vec2};

use crate::state::TaskPulling;
use crate::ui::Cx;
use crate::ui::panels::live::parts::heading_ui;
use crate::ui::theme::{self, HAIRLINE};
use crate::ui::widgets::{Line, named, paint_line};

const HEIGHT: f32 = 58.0;
/// Room at the right for the limit's number.
const AXIS: f32 = 32.0;
/// Seconds across.
const ACROSS: usize = 60;

pub(super) fn plot_ui(ui: &mut Ui, cx: &Cx<'_>, pull: &TaskPulling, caption: &str) {
    let title = cx.text.live.requests;
    heading_ui(ui, title, caption);
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    named(&response, Role::Image, &format!("{title}, {caption}"));
    let plot = rect.with_max_x(rect.right() - AXIS);
    let limit = pull.profile.rate_per_second.max(1);
    paint_bars(ui, cx, plot, (pull, limit));
    paint_limit(ui, cx, (rect, plot), limit);
}

fn paint_bars(ui: &Ui, cx: &Cx<'_>, plot: Rect, (pull, limit): (&TaskPulling, u32)) {
    let step = plot.width() / ACROSS as f32;
    // Bursts go over the limit by little; they end at the top.
    for (at, count) in pull.requests().enumerate().take(ACROSS) {
        let share = (count as f32 / limit as f32).min(1.0);
        let left = plot.left() + at as f32 * step;
        let top = plot.bottom() - (plot.height() - 2.0) * share;
        let bar = Rect::from_min_max(pos2(left, top), pos2(left + step - 1.5, plot.bottom()));
        if count > 0 {
            ui.painter().rect_filled(bar, 1.0, cx.palette.run.soft);
        }
    }
}

fn paint_limit(ui: &Ui, cx: &Cx<'_>, (rect, plot): (Rect, Rect), limit: u32) {
    let p = cx.palette;
    let dash = Stroke::new(HAIRLINE, p.text_3);
    let ends = [plot.left_top(), plot.right_top()];
    ui.painter()
        .extend(Shape::dashed_line(&ends, dash, 3.0, 3.0));
    let base = Stroke::new(HAIRLINE, p.line);
    ui.painter().hline(plot.x_range(), plot.bottom(), base);
    let number = limit.to_string();
    let line = Line::new(&number, theme::axis(), p.text_2);
    let place = Rect::from_min_max(plot.right_top(), pos2(rect.right(), plot.top() + 14.0));
    paint_line(ui.painter(), place, Align::Max, &line);
}
