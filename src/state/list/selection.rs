//! Which task is selected and which are marked.

use crate::model::SourceId;
use crate::state::{AppState, Effect, Move, Step, detail};
use crate::store::TaskIdx;

use super::List;
use super::place::reveal_selected;

/// Selects the first task that came with a source.
pub(in crate::state) fn select_from(state: &mut AppState, source: SourceId) -> Vec<Effect> {
    let from = |line: &usize| {
        let task = state.list.view.task_at(*line);
        let task = task.and_then(|idx| state.index.task(idx));
        task.is_some_and(|task| task.source == source)
    };
    match (0..state.list.view.len()).find(from) {
        Some(line) => select_line(state, line),
        None => Vec::new(),
    }
}

pub(super) fn select_first(state: &mut AppState) -> Vec<Effect> {
    match state.list.view.task_at(0) {
        Some(task) => select(state, task),
        None => Vec::new(),
    }
}

/// When a filter leaves one task over, that is the one to look at.
pub(super) fn select_first_if_alone(state: &mut AppState) -> Vec<Effect> {
    if state.list.view.len() == 1 {
        return select_first(state);
    }
    Vec::new()
}

pub(super) fn select(state: &mut AppState, task: TaskIdx) -> Vec<Effect> {
    if state.list.selected == Some(task) && state.detail.loaded().is_some() {
        return Vec::new();
    }
    state.list.selected = Some(task);
    detail::open_selected(state)
}

pub(super) fn select_task_id(state: &mut AppState, id: &str) -> Vec<Effect> {
    let Some(task) = state.index.find(id) else {
        return Vec::new();
    };
    let effects = select(state, task);
    reveal_selected(&mut state.list);
    effects
}

fn select_line(state: &mut AppState, line: usize) -> Vec<Effect> {
    let Some(task) = state.list.view.task_at(line) else {
        return Vec::new();
    };
    state.list.reveal = Some(line);
    select(state, task)
}

pub(super) fn move_by(state: &mut AppState, step: Move) -> Vec<Effect> {
    let Some(last) = state.list.view.len().checked_sub(1) else {
        return Vec::new();
    };
    let page = state.list.page.max(1);
    let line = match (step, state.list.selected_line()) {
        (Move::Last, _) => last,
        (Move::First, _) | (_, None) => 0,
        (Move::Up, Some(line)) => line.saturating_sub(1),
        (Move::Down, Some(line)) => line + 1,
        (Move::PageUp, Some(line)) => line.saturating_sub(page),
        (Move::PageDown, Some(line)) => line + page,
    };
    select_line(state, line.min(last))
}

pub(super) fn step_failed(state: &mut AppState, step: Step) -> Vec<Effect> {
    let here = state.list.selected_line();
    let lines: Box<dyn Iterator<Item = usize>> = match step {
        Step::NextFailed => Box::new(here.map_or(0, |line| line + 1)..state.list.view.len()),
        Step::PreviousFailed => Box::new((0..here.unwrap_or(0)).rev()),
    };
    let failed = |line: &usize| {
        let task = state
            .list
            .view
            .task_at(*line)
            .and_then(|idx| state.index.task(idx));
        task.is_some_and(|task| task.verdict.has_failure())
    };
    match { lines }.find(failed) {
        Some(line) => select_line(state, line),
        None => Vec::new(),
    }
}

pub(super) fn toggle_mark(list: &mut List) -> Vec<Effect> {
    if let Some(task) = list.selected
        && !list.marked.remove(&task)
    {
        list.marked.insert(task);
    }
    Vec::new()
}
