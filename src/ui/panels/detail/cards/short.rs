//! A failure in short, for the overview.

use egui::{InnerResponse, Margin, Stroke, Ui};

use crate::state::{Action, DetailAction};
use crate::ui::theme::{self, HAIRLINE, S4, S8};
use crate::ui::widgets::{Line, Tone, icon_button_small, label, tag, wrapped};
use crate::ui::{Actions, Cx, icons};

use super::parts::{code_ui, retry_icon, title_ui};
use super::{Failure, failures::Known};

/// A card with less padding than those that tell everything.
fn short_card(ui: &mut Ui, cx: &Cx<'_>, content: impl FnOnce(&mut Ui)) -> InnerResponse<()> {
    egui::Frame::new()
        .fill(cx.palette.bg_raised)
        .stroke(Stroke::new(HAIRLINE, cx.palette.line))
        .corner_radius(theme::RADIUS_CARD)
        .inner_margin(Margin::symmetric(16, 6))
        .show(ui, content)
}

pub(super) fn short_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (failure, fill): (&Failure, f32),
    out: &mut Actions,
) -> f32 {
    let words = cx.text.detail;
    let shown = short_card(ui, cx, |ui| {
        ui.set_width(ui.available_width());
        let mut asked = false;
        title_ui(ui, cx, failure, |ui, _| {
            asked = icon_button_small(ui, icons::COPY, words.copy_evidence).clicked();
        });
        if asked {
            out.push(Action::Detail(DetailAction::CopyEvidence(failure.sub_task)));
        }
        code_ui(ui, cx, failure, out);
        ui.add_space(S4);
        wrapped(ui, &failure.meaning, theme::body(), cx.palette.text);
        if let Some(known) = &failure.known {
            ui.add_space(S8);
            ui.horizontal(|ui| brief_ui(ui, cx, known));
        }
        ui.add_space(fill);
    });
    shown.response.rect.height() - fill
}

/// Who acts and whether to retry, in one line.
fn brief_ui(ui: &mut Ui, cx: &Cx<'_>, known: &Known) {
    let p = cx.palette;
    let words = cx.text.detail;
    ui.spacing_mut().item_spacing.x = S8;
    label(ui, &Line::new(words.who_acts, theme::small(), p.text_3));
    tag(ui, known.who, Tone::Plain);
    ui.add_space(S8);
    label(ui, &Line::new(words.retry, theme::small(), p.text_3));
    retry_icon(ui, cx, known.retry);
    label(ui, &Line::new(known.retry_words, theme::small(), p.text));
}
