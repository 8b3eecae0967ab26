//! Failures as cards, as short cards, and as strips where there is little room.

mod abreast;
mod full;
mod parts;
mod short;
mod strip;

use std::sync::Arc;

use egui::Ui;

use crate::state::{Action, DetailAction, Tab};
use crate::ui::theme::{S8, S12};
use crate::ui::widgets::{Button, memo, section};
use crate::ui::{Actions, Cx, icons};

use super::failures::{self, Failure, Failures};
use super::headed;
use abreast::abreast;
use full::full_ui;
use short::short_ui;
use strip::strip_ui;

fn failures(ui: &Ui, cx: &Cx<'_>) -> Option<Arc<Failures>> {
    let detail = cx.detail()?;
    let failures = memo(ui, "failures", cx.detail_stamp(), || {
        failures::rows(detail, cx.text)
    });
    (!failures.list.is_empty()).then_some(failures)
}

/// The cards of the sub-task tab.
pub(super) fn cards_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let Some(failures) = failures(ui, cx) else {
        return;
    };
    if is_narrow(ui) {
        for failure in &failures.list {
            strip_ui(ui, cx, failure, out);
            ui.add_space(S8);
        }
        return;
    }
    let words = cx.text.detail;
    headed(ui, (words.why_it_failed, &failures.caption), |ui| {
        let all = Button::ghost(words.copy_both).icon(icons::COPY);
        if failures.list.len() > 1 && ui.add(all).clicked() {
            out.push(Action::Detail(DetailAction::CopyEvidence(None)));
        }
    });
    ui.add_space(S8);
    abreast(ui, &failures.list, |ui, failure, fill| {
        full_ui(ui, cx, (failure, fill), out)
    });
}

/// The short cards of the overview.
pub(super) fn short_cards_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let Some(failures) = failures(ui, cx) else {
        return;
    };
    let words = cx.text.detail;
    section(ui, words.why_it_failed, &failures.caption, |ui| {
        let link = Button::link(words.details_in_sub_tasks);
        if ui.add(link).clicked() {
            out.push(Action::Detail(DetailAction::SetTab(Tab::SubTasks)));
        }
    });
    ui.add_space(S8);
    abreast(ui, &failures.list, |ui, failure, fill| {
        short_ui(ui, cx, (failure, fill), out)
    });
    ui.add_space(S12);
}

fn is_narrow(ui: &Ui) -> bool {
    let width = ui.ctx().content_rect().width();
    crate::ui::Layout::of_width(width) == crate::ui::Layout::Narrow
}
