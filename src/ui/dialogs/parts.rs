//! What the dialogs share: names of fields, notes below them, radio buttons, check boxes.

use egui::{
    Align, CursorIcon, Layout, Painter, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
    Vec2, WidgetInfo, pos2, vec2,
};

use crate::ui::theme::{
    self, HAIRLINE, ICON_CONTROL, ICON_INLINE, Palette, RADIUS_BUTTON, RADIUS_CHIP, S4, S8, S12,
    palette,
};
use crate::ui::widgets::{Line, Tone, focus_ring, line_width, paint_line, wrapped};
use crate::ui::{Cx, icons};

/// The gap between two rows of fields, and between two fields.
pub(super) const GAP: f32 = 16.0;
const NAME: f32 = 16.0;
const DOT: f32 = 14.0;
const BOX: f32 = 16.0;

/// Columns beside each other, each as wide as told; `content` draws the one of that number.
pub(super) fn columns_ui<const N: usize>(
    ui: &mut Ui,
    widths: [f32; N],
    mut content: impl FnMut(&mut Ui, usize),
) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        for (at, width) in widths.into_iter().enumerate() {
            let down = Layout::top_down(Align::Min);
            ui.allocate_ui_with_layout(vec2(width, 0.0), down, |ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing = Vec2::ZERO;
                content(ui, at);
            });
        }
    });
}

/// Two columns of the same width.
pub(super) fn halves(ui: &Ui) -> [f32; 2] {
    [(ui.available_width() - GAP) / 2.0; 2]
}

/// The name above a field. The field itself speaks it.
pub(super) fn name_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str) {
    let size = vec2(ui.available_width(), NAME);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let line = Line::new(name, theme::small_strong(), cx.palette.text_2);
    paint_line(ui.painter(), rect, Align::Min, &line);
    ui.add_space(S4);
}

/// A quiet sentence below a field.
pub(super) fn note_ui(ui: &mut Ui, cx: &Cx<'_>, note: &str) {
    ui.add_space(S4);
    wrapped(ui, note, theme::caption(), cx.palette.text_3);
}

/// What is wrong with the field above.
pub(super) fn wrong_ui(ui: &mut Ui, cx: &Cx<'_>, fault: &str) {
    ui.add_space(S4);
    icon_and_words(ui, (icons::WARNING, cx.palette.fail.text), |ui| {
        wrapped(ui, fault, theme::caption(), cx.palette.fail.text);
    });
}

/// Words that wrap beside an icon.
pub(super) fn icon_and_words(
    ui: &mut Ui,
    (icon, color): (&str, egui::Color32),
    words: impl FnOnce(&mut Ui),
) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = S4 + 2.0;
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(ICON_INLINE), Sense::hover());
        let line = Line::new(icon, theme::icon(ICON_INLINE), color);
        paint_line(ui.painter(), rect.expand(S4), Align::Center, &line);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            words(ui);
        });
    });
}

/// A statement on a ground of its own: a price, a warning.
pub(super) fn notice_ui(
    ui: &mut Ui,
    (icon, tone): (&str, Tone),
    text: &str,
    more: impl FnOnce(&mut Ui),
) {
    let (ground, color) = tone.colors(palette(ui));
    egui::Frame::new()
        .fill(ground)
        .corner_radius(RADIUS_BUTTON)
        .inner_margin(egui::Margin::symmetric(12, 10))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            icon_and_words(ui, (icon, color), |ui| {
                wrapped(ui, text, theme::small(), color);
                more(ui);
            });
        });
}

/// The mark of one of several choices.
pub(super) fn paint_radio(painter: &Painter, center: Pos2, selected: bool, p: &Palette) {
    let radius = DOT / 2.0 - HAIRLINE / 2.0;
    if selected {
        painter.circle(center, radius, p.bg_raised, Stroke::new(1.5, p.accent));
        painter.circle_filled(center, 3.5, p.accent);
    } else {
        let ring = Stroke::new(HAIRLINE, p.line_strong);
        painter.circle(center, radius, p.bg_raised, ring);
    }
}

/// A box to tick, with its words. Tells whether it was clicked.
pub(super) fn check_ui(ui: &mut Ui, words: &str, checked: bool) -> Response {
    let p = palette(ui);
    let width = line_width(ui.painter(), words, theme::small());
    let size = vec2(BOX + S8 + width + 1.0, BOX + S4);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response
        .widget_info(|| WidgetInfo::selected(Role::CheckBox, response.enabled(), checked, words));
    let center = pos2(rect.left() + BOX / 2.0, rect.center().y);
    let square = Rect::from_center_size(center, Vec2::splat(BOX));
    let (fill, border) = if checked {
        (p.accent, p.accent)
    } else {
        (p.bg_raised, p.line_strong)
    };
    let border = Stroke::new(HAIRLINE, border);
    ui.painter()
        .rect(square, RADIUS_CHIP, fill, border, StrokeKind::Inside);
    if checked {
        let mark = Line::new(icons::CHECK, theme::icon(S12), p.on_accent);
        paint_line(ui.painter(), square.expand(S4), Align::Center, &mark);
    }
    let words = Line::new(words, theme::small(), p.text);
    paint_line(
        ui.painter(),
        rect.with_min_x(square.right() + S8),
        Align::Min,
        &words,
    );
    focus_ring(ui, &response, RADIUS_CHIP);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// An icon in a row of text.
pub(super) fn icon_ui(ui: &mut Ui, icon: &str, color: egui::Color32) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(ICON_CONTROL), Sense::hover());
    let line = Line::new(icon, theme::icon(ICON_CONTROL), color);
    paint_line(ui.painter(), rect.expand(S4), Align::Center, &line);
}
