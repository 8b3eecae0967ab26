//! How one host is asked: its Referer, its key for signing, and whether it may be a private one.

use egui::{Frame, Margin, Stroke, Ui};

use super::draft::{Draft, Wrong};
use super::pictures::ask;
use crate::model::Secret;
use crate::state::PreviewAction;
use crate::ui::dialogs::field::{Field, text_ui};
use crate::ui::dialogs::parts::{check_ui, columns_ui, halves, name_ui, note_ui, wrong_ui};
use crate::ui::dialogs::secret::secret_ui;
use crate::ui::theme::{self, HAIRLINE, RADIUS_CARD, S8, S12};
use crate::ui::widgets::{Button, Line, label};
use crate::ui::{Actions, Cx, icons};

/// The field whose traces are wiped when the dialog closes.
pub(super) const KEY: &str = "picture key";

/// After so many frames the fields have their places; until then they are scrolled to.
const SETTLED: u32 = 3;

/// Draws the fields; the draft, unless it was saved or called off.
pub(super) fn editor_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    mut draft: Draft,
    out: &mut Actions,
) -> Option<Draft> {
    let hosts = &cx.state.settings.pictures.hosts;
    let wrong = draft.wrong(|host| hosts.contains_key(host));
    let told = wrong.filter(|_| draft.tried);
    ui.add_space(S8);
    let frame = Frame::new()
        .fill(cx.palette.bg_sunken)
        .stroke(Stroke::new(HAIRLINE, cx.palette.line))
        .corner_radius(RADIUS_CARD)
        .inner_margin(Margin::same(12));
    let ended = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        host_ui(ui, cx, &mut draft, told);
        columns_ui(ui, halves(ui), |ui, at| match at {
            0 => referer_ui(ui, cx, &mut draft, told),
            _ => key_ui(ui, cx, &mut draft, told),
        });
        ui.add_space(S12);
        private_ui(ui, cx, &mut draft);
        ui.add_space(S12);
        end_ui(ui, cx, &draft, out)
    });
    draft.drawn += 1;
    if draft.drawn <= SETTLED {
        ended.response.scroll_to_me(None);
    }
    match ended.inner {
        Some(End::Save) if wrong.is_none() => draft.save(out),
        Some(End::Save) => {
            draft.tried = true;
            return Some(draft);
        }
        Some(End::Cancel) => {}
        None => return Some(draft),
    }
    super::super::secret::forget(ui.ctx(), &[KEY]);
    None
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Save,
    Cancel,
}

/// The host's name, or the field for that of a new one.
fn host_ui(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft, wrong: Option<Wrong>) {
    let words = cx.text.pictures;
    if let Some(host) = &draft.host {
        let line = Line::new(host, theme::mono(), cx.palette.text);
        label(ui, &line.middle());
        ui.add_space(S12);
        return;
    }
    name_ui(ui, cx, words.host);
    let fault = match wrong {
        Some(Wrong::Host) => Some(words.not_a_host),
        Some(Wrong::KnownHost) => Some(words.known_host),
        _ => None,
    };
    let field = Field::new("picture host", words.host)
        .hint(words.add_hint)
        .wrong(fault.is_some());
    if let Some(name) = text_ui(ui, field, &draft.name) {
        draft.name = name;
    }
    if let Some(fault) = fault {
        wrong_ui(ui, cx, fault);
    }
    ui.add_space(S12);
}

fn referer_ui(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft, wrong: Option<Wrong>) {
    let words = cx.text.pictures;
    let is_wrong = wrong == Some(Wrong::Referer);
    name_ui(ui, cx, words.referer);
    let field = Field::new("picture referer", words.referer)
        .hint(words.referer_hint)
        .wrong(is_wrong);
    if let Some(referer) = text_ui(ui, field, &draft.rule.referer) {
        draft.rule.referer = referer;
    }
    if is_wrong {
        wrong_ui(ui, cx, words.not_a_referer);
    } else {
        note_ui(ui, cx, words.referer_note);
    }
}

fn key_ui(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft, wrong: Option<Wrong>) {
    let words = cx.text.pictures;
    let is_wrong = wrong == Some(Wrong::Key);
    name_ui(ui, cx, words.key);
    let hint = if draft.rule.signed {
        words.key_set
    } else {
        words.key_not_set
    };
    let field = Field::new(KEY, words.key)
        .hint(hint)
        .icon(icons::KEY)
        .wrong(is_wrong);
    if let Some(key) = secret_ui(ui, field, &draft.key) {
        draft.key = key;
    }
    if is_wrong {
        wrong_ui(ui, cx, words.not_a_key);
    } else {
        note_ui(ui, cx, words.key_note);
    }
}

fn private_ui(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft) {
    let words = cx.text.pictures;
    if check_ui(ui, words.allow_private, draft.rule.private).clicked() {
        draft.rule.private = !draft.rule.private;
    }
    note_ui(ui, cx, words.private_note);
}

fn end_ui(ui: &mut Ui, cx: &Cx<'_>, draft: &Draft, out: &mut Actions) -> Option<End> {
    let words = cx.text.pictures;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = S8;
        let save = ui.add(Button::primary(words.save)).clicked();
        let cancel = ui.add(Button::ghost(cx.text.chrome.cancel)).clicked();
        if let (Some(host), true) = (&draft.host, draft.rule.signed)
            && ui.add(Button::link(words.key_remove)).clicked()
        {
            let (host, key) = (host.clone(), Secret::default());
            out.push(ask(PreviewAction::SetHostKey { host, key }));
            return Some(End::Cancel);
        }
        match (save, cancel) {
            (true, _) => Some(End::Save),
            (_, true) => Some(End::Cancel),
            _ => None,
        }
    })
    .inner
}
