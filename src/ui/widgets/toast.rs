//! Short notes at the lower right, above everything, gone by themselves.

use egui::{
    Align, Align2, Area, Context, CursorIcon, Frame, Id, Layout, Margin, Order, Role, Sense,
    Stroke, Ui, Vec2, vec2,
};

use super::focus::{focus_ring, named};
use super::glyph::{GlyphStyle, verdict_glyph};
use super::tag::Tone;
use super::text::{Line, label, line_width};
use crate::model::Verdict;
use crate::ui::icons;
use crate::ui::theme::{self, HAIRLINE, ICON_CONTROL, RADIUS_CARD, S8, S16, palette};

/// A note to show.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Toast<'a> {
    pub(crate) id: u64,
    pub(crate) tone: Tone,
    pub(crate) text: &'a str,
    /// What it is about, such as an id; may be empty.
    pub(crate) detail: &'a str,
}

/// Height of the bar at the bottom of the window, which notes leave free.
const STATUS_BAR: f32 = 24.0;
const WIDEST: f32 = 560.0;

/// Draws the notes, newest at the bottom; tells which one was clicked away.
pub(crate) fn toasts<'a>(
    ctx: &Context,
    notes: impl Iterator<Item = Toast<'a>>,
    dismiss: &str,
) -> Option<u64> {
    let mut notes = notes.peekable();
    notes.peek()?;
    Area::new(Id::unique("toasts"))
        .order(Order::Tooltip)
        .anchor(Align2::RIGHT_BOTTOM, vec2(-S16, -S16 - STATUS_BAR))
        .show(ctx, |ui| {
            ui.spacing_mut().item_spacing = Vec2::splat(S8);
            ui.with_layout(Layout::top_down(Align::Max), |ui| {
                let pressed = |note: &Toast<'_>| toast(ui, *note, dismiss);
                notes.filter(pressed).map(|note| note.id).last()
            })
            .inner
        })
        .inner
}

fn toast(ui: &mut Ui, note: Toast<'_>, dismiss: &str) -> bool {
    let p = palette(ui);
    let frame = Frame::new()
        .fill(p.bg_raised)
        .stroke(Stroke::new(HAIRLINE, p.line_strong))
        .corner_radius(RADIUS_CARD)
        .shadow(p.menu_shadow)
        .inner_margin(Margin::symmetric(12, 10));
    // The notes stand at the right, their words still run from the left.
    let size = vec2(words_width(ui, note), ICON_CONTROL);
    let rightward = Layout::left_to_right(Align::Center);
    let shown = frame.show(ui, |ui| {
        ui.allocate_ui_with_layout(size, rightward, |ui| words(ui, note));
    });
    let id = ui.scope_id().with(note.id);
    let response = ui.interact(shown.response.rect, id, Sense::click());
    named(
        &response,
        Role::Button,
        &format!("{dismiss}: {}", note.text),
    );
    focus_ring(ui, &response, RADIUS_CARD);
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    response.on_hover_text(dismiss).clicked()
}

fn words_width(ui: &Ui, note: Toast<'_>) -> f32 {
    let text = line_width(ui.painter(), note.text, theme::body());
    let detail = match note.detail {
        "" => 0.0,
        detail => S8 + line_width(ui.painter(), detail, theme::mono_small()),
    };
    (ICON_CONTROL + S8 + text + detail).min(WIDEST)
}

fn words(ui: &mut Ui, note: Toast<'_>) {
    let p = palette(ui);
    mark(ui, note.tone);
    label(ui, &Line::new(note.text, theme::body(), p.text));
    if !note.detail.is_empty() {
        label(
            ui,
            &Line::new(note.detail, theme::mono_small(), p.text_3).middle(),
        );
    }
}

fn mark(ui: &mut Ui, tone: Tone) {
    let verdict = match tone {
        Tone::Ok => Verdict::Ok,
        Tone::Part => Verdict::PartlyFailed,
        Tone::Fail => Verdict::Failed,
        Tone::Run => Verdict::Running,
        Tone::Unk => Verdict::Unknown,
        Tone::Plain | Tone::Accent => {
            let color = palette(ui).text_2;
            label(
                ui,
                &Line::new(icons::INFO, theme::icon(ICON_CONTROL), color),
            );
            return;
        }
    };
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(ICON_CONTROL), Sense::hover());
    verdict_glyph(ui.painter(), rect, verdict, palette(ui), GlyphStyle::Row);
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use egui_kittest::kittest::Queryable as _;

    use super::*;
    use crate::ui::widgets::testing::harness;

    #[test]
    fn a_click_dismisses_that_toast() {
        let gone = Cell::new(None);
        let note = |id, text| Toast {
            id,
            tone: Tone::Ok,
            text,
            detail: "475b72…b177t1",
        };
        let mut harness = harness(|ui| {
            let notes = [note(4, "Copied TaskId"), note(5, "Copied path")];
            if let Some(id) = toasts(ui.ctx(), notes.into_iter(), "Dismiss") {
                gone.set(Some(id));
            }
        });
        harness.run();
        harness.get_by_label("Dismiss: Copied path").click();
        harness.run();
        drop(harness);
        assert_eq!(gone.get(), Some(5));
    }
}
