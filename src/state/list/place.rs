//! Which part of the list is in sight: it never jumps when rows arrive.

use crate::state::{Density, Effect};
use crate::store::TaskIdx;

use super::List;

/// The first task in sight and how far its line is scrolled; `None` at the very top.
pub(super) fn anchor(list: &List) -> Option<(TaskIdx, usize, f64)> {
    if list.scroll <= 0.0 {
        return None;
    }
    let line = line_at(list.scroll, list.row_height);
    let task = list.view.task_at(line)?;
    Some((task, line, list.scroll - line as f64 * list.row_height))
}

/// Keeps the anchor where it was; says how many more lines are above it than before.
pub(super) fn hold(list: &mut List, anchor: Option<(TaskIdx, usize, f64)>) -> Option<usize> {
    let (task, old_line, rest) = anchor?;
    let Some(line) = list.view.line_of(task) else {
        list.scroll = list.scroll.min(list.view.len() as f64 * list.row_height);
        return None;
    };
    list.scroll = line as f64 * list.row_height + rest;
    Some(line.saturating_sub(old_line))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a scroll offset is positive and a line number fits; a cast saturates"
)]
fn line_at(offset: f64, row_height: f64) -> usize {
    (offset / row_height).floor() as usize
}

pub(super) fn set_density(list: &mut List, density: Density) -> Vec<Effect> {
    list.density = density;
    set_layout(list, list.page, density.row_height())
}

pub(super) fn set_layout(list: &mut List, page: usize, row_height: f64) -> Vec<Effect> {
    let line = list.scroll / list.row_height;
    list.page = page;
    list.row_height = row_height;
    list.scroll = line * row_height;
    Vec::new()
}

pub(super) fn scroll(list: &mut List, offset: f64) -> Vec<Effect> {
    list.scroll = offset.max(0.0);
    list.reveal = None;
    if list.scroll <= 0.0 {
        list.new_above = 0;
    }
    Vec::new()
}

pub(super) fn show_new(list: &mut List) -> Vec<Effect> {
    list.reveal = Some(0);
    list.new_above = 0;
    Vec::new()
}

pub(super) fn reveal_selected(list: &mut List) {
    list.reveal = list.selected_line();
    if list.reveal.is_none() {
        list.scroll = 0.0;
    }
}
