//! Short messages that pass.

use egui::Ui;

use crate::state::{Action, AppAction, ToastKind};
use crate::ui::widgets::{Toast, Tone, toasts};
use crate::ui::{Actions, Cx};

pub(crate) fn toasts_ui(ui: &Ui, cx: &Cx<'_>, out: &mut Actions) {
    let shown = cx.state.toasts.shown.iter().map(|toast| Toast {
        id: toast.id,
        tone: match toast.kind {
            ToastKind::Done => Tone::Ok,
            ToastKind::Told => Tone::Plain,
            ToastKind::Failure => Tone::Fail,
        },
        text: &toast.title,
        detail: &toast.value,
    });
    if let Some(id) = toasts(ui.ctx(), shown, cx.text.chrome.dismiss) {
        out.push(Action::App(AppAction::DismissToast(id)));
    }
}
