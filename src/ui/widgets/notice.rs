//! What is said across a panel: a strip about a problem, or that there is nothing to show.

use egui::{Align, Color32, Frame, Label, Layout, Margin, RichText, Stroke, Ui, Vec2};

use super::tag::Tone;
use super::text::{Line, label};
use crate::ui::theme::{
    self, HAIRLINE, ICON_CONTROL, ICON_EMPTY, RADIUS_BUTTON, S4, S8, S12, palette,
};

/// A strip with an icon, one statement, and actions at the right (added from the right).
pub(crate) fn banner<R>(
    ui: &mut Ui,
    (icon, tone): (&str, Tone),
    text: &str,
    actions: impl FnOnce(&mut Ui) -> R,
) -> R {
    let (ground, color) = tone.colors(palette(ui));
    Frame::new()
        .fill(ground)
        .stroke(Stroke::new(HAIRLINE, border(ui, tone)))
        .corner_radius(RADIUS_BUTTON)
        .inner_margin(Margin::symmetric(12, 6))
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                label(ui, &Line::new(icon, theme::icon(ICON_CONTROL), color));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let result = actions(ui);
                    let rest = Layout::left_to_right(Align::Center);
                    ui.with_layout(rest, |ui| {
                        label(ui, &Line::new(text, theme::body(), color));
                    });
                    result
                })
                .inner
            })
            .inner
        })
        .inner
}

fn border(ui: &Ui, tone: Tone) -> Color32 {
    let p = palette(ui);
    match tone {
        Tone::Plain => p.line_strong,
        Tone::Accent => p.accent_line,
        Tone::Ok => p.ok.soft,
        Tone::Part => p.part.soft,
        Tone::Fail => p.fail.soft,
        Tone::Run => p.run.soft,
        Tone::Unk => p.unk.soft,
    }
}

/// Says in the middle of a panel why there is nothing, and offers what to do about it.
pub(crate) fn empty_state<R>(
    ui: &mut Ui,
    icon: &str,
    (title, text): (&str, &str),
    actions: impl FnOnce(&mut Ui) -> R,
) -> R {
    const HEIGHT: f32 = 140.0;
    let p = palette(ui);
    ui.add_space(((ui.available_height() - HEIGHT) / 2.0).max(S12));
    ui.vertical_centered(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(S8);
        label(ui, &Line::new(icon, theme::icon(ICON_EMPTY), p.text_3));
        label(ui, &Line::new(title, theme::lead(), p.text));
        if !text.is_empty() {
            let text = RichText::new(text).font(theme::body()).color(p.text_2);
            ui.add(Label::new(text).wrap());
        }
        ui.add_space(S4);
        actions(ui)
    })
    .inner
}
