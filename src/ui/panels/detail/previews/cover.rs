//! The cover, large, with what is known of it.

use egui::{Align, Layout, Rect, Sense, Ui, vec2};

use super::captions;
use super::tile::{Tile, tile_ui};
use super::{Numbered, pixels, wall};
use crate::model::PictureInfo;
use crate::state::{Action, PictureItem, PictureState, PreviewAction};
use crate::text::{format, pictures, previews as say};
use crate::ui::theme::{self, ICON_BUTTON_SMALL, S4, S8};
use crate::ui::widgets::{Line, caption, icon_button_small, lead, paint_line};
use crate::ui::{Actions, Cx, icons};

/// Height to width.
const ASPECT: f32 = 153.0 / 272.0;
const CAPTION: f32 = 20.0;

pub(super) fn cover_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    ((number, group), width): (Numbered<'_>, f32),
    out: &mut Actions,
) {
    let Some(item) = group.items.first() else {
        return;
    };
    let top = ui.cursor().top();
    let name = captions::title(&group.kind, cx.text);
    let origin = captions::kept_origin(ui, cx, (number, group));
    let head = vec2(width, ICON_BUTTON_SMALL);
    // From the right, so that the words are cut and not the buttons.
    ui.allocate_ui_with_layout(head, Layout::right_to_left(Align::Center), |ui| {
        buttons_ui(ui, cx, item, out);
        ui.add_space(S4);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = S8;
            lead(ui, name);
            caption(ui, &origin);
        });
    });
    ui.add_space(S8);
    let (rect, _) = ui.allocate_exact_size(vec2(width, (width * ASPECT).round()), Sense::hover());
    let tile = Tile {
        group,
        at: (number, 0),
        item,
        rect,
        pixels: pixels(ui, width),
    };
    if ui.is_rect_visible(rect) {
        tile_ui(ui, cx, &tile, out);
    }
    under_ui(ui, cx, &tile);
    wall::mark_ui(ui, cx, group.sub_task, top);
    if group.items.len() > 1 {
        ui.add_space(S4);
        let more = say::more_in_lightbox(cx.text.lang, group.items.len() - 1);
        caption(ui, &more);
    }
}

fn buttons_ui(ui: &mut Ui, cx: &Cx<'_>, item: &PictureItem, out: &mut Actions) {
    let words = cx.text.pictures;
    let url = &item.url;
    if icon_button_small(ui, icons::ARROW_SQUARE_OUT, words.open_outside).clicked() {
        let open = PreviewAction::OpenOutside(url.clone());
        out.push(Action::Preview(open));
    }
    if icon_button_small(ui, icons::COPY, words.copy_url).clicked() {
        out.push(Action::Preview(PreviewAction::CopyUrl(url.clone())));
    }
}

/// "1920×1080 jpg 182 kB", and at the right what the server answered.
fn under_ui(ui: &mut Ui, cx: &Cx<'_>, tile: &Tile<'_>) {
    let p = cx.palette;
    let (place, _) = ui.allocate_exact_size(vec2(tile.rect.width(), CAPTION), Sense::hover());
    let key = tile.item.within(tile.pixels).key;
    let PictureState::Ready(info) = cx.state.previews.state(&key) else {
        return;
    };
    let mut rest: Rect = place;
    if info.status > 0 {
        let status = info.status.to_string();
        let status = Line::new(&status, theme::mono_small(), p.ok.text);
        let painted = paint_line(ui.painter(), place, Align::Max, &status);
        rest.max.x = painted.rect.left() - S4;
        let check = Line::new(icons::CHECK, theme::icon(theme::ICON_INLINE), p.ok.text);
        let painted = paint_line(ui.painter(), rest, Align::Max, &check);
        rest.max.x = painted.rect.left() - S8;
    } else if info.cached {
        let words = cx.text.pictures.cached;
        let cached = Line::new(words, theme::caption(), p.text_3);
        let painted = paint_line(ui.painter(), place, Align::Max, &cached);
        rest.max.x = painted.rect.left() - S8;
    }
    let facts = facts(info);
    let facts = Line::new(&facts, theme::mono_small(), p.text_2);
    paint_line(ui.painter(), rest, Align::Min, &facts);
}

fn facts(info: &PictureInfo) -> String {
    let size = format::resolution(info.width.into(), info.height.into());
    let kind = pictures::format_name(info.format);
    format!("{size} {kind} {}", format::size(info.bytes))
}

/// The cover in the overview, where there is one; whether there was.
pub(in crate::ui::panels::detail) fn cover_slot_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    rect: Rect,
    out: &mut Actions,
) -> bool {
    let groups = cx.state.previews.groups.iter().enumerate();
    let mut covers = groups.filter(|(_, group)| group.is_cover());
    let Some((number, group)) = covers.next() else {
        return false;
    };
    let Some(item) = group.items.first() else {
        return false;
    };
    let tile = Tile {
        group,
        at: (number, 0),
        item,
        rect,
        pixels: pixels(ui, rect.width()),
    };
    let key = item.within(tile.pixels).key;
    if is_kept_back(cx.state.previews.state(&key)) {
        return false;
    }
    tile_ui(ui, cx, &tile, out);
    true
}

fn is_kept_back(state: &PictureState) -> bool {
    matches!(state, PictureState::Failed(fault) if say::is_kept_back(fault))
}
