//! The history tab: the task's states as they were delivered, and other events about its file.

mod related;
mod rows;
mod states;

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use egui::{Align, Layout, Ui};

use super::{padded, scrolled};
use crate::state::{History, HistoryEntry};
use crate::ui::theme::{self, S8, S16, S20, S24};
use crate::ui::widgets::{Line, label, memo, section, spinner};
use crate::ui::{Actions, Cx};

pub(super) fn history_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    scrolled(ui, cx, |ui| {
        ui.add_space(S16);
        padded(ui, |ui| {
            states_ui(ui, cx, out);
            ui.add_space(S24);
            related_ui(ui, cx, out);
        });
        ui.add_space(S20);
    });
}

fn states_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.history;
    section(ui, words.states, words.newest_first, |_| ());
    ui.add_space(S8);
    match &cx.state.detail.history {
        History::Unread | History::Reading => reading_ui(ui, cx),
        History::Ready(entries) => {
            let rows = memo(ui, "states", stamp(cx, entries), || build(cx, entries));
            states::states_ui(ui, cx, &rows, out);
        }
    }
}

fn reading_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let words = cx.text.history.reading;
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        spinner(ui, words);
        ui.add_space(S8);
        label(ui, &Line::new(words, theme::small(), cx.palette.text_2));
    });
}

fn build(cx: &Cx<'_>, entries: &[HistoryEntry]) -> Vec<rows::StateRow> {
    let task = cx.state.detail.loaded().map(|loaded| loaded.task);
    let deliveries = task
        .map(|task| cx.state.index.rows_of(task))
        .unwrap_or_default();
    rows::rows(entries, &deliveries, &cx.state.sources, cx.text)
}

/// A delivery more changes the counts though the states stay.
fn stamp(cx: &Cx<'_>, entries: &Arc<Vec<HistoryEntry>>) -> u64 {
    let deliveries = cx
        .state
        .list
        .selected
        .and_then(|task| cx.state.index.task(task));
    let mut hasher = DefaultHasher::new();
    cx.detail_stamp().hash(&mut hasher);
    entries.len().hash(&mut hasher);
    deliveries.map(|task| task.rows).hash(&mut hasher);
    hasher.finish()
}

fn related_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let Some(task) = cx.state.detail.loaded().map(|loaded| loaded.task) else {
        return;
    };
    let rows = memo(ui, "related", related_stamp(cx), || {
        let found = cx.state.index.related(task);
        related::rows(&found, &cx.state.index, cx.text)
    });
    related::related_ui(ui, cx, &rows, out);
}

/// Finding related events walks every name there is, so it waits until reading has ended.
fn related_stamp(cx: &Cx<'_>) -> u64 {
    let known = if cx.state.sources.is_reading() {
        0
    } else {
        cx.state.index.row_count() + 1
    };
    let mut hasher = DefaultHasher::new();
    (cx.detail_stamp(), known).hash(&mut hasher);
    hasher.finish()
}
