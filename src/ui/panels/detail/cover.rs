//! The place of the cover: the picture where its host was allowed, else what is known of it.

use egui::{Align, Layout, Rect, Sense, Stroke, StrokeKind, Ui, vec2};

use crate::model::{Detail, Outcome, SubTask};
use crate::ui::theme::{self, HAIRLINE, ICON_EMPTY, RADIUS_CARD, S4, S8, S12};
use crate::ui::widgets::{Button, Line, label, wrapped};
use crate::ui::{Actions, Cx, icons};

use super::previews::cover_slot_ui;
use super::values::{copy, within};

/// Width to height.
const ASPECT: f32 = 272.0 / 153.0;

pub(super) fn cover_ui(ui: &mut Ui, cx: &Cx<'_>, width: f32, out: &mut Actions) {
    let Some(detail) = cx.detail() else { return };
    let size = vec2(width, width / ASPECT);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    if cover_slot_ui(ui, cx, rect, out) {
        return;
    }
    let p = cx.palette;
    let border = Stroke::new(HAIRLINE, p.line);
    ui.painter()
        .rect(rect, RADIUS_CARD, p.bg_sunken, border, StrokeKind::Inside);
    let url = detail.cover_urls.first();
    let content = content_rect(rect, url.is_some());
    within(
        ui,
        ("cover", content),
        Layout::top_down(Align::Center),
        |ui| {
            ui.spacing_mut().item_spacing.y = S4;
            let icon = if url.is_some() {
                icons::IMAGE
            } else {
                icons::IMAGE_BROKEN
            };
            label(ui, &Line::new(icon, theme::icon(ICON_EMPTY), p.text_3));
            let (title, why) = words(detail, cx);
            label(ui, &Line::new(title, theme::small_strong(), p.text));
            ui.vertical_centered(|ui| wrapped(ui, why, theme::small(), p.text_3));
            if let Some(url) = url {
                let link = Button::link(cx.text.detail.copy_url).icon(icons::COPY);
                if ui.add(link).on_hover_text(url).clicked() {
                    copy(out, cx.text.detail.cover, url);
                }
            }
        },
    );
}

/// Roughly centred: how many lines there are is known.
fn content_rect(rect: Rect, has_url: bool) -> Rect {
    let height: f32 = if has_url { 120.0 } else { 72.0 };
    Rect::from_center_size(
        rect.center(),
        vec2(rect.width() - 2.0 * S12, height.min(rect.height() - S8)),
    )
}

fn words(detail: &Detail, cx: &Cx<'_>) -> (&'static str, &'static str) {
    let words = cx.text.detail;
    if !detail.cover_urls.is_empty() {
        return (words.cover_not_fetched, words.cover_not_fetched_why);
    }
    let failed = |sub: &SubTask| sub.kind == "CoverBySnapshot" && sub.outcome == Outcome::Failed;
    if detail.sub_tasks.iter().any(failed) {
        (words.no_cover, words.no_cover_failed)
    } else {
        (words.no_cover, words.no_cover_in_event)
    }
}
