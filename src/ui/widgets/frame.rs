//! Grounds that hold other things: cards, sunken boxes, headed sections.

use egui::{Align, Frame, InnerResponse, Layout, Margin, Response, Sense, Stroke, Ui, vec2};

use super::text::{caption, lead};
use crate::ui::theme::{HAIRLINE, RADIUS_BUTTON, RADIUS_CARD, S8, palette};

/// A card, for failures, choices and counters.
pub(crate) fn card<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let p = palette(ui);
    Frame::new()
        .fill(p.bg_raised)
        .stroke(Stroke::new(HAIRLINE, p.line))
        .corner_radius(RADIUS_CARD)
        .inner_margin(Margin::same(16))
        .show(ui, content)
}

/// A box for what is quoted: messages, code, decoded text.
pub(crate) fn sunken<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let p = palette(ui);
    Frame::new()
        .fill(p.bg_sunken)
        .stroke(Stroke::new(HAIRLINE, p.line))
        .corner_radius(RADIUS_BUTTON)
        .inner_margin(Margin::symmetric(8, 6))
        .show(ui, content)
}

/// A line across.
pub(crate) fn hairline(ui: &mut Ui) -> Response {
    let size = vec2(ui.available_width(), HAIRLINE);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let line = Stroke::new(HAIRLINE, palette(ui).line);
    ui.painter().hline(rect.x_range(), rect.center().y, line);
    response
}

/// A heading with its caption, and controls at the right.
pub(crate) fn section<R>(
    ui: &mut Ui,
    title: &str,
    caption_text: &str,
    controls: impl FnOnce(&mut Ui) -> R,
) -> R {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = S8;
        lead(ui, title);
        if !caption_text.is_empty() {
            caption(ui, caption_text);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), controls)
            .inner
    })
    .inner
}
