//! Sprites: the cell of a moment, and what is known of it.

use std::sync::Arc;

use egui::{Align, Color32, Key, Rect, Role, Sense, Stroke, Ui, UiBuilder, Vec2, pos2, vec2};

use super::super::columns::left_width;
use super::tile::paint_fault;
use super::{Numbered, captions, strip, wall};
use crate::model::{PictureKey, PictureRequest, PictureSize};
use crate::state::{Action, PictureState, PreviewAction, SpriteCell, SpriteTrack, TrackSource};
use crate::text::{format, previews as say};
use crate::ui::textures::Shown;
use crate::ui::theme::{self, HAIRLINE, ICON_BUTTON_SMALL, RADIUS_CHIP, S4, S8, S16};
use crate::ui::widgets::{Line, key_cap, label, named, paint_line, paint_skeleton, section};
use crate::ui::{Actions, Cx};

/// Height to width, where the cells' own is not known.
pub(super) const ASPECT: f32 = 9.0 / 16.0;
/// Sheets are fetched with no side longer than this.
const SHEET: u32 = 2_048;

/// A group of sprites alone: the cell with its facts, and the strip below.
pub(super) fn scrubber_ui(ui: &mut Ui, cx: &Cx<'_>, sprites: Numbered<'_>, out: &mut Actions) {
    let width = left_width(ui);
    cell_ui(ui, cx, (sprites, width), out);
    ui.add_space(S16);
    strip::strip_ui(ui, cx, sprites, out);
}

/// The cell of the moment, `width` wide, and what is known of it beside it.
pub(super) fn cell_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    ((number, group), width): (Numbered<'_>, f32),
    out: &mut Actions,
) {
    let top = ui.cursor().top();
    let origin = captions::kept_origin(ui, cx, (number, group));
    // As high as the cover's heading beside it, which has buttons.
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = ICON_BUTTON_SMALL;
        section(ui, cx.text.previews.sprites, &origin, |_| ());
    });
    wall::mark_ui(ui, cx, group.sub_task, top);
    ui.add_space(S8);
    let Some(track) = cx.state.previews.track(number) else {
        return;
    };
    keys(ui, cx, number, out);
    let at = cx.state.previews.cell(number);
    let start = ui.cursor().min;
    let aspect = group.sprites().and_then(|facts| facts.cell_size);
    let aspect = aspect.map_or(ASPECT, |(w, h)| aspect_of(w, h));
    let height = (width * aspect).round().min(width);
    let right = ui.max_rect().right();
    let picture = Rect::from_min_size(start, vec2(width, height));
    let response = ui.interact(
        picture,
        ui.scope_id().with(("cell", number)),
        Sense::click(),
    );
    let name = say::cell_of(cx.text.lang, at, track.cells.len());
    named(&response, Role::Image, &name);
    match track.cells.get(at) {
        Some(cell) => paint_cell(ui, cx, picture, (cell, sheet_request(cx, number, cell))),
        None => no_cells_ui(ui, cx, picture, number),
    }
    if response.clicked() {
        let item = track.cells.get(at).and_then(|cell| cell.sheet_index);
        let group = number;
        let open = item.map(|item| PreviewAction::OpenLightbox { group, item });
        out.extend(open.map(Action::Preview));
    }
    let beside = Rect::from_min_max(
        pos2(picture.right() + S16, start.y),
        pos2(right, start.y + height.max(6.0 * 24.0)),
    );
    let mut facts = ui.new_child(UiBuilder::new().id_salt("facts").max_rect(beside));
    facts_ui(&mut facts, cx, (number, track, at));
    let bottom = picture.bottom().max(facts.min_rect().bottom());
    ui.allocate_exact_size(vec2(right - start.x, bottom - start.y), Sense::hover());
}

fn aspect_of(width: u64, height: u64) -> f32 {
    let side = |side: u64| u16::try_from(side).map_or(1.0, f32::from);
    (side(height) / side(width).max(1.0)).clamp(0.2, 2.0)
}

/// The arrows go one cell on or back while nothing is typed and nothing lies in front.
fn keys(ui: &Ui, cx: &Cx<'_>, group: usize, out: &mut Actions) {
    let is_first = cx
        .state
        .previews
        .groups
        .iter()
        .position(|group| group.sprites().is_some())
        == Some(group);
    let in_front = cx.state.dialog.is_some() || cx.state.previews.lightbox.is_some();
    if !is_first || in_front || ui.ctx().text_edit_focused() {
        return;
    }
    let cells = ui.input(|input| {
        let pressed = |key| i32::try_from(input.num_presses(key)).unwrap_or(0);
        pressed(Key::ArrowRight) - pressed(Key::ArrowLeft)
    });
    if cells != 0 {
        let step = PreviewAction::ScrubBy { group, cells };
        out.push(Action::Preview(step));
    }
}

/// The sheet of a cell. Its cells are cut out of it, so it is not shrunk unless it is huge.
pub(super) fn sheet_request(cx: &Cx<'_>, group: usize, cell: &SpriteCell) -> PictureRequest {
    let item = cell
        .sheet_index
        .and_then(|item| cx.state.previews.item(group, item));
    item.map_or_else(
        || PictureRequest {
            key: PictureKey {
                url: Arc::clone(&cell.sheet),
                size: PictureSize::Within(SHEET),
            },
            expires: None,
        },
        |item| item.within(SHEET),
    )
}

fn paint_cell(ui: &Ui, cx: &Cx<'_>, rect: Rect, (cell, request): (&SpriteCell, PictureRequest)) {
    if !ui.is_rect_visible(rect) {
        return;
    }
    let shown = cx.textures.show(&request);
    let state = cx.state.previews.state(&request.key);
    match (shown, state) {
        (_, PictureState::Failed(fault)) => paint_fault(ui, cx, rect, fault),
        (Some(shown), _) => paint_part(ui, cx, rect, (cell, shown)),
        (None, _) => {
            paint_skeleton(ui.painter(), rect, cx.palette);
            let words = match state {
                PictureState::Loading { .. } => cx.text.pictures.loading,
                _ => cx.text.previews.waiting,
            };
            let line = Line::new(words, theme::caption(), cx.palette.text_2);
            paint_line(ui.painter(), rect, Align::Center, &line);
        }
    }
    if let Some(time) = cell.start_secs {
        time_tag(ui, cx, rect, &format::duration(time));
    }
}

fn paint_part(ui: &Ui, cx: &Cx<'_>, rect: Rect, (cell, shown): (&SpriteCell, Shown)) {
    let size = cx.state.previews.file_size(&cell.sheet);
    let uv = uv(cell, size.map_or(shown.size, size_of));
    let part = vec2(uv.width() * shown.size.x, uv.height() * shown.size.y);
    let painter = ui.painter();
    painter.rect_filled(rect, RADIUS_CHIP, cx.palette.bg_track);
    if part.x <= 0.0 || part.y <= 0.0 {
        return;
    }
    let scale = (rect.width() / part.x).min(rect.height() / part.y);
    let place = Rect::from_center_size(rect.center(), part * scale);
    painter.image(shown.id, place, uv, Color32::WHITE);
}

pub(super) fn size_of((width, height): (u32, u32)) -> Vec2 {
    vec2(width as f32, height as f32)
}

/// The cell's part of the sheet, from 0 to 1 each way.
pub(super) fn uv(cell: &SpriteCell, sheet: Vec2) -> Rect {
    let Some([x, y, width, height]) = cell.rect else {
        return Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    };
    let min = pos2(x as f32 / sheet.x, y as f32 / sheet.y);
    let size = vec2(width as f32 / sheet.x, height as f32 / sheet.y);
    Rect::from_min_size(min, size).intersect(Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)))
}

fn time_tag(ui: &Ui, cx: &Cx<'_>, rect: Rect, time: &str) {
    let width = crate::ui::widgets::line_width(ui.painter(), time, theme::mono_small());
    let size = vec2(width + 2.0 * S8, 18.0);
    let place = Rect::from_min_size(rect.left_bottom() + vec2(S8, -S8 - size.y), size);
    // The scrim is made for whole windows: over a bright picture it takes two for small words.
    for _ in 0..2 {
        ui.painter()
            .rect_filled(place, RADIUS_CHIP, cx.palette.scrim);
    }
    let line = Line::new(time, theme::mono_small(), cx.palette.on_accent);
    paint_line(ui.painter(), place, Align::Center, &line);
}

/// No cell can be told apart: the sheet as it is.
fn no_cells_ui(ui: &Ui, cx: &Cx<'_>, rect: Rect, number: usize) {
    let Some(item) = cx.state.previews.item(number, 0) else {
        return;
    };
    let cell = SpriteCell {
        sheet: Arc::clone(&item.url),
        sheet_index: Some(0),
        start_secs: None,
        end_secs: None,
        rect: None,
    };
    paint_cell(ui, cx, rect, (&cell, item.within(SHEET)));
}

fn facts_ui(ui: &mut Ui, cx: &Cx<'_>, (number, track, at): (usize, &SpriteTrack, usize)) {
    for (name, value) in facts(cx, (number, track, at)) {
        fact_ui(ui, cx, name, &value);
    }
    if track.source == TrackSource::Estimated {
        ui.add_space(S4);
        let words = cx.text.previews.estimated;
        label(ui, &Line::new(words, theme::caption(), cx.palette.text_3));
    }
    ui.add_space(S8);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = S4;
        key_cap(ui, "←");
        key_cap(ui, "→");
        let words = cx.text.previews.one_cell;
        label(ui, &Line::new(words, theme::caption(), cx.palette.text_3));
    });
}

/// What is known of the cell, by name.
fn facts(
    cx: &Cx<'_>,
    (number, track, at): (usize, &SpriteTrack, usize),
) -> Vec<(&'static str, String)> {
    let words = cx.text.previews;
    let cell = track.cells.get(at);
    let missing = || crate::ui::widgets::MISSING.to_owned();
    let or_missing = |text: Option<String>| text.unwrap_or_else(missing);
    let start = cell.and_then(|cell| cell.start_secs);
    let end = cell.and_then(|cell| cell.end_secs);
    let cue = match (track.source, start, end) {
        (TrackSource::Cues, Some(start), Some(end)) => Some(say::cue(start, end)),
        _ => None,
    };
    let rect = cell.and_then(|cell| cell.rect);
    let sheets = cx.state.previews.group(number).map_or(0, |g| g.items.len());
    let sheet = cell.and_then(|cell| cell.sheet_index);
    let lang = cx.text.lang;
    vec![
        (words.time, or_missing(start.map(format::duration))),
        (words.cue, or_missing(cue)),
        (
            words.cell,
            or_missing(cell.map(|_| say::n_of(lang, at + 1, track.cells.len()))),
        ),
        (
            words.rectangle,
            or_missing(rect.map(|[x, y, w, h]| format!("{x},{y} {w}×{h}"))),
        ),
        (
            words.sheet,
            or_missing(sheet.map(|sheet| say::n_of(lang, sheet + 1, sheets))),
        ),
    ]
}

fn fact_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str, value: &str) {
    let p = cx.palette;
    let size = vec2(ui.available_width(), 24.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    named(&response, Role::Label, &format!("{name} {value}"));
    let name = Line::new(name, theme::small(), p.text_2);
    let painted = paint_line(ui.painter(), rect, Align::Min, &name);
    let value = Line::new(value, theme::mono(), p.text);
    let beside = rect.with_min_x(painted.rect.right() + S8);
    paint_line(ui.painter(), beside, Align::Max, &value);
    let line = Stroke::new(HAIRLINE, p.line);
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell() -> SpriteCell {
        SpriteCell {
            sheet: "https://a/s.jpg".into(),
            sheet_index: Some(0),
            start_secs: None,
            end_secs: None,
            rect: Some([142, 160, 142, 80]),
        }
    }

    #[test]
    fn a_cell_is_cut_out_of_its_sheet_and_never_reaches_beyond() {
        let part = uv(&cell(), vec2(1_420.0, 800.0));
        assert_eq!((part.min.x, part.min.y), (0.1, 0.2));
        let part = uv(&cell(), vec2(200.0, 200.0));
        assert_eq!((part.max.x, part.max.y), (1.0, 1.0));
    }
}
