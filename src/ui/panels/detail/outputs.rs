//! The outputs tab: what was made, held against the source.

mod cells;
mod chips;
mod files;
mod menu;
mod name;
mod row;
mod rows;
mod share;
mod table;
pub(super) mod target;

use egui::Ui;

use super::ladder::{self, Ladder};
use super::{padded, scrolled};
use crate::knowledge::findings::{Finding, findings};
use crate::model::Detail;
use crate::text::Text;
use crate::ui::theme::{S8, S16, S20, S24};
use crate::ui::widgets::{Line, label, memo};
use crate::ui::{Actions, Cx, theme};

/// What the tab shows, built once an event.
struct Page {
    findings: Vec<Finding>,
    rows: Vec<row::Row>,
    has_media: bool,
    ladder: Option<Ladder>,
    files: Vec<files::FileRow>,
}

impl Page {
    fn of(detail: &Detail, text: &Text) -> Self {
        let findings = findings(detail);
        Self {
            rows: rows::rows(detail, &findings, text),
            has_media: detail.media.is_some(),
            ladder: Ladder::of(detail, &findings, text),
            files: files::files(detail, text),
            findings,
        }
    }

    /// Whether there is more to list than the source.
    fn has_outputs(&self) -> bool {
        self.rows.iter().any(|row| row.mark != row::Mark::Source)
    }
}

pub(super) fn outputs_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let Some(detail) = cx.detail() else {
        return;
    };
    let page = memo(ui, "outputs", cx.detail_stamp(), || {
        Page::of(detail, cx.text)
    });
    scrolled(ui, cx, |ui| {
        ui.add_space(S16);
        padded(ui, |ui| page_ui(ui, cx, &page, out));
        ui.add_space(S20);
    });
}

fn page_ui(ui: &mut Ui, cx: &Cx<'_>, page: &Page, out: &mut Actions) {
    if page.has_outputs() {
        chips::chips_ui(ui, cx, page, out);
        ui.add_space(S8);
        table::table_ui(ui, cx, &page.rows, out);
        if let Some(ladder) = &page.ladder {
            ui.add_space(S20);
            ladder::ladder_ui(ui, cx, ladder);
        }
    } else if page.files.is_empty() {
        let line = Line::new(cx.text.detail.no_outputs, theme::body(), cx.palette.text_2);
        label(ui, &line);
    }
    if !page.files.is_empty() {
        if page.has_outputs() {
            ui.add_space(S24);
        }
        files::files_ui(ui, cx, &page.files, out);
    }
}
