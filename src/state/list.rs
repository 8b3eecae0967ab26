//! The task list: what is asked for, what answers it, and where in it the person is.

mod place;
mod query;
mod selection;

use std::collections::BTreeSet;

use crate::model::{Civil, Zone};
use crate::store::{Facet, Query, Sort, TaskIdx, View};

use super::{AppState, Density, Effect, ListAction};

pub(super) use query::clear_query;
pub(super) use selection::select_from;

use place::{anchor, hold, reveal_selected};

/// How long rows may wait before the list is made anew while a source is read: a little, and
/// longer the more tasks there are, so that most of the time stays free for drawing.
const REFRESH_MILLIS: u64 = 250;
const TASKS_PER_MILLI: u64 = 4_000;
/// How long the task the window opened with may still give way to one that is listed before it.
const SETTLING_MILLIS: u64 = 1_000;

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
    /// Events that only listed a task whose detail is known by now.
    pub summaries_replaced: usize,
    pub expanded: BTreeSet<Facet>,
    /// How many lines fit, as last drawn.
    page: usize,
    /// The height of a line in points.
    pub row_height: f64,
    dirty: bool,
    /// When the window itself selected a task; `None` once the person has chosen one.
    preselected_millis: Option<u64>,
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
            summaries_replaced: 0,
            expanded: BTreeSet::new(),
            page: 1,
            row_height: Density::TwoLines.row_height(),
            dirty: false,
            preselected_millis: None,
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

    /// Whether rows have come in that it does not show yet.
    pub fn is_behind(&self) -> bool {
        self.dirty
    }
}

pub(super) fn update(state: &mut AppState, action: ListAction) -> Vec<Effect> {
    let chooses = matches!(
        action,
        ListAction::Select(_)
            | ListAction::SelectTaskId(_)
            | ListAction::Move(_)
            | ListAction::Step(_)
    );
    if chooses {
        state.live.shown = None;
        state.list.preselected_millis = None;
    }
    let list = &mut state.list;
    match action {
        ListAction::Select(task) => return selection::select(state, task),
        ListAction::SelectTaskId(id) => return selection::select_task_id(state, &id),
        ListAction::Move(step) => return selection::move_by(state, step),
        ListAction::Step(step) => return selection::step_failed(state, step),
        ListAction::SetText(text) => query::set_text(list, text),
        ListAction::SetSort(sort) => list.sort = sort,
        ListAction::Toggle { value, sense } => list.query.toggle(value, sense),
        ListAction::Filter { value, sense } => query::filter(list, value, sense),
        ListAction::FilterText { text, sense } => query::filter_text(list, text, sense),
        ListAction::Remove(value) => list.query.chips.retain(|chip| chip.value != value),
        ListAction::SetTime(time) => list.query.time = time,
        ListAction::ClearQuery => return clear_query(state),
        ListAction::ToggleFailedOnly => query::toggle_failed_only(list),
        ListAction::ToggleMark => return selection::toggle_mark(list),
        ListAction::SetDensity(density) => return place::set_density(list, density),
        ListAction::Layout { page, row_height } => {
            return place::set_layout(list, page, row_height);
        }
        ListAction::Scroll(offset) => return place::scroll(list, offset),
        ListAction::ShowNew => return place::show_new(list),
        ListAction::ExpandFacet(facet) => return expand(list, facet),
    }
    let mut effects = refresh(state);
    reveal_selected(&mut state.list);
    effects.extend(selection::select_first_if_alone(state));
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
    let summaries_replaced = summaries_replaced(state);
    let list = &mut state.list;
    list.summaries_replaced = summaries_replaced;
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
        list.preselected_millis = Some(state.millis);
        return selection::select_first(state);
    }
    Vec::new()
}

/// Only what is live lists tasks by their summaries.
fn summaries_replaced(state: &AppState) -> usize {
    let sources = state.sources.list.iter();
    let live = sources.filter(|source| source.info.live.is_some());
    live.map(|source| state.index.summaries_replaced(source.info.id))
        .sum()
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
    let mut effects = refresh_for(state, Cause::Arrived);
    let list = &state.list;
    let settling = |since: u64| state.millis.saturating_sub(since) < SETTLING_MILLIS;
    // Somebody may be reading by then, and what one reads is never taken away.
    let unread = list.scroll <= 0.0 && list.preselected_millis.is_some_and(settling);
    if unread && list.view.task_at(0) != list.selected {
        effects.extend(selection::select_first(state));
    }
    effects
}

fn expand(list: &mut List, facet: Facet) -> Vec<Effect> {
    if !list.expanded.remove(&facet) {
        list.expanded.insert(facet);
    }
    Vec::new()
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
