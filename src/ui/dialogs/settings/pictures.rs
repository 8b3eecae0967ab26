//! Whether pictures are fetched, from whom, and how much room they may take.

use egui::Ui;

use super::draft::Kept;
use super::{ROW, budgets, editor, hosts, row_ui};
use crate::model::Consent;
use crate::state::{Action, PreviewAction};
use crate::ui::dialogs::parts::note_ui;
use crate::ui::theme::{S8, S12};
use crate::ui::widgets::{lead, segmented};
use crate::ui::{Actions, Cx};

pub(super) fn ask(action: PreviewAction) -> Action {
    Action::Preview(action)
}

pub(super) fn pictures_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.pictures;
    let mut kept = Kept::read(ui.ctx());
    if !kept.asked {
        kept.asked = true;
        out.push(ask(PreviewAction::AskCacheSize));
    }
    lead(ui, words.pictures);
    row_ui(ui, cx, words.fetch, |ui| fetch_ui(ui, cx, out));
    note_ui(ui, cx, words.fetch_note);
    ui.add_space(S8);
    row_ui(ui, cx, words.vod_domains, |ui| vod_ui(ui, cx, out));
    note_ui(ui, cx, words.vod_note);
    ui.add_space(S12);
    hosts::hosts_ui(ui, cx, &mut kept, out);
    if let Some(draft) = kept.draft.take() {
        kept.draft = editor::editor_ui(ui, cx, draft, out);
    }
    ui.add_space(ROW / 2.0);
    budgets::budgets_ui(ui, cx, out);
    kept.keep(ui.ctx());
}

fn fetch_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.pictures;
    let selected = usize::from(!cx.state.settings.pictures.fetch);
    let names = [words.fetch_on, words.fetch_off];
    if let Some(at) = segmented(ui, words.fetch, &names, selected) {
        out.push(ask(PreviewAction::SetFetch(at == 0)));
    }
}

/// "Ask" takes back what was said before, for this run as well as for good.
fn vod_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.pictures;
    let policy = cx.state.previews.policy(&cx.state.settings.pictures);
    let now = policy.vod_domains;
    let mut choices = vec![
        (None, words.ask),
        (Some(Consent::Always), words.always),
        (Some(Consent::Never), words.never),
    ];
    if now == Some(Consent::Once) {
        choices.push((now, words.this_run));
    }
    let names: Vec<&str> = choices.iter().map(|(_, name)| *name).collect();
    let selected = choices.iter().position(|(said, _)| *said == now);
    let chosen = segmented(ui, words.vod_domains, &names, selected.unwrap_or(0));
    match chosen.and_then(|at| choices.get(at)) {
        Some((Some(consent), _)) => out.push(ask(PreviewAction::AllowVod(*consent))),
        Some((None, _)) => out.push(ask(PreviewAction::ForgetVod)),
        None => {}
    }
}
