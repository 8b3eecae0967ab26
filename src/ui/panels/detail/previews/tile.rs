//! One picture in its place, or a word about why it is not there.

use egui::{
    Align, Color32, CursorIcon, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2,
};

use super::captions;
use crate::model::{PictureFault, PictureRequest};
use crate::state::{
    Action, DetailAction, GroupKind, PictureGroup, PictureItem, PictureState, PreviewAction,
    Previews,
};
use crate::text::pictures::{self as say, Remedy};
use crate::text::previews::{self, is_kept_back};
use crate::ui::fault_icon::fault_icon;
use crate::ui::textures::Shown;
use crate::ui::theme::{self, HAIRLINE, ICON_CONTROL, ICON_INLINE, RADIUS_CHIP, S4};
use crate::ui::widgets::{
    Line, MenuItem, focus_ring, menu_item, named, paint_line, paint_skeleton, paint_spinner,
};
use crate::ui::{Actions, Cx, icons};

/// Veiled pictures are fetched this small: nothing can be made out in them.
const VEILED: u32 = 16;
const MARK: f32 = 20.0;

/// A picture's place in the state and on the screen.
#[derive(Clone, Copy)]
pub(super) struct Tile<'a> {
    pub(super) group: &'a PictureGroup,
    /// Numbers of the group and of the picture in it.
    pub(super) at: (usize, usize),
    pub(super) item: &'a PictureItem,
    pub(super) rect: Rect,
    /// Fetched in this size.
    pub(super) pixels: u32,
}

impl Tile<'_> {
    fn is_veiled(&self, cx: &Cx<'_>) -> bool {
        self.group.is_veiled() && !cx.state.previews.is_revealed(&self.item.url)
    }

    fn request(&self, cx: &Cx<'_>) -> PictureRequest {
        request(&cx.state.previews, (self.group, self.item), self.pixels)
    }
}

/// What a tile of that size asks for.
pub(super) fn request(
    previews: &Previews,
    (group, item): (&PictureGroup, &PictureItem),
    pixels: u32,
) -> PictureRequest {
    let is_veiled = group.is_veiled() && !previews.is_revealed(&item.url);
    match group.kind {
        _ if is_veiled => item.within(VEILED),
        // Few, and what was asked for: in walls they would be many, and stand still.
        GroupKind::AnimatedGraphics => item.playing(pixels),
        _ => item.within(pixels),
    }
}

/// Draws the tile; a click opens the picture, or lifts its veil.
pub(super) fn tile_ui(ui: &Ui, cx: &Cx<'_>, tile: &Tile<'_>, out: &mut Actions) {
    let id = ui.scope_id().with(("tile", tile.at));
    let response = ui.interact(tile.rect, id, Sense::click());
    let request = tile.request(cx);
    let shown = cx.textures.show(&request);
    let state = cx.state.previews.state(&request.key);
    named(&response, Role::Button, &spoken(cx, tile, (state, shown)));
    match (shown, state) {
        // What may not be asked any more is not shown either.
        (_, PictureState::Failed(fault)) => paint_fault(ui, cx, tile.rect, fault),
        (Some(shown), _) => paint_picture(ui, cx, tile.rect, shown),
        (None, state) => paint_awaited(ui, cx, tile.rect, state),
    }
    if shown.is_some() && tile.is_veiled(cx) {
        paint_veil(ui, cx, tile.rect);
    }
    if shown.is_some_and(|shown| shown.is_held()) && is_open(cx, tile, state) {
        paint_play(ui, cx, tile.rect);
    }
    focus_ring(ui, &response, RADIUS_CHIP);
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    let response = response.on_hover_ui(|ui| tooltip_ui(ui, cx, tile, (state, shown)));
    if response.clicked() {
        out.push(Action::Preview(click(cx, tile)));
    }
    response.context_menu(|ui| menu_ui(ui, cx, tile, out));
}

fn click(cx: &Cx<'_>, tile: &Tile<'_>) -> PreviewAction {
    if tile.is_veiled(cx) && cx.textures.show(&tile.request(cx)).is_some() {
        return PreviewAction::Reveal(tile.item.url.clone());
    }
    let (group, item) = tile.at;
    PreviewAction::OpenLightbox { group, item }
}

fn spoken(cx: &Cx<'_>, tile: &Tile<'_>, (state, shown): (&PictureState, Option<Shown>)) -> String {
    let words = cx.text.pictures;
    let (_, number) = tile.at;
    let name = captions::title(&tile.group.kind, cx.text);
    let under = captions::under(tile.item, cx.text);
    let state = match state {
        PictureState::Failed(fault) => say::fault(fault, cx.text).title,
        PictureState::Ready(_) if tile.is_veiled(cx) => words.veiled.to_owned(),
        PictureState::Ready(_) => {
            let unplayed = shown.and_then(|shown| unplayed(cx, tile, shown));
            unplayed.unwrap_or_default()
        }
        PictureState::Loading { .. } => words.loading.to_owned(),
        PictureState::Waiting => words.waiting.to_owned(),
    };
    let parts = [format!("{name} {}", number + 1), under, state];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(cx.text.lang.pick(", ", "，"))
}

/// The picture as large as fits, in the middle of its place.
pub(super) fn paint_picture(ui: &Ui, cx: &Cx<'_>, rect: Rect, shown: Shown) {
    let painter = ui.painter();
    painter.rect_filled(rect, RADIUS_CHIP, cx.palette.bg_track);
    let scale = (rect.width() / shown.size.x).min(rect.height() / shown.size.y);
    let place = Rect::from_center_size(rect.center(), shown.size * scale);
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    painter.image(shown.id, place, whole, Color32::WHITE);
}

fn paint_awaited(ui: &Ui, cx: &Cx<'_>, rect: Rect, state: &PictureState) {
    paint_skeleton(ui.painter(), rect, cx.palette);
    let words = cx.text.pictures;
    match state {
        PictureState::Loading { received, total } => {
            let part = total.map(|total| share(*received, total));
            let ring = Rect::from_center_size(rect.center() - vec2(0.0, 8.0), Vec2::splat(16.0));
            paint_spinner(ui, ring, part);
            below_icon(ui, rect, words.loading, cx.palette.text_2);
        }
        PictureState::Waiting => below_icon(ui, rect, cx.text.previews.waiting, cx.palette.text_3),
        PictureState::Ready(_) | PictureState::Failed(_) => {}
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a share from 0 to 1")]
fn share(received: u64, total: u64) -> f32 {
    (received as f64 / total.max(1) as f64).min(1.0) as f32
}

fn below_icon(ui: &Ui, rect: Rect, word: &str, color: Color32) {
    let line = Line::new(word, theme::caption(), color);
    let place = rect.shrink(S4).translate(vec2(0.0, 12.0));
    paint_line(ui.painter(), place, Align::Center, &line);
}

/// Why there is no picture, in the colours of how much that matters.
pub(super) fn paint_fault(ui: &Ui, cx: &Cx<'_>, rect: Rect, fault: &PictureFault) {
    let p = cx.palette;
    let (ground, border, color) = if is_kept_back(fault) {
        (p.bg_sunken, p.line_strong, p.text_2)
    } else {
        (p.part.bg, p.part.soft, p.part.text)
    };
    let border = Stroke::new(HAIRLINE, border);
    ui.painter()
        .rect(rect, RADIUS_CHIP, ground, border, StrokeKind::Inside);
    let explained = say::fault(fault, cx.text);
    let line = |words: &str, font, dy: f32| {
        let place = Rect::from_center_size(
            rect.center() + vec2(0.0, dy),
            vec2(rect.width() - 2.0 * S4, 16.0),
        );
        let line = Line::new(words, font, color);
        paint_line(ui.painter(), place, Align::Center, &line);
    };
    let above = if explained.brief.is_empty() {
        9.0
    } else {
        17.0
    };
    line(fault_icon(fault), theme::icon(ICON_CONTROL), -above);
    line(&explained.title, theme::small_strong(), 18.0 - above);
    if !explained.brief.is_empty() {
        line(&explained.brief, theme::caption(), 17.0);
    }
}

fn paint_veil(ui: &Ui, cx: &Cx<'_>, rect: Rect) {
    let p = cx.palette;
    ui.painter().rect_filled(rect, RADIUS_CHIP, p.scrim);
    let icon = Line::new(icons::EYE_SLASH, theme::icon(ICON_CONTROL), p.on_accent);
    let middle = rect.translate(vec2(0.0, -8.0));
    paint_line(ui.painter(), middle, Align::Center, &icon);
    below_icon(ui, rect, cx.text.pictures.reveal, p.on_accent);
}

/// Whether the picture itself is drawn, and not what stands in front or in place of it.
fn is_open(cx: &Cx<'_>, tile: &Tile<'_>, state: &PictureState) -> bool {
    !tile.is_veiled(cx) && !matches!(state, PictureState::Failed(_))
}

/// Marks the first picture of an animation that does not play here.
fn paint_play(ui: &Ui, cx: &Cx<'_>, rect: Rect) {
    let mark = Rect::from_min_size(
        pos2(rect.right() - S4 - MARK, rect.top() + S4),
        Vec2::splat(MARK),
    );
    // As under the times of cells: over a bright picture it takes two.
    for _ in 0..2 {
        ui.painter()
            .rect_filled(mark, RADIUS_CHIP, cx.palette.scrim);
    }
    let icon = Line::new(icons::PLAY, theme::icon(ICON_INLINE), cx.palette.on_accent);
    paint_line(ui.painter(), mark, Align::Center, &icon);
}

/// What does not play of an animation, and why.
fn unplayed(cx: &Cx<'_>, tile: &Tile<'_>, shown: Shown) -> Option<String> {
    let words = cx.text.pictures;
    let in_wall = tile.group.kind != GroupKind::AnimatedGraphics;
    match (shown.is_held(), shown.cut) {
        (true, _) if in_wall => Some(words.click_to_play.to_owned()),
        (true, _) => Some(words.no_room_to_play.to_owned()),
        (false, true) => Some(previews::plays_part(cx.text.lang, shown.frames)),
        (false, false) => None,
    }
}

fn tooltip_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    tile: &Tile<'_>,
    (state, shown): (&PictureState, Option<Shown>),
) {
    let open = shown.filter(|_| is_open(cx, tile, state));
    if let Some(words) = open.and_then(|shown| unplayed(cx, tile, shown)) {
        ui.label(words);
    }
    if let PictureState::Failed(fault) = state {
        let explained = say::fault(fault, cx.text);
        ui.label(explained.why);
        ui.label(explained.next);
    }
    ui.label(captions::facts(tile.item, cx.text));
}

fn menu_ui(ui: &mut Ui, cx: &Cx<'_>, tile: &Tile<'_>, out: &mut Actions) {
    let words = cx.text.pictures;
    let url = &tile.item.url;
    let mut entry = |name, icon, action: Action| {
        if menu_item(ui, MenuItem::new(name).icon(icon)).clicked() {
            out.push(action);
        }
    };
    let ask = |action| Action::Preview(action);
    let copy = PreviewAction::CopyUrl(url.clone());
    entry(words.copy_url, icons::COPY, ask(copy));
    let outside = PreviewAction::OpenOutside(url.clone());
    entry(words.open_outside, icons::ARROW_SQUARE_OUT, ask(outside));
    let state = cx.state.previews.state(&tile.request(cx).key);
    match state {
        PictureState::Ready(_) => {
            let copy = PreviewAction::CopyImage(url.clone());
            entry(words.copy_image, icons::IMAGE, ask(copy));
            let save = PreviewAction::SaveAs(url.clone());
            entry(words.save_as, icons::FLOPPY_DISK, ask(save));
        }
        PictureState::Failed(fault) if can_retry(fault, cx) => {
            let retry = PreviewAction::Retry(url.clone());
            entry(words.retry, icons::ARROW_CLOCKWISE, ask(retry));
        }
        _ => {}
    }
    if tile.group.is_veiled() && cx.state.previews.is_revealed(url) {
        let veil = PreviewAction::Veil(url.clone());
        entry(words.veil, icons::EYE_SLASH, ask(veil));
    }
    let raw = Action::Detail(DetailAction::ShowInRaw(tile.item.node));
    entry(cx.text.chrome.show_in_raw, icons::BRACKETS_CURLY, raw);
}

fn can_retry(fault: &PictureFault, cx: &Cx<'_>) -> bool {
    let remedy = say::fault(fault, cx.text).remedy;
    matches!(remedy, Remedy::Retry | Remedy::HostSettings)
}
