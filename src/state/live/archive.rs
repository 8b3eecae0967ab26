//! What is kept on this machine: how much, for how long, and deleting of it.

use super::{ArchiveAction, ArchiveSpan, LiveEffect, account, exporting, order};
use crate::model::{ArchiveFault, ArchiveSettings, ArchiveStats, ExportProgress, LiveSpec};
use crate::state::{AppState, Dialog, Effect, ToastKind};
use crate::text;

const DAY: i64 = 86_400;

#[derive(Debug, Default)]
pub struct ArchiveState {
    /// What it holds, once asked.
    pub stats: Option<Result<ArchiveStats, ArchiveFault>>,
    /// Deleting what is older than so many days was asked for and not yet said yes to.
    pub deleting: Option<u32>,
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
            state.live.archive.cancel();
            return vec![order(LiveEffect::ArchiveStats)];
        }
        ArchiveAction::Stats(held) => state.live.archive.stats = Some(held),
        ArchiveAction::Keep(settings) if keeps_less(&settings, &state.settings.archive) => {
            state.live.archive.cancel();
            state.live.archive.keeping = Some(settings);
        }
        ArchiveAction::Keep(settings) => return keep(state, settings),
        ArchiveAction::AskDelete(days) => {
            state.live.archive.cancel();
            state.live.archive.deleting = Some(days);
        }
        ArchiveAction::CancelDelete => state.live.archive.cancel(),
        ArchiveAction::Delete => return delete(state),
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
    fn cancel(&mut self) {
        self.deleting = None;
        self.keeping = None;
    }
}

fn keeps_less(wanted: &ArchiveSettings, now: &ArchiveSettings) -> bool {
    wanted.keep_days < now.keep_days || wanted.keep_bytes < now.keep_bytes
}

fn keep(state: &mut AppState, settings: ArchiveSettings) -> Vec<Effect> {
    state.live.archive.cancel();
    state.settings.archive = ArchiveSettings {
        keep_days: settings.keep_days.max(1),
        keep_bytes: settings.keep_bytes.max(10_000_000),
        ..settings
    };
    let retain = LiveEffect::Retain(state.settings.archive);
    vec![Effect::SaveSettings, order(retain)]
}

fn delete(state: &mut AppState) -> Vec<Effect> {
    if let Some(settings) = state.live.archive.keeping.take() {
        return keep(state, settings);
    }
    let Some(days) = state.live.archive.deleting.take() else {
        return Vec::new();
    };
    let older = state.now_unix - i64::from(days) * DAY;
    vec![order(LiveEffect::DeleteArchived {
        since_unix: None,
        until_unix: (days > 0).then_some(older),
    })]
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
        let effects = update(&mut state, ArchiveAction::Delete);
        assert_eq!(kept(&state), 7);
        assert!(effects.contains(&order(LiveEffect::Retain(settings(7)))));
        assert_eq!(update(&mut state, ArchiveAction::Delete), []);
    }

    #[test]
    fn keeping_more_is_done_at_once() {
        let mut state = AppState::default();
        let effects = update(&mut state, ArchiveAction::Keep(settings(365)));
        assert_eq!((kept(&state), effects.len()), (365, 2));
    }

    #[test]
    fn one_question_stands_at_a_time() {
        let mut state = AppState::default();
        update(&mut state, ArchiveAction::Keep(settings(7)));
        update(&mut state, ArchiveAction::AskDelete(30));
        let archive = &state.live.archive;
        assert_eq!((archive.keeping, archive.deleting), (None, Some(30)));
        update(&mut state, ArchiveAction::CancelDelete);
        assert_eq!(update(&mut state, ArchiveAction::Delete), []);
    }
}
