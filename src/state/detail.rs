//! The detail pane: which task is open, how far it is read, and what of it is shown.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{Detail, Format, RawRef, Reason};
use crate::store::TaskIdx;

use super::{AppState, DetailAction, Effect, History, RawAction, evidence, previews, raw};

/// A task's newest event, read whole.
#[derive(Clone, Debug)]
pub struct Loaded {
    pub ticket: u64,
    pub task: TaskIdx,
    pub detail: Arc<Detail>,
}

/// How far the selected task is read.
#[derive(Clone, Debug, Default)]
pub enum Load {
    #[default]
    Nothing,
    Reading {
        task: TaskIdx,
    },
    Ready(Arc<Loaded>),
    Failed {
        task: TaskIdx,
        reason: Reason,
    },
}

/// The tabs, in the order of the keys 1–6.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tab {
    #[default]
    Overview,
    SubTasks,
    Outputs,
    Previews,
    History,
    Raw,
}

impl Tab {
    pub const ALL: [Self; 6] = [
        Self::Overview,
        Self::SubTasks,
        Self::Outputs,
        Self::Previews,
        Self::History,
        Self::Raw,
    ];
}

/// What the detail pane shows.
#[derive(Debug, Default)]
pub struct DetailPane {
    pub load: Load,
    pub tab: Tab,
    /// The sub-task marked in every tab.
    pub sub_task: Option<usize>,
    pub history: History,
    /// Rises with every request, so that late answers are known as such.
    pub ticket: u64,
}

impl DetailPane {
    /// The loaded event, when it is there.
    pub fn loaded(&self) -> Option<&Arc<Loaded>> {
        match &self.load {
            Load::Ready(loaded) => Some(loaded),
            _ => None,
        }
    }
}

pub(super) fn update(state: &mut AppState, action: DetailAction) -> Vec<Effect> {
    match action {
        DetailAction::SetTab(tab) => return set_tab(state, tab),
        DetailAction::SelectSubTask(index) => state.detail.sub_task = index,
        DetailAction::Loaded(loaded) => return show(state, loaded),
        DetailAction::Failed { ticket, reason } => fail(state, ticket, reason),
        DetailAction::HistoryLoaded { ticket, entries } => {
            if ticket == state.detail.ticket {
                state.detail.history = History::Ready(Arc::new(entries));
            }
        }
        DetailAction::ShowInRaw(node) => {
            state.detail.tab = Tab::Raw;
            return raw::update(state, RawAction::Reveal(node));
        }
        DetailAction::CopyEvidence(sub_task) => return copy_evidence(state, sub_task),
    }
    Vec::new()
}

/// Starts reading the selected task again; called whenever the selection changes.
pub(super) fn open_selected(state: &mut AppState) -> Vec<Effect> {
    let view = state.list.selected.and_then(|task| state.index.task(task));
    let opened = view.map(|view| (view.idx, view.raw));
    let Some((task, raw)) = opened else {
        state.detail.load = Load::Nothing;
        return previews::leave(state);
    };
    // A newer event of the same task has mostly the same pictures.
    let mut effects = if is_of(&state.detail.load, task) {
        Vec::new()
    } else {
        previews::leave(state)
    };
    state.detail.ticket += 1;
    state.detail.history = History::Unread;
    state.detail.sub_task = None;
    state.detail.load = Load::Reading { task };
    effects.push(Effect::LoadDetail {
        ticket: state.detail.ticket,
        task,
        raw,
    });
    effects
}

fn is_of(load: &Load, of: TaskIdx) -> bool {
    match load {
        Load::Nothing => false,
        Load::Reading { task } | Load::Failed { task, .. } => *task == of,
        Load::Ready(loaded) => loaded.task == of,
    }
}

fn show(state: &mut AppState, loaded: Arc<Loaded>) -> Vec<Effect> {
    if loaded.ticket != state.detail.ticket {
        return Vec::new();
    }
    let loaded = with_page_status(state, loaded);
    raw::reset(state, &loaded.detail.tree);
    previews::show(state, &loaded.detail);
    state.detail.load = Load::Ready(loaded);
    if state.detail.tab == Tab::History {
        return read_history(state);
    }
    Vec::new()
}

/// The items of a 2.0 task list have no status of their own: their page tells it, and only the
/// row was made with the page in sight.
fn with_page_status(state: &AppState, loaded: Arc<Loaded>) -> Arc<Loaded> {
    let detail = &loaded.detail;
    let row = state.index.task(loaded.task);
    let Some(row) = row.filter(|row| detail.format == Format::V2Task && !row.status.is_empty())
    else {
        return loaded;
    };
    if detail.status.is_some() {
        return loaded;
    }
    let mut told = (**detail).clone();
    told.status = Some(row.status.to_owned());
    told.verdict = row.verdict;
    Arc::new(Loaded {
        detail: Arc::new(told),
        ..(*loaded).clone()
    })
}

fn fail(state: &mut AppState, ticket: u64, reason: Reason) {
    if let Load::Reading { task } = state.detail.load
        && ticket == state.detail.ticket
    {
        state.detail.load = Load::Failed { task, reason };
    }
}

fn set_tab(state: &mut AppState, tab: Tab) -> Vec<Effect> {
    state.detail.tab = tab;
    if tab == Tab::History && matches!(state.detail.history, History::Unread) {
        return read_history(state);
    }
    Vec::new()
}

fn read_history(state: &mut AppState) -> Vec<Effect> {
    let Some(task) = state.detail.loaded().map(|loaded| loaded.task) else {
        return Vec::new();
    };
    state.detail.history = History::Reading;
    vec![Effect::LoadHistory {
        ticket: state.detail.ticket,
        raws: distinct_states(state, task),
    }]
}

/// One reference for each distinct state, newest first; identical deliveries are counted, not read.
fn distinct_states(state: &AppState, task: TaskIdx) -> Vec<RawRef> {
    let mut seen = BTreeSet::new();
    let rows = state.index.rows_of(task).into_iter().map(|row| row.raw);
    rows.filter(|raw| seen.insert(raw.checksum)).collect()
}

fn copy_evidence(state: &mut AppState, sub_task: Option<usize>) -> Vec<Effect> {
    let Some(loaded) = state.detail.loaded().cloned() else {
        return Vec::new();
    };
    let text = state.text();
    super::appearance::update(
        state,
        super::AppAction::Copy {
            what: text.detail.evidence.to_owned(),
            text: evidence(&loaded.detail, sub_task),
        },
    )
}
