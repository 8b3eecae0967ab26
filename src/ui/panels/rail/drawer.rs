//! The rail over the list, in windows too narrow to keep it beside.

use egui::{Area, Context, Frame, Id, Order, Rect, Stroke, Ui};

use super::rail_ui;
use crate::ui::theme::HAIRLINE;
use crate::ui::{Actions, Cx};

fn open_id() -> Id {
    Id::unique("rail drawer is open")
}

fn is_open(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp(open_id())).unwrap_or(false)
}

fn set_open(ctx: &Context, open: bool) {
    ctx.data_mut(|data| data.insert_temp(open_id(), open));
}

/// Opens or closes the drawer.
pub(crate) fn toggle(ctx: &Context) {
    set_open(ctx, !is_open(ctx));
    let frame = ctx.cumulative_frame_nr();
    ctx.data_mut(|data| data.insert_temp(toggled_id(), frame));
}

fn toggled_id() -> Id {
    Id::unique("frame in which the rail drawer was toggled")
}

/// The click that opened the drawer lies beside it.
fn just_toggled(ctx: &Context) -> bool {
    let frame: Option<u64> = ctx.data(|data| data.get_temp(toggled_id()));
    frame == Some(ctx.cumulative_frame_nr())
}

/// Draws the drawer at the left of `body` while it is open; a click beside it closes it.
pub(crate) fn drawer_ui(ui: &Ui, cx: &Cx<'_>, body: Rect, width: f32, out: &mut Actions) {
    let ctx = ui.ctx();
    if !is_open(ctx) {
        return;
    }
    let place = body.with_max_x(body.left() + width);
    let p = cx.palette;
    let shown = Area::new(Id::unique("rail drawer"))
        .order(Order::Middle)
        .fixed_pos(place.min)
        .constrain(false)
        .show(ctx, |ui| {
            ui.set_clip_rect(place.expand(32.0));
            Frame::new()
                .fill(p.bg_app)
                .stroke(Stroke::new(HAIRLINE, p.line))
                .shadow(p.menu_shadow)
                .show(ui, |ui| {
                    ui.set_min_size(place.size());
                    ui.set_max_size(place.size());
                    rail_ui(ui, cx, out);
                });
        });
    let beside = shown.response.clicked_elsewhere() && !egui::Popup::is_any_open(ctx);
    if beside && !just_toggled(ctx) {
        set_open(ctx, false);
    }
}
