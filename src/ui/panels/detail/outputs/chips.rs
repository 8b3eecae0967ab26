//! The line above the table: how many findings of which kind.

use egui::{Align, Layout, Rect, Role, Sense, Ui, Vec2};

use super::super::values::copy;
use super::Page;
use super::row::Row;
use crate::knowledge::findings::{Finding, FindingKind};
use crate::model::Outcome;
use crate::text::{Text, format, outputs as sentences};
use crate::ui::theme::{self, ICON_CONTROL, S4, S8, S16};
use crate::ui::widgets::{Line, icon_button, label, line_width, named, outcome_glyph, paint_line};
use crate::ui::{Actions, Cx, icons};

const HEIGHT: f32 = 28.0;

/// One kind of finding.
struct Group {
    icon: Icon,
    words: &'static str,
    count: usize,
}

#[derive(Clone, Copy)]
enum Icon {
    Failed,
    Sign(&'static str),
}

pub(super) fn chips_ui(ui: &mut Ui, cx: &Cx<'_>, page: &Page, out: &mut Actions) {
    ui.horizontal_top(|ui| {
        let row = ui.available_rect_before_wrap();
        let words = row.with_max_x(row.right() - theme::ICON_BUTTON - S8);
        let lines = ui
            .scope_builder(egui::UiBuilder::new().max_rect(words), |ui| {
                ui.set_width(words.width());
                summary_ui(ui, cx, page);
            })
            .response;
        let right = Rect::from_x_y_ranges(words.right()..=row.right(), lines.rect.y_range());
        let layout = Layout::right_to_left(Align::Min);
        super::super::values::within(ui, ("copy table", right), layout, |ui| {
            if icon_button(ui, icons::COPY, cx.text.detail.copy_all).clicked() {
                copy(out, cx.text.outputs.copied_table, &as_text(page, cx.text));
            }
        });
    });
}

fn summary_ui(ui: &mut Ui, cx: &Cx<'_>, page: &Page) {
    let p = cx.palette;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        ui.set_min_height(HEIGHT);
        if page.findings.is_empty() {
            let words = if page.has_media {
                cx.text.detail.no_findings
            } else {
                cx.text.outputs.not_compared
            };
            line_ui(ui, &Line::new(words, theme::small(), p.text_2));
            return;
        }
        let total = sentences::findings(cx.text.lang, page.findings.len());
        line_ui(ui, &Line::new(&total, theme::strong(), p.text));
        for group in groups(&page.findings, cx.text) {
            group_ui(ui, cx, &group);
        }
    });
}

/// A line as high as the controls beside it.
fn line_ui(ui: &mut Ui, line: &Line<'_>) {
    ui.allocate_ui_with_layout(
        egui::vec2(ui.available_width(), HEIGHT),
        Layout::left_to_right(Align::Center),
        |ui| label(ui, line),
    );
}

fn group_ui(ui: &mut Ui, cx: &Cx<'_>, group: &Group) {
    let p = cx.palette;
    let count = format::len(group.count);
    let words = Line::new(group.words, theme::small(), p.text);
    let width = line_width(ui.painter(), group.words, theme::small());
    let count_width = line_width(ui.painter(), &count, theme::mono_small());
    let size = egui::vec2(
        S16 + ICON_CONTROL + S4 + width + 6.0 + count_width + 2.0,
        HEIGHT,
    );
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    named(&response, Role::Label, &format!("{} {count}", group.words));
    let glyph = Rect::from_center_size(
        egui::pos2(rect.left() + S16 + ICON_CONTROL / 2.0, rect.center().y),
        Vec2::splat(ICON_CONTROL),
    );
    match group.icon {
        Icon::Failed => outcome_glyph(ui.painter(), glyph, Outcome::Failed, p),
        Icon::Sign(icon) => {
            let line = Line::new(icon, theme::icon(ICON_CONTROL), p.part.text);
            paint_line(ui.painter(), glyph.expand(1.0), Align::Center, &line);
        }
    }
    let after = rect.with_min_x(glyph.right() + S4);
    let painted = paint_line(ui.painter(), after, Align::Min, &words);
    let after = rect.with_min_x(painted.rect.right() + 6.0);
    let count = Line::new(&count, theme::mono_small(), p.text_3);
    paint_line(ui.painter(), after, Align::Min, &count);
}

fn groups(findings: &[Finding], text: &Text) -> Vec<Group> {
    let words = text.detail;
    let all = [
        (Icon::Failed, words.missing_rung),
        (Icon::Sign(icons::ARROWS_OUT_SIMPLE), words.upscaled),
        (Icon::Sign(icons::ARROW_LINE_UP), words.above_source_bitrate),
        (Icon::Sign(icons::TIMER), words.duration_drift),
        (Icon::Sign(icons::SPEAKER_HIGH), words.lost_audio),
        (Icon::Sign(icons::HASH), words.definition_differs),
    ];
    let count = |place| {
        findings
            .iter()
            .filter(|f| group_of(f.what) == place)
            .count()
    };
    all.into_iter()
        .enumerate()
        .map(|(place, (icon, words))| Group {
            icon,
            words,
            count: count(place),
        })
        .filter(|group| group.count > 0)
        .collect()
}

/// The place of a kind's group in the line.
fn group_of(kind: FindingKind) -> usize {
    match kind {
        FindingKind::MissingRung => 0,
        FindingKind::Upscaled { .. } => 1,
        FindingKind::AboveSourceBitrate { .. } => 2,
        FindingKind::DurationDrift { .. } => 3,
        FindingKind::LostAudio => 4,
        FindingKind::DefinitionDiffers { .. } => 5,
    }
}

/// The table with tabs between its columns, as spreadsheets take it.
fn as_text(page: &Page, text: &Text) -> String {
    let mut lines = vec![super::table::names(text).join("\t")];
    lines.extend(page.rows.iter().map(Row::columns).map(|row| row.join("\t")));
    lines.join("\n")
}
