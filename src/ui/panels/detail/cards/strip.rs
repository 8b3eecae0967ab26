//! A failure in two lines, where there is little room.

use egui::{Align, Layout, Rect, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2, pos2, vec2};

use crate::model::Outcome;
use crate::state::{Action, DetailAction};
use crate::ui::theme::{self, HAIRLINE, ICON_CONTROL, S8, S12, S20};
use crate::ui::widgets::{Button, Line, Tone, label, outcome_glyph, tag};
use crate::ui::{Actions, Cx, icons};

use super::super::values::within;
use super::parts::{code_ui, retry_icon};
use super::{Failure, failures::Known};

const STRIP: f32 = 56.0;

/// A failure in two lines.
pub(super) fn strip_ui(ui: &mut Ui, cx: &Cx<'_>, failure: &Failure, out: &mut Actions) {
    let p = cx.palette;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), STRIP), Sense::hover());
    let border = Stroke::new(HAIRLINE, p.line);
    ui.painter().rect(
        rect,
        theme::RADIUS_CARD,
        p.bg_raised,
        border,
        StrokeKind::Inside,
    );
    let inner = rect.shrink2(vec2(S12, S8));
    let salt = ui.scope_id().with(("strip", failure.sub_task));
    let mut strip = ui.new_child(
        UiBuilder::new()
            .id_salt(salt)
            .max_rect(inner)
            .layout(Layout::right_to_left(Align::Center)),
    );
    let ui = &mut strip;
    let evidence = Button::new(cx.text.detail.copy_evidence).icon(icons::COPY);
    if ui.add(evidence).clicked() {
        out.push(Action::Detail(DetailAction::CopyEvidence(failure.sub_task)));
    }
    ui.add_space(S12);
    if let Some(known) = &failure.known {
        let area = Rect::from_min_max(
            pos2(ui.cursor().right() - 180.0, inner.top()),
            pos2(ui.cursor().right(), inner.bottom()),
        );
        ui.painter()
            .vline(area.left() - S12, inner.y_range(), border);
        within(ui, ("who", area), Layout::top_down(Align::Min), |ui| {
            strip_who_ui(ui, cx, known);
        });
        ui.add_space(area.width() + S20);
    }
    let area = Rect::from_min_max(inner.min, pos2(ui.cursor().right(), inner.bottom()));
    within(ui, ("what", area), Layout::top_down(Align::Min), |ui| {
        strip_what_ui(ui, cx, failure, out);
    });
}

/// The kind, what was asked of it and the code; below, what that means.
fn strip_what_ui(ui: &mut Ui, cx: &Cx<'_>, failure: &Failure, out: &mut Actions) {
    let p = cx.palette;
    let area = ui.max_rect();
    let glyph = area.left_center() + vec2(ICON_CONTROL / 2.0, 0.0);
    let glyph = Rect::from_center_size(glyph, Vec2::splat(ICON_CONTROL));
    outcome_glyph(ui.painter(), glyph, Outcome::Failed, p);
    let words = area.with_min_x(glyph.right() + S12);
    let (first, second) = words.split_top_bottom_at_fraction(0.5);
    let rightward = Layout::left_to_right(Align::Center);
    within(ui, ("first", first), rightward, |ui| {
        ui.spacing_mut().item_spacing.x = S8;
        label(ui, &Line::new(&failure.name, theme::strong(), p.text));
        label(ui, &Line::new(&failure.api_name, theme::small(), p.text_3));
        label(ui, &Line::new(&failure.asked, theme::small(), p.text_2));
        code_ui(ui, cx, failure, out);
    });
    within(ui, ("second", second), rightward, |ui| {
        let seen = failure.known.as_ref().filter(|known| known.cause_is_seen);
        let cause = seen.map_or("", |known| known.cause.as_str());
        let words = format!("{} {cause}", failure.meaning);
        label(ui, &Line::new(words.trim_end(), theme::small(), p.text_2));
    });
}

fn strip_who_ui(ui: &mut Ui, cx: &Cx<'_>, known: &Known) {
    let p = cx.palette;
    let words = cx.text.detail;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = S8;
        label(ui, &Line::new(words.who_acts, theme::small(), p.text_3));
        tag(ui, known.who, Tone::Plain);
    });
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = S8;
        label(ui, &Line::new(words.retry, theme::small(), p.text_3));
        retry_icon(ui, cx, known.retry);
        label(ui, &Line::new(known.retry_words, theme::small(), p.text));
    });
}
