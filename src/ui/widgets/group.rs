//! Controls of several cells in one border: one of many, and previous or next.

use egui::{
    Align, Color32, CornerRadius, CursorIcon, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};

use super::focus::{focus_ring, named};
use super::text::{Line, line_width, paint_line};
use crate::ui::icons;
use crate::ui::theme::{
    self, HAIRLINE, ICON_BUTTON, ICON_CONTROL, RADIUS_BUTTON, SEGMENTED_HEIGHT, palette,
};

const PADDING: f32 = 9.0;

/// One of several choices; tells which other one was chosen.
pub(crate) fn segmented(
    ui: &mut Ui,
    name: &str,
    labels: &[&str],
    selected: usize,
) -> Option<usize> {
    let widths: Vec<f32> = labels.iter().map(|label| cell_width(ui, label)).collect();
    let size = vec2(widths.iter().sum(), SEGMENTED_HEIGHT);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let group = UiBuilder::new()
        .max_rect(rect)
        .id_salt(("segmented", name))
        .accessibility_role(Role::RadioGroup)
        .accessibility_label(name);
    let ui = ui.new_child(group);
    paint_frame(&ui, rect, palette(&ui).bg_raised);
    let mut chosen = None;
    let mut left = rect.left();
    for (index, (label, width)) in labels.iter().zip(widths).enumerate() {
        let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()));
        left += width;
        let at = Place {
            cell,
            corners: corners(index, labels.len()),
        };
        let response = choice(&ui, at, label, index == selected);
        if response.clicked() && index != selected {
            chosen = Some(index);
        }
    }
    paint_frame(&ui, rect, Color32::TRANSPARENT);
    chosen
}

fn cell_width(ui: &Ui, label: &str) -> f32 {
    (line_width(ui.painter(), label, theme::small_strong()) + 2.0 * PADDING).round()
}

#[derive(Clone, Copy)]
struct Place {
    cell: Rect,
    corners: CornerRadius,
}

fn choice(ui: &Ui, at: Place, label: &str, selected: bool) -> Response {
    let p = palette(ui);
    let response = ui.interact(at.cell, ui.scope_id().with(label), Sense::click());
    response.widget_info(|| {
        WidgetInfo::selected(Role::RadioButton, response.enabled(), selected, label)
    });
    let (fill, color) = cell_colors(ui, &response, selected);
    ui.painter().rect_filled(at.cell, at.corners, fill);
    if at.corners.nw == 0 {
        let divider = Stroke::new(HAIRLINE, p.line);
        ui.painter()
            .vline(at.cell.left(), at.cell.y_range(), divider);
    }
    let font = if selected {
        theme::small_strong()
    } else {
        theme::small()
    };
    let line = Line::new(label, font, color);
    paint_line(ui.painter(), at.cell, Align::Center, &line);
    focus_ring(ui, &response, at.corners);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

fn cell_colors(ui: &Ui, response: &Response, selected: bool) -> (Color32, Color32) {
    let p = palette(ui);
    if !response.enabled() {
        // egui fades what is disabled.
        (Color32::TRANSPARENT, p.text_2)
    } else if selected {
        (p.bg_selected, p.accent_text)
    } else if response.hovered() {
        (p.bg_hover, p.text)
    } else {
        (Color32::TRANSPARENT, p.text_2)
    }
}

fn paint_frame(ui: &Ui, rect: Rect, fill: Color32) {
    let border = Stroke::new(HAIRLINE, palette(ui).line_strong);
    ui.painter()
        .rect(rect, RADIUS_BUTTON, fill, border, StrokeKind::Inside);
}

/// Only the outer corners of the group are round.
fn corners(index: usize, count: usize) -> CornerRadius {
    let round = RADIUS_BUTTON.nw;
    let left = if index == 0 { round } else { 0 };
    let right = if index + 1 == count { round } else { 0 };
    CornerRadius {
        nw: left,
        sw: left,
        ne: right,
        se: right,
    }
}

/// Which half of a stepper was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stepped {
    Previous,
    Next,
}

/// A pair of carets; `names` and `enabled` are for previous and next.
pub(crate) fn stepper(ui: &mut Ui, names: [&str; 2], enabled: [bool; 2]) -> Option<Stepped> {
    let size = vec2(2.0 * ICON_BUTTON + 2.0, ICON_BUTTON);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    paint_frame(ui, rect, palette(ui).bg_raised);
    let (left, right) = rect.split_left_right_at_fraction(0.5);
    let [previous, next] = names;
    let [has_previous, has_next] = enabled;
    let up = half(ui, left, (icons::CARET_UP, previous), has_previous);
    let down = half(ui, right, (icons::CARET_DOWN, next), has_next);
    paint_frame(ui, rect, Color32::TRANSPARENT);
    let divider = Stroke::new(HAIRLINE, palette(ui).line_strong);
    ui.painter().vline(rect.center().x, rect.y_range(), divider);
    for (response, corners) in [(&up, corners(0, 2)), (&down, corners(1, 2))] {
        focus_ring(ui, response, corners);
    }
    if up.clicked() {
        return Some(Stepped::Previous);
    }
    down.clicked().then_some(Stepped::Next)
}

fn half(ui: &mut Ui, cell: Rect, (icon, name): (&str, &str), enabled: bool) -> Response {
    let index = u8::from(icon == icons::CARET_DOWN);
    let builder = UiBuilder::new().max_rect(cell).id_salt(("stepper", name));
    let mut ui = ui.new_child(builder);
    if !enabled {
        ui.disable();
    }
    let response = ui.interact(cell, ui.scope_id().with("half"), Sense::click());
    named(&response, Role::Button, name);
    let (fill, color) = cell_colors(&ui, &response, false);
    let corners = corners(usize::from(index), 2);
    ui.painter().rect_filled(cell, corners, fill);
    let line = Line::new(icon, theme::icon(ICON_CONTROL), color);
    paint_line(ui.painter(), cell, Align::Center, &line);
    response.on_hover_text(name)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use egui_kittest::kittest::Queryable as _;

    use super::*;
    use crate::ui::widgets::testing::harness;

    #[test]
    fn choosing_tells_the_index_and_the_present_choice_tells_nothing() {
        let chosen = Cell::new(Vec::new());
        let mut harness = harness(|ui| {
            if let Some(index) = segmented(ui, "Language", &["EN", "DE"], 0) {
                let mut all = chosen.take();
                all.push(index);
                chosen.set(all);
            }
        });
        for label in ["EN", "DE"] {
            harness.get_by_label(label).click();
            harness.run();
        }
        drop(harness);
        assert_eq!(chosen.take(), [1]);
    }

    #[test]
    fn a_stepper_at_the_end_only_goes_back() {
        let steps = Cell::new(Vec::new());
        let mut harness = harness(|ui| {
            if let Some(step) = stepper(ui, ["Previous task", "Next task"], [true, false]) {
                let mut all = steps.take();
                all.push(step);
                steps.set(all);
            }
        });
        for label in ["Next task", "Previous task"] {
            harness.get_by_label(label).click();
            harness.run();
        }
        drop(harness);
        assert_eq!(steps.take(), [Stepped::Previous]);
    }
}
