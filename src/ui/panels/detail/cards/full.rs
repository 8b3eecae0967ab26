//! A failure with everything known of it.

use egui::{Align, Layout, Sense, Stroke, StrokeKind, Ui, vec2};

use crate::knowledge::error_code::short_name;
use crate::state::{Action, DetailAction, ListAction};
use crate::store::{Facet, FacetValue, Sense as FilterSense};
use crate::text::detail as say;
use crate::ui::theme::{self, HAIRLINE, S4, S8, S12, S16};
use crate::ui::widgets::{Button, Line, Tone, card, hairline, label, sunken, tag, wrapped};
use crate::ui::{Actions, Cx, icons};

use super::super::values::within;
use super::parts::{code_ui, retry_icon, title_ui};
use super::{Failure, failures::Known};

const KEY_WIDTH: f32 = 88.0;

pub(super) fn full_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (failure, fill): (&Failure, f32),
    out: &mut Actions,
) -> f32 {
    let shown = card(ui, |ui| {
        ui.set_width(ui.available_width());
        title_ui(ui, cx, failure, |_, _| ());
        ui.add_space(S8);
        code_ui(ui, cx, failure, out);
        ui.add_space(S4);
        wrapped(ui, &failure.meaning, theme::body(), cx.palette.text);
        ui.add_space(S8);
        message_ui(ui, cx, failure);
        ui.add_space(S8);
        if let Some(known) = &failure.known {
            known_ui(ui, cx, known);
        }
        for (name, words) in &failure.checks {
            pair_ui(ui, cx, name, |ui| {
                wrapped(ui, words, theme::small(), cx.palette.text);
            });
        }
        ui.add_space(fill);
        hairline(ui);
        ui.add_space(S12);
        buttons_ui(ui, cx, failure, out);
    });
    let is_marked = failure.sub_task.is_some() && failure.sub_task == cx.state.detail.sub_task;
    if is_marked {
        let ring = Stroke::new(HAIRLINE, cx.palette.accent);
        let rect = shown.response.rect;
        let radius = theme::RADIUS_CARD;
        ui.painter()
            .rect_stroke(rect, radius, ring, StrokeKind::Inside);
    }
    shown.response.rect.height() - fill
}

fn message_ui(ui: &mut Ui, cx: &Cx<'_>, failure: &Failure) {
    let p = cx.palette;
    let Some(message) = &failure.message else {
        wrapped(ui, cx.text.detail.no_message, theme::small(), p.text_3);
        return;
    };
    sunken(ui, |ui| {
        ui.set_width(ui.available_width());
        wrapped(ui, message, theme::mono_small(), p.text_2);
    });
}

fn known_ui(ui: &mut Ui, cx: &Cx<'_>, known: &Known) {
    let p = cx.palette;
    let words = cx.text.detail;
    pair_ui(ui, cx, words.likely_cause, |ui| {
        wrapped(ui, &known.cause, theme::small(), p.text);
    });
    pair_ui(ui, cx, words.who_acts, |ui| who_ui(ui, cx, known));
    pair_ui(ui, cx, words.retry, |ui| {
        ui.horizontal_top(|ui| {
            retry_icon(ui, cx, known.retry);
            ui.add_space(S4);
            wrapped(ui, known.advice, theme::small(), p.text);
        });
    });
}

fn who_ui(ui: &mut Ui, cx: &Cx<'_>, known: &Known) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = S8;
        tag(ui, known.who, Tone::Plain);
        label(
            ui,
            &Line::new(known.who_note, theme::small(), cx.palette.text_2),
        );
    });
}

/// A heading at the left and what belongs to it.
fn pair_ui(ui: &mut Ui, cx: &Cx<'_>, key: &str, content: impl FnOnce(&mut Ui)) {
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(KEY_WIDTH, S16), Sense::hover());
        within(
            ui,
            ("key", rect),
            Layout::left_to_right(Align::Center),
            |ui| {
                label(ui, &Line::new(key, theme::small(), cx.palette.text_3));
            },
        );
        ui.vertical(content);
    });
    ui.add_space(S8);
}

fn buttons_ui(ui: &mut Ui, cx: &Cx<'_>, failure: &Failure, out: &mut Actions) {
    let words = cx.text.detail;
    ui.horizontal(|ui| {
        let evidence = Button::new(words.copy_evidence).icon(icons::COPY);
        if ui.add(evidence).clicked() {
            out.push(Action::Detail(DetailAction::CopyEvidence(failure.sub_task)));
        }
        let raw = Button::ghost(words.raw_button).icon(icons::BRACKETS_CURLY);
        if ui.add(raw).clicked() {
            out.push(Action::Detail(DetailAction::ShowInRaw(failure.node)));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            alike_ui(ui, cx, failure, out);
        });
    });
}

/// How many tasks of the list have the same code; leads to them.
fn alike_ui(ui: &mut Ui, cx: &Cx<'_>, failure: &Failure, out: &mut Actions) {
    let value = FacetValue::Code(failure.code.clone());
    let mut counts = cx.state.list.view.facets.of(Facet::Code).iter();
    let Some(found) = counts
        .find(|count| count.value == value)
        .filter(|found| found.count > 1)
    else {
        return;
    };
    let words = say::alike(cx.text.lang, found.count);
    let hint = say::filter_for(cx.text.lang, short_name(&failure.code));
    if ui.add(Button::link(&words)).on_hover_text(hint).clicked() {
        let sense = FilterSense::Include;
        out.push(Action::List(ListAction::Filter { value, sense }));
    }
}
