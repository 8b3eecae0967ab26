//! The share of the source's bitrate, as a number and as a bar.

use egui::{Align, Rect, Stroke, Ui, pos2, vec2};

use crate::model::Media;
use crate::text::outputs as sentences;
use crate::ui::theme::{self, HAIRLINE, Palette};
use crate::ui::widgets::{Line, bar, paint_line};

const BAR: egui::Vec2 = vec2(40.0, 4.0);
const GAP: f32 = 11.0;
/// Where the bar's mark for the whole source stands.
const WHOLE_AT: f32 = 0.6;

/// How much of the source's bitrate an output has.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Share {
    pub(super) text: String,
    /// Of the bar's width.
    part: f32,
    over: bool,
}

impl Share {
    /// `None` where either side is unknown, or the format leaves the unit open.
    pub(super) fn of(bps: Option<f64>, media: Option<&Media>, over: bool) -> Option<Self> {
        let media = media.filter(|media| !media.bitrate_unit_unknown)?;
        let source = media.bitrate_bps.filter(|bps| *bps > 0)? as f64;
        let share = bps.filter(|bps| *bps > 0.0)? / source;
        Some(Self {
            text: sentences::share(share),
            part: part(share),
            over,
        })
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a share from 0 to 1")]
fn part(share: f64) -> f32 {
    (share * f64::from(WHOLE_AT)).clamp(0.0, 1.0) as f32
}

pub(super) fn share_ui(ui: &Ui, place: Rect, share: Option<&Share>, p: &Palette) {
    let number = place.with_max_x(place.right() - BAR.x - GAP);
    let Some(share) = share else {
        let line = Line::new(crate::ui::widgets::MISSING, theme::mono(), p.text_3);
        paint_line(ui.painter(), number, Align::Max, &line);
        return;
    };
    let line = Line::new(&share.text, theme::mono(), p.text);
    paint_line(ui.painter(), number, Align::Max, &line);
    let right = pos2(place.right() - BAR.x / 2.0, place.center().y);
    let track = Rect::from_center_size(right, BAR);
    let color = if share.over { p.part.fill } else { p.unk.fill };
    bar(ui.painter(), track, share.part, color, p);
    let whole = track.left() + track.width() * WHOLE_AT;
    let mark = track.expand2(vec2(0.0, 2.0)).y_range();
    ui.painter()
        .vline(whole, mark, Stroke::new(HAIRLINE, p.text_2));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(bitrate_bps: Option<u64>) -> Media {
        Media {
            bitrate_bps,
            ..Media::default()
        }
    }

    #[test]
    fn the_whole_source_reaches_the_mark() {
        let share = Share::of(Some(2e6), Some(&source(Some(2_000_000))), false).unwrap();
        assert_eq!((share.text.as_str(), share.part), ("100 %", WHOLE_AT));
    }

    #[test]
    fn an_unknown_side_has_no_share() {
        assert_eq!(Share::of(Some(2e6), Some(&source(None)), false), None);
        assert_eq!(Share::of(None, Some(&source(Some(1))), false), None);
        let open = Media {
            bitrate_unit_unknown: true,
            ..source(Some(1))
        };
        assert_eq!(Share::of(Some(2e6), Some(&open), false), None);
    }
}
