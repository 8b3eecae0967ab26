//! Dialogs over the window, one at a time: the palette, the keys, the settings.

mod keys;
mod palette;
mod settings;

use egui::{Frame, Id, Margin, Modal, Stroke, Ui};

use super::theme::{HAIRLINE, RADIUS_DIALOG};
use super::{Actions, Cx};
use crate::state::{Action, AppAction, Dialog};

pub(super) fn dialogs_ui(ui: &Ui, cx: &Cx<'_>, out: &mut Actions) {
    match cx.state.dialog {
        Some(Dialog::Palette) => modal(ui, cx, "palette", out, palette::palette_ui),
        Some(Dialog::Keys) => modal(ui, cx, "keys", out, keys::keys_ui),
        Some(Dialog::Settings) => modal(ui, cx, "settings", out, settings::settings_ui),
        Some(Dialog::LoadReport) | None => {}
    }
}

type Content = fn(&mut Ui, &Cx<'_>, &mut Actions);

/// Draws over a scrim; a click beside the dialog closes it.
fn modal(ui: &Ui, cx: &Cx<'_>, name: &str, out: &mut Actions, content: Content) {
    let p = cx.palette;
    let frame = Frame::new()
        .fill(p.bg_raised)
        .stroke(Stroke::new(HAIRLINE, p.line))
        .corner_radius(RADIUS_DIALOG)
        .shadow(p.dialog_shadow)
        .inner_margin(Margin::same(16));
    let shown = Modal::new(Id::unique(("dialog", name)))
        .backdrop_color(p.scrim)
        .frame(frame)
        .show(ui.ctx(), |ui| content(ui, cx, out));
    if shown.should_close() {
        out.push(Action::App(AppAction::CloseDialog));
    }
}
