//! The cells of sprites side by side over the whole video, to scrub on.

use egui::{Align, Color32, CursorIcon, Rect, Role, Sense, Ui, Vec2, pos2, vec2};

use super::Numbered;
use super::scrubber::{ASPECT, sheet_request, size_of, uv};
use crate::state::{Action, PreviewAction, SpriteCell, SpriteTrack};
use crate::text::format;
use crate::ui::theme::{self, RADIUS_CHIP, S4, S12, S20};
use crate::ui::widgets::{Line, focus_ring, named, paint_line, paint_skeleton};
use crate::ui::{Actions, Cx};

const HEIGHT: f32 = 34.0;
const MARKER: f32 = 2.0;
/// Labels of the time axis.
const LABELS: usize = 5;

/// Cells along the whole video. Moving over it scrubs.
pub(super) fn strip_ui(ui: &mut Ui, cx: &Cx<'_>, (number, _): Numbered<'_>, out: &mut Actions) {
    let Some(track) = cx.state.previews.track(number) else {
        return;
    };
    if track.cells.is_empty() {
        return;
    }
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    named(&response, Role::Slider, cx.text.previews.strip);
    if ui.is_rect_visible(rect) {
        paint_strip(ui, cx, rect, (number, track));
    }
    let at = cx.state.previews.cell(number);
    paint_marker(ui, cx, rect, (track, at));
    focus_ring(ui, &response, RADIUS_CHIP);
    axis_ui(ui, cx, track);
    let moved = ui.input(|input| input.pointer.delta() != Vec2::ZERO);
    let asked = response.clicked() || response.dragged() || (response.hovered() && moved);
    let pointer = response.interact_pointer_pos().or(response.hover_pos());
    if let Some(pointer) = pointer.filter(|_| asked) {
        let cell = cell_at(track, (pointer.x - rect.left()) / rect.width().max(1.0));
        if cell != at {
            let group = number;
            out.push(Action::Preview(PreviewAction::Scrub { group, cell }));
        }
    }
    response.on_hover_cursor(CursorIcon::ResizeHorizontal);
}

/// The cell of a share of the video: by time where all have one, else by count.
fn cell_at(track: &SpriteTrack, share: f32) -> usize {
    let share = f64::from(share.clamp(0.0, 1.0));
    let last = track.cells.len().saturating_sub(1);
    let Some(length) = length(track) else {
        return whole(share * track.cells.len() as f64).min(last);
    };
    let time = share * length;
    let after = |cell: &SpriteCell| cell.start_secs.is_some_and(|start| start > time);
    let next = track.cells.iter().position(after);
    next.unwrap_or(track.cells.len()).saturating_sub(1)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cell's number, never negative"
)]
fn whole(number: f64) -> usize {
    number as usize
}

/// How long the strip is in seconds; `None` when the cells have no times.
fn length(track: &SpriteTrack) -> Option<f64> {
    let last = track.cells.last()?;
    let end = last.end_secs.or(last.start_secs)?;
    (end > 0.0).then_some(end)
}

/// As many cells as fit side by side, evenly over the whole.
fn paint_strip(ui: &Ui, cx: &Cx<'_>, rect: Rect, (number, track): (usize, &SpriteTrack)) {
    paint_skeleton(ui.painter(), rect, cx.palette);
    let count = whole(f64::from((rect.width() / (HEIGHT / ASPECT)).ceil())).max(1);
    let wide = rect.width() / count as f32;
    for index in 0..count {
        let share = (index as f32 + 0.5) / count as f32;
        let Some(cell) = track.cells.get(cell_at(track, share)) else {
            continue;
        };
        let place = Rect::from_min_size(
            rect.min + vec2(index as f32 * wide, 0.0),
            vec2(wide, HEIGHT),
        );
        let request = sheet_request(cx, number, cell);
        if let Some(shown) = cx.textures.show(&request) {
            let size = cx.state.previews.file_size(&cell.sheet);
            let uv = uv(cell, size.map_or(shown.size, size_of));
            ui.painter().image(shown.id, place, uv, Color32::WHITE);
        }
    }
}

fn paint_marker(ui: &Ui, cx: &Cx<'_>, rect: Rect, (track, at): (&SpriteTrack, usize)) {
    let start = track.cells.get(at).and_then(|cell| cell.start_secs);
    let share = match (start, length(track)) {
        (Some(start), Some(length)) => start / length,
        _ => at as f64 / track.cells.len().max(1) as f64,
    };
    #[expect(clippy::cast_possible_truncation, reason = "a share from 0 to 1")]
    let x = rect.left() + rect.width() * share.clamp(0.0, 1.0) as f32;
    let mark = Rect::from_min_max(
        pos2(x - MARKER / 2.0, rect.top() - S4),
        pos2(x + MARKER / 2.0, rect.bottom() + S4),
    );
    ui.painter().rect_filled(mark, 1, cx.palette.accent);
}

fn axis_ui(ui: &mut Ui, cx: &Cx<'_>, track: &SpriteTrack) {
    ui.add_space(S4);
    let size = vec2(ui.available_width(), S20 - S4);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let Some(length) = length(track) else {
        let words = Line::new(
            cx.text.previews.no_times,
            theme::caption(),
            cx.palette.text_3,
        );
        paint_line(ui.painter(), rect, Align::Min, &words);
        return;
    };
    for index in 0..=LABELS {
        let share = index as f32 / LABELS as f32;
        let words = format::duration(length * f64::from(share));
        let line = Line::new(&words, theme::mono_small(), cx.palette.text_3);
        let align = match index {
            0 => Align::Min,
            LABELS => Align::Max,
            _ => Align::Center,
        };
        let x = rect.left() + rect.width() * share;
        let place = match align {
            Align::Min | Align::Max => rect,
            Align::Center => Rect::from_center_size(pos2(x, rect.center().y), vec2(80.0, S12)),
        };
        paint_line(ui.painter(), place, align, &line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::TrackSource;

    fn cell(start: Option<f64>, end: Option<f64>) -> SpriteCell {
        SpriteCell {
            sheet: "https://a/s.jpg".into(),
            sheet_index: Some(0),
            start_secs: start,
            end_secs: end,
            rect: Some([142, 160, 142, 80]),
        }
    }

    fn track(times: &[(f64, f64)]) -> SpriteTrack {
        let cells = times
            .iter()
            .map(|(start, end)| cell(Some(*start), Some(*end)));
        SpriteTrack {
            cells: cells.collect(),
            source: TrackSource::Cues,
        }
    }

    #[test]
    fn the_strip_is_the_video_s_length_and_not_the_cells_number() {
        let track = track(&[(0.0, 10.0), (10.0, 20.0), (20.0, 100.0)]);
        let at: Vec<usize> = [0.0, 0.09, 0.11, 0.25, 1.0]
            .map(|share| cell_at(&track, share))
            .to_vec();
        assert_eq!(at, [0, 0, 1, 2, 2]);
    }

    #[test]
    fn cells_without_times_stand_evenly() {
        let track = SpriteTrack {
            cells: vec![cell(None, None); 4],
            source: TrackSource::Estimated,
        };
        let at: Vec<usize> = [0.0, 0.26, 0.99, 1.0]
            .map(|share| cell_at(&track, share))
            .to_vec();
        assert_eq!(at, [0, 1, 3, 3]);
    }
}
