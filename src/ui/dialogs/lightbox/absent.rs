//! What is said where the picture is not there: covered, on its way, or why not and what helps.

use egui::{Align, Align2, Frame, Layout, Margin, Rect, Stroke, Ui, Vec2, vec2};

use super::{Scene, ask};
use crate::model::{Consent, PictureFault};
use crate::state::{Action, AppAction, Dialog, PictureState, PreviewAction, host_of};
use crate::text::pictures::{self as say, Explained, Remedy};
use crate::ui::dialogs::settings;
use crate::ui::fault_icon::fault_icon;
use crate::ui::panels::place::within;
use crate::ui::theme::{self, HAIRLINE, ICON_EMPTY, RADIUS_CARD, S8, S12};
use crate::ui::widgets::{Button, Line, label, lead, progress_line, small, spinner, wrapped};
use crate::ui::{Actions, Cx, icons};

const CARD: f32 = 440.0;
const HIGHEST: f32 = 320.0;

pub(super) fn absent_ui(ui: &mut Ui, cx: &Cx<'_>, scene: &Scene<'_>, out: &mut Actions) {
    if scene.is_covered {
        card_ui(ui, cx, scene, |ui| covered_ui(ui, cx, scene, out));
        return;
    }
    match scene.state {
        PictureState::Failed(fault) => {
            card_ui(ui, cx, scene, |ui| fault_ui(ui, cx, (scene, fault), out));
        }
        PictureState::Waiting | PictureState::Loading { .. } => {
            awaited_ui(ui, cx, scene);
        }
        // Its texture comes with the next frames.
        PictureState::Ready(_) if scene.shown.is_none() => awaited_ui(ui, cx, scene),
        PictureState::Ready(_) => {}
    }
}

/// A card in the middle of the stage, as high as it must be.
fn card_ui(ui: &mut Ui, cx: &Cx<'_>, scene: &Scene<'_>, content: impl FnOnce(&mut Ui)) {
    let id = ui.scope_id().with("absent card");
    let height = ui.data(|data| data.get_temp::<f32>(id)).unwrap_or(HIGHEST);
    let size = vec2(CARD, height);
    let place = Align2::CENTER_CENTER.align_size_within_rect(size, scene.stage);
    let frame = Frame::new()
        .fill(cx.palette.bg_raised)
        .stroke(Stroke::new(HAIRLINE, cx.palette.line_strong))
        .corner_radius(RADIUS_CARD)
        .inner_margin(Margin::same(20));
    let drawn = within(ui, place, Layout::top_down(Align::Min), |ui| {
        frame.show(ui, |ui| {
            ui.set_width(CARD - 40.0);
            ui.spacing_mut().item_spacing = Vec2::splat(S8);
            content(ui);
        })
    });
    let height = drawn.response.rect.height();
    ui.data_mut(|data| data.insert_temp(id, height));
}

fn head_ui(ui: &mut Ui, cx: &Cx<'_>, icon: &str, title: &str) {
    ui.horizontal(|ui| {
        let color = cx.palette.text_2;
        label(ui, &Line::new(icon, theme::icon(ICON_EMPTY), color));
        lead(ui, title);
    });
}

fn covered_ui(ui: &mut Ui, cx: &Cx<'_>, scene: &Scene<'_>, out: &mut Actions) {
    let words = cx.text.pictures;
    head_ui(ui, cx, icons::EYE_SLASH, words.veiled);
    wrapped(ui, words.veiled_why, theme::body(), cx.palette.text_2);
    if ui.add(Button::new(words.reveal).icon(icons::EYE)).clicked() {
        let url = scene.item.url.clone();
        out.push(ask(PreviewAction::Reveal(url)));
    }
}

fn awaited_ui(ui: &mut Ui, cx: &Cx<'_>, scene: &Scene<'_>) {
    const WIDE: f32 = 260.0;
    const HIGH: f32 = 56.0;
    let (word, part) = progress(cx, scene.state);
    let bottom = scene.stage.center_bottom() - vec2(0.0, HIGH);
    let middle = if scene.shown.is_some() {
        // Below what is shown of it meanwhile.
        bottom
    } else {
        scene.stage.center()
    };
    let place = Rect::from_center_size(middle, vec2(WIDE, HIGH));
    let frame = Frame::new()
        .fill(cx.palette.bg_raised)
        .stroke(Stroke::new(HAIRLINE, cx.palette.line_strong))
        .corner_radius(RADIUS_CARD)
        .inner_margin(Margin::same(12));
    within(ui, place, Layout::top_down(Align::Min), |ui| {
        frame.show(ui, |ui| {
            ui.set_width(WIDE - 24.0);
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = S8;
                spinner(ui, &word);
                small(ui, &word);
            });
            if let Some(part) = part {
                progress_line(ui, part, &word);
            }
        });
    });
}

/// How far it is, in words and as a part of the whole.
fn progress(cx: &Cx<'_>, state: &PictureState) -> (String, Option<f32>) {
    let words = cx.text.pictures;
    match state {
        PictureState::Loading { received, total } => {
            let told = say::received(cx.text.lang, *received, *total);
            let share = |total: u64| (*received as f64 / total.max(1) as f64).min(1.0);
            #[expect(clippy::cast_possible_truncation, reason = "a share from 0 to 1")]
            let part = total.map(|total| share(total) as f32);
            (format!("{} {told}", words.loading), part)
        }
        PictureState::Ready(_) => (words.drawing.to_owned(), None),
        PictureState::Waiting | PictureState::Failed(_) => (words.waiting.to_owned(), None),
    }
}

fn fault_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (scene, fault): (&Scene<'_>, &PictureFault),
    out: &mut Actions,
) {
    let Explained {
        title,
        why,
        next,
        remedy,
        ..
    } = say::fault(fault, cx.text);
    head_ui(ui, cx, fault_icon(fault), &title);
    wrapped(ui, &why, theme::body(), cx.palette.text);
    if let Some(tried) = tried(cx, scene, fault) {
        wrapped(ui, &tried, theme::body(), cx.palette.text);
    }
    wrapped(ui, &next, theme::body(), cx.palette.text_2);
    ui.add_space(S12 - S8);
    ui.horizontal_wrapped(|ui| remedy_ui(ui, cx, (scene, fault, remedy), out));
}

/// What was sent along already, when the server refused it.
fn tried(cx: &Cx<'_>, scene: &Scene<'_>, fault: &PictureFault) -> Option<String> {
    if !matches!(fault, PictureFault::Forbidden { .. }) {
        return None;
    }
    let host = host_of(&scene.item.url).ok()?;
    let rule = cx.state.settings.pictures.hosts.get(&host)?;
    say::tried(cx.text.lang, rule)
}

fn remedy_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (scene, fault, remedy): (&Scene<'_>, &PictureFault, Remedy),
    out: &mut Actions,
) {
    let words = cx.text.pictures;
    let url = &scene.item.url;
    match remedy {
        Remedy::SwitchOn => {
            if ui.add(Button::primary(words.switch_on)).clicked() {
                out.push(ask(PreviewAction::SetFetch(true)));
            }
        }
        Remedy::Allow => allow_ui(ui, cx, &host(scene, fault), out),
        Remedy::HostSettings => {
            if ui.add(Button::primary(words.host_settings)).clicked() {
                open_settings(ui, cx, &host(scene, fault), out);
            }
            retry_ui(ui, cx, scene, out);
        }
        Remedy::Retry => retry_ui(ui, cx, scene, out),
        Remedy::OpenOutside => {
            let button = Button::primary(words.open_outside).icon(icons::ARROW_SQUARE_OUT);
            if ui.add(button).clicked() {
                out.push(ask(PreviewAction::OpenOutside(url.clone())));
            }
        }
        Remedy::Nothing => {}
    }
}

fn retry_ui(ui: &mut Ui, cx: &Cx<'_>, scene: &Scene<'_>, out: &mut Actions) {
    let button = Button::new(cx.text.pictures.retry).icon(icons::ARROW_CLOCKWISE);
    if ui.add(button).clicked() {
        out.push(ask(PreviewAction::Retry(scene.item.url.clone())));
    }
}

fn allow_ui(ui: &mut Ui, cx: &Cx<'_>, host: &str, out: &mut Actions) {
    let words = cx.text.pictures;
    let choices = [
        (words.allow_once, Consent::Once),
        (words.allow_always, Consent::Always),
        (words.never, Consent::Never),
    ];
    for (name, consent) in choices {
        if ui.add(Button::new(name)).clicked() {
            let host = host.to_owned();
            out.push(ask(PreviewAction::Allow { host, consent }));
        }
    }
}

/// The host that the fault is about: a redirect's, or that of the picture itself.
fn host(scene: &Scene<'_>, fault: &PictureFault) -> String {
    match fault {
        PictureFault::NotAllowed { host, .. }
        | PictureFault::Denied { host }
        | PictureFault::Private { host, .. } => host.clone(),
        _ => host_of(&scene.item.url).unwrap_or_default(),
    }
}

fn open_settings(ui: &Ui, cx: &Cx<'_>, host: &str, out: &mut Actions) {
    let rule = cx.state.previews.rule(&cx.state.settings.pictures, host);
    settings::edit_host(ui.ctx(), host, &rule);
    out.push(Action::App(AppAction::Show(Dialog::Settings)));
}
