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
        out.extend((0..presses).filter_map(|_| meaning(key, scene)).map(ask));
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

fn meaning(key: Key, scene: &Scene<'_>) -> Option<PreviewAction> {
    Some(match key {
        Key::ArrowLeft | Key::PageUp => PreviewAction::StepLightbox(LightboxStep::Previous),
        Key::ArrowRight | Key::PageDown => PreviewAction::StepLightbox(LightboxStep::Next),
        Key::Plus | Key::Equals => PreviewAction::Zoom(by(scene, STEP)?),
        Key::Minus => PreviewAction::Zoom(by(scene, 1.0 / STEP)?),
        Key::Num0 => PreviewAction::Zoom(ZoomStep::Fit),
        Key::Num1 => PreviewAction::Zoom(ZoomStep::Actual),
        _ => return None,
    })
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
