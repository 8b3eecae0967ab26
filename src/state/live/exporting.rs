//! Writing the archive out: which part of it, how far it is, and what came of it.

use std::path::PathBuf;

use super::{LiveEffect, order};
use crate::model::{ExportFault, ExportProgress, Exported, Zone};
use crate::state::{AppState, Effect, ToastKind};
use crate::text::{exporting as words, format};

const DAY: i64 = 86_400;

/// The part of the archive that is listed or written out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ArchiveSpan {
    Day,
    #[default]
    Week,
    Month,
    All,
}

impl ArchiveSpan {
    pub const EACH: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::All];

    /// How many days back; `None` for everything.
    pub fn days(self) -> Option<u32> {
        match self {
            Self::Day => Some(1),
            Self::Week => Some(7),
            Self::Month => Some(30),
            Self::All => None,
        }
    }
}

/// What is asked about writing the archive out, and what the job tells.
#[derive(Clone, Debug)]
pub enum ExportAction {
    Choose(ArchiveSpan),
    /// Choose a file for it.
    Ask,
    /// Write to this file, which the person allowed to be replaced.
    Begin(PathBuf),
    Progress(ExportProgress),
    Cancel,
    Ended {
        path: PathBuf,
        result: Result<Exported, ExportFault>,
    },
}

/// What the shell is asked to do about writing the archive out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportEffect {
    /// Let a file be chosen; this name is offered.
    Pick {
        name: String,
    },
    Start {
        since_unix: Option<i64>,
        path: PathBuf,
    },
    Cancel,
}

pub(super) fn update(state: &mut AppState, action: ExportAction) -> Vec<Effect> {
    match action {
        ExportAction::Choose(span) => state.live.archive.span = span,
        ExportAction::Ask if state.live.archive.exporting.is_none() => {
            let date = format::date(state.now_unix, Zone::Local);
            let name = format!("vodscope-{date}.ndjson");
            return vec![ask(ExportEffect::Pick { name })];
        }
        ExportAction::Begin(path) if state.live.archive.exporting.is_none() => {
            state.live.archive.exporting = Some(ExportProgress::default());
            let since_unix = since_unix(state);
            return vec![ask(ExportEffect::Start { since_unix, path })];
        }
        // One at a time.
        ExportAction::Ask | ExportAction::Begin(_) => {}
        ExportAction::Progress(progress) => {
            if let Some(exporting) = &mut state.live.archive.exporting {
                *exporting = progress;
            }
        }
        ExportAction::Cancel => return vec![ask(ExportEffect::Cancel)],
        ExportAction::Ended { path, result } => ended(state, &path.display().to_string(), &result),
    }
    Vec::new()
}

fn ask(effect: ExportEffect) -> Effect {
    order(LiveEffect::Export(effect))
}

fn since_unix(state: &AppState) -> Option<i64> {
    let days = state.live.archive.span.days();
    days.map(|days| state.now_unix - i64::from(days) * DAY)
}

fn ended(state: &mut AppState, path: &str, result: &Result<Exported, ExportFault>) {
    state.live.archive.exporting = None;
    let (lang, now) = (state.appearance.lang, state.millis);
    let (kind, title) = match result {
        Ok(exported) => {
            let done = words::exported(lang, exported);
            let left_out = words::left_out(lang, exported);
            let spelled = words::spelled(lang, exported);
            let lines = [Some(done), spelled, left_out].into_iter().flatten();
            let title: Vec<String> = lines.collect();
            (ToastKind::Told, title.join(lang.pick(". ", "。")))
        }
        Err(ExportFault::Cancelled) => {
            let title = words::export_fault(lang, &ExportFault::Cancelled);
            (ToastKind::Told, title)
        }
        Err(fault) => (ToastKind::Failure, words::export_fault(lang, fault)),
    };
    state.toasts.push(kind, title, path.to_owned(), now);
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_243_483;

    fn state() -> AppState {
        AppState {
            now_unix: NOW,
            ..AppState::default()
        }
    }

    fn begin(state: &mut AppState) -> Vec<Effect> {
        update(state, ExportAction::Begin("/a/b.ndjson".into()))
    }

    #[test]
    fn the_chosen_span_is_written_and_one_at_a_time() {
        let mut state = state();
        update(&mut state, ExportAction::Choose(ArchiveSpan::Month));
        let start = ExportEffect::Start {
            since_unix: Some(NOW - 30 * DAY),
            path: "/a/b.ndjson".into(),
        };
        assert_eq!(begin(&mut state), [ask(start)]);
        assert_eq!(begin(&mut state), []);
        assert_eq!(update(&mut state, ExportAction::Ask), []);
    }

    #[test]
    fn the_end_is_told_with_the_file_and_what_was_left_out() {
        let mut state = state();
        begin(&mut state);
        let exported = Exported {
            records: 3,
            bytes: 1_200,
            damaged: 1,
            ..Exported::default()
        };
        let ended = ExportAction::Ended {
            path: "/a/b.ndjson".into(),
            result: Ok(exported),
        };
        update(&mut state, ended);
        assert_eq!(state.live.archive.exporting, None);
        let told = &state.toasts.shown[0];
        assert_eq!(told.title, "3 events exported, 1.2 kB. Left out: 1 damaged");
        assert_eq!(told.value, "/a/b.ndjson");
    }

    #[test]
    fn a_fault_is_a_failure_and_being_stopped_is_none() {
        for (fault, kind) in [
            (ExportFault::DiskFull, ToastKind::Failure),
            (ExportFault::Cancelled, ToastKind::Told),
        ] {
            let mut state = state();
            begin(&mut state);
            let ended = ExportAction::Ended {
                path: "/a/b.ndjson".into(),
                result: Err(fault),
            };
            update(&mut state, ended);
            assert_eq!(state.toasts.shown[0].kind, kind);
        }
    }
}
