//! Animated graphics, playing while they are on the screen.

use egui::{Rect, Sense, Ui, UiBuilder, pos2, vec2};

use super::tile::{Tile, request, tile_ui};
use super::{Numbered, captions, pixels, wall};
use crate::model::{Consent, PictureFault};
use crate::state::{Action, PictureItem, PictureState, PreviewAction, host_of};
use crate::text::{format, pictures, previews as say};
use crate::ui::theme::{self, S8, S12, S16};
use crate::ui::widgets::{Button, Line, MISSING, label, section};
use crate::ui::{Actions, Cx};

const WIDTH: f32 = 200.0;
const ASPECT: f32 = 9.0 / 16.0;

pub(super) fn animated_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (number, group): Numbered<'_>,
    out: &mut Actions,
) {
    let top = ui.cursor().top();
    let name = captions::title(&group.kind, cx.text);
    let origin = captions::kept_origin(ui, cx, (number, group));
    section(ui, name, &origin, |_| ());
    wall::mark_ui(ui, cx, group.sub_task, top);
    ui.add_space(S8);
    for (index, item) in group.items.iter().enumerate() {
        let size = vec2(ui.available_width(), (WIDTH * ASPECT).round());
        let (row, _) = ui.allocate_exact_size(size, Sense::hover());
        ui.add_space(S12);
        if !ui.is_rect_visible(row) {
            continue;
        }
        let tile = Tile {
            group,
            at: (number, index),
            item,
            rect: row.with_max_x(row.left() + WIDTH),
            pixels: pixels(ui, WIDTH),
        };
        tile_ui(ui, cx, &tile, out);
        let beside = Rect::from_min_max(pos2(tile.rect.right() + S16, row.top()), row.max);
        let builder = UiBuilder::new().id_salt(("facts", index)).max_rect(beside);
        facts_ui(&mut ui.new_child(builder), cx, &tile, out);
    }
}

fn facts_ui(ui: &mut Ui, cx: &Cx<'_>, tile: &Tile<'_>, out: &mut Actions) {
    let p = cx.palette;
    let key = request(&cx.state.previews, (tile.group, tile.item), tile.pixels).key;
    let state = cx.state.previews.state(&key);
    ui.spacing_mut().item_spacing.y = 2.0;
    for (name, value) in facts(cx, tile.item, state) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = S8;
            label(ui, &Line::new(name, theme::small(), p.text_2));
            label(ui, &Line::new(&value, theme::mono(), p.text));
        });
    }
    if let PictureState::Failed(PictureFault::NotAllowed { host, .. }) = state {
        let allow = Button::new(cx.text.previews.allow_and_load);
        if ui.add(allow).clicked() {
            let (host, consent) = (host.clone(), Consent::Once);
            out.push(Action::Preview(PreviewAction::Allow { host, consent }));
        }
    }
}

fn facts(cx: &Cx<'_>, item: &PictureItem, state: &PictureState) -> Vec<(&'static str, String)> {
    let words = cx.text.previews;
    let mut size = match (item.width, item.height) {
        (Some(width), Some(height)) => vec![format::resolution(width, height)],
        _ => Vec::new(),
    };
    size.extend(item.bytes.map(format::size));
    let mut kind = item.container.clone().unwrap_or_else(|| MISSING.to_owned());
    if let PictureState::Ready(info) = state {
        let found = pictures::format_name(info.format);
        if !found.eq_ignore_ascii_case(&kind) {
            kind = format!("{kind} ({found})");
        }
    }
    let size = if size.is_empty() {
        MISSING.to_owned()
    } else {
        size.join(", ")
    };
    let range = item.range_secs.map(|(from, to)| say::range(from, to));
    vec![
        (words.container, kind),
        (words.size, size),
        (words.range, range.unwrap_or_else(|| MISSING.to_owned())),
        (words.host, host_of(&item.url).unwrap_or_else(str::to_owned)),
    ]
}
