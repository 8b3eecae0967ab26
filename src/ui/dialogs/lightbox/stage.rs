//! The picture itself: drawn, dragged, zoomed with the wheel; and the way to those beside it.

use egui::{
    Align, Color32, CursorIcon, Mesh, PointerButton, Rect, Response, Role, Sense, Stroke,
    StrokeKind, Ui, Vec2, pos2, vec2,
};

use super::view::View;
use super::{Scene, absent, ask, wanted};
use crate::model::PictureFormat;
use crate::state::{LightboxStep, PreviewAction, Zoom, ZoomStep};
use crate::ui::panels::place::within;
use crate::ui::theme::{self, HAIRLINE, ICON_CONTROL, S12};
use crate::ui::widgets::{Line, focus_ring, named, paint_line};
use crate::ui::{Actions, Cx, icons};

/// A square of the ground behind pictures that can be seen through, in points.
const SQUARE: f32 = 12.0;
/// Points of the wheel that double a picture.
const WHEEL_DOUBLES: f32 = 240.0;
const ARROW: f32 = 40.0;

pub(super) fn stage_ui(ui: &mut Ui, cx: &Cx<'_>, scene: &Scene<'_>, out: &mut Actions) {
    let stage = scene.stage;
    // The window shows through a dialog's scrim; behind a picture it would distract.
    ui.painter().rect_filled(stage, 0.0, cx.palette.scrim);
    let id = ui.scope_id().with("stage");
    let response = ui.interact(stage, id, Sense::click_and_drag());
    if let (Some(view), Some(shown)) = (scene.view, scene.shown) {
        named(&response, Role::Image, cx.text.pictures.lightbox);
        paint(ui, cx, scene, (&view, shown.id));
        move_ui(ui, scene, (&view, &response), out);
    }
    close_beside(scene, &response, out);
    absent::absent_ui(ui, cx, scene, out);
    arrows_ui(ui, cx, scene, out);
}

fn paint(ui: &Ui, cx: &Cx<'_>, scene: &Scene<'_>, (view, texture): (&View, egui::TextureId)) {
    let Some((seen, part)) = view.seen(scene.stage) else {
        return;
    };
    let painter = ui.painter_at(scene.stage);
    let solid = [PictureFormat::Jpeg, PictureFormat::Bmp];
    if !scene
        .info()
        .is_some_and(|info| solid.contains(&info.format))
    {
        painter.add(checkerboard(
            seen,
            [cx.palette.bg_panel, cx.palette.bg_track],
        ));
    }
    painter.image(texture, seen, part, Color32::WHITE);
    let border = Stroke::new(HAIRLINE, cx.palette.line_strong);
    painter.rect_stroke(view.rect, 0.0, border, StrokeKind::Outside);
}

/// Squares in two colours, which stand still while the picture is moved over them.
fn checkerboard(place: Rect, [ground, squares]: [Color32; 2]) -> Mesh {
    let mut mesh = Mesh::default();
    mesh.add_colored_rect(place, ground);
    let mut top = (place.top() / SQUARE).floor() * SQUARE;
    let mut is_odd = (place.top() / SQUARE).floor().rem_euclid(2.0) > 0.5;
    while top < place.bottom() {
        let first = (place.left() / (2.0 * SQUARE)).floor() * 2.0 * SQUARE;
        let mut left = if is_odd { first + SQUARE } else { first };
        while left < place.right() {
            let square = Rect::from_min_size(pos2(left, top), Vec2::splat(SQUARE));
            let square = square.intersect(place);
            if square.is_positive() {
                mesh.add_colored_rect(square, squares);
            }
            left += 2.0 * SQUARE;
        }
        top += SQUARE;
        is_odd = !is_odd;
    }
    mesh
}

/// Dragging, the wheel, pinching, and a double click between fitted and its own size.
fn move_ui(ui: &Ui, scene: &Scene<'_>, (view, response): (&View, &Response), out: &mut Actions) {
    let lightbox = scene.lightbox;
    let dragged = if response.dragged_by(PointerButton::Primary) {
        response.drag_delta()
    } else {
        Vec2::ZERO
    };
    // What was pushed too far comes back into sight with the next frame.
    let pan: Vec2 = lightbox.pan.into();
    let by = view.pan + dragged - pan;
    if by.length() > 0.01 {
        out.push(ask(PreviewAction::Pan(by.into())));
    }
    if response.double_clicked() {
        let step = match lightbox.zoom {
            Zoom::Fit => ZoomStep::Actual,
            Zoom::Scale(_) => ZoomStep::Fit,
        };
        out.push(ask(PreviewAction::Zoom(step)));
    }
    if let Some(step) = wheel(ui, scene, view, response) {
        out.push(ask(PreviewAction::Zoom(step)));
    }
    let cursor = if response.dragged() {
        CursorIcon::Grabbing
    } else {
        CursorIcon::Grab
    };
    response.clone().on_hover_cursor(cursor);
}

fn wheel(ui: &Ui, scene: &Scene<'_>, view: &View, response: &Response) -> Option<ZoomStep> {
    let at = response.hover_pos()?;
    let (rolled, pinched) = ui.input(|input| (input.smooth_scroll_delta.y, input.zoom_delta()));
    let factor = (rolled / WHEEL_DOUBLES).exp2() * pinched;
    let about = at - scene.stage.center();
    let turned = (factor - 1.0).abs() > 1e-4;
    turned.then_some(ZoomStep::By {
        factor,
        drawn: view.scale,
        about: about.into(),
    })
}

/// A click beside the picture closes the lightbox.
fn close_beside(scene: &Scene<'_>, response: &Response, out: &mut Actions) {
    let on_picture = |at| scene.view.is_some_and(|view| view.rect.contains(at));
    let clicked = response.clicked() && !response.double_clicked();
    let at = response.interact_pointer_pos();
    // Where there is no picture, what is said about it stands in its place.
    if clicked && scene.view.is_some() && at.is_some_and(|at| !on_picture(at)) {
        out.push(ask(PreviewAction::CloseLightbox));
    }
}

fn arrows_ui(ui: &mut Ui, cx: &Cx<'_>, scene: &Scene<'_>, out: &mut Actions) {
    let words = cx.text.pictures;
    let [before, after] = wanted::beside(&cx.state.previews.groups, scene.place());
    let middle = scene.stage.center().y;
    let inset = S12 + ARROW / 2.0;
    let sides = [
        (
            scene.stage.left() + inset,
            (icons::CARET_LEFT, words.previous),
            before.map(|_| LightboxStep::Previous),
        ),
        (
            scene.stage.right() - inset,
            (icons::CARET_RIGHT, words.next),
            after.map(|_| LightboxStep::Next),
        ),
    ];
    for (x, face, step) in sides {
        let place = Rect::from_center_size(pos2(x, middle), Vec2::splat(ARROW));
        let Some(step) = step else { continue };
        if arrow_ui(ui, cx, place, face).clicked() {
            out.push(ask(PreviewAction::StepLightbox(step)));
        }
    }
}

fn arrow_ui(ui: &mut Ui, cx: &Cx<'_>, place: Rect, (icon, name): (&str, &str)) -> Response {
    let p = cx.palette;
    within(
        ui,
        place,
        egui::Layout::left_to_right(Align::Center),
        |ui| {
            let (rect, response) = ui.allocate_exact_size(vec2(ARROW, ARROW), Sense::click());
            named(&response, Role::Button, name);
            let fill = if response.hovered() {
                p.bg_hover
            } else {
                p.bg_raised
            };
            let border = Stroke::new(HAIRLINE, p.line_strong);
            ui.painter()
                .circle(rect.center(), ARROW / 2.0, fill, border);
            let line = Line::new(icon, theme::icon(ICON_CONTROL), p.text);
            paint_line(ui.painter(), rect, Align::Center, &line);
            focus_ring(ui, &response, egui::CornerRadius::same(20));
            response
                .on_hover_cursor(CursorIcon::PointingHand)
                .on_hover_text(name)
        },
    )
}
