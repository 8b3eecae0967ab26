//! What stands above and below the picture: which it is, its size, what is known of it, and what
//! can be done with it.

use egui::{Align, Layout, Rect, Stroke, Ui, vec2};

use super::{Scene, ask, facts, keys, wanted};
use crate::state::{PictureState, PreviewAction, Zoom, ZoomStep};
use crate::text::pictures as say;
use crate::ui::panels::place::within;
use crate::ui::theme::{self, HAIRLINE, S4, S8, S12, S16};
use crate::ui::widgets::{
    Button, IconButton, Line, icon_button, label, line_width, segmented, small,
};
use crate::ui::{Actions, Cx, icons};

const PERCENT: f32 = 52.0;

/// A bar's ground, with a line at the picture's side.
fn paint_ground(ui: &Ui, cx: &Cx<'_>, bar: Rect, edge: f32) {
    let p = cx.palette;
    ui.painter().rect_filled(bar, 0.0, p.bg_raised);
    let line = Stroke::new(HAIRLINE, p.line);
    ui.painter().hline(bar.x_range(), edge, line);
}

pub(super) fn top_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (scene, bar): (&Scene<'_>, Rect),
    out: &mut Actions,
) {
    paint_ground(ui, cx, bar, bar.bottom());
    let inner = bar.shrink2(vec2(S16, 0.0));
    let flow = Layout::right_to_left(Align::Center);
    within(ui, inner, flow, |ui| {
        ui.spacing_mut().item_spacing.x = S8;
        if icon_button(ui, icons::X, cx.text.chrome.close).clicked() {
            out.push(ask(PreviewAction::CloseLightbox));
        }
        take_ui(ui, cx, scene, out);
        ui.add_space(S12);
        if scene.view.is_some() {
            zoom_ui(ui, cx, scene, out);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            name_ui(ui, cx, scene);
        });
    });
}

/// Laid out from the right: save, copy.
fn take_ui(ui: &mut Ui, cx: &Cx<'_>, scene: &Scene<'_>, out: &mut Actions) {
    let words = cx.text.pictures;
    let is_there = matches!(scene.state, PictureState::Ready(_)) && !scene.is_covered;
    let url = &scene.item.url;
    let save = Button::new(words.save_as).icon(icons::FLOPPY_DISK);
    if ui.add_enabled(is_there, save).clicked() {
        out.push(ask(PreviewAction::SaveAs(url.clone())));
    }
    let copy = Button::new(words.copy_image).icon(icons::COPY);
    if ui.add_enabled(is_there, copy).clicked() {
        out.push(ask(PreviewAction::CopyImage(url.clone())));
    }
}

/// Laid out from the right: fitted or its own size, larger, how large, smaller.
fn zoom_ui(ui: &mut Ui, cx: &Cx<'_>, scene: &Scene<'_>, out: &mut Actions) {
    let words = cx.text.pictures;
    let Some(view) = scene.view else { return };
    let selected = match scene.lightbox.zoom {
        Zoom::Fit => 0,
        Zoom::Scale(scale) if (scale - 1.0).abs() < 1e-3 => 1,
        Zoom::Scale(_) => 2,
    };
    let names = [words.fit, words.actual];
    if let Some(at) = segmented(ui, words.size_of, &names, selected) {
        let step = if at == 0 {
            ZoomStep::Fit
        } else {
            ZoomStep::Actual
        };
        out.push(ask(PreviewAction::Zoom(step)));
    }
    let mut zoom = |ui: &mut Ui, icon, name, factor| {
        if ui.add(IconButton::new(icon, name)).clicked() {
            let step = keys::by(scene, factor).map(PreviewAction::Zoom);
            out.extend(step.map(ask));
        }
    };
    let chrome = cx.text.chrome;
    zoom(ui, icons::PLUS, chrome.zoom_in, keys::STEP);
    let percent = format!("{:.0} %", view.scale * 100.0);
    let width = line_width(ui.painter(), &percent, theme::mono()).max(PERCENT);
    let size = vec2(width, theme::BUTTON_HEIGHT);
    let flow = Layout::centered_and_justified(egui::Direction::LeftToRight);
    ui.allocate_ui_with_layout(size, flow, |ui| {
        label(ui, &Line::new(&percent, theme::mono(), cx.palette.text));
    });
    zoom(ui, icons::MINUS, chrome.zoom_out, 1.0 / keys::STEP);
}

/// Which picture of how many, and which part of the task made it.
fn name_ui(ui: &mut Ui, cx: &Cx<'_>, scene: &Scene<'_>) {
    let p = cx.palette;
    let previews = &cx.state.previews;
    ui.spacing_mut().item_spacing.x = S12;
    let (at, all) = wanted::position(&previews.groups, scene.place());
    let position = say::position(cx.text.lang, at, all);
    label(ui, &Line::new(&position, theme::strong(), p.text));
    let group = previews.group(scene.lightbox.group);
    let made = group.map(|group| group.made_by(cx.text.lang));
    if let Some(made) = made.filter(|made| !made.is_empty()) {
        small(ui, &made);
    }
}

pub(super) fn bottom_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (scene, bar): (&Scene<'_>, Rect),
    out: &mut Actions,
) {
    paint_ground(ui, cx, bar, bar.top());
    let inner = bar.shrink2(vec2(S16, S4));
    let (above, below) = inner.split_top_bottom_at_fraction(0.44);
    within(ui, above, Layout::left_to_right(Align::Center), |ui| {
        facts_ui(ui, cx, scene);
    });
    within(ui, below, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = S8;
        address_ui(ui, cx, scene, out);
    });
}

fn facts_ui(ui: &mut Ui, cx: &Cx<'_>, scene: &Scene<'_>) {
    let p = cx.palette;
    for (name, value) in facts::facts(scene.item, scene.info(), cx.text) {
        ui.spacing_mut().item_spacing.x = S8;
        label(ui, &Line::new(name, theme::caption(), p.text_3));
        ui.spacing_mut().item_spacing.x = S16;
        label(ui, &Line::new(&value, theme::mono(), p.text));
    }
    if is_reduced(scene) {
        small(ui, cx.text.pictures.reduced);
    }
}

/// Whether the whole picture is drawn from fewer pixels than its file has.
fn is_reduced(scene: &Scene<'_>) -> bool {
    let (Some(info), Some(shown)) = (scene.info(), scene.shown) else {
        return false;
    };
    shown.size.x + 1.0 < info.width as f32
}

/// Laid out from the right: what can be done with the address, then the address.
fn address_ui(ui: &mut Ui, cx: &Cx<'_>, scene: &Scene<'_>, out: &mut Actions) {
    let words = cx.text.pictures;
    let url = &scene.item.url;
    let outside = Button::ghost(words.open_outside).icon(icons::ARROW_SQUARE_OUT);
    if ui.add(outside).clicked() {
        out.push(ask(PreviewAction::OpenOutside(url.clone())));
    }
    let copy = Button::ghost(words.copy_url).icon(icons::LINK);
    if ui.add(copy).clicked() {
        out.push(ask(PreviewAction::CopyUrl(url.clone())));
    }
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        let redirected = scene.info().and_then(|info| info.redirected.as_deref());
        let told = match redirected {
            Some(end) => format!("{url}  →  {end}"),
            None => url.to_string(),
        };
        let line = Line::new(&told, theme::mono_small(), cx.palette.text_2);
        label(ui, &line.middle());
    });
}
