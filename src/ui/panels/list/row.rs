//! Painting a row of the list, in two lines or in one.

use egui::{Align, CursorIcon, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::words::Row;
use super::words_at;
use crate::model::{Outcome, SubRow, Verdict};
use crate::ui::Cx;
use crate::ui::icons;
use crate::ui::theme::{self, ICON_CONTROL, ICON_INLINE, Palette, S4, S8, S12};
use crate::ui::widgets::{
    GlyphStyle, Line, paint_badge, paint_line, row_ground, running_glyph, verdict_bar,
    verdict_glyph,
};

pub(super) const BAR: Vec2 = vec2(56.0, 4.0);
/// Width of a time of the day in the small mono face.
const TIME: f32 = 54.0;
/// What the name keeps beside long verdict words.
const LEAST_NAME: f32 = 130.0;

/// The ground of a row with its name, focus and click.
pub(super) fn ground(ui: &Ui, rect: Rect, selected: bool, row: &Row<'_>) -> Response {
    let id = ui.scope_id().with("row");
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| {
        let name = format!("{}, {}", row.name, row.words);
        WidgetInfo::selected(Role::ListItem, true, selected, name)
    });
    row_ground(ui, rect, &response, selected);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// 44 points high; what had to be cut, whole.
pub(super) fn two_lines(ui: &Ui, cx: &Cx<'_>, rect: Rect, row: &Row<'_>) -> Option<String> {
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

/// 28 points high.
pub(super) fn one_line(ui: &Ui, cx: &Cx<'_>, rect: Rect, row: &Row<'_>) -> Option<String> {
    let inner = rect.shrink2(vec2(S12, 0.0));
    glyph(ui, cx, inner, row);
    let time = row.time.as_deref().unwrap_or("–");
    let line = Line::new(time, theme::mono_small(), cx.palette.text_2);
    let painted = paint_line(ui.painter(), inner, Align::Max, &line).rect;
    let left = inner.left() + ICON_CONTROL + S8;
    let right = painted.left().min(inner.right() - TIME) - S12;
    let words = Rect::from_x_y_ranges(left..=right, inner.y_range());
    first_line(ui, cx, words, row)
}

pub(super) fn glyph(ui: &Ui, cx: &Cx<'_>, line: Rect, row: &Row<'_>) {
    let center = pos2(line.left() + ICON_CONTROL / 2.0, line.center().y);
    let rect = Rect::from_center_size(center, Vec2::splat(ICON_CONTROL));
    if row.verdict == Verdict::Running {
        running_glyph(ui.painter(), rect, row.progress, cx.palette);
    } else {
        verdict_glyph(ui.painter(), rect, row.verdict, cx.palette, GlyphStyle::Row);
    }
}

/// Name with its badges, verdict words at the right.
fn first_line(ui: &Ui, cx: &Cx<'_>, rect: Rect, row: &Row<'_>) -> Option<String> {
    let words = Line::new(
        &row.words,
        theme::small_strong(),
        words_color(row.verdict, cx.palette),
    );
    let most = (rect.width() - LEAST_NAME).max(rect.width() * 0.4);
    let place = rect.with_min_x(rect.right() - most);
    let painted = paint_line(ui.painter(), place, Align::Max, &words);
    let name_rect = rect.with_max_x(painted.rect.left() - S8);
    let name_cut = name_ui(ui, cx, name_rect, row);
    (name_cut || painted.cut).then(|| format!("{}\n{}", row.name, row.words))
}

/// The name and what stands behind it; whether the name had to be cut.
pub(super) fn name_ui(ui: &Ui, cx: &Cx<'_>, rect: Rect, row: &Row<'_>) -> bool {
    let p = cx.palette;
    let badge = row.deliveries.as_deref().map_or(0.0, |text| {
        crate::ui::widgets::line_width(ui.painter(), text, theme::mono_small()) + 13.0 + S8
    });
    let mark = if row.marked { ICON_INLINE + S4 } else { 0.0 };
    let name = Line::new(row.name, theme::strong(), p.text).middle();
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

/// Id and duration, bar and time at the right.
fn second_line(ui: &Ui, cx: &Cx<'_>, rect: Rect, row: &Row<'_>) {
    let p = cx.palette;
    let mono = |text: &str| -> (String, egui::FontId) { (text.to_owned(), theme::mono_small()) };
    let (time, font) = mono(row.time.as_deref().unwrap_or("–"));
    let time = paint_line(
        ui.painter(),
        rect,
        Align::Max,
        &Line::new(&time, font, p.text_2),
    );
    let bar_right = time.rect.left().min(rect.right() - TIME) - 10.0;
    let bar = Rect::from_center_size(pos2(bar_right - BAR.x / 2.0, rect.center().y), BAR);
    verdict_bar(ui.painter(), bar, segments(row.sub_rows), p);
    let left = rect.with_max_x(bar.left() - S8);
    let id = Line::new(&row.task_id, theme::mono_small(), p.text_2);
    let (right, _) = words_at(ui, left, &id);
    let from = if row.task_id.is_empty() {
        left.left()
    } else {
        right + S8
    };
    let duration = row.duration.as_deref().unwrap_or("–");
    let line = Line::new(duration, theme::mono_small(), p.text_2);
    words_at(ui, left.with_min_x(from), &line);
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

/// Quiet when fine.
pub(super) fn words_color(verdict: Verdict, p: &Palette) -> egui::Color32 {
    match verdict {
        Verdict::Ok | Verdict::Unknown => p.text_3,
        loud => p.status(loud).text,
    }
}
