//! Narrowing the list to what was borrowed while it is, and giving back what it showed before.

use crate::model::SourceId;
use crate::state::{AppState, Effect, Phase, list};
use crate::store::{Chip, FacetValue, Query, Sense};

/// What the list was narrowed to before and during borrowing.
#[derive(Debug)]
pub(super) struct Narrowed {
    before: (Query, String),
    during: Query,
}

/// Shows the events of a source alone: any other filter could hide them.
pub(super) fn narrow(state: &mut AppState, source: SourceId) -> Vec<Effect> {
    let mut during = Query::default();
    during.toggle(FacetValue::Source(source), Sense::Include);
    let list = &mut state.list;
    let query = std::mem::replace(&mut list.query, during.clone());
    let before = (query, std::mem::take(&mut list.text));
    list.scroll = 0.0;
    state.live.narrowed = Some(Narrowed { before, during });
    list::refresh(state)
}

/// Gives the earlier filter back, unless the person has asked for something else since.
pub(super) fn widen(state: &mut AppState) -> Vec<Effect> {
    if !restore(state) {
        return Vec::new();
    }
    let effects = list::refresh(state);
    state.list.reveal = state.list.selected_line();
    effects
}

/// Whether the earlier filter stands again.
fn restore(state: &mut AppState) -> bool {
    let Some(narrowed) = state.live.narrowed.take() else {
        return false;
    };
    let list = &mut state.list;
    let unchanged = list.query == narrowed.during && list.text.is_empty();
    if unchanged {
        (list.query, list.text) = narrowed.before;
    }
    unchanged
}

/// A filter for sources that bring nothing any more must not hide what a new one brings.
pub(super) fn make_room(state: &mut AppState) {
    let sources = &state.sources;
    let has_ended = |chip: &Chip| match chip.value {
        FacetValue::Source(id) => sources.get(id).is_none_or(|source| {
            source.info.live.is_some() && matches!(source.phase, Phase::Ended(_))
        }),
        _ => false,
    };
    let hides = |chip: &Chip| chip.sense == Sense::Include && has_ended(chip);
    state.list.query.chips.retain(|chip| !hides(chip));
}

/// Nothing can be asked of a source that is closed. Whoever closes it makes the list anew.
pub(super) fn forget(state: &mut AppState, source: SourceId) {
    let queue = state.live.queue.as_ref();
    if queue.is_some_and(|queue| queue.source == source) {
        restore(state);
    }
    let of_source = |chip: &Chip| chip.value == FacetValue::Source(source);
    state.list.query.chips.retain(|chip| !of_source(chip));
}
