//! Why borrowing is safe, and what would make it safer.

use egui::Ui;

use super::rows::SafetyRow;
use crate::knowledge::permission;
use crate::ui::panels::live::parts::{copy, fact_row_ui, heading_ui, link_ui};
use crate::ui::theme::{self, S8};
use crate::ui::widgets::{Line, label, wrapped};
use crate::ui::{Actions, Cx};

pub(super) fn safety_ui(ui: &mut Ui, cx: &Cx<'_>, rows: &[SafetyRow], out: &mut Actions) {
    let words = cx.text.live;
    heading_ui(ui, words.safety, "");
    for row in rows {
        fact_row_ui(ui, cx, (row.mark, row.name), |ui| {
            if !row.policy {
                wrapped(ui, &row.words, theme::small(), cx.palette.text);
                return;
            }
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = S8;
                label(ui, &Line::new(&row.words, theme::small(), cx.palette.text));
                if link_ui(ui, words.copy_policy) {
                    copy(out, words.policy_name, &permission::viewer_policy(None));
                }
            });
        });
    }
}
