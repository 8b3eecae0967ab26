//! The task list: what is asked for, what answers it, and where in it the person is.

use std::collections::BTreeSet;

use crate::model::{Civil, SourceId, Zone};
use crate::store::{Facet, FacetValue, Query, Sense, Sort, TaskIdx, View};

use super::{AppState, Density, Effect, ListAction, Move, Step, detail};

/// How long rows may wait before the list is made anew while a source is read: a little, and
/// longer the more tasks there are, so that most of the time stays free for drawing.
const REFRESH_MILLIS: u64 = 250;
const TASKS_PER_MILLI: u64 = 4_000;

/// What the list shows.
#[derive(Debug)]
pub struct List {
    pub query: Query,
    /// What stands in the query box beside the chips.
    pub text: String,
    pub sort: Sort,
    pub view: View,
    pub selected: Option<TaskIdx>,
    pub marked: BTreeSet<TaskIdx>,
    pub density: Density,
    /// Points from the top of the list; `f64`, since ten million rows exceed what `f32` counts.
    pub scroll: f64,
    /// A line that has to come into sight at the next drawing.
    pub reveal: Option<usize>,
    /// Rows that arrived above what is in sight.
    pub new_above: usize,
    pub expanded: BTreeSet<Facet>,
    /// How many lines fit, as last drawn.
    page: usize,
    /// The height of a line in points.
    pub row_height: f64,
    dirty: bool,
    refreshed_millis: u64,
    /// The zone the histogram's days are of.
    zone: Zone,
}

impl Default for List {
    fn default() -> Self {
        Self {
            query: Query::default(),
            text: String::new(),
            sort: Sort::default(),
            view: View::default(),
            selected: None,
            marked: BTreeSet::new(),
            density: Density::default(),
            scroll: 0.0,
            reveal: None,
            new_above: 0,
            expanded: BTreeSet::new(),
            page: 1,
            row_height: Density::TwoLines.row_height(),
            dirty: false,
            refreshed_millis: 0,
            zone: Zone::default(),
        }
    }
}

impl Density {
    /// Points a line takes.
    pub fn row_height(self) -> f64 {
        match self {
            Self::TwoLines => 44.0,
            Self::OneLine => 28.0,
        }
    }
}

impl List {
    /// The line of the selected task in the present view.
    pub fn selected_line(&self) -> Option<usize> {
        self.view.line_of(self.selected?)
    }

    /// Whether only failed tasks are asked for.
    pub fn failed_only(&self) -> bool {
        failures()
            .iter()
            .all(|value| self.query.sense_of(value) == Some(Sense::Include))
    }
}

fn failures() -> [FacetValue; 2] {
    use crate::model::Verdict;
    [Verdict::PartlyFailed, Verdict::Failed].map(FacetValue::Verdict)
}

pub(super) fn update(state: &mut AppState, action: ListAction) -> Vec<Effect> {
    let list = &mut state.list;
    match action {
        ListAction::Select(task) => return select(state, task),
        ListAction::SelectTaskId(id) => return select_task_id(state, &id),
        ListAction::Move(step) => return move_by(state, step),
        ListAction::Step(step) => return step_failed(state, step),
        ListAction::SetText(text) => set_text(list, text),
        ListAction::SetSort(sort) => list.sort = sort,
        ListAction::Toggle { value, sense } => list.query.toggle(value, sense),
        ListAction::Filter { value, sense } => filter(list, value, sense),
        ListAction::Remove(value) => list.query.chips.retain(|chip| chip.value != value),
        ListAction::SetTime(time) => list.query.time = time,
        ListAction::ClearQuery => return clear_query(state),
        ListAction::ToggleFailedOnly => toggle_failed_only(list),
        ListAction::ToggleMark => return toggle_mark(list),
        ListAction::SetDensity(density) => return set_density(list, density),
        ListAction::Layout { page, row_height } => return set_layout(list, page, row_height),
        ListAction::Scroll(offset) => return scroll(list, offset),
        ListAction::ShowNew => return show_new(list),
        ListAction::ExpandFacet(facet) => return expand(list, facet),
    }
    let mut effects = refresh(state);
    reveal_selected(&mut state.list);
    effects.extend(select_first_if_alone(state));
    effects
}

/// Chips that are typed out and followed by a space become chips; the rest is searched for.
fn set_text(list: &mut List, text: String) {
    let typed = Query::parse(&text);
    let complete = text.ends_with(char::is_whitespace);
    if complete && !typed.chips.is_empty() {
        for chip in typed.chips {
            list.query.chips.retain(|other| other.value != chip.value);
            list.query.chips.push(chip);
        }
        let words: Vec<String> = typed.words.iter().map(ToString::to_string).collect();
        list.text = words.join(" ");
        list.query.words = typed.words;
        return;
    }
    list.query.words = typed.words;
    list.text = text;
}

fn filter(list: &mut List, value: FacetValue, sense: Sense) {
    if list.query.sense_of(&value) != Some(sense) {
        list.query.toggle(value, sense);
    }
}

fn toggle_failed_only(list: &mut List) {
    let on = list.failed_only();
    for value in failures() {
        list.query.chips.retain(|chip| chip.value != value);
        if !on {
            list.query.toggle(value, Sense::Include);
        }
    }
}

pub(super) fn clear_query(state: &mut AppState) -> Vec<Effect> {
    if state.list.query.is_empty() && state.list.text.is_empty() {
        return Vec::new();
    }
    state.list.query = Query::default();
    state.list.text.clear();
    let effects = refresh(state);
    reveal_selected(&mut state.list);
    effects
}

/// Why the list is made anew.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// The person asked for something else.
    Asked,
    /// Rows have arrived or left.
    Arrived,
}

/// Makes the list anew from the index. What is in sight stays in sight.
pub(super) fn refresh(state: &mut AppState) -> Vec<Effect> {
    refresh_for(state, Cause::Asked)
}

fn refresh_for(state: &mut AppState, cause: Cause) -> Vec<Effect> {
    let anchor = anchor(&state.list);
    let zone = state.settings.zone;
    let now = Civil::at(state.now_unix, zone);
    let offset_secs = now.map_or(0, |now| now.offset_secs);
    let list = &mut state.list;
    list.view = state.index.view_in(&list.query, list.sort, offset_secs);
    list.zone = zone;
    list.dirty = false;
    list.refreshed_millis = state.millis;
    let above = hold(list, anchor);
    list.new_above = match cause {
        Cause::Asked => 0,
        Cause::Arrived => above.map_or(0, |above| list.new_above + above),
    };
    if list.selected.is_none() {
        return select_first(state);
    }
    Vec::new()
}

/// The first task in sight and how far its line is scrolled; `None` at the very top.
fn anchor(list: &List) -> Option<(TaskIdx, usize, f64)> {
    if list.scroll <= 0.0 {
        return None;
    }
    let line = line_at(list.scroll, list.row_height);
    let task = list.view.task_at(line)?;
    Some((task, line, list.scroll - line as f64 * list.row_height))
}

/// Keeps the anchor where it was; says how many more lines are above it than before.
fn hold(list: &mut List, anchor: Option<(TaskIdx, usize, f64)>) -> Option<usize> {
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

/// Rows have come in: the first are shown at once, later ones after a short wait.
pub(super) fn rows_arrived(state: &mut AppState) -> Vec<Effect> {
    state.list.dirty = true;
    if state.list.view.total == 0 {
        return refresh_for(state, Cause::Arrived);
    }
    refresh_if_due(state)
}

pub(super) fn refresh_if_due(state: &mut AppState) -> Vec<Effect> {
    let list = &state.list;
    let waited = state.millis.saturating_sub(list.refreshed_millis);
    let tasks = u64::try_from(list.view.total).unwrap_or(u64::MAX);
    let due = list.dirty && waited >= REFRESH_MILLIS + tasks / TASKS_PER_MILLI;
    if due || list.zone != state.settings.zone {
        return refresh_for(state, Cause::Arrived);
    }
    Vec::new()
}

/// A source has been read to its (present) end.
pub(super) fn source_read(state: &mut AppState) -> Vec<Effect> {
    let effects = refresh_for(state, Cause::Arrived);
    // Until the person has moved, the selected task is what the window opened with: show where
    // it stands.
    if state.list.scroll <= 0.0 && !state.sources.is_reading() {
        state.list.reveal = state.list.selected_line();
    }
    effects
}

/// Selects the first task that came with a source.
pub(super) fn select_from(state: &mut AppState, source: SourceId) -> Vec<Effect> {
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

fn select_first(state: &mut AppState) -> Vec<Effect> {
    match state.list.view.task_at(0) {
        Some(task) => select(state, task),
        None => Vec::new(),
    }
}

/// When a filter leaves one task over, that is the one to look at.
fn select_first_if_alone(state: &mut AppState) -> Vec<Effect> {
    if state.list.view.len() == 1 {
        return select_first(state);
    }
    Vec::new()
}

fn select(state: &mut AppState, task: TaskIdx) -> Vec<Effect> {
    if state.list.selected == Some(task) && state.detail.loaded().is_some() {
        return Vec::new();
    }
    state.list.selected = Some(task);
    detail::open_selected(state)
}

fn select_task_id(state: &mut AppState, id: &str) -> Vec<Effect> {
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

fn move_by(state: &mut AppState, step: Move) -> Vec<Effect> {
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

fn step_failed(state: &mut AppState, step: Step) -> Vec<Effect> {
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

fn toggle_mark(list: &mut List) -> Vec<Effect> {
    if let Some(task) = list.selected
        && !list.marked.remove(&task)
    {
        list.marked.insert(task);
    }
    Vec::new()
}

fn set_density(list: &mut List, density: Density) -> Vec<Effect> {
    list.density = density;
    set_layout(list, list.page, density.row_height())
}

fn set_layout(list: &mut List, page: usize, row_height: f64) -> Vec<Effect> {
    let line = list.scroll / list.row_height;
    list.page = page;
    list.row_height = row_height;
    list.scroll = line * row_height;
    Vec::new()
}

fn scroll(list: &mut List, offset: f64) -> Vec<Effect> {
    list.scroll = offset.max(0.0);
    list.reveal = None;
    if list.scroll <= 0.0 {
        list.new_above = 0;
    }
    Vec::new()
}

fn show_new(list: &mut List) -> Vec<Effect> {
    list.reveal = Some(0);
    list.new_above = 0;
    Vec::new()
}

fn expand(list: &mut List, facet: Facet) -> Vec<Effect> {
    if !list.expanded.remove(&facet) {
        list.expanded.insert(facet);
    }
    Vec::new()
}

fn reveal_selected(list: &mut List) {
    list.reveal = list.selected_line();
    if list.reveal.is_none() {
        list.scroll = 0.0;
    }
}

/// A source was closed and the tasks have new numbers.
pub(super) fn renumbered(state: &mut AppState, moved: &[Option<TaskIdx>]) -> Vec<Effect> {
    let new = |old: &TaskIdx| moved.get(old.0 as usize).copied().flatten();
    let list = &mut state.list;
    list.marked = list.marked.iter().filter_map(new).collect();
    list.selected = list.selected.as_ref().and_then(new);
    list.scroll = 0.0;
    refresh_for(state, Cause::Arrived)
}
