//! A pull of tasks: how far it is, how fast it goes, and what it met on the way.

use std::collections::VecDeque;

use crate::model::{
    CallFault, LiveNews, Profile, Retry, SourceEnd, SourceId, TaskProgress, TaskPull,
};

/// Seconds of requests that are kept for the plot.
const PLOTTED_SECS: usize = 60;
/// Messages kept; older ones are counted.
const MESSAGES: usize = 200;
/// The rate is the mean of so many whole seconds.
const RATE_SECS: usize = 10;

#[derive(Clone, Debug, PartialEq)]
pub enum PullPhase {
    Running,
    Paused,
    Ended(SourceEnd),
}

impl PullPhase {
    pub fn is_under_way(&self) -> bool {
        !matches!(self, Self::Ended(_))
    }
}

/// Something worth telling, with how often it happened in a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub unix: i64,
    pub kind: MessageKind,
    pub count: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub enum MessageKind {
    /// Tried again after a wait.
    Retried(Retry),
    Failed {
        action: &'static str,
        fault: CallFault,
    },
    ClockAhead {
        secs: i64,
        request_id: String,
    },
    /// Tasks without a detail in the cloud.
    Forgotten(u64),
    /// The list was begun anew: the service did not know any more where it was left.
    ListedAgain {
        request_id: String,
    },
    /// No file of the application has this id.
    NoSuchFile(String),
    /// The archive could not be written; the pull ended.
    ArchiveFailed(crate::model::ArchiveFault),
}

#[derive(Clone, Debug)]
pub struct TaskPulling {
    pub source: SourceId,
    pub profile: Profile,
    pub pull: TaskPull,
    /// The number that the place of its list is kept under.
    pub(super) listing: Option<i64>,
    pub started_unix: i64,
    pub progress: TaskProgress,
    pub phase: PullPhase,
    /// Oldest first.
    pub messages: Vec<Message>,
    /// Messages that were let go.
    pub older_messages: u64,
    /// Times the service asked to slow down.
    pub slowed: u32,
    /// Unix second and requests in it, oldest first, without gaps.
    requests: VecDeque<(i64, u32)>,
}

impl TaskPulling {
    pub(super) fn new(source: SourceId, (profile, pull): (Profile, TaskPull), now: i64) -> Self {
        Self {
            source,
            profile,
            pull,
            listing: None,
            started_unix: now,
            progress: TaskProgress::default(),
            phase: PullPhase::Running,
            messages: Vec::new(),
            older_messages: 0,
            slowed: 0,
            requests: VecDeque::new(),
        }
    }

    /// Requests in each of the last seconds, oldest first.
    pub fn requests(&self) -> impl ExactSizeIterator<Item = u32> + Clone + use<'_> {
        self.requests.iter().map(|(_, count)| *count)
    }

    /// Requests a second over the last whole seconds before `now_unix`.
    pub fn rate(&self, now_unix: i64) -> f64 {
        let since = now_unix - i64::try_from(RATE_SECS).unwrap_or(0);
        let whole = self
            .requests
            .iter()
            .filter(|(second, _)| (since..now_unix).contains(second));
        let (secs, requests) = whole.fold((0_u32, 0_u32), |(secs, sum), (_, count)| {
            (secs + 1, sum.saturating_add(*count))
        });
        if secs == 0 {
            0.0
        } else {
            f64::from(requests) / f64::from(secs)
        }
    }

    /// Details still to be fetched, as far as is known.
    pub fn outstanding(&self) -> u64 {
        let done = self.progress.fetched + self.progress.known + self.progress.forgotten;
        self.progress.listed.saturating_sub(done)
    }

    /// Seconds left at the present rate; `None` before there is one, or while paused.
    pub fn secs_left(&self, now_unix: i64) -> Option<f64> {
        let rate = self.rate(now_unix);
        let known = self.phase == PullPhase::Running && self.progress.listed_all && rate > 0.0;
        known.then(|| self.outstanding() as f64 / rate)
    }

    pub(super) fn take(&mut self, news: LiveNews, now_unix: i64) {
        match news {
            LiveNews::Progress(progress) => self.progressed(progress, now_unix),
            LiveNews::Listing { pull } => self.listing = Some(pull),
            LiveNews::Requested { unix } => self.requested(unix),
            LiveNews::Retrying(retry) => {
                self.slowed += u32::from(is_limit(&retry.fault));
                self.tell(MessageKind::Retried(retry), now_unix);
            }
            LiveNews::Failed { action, fault } => {
                self.tell(MessageKind::Failed { action, fault }, now_unix);
            }
            LiveNews::ClockAhead { secs, request_id } => {
                self.tell(MessageKind::ClockAhead { secs, request_id }, now_unix);
            }
            LiveNews::ListedAgain { request_id } => {
                self.tell(MessageKind::ListedAgain { request_id }, now_unix);
            }
            LiveNews::NoSuchFile { id } => self.tell(MessageKind::NoSuchFile(id), now_unix),
            LiveNews::ArchiveFailed { why } => {
                self.tell(MessageKind::ArchiveFailed(why), now_unix);
            }
            _ => {}
        }
    }

    fn progressed(&mut self, progress: TaskProgress, now_unix: i64) {
        if progress.forgotten > self.progress.forgotten {
            self.messages
                .retain(|m| !matches!(m.kind, MessageKind::Forgotten(_)));
            self.tell(MessageKind::Forgotten(progress.forgotten), now_unix);
        }
        if self.phase.is_under_way() {
            self.phase = if progress.paused {
                PullPhase::Paused
            } else {
                PullPhase::Running
            };
        }
        self.progress = progress;
    }

    fn requested(&mut self, unix: i64) {
        match self.requests.back_mut() {
            Some((second, count)) if *second >= unix => *count += 1,
            Some((second, _)) => {
                let from = (*second + 1).max(unix - i64::try_from(PLOTTED_SECS).unwrap_or(0));
                self.requests.extend((from..unix).map(|second| (second, 0)));
                self.requests.push_back((unix, 1));
            }
            None => self.requests.push_back((unix, 1)),
        }
        while self.requests.len() > PLOTTED_SECS {
            self.requests.pop_front();
        }
    }

    fn tell(&mut self, kind: MessageKind, unix: i64) {
        if let Some(last) = self.messages.last_mut()
            && same(&last.kind, &kind)
        {
            *last = Message {
                unix,
                kind,
                count: last.count + 1,
            };
            return;
        }
        self.messages.push(Message {
            unix,
            kind,
            count: 1,
        });
        if self.messages.len() > MESSAGES {
            self.messages.remove(0);
            self.older_messages += 1;
        }
    }
}

fn is_limit(fault: &CallFault) -> bool {
    matches!(fault, CallFault::Api(error) if error.code.starts_with("RequestLimitExceeded"))
}

/// Whether two messages tell the same, so that they are counted and not listed again.
fn same(a: &MessageKind, b: &MessageKind) -> bool {
    let code = |fault: &CallFault| match fault {
        CallFault::Api(error) => Some(error.code.clone()),
        _ => None,
    };
    match (a, b) {
        (MessageKind::Retried(a), MessageKind::Retried(b)) => {
            a.action == b.action
                && code(&a.fault) == code(&b.fault)
                && std::mem::discriminant(&a.fault) == std::mem::discriminant(&b.fault)
        }
        (
            MessageKind::Failed { action: a, fault },
            MessageKind::Failed {
                action: b,
                fault: other,
            },
        ) => a == b && code(fault).is_some() && code(fault) == code(other),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::model::ApiError;

    const NOW: i64 = 1_795_240_683;

    fn pulling() -> TaskPulling {
        let pull = TaskPull::Task("a".to_owned());
        TaskPulling::new(SourceId(0), (Profile::default(), pull), NOW)
    }

    fn retry() -> LiveNews {
        LiveNews::Retrying(Retry {
            action: "DescribeTaskDetail",
            fault: CallFault::Api(ApiError {
                code: "RequestLimitExceeded".to_owned(),
                message: String::new(),
                request_id: "r".to_owned(),
                clock_ahead_secs: None,
            }),
            attempt: 1,
            wait: Duration::from_secs(2),
        })
    }

    #[test]
    fn the_same_retry_is_counted_and_not_listed_again() {
        let mut pulling = pulling();
        for _ in 0..3 {
            pulling.take(retry(), NOW);
        }
        assert_eq!(pulling.messages.len(), 1);
        assert_eq!(pulling.messages[0].count, 3);
        assert_eq!(pulling.slowed, 3);
    }

    #[test]
    fn a_file_that_is_not_there_is_told() {
        let mut pulling = pulling();
        let id = "5285890784310055217".to_owned();
        pulling.take(LiveNews::NoSuchFile { id: id.clone() }, NOW);
        let told = pulling.messages.first().map(|message| &message.kind);
        assert_eq!(told, Some(&MessageKind::NoSuchFile(id)));
    }

    #[test]
    fn the_rate_counts_whole_seconds_and_their_gaps() {
        let mut pulling = pulling();
        for second in [0, 0, 0, 0, 2, 2] {
            pulling.take(LiveNews::Requested { unix: NOW + second }, NOW);
        }
        assert_eq!(pulling.requests().collect::<Vec<_>>(), [4, 0, 2]);
        assert!((pulling.rate(NOW + 3) - 2.0).abs() < 1e-9);
    }

    #[test]
    fn time_left_is_told_once_all_is_listed() {
        let mut pulling = pulling();
        pulling.take(LiveNews::Requested { unix: NOW }, NOW);
        let mut progress = TaskProgress {
            listed: 11,
            fetched: 1,
            ..TaskProgress::default()
        };
        pulling.take(LiveNews::Progress(progress), NOW);
        assert_eq!(pulling.secs_left(NOW + 1), None);
        progress.listed_all = true;
        pulling.take(LiveNews::Progress(progress), NOW);
        assert_eq!(pulling.secs_left(NOW + 1), Some(10.0));
        progress.paused = true;
        pulling.take(LiveNews::Progress(progress), NOW);
        assert_eq!(pulling.secs_left(NOW + 1), None);
    }
}
