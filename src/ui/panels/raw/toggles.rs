//! Switches in one border, each on or off by itself.

use egui::{Align, Color32, CornerRadius, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo};
use egui::{UiBuilder, pos2, vec2};

use crate::ui::theme::{self, HAIRLINE, RADIUS_BUTTON, SEGMENTED_HEIGHT, palette};
use crate::ui::widgets::{Line, focus_ring, line_width, paint_line};

/// One switch: what stands on it, what it does, whether it is on.
pub(super) struct Toggle<'a> {
    pub(super) label: &'a str,
    pub(super) name: &'a str,
    pub(super) on: bool,
}

const PADDING: f32 = 9.0;

/// Draws the switches; the one that was pressed.
pub(super) fn toggles(ui: &mut Ui, name: &str, items: &[Toggle<'_>]) -> Option<usize> {
    let widths: Vec<f32> = items
        .iter()
        .map(|item| cell_width(ui, item.label))
        .collect();
    let size = vec2(widths.iter().sum(), SEGMENTED_HEIGHT);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let group = UiBuilder::new()
        .max_rect(rect)
        .id_salt(name)
        .accessibility_role(Role::Group)
        .accessibility_label(name);
    let ui = ui.new_child(group);
    paint_frame(&ui, rect, palette(&ui).bg_raised);
    let mut pressed = None;
    let mut left = rect.left();
    for (index, (item, width)) in items.iter().zip(widths).enumerate() {
        let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()));
        left += width;
        if toggle(&ui, cell, corners(index, items.len()), item) {
            pressed = Some(index);
        }
    }
    paint_frame(&ui, rect, Color32::TRANSPARENT);
    pressed
}

pub(super) fn toggles_width(ui: &Ui, labels: &[&str]) -> f32 {
    labels.iter().map(|label| cell_width(ui, label)).sum()
}

fn cell_width(ui: &Ui, label: &str) -> f32 {
    (line_width(ui.painter(), label, theme::small_strong()) + 2.0 * PADDING).round()
}

fn toggle(ui: &Ui, cell: Rect, corners: CornerRadius, item: &Toggle<'_>) -> bool {
    let p = palette(ui);
    let response = ui.interact(cell, ui.scope_id().with(item.name), Sense::click());
    response.widget_info(|| {
        WidgetInfo::selected(Role::CheckBox, response.enabled(), item.on, item.name)
    });
    let (fill, color) = match (item.on, response.hovered()) {
        (true, _) => (p.bg_selected, p.accent_text),
        (false, true) => (p.bg_hover, p.text),
        (false, false) => (Color32::TRANSPARENT, p.text_2),
    };
    ui.painter().rect_filled(cell, corners, fill);
    if corners.nw == 0 {
        let divider = Stroke::new(HAIRLINE, p.line);
        ui.painter().vline(cell.left(), cell.y_range(), divider);
    }
    let line = Line::new(item.label, theme::small_strong(), color);
    paint_line(ui.painter(), cell, Align::Center, &line);
    focus_ring(ui, &response, corners);
    response.on_hover_text(item.name).clicked()
}

fn paint_frame(ui: &Ui, rect: Rect, fill: Color32) {
    let border = Stroke::new(HAIRLINE, palette(ui).line_strong);
    ui.painter()
        .rect(rect, RADIUS_BUTTON, fill, border, StrokeKind::Inside);
}

/// Only the outer corners of the group are round.
fn corners(index: usize, count: usize) -> CornerRadius {
    let round = |outer: bool| if outer { RADIUS_BUTTON.nw } else { 0 };
    let (left, right) = (round(index == 0), round(index + 1 == count));
    CornerRadius {
        nw: left,
        sw: left,
        ne: right,
        se: right,
    }
}
