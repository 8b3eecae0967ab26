//! How far a source is read, once that takes longer than a moment.

use egui::{Align, Layout as Flow, Ui, vec2};

use super::super::place::within;
use crate::model::LiveSpec;
use crate::state::{Action, Phase, SourceAction, SourceState};
use crate::text::frame;
use crate::ui::theme::{self, S12};
use crate::ui::widgets::{Button, Line, label, progress_line};
use crate::ui::{Actions, Cx};

/// Reading that takes less says nothing.
const PATIENCE_MILLIS: u64 = 1_000;
const HEIGHT: f32 = 30.0;

/// The first source that has been reading for a while.
pub(super) fn progress_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let now = cx.state.millis;
    let slow = |source: &&SourceState| {
        let waited = now.saturating_sub(source.started_millis);
        source.phase == Phase::Reading && waited >= PATIENCE_MILLIS && is_read(source)
    };
    let Some(source) = cx.state.sources.list.iter().find(slow) else {
        return;
    };
    let (rect, _) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), egui::Sense::hover());
    let inner = rect.shrink2(vec2(S12, 0.0));
    within(ui, inner, Flow::right_to_left(Align::Center), |ui| {
        if ui.add(Button::link(cx.text.chrome.cancel)).clicked() {
            out.push(Action::Source(SourceAction::Cancel(source.info.id)));
        }
        ui.with_layout(Flow::left_to_right(Align::Center), |ui| {
            let millis = now.saturating_sub(source.started_millis).max(1);
            let rate = source.bytes_read.saturating_mul(1_000) / millis;
            let name = &source.info.name;
            let words = frame::reading(cx.text.lang, name, source.progress(), rate);
            label(
                ui,
                &Line::new(&words, theme::small(), cx.palette.text_2).middle(),
            );
        });
    });
    if let Some(part) = source.progress() {
        progress_line(ui, part, cx.text.chrome.reading);
    }
}

/// Whether it is read like a file; pulls, queues and listeners have strips of their own.
fn is_read(source: &SourceState) -> bool {
    matches!(source.info.live, None | Some(LiveSpec::Archive { .. }))
}
