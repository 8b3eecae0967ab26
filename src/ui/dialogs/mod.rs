//! Dialogs over the window, one at a time: the palette, the keys, the settings, and those of
//! accounts, callbacks, replaying and the archive.

mod archive;
mod fault;
mod field;
mod keys;
mod lightbox;
mod listen;
mod palette;
mod parts;
mod pull;
mod replay;
mod secret;
mod settings;
mod sheet;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use egui::{Frame, Id, Margin, Modal, Stroke, Ui};

use super::theme::{HAIRLINE, Palette, RADIUS_DIALOG};
use super::{Actions, Cx};
use crate::model::Secret;
use crate::state::{Action, AppAction, Dialog, DialogAction, ListenAction, LiveAction};

/// Before the panels are drawn: what lies over them comes first.
pub(super) fn want_first(cx: &Cx<'_>) {
    lightbox::want_first(cx);
}

pub(super) fn dialogs_ui(ui: &Ui, cx: &Cx<'_>, out: &mut Actions) {
    drop_secrets(ui, cx, out);
    lightbox::lightbox_ui(ui, cx, out);
    match cx.state.dialog {
        Some(Dialog::Palette) => modal(ui, cx, "palette", out, palette::palette_ui),
        Some(Dialog::Keys) => modal(ui, cx, "keys", out, keys::keys_ui),
        Some(Dialog::Settings) => settings::settings_ui(ui, cx, out),
        Some(Dialog::Pull) => pull::pull_ui(ui, cx, out),
        Some(Dialog::Listen) => listen::listen_ui(ui, cx, out),
        Some(Dialog::Replay) => replay::replay_ui(ui, cx, out),
        Some(Dialog::Archive) => archive::archive_ui(ui, cx, out),
        Some(Dialog::LoadReport) | None => {}
    }
}

/// However a dialog was left: what stood in its secret fields goes with it.
fn drop_secrets(ui: &Ui, cx: &Cx<'_>, out: &mut Actions) {
    if cx.state.dialog != Some(Dialog::Settings) {
        settings::leave(ui.ctx());
    }
    let live = &cx.state.live;
    if cx.state.dialog != Some(Dialog::Pull) && live.dialog.has_typed() {
        out.push(Action::Live(LiveAction::Dialog(DialogAction::Left)));
    }
    if cx.state.dialog != Some(Dialog::Listen) && !live.listener.sign_key.is_empty() {
        let none = ListenAction::SignKey(Secret::default());
        out.push(Action::Live(LiveAction::Listen(none)));
    }
}

type Content = fn(&mut Ui, &Cx<'_>, &mut Actions);

/// Draws over a scrim; a click beside the dialog closes it.
fn modal(ui: &Ui, cx: &Cx<'_>, name: &str, out: &mut Actions, content: Content) {
    let shown = Modal::new(id(name))
        .backdrop_color(cx.palette.scrim)
        .frame(frame(cx.palette).inner_margin(Margin::same(16)))
        .show(ui.ctx(), |ui| content(ui, cx, out));
    if shown.should_close() {
        out.push(Action::App(AppAction::CloseDialog));
    }
}

fn id(name: &str) -> Id {
    Id::unique(("dialog", name))
}

fn frame(p: &Palette) -> Frame {
    Frame::new()
        .fill(p.bg_raised)
        .stroke(Stroke::new(HAIRLINE, p.line))
        .corner_radius(RADIUS_DIALOG)
        .shadow(p.dialog_shadow)
}
