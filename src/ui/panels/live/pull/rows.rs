//! What the panel of a pull says.

use crate::model::{SourceEnd, TaskProgress, TaskPull};
use crate::state::{MessageKind, PullPhase, TaskPulling};
use crate::text::{Text, live as say, pulling};
use crate::ui::icons;
use crate::ui::panels::live::fault::{self, FaultRows};
use crate::ui::widgets::Tone;

#[derive(Debug)]
pub(super) struct PullRows {
    pub(super) title: String,
    /// Icon, tone, words.
    pub(super) pill: (&'static str, Tone, &'static str),
    pub(super) facts: Vec<String>,
    pub(super) notice: Option<Notice>,
    pub(super) steps: Vec<Step>,
    pub(super) plot_caption: String,
}

/// What must be read before the rest.
#[derive(Debug)]
pub(super) enum Notice {
    Told(Tone, String),
    /// Some details are missing, which can be asked for again.
    Missing(String),
    /// The call that failed, and why.
    Fault {
        action: &'static str,
        fault: Box<FaultRows>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StepState {
    Waiting,
    Running,
    Paused,
    Done,
    /// The pull ended before the step did.
    Broken,
}

#[derive(Debug)]
pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) how: String,
    pub(super) state: StepState,
    pub(super) count: String,
    /// From 0 to 1; `None` while nobody knows how much there is.
    pub(super) part: Option<f32>,
}

/// Details that need no asking any more.
pub(in crate::ui::panels::live) fn done(progress: &TaskProgress) -> u64 {
    progress.fetched + progress.known + progress.forgotten
}

/// A share from 0 to 1; 0 of nothing.
pub(in crate::ui::panels::live) fn share(done: u64, all: u64) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "a share from 0 to 1")]
    let share = (done as f64 / all.max(1) as f64).min(1.0) as f32;
    share
}

pub(super) fn rows(pull: &TaskPulling, now_unix: i64, text: &Text) -> PullRows {
    let lang = text.lang;
    PullRows {
        title: pulling::pull_title(lang, &pull.profile.name, &pull.pull),
        pill: pill(pull, text),
        facts: facts(pull, now_unix, text),
        notice: notice(pull, text),
        steps: steps(pull, text),
        plot_caption: pulling::plot_caption(lang, pull.profile.rate_per_second, pull.slowed),
    }
}

/// Everything was asked for, and some details could not be had.
fn lacks_some(pull: &TaskPulling) -> bool {
    let progress = &pull.progress;
    let ended = pull.phase == PullPhase::Ended(SourceEnd::Failed);
    let asked = done(progress) + progress.failed;
    ended && progress.listed_all && progress.failed > 0 && asked >= progress.listed
}

fn pill(pull: &TaskPulling, text: &Text) -> (&'static str, Tone, &'static str) {
    let words = text.live;
    if lacks_some(pull) {
        return (icons::WARNING, Tone::Part, words.phase_partly);
    }
    match &pull.phase {
        PullPhase::Running => (icons::PLAY, Tone::Run, words.phase_running),
        PullPhase::Paused => (icons::PAUSE, Tone::Part, words.phase_paused),
        PullPhase::Ended(SourceEnd::Complete) => (icons::CHECK, Tone::Ok, words.phase_complete),
        PullPhase::Ended(SourceEnd::Cancelled) => (icons::STOP, Tone::Unk, words.phase_cancelled),
        PullPhase::Ended(SourceEnd::Failed) => (icons::WARNING, Tone::Fail, words.phase_failed),
    }
}

fn facts(pull: &TaskPulling, now_unix: i64, text: &Text) -> Vec<String> {
    let mut facts = vec![pulling::started(text.lang, pull.started_unix, text.zone)];
    let application = pull.profile.sub_app_id;
    facts.extend(application.map(|id| format!("SubAppId {id}")));
    match &pull.pull {
        TaskPull::List(query) | TaskPull::Resume { query, .. } => {
            let until = query.until_unix.unwrap_or(pull.started_unix.min(now_unix));
            let span = pulling::asked_span(text.lang, query.since_unix, until, text.zone);
            facts.push(span);
            if !query.statuses.is_empty() {
                facts.push(query.statuses.join(text.lang.pick(", ", "、")));
            }
            facts.extend(query.file_id.as_ref().map(|id| format!("FileId {id}")));
        }
        TaskPull::Task(id) | TaskPull::Watch(id) => facts.push(id.clone()),
        TaskPull::File(id) => facts.push(format!("FileId {id}")),
    }
    facts
}

/// The newest fault where the pull failed or stands still because of it.
fn notice(pull: &TaskPulling, text: &Text) -> Option<Notice> {
    if lacks_some(pull) {
        let words = pulling::details_failed(text.lang, pull.progress.failed);
        return Some(Notice::Missing(words));
    }
    let mut told = pull.messages.iter().rev();
    let is_fault = |kind: &MessageKind| {
        matches!(
            kind,
            MessageKind::Failed { .. } | MessageKind::ArchiveFailed(_)
        )
    };
    let fault = match pull.phase {
        PullPhase::Running | PullPhase::Ended(SourceEnd::Complete) => None,
        PullPhase::Paused => told.next().filter(|message| is_fault(&message.kind)),
        PullPhase::Ended(SourceEnd::Failed) => told.find(|message| is_fault(&message.kind)),
        PullPhase::Ended(SourceEnd::Cancelled) => {
            let words = text.live.pull_again_why.to_owned();
            return Some(Notice::Told(Tone::Unk, words));
        }
    };
    match &fault?.kind {
        MessageKind::Failed { action, fault } => Some(Notice::Fault {
            action,
            fault: Box::new(fault::rows(fault, action, text)),
        }),
        MessageKind::ArchiveFailed(why) => {
            Some(Notice::Told(Tone::Fail, say::archive_fault(text.lang, why)))
        }
        _ => None,
    }
}

fn steps(pull: &TaskPulling, text: &Text) -> Vec<Step> {
    let mut steps = Vec::new();
    match pull.pull {
        TaskPull::List(_) | TaskPull::Resume { .. } | TaskPull::File(_) => {
            steps.push(list_step(pull, text));
            steps.push(fetch_step(pull, text));
        }
        TaskPull::Task(_) => steps.push(fetch_step(pull, text)),
        TaskPull::Watch(_) => steps.push(watch_step(pull, text)),
    }
    steps.push(derive_step(pull, text));
    steps
}

/// A step that is under way, or as far as the pull came.
fn state(pull: &TaskPulling, begun: bool) -> StepState {
    match (&pull.phase, begun) {
        (PullPhase::Ended(_), _) => StepState::Broken,
        (_, false) => StepState::Waiting,
        (PullPhase::Running, true) => StepState::Running,
        (PullPhase::Paused, true) => StepState::Paused,
    }
}

fn list_step(pull: &TaskPulling, text: &Text) -> Step {
    let progress = &pull.progress;
    let (all, words) = (progress.listed_all, text.live);
    Step {
        name: words.list_tasks,
        how: words.list_tasks_how.to_owned(),
        state: if all {
            StepState::Done
        } else {
            state(pull, true)
        },
        count: pulling::pages(text.lang, progress.pages, progress.listed),
        part: all.then_some(1.0),
    }
}

fn fetch_step(pull: &TaskPulling, text: &Text) -> Step {
    let (progress, words) = (&pull.progress, text.live);
    let done = done(progress);
    let complete = pull.phase == PullPhase::Ended(SourceEnd::Complete);
    let mut how = words.fetch_details_how.to_owned();
    if progress.known > 0 {
        let known = pulling::known_before(text.lang, progress.known);
        how = format!("{known} · {how}");
    }
    if progress.failed > 0 && pull.phase.is_under_way() {
        let failed = pulling::failed_so_far(text.lang, progress.failed);
        how = format!("{failed} · {how}");
    }
    Step {
        name: words.fetch_details,
        how,
        state: if complete {
            StepState::Done
        } else {
            state(pull, progress.listed > 0)
        },
        count: pulling::done_of(text.lang, done, progress.listed),
        part: Some(share(done, progress.listed)),
    }
}

fn watch_step(pull: &TaskPulling, text: &Text) -> Step {
    let complete = pull.phase == PullPhase::Ended(SourceEnd::Complete);
    Step {
        name: text.live.watch_task,
        how: text.live.watch_task_how.to_owned(),
        state: if complete {
            StepState::Done
        } else {
            state(pull, true)
        },
        count: crate::text::format::count(pull.progress.fetched),
        part: complete.then_some(1.0),
    }
}

fn derive_step(pull: &TaskPulling, text: &Text) -> Step {
    let progress = &pull.progress;
    let derived = progress.fetched + progress.known;
    let complete = pull.phase == PullPhase::Ended(SourceEnd::Complete);
    Step {
        name: text.live.derive_verdicts,
        how: text.live.derive_verdicts_how.to_owned(),
        state: if complete {
            StepState::Done
        } else {
            state(pull, derived > 0)
        },
        count: crate::text::format::count(derived),
        part: Some(if complete {
            1.0
        } else {
            share(derived, progress.listed)
        }),
    }
}
