//! The keyboard over the picture. Esc is the window's own.

use egui::{EventFilter, Key, Modifiers, Popup, Ui};

use super::{Scene, ask};
use crate::state::{LightboxStep, PreviewAction, ZoomStep};
use crate::ui::Actions;

/// One press of plus.
pub(super) const STEP: f32 = 1.25;

const KEYS: [Key; 9] = [
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::PageUp,
    Key::PageDown,
    Key::Plus,
    Key::Equals,
    Key::Minus,
    Key::Num0,
    Key::Num1,
];

pub(super) fn handle(ui: &Ui, scene: &Scene<'_>, out: &mut Actions) {
    let ctx = ui.ctx();
    if ctx.text_edit_focused() || Popup::is_any_open(ctx) {
        return;
    }
    keep_arrows(ui);
    for key in KEYS {
        let presses = ctx.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
        out.extend(meaning(key, presses, scene).into_iter().map(ask));
    }
}

/// A control that was reached with Tab keeps the arrows from moving on to another.
fn keep_arrows(ui: &Ui) {
    let filter = EventFilter {
        horizontal_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| {
        if let Some(focused) = memory.focused() {
            memory.set_focus_lock_filter(focused, filter);
        }
    });
}

/// What so many presses of a key within one frame ask for.
fn meaning(key: Key, presses: usize, scene: &Scene<'_>) -> Vec<PreviewAction> {
    let step = |step| vec![PreviewAction::StepLightbox(step); presses];
    // Each press goes on from where the last one came to, which is not drawn yet.
    let times = i32::try_from(presses).unwrap_or(i32::MAX);
    let zoom = |factor: f32| by(scene, factor.powi(times)).map(PreviewAction::Zoom);
    match key {
        _ if presses == 0 => Vec::new(),
        Key::ArrowLeft | Key::PageUp => step(LightboxStep::Previous),
        Key::ArrowRight | Key::PageDown => step(LightboxStep::Next),
        Key::Plus | Key::Equals => zoom(STEP).into_iter().collect(),
        Key::Minus => zoom(1.0 / STEP).into_iter().collect(),
        Key::Num0 => vec![PreviewAction::Zoom(ZoomStep::Fit)],
        Key::Num1 => vec![PreviewAction::Zoom(ZoomStep::Actual)],
        _ => Vec::new(),
    }
}

/// About the middle of the stage.
pub(super) fn by(scene: &Scene<'_>, factor: f32) -> Option<ZoomStep> {
    let drawn = scene.view?.scale;
    Some(ZoomStep::By {
        factor,
        drawn,
        about: [0.0; 2],
    })
}
