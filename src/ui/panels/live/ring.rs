//! How it stands with a borrowed event, beside its row: a ring that runs out, or a word.

use egui::{Align, Painter, Pos2, Rect, Stroke, Ui, Vec2, vec2};
use std::f32::consts::{FRAC_PI_2, TAU};

use super::parts::whole_secs;
use crate::model::HIDDEN_FOR;
use crate::state::Ring;
use crate::text::{Text, borrowing};
use crate::ui::theme::{self, ICON_INLINE, Palette, S4};
use crate::ui::widgets::{Line, paint_line};
use crate::ui::{Cx, icons};

/// A ring in words and parts.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui::panels) struct RingWords {
    ring: Ring,
    pub(in crate::ui::panels) words: String,
    pub(in crate::ui::panels) spoken: String,
}

impl RingWords {
    pub(in crate::ui::panels) fn of(ring: Ring, text: &Text) -> Self {
        let live = text.live;
        let (words, spoken) = match ring {
            Ring::Hidden { left_millis, .. } => {
                let secs = whole_secs(left_millis);
                let spoken = borrowing::returns_in(text.lang, secs);
                (borrowing::ring_secs(text.lang, secs), spoken)
            }
            Ring::Confirming => (live.confirming.to_owned(), live.confirming.to_owned()),
            Ring::Confirmed => (live.confirmed.to_owned(), live.confirmed.to_owned()),
            Ring::Returned => (live.returned.to_owned(), live.returned.to_owned()),
        };
        Self {
            ring,
            words,
            spoken,
        }
    }
}

/// Paints it at the right of `rect`; its left edge.
pub(in crate::ui::panels) fn ring_ui(ui: &Ui, cx: &Cx<'_>, rect: Rect, ring: &RingWords) -> f32 {
    let p = cx.palette;
    let color = match ring.ring {
        Ring::Hidden { soon: true, .. } => p.fail.text,
        _ => p.text_2,
    };
    let words = Line::new(&ring.words, theme::mono_small(), color);
    let painted = paint_line(ui.painter(), rect, Align::Max, &words).rect;
    let center = painted.left_center() - vec2(S4 + 2.0 + ICON_INLINE / 2.0, 0.0);
    let place = Rect::from_center_size(center, Vec2::splat(ICON_INLINE));
    let icon = |name| {
        let icon = Line::new(name, theme::icon(ICON_INLINE), p.text_3);
        paint_line(ui.painter(), place, Align::Center, &icon);
    };
    match ring.ring {
        Ring::Hidden { left_millis, soon } => {
            let color = if soon { p.fail.fill } else { p.part.fill };
            paint_ring(ui.painter(), place, part_left(left_millis), color, p);
        }
        Ring::Confirming => icon(icons::CLOCK),
        Ring::Confirmed => icon(icons::CHECK),
        Ring::Returned => icon(icons::ARROW_U_UP_LEFT),
    }
    place.left()
}

/// Share of its time that is left, from 0 to 1.
pub(super) fn part_left(left_millis: u64) -> f32 {
    let all = HIDDEN_FOR.as_millis().max(1);
    let left = u128::from(left_millis).min(all);
    #[expect(clippy::cast_possible_truncation, reason = "a share from 0 to 1")]
    let part = (left as f64 / all as f64) as f32;
    part
}

fn paint_ring(painter: &Painter, rect: Rect, part: f32, color: egui::Color32, p: &Palette) {
    const WIDTH: f32 = 2.0;
    const STEPS: u8 = 32;
    let radius = rect.width() / 2.0 - WIDTH / 2.0;
    let track = Stroke::new(WIDTH, p.bg_track);
    painter.circle_stroke(rect.center(), radius, track);
    let points: Vec<Pos2> = (0..=STEPS)
        .map(|step| {
            let turn = part * f32::from(step) / f32::from(STEPS);
            rect.center() + radius * Vec2::angled(turn * TAU - FRAC_PI_2)
        })
        .collect();
    painter.line(points, Stroke::new(WIDTH, color));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Lang, Zone};

    #[test]
    fn a_ring_is_told_in_words_too() {
        let words = |lang, ring| RingWords::of(ring, &Text::new(lang, Zone::Utc)).spoken;
        let hidden = Ring::Hidden {
            left_millis: 26_400,
            soon: false,
        };
        assert_eq!(words(Lang::En, hidden), "hidden, returns in 27 s");
        assert_eq!(words(Lang::Zh, hidden), "隐藏中，27 秒后返回");
        assert_eq!(words(Lang::En, Ring::Returned), "returned");
    }

    #[test]
    fn a_ring_is_full_when_the_event_was_pulled() {
        assert!((part_left(30_000) - 1.0).abs() < f32::EPSILON);
        assert!((part_left(15_000) - 0.5).abs() < 1e-6);
        assert!(part_left(0).abs() < f32::EPSILON);
    }
}
