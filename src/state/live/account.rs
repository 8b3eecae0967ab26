//! Starting what a profile is for.

use super::{LiveEffect, PullPhase, order};
use crate::model::{
    CLOUD_MEMORY_SECS, LiveSpec, Profile, SourceEnd, SourceId, TaskPull, TaskQuery,
};
use crate::state::{AppState, Effect};

use super::dialog::PullMode;

pub(super) fn profile_named<'a>(state: &'a AppState, name: &str) -> Option<&'a Profile> {
    let mut profiles = state.settings.profiles.iter();
    profiles.find(|profile| profile.name == name)
}

/// Keeps a profile between runs, in the place of the one it was made from.
pub(super) fn keep(state: &mut AppState, profile: Profile) {
    let edited = state.live.dialog.editing.as_deref();
    let profiles = &mut state.settings.profiles;
    let place = profiles
        .iter()
        .position(|kept| Some(kept.name.as_str()) == edited || kept.name == profile.name);
    state.settings.profile.clone_from(&profile.name);
    match place.and_then(|at| profiles.get_mut(at)) {
        Some(kept) => *kept = profile,
        None => profiles.push(profile),
    }
}

/// Starts a live source.
pub(super) fn begin(state: &mut AppState, spec: LiveSpec) -> Effect {
    opening(state, LiveEffect::Start(spec))
}

/// Gives an order that opens a source.
pub(super) fn opening(state: &mut AppState, effect: LiveEffect) -> Effect {
    state.sources.opening += 1;
    order(effect)
}

/// Asks the account used last; opens the dialog where there is none.
pub(super) fn look_up(state: &mut AppState, pull: TaskPull) -> Vec<Effect> {
    let Some(profile) = profile_named(state, &state.settings.profile).cloned() else {
        return super::dialog::update(state, super::DialogAction::Open(PullMode::Tasks));
    };
    vec![begin(state, LiveSpec::Tasks { profile, pull })]
}

/// Starts an ended pull anew for what the cloud still has of its span; one that did not bring
/// everything goes on from where it was.
pub(super) fn pull_again(state: &mut AppState, source: SourceId) -> Vec<Effect> {
    let ended = state.live.pull(source);
    let Some(ended) = ended.filter(|pull| !pull.phase.is_under_way()) else {
        return Vec::new();
    };
    let complete = ended.phase == PullPhase::Ended(SourceEnd::Complete);
    let profile = ended.profile.clone();
    let pull = match ended.pull.clone() {
        TaskPull::List(query) | TaskPull::Resume { query, .. } => {
            let oldest = state.now_unix - CLOUD_MEMORY_SECS;
            let since_unix = query.since_unix.max(oldest);
            let query = TaskQuery {
                since_unix,
                ..query
            };
            match ended.listing.filter(|_| !complete) {
                Some(id) => TaskPull::Resume { id, query },
                None => TaskPull::List(query),
            }
        }
        other => other,
    };
    vec![begin(state, LiveSpec::Tasks { profile, pull })]
}
