//! What is kept on this machine: how much, for how long, and deleting of it.

mod deletion;
mod range;

pub use deletion::{ArchiveHeld, DeleteAction, DeleteStep, Deletion};
pub use range::{ArchiveRange, RangeFault};

use super::{ArchiveAction, ArchiveSpan, LiveEffect, account, exporting, order};
use crate::model::{ArchiveFault, ArchiveSettings, ArchiveStats, ExportProgress, LiveSpec};
use crate::state::{AppState, Dialog, Effect, ToastKind};
use crate::text;

const DAY: i64 = 86_400;

#[derive(Debug, Default)]
pub struct ArchiveState {
    /// What it holds, once asked.
    pub stats: Option<Result<ArchiveStats, ArchiveFault>>,
    /// What is to be deleted, and how far that is.
    pub deletion: Deletion,
    /// Keeping less was asked for and not yet said yes to.
    pub keeping: Option<ArchiveSettings>,
    /// What is listed or written out when asked.
    pub span: ArchiveSpan,
    /// While it is being written out.
    pub exporting: Option<ExportProgress>,
}

pub(super) fn update(state: &mut AppState, action: ArchiveAction) -> Vec<Effect> {
    match action {
        ArchiveAction::Open => {
            state.dialog = Some(Dialog::Archive);
            state.live.archive.call_off();
            deletion::understand(state);
            return vec![order(LiveEffect::ArchiveStats)];
        }
        ArchiveAction::Stats(held) => {
            let recounts = held.is_ok();
            state.live.archive.stats = Some(held);
            if recounts {
                return deletion::count(state);
            }
        }
        ArchiveAction::Keep(settings) if keeps_less(&settings, &state.settings.archive) => {
            state.live.archive.call_off();
            state.live.archive.keeping = Some(settings);
        }
        ArchiveAction::Keep(settings) => return keep(state, settings),
        ArchiveAction::Deletion(action) => return deletion::update(state, action),
        ArchiveAction::CallOff => {
            state.live.archive.call_off();
        }
        ArchiveAction::SayYes => return say_yes(state),
        ArchiveAction::Deleted(result) => return deleted(state, &result),
        ArchiveAction::List(days) => {
            state.dialog = None;
            let since_unix = days.map(|days| state.now_unix - i64::from(days) * DAY);
            return vec![account::begin(state, LiveSpec::Archive { since_unix })];
        }
        ArchiveAction::Export(action) => return exporting::update(state, action),
    }
    Vec::new()
}

impl ArchiveState {
    /// Takes back the question that stands; whether there was one.
    pub(in crate::state) fn call_off(&mut self) -> bool {
        let kept = self.keeping.take().is_some();
        self.deletion.call_off() || kept
    }
}

fn keeps_less(wanted: &ArchiveSettings, now: &ArchiveSettings) -> bool {
    wanted.keep_days < now.keep_days || wanted.keep_bytes < now.keep_bytes
}

fn keep(state: &mut AppState, settings: ArchiveSettings) -> Vec<Effect> {
    state.live.archive.call_off();
    state.settings.archive = ArchiveSettings {
        keep_days: settings.keep_days.max(1),
        keep_bytes: settings.keep_bytes.max(10_000_000),
        ..settings
    };
    let retain = LiveEffect::Retain(state.settings.archive);
    vec![Effect::SaveSettings, order(retain)]
}

fn say_yes(state: &mut AppState) -> Vec<Effect> {
    match state.live.archive.keeping.take() {
        Some(settings) => keep(state, settings),
        None => deletion::begin(state),
    }
}

fn deleted(state: &mut AppState, result: &Result<u64, ArchiveFault>) -> Vec<Effect> {
    let (lang, now) = (state.appearance.lang, state.millis);
    let (kind, title) = match result {
        Ok(events) => (ToastKind::Done, text::live::archive_deleted(lang, *events)),
        Err(why) => (ToastKind::Failure, text::live::archive_fault(lang, why)),
    };
    state.toasts.push(kind, title, String::new(), now);
    vec![order(LiveEffect::ArchiveStats)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(state: &AppState) -> u32 {
        state.settings.archive.keep_days
    }

    fn settings(keep_days: u32) -> ArchiveSettings {
        ArchiveSettings {
            keep_days,
            ..ArchiveSettings::default()
        }
    }

    #[test]
    fn keeping_less_deletes_nothing_before_it_is_said_yes_to() {
        let mut state = AppState::default();
        assert_eq!(update(&mut state, ArchiveAction::Keep(settings(7))), []);
        assert_eq!(kept(&state), 90);
        let effects = update(&mut state, ArchiveAction::SayYes);
        assert_eq!(kept(&state), 7);
        assert!(effects.contains(&order(LiveEffect::Retain(settings(7)))));
        assert_eq!(update(&mut state, ArchiveAction::SayYes), []);
    }

    #[test]
    fn keeping_more_is_done_at_once() {
        let mut state = AppState::default();
        let effects = update(&mut state, ArchiveAction::Keep(settings(365)));
        assert_eq!((kept(&state), effects.len()), (365, 2));
    }

    fn ask() -> ArchiveAction {
        ArchiveAction::Deletion(DeleteAction::Ask)
    }

    #[test]
    fn one_question_stands_at_a_time() {
        let mut state = AppState::default();
        update(&mut state, ArchiveAction::Keep(settings(7)));
        update(&mut state, ask());
        let archive = &state.live.archive;
        assert_eq!(archive.keeping, None);
        assert_eq!(archive.deletion.step, DeleteStep::Asked);
        update(&mut state, ArchiveAction::Keep(settings(7)));
        assert_eq!(state.live.archive.deletion.step, DeleteStep::Choosing);
        update(&mut state, ArchiveAction::CallOff);
        assert_eq!(update(&mut state, ArchiveAction::SayYes), []);
    }

    #[test]
    fn opening_it_reads_the_times_anew_and_the_count_follows_the_stats() {
        let mut state = AppState {
            now_unix: 1_000_000,
            ..AppState::default()
        };
        state.live.archive.deletion.until = "1d".to_owned();
        let effects = update(&mut state, ArchiveAction::Open);
        assert_eq!(effects, [order(LiveEffect::ArchiveStats)]);
        let range = ArchiveRange {
            since_unix: None,
            until_unix: Some(1_000_000 - DAY),
        };
        let held = || ArchiveAction::Stats(Ok(ArchiveStats::default()));
        let count = order(LiveEffect::CountArchived(range));
        assert_eq!(update(&mut state, held()), [count]);
        state.dialog = None;
        assert_eq!(update(&mut state, held()), []);
    }
}
