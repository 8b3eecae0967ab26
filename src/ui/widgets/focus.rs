//! What makes a painted control reachable: its focus ring, its name, its role.

use egui::{CornerRadius, Painter, Rect, Response, Role, Stroke, StrokeKind, Ui, WidgetInfo};

use crate::ui::theme::{FOCUS_RING, HAIRLINE, Palette, palette};

/// Draws the ring around a control that has the keyboard.
pub(crate) fn focus_ring(ui: &Ui, response: &Response, radius: CornerRadius) {
    if response.has_focus() {
        paint_ring(ui.painter(), response.rect, radius, palette(ui));
    }
}

fn paint_ring(painter: &Painter, rect: Rect, radius: CornerRadius, p: &Palette) {
    let border = Stroke::new(HAIRLINE, p.accent);
    painter.rect_stroke(rect, radius, border, StrokeKind::Inside);
    let ring = Stroke::new(FOCUS_RING, p.accent_line);
    painter.rect_stroke(rect, radius, ring, StrokeKind::Outside);
}

/// Gives a painted control its spoken name.
pub(crate) fn named(response: &Response, role: Role, name: &str) {
    response.widget_info(|| WidgetInfo::labeled(role, response.enabled(), name));
}
