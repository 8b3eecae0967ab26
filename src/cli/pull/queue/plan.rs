//! When the next pull is due, and when there is none any more.

use std::time::{Duration, Instant};

use crate::cli::args::PullArgs;
use crate::model::{Lang, LiveLimit};
use crate::text::format;

/// How long an empty queue's mode is waited for: it may say why the queue is empty.
const MODE_PATIENCE: Duration = Duration::from_secs(3);

/// Where `--live` ends that was given no end: the queue is borrowed from somebody.
const DEFAULT_LIVE: LiveLimit = LiveLimit {
    events: 200,
    time: Duration::from_mins(5),
};

pub(super) struct Plan {
    started: Instant,
    events: Option<u64>,
    time: Option<Duration>,
    /// Nobody said where to end.
    is_default: bool,
    pub(super) is_live: bool,
    pub(super) confirms: bool,
}

/// What there has been.
#[derive(Debug, Default)]
pub(super) struct SoFar {
    pub(super) pulled: u64,
    /// Of the pulled, those that the archive had before.
    pub(super) repeats: u64,
    /// Those that could not be stored.
    pub(super) not_kept: u64,
    pub(super) confirmed: u64,
    /// Those that were to be deleted and were not, by the reason.
    pub(super) not_confirmed: Vec<(String, u64)>,
    /// Those that may be deleted or not, as the answer was lost, by the reason.
    pub(super) not_known: Vec<(String, u64)>,
    pub(super) is_mode_known: bool,
    /// Since when the last pull has found nothing.
    pub(super) empty_since: Option<Instant>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    Pull,
    Wait,
    End,
}

impl Plan {
    pub(super) fn new(args: &PullArgs) -> Self {
        let is_default = args.live && args.limit.is_none() && args.time.is_none();
        let default = is_default.then_some(DEFAULT_LIVE);
        Self {
            started: Instant::now(),
            events: args.limit.or(default.map(|limit| limit.events)),
            time: args.time.or(default.map(|limit| limit.time)),
            is_default,
            is_live: args.live,
            confirms: args.confirm,
        }
    }

    /// Where it ends at the latest when nobody said where.
    pub(super) fn default_limit(&self) -> Option<LiveLimit> {
        self.is_default.then_some(DEFAULT_LIVE)
    }

    /// What to do when nothing is under way.
    pub(super) fn next(&self, so_far: &SoFar) -> Next {
        let is_reached = |limit| so_far.pulled >= limit;
        if self.events.is_some_and(is_reached) {
            return Next::End;
        }
        if self.is_live {
            let is_over = |time| self.started.elapsed() >= time;
            return next_or_end(self.time.is_some_and(is_over));
        }
        match so_far.empty_since {
            None => next_or_end(self.events.is_none()),
            Some(since) if so_far.is_mode_known || since.elapsed() >= MODE_PATIENCE => Next::End,
            Some(_) => Next::Wait,
        }
    }
}

impl SoFar {
    /// "Queue: 40 events pulled, 40 confirmed".
    pub(super) fn words(&self, plan: &Plan, lang: Lang) -> String {
        let (pulled, confirmed) = (format::count(self.pulled), format::count(self.confirmed));
        let (en, zh) = if plan.confirms {
            (
                format!(", {confirmed} confirmed"),
                format!("，已确认 {confirmed} 条"),
            )
        } else {
            (String::new(), String::new())
        };
        lang.pick(
            format!("Queue: {pulled} events pulled{en}"),
            format!("队列：已拉取 {pulled} 条事件{zh}"),
        )
    }
}

impl SoFar {
    pub(super) fn not_confirmed(&mut self, why: String, events: u64) {
        count_in(&mut self.not_confirmed, why, events);
    }

    pub(super) fn not_known(&mut self, why: String, events: u64) {
        count_in(&mut self.not_known, why, events);
    }
}

fn count_in(counts: &mut Vec<(String, u64)>, why: String, events: u64) {
    let same = counts.iter_mut().find(|(of, _)| *of == why);
    match same {
        Some((_, count)) => *count += events,
        None => counts.push((why, events)),
    }
}

fn next_or_end(is_end: bool) -> Next {
    if is_end { Next::End } else { Next::Pull }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(events: Option<u64>, is_live: bool) -> Plan {
        Plan {
            started: Instant::now(),
            events,
            time: None,
            is_default: false,
            is_live,
            confirms: false,
        }
    }

    fn so_far(pulled: u64) -> SoFar {
        SoFar {
            pulled,
            ..SoFar::default()
        }
    }

    #[test]
    fn one_pull_is_enough_unless_more_was_asked_for() {
        assert_eq!(plan(None, false).next(&so_far(16)), Next::End);
        assert_eq!(plan(Some(20), false).next(&so_far(16)), Next::Pull);
        assert_eq!(plan(Some(20), false).next(&so_far(32)), Next::End);
        assert_eq!(plan(None, true).next(&so_far(1_000)), Next::Pull);
        assert_eq!(plan(Some(40), true).next(&so_far(48)), Next::End);
    }

    #[test]
    fn an_empty_queue_is_asked_again_only_when_live() {
        let mut empty = so_far(0);
        empty.empty_since = Some(Instant::now());
        assert_eq!(plan(Some(20), false).next(&empty), Next::Wait);
        assert_eq!(plan(None, true).next(&empty), Next::Pull);
        empty.is_mode_known = true;
        assert_eq!(plan(Some(20), false).next(&empty), Next::End);
    }
}
