//! Two columns at the top of a tab: a picture at the left, and what is known beside it.

use egui::{Align, Layout, Rect, Sense, Ui, UiBuilder, pos2, vec2};

use crate::ui::Actions;
use crate::ui::theme::S24;

/// The left column's width in the wide layout, and its part of narrower panes.
pub(super) const WIDTH: f32 = 272.0;
const SHARE: f32 = 0.36;
/// More than either column needs: how high they are is known when they have been drawn.
const HIGHEST: f32 = 1_000.0;

/// How wide the left column is.
pub(super) fn left_width(ui: &Ui) -> f32 {
    WIDTH.min(ui.available_width() * SHARE)
}

/// Draws both, each told the left one's width, and goes on below the longer.
pub(super) fn columns_ui(
    ui: &mut Ui,
    out: &mut Actions,
    left: impl FnOnce(&mut Ui, f32, &mut Actions),
    right: impl FnOnce(&mut Ui, f32, &mut Actions),
) {
    let width = left_width(ui);
    let top = ui.cursor().min;
    let end = ui.max_rect().right();
    let middle = top.x + width;
    let mut column = |salt: &str, from: f32, to: f32| {
        let place = Rect::from_min_max(pos2(from, top.y), pos2(to, top.y + HIGHEST));
        let builder = UiBuilder::new().id_salt(salt).max_rect(place);
        ui.new_child(builder.layout(Layout::top_down(Align::Min)))
    };
    let mut first = column("left column", top.x, middle);
    let mut second = column("right column", middle + S24, end);
    left(&mut first, width, out);
    right(&mut second, width, out);
    let bottom = first.min_rect().bottom().max(second.min_rect().bottom());
    ui.allocate_exact_size(vec2(end - top.x, bottom - top.y), Sense::hover());
}
