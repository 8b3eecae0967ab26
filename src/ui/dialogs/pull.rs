//! The dialog for pulling: whose account, which keys, what to pull.

mod account;
mod credentials;
mod foot;
mod keys;
mod places;
mod what;
mod which;

use egui::{Context, Ui};

use super::field::{focus_first, gap};
use super::secret;
use super::sheet::{Moment, Sheet};
use crate::state::{Action, DialogAction, DialogFault, DialogField, LiveAction, PullMode};
use crate::text::Text;
use crate::ui::{Actions, Cx};

/// With its border as wide as the design's.
const WIDTH: f32 = 598.0;

pub(super) fn pull_ui(ui: &Ui, cx: &Cx<'_>, out: &mut Actions) {
    let sheet = Sheet {
        name: "pull",
        title: cx.text.accounts.pull_title,
        width: WIDTH,
    };
    let body = |ui: &mut Ui, moment: Moment, out: &mut Actions| body_ui(ui, cx, moment, out);
    let foot = |ui: &mut Ui, moment: Moment, out: &mut Actions| {
        foot::foot_ui(ui, cx, moment, out);
    };
    sheet.show(ui, (cx, out), body, foot);
}

fn body_ui(ui: &mut Ui, cx: &Cx<'_>, moment: Moment, out: &mut Actions) {
    if moment.opening {
        begin(ui.ctx());
    }
    account::account_ui(ui, cx, out);
    gap(ui);
    credentials::credentials_ui(ui, cx, out);
    gap(ui);
    what::what_ui(ui, cx, out);
    gap(ui);
    match cx.state.live.dialog.mode {
        PullMode::Tasks => which::which_ui(ui, cx, out),
        PullMode::Queue => what::price_ui(ui, cx),
    }
    focus_first(ui, account::PROFILE, moment.opening);
}

/// What another opening of the dialog left behind is none of this one's business.
fn begin(ctx: &Context) {
    secret::forget(ctx, &keys::FIELDS);
    account::keep_profile(ctx);
}

fn ask(action: DialogAction) -> Action {
    Action::Live(LiveAction::Dialog(action))
}

fn edit(out: &mut Actions, field: DialogField) {
    out.push(ask(DialogAction::Edit(field)));
}

/// The first field that does not allow to begin.
fn fault(cx: &Cx<'_>) -> Option<DialogFault> {
    let dialog = &cx.state.live.dialog;
    let spec = dialog.spec(cx.state.settings.zone, cx.state.now_unix);
    spec.err()
}

/// What is wrong, in words.
fn fault_words(fault: DialogFault, text: &Text) -> &'static str {
    let words = text.accounts;
    match fault {
        DialogFault::NoName => words.fault_name,
        DialogFault::SubAppId => words.fault_sub_app,
        DialogFault::Endpoint => words.fault_endpoint,
        DialogFault::Since => words.fault_since,
        DialogFault::Until => words.fault_until,
        DialogFault::EmptySpan => words.fault_span,
        DialogFault::Id => words.fault_id,
        DialogFault::Keys => words.fault_keys,
    }
}
