//! Many pictures of one group. Only rows on the screen are laid out, drawn and asked for.

use egui::{Align, Rect, Sense, Ui, Vec2, pos2, vec2};

use super::captions;
use super::tile::{Tile, tile_ui};
use super::{Numbered, pixels};
use crate::state::{Action, PreviewAction, WallSize};
use crate::ui::theme::{self, MARKER, S8, S12};
use crate::ui::widgets::{Line, line_width, memo, paint_line, section, segmented};
use crate::ui::{Actions, Cx};

const CAPTION: f32 = 18.0;
/// Height to width.
const ASPECT: f32 = 9.0 / 16.0;

/// Where the pictures of a wall stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Grid {
    columns: usize,
    tile: Vec2,
}

impl Grid {
    /// As many columns as fit, each at least as wide as the size asks for.
    pub(super) fn new(width: f32, size: WallSize) -> Self {
        let narrowest = match size {
            WallSize::Small => 112.0,
            WallSize::Medium => 172.0,
            WallSize::Large => 264.0,
        };
        let mut columns = 1;
        while width_of(width, columns + 1) >= narrowest {
            columns += 1;
        }
        let tile = width_of(width, columns).floor();
        Self {
            columns,
            tile: vec2(tile, (tile * ASPECT).round()),
        }
    }

    fn row_height(self) -> f32 {
        self.tile.y + CAPTION + S8
    }

    fn height(self, len: usize) -> f32 {
        let rows = len.div_ceil(self.columns);
        rows as f32 * self.row_height()
    }

    /// The pictures that a stretch from `top` to `bottom` points below the wall's top shows.
    pub(super) fn visible(self, (top, bottom): (f32, f32), len: usize) -> std::ops::Range<usize> {
        if bottom <= 0.0 || bottom <= top {
            return 0..0;
        }
        let row = |y: f32| whole((y / self.row_height()).floor());
        let first = row(top.max(0.0)).saturating_mul(self.columns);
        let end = row(bottom).saturating_add(1).saturating_mul(self.columns);
        first.min(len)..end.min(len)
    }

    fn place(self, wall: Rect, index: usize) -> Rect {
        let (row, column) = (index / self.columns, index % self.columns);
        let x = column as f32 * (self.tile.x + S12);
        let y = row as f32 * self.row_height();
        Rect::from_min_size(wall.min + vec2(x, y), self.tile)
    }
}

fn width_of(width: f32, columns: usize) -> f32 {
    let columns = columns as f32;
    (width - S12 * (columns - 1.0)) / columns
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a row's number, never negative"
)]
fn whole(number: f32) -> usize {
    number as usize
}

pub(super) fn wall_ui(ui: &mut Ui, cx: &Cx<'_>, (number, group): Numbered<'_>, out: &mut Actions) {
    let grid = Grid::new(ui.available_width(), cx.state.previews.wall);
    let pixels = pixels(ui, grid.tile.x);
    head_ui(ui, cx, ((number, group), pixels), out);
    ui.add_space(S8);
    let size = vec2(ui.available_width(), grid.height(group.items.len()));
    let (wall, _) = ui.allocate_exact_size(size, Sense::hover());
    let clip = ui.clip_rect();
    let stretch = (clip.top() - wall.top(), clip.bottom() - wall.top());
    for index in grid.visible(stretch, group.items.len()) {
        let Some(item) = group.items.get(index) else {
            break;
        };
        let rect = grid.place(wall, index);
        let tile = Tile {
            group,
            at: (number, index),
            item,
            rect,
            pixels,
        };
        tile_ui(ui, cx, &tile, out);
        under_ui(ui, cx, (&tile, index));
    }
}

fn head_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    ((number, group), pixels): (Numbered<'_>, u32),
    out: &mut Actions,
) {
    let title = captions::title(&group.kind, cx.text);
    let previews = &cx.state.previews;
    let stamp = previews.changes << 16 | u64::from(pixels) << 2 | cx.text.lang as u64;
    let caption = memo(ui, ("caption", number), stamp, || {
        let origin = captions::origin(group, cx.text);
        let counts = captions::counts(previews, group, pixels, cx.text);
        let parts = [origin, counts];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(cx.text.lang.pick(", ", "，"))
    });
    let top = ui.cursor().min;
    section(ui, title, &caption, |ui| {
        ui.push_id(number, |ui| sizes_ui(ui, cx, out));
    });
    mark_ui(ui, cx, group.sub_task, top.y);
}

fn sizes_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let sizes = [WallSize::Small, WallSize::Medium, WallSize::Large];
    let now = sizes
        .iter()
        .position(|size| *size == cx.state.previews.wall);
    let name = cx.text.previews.wall_size;
    let chosen = segmented(ui, name, &["S", "M", "L"], now.unwrap_or(0));
    if let Some(size) = chosen.and_then(|at| sizes.get(at)) {
        out.push(Action::Preview(PreviewAction::SetWall(*size)));
    }
}

/// Marks the group that the chosen sub-task made.
pub(super) fn mark_ui(ui: &Ui, cx: &Cx<'_>, sub_task: Option<usize>, top: f32) {
    if sub_task.is_none() || cx.state.detail.sub_task != sub_task {
        return;
    }
    let left = ui.min_rect().left() - S12;
    let mark = Rect::from_min_max(pos2(left, top), pos2(left + MARKER, ui.cursor().top()));
    ui.painter().rect_filled(mark, 0, cx.palette.accent);
}

/// What is known of the picture, and its number where that leaves room for it.
fn under_ui(ui: &Ui, cx: &Cx<'_>, (tile, index): (&Tile<'_>, usize)) {
    let p = cx.palette;
    let place = Rect::from_min_size(tile.rect.left_bottom(), vec2(tile.rect.width(), CAPTION));
    let words = captions::under(tile.item, cx.text);
    let words = Line::new(&words, theme::mono_small(), p.text);
    let painted = paint_line(ui.painter(), place, Align::Min, &words);
    let number = format!("#{}", index + 1);
    let rest = place.with_min_x(painted.rect.right() + S8);
    if line_width(ui.painter(), &number, theme::mono_small()) <= rest.width() {
        let number = Line::new(&number, theme::mono_small(), p.text_3);
        paint_line(ui.painter(), rest, Align::Max, &number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wall_has_as_many_columns_as_fit() {
        for (width, size, columns) in [
            (776.0, WallSize::Small, 6),
            (776.0, WallSize::Medium, 4),
            (776.0, WallSize::Large, 2),
            (100.0, WallSize::Large, 1),
        ] {
            assert_eq!(Grid::new(width, size).columns, columns, "{width} {size:?}");
        }
    }

    #[test]
    fn only_the_rows_on_the_screen_are_drawn() {
        let grid = Grid::new(776.0, WallSize::Small);
        let row = grid.row_height();
        assert_eq!(grid.visible((-500.0, 1.0), 2_000), 0..6);
        assert_eq!(grid.visible((row * 10.5, row * 11.5), 2_000), 60..72);
        assert_eq!(
            grid.visible((row * 333.0, row * 400.0), 2_000),
            1_998..2_000
        );
        assert_eq!(grid.visible((-500.0, -1.0), 2_000), 0..0);
        assert_eq!(
            grid.visible((row * 400.0, row * 401.0), 2_000),
            2_000..2_000
        );
    }
}
