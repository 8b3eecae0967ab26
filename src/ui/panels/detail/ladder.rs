//! The ladder: bitrate over short side, the outputs against their source.

mod labels;
mod marks;
mod paint;
mod points;
mod scale;

pub(super) use points::Ladder;

use egui::{Align, Role, Sense, Ui, vec2};

use crate::ui::Cx;
use crate::ui::theme::{self, S8, S16};
use crate::ui::widgets::{Line, line_width, named, paint_line, section};

use paint::Plot;
use points::Kind;

/// The plot with its axis labels.
const HEIGHT: f32 = 272.0;

pub(super) fn ladder_ui(ui: &mut Ui, cx: &Cx<'_>, ladder: &Ladder) {
    let words = cx.text.detail;
    section(ui, words.ladder, words.ladder_caption, |ui| {
        legend_ui(ui, cx, ladder);
    });
    ui.add_space(S8);
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    named(&response, Role::Image, cx.text.outputs.plot_name);
    Plot::new(ui, cx, ladder, rect).draw();
}

/// What the marks mean; only those that are in the plot.
fn legend_ui(ui: &mut Ui, cx: &Cx<'_>, ladder: &Ladder) {
    let words = cx.text.detail;
    let entries = [
        (Kind::Target, words.legend_target),
        (Kind::Rung, words.legend_rung),
        (Kind::Flagged, words.legend_flagged),
        (Kind::Output, words.legend_output),
        (Kind::Source, words.legend_source),
    ];
    ui.spacing_mut().item_spacing.x = S16;
    for (kind, name) in entries {
        if ladder.has(kind) {
            entry_ui(ui, cx, (kind, name));
        }
    }
}

fn entry_ui(ui: &mut Ui, cx: &Cx<'_>, (kind, name): (Kind, &str)) {
    let font = theme::small();
    let width = line_width(ui.painter(), name, font.clone());
    let (rect, response) = ui.allocate_exact_size(vec2(width + S16 + 1.0, 20.0), Sense::hover());
    named(&response, Role::Label, name);
    let mark = rect.left_center() + vec2(5.0, 0.0);
    marks::mark(ui.painter(), mark, kind, cx.palette);
    let words = rect.with_min_x(rect.left() + S16);
    let line = Line::new(name, font, cx.palette.text_2);
    paint_line(ui.painter(), words, Align::Min, &line);
}
