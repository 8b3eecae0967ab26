//! Failures as cards, as short cards, and as strips where there is little room.

use egui::{Align, InnerResponse, Layout, Rect, Sense, Stroke, Ui, UiBuilder, Vec2, pos2, vec2};

use crate::knowledge::error_code::{Retry, short_name};
use crate::model::Outcome;
use crate::state::{Action, DetailAction, ListAction, Tab};
use crate::store::{Facet, FacetValue, Sense as FilterSense};
use crate::text::detail as say;
use crate::ui::theme::{self, HAIRLINE, ICON_CONTROL, S4, S8, S12, S16, S20};
use crate::ui::widgets::{
    Button, CopyAsk, CopyIcon, Copyable, Line, Offers, Tone, card, copyable, hairline,
    icon_button_small, label, memo, outcome_glyph, section, sunken, tag, wrapped,
};
use crate::ui::{Actions, Cx, icons};

use super::failures::{self, Failure, Failures, Known};
use super::headed;
use super::values::{copy, icon_ui, within};

/// Cards stand two abreast from this width on.
const TWO_ABREAST: f32 = 640.0;
const KEY_WIDTH: f32 = 88.0;

fn failures(ui: &Ui, cx: &Cx<'_>) -> Option<std::sync::Arc<Failures>> {
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

/// Lays cards out in rows of equal height. The drawer is told how much room to leave free so that
/// the card is as high as its neighbour was, and says how high it is without that.
fn abreast(ui: &mut Ui, list: &[Failure], mut draw: impl FnMut(&mut Ui, &Failure, f32) -> f32) {
    let each: usize = if ui.available_width() >= TWO_ABREAST {
        2
    } else {
        1
    };
    let width = (ui.available_width() - S16 * (each - 1) as f32) / each as f32;
    for (number, row) in list.chunks(each).enumerate() {
        let id = ui.scope_id().with(("card-heights", number));
        let before: Vec<f32> = ui.data(|data| data.get_temp(id)).unwrap_or_default();
        let highest = before.iter().copied().fold(0.0, f32::max);
        let top = ui.cursor().min;
        let mut bottom = top.y;
        let mut heights = Vec::new();
        for (at, failure) in row.iter().enumerate() {
            let left = top.x + at as f32 * (width + S16);
            let place = Rect::from_min_size(pos2(left, top.y), vec2(width, 4_000.0));
            let builder = UiBuilder::new()
                .id_salt(("card", number, at))
                .max_rect(place)
                .layout(Layout::top_down(Align::Min));
            let mut card = ui.new_child(builder);
            let fill = before
                .get(at)
                .map_or(0.0, |height| (highest - height).max(0.0));
            heights.push(draw(&mut card, failure, fill));
            bottom = bottom.max(card.min_rect().bottom());
        }
        if heights != before {
            ui.data_mut(|data| data.insert_temp(id, heights));
            ui.ctx().request_repaint();
        }
        let size = vec2(ui.available_width(), bottom - top.y);
        ui.allocate_exact_size(size, Sense::hover());
        ui.add_space(S16);
    }
}

fn full_ui(ui: &mut Ui, cx: &Cx<'_>, (failure, fill): (&Failure, f32), out: &mut Actions) -> f32 {
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
            .rect_stroke(rect, radius, ring, egui::StrokeKind::Inside);
    }
    shown.response.rect.height() - fill
}

/// The glyph, the kind and what was asked of it; its number and `controls` at the right.
fn title_ui(ui: &mut Ui, cx: &Cx<'_>, failure: &Failure, controls: impl FnOnce(&mut Ui, &Failure)) {
    let p = cx.palette;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = S8;
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(ICON_CONTROL), Sense::hover());
        outcome_glyph(ui.painter(), rect, Outcome::Failed, p);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            controls(ui, failure);
            if let Some(at) = failure.sub_task {
                let number = format!("#{}", at + 1);
                label(ui, &Line::new(&number, theme::mono_small(), p.text_3));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                label(ui, &Line::new(&failure.name, theme::strong(), p.text));
                if !failure.api_name.is_empty() {
                    label(ui, &Line::new(&failure.api_name, theme::small(), p.text_3));
                }
                label(ui, &Line::new(&failure.asked, theme::small(), p.text_2));
            });
        });
    });
}

fn code_ui(ui: &mut Ui, cx: &Cx<'_>, failure: &Failure, out: &mut Actions) {
    if failure.code.is_empty() {
        return;
    }
    let asked = copyable(
        ui,
        &Copyable {
            name: cx.text.detail.code,
            line: Line::new(&failure.code, theme::mono(), cx.palette.fail.text),
            icon: CopyIcon::Always,
            offers: Offers {
                filter: true,
                raw: true,
                ..Offers::default()
            },
            words: cx.text.chrome,
        },
    );
    let filter = |sense| {
        Action::List(ListAction::Filter {
            value: FacetValue::Code(failure.code.clone()),
            sense,
        })
    };
    match asked {
        Some(CopyAsk::Copy | CopyAsk::CopyPath) => copy(out, cx.text.detail.code, &failure.code),
        Some(CopyAsk::FilterFor) => out.push(filter(FilterSense::Include)),
        Some(CopyAsk::FilterOut) => out.push(filter(FilterSense::Exclude)),
        Some(CopyAsk::ShowInRaw) => out.push(Action::Detail(DetailAction::ShowInRaw(failure.node))),
        None => {}
    }
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

fn retry_icon(ui: &mut Ui, cx: &Cx<'_>, retry: Retry) {
    let p = cx.palette;
    let (icon, color) = match retry {
        Retry::No => (icons::PROHIBIT, p.fail.text),
        Retry::AfterFix => (icons::WRENCH, p.text_2),
        Retry::Yes => (icons::ARROW_CLOCKWISE, p.ok.text),
    };
    icon_ui(ui, icon, color);
}

/// A heading at the left and what belongs to it.
pub(super) fn pair_ui(ui: &mut Ui, cx: &Cx<'_>, key: &str, content: impl FnOnce(&mut Ui)) {
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

/// A card with less padding than those that tell everything.
fn short_card(ui: &mut Ui, cx: &Cx<'_>, content: impl FnOnce(&mut Ui)) -> InnerResponse<()> {
    egui::Frame::new()
        .fill(cx.palette.bg_raised)
        .stroke(Stroke::new(HAIRLINE, cx.palette.line))
        .corner_radius(theme::RADIUS_CARD)
        .inner_margin(egui::Margin::symmetric(16, 6))
        .show(ui, content)
}

fn short_ui(ui: &mut Ui, cx: &Cx<'_>, (failure, fill): (&Failure, f32), out: &mut Actions) -> f32 {
    let words = cx.text.detail;
    let shown = short_card(ui, cx, |ui| {
        ui.set_width(ui.available_width());
        let mut asked = false;
        title_ui(ui, cx, failure, |ui, _| {
            asked = icon_button_small(ui, icons::COPY, words.copy_evidence).clicked();
        });
        if asked {
            out.push(Action::Detail(DetailAction::CopyEvidence(failure.sub_task)));
        }
        code_ui(ui, cx, failure, out);
        ui.add_space(S4);
        wrapped(ui, &failure.meaning, theme::body(), cx.palette.text);
        if let Some(known) = &failure.known {
            ui.add_space(S8);
            ui.horizontal(|ui| brief_ui(ui, cx, known));
        }
        ui.add_space(fill);
    });
    shown.response.rect.height() - fill
}

/// Who acts and whether to retry, in one line.
fn brief_ui(ui: &mut Ui, cx: &Cx<'_>, known: &Known) {
    let p = cx.palette;
    let words = cx.text.detail;
    ui.spacing_mut().item_spacing.x = S8;
    label(ui, &Line::new(words.who_acts, theme::small(), p.text_3));
    tag(ui, known.who, Tone::Plain);
    ui.add_space(S8);
    label(ui, &Line::new(words.retry, theme::small(), p.text_3));
    retry_icon(ui, cx, known.retry);
    label(ui, &Line::new(known.retry_words, theme::small(), p.text));
}

const STRIP: f32 = 56.0;

/// A failure in two lines.
fn strip_ui(ui: &mut Ui, cx: &Cx<'_>, failure: &Failure, out: &mut Actions) {
    let p = cx.palette;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), STRIP), Sense::hover());
    let border = Stroke::new(HAIRLINE, p.line);
    ui.painter().rect(
        rect,
        theme::RADIUS_CARD,
        p.bg_raised,
        border,
        egui::StrokeKind::Inside,
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
