//! Painting a row of the list, in two lines or in one.

use egui::{Align, CursorIcon, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::super::live::ring_ui;
use super::words::Row;
use super::words_at;
use crate::model::{Outcome, SubRow, Verdict};
use crate::ui::Cx;
use crate::ui::icons;
use crate::ui::theme::{self, ICON_CONTROL, ICON_INLINE, Palette, S4, S8, S12};
use crate::ui::widgets::{
    GlyphStyle, Line, badge_width, outcome_glyph, paint_badge, paint_line, paint_skeleton,
    row_ground, running_glyph, verdict_bar, verdict_glyph,
};

pub(super) const BAR: Vec2 = vec2(56.0, 4.0);
/// What the name keeps beside long verdict words.
const LEAST_NAME: f32 = 130.0;
/// What the flag of a moderation hit takes before the verdict words.
pub(super) const FLAG: f32 = ICON_INLINE + S4;

/// The ground of a row with its name, focus and click.
pub(super) fn ground(ui: &Ui, rect: Rect, selected: bool, row: &Row<'_>) -> Response {
    let id = ui.scope_id().with("row");
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, selected, row.spoken()));
    row_ground(ui, rect, &response, selected);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// 44 points high; whether something had to be cut.
pub(super) fn two_lines(ui: &Ui, cx: &Cx<'_>, rect: Rect, row: &Row<'_>) -> bool {
    let inner = rect.shrink2(vec2(S12, 0.0));
    let band = |top: f32, height: f32| {
        Rect::from_min_size(inner.min + vec2(0.0, top), vec2(inner.width(), height))
    };
    let (first, second) = (band(3.0, 20.0), band(24.0, 16.0));
    glyph(ui, cx, first, row);
    let words_from = inner.left() + ICON_CONTROL + S8;
    let cut = first_line(ui, cx, first.with_min_x(words_from), row);
    second_line(ui, cx, second.with_min_x(words_from), row);
    cut
}

/// 28 points high; whether something had to be cut.
pub(super) fn one_line(ui: &Ui, cx: &Cx<'_>, rect: Rect, row: &Row<'_>) -> bool {
    let inner = rect.shrink2(vec2(S12, 0.0));
    glyph(ui, cx, inner, row);
    let left = inner.left() + ICON_CONTROL + S8;
    let right = time_ui(ui, cx, inner, row) - S12;
    let words = Rect::from_x_y_ranges(left..=right, inner.y_range());
    first_line(ui, cx, words, row)
}

/// The time at the right of `rect`, or what is left of it in a borrowed queue; its left edge.
pub(super) fn time_ui(ui: &Ui, cx: &Cx<'_>, rect: Rect, row: &Row<'_>) -> f32 {
    if let Some(ring) = &row.ring {
        return ring_ui(ui, cx, rect, ring);
    }
    let color = if row.time.is_some() {
        cx.palette.text_2
    } else {
        cx.palette.text_3
    };
    let time = row.time.as_deref().unwrap_or("–");
    let line = Line::new(time, theme::mono_small(), color);
    paint_line(ui.painter(), rect, Align::Max, &line);
    rect.right() - row.time_width
}

pub(super) fn glyph(ui: &Ui, cx: &Cx<'_>, line: Rect, row: &Row<'_>) {
    let center = pos2(line.left() + ICON_CONTROL / 2.0, line.center().y);
    let rect = Rect::from_center_size(center, Vec2::splat(ICON_CONTROL));
    if row.summary_only {
        outcome_glyph(ui.painter(), rect, Outcome::Waiting, cx.palette);
    } else if row.verdict == Verdict::Running {
        running_glyph(ui.painter(), rect, row.progress, cx.palette);
    } else {
        verdict_glyph(ui.painter(), rect, row.verdict, cx.palette, GlyphStyle::Row);
    }
}

/// Name with its badges, verdict words at the right.
fn first_line(ui: &Ui, cx: &Cx<'_>, rect: Rect, row: &Row<'_>) -> bool {
    let words = Line::new(
        &row.words,
        theme::small_strong(),
        row_color(row, cx.palette),
    );
    let most = (rect.width() - LEAST_NAME).max(rect.width() * 0.4);
    let place = rect.with_min_x(rect.right() - most);
    let painted = paint_line(ui.painter(), place, Align::Max, &words);
    let mut right = painted.rect.left() - S8;
    if row.flagged.is_some() {
        let from = painted.rect.left() - FLAG;
        flag(ui, cx, rect.with_min_x(from));
        right = from - S8;
    }
    let name_cut = name_ui(ui, cx, rect.with_max_x(right), row);
    name_cut || painted.cut
}

/// The flag of a moderation hit at the left of `rect`; the row's name says it too.
pub(super) fn flag(ui: &Ui, cx: &Cx<'_>, rect: Rect) {
    let place = rect.with_max_x(rect.left() + ICON_INLINE);
    let icon = Line::new(icons::FLAG, theme::icon(ICON_INLINE), cx.palette.part.text);
    paint_line(ui.painter(), place, Align::Center, &icon);
}

/// The name and what stands behind it; whether the name had to be cut.
pub(super) fn name_ui(ui: &Ui, cx: &Cx<'_>, rect: Rect, row: &Row<'_>) -> bool {
    let p = cx.palette;
    if row.summary_only && !row.named {
        paint_skeleton(ui.painter(), skeleton(rect, &row.id), p);
        return false;
    }
    let badge = row
        .deliveries
        .as_deref()
        .map_or(0.0, |text| badge_width(ui.painter(), text) + S8);
    let mark = if row.marked { ICON_INLINE + S4 } else { 0.0 };
    let color = if row.named { p.text } else { p.text_2 };
    let name = Line::new(row.name, theme::strong(), color).middle();
    let room = rect.with_max_x(rect.right() - badge - mark);
    let (mut right, cut) = words_at(ui, room, &name);
    if let Some(text) = &row.deliveries {
        let at = pos2(right + S8, rect.center().y);
        right = paint_badge(ui.painter(), at, text, p.bg_track, p).right();
    }
    if row.marked {
        let place = Rect::from_min_size(
            pos2(right + S4, rect.top()),
            vec2(ICON_INLINE, rect.height()),
        );
        let icon = Line::new(
            icons::BOOKMARK_SIMPLE,
            theme::icon(ICON_INLINE),
            p.accent_text,
        );
        paint_line(ui.painter(), place, Align::Center, &icon);
    }
    cut
}

/// The ground of a name to come: rows differ in its length, and keep theirs.
fn skeleton(rect: Rect, id: &str) -> Rect {
    const HEIGHT: f32 = 12.0;
    let sum: u32 = id.bytes().map(u32::from).sum();
    let share = 0.45 + (sum % 16) as f32 / 32.0;
    let width = (rect.width() * share).max(0.0);
    let center = pos2(rect.left() + width / 2.0, rect.center().y);
    Rect::from_center_size(center, vec2(width, HEIGHT))
}

/// Id and duration, bar and time at the right.
fn second_line(ui: &Ui, cx: &Cx<'_>, rect: Rect, row: &Row<'_>) {
    let p = cx.palette;
    let mono = |text| Line::new(text, theme::mono_small(), p.text_2);
    let mut right = time_ui(ui, cx, rect, row) - 10.0;
    if row.ring.is_none() && !row.summary_only {
        let bar = Rect::from_center_size(pos2(right - BAR.x / 2.0, rect.center().y), BAR);
        verdict_bar(ui.painter(), bar, segments(row.sub_rows), p);
        right = bar.left();
    }
    let mut left = rect.with_max_x(right - S8);
    if !row.id.is_empty() {
        let (right, _) = words_at(ui, left, &mono(&row.id));
        left.min.x = right + S8;
    }
    match row.duration.as_deref() {
        Some(duration) => _ = words_at(ui, left, &mono(duration)),
        None if row.named => _ = words_at(ui, left, &mono("–")),
        // An event that is about no medium misses no duration.
        None => {}
    }
}

/// The segments of the verdict bar.
pub(super) fn segments(
    sub_rows: &[SubRow],
) -> impl Iterator<Item = (Outcome, Option<f32>)> + Clone + '_ {
    sub_rows.iter().map(|sub| {
        let told = (sub.progress <= 100).then(|| f32::from(sub.progress) / 100.0);
        (sub.outcome, told)
    })
}

pub(super) fn row_color(row: &Row<'_>, p: &Palette) -> egui::Color32 {
    if row.summary_only {
        p.text_3
    } else {
        words_color(row.verdict, p)
    }
}

/// Quiet when fine.
fn words_color(verdict: Verdict, p: &Palette) -> egui::Color32 {
    match verdict {
        Verdict::Ok | Verdict::Unknown => p.text_3,
        loud => p.status(loud).text,
    }
}
