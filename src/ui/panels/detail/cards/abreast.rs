//! Cards beside each other, as high as their neighbours.

use egui::{Align, Layout, Rect, Sense, Ui, UiBuilder, pos2, vec2};

use crate::ui::theme::S16;

use super::Failure;

/// Cards stand two abreast from this width on.
const TWO_ABREAST: f32 = 640.0;

/// Lays cards out in rows of equal height. The drawer is told how much room to leave free so that
/// the card is as high as its neighbour was, and says how high it is without that.
pub(super) fn abreast(
    ui: &mut Ui,
    list: &[Failure],
    mut draw: impl FnMut(&mut Ui, &Failure, f32) -> f32,
) {
    let each: usize = if ui.available_width() >= TWO_ABREAST {
        2
    } else {
        1
    };
    let width = (ui.available_width() - S16 * (each - 1) as f32) / each as f32;
    for (number, row) in list.chunks(each).enumerate() {
        let id = ui.scope_id().with(("card-heights", number));
        let before: Vec<f32> = ui.data(|data| data.get_temp(id)).unwrap_or_default();
        let highest = before.iter().copied().fold(0.0, f32::max);
        let top = ui.cursor().min;
        let mut bottom = top.y;
        let mut heights = Vec::new();
        for (at, failure) in row.iter().enumerate() {
            let left = top.x + at as f32 * (width + S16);
            let place = Rect::from_min_size(pos2(left, top.y), vec2(width, 4_000.0));
            let builder = UiBuilder::new()
                .id_salt(("card", number, at))
                .max_rect(place)
                .layout(Layout::top_down(Align::Min));
            let mut card = ui.new_child(builder);
            let fill = before
                .get(at)
                .map_or(0.0, |height| (highest - height).max(0.0));
            heights.push(draw(&mut card, failure, fill));
            bottom = bottom.max(card.min_rect().bottom());
        }
        if heights != before {
            ui.data_mut(|data| data.insert_temp(id, heights));
            ui.ctx().request_repaint();
        }
        let size = vec2(ui.available_width(), bottom - top.y);
        ui.allocate_exact_size(size, Sense::hover());
        ui.add_space(S16);
    }
}
