//! Small labelled grounds: pills with a glyph, tags, badges, key caps.

use egui::{
    Align, Color32, CornerRadius, FontId, Painter, Pos2, Rect, Response, Role, Sense, Stroke,
    StrokeKind, Ui, Vec2, vec2,
};

use super::focus::named;
use super::glyph::{GlyphStyle, verdict_glyph};
use super::text::{Line, line_width, paint_line};
use crate::model::Verdict;
use crate::ui::theme::{
    self, HAIRLINE, ICON_INLINE, KEY_CAP_HEIGHT, PILL_HEIGHT, Palette, RADIUS_BAR, RADIUS_CHIP, S4,
    S8, Status, TAG_HEIGHT, palette,
};

/// What a small label is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tone {
    #[default]
    Plain,
    Ok,
    Part,
    Fail,
    Run,
    Unk,
    Accent,
}

impl Tone {
    /// Ground and words.
    pub(crate) fn colors(self, p: &Palette) -> (Color32, Color32) {
        match self.status(p) {
            Some(status) => (status.bg, status.text),
            None if self == Self::Accent => (p.bg_selected, p.accent_text),
            None => (p.bg_track, p.text_2),
        }
    }

    fn status(self, p: &Palette) -> Option<&Status> {
        match self {
            Self::Plain | Self::Accent => None,
            Self::Ok => Some(&p.ok),
            Self::Part => Some(&p.part),
            Self::Fail => Some(&p.fail),
            Self::Run => Some(&p.run),
            Self::Unk => Some(&p.unk),
        }
    }
}

impl From<Verdict> for Tone {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Ok => Self::Ok,
            Verdict::PartlyFailed => Self::Part,
            Verdict::Failed => Self::Fail,
            Verdict::Running => Self::Run,
            Verdict::Unknown => Self::Unk,
        }
    }
}

/// What stands before the words of a pill, with its gap.
const PILL_MARK: f32 = ICON_INLINE + 6.0;

/// How wide a pill with that label is.
pub(crate) fn pill_width(painter: &Painter, label: &str) -> f32 {
    let width = line_width(painter, label, theme::small_strong());
    S8 + PILL_MARK + width + S8
}

/// A task's verdict in words, on its own ground.
pub(crate) fn verdict_pill(ui: &mut Ui, verdict: Verdict, label: &str) -> Response {
    let p = palette(ui);
    let (ground, color) = Tone::from(verdict).colors(p);
    let size = vec2(pill_width(ui.painter(), label), PILL_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    named(&response, Role::Label, label);
    let painter = ui.painter();
    painter.rect_filled(rect, RADIUS_CHIP, ground);
    let place = Rect::from_center_size(
        rect.left_center() + vec2(S8 + ICON_INLINE / 2.0, 0.0),
        Vec2::splat(ICON_INLINE),
    );
    verdict_glyph(painter, place, verdict, p, GlyphStyle::Row);
    let words = rect.with_min_x(rect.left() + S8 + PILL_MARK);
    let line = Line::new(label, theme::small_strong(), color);
    paint_line(painter, words, Align::Min, &line);
    response
}

/// A word about the thing beside it.
pub(crate) fn tag(ui: &mut Ui, label: &str, tone: Tone) -> Response {
    let size = tag_size(ui.painter(), label, theme::caption());
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    named(&response, Role::Label, label);
    paint_tag(ui.painter(), rect.left_center(), label, tone, palette(ui));
    response
}

/// A count, such as `×3`.
pub(crate) fn badge(ui: &mut Ui, label: &str) -> Response {
    let size = tag_size(ui.painter(), label, theme::mono_small());
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    named(&response, Role::Label, label);
    let p = palette(ui);
    paint_badge(ui.painter(), rect.left_center(), label, p.bg_track, p);
    response
}

/// Paints a tag whose left edge is centred on `at`.
pub(crate) fn paint_tag(painter: &Painter, at: Pos2, label: &str, tone: Tone, p: &Palette) -> Rect {
    let (ground, color) = tone.colors(p);
    let line = Line::new(label, theme::caption(), color);
    paint_ground(painter, at, ground, &line, theme::caption())
}

/// Paints a badge whose left edge is centred on `at`.
pub(crate) fn paint_badge(
    painter: &Painter,
    at: Pos2,
    label: &str,
    ground: Color32,
    p: &Palette,
) -> Rect {
    let line = Line::new(label, theme::mono_small(), p.text_2);
    paint_ground(painter, at, ground, &line, theme::mono_small())
}

fn paint_ground(
    painter: &Painter,
    at: Pos2,
    ground: Color32,
    line: &Line<'_>,
    font: FontId,
) -> Rect {
    let size = tag_size(painter, line.text(), font);
    let rect = Rect::from_min_size(at - vec2(0.0, size.y / 2.0), size);
    painter.rect_filled(rect, RADIUS_CHIP, ground);
    paint_line(painter, rect, Align::Center, line);
    rect
}

/// How wide a tag with that label is.
pub(crate) fn tag_width(painter: &Painter, label: &str) -> f32 {
    tag_size(painter, label, theme::caption()).x
}

/// How wide a badge with that label is.
pub(crate) fn badge_width(painter: &Painter, label: &str) -> f32 {
    tag_size(painter, label, theme::mono_small()).x
}

fn tag_size(painter: &Painter, label: &str, font: FontId) -> Vec2 {
    // One more point, so that rounding never cuts the words.
    vec2(line_width(painter, label, font) + 13.0, TAG_HEIGHT)
}

/// A key, as it is written on the keyboard.
pub(crate) fn key_cap(ui: &mut Ui, key: &str) -> Response {
    const RADIUS: CornerRadius = RADIUS_BAR;
    let p = palette(ui);
    let width = line_width(ui.painter(), key, theme::mono_small()) + 2.0 * S4 + 1.0;
    let size = vec2(width.max(KEY_CAP_HEIGHT), KEY_CAP_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    named(&response, Role::Label, key);
    let border = Stroke::new(HAIRLINE, p.line_strong);
    ui.painter()
        .rect(rect, RADIUS, p.bg_raised, border, StrokeKind::Inside);
    let line = Line::new(key, theme::mono_small(), p.text_2);
    paint_line(ui.painter(), rect, Align::Center, &line);
    response
}

#[cfg(test)]
mod tests {
    use egui_kittest::kittest::Queryable as _;

    use super::*;
    use crate::ui::widgets::testing::harness;

    #[test]
    fn labels_are_read_aloud_and_have_the_height_of_the_scale() {
        let mut harness = harness(|ui| {
            verdict_pill(ui, Verdict::PartlyFailed, "Finished, 2 of 6 failed");
            tag(ui, "longest", Tone::Plain);
            badge(ui, "×3");
            key_cap(ui, "F");
        });
        harness.run();
        for (label, height) in [
            ("Finished, 2 of 6 failed", PILL_HEIGHT),
            ("longest", TAG_HEIGHT),
            ("×3", TAG_HEIGHT),
            ("F", KEY_CAP_HEIGHT),
        ] {
            let found = harness.get_by_label(label).rect().height();
            assert!((found - height).abs() < 0.01, "{label}: {found}");
        }
    }
}
