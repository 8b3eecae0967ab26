//! The detail pane: everything the selected task's newest event says, the answer first.
//!
//! What a part shows is built once an event by a pure function (`rows`); another one draws it.

mod banners;
mod cards;
mod columns;
mod cover;
mod facts;
mod failures;
mod findings_line;
mod gantt;
mod header;
mod history;
mod ladder;
mod media;
mod outputs;
mod overview;
mod previews;
mod request;
mod streams;
mod sub_rows;
mod sub_table;
mod sub_tasks;
mod tabs;
mod template_words;
#[cfg(test)]
mod testing;
mod values;

use egui::{Margin, Rangef, ScrollArea, Ui};

use crate::model::Reason;
use crate::state::{Load, Tab};
use crate::text::sentence;
use crate::ui::theme::{BUTTON_HEIGHT, S8, S12, S16, S20};
use crate::ui::widgets::{Column, columns, empty_state, memo, section, skeleton};
use crate::ui::{Actions, Cx, icons};

use super::raw;

/// Nothing is drawn this long, so that fast answers do not flicker.
const QUIET_SECS: f64 = 0.1;

/// Draws the pane.
pub(crate) fn detail_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
    // Lines of text are as high as the type scale says, not as egui's buttons.
    ui.spacing_mut().interact_size.y = S20;
    match &cx.state.detail.load {
        Load::Nothing => {
            let words = (cx.text.detail.nothing_selected, "");
            empty_state(ui, icons::LIST_BULLETS, words, |_| ());
        }
        Load::Reading { .. } => reading_ui(ui, cx),
        Load::Failed { reason, .. } => failed_ui(ui, cx, reason),
        Load::Ready(_) => ready_ui(ui, cx, out),
    }
}

fn ready_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let narrow = crate::ui::Layout::of_width(ui.ctx().content_rect().width());
    header::header_ui(ui, cx, narrow, out);
    tabs::tabs_ui(ui, cx, out);
    match cx.state.detail.tab {
        Tab::Overview => scrolled(ui, cx, |ui| overview::overview_ui(ui, cx, out)),
        Tab::SubTasks => scrolled(ui, cx, |ui| sub_tasks::sub_tasks_ui(ui, cx, out)),
        Tab::Outputs => outputs::outputs_ui(ui, cx, out),
        Tab::Previews => previews::previews_ui(ui, cx, out),
        Tab::History => history::history_ui(ui, cx, out),
        Tab::Raw => raw::raw_ui(ui, cx, out),
    }
}

/// Scrolls a tab; each task begins at its top.
fn scrolled(ui: &mut Ui, cx: &Cx<'_>, content: impl FnOnce(&mut Ui)) {
    let salt = (cx.state.detail.tab as u8, cx.state.detail.ticket);
    ScrollArea::vertical()
        .id_salt(salt)
        .auto_shrink(false)
        .show(ui, content);
}

/// Insets a part as far as the header's text.
fn padded<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let margin = Margin::symmetric(20, 0);
    egui::Frame::new()
        .inner_margin(margin)
        .show(ui, content)
        .inner
}

/// A heading with its caption, level with the buttons at its right.
fn headed(ui: &mut Ui, (title, caption): (&str, &str), controls: impl FnOnce(&mut Ui)) {
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = BUTTON_HEIGHT;
        section(ui, title, caption, controls);
    });
}

/// Columns whose outermost words stand flush with the text above the table.
fn flush_columns(width: f32, wanted: &[Column]) -> Vec<Option<Rangef>> {
    let places = columns(width + 2.0 * S8, wanted);
    let flush = |place: Rangef| Rangef::new(place.min - S8, place.max - S8);
    places.into_iter().map(|place| place.map(flush)).collect()
}

fn reading_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let now = ui.input(|input| input.time);
    let since = *memo(ui, "reading-since", cx.state.detail.ticket, || now);
    if now - since < QUIET_SECS {
        let rest = std::time::Duration::from_secs_f64(QUIET_SECS);
        ui.ctx().request_repaint_after(rest);
        return;
    }
    padded(ui, |ui| {
        ui.add_space(S20);
        let width = ui.available_width();
        for (share, height) in [
            (0.5, 20.0),
            (0.7, 16.0),
            (0.6, 12.0),
            (1.0, 1.0),
            (1.0, 160.0),
        ] {
            skeleton(ui, egui::vec2(width * share, height));
            ui.add_space(S12);
        }
        crate::ui::widgets::caption(ui, cx.text.detail.loading);
    });
}

fn failed_ui(ui: &mut Ui, cx: &Cx<'_>, reason: &Reason) {
    let why = sentence::reason(cx.text.lang, reason);
    ui.add_space(S16);
    empty_state(
        ui,
        icons::WARNING,
        (cx.text.load.unreadable_file, &why),
        |_| (),
    );
}
