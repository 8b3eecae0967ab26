//! Content inside a place that was already taken from the layout.

use egui::{Layout, Rect, Ui, UiBuilder};

/// Draws into `rect` without moving on the layout around it.
pub(in crate::ui) fn within<R>(
    ui: &mut Ui,
    rect: Rect,
    layout: Layout,
    content: impl FnOnce(&mut Ui) -> R,
) -> R {
    content(&mut ui.new_child(UiBuilder::new().max_rect(rect).layout(layout)))
}
