//! Strips about what must be known before the rest is trusted.

use egui::Ui;

use crate::model::{Format, Note};
use crate::ui::theme::{S8, S12};
use crate::ui::widgets::{Tone, banner};
use crate::ui::{Cx, icons};

/// That the failed sub-task is not in the list.
pub(super) fn missing_ui(ui: &mut Ui, cx: &Cx<'_>) {
    if cx.detail().is_some_and(|detail| detail.sub_task_missing) {
        let words = cx.text.detail.missing_sub_task;
        strip_ui(ui, (icons::WARNING, Tone::Part), words);
    }
}

/// That the event is not one of this product.
pub(super) fn other_product_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let Some(detail) = cx.detail() else { return };
    if detail.format == Format::Mps || detail.notes.contains(&Note::OtherProduct) {
        let words = cx.text.detail.other_product;
        strip_ui(ui, (icons::INFO, Tone::Unk), words);
    }
}

fn strip_ui(ui: &mut Ui, look: (&str, Tone), words: &str) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = S8;
        banner(ui, look, words, |_| ());
    });
    ui.add_space(S12);
}
