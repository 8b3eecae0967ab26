//! The steps of a pull, each with its bar.

use egui::{Align, Rect, Role, Sense, Ui, Vec2, WidgetInfo, vec2};

use super::rows::{Step, StepState};
use crate::model::{Outcome, Verdict};
use crate::ui::Cx;
use crate::ui::icons;
use crate::ui::panels::live::parts::heading_ui;
use crate::ui::theme::{self, ICON_CONTROL, Palette, S8, S12};
use crate::ui::widgets::{
    GlyphStyle, Line, bar, outcome_glyph, paint_line, running_glyph, verdict_glyph,
};

const HEIGHT: f32 = 50.0;
const INDENT: f32 = 28.0;

pub(super) fn steps_ui(ui: &mut Ui, cx: &Cx<'_>, steps: &[Step]) {
    heading_ui(ui, cx.text.live.steps, "");
    for step in steps {
        step_ui(ui, cx, step);
        ui.add_space(S12);
    }
}

fn step_ui(ui: &mut Ui, cx: &Cx<'_>, step: &Step) {
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| {
        let name = format!("{}: {}", step.name, step.count);
        let mut info = WidgetInfo::labeled(Role::ProgressIndicator, true, name);
        info.value = step.part.map(f64::from);
        info
    });
    let (p, painter) = (cx.palette, ui.painter());
    paint_mark(ui, rect, step, p);
    let right = rect.with_min_x(rect.left() + INDENT);
    let band = |top: f32, height: f32| {
        Rect::from_min_size(right.min + vec2(0.0, top), vec2(right.width(), height))
    };
    let count = Line::new(&step.count, theme::mono(), p.text);
    let counted = paint_line(painter, band(0.0, 20.0), Align::Max, &count).rect;
    let name = Line::new(step.name, theme::strong(), p.text);
    let room = band(0.0, 20.0).with_max_x(counted.left() - S8);
    paint_line(painter, room, Align::Min, &name);
    let how = Line::new(&step.how, theme::small(), p.text_3);
    let how_cut = paint_line(painter, band(20.0, 16.0), Align::Min, &how).cut;
    let color = match step.state {
        StepState::Done => p.ok.fill,
        StepState::Broken => p.unk.fill,
        StepState::Waiting | StepState::Running | StepState::Paused => p.accent,
    };
    bar(painter, band(42.0, 4.0), step.part.unwrap_or(0.0), color, p);
    if how_cut {
        response.on_hover_text(&step.how);
    }
}

fn paint_mark(ui: &Ui, rect: Rect, step: &Step, p: &Palette) {
    let center = rect.left_top() + vec2(ICON_CONTROL / 2.0, 10.0);
    let place = Rect::from_center_size(center, Vec2::splat(ICON_CONTROL));
    let painter = ui.painter();
    match step.state {
        StepState::Done => verdict_glyph(painter, place, Verdict::Ok, p, GlyphStyle::Row),
        StepState::Running => running_glyph(painter, place, step.part, p),
        StepState::Waiting => outcome_glyph(painter, place, Outcome::Waiting, p),
        StepState::Paused | StepState::Broken => {
            let icon = if step.state == StepState::Paused {
                icons::PAUSE
            } else {
                icons::STOP
            };
            let icon = Line::new(icon, theme::icon(ICON_CONTROL), p.text_3);
            paint_line(painter, place, Align::Center, &icon);
        }
    }
}
