//! What shows while something is awaited.

use std::time::Duration;

use egui::{Painter, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo, vec2};

use super::bars::bar;
use super::focus::named;
use super::glyph::{progress_arc, spinner_arc};
use crate::ui::theme::{ICON_CONTROL, Palette, RADIUS_CHIP, palette};

/// Motion is slow on purpose: each step redraws the window.
const STEP: Duration = Duration::from_millis(100);
const STEPS_A_TURN: f64 = 12.0;

/// A turning arc.
pub(crate) fn spinner(ui: &mut Ui, name: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(ICON_CONTROL), Sense::hover());
    named(&response, Role::ProgressIndicator, name);
    if ui.is_rect_visible(rect) {
        paint_spinner(ui, rect, None);
    }
    response
}

/// A ring in a place that was taken already: as far as `part`, or turning when that is not known.
pub(crate) fn paint_spinner(ui: &Ui, rect: Rect, part: Option<f32>) {
    if let Some(part) = part {
        progress_arc(ui.painter(), rect, part, palette(ui));
        return;
    }
    let step = (ui.input(|input| input.time) / STEP.as_secs_f64()).floor();
    let turn = super::scroll::points((step / STEPS_A_TURN).fract());
    spinner_arc(ui.painter(), rect, turn, palette(ui));
    ui.ctx().request_repaint_after(STEP);
}

/// The ground of something that is about to come.
pub(crate) fn skeleton(ui: &mut Ui, size: Vec2) -> Response {
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    paint_skeleton(ui.painter(), rect, palette(ui));
    response
}

pub(crate) fn paint_skeleton(painter: &Painter, rect: Rect, p: &Palette) {
    painter.rect_filled(rect, RADIUS_CHIP, p.bg_track);
}

/// A thin bar of progress, from 0 to 1, as wide as there is room.
pub(crate) fn progress_line(ui: &mut Ui, part: f32, name: &str) -> Response {
    const HEIGHT: f32 = 4.0;
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let p = palette(ui);
    bar(ui.painter(), rect, part, p.accent, p);
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ProgressIndicator, true, name);
        info.value = Some(f64::from(part.clamp(0.0, 1.0)));
        info
    });
    response
}
