//! One picture over the window: fitted, at its own size, or as large as wanted; the next and the
//! one before; what is known of it, and what can be done with it.

mod absent;
mod bars;
mod facts;
mod keys;
mod stage;
mod view;
mod wanted;

use egui::{Frame, Modal, Rect, Sense, Ui, pos2};

use super::id;
use crate::model::{PictureInfo, PictureRequest};
use crate::state::{Action, Dialog, Lightbox, PictureItem, PictureState, PreviewAction};
use crate::ui::textures::Shown;
use crate::ui::{Actions, Cx};
use view::View;

/// The bars above and below the picture.
const TOP: f32 = 48.0;
const BOTTOM: f32 = 68.0;

fn ask(action: PreviewAction) -> Action {
    Action::Preview(action)
}

/// The picture and everything that its drawing needs.
#[derive(Clone, Copy)]
struct Scene<'a> {
    lightbox: &'a Lightbox,
    item: &'a PictureItem,
    /// How far the whole picture is.
    state: &'a PictureState,
    is_covered: bool,
    /// What can be drawn of it.
    shown: Option<Shown>,
    stage: Rect,
    /// Where it is drawn, when its size is known.
    view: Option<View>,
}

impl Scene<'_> {
    fn place(&self) -> (usize, usize) {
        (self.lightbox.group, self.lightbox.item)
    }

    fn info(&self) -> Option<&PictureInfo> {
        match self.state {
            PictureState::Ready(info) => Some(info),
            _ => None,
        }
    }
}

/// Says that the picture over the window is wanted before everything below it.
pub(super) fn want_first(cx: &Cx<'_>) {
    let previews = &cx.state.previews;
    let now = previews.lightbox.as_ref();
    if let Some(request) = now.and_then(|now| wanted::whole(previews, now)) {
        cx.textures.show(&request);
    }
}

pub(super) fn lightbox_ui(ui: &Ui, cx: &Cx<'_>, out: &mut Actions) {
    let ctx = ui.ctx();
    let window = ctx.content_rect();
    let Some(lightbox) = &cx.state.previews.lightbox else {
        return;
    };
    let Some(scene) = scene(ui, cx, lightbox, window) else {
        return;
    };
    let is_front = !cx.state.dialog.is_some_and(Dialog::is_modal);
    if is_front {
        keys::handle(ui, &scene, out);
    }
    let modal = Modal::new(id("lightbox")).backdrop_color(cx.palette.scrim);
    modal.frame(Frame::NONE).show(ctx, |ui| {
        ui.allocate_exact_size(window.size(), Sense::hover());
        stage::stage_ui(ui, cx, &scene, out);
        bars::top_ui(ui, cx, (&scene, window.with_max_y(scene.stage.top())), out);
        let below = window.with_min_y(scene.stage.bottom());
        bars::bottom_ui(ui, cx, (&scene, below), out);
    });
}

fn scene<'a>(ui: &Ui, cx: &Cx<'a>, lightbox: &'a Lightbox, window: Rect) -> Option<Scene<'a>> {
    let previews = &cx.state.previews;
    let item = previews.item(lightbox.group, lightbox.item)?;
    let stage = Rect::from_min_max(
        pos2(window.left(), window.top() + TOP),
        pos2(window.right(), window.bottom() - BOTTOM),
    );
    let per_point = ui.pixels_per_point();
    let pixels = view::wanted_pixels(stage, per_point);
    let whole = item.whole();
    let is_covered = wanted::is_covered(previews, (lightbox.group, lightbox.item));
    let progress = previews.state(&whole.key);
    // What may not be asked any more is not shown either.
    let is_refused = matches!(progress, PictureState::Failed(_));
    let shown = shown(cx, lightbox, pixels).filter(|_| !is_refused);
    let size = shown.map(|shown| file_size(cx, &item.url).unwrap_or(shown.size));
    Some(Scene {
        lightbox,
        item,
        state: progress,
        is_covered,
        shown,
        stage,
        view: size.map(|size| View::new(lightbox, stage, size, per_point)),
    })
}

/// The largest that is at hand; those beside it are asked for as well.
fn shown(cx: &Cx<'_>, lightbox: &Lightbox, pixels: u32) -> Option<Shown> {
    let previews = &cx.state.previews;
    for beside in wanted::around(previews, lightbox, pixels) {
        cx.textures.show(&beside);
    }
    let whole = wanted::whole(previews, lightbox)?;
    // What was wanted beside another picture is there before the whole of it is.
    let smaller = || {
        let item = previews.item(lightbox.group, lightbox.item)?;
        at_hand(cx, &item.within(pixels))
    };
    cx.textures.show(&whole).or_else(smaller)
}

fn at_hand(cx: &Cx<'_>, request: &PictureRequest) -> Option<Shown> {
    let state = cx.state.previews.state(&request.key);
    let is_ready = matches!(state, PictureState::Ready(_));
    is_ready.then(|| cx.textures.show(request)).flatten()
}

fn file_size(cx: &Cx<'_>, url: &str) -> Option<egui::Vec2> {
    let (width, height) = cx.state.previews.file_size(url)?;
    Some(egui::vec2(width as f32, height as f32))
}
