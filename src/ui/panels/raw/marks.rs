//! Marks beside the scroll bar: where hits are, and the cursor.

use std::collections::BTreeSet;

use egui::{Rect, Ui, vec2};

use crate::model::JsonTree;
use crate::state::{RawMode, RawPane, line_at};
use crate::ui::Cx;
use crate::ui::theme::RADIUS_BAR;
use crate::ui::widgets::memo;

/// The bar is divided into so many places; hits nearer to each other share a mark.
const PLACES: usize = 400;

pub(super) fn marks_ui(ui: &Ui, cx: &Cx<'_>, tree: &JsonTree, rect: Rect) {
    let pane = &cx.state.raw;
    let marks = memo(ui, "raw hit marks", pane.generation, || {
        hit_places(pane, tree)
    });
    let p = cx.palette;
    for place in marks.iter() {
        mark(ui, rect, *place, p.part.fill);
    }
    let len = line_count(pane);
    let current = pane.cursor_line(tree).filter(|_| !marks.is_empty());
    if let Some(line) = current {
        mark(ui, rect, place_of(line, len), p.accent_text);
    }
}

fn mark(ui: &Ui, rect: Rect, place: usize, color: egui::Color32) {
    let share = place as f32 / PLACES as f32;
    let center = rect.right_top() + vec2(-5.0, share * rect.height() + 2.0);
    let mark = Rect::from_center_size(center, vec2(10.0, 2.0));
    ui.painter().rect_filled(mark, RADIUS_BAR, color);
}

fn hit_places(pane: &RawPane, tree: &JsonTree) -> BTreeSet<usize> {
    let len = line_count(pane);
    match pane.mode {
        RawMode::Tree => pane
            .hits
            .iter()
            .filter_map(|hit| pane.shown_line(tree, *hit))
            .map(|line| place_of(line, len))
            .collect(),
        RawMode::Text => pane
            .text_hits
            .iter()
            .map(|hit| place_of(line_at(&pane.text_lines, hit.start), len))
            .collect(),
    }
}

fn line_count(pane: &RawPane) -> usize {
    match pane.mode {
        RawMode::Tree => pane.lines.len(),
        RawMode::Text => pane.text_lines.len(),
    }
}

fn place_of(line: usize, len: usize) -> usize {
    line * PLACES / len.max(1)
}
