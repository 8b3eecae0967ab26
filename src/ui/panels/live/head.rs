//! The head of a live panel: what it is about, how it stands, and its buttons.

use egui::{Rect, Sense, Stroke, Ui, pos2, vec2};

use super::super::place::within;
use super::parts::{leftward, pill_ui, rightward};
use crate::ui::Cx;
use crate::ui::theme::{self, BUTTON_HEIGHT, HAIRLINE, PILL_HEIGHT, S8, S12, S20};
use crate::ui::widgets::{Line, Tone, label};

const HEAD_HEIGHT: f32 = 80.0;
/// Room at the right of the title that is for buttons.
const CONTROLS: f32 = 440.0;

/// The head of a panel.
pub(super) struct Head<'a> {
    pub(super) icon: &'static str,
    pub(super) tone: Tone,
    pub(super) title: &'a str,
    pub(super) pill: (&'static str, &'a str),
    pub(super) facts: &'a [String],
}

impl Head<'_> {
    /// Draws it; `controls` are added from the right.
    pub(super) fn show(&self, ui: &mut Ui, cx: &Cx<'_>, controls: impl FnOnce(&mut Ui)) {
        let size = vec2(ui.available_width(), HEAD_HEIGHT);
        let (area, _) = ui.allocate_exact_size(size, Sense::hover());
        let inner = area.shrink2(vec2(S20, 0.0));
        let title = line_at(inner, 28.0, BUTTON_HEIGHT);
        let left = title.with_max_x(title.right() - CONTROLS.min(title.width() * 0.6));
        within(ui, left, rightward(), |ui| self.title_ui(ui, cx));
        within(ui, title, leftward(), |ui| {
            ui.spacing_mut().item_spacing.x = S8;
            controls(ui);
        });
        within(ui, line_at(inner, 60.0, PILL_HEIGHT), rightward(), |ui| {
            pill_ui(ui, cx, self.pill, self.tone);
            ui.add_space(S12);
            facts_ui(ui, cx, self.facts);
        });
        let line = Stroke::new(HAIRLINE, cx.palette.line);
        let y = area.bottom() - HAIRLINE / 2.0;
        ui.painter().hline(area.x_range(), y, line);
    }

    fn title_ui(&self, ui: &mut Ui, cx: &Cx<'_>) {
        let (_, color) = self.tone.colors(cx.palette);
        label(ui, &Line::new(self.icon, theme::icon(20.0), color));
        ui.add_space(S8);
        label(
            ui,
            &Line::new(self.title, theme::title(), cx.palette.text).middle(),
        );
    }
}

fn facts_ui(ui: &mut Ui, cx: &Cx<'_>, facts: &[String]) {
    let p = cx.palette;
    ui.spacing_mut().item_spacing.x = S8;
    for (at, fact) in facts.iter().enumerate() {
        if at > 0 {
            label(ui, &Line::new("·", theme::small(), p.text_3));
        }
        label(ui, &Line::new(fact, theme::small(), p.text_2));
    }
}

fn line_at(area: Rect, center: f32, height: f32) -> Rect {
    let top = area.top() + center - height / 2.0;
    Rect::from_min_max(pos2(area.left(), top), pos2(area.right(), top + height))
}
