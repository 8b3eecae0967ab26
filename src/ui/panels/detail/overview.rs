//! The overview: what the media is, why it failed if it did, and everything else the event says.

use egui::Ui;

use crate::knowledge::event_type;
use crate::model::Detail;
use crate::ui::theme::{self, S4, S12, S16, S20, S24};
use crate::ui::widgets::{Line, label, lead, memo, wrapped};
use crate::ui::{Actions, Cx};

use super::columns::columns_ui;
use super::{
    banners, cards, cover, facts, findings_line, media, padded, request, streams, sub_rows,
    sub_table,
};

pub(super) fn overview_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let Some(detail) = cx.detail() else { return };
    padded(ui, |ui| {
        ui.add_space(S16);
        banners::other_product_ui(ui, cx);
        banners::missing_ui(ui, cx);
        if is_about_media(detail) {
            source_ui(ui, cx, out);
        } else {
            event_ui(ui, cx, detail);
        }
        ui.add_space(S16);
        if detail.sub_tasks.is_empty() {
            // There is no other part of the pane to keep the message for.
            cards::cards_ui(ui, cx, out);
        } else {
            cards::short_cards_ui(ui, cx, out);
        }
        facts::moderation_ui(ui, cx);
        sub_tasks_ui(ui, cx, detail, out);
        streams::streams_ui(ui, cx);
        request::request_ui(ui, cx, out);
        facts::links_ui(ui, cx, out);
        facts::notes_ui(ui, cx);
        facts::facts_ui(ui, cx, out);
        ui.add_space(S20);
    });
}

fn is_about_media(detail: &Detail) -> bool {
    detail.media.is_some() || !detail.sub_tasks.is_empty() || !detail.cover_urls.is_empty()
}

/// The cover at the left, the source's properties and the findings beside it.
fn source_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    columns_ui(
        ui,
        out,
        |ui, width, out| cover::cover_ui(ui, cx, width, out),
        |ui, _, out| {
            media::media_ui(ui, cx, out);
            ui.add_space(S4);
            findings_line::findings_line_ui(ui, cx, out);
        },
    );
}

/// What an event that is not about a media file is about.
fn event_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &Detail) {
    let p = cx.palette;
    lead(ui, cx.text.detail.event);
    ui.add_space(S4);
    label(ui, &Line::new(&detail.event_type, theme::mono(), p.text));
    if let Some(words) = event_type::description(&detail.event_type) {
        ui.add_space(S4);
        wrapped(ui, words.get(cx.text.lang), theme::body(), p.text_2);
    }
    if !detail.event_type.is_empty() && !event_type::carries_outcome(&detail.event_type) {
        ui.add_space(S4);
        label(
            ui,
            &Line::new(cx.text.detail.no_outcome, theme::small(), p.text_3),
        );
    }
}

fn sub_tasks_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &Detail, out: &mut Actions) {
    if detail.sub_tasks.is_empty() {
        return;
    }
    let rows = memo(ui, "sub-rows", cx.detail_stamp(), || {
        sub_rows::rows(detail, cx.text)
    });
    sub_table::sub_table_ui(ui, cx, &rows, out);
    ui.add_space(S24 - S12 + S4);
}
