//! What the panel of the borrowed queue says at a moment.

use std::time::Duration;

use crate::model::ConfirmFault;
use crate::state::{Batch, BatchState, Queue};
use crate::text::{Text, borrowing, format, live as say};
use crate::ui::icons;
use crate::ui::panels::live::fault::{self, FaultRows};
use crate::ui::panels::live::parts::whole_secs;
use crate::ui::panels::live::ring::part_left;
use crate::ui::widgets::{MISSING, Tone};

/// Batches that are listed, newest first.
const LISTED: usize = 50;
/// Below this many milliseconds an event is about to return.
const SOON_MILLIS: u64 = 5_000;

#[derive(Debug)]
pub(super) struct QueueRows {
    pub(super) title: String,
    pub(super) tone: Tone,
    pub(super) pill: String,
    pub(super) facts: Vec<String>,
    /// Icon, tone, sentence.
    pub(super) notes: Vec<(&'static str, Tone, String)>,
    pub(super) action: &'static str,
    pub(super) fault: Option<FaultRows>,
    pub(super) counters: [Counter; 4],
    pub(super) batches: Vec<BatchRow>,
    pub(super) safety: Vec<SafetyRow>,
}

/// A number with its name above and what it means below.
#[derive(Debug)]
pub(super) struct Counter {
    pub(super) name: &'static str,
    pub(super) number: String,
    pub(super) note: String,
    /// Shown on hover.
    pub(super) hint: String,
}

#[derive(Debug)]
pub(super) struct BatchRow {
    pub(super) number: u64,
    pub(super) pulled: String,
    pub(super) events: String,
    /// Share of the time that is left, and the seconds.
    pub(super) part: f32,
    pub(super) left: String,
    pub(super) soon: bool,
    /// Nothing of it returns any more.
    pub(super) confirmed: bool,
    pub(super) state: (Tone, &'static str),
    pub(super) request_id: String,
    /// Events of it that could be confirmed now.
    pub(super) confirmable: usize,
}

#[derive(Debug)]
pub(super) struct SafetyRow {
    pub(super) mark: (&'static str, Tone),
    pub(super) name: &'static str,
    pub(super) words: String,
    /// It offers the policy.
    pub(super) policy: bool,
}

pub(super) fn rows(queue: &Queue, millis: u64, text: &Text) -> QueueRows {
    let lang = text.lang;
    let tone = if queue.is_open() {
        Tone::Part
    } else {
        Tone::Unk
    };
    let retried = queue.retry.as_ref();
    QueueRows {
        title: borrowing::queue_title(lang, &queue.profile.name),
        tone,
        pill: pill(queue, millis, text),
        facts: facts(queue, text),
        notes: notes(queue, millis, text),
        action: retried.map_or("PullEvents", |retry| retry.action),
        fault: queue
            .fault
            .as_ref()
            .map(|fault| fault::rows(fault, "PullEvents", text)),
        counters: counters(queue, millis, text),
        batches: batches(queue, millis, text),
        safety: safety(queue, text),
    }
}

fn pill(queue: &Queue, millis: u64, text: &Text) -> String {
    let hidden = queue.hidden(millis);
    if queue.is_open() {
        return borrowing::borrowing(text.lang, hidden);
    }
    if queue.is_ending() {
        return borrowing::stopping(text.lang);
    }
    if let (0, Some((most, left))) = (hidden, queue.unlisted(millis)) {
        return borrowing::stopped_unlisted(text.lang, most, whole_secs(left));
    }
    let left = queue.batches.iter();
    let left = left.filter(|batch| batch.hidden(millis) > 0);
    let last = left.map(|batch| batch.left_millis(millis)).max();
    borrowing::stopped(text.lang, hidden, whole_secs(last.unwrap_or(0)))
}

fn facts(queue: &Queue, text: &Text) -> Vec<String> {
    let mut facts = Vec::new();
    let application = queue.profile.sub_app_id;
    facts.extend(application.map(|id| format!("SubAppId {id}")));
    let mode = queue.config.as_ref().map(|config| config.mode.as_str());
    let mode = mode.filter(|mode| !mode.is_empty());
    facts.extend(mode.map(|mode| borrowing::mode(text.lang, mode)));
    if queue.is_open() && queue.live.is_none() {
        facts.push(text.live.one_pull.to_owned());
    }
    facts
}

/// What is left of the limit while events are pulled by themselves.
pub(in crate::ui::panels::live) fn live_left(
    queue: &Queue,
    millis: u64,
    text: &Text,
) -> Option<String> {
    let live = queue.live?;
    let borrowed = u64::try_from(queue.borrowed()).unwrap_or(u64::MAX);
    let used = borrowed.saturating_sub(live.events_before);
    let time = Duration::from_millis(live.until_millis.saturating_sub(millis));
    let left = live.limit.events.saturating_sub(used);
    Some(borrowing::live_left(text.lang, left, live.limit, time))
}

fn notes(queue: &Queue, millis: u64, text: &Text) -> Vec<(&'static str, Tone, String)> {
    let mut notes = Vec::new();
    if let Some(why) = &queue.archive_fault {
        let words = say::archive_fault(text.lang, why);
        notes.push((icons::WARNING, Tone::Fail, words));
    }
    if queue.not_kept > 0 {
        let words = borrowing::not_kept(text.lang, queue.not_kept);
        notes.push((icons::WARNING, Tone::Fail, words));
    }
    for (ids, why) in &queue.confirm_faults {
        let words = say::confirm_fault(text.lang, ids.len(), why);
        let names: Vec<String> = queue.tasks_of(ids).map(format::short_id).collect();
        let words = say::which(text.lang, words, &names);
        let unsure = matches!(why, ConfirmFault::Unsure(_));
        let tone = if unsure { Tone::Part } else { Tone::Fail };
        notes.push((icons::WARNING, tone, words));
    }
    if let Some(retry) = &queue.retry {
        let words = say::retried(text.lang, retry, 1);
        let words = format!("{}: {words}", say::call_fault(text.lang, &retry.fault));
        notes.push((icons::TIMER, Tone::Part, words));
    }
    if let Some(left) = live_left(queue, millis, text) {
        notes.push((icons::PLAY, Tone::Part, left));
    }
    if queue.limit_reached {
        notes.push((icons::INFO, Tone::Unk, text.live.limit_reached.to_owned()));
    }
    if let Some(waited) = queue.empty {
        let words = borrowing::queue_empty(text.lang, waited, backlog(queue));
        notes.push((icons::TRAY, Tone::Unk, words));
    }
    notes
}

fn backlog(queue: &Queue) -> Option<u64> {
    queue.backlog.as_ref()?.as_ref().ok().copied()
}

fn counters(queue: &Queue, millis: u64, text: &Text) -> [Counter; 4] {
    let (lang, words) = (text.lang, text.live);
    let next = queue.next_return(millis).map(whole_secs);
    let confirmed = queue.confirmed();
    let counter = |name, number, note| Counter {
        name,
        number,
        note,
        hint: String::new(),
    };
    [
        backlog_counter(queue, text),
        counter(
            words.hidden,
            format::len(queue.hidden(millis)),
            match (queue.unlisted(millis), next) {
                (Some((most, left)), _) => borrowing::unlisted(lang, most, whole_secs(left)),
                (None, Some(secs)) => borrowing::next_returns(lang, secs),
                (None, None) if queue.is_ending() => words.may_be_hidden.to_owned(),
                (None, None) => words.none_hidden.to_owned(),
            },
        ),
        counter(
            words.counted_returned,
            format::len(queue.returned(millis)),
            borrowing::of_borrowed(lang, queue.borrowed()),
        ),
        counter(
            words.counted_confirmed,
            format::len(confirmed),
            if confirmed == 0 {
                words.nothing_deleted
            } else {
                words.deleted_for_all
            }
            .to_owned(),
        ),
    ]
}

fn backlog_counter(queue: &Queue, text: &Text) -> Counter {
    let words = text.live;
    let (number, note, hint) = match &queue.backlog {
        None => (MISSING.to_owned(), words.backlog_lags, String::new()),
        Some(Ok(n)) => {
            let number = format!("≈ {}", format::count(*n));
            (number, words.backlog_lags, String::new())
        }
        Some(Err(error)) => {
            let hint = format!("{}: {}", error.code, error.message);
            (MISSING.to_owned(), words.backlog_untold, hint)
        }
    };
    Counter {
        name: words.backlog,
        number,
        note: note.to_owned(),
        hint,
    }
}

fn batches(queue: &Queue, millis: u64, text: &Text) -> Vec<BatchRow> {
    let newest = queue.batches.iter().rev().take(LISTED);
    newest
        .map(|batch| {
            let left = batch.left_millis(millis);
            let confirmed = batch.count(&BatchState::Confirmed) == batch.events.len();
            BatchRow {
                number: batch.number,
                pulled: format::clock(batch.pulled_unix, text.zone),
                events: format::len(batch.events.len()),
                part: if confirmed { 1.0 } else { part_left(left) },
                left: if confirmed {
                    text.live.confirmed.to_owned()
                } else {
                    borrowing::ring_secs(text.lang, whole_secs(left))
                },
                soon: left < SOON_MILLIS,
                confirmed,
                state: state(batch, left, text),
                request_id: batch.request_id.clone(),
                confirmable: queue.confirmable(batch.number, millis).len(),
            }
        })
        .collect()
}

fn state(batch: &Batch, left_millis: u64, text: &Text) -> (Tone, &'static str) {
    let words = text.live;
    let confirmed = batch.count(&BatchState::Confirmed);
    let not = |state: &BatchState| matches!(state, BatchState::NotConfirmed(_));
    let failed = batch.events.iter().any(|(_, state)| not(state));
    if confirmed == batch.events.len() {
        (Tone::Ok, words.confirmed)
    } else if batch.count(&BatchState::Confirming) > 0 {
        (Tone::Run, words.confirming)
    } else if failed {
        (Tone::Fail, words.state_failed)
    } else if confirmed > 0 {
        (Tone::Part, words.state_mixed)
    } else if left_millis == 0 {
        (Tone::Plain, words.returned)
    } else if left_millis < SOON_MILLIS {
        (Tone::Fail, words.state_soon)
    } else {
        (Tone::Part, words.state_hidden)
    }
}

fn safety(queue: &Queue, text: &Text) -> Vec<SafetyRow> {
    let words = text.live;
    let row = |mark, name, words: String| SafetyRow {
        mark,
        name,
        words,
        policy: false,
    };
    let mode = queue.config.as_ref().map(|config| config.mode.as_str());
    let (mark, told) = match mode {
        Some("PULL") => ((icons::CHECK, Tone::Ok), words.mode_pull.to_owned()),
        Some("PUSH") => ((icons::WARNING, Tone::Part), words.mode_push.to_owned()),
        Some(other) if !other.is_empty() => ((icons::QUESTION, Tone::Unk), other.to_owned()),
        _ => ((icons::QUESTION, Tone::Unk), words.mode_unknown.to_owned()),
    };
    let journal = borrowing::journal(text.lang, queue.borrowed());
    let stored = if queue.archive_fault.is_some() {
        (icons::WARNING, Tone::Fail)
    } else {
        (icons::CHECK, Tone::Ok)
    };
    vec![
        row(stored, words.journal, journal),
        row(mark, words.mode, told),
        SafetyRow {
            policy: true,
            ..row(
                (icons::INFO, Tone::Part),
                words.cam_policy,
                words.cam_advice.to_owned(),
            )
        },
    ]
}
