//! Deleting a part of the archive: chosen, counted, asked about, and only then done.

use super::range::{ArchiveRange, RangeFault, range_of};
use crate::model::ArchiveFault;
use crate::state::live::{LiveEffect, order};
use crate::state::{AppState, Dialog, Effect, ToastKind};
use crate::text;

/// What is stored in a range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ArchiveHeld {
    pub deliveries: u64,
    /// Of the events as they arrived; on disk they take less.
    pub bytes: u64,
}

/// How far deleting has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeleteStep {
    #[default]
    Choosing,
    /// It was asked for and not yet said yes to.
    Asked,
    Deleting,
}

/// What is asked about deleting, and what the jobs tell.
#[derive(Clone, Debug)]
pub enum DeleteAction {
    /// Both fields, as they were typed.
    Choose {
        since: String,
        until: String,
    },
    Counted {
        range: ArchiveRange,
        result: Result<ArchiveHeld, ArchiveFault>,
    },
    /// Nothing goes before yes is said to it.
    Ask,
    Ended(Result<u64, ArchiveFault>),
}

/// The part that is to be deleted.
#[derive(Debug)]
pub struct Deletion {
    /// As typed.
    pub since: String,
    pub until: String,
    /// As it was understood when it was typed: what is named is what goes, however long the
    /// question stands.
    pub range: Result<ArchiveRange, RangeFault>,
    /// What is stored in it, once counted.
    pub held: Option<Result<ArchiveHeld, ArchiveFault>>,
    pub step: DeleteStep,
}

impl Default for Deletion {
    fn default() -> Self {
        Self {
            since: String::new(),
            until: String::new(),
            range: Ok(ArchiveRange::default()),
            held: None,
            step: DeleteStep::default(),
        }
    }
}

impl Deletion {
    /// The range, where something may be stored in it and nothing is being deleted.
    pub fn deletable(&self) -> Option<ArchiveRange> {
        let holds_none = matches!(&self.held, Some(Ok(held)) if held.deliveries == 0);
        let is_free = self.step != DeleteStep::Deleting && !holds_none;
        self.range.ok().filter(|_| is_free)
    }

    /// Takes the question back; whether one stood.
    pub(super) fn call_off(&mut self) -> bool {
        let asked = self.step == DeleteStep::Asked;
        if asked {
            self.step = DeleteStep::Choosing;
        }
        asked
    }
}

pub(super) fn update(state: &mut AppState, action: DeleteAction) -> Vec<Effect> {
    match action {
        DeleteAction::Choose { since, until } => return choose(state, (since, until)),
        DeleteAction::Counted { range, result } => {
            let deletion = &mut state.live.archive.deletion;
            // Counts of what was typed before come late.
            if deletion.range == Ok(range) {
                deletion.held = Some(result);
            }
        }
        DeleteAction::Ask => {
            if state.live.archive.deletion.deletable().is_some() {
                state.live.archive.call_off();
                state.live.archive.deletion.step = DeleteStep::Asked;
            }
        }
        DeleteAction::Ended(result) => return ended(state, &result),
    }
    Vec::new()
}

fn choose(state: &mut AppState, (since, until): (String, String)) -> Vec<Effect> {
    state.live.archive.call_off();
    let deletion = &mut state.live.archive.deletion;
    (deletion.since, deletion.until) = (since, until);
    understand(state);
    count(state)
}

/// Reads what was typed: spans back from now begin now.
pub(super) fn understand(state: &mut AppState) {
    let (zone, now) = (state.settings.zone, state.now_unix);
    let deletion = &mut state.live.archive.deletion;
    let range = range_of((&deletion.since, &deletion.until), zone, now);
    if deletion.range != range {
        deletion.held = None;
    }
    deletion.range = range;
}

/// Asks how much there is to delete, for somebody who looks.
pub(super) fn count(state: &AppState) -> Vec<Effect> {
    let range = state.live.archive.deletion.range;
    let seen = state.dialog == Some(Dialog::Archive);
    let range = range.ok().filter(|_| seen);
    let count = range.map(|range| order(LiveEffect::CountArchived(range)));
    count.into_iter().collect()
}

/// Yes was said; without a question before it, nothing goes.
pub(super) fn begin(state: &mut AppState) -> Vec<Effect> {
    let deletion = &mut state.live.archive.deletion;
    if !deletion.call_off() {
        return Vec::new();
    }
    let Some(range) = deletion.deletable() else {
        return Vec::new();
    };
    deletion.step = DeleteStep::Deleting;
    vec![order(LiveEffect::DeleteArchived(range))]
}

fn ended(state: &mut AppState, result: &Result<u64, ArchiveFault>) -> Vec<Effect> {
    let (lang, now) = (state.appearance.lang, state.millis);
    let deletion = &mut state.live.archive.deletion;
    deletion.step = DeleteStep::Choosing;
    // It is counted again with the rest.
    deletion.held = None;
    let (kind, title) = match result {
        Ok(count) => (
            ToastKind::Done,
            text::archive::deliveries_deleted(lang, *count),
        ),
        Err(why) => (ToastKind::Failure, text::archive::delete_failed(lang, why)),
    };
    state.toasts.push(kind, title, String::new(), now);
    vec![order(LiveEffect::ArchiveStats)]
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_243_483;
    const DAY: i64 = 86_400;

    fn state() -> AppState {
        AppState {
            now_unix: NOW,
            dialog: Some(Dialog::Archive),
            ..AppState::default()
        }
    }

    fn type_range(state: &mut AppState, since: &str, until: &str) -> Vec<Effect> {
        let (since, until) = (since.to_owned(), until.to_owned());
        update(state, DeleteAction::Choose { since, until })
    }

    fn older(days: i64) -> ArchiveRange {
        ArchiveRange {
            since_unix: None,
            until_unix: Some(NOW - days * DAY),
        }
    }

    fn tell(state: &mut AppState, range: ArchiveRange, deliveries: u64) {
        let held = ArchiveHeld {
            deliveries,
            bytes: 10 * deliveries,
        };
        let result = Ok(held);
        update(state, DeleteAction::Counted { range, result });
    }

    fn step(state: &AppState) -> DeleteStep {
        state.live.archive.deletion.step
    }

    #[test]
    fn what_is_understood_is_counted_and_what_is_not_is_left_alone() {
        let mut state = state();
        let count = order(LiveEffect::CountArchived(older(7)));
        assert_eq!(type_range(&mut state, "", "7d"), [count]);
        assert_eq!(type_range(&mut state, "soon", "7d"), []);
        update(&mut state, DeleteAction::Ask);
        assert_eq!(step(&state), DeleteStep::Choosing);
        assert_eq!(begin(&mut state), []);
    }

    #[test]
    fn a_count_that_comes_late_is_of_another_range() {
        let mut state = state();
        type_range(&mut state, "", "7d");
        type_range(&mut state, "", "30d");
        tell(&mut state, older(7), 5);
        assert_eq!(state.live.archive.deletion.held, None);
        tell(&mut state, older(30), 2);
        let held = ArchiveHeld {
            deliveries: 2,
            bytes: 20,
        };
        assert_eq!(state.live.archive.deletion.held, Some(Ok(held)));
    }

    #[test]
    fn nothing_is_asked_about_where_nothing_is_stored() {
        let mut state = state();
        type_range(&mut state, "", "7d");
        tell(&mut state, older(7), 0);
        update(&mut state, DeleteAction::Ask);
        assert_eq!(step(&state), DeleteStep::Choosing);
        tell(&mut state, older(7), 1);
        update(&mut state, DeleteAction::Ask);
        assert_eq!(step(&state), DeleteStep::Asked);
    }

    #[test]
    fn what_was_named_is_what_goes_however_long_it_took_to_say_yes() {
        let mut state = state();
        type_range(&mut state, "", "7d");
        update(&mut state, DeleteAction::Ask);
        state.now_unix += 3_600;
        let delete = order(LiveEffect::DeleteArchived(older(7)));
        assert_eq!(begin(&mut state), [delete]);
        assert_eq!(step(&state), DeleteStep::Deleting);
        update(&mut state, DeleteAction::Ask);
        assert_eq!(begin(&mut state), []);
    }

    #[test]
    fn another_range_takes_the_question_back() {
        let mut state = state();
        type_range(&mut state, "", "7d");
        update(&mut state, DeleteAction::Ask);
        type_range(&mut state, "", "30d");
        assert_eq!(begin(&mut state), []);
    }

    #[test]
    fn the_end_is_told_and_everything_is_counted_anew() {
        let fault = Err(ArchiveFault::Busy);
        for (result, kind) in [(Ok(3), ToastKind::Done), (fault, ToastKind::Failure)] {
            let mut state = state();
            update(&mut state, DeleteAction::Ask);
            begin(&mut state);
            let effects = update(&mut state, DeleteAction::Ended(result));
            assert_eq!(effects, [order(LiveEffect::ArchiveStats)]);
            assert_eq!(step(&state), DeleteStep::Choosing);
            assert_eq!(state.toasts.shown[0].kind, kind);
        }
    }
}
