//! The borrowed queue: what is hidden from its consumer, for how long, and what may be deleted.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::model::{
    ApiError, ArchiveFault, BATCH_LIMIT, BorrowedBatch, CallFault, ConfirmFault, Confirmed,
    EventConfig, HIDDEN_FOR, LiveLimit, LiveNews, Permit, Profile, Retry, SourceId,
};
use crate::store::RowView;

mod batch;
mod orders;

pub use batch::{Batch, BatchState, Ring};
pub use orders::ConfirmLock;
pub(super) use orders::update;

/// Below this the ring warns.
const SOON_MILLIS: u64 = 5_000;
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QueueEnd {
    #[default]
    Open,
    Stopped,
}

/// Pulling that goes on by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveRun {
    pub limit: LiveLimit,
    pub until_millis: u64,
    /// Events borrowed when it began.
    pub events_before: u64,
}

/// Events that a pull may have hidden, or has, without any of them being listed.
#[derive(Clone, Copy, Debug)]
struct Unlisted {
    most: u64,
    until_millis: u64,
}

#[derive(Debug)]
pub struct Queue {
    pub source: SourceId,
    pub profile: Profile,
    pub started_unix: i64,
    pub config: Option<EventConfig>,
    pub backlog: Option<Result<u64, ApiError>>,
    /// Oldest first.
    pub batches: Vec<Batch>,
    /// A pull is under way since this time.
    pub pulling_since: Option<u64>,
    pub live: Option<LiveRun>,
    /// The live run ended at its limit.
    pub limit_reached: bool,
    /// The last pull found nothing, and took so long to say so.
    pub empty: Option<Duration>,
    pub fault: Option<CallFault>,
    pub retry: Option<Retry>,
    /// Nothing can be stored, so nothing can be confirmed.
    pub archive_fault: Option<ArchiveFault>,
    /// Events of the last pull that could not be stored.
    pub not_kept: u64,
    unlisted: Option<Unlisted>,
    /// What the last confirm did not delete: the deliveries by reason.
    pub confirm_faults: Vec<(Vec<i64>, ConfirmFault)>,
    pub typed_id: String,
    /// The application's id was typed: events may be confirmed until borrowing ends.
    pub confirm_on: bool,
    /// Of what was ordered since then.
    permit: Permit,
    pub end: QueueEnd,
    batch_of: BTreeMap<i64, usize>,
    /// The delivery of each task that was pulled last.
    last_of: BTreeMap<String, i64>,
}

impl Queue {
    pub(super) fn new(source: SourceId, profile: Profile, now_unix: i64, millis: u64) -> Self {
        Self {
            source,
            profile,
            started_unix: now_unix,
            config: None,
            backlog: None,
            batches: Vec::new(),
            pulling_since: Some(millis),
            live: None,
            limit_reached: false,
            empty: None,
            fault: None,
            retry: None,
            archive_fault: None,
            not_kept: 0,
            unlisted: None,
            confirm_faults: Vec::new(),
            typed_id: String::new(),
            confirm_on: false,
            permit: Permit::default(),
            end: QueueEnd::Open,
            batch_of: BTreeMap::new(),
            last_of: BTreeMap::new(),
        }
    }

    pub fn is_open(&self) -> bool {
        self.end == QueueEnd::Open
    }

    /// Events pulled so far, redeliveries included.
    pub fn borrowed(&self) -> usize {
        self.batches.iter().map(|batch| batch.events.len()).sum()
    }

    pub fn hidden(&self, millis: u64) -> usize {
        self.batches.iter().map(|batch| batch.hidden(millis)).sum()
    }

    pub fn confirmed(&self) -> usize {
        let confirmed = |batch: &Batch| batch.count(&BatchState::Confirmed);
        self.batches.iter().map(confirmed).sum()
    }

    /// Events that their consumer can see again.
    pub fn returned(&self, millis: u64) -> usize {
        self.borrowed() - self.hidden(millis) - self.confirmed()
    }

    /// Milliseconds until the next events return.
    pub fn next_return(&self, millis: u64) -> Option<u64> {
        let hidden = self.batches.iter().filter(|batch| batch.hidden(millis) > 0);
        hidden.map(|batch| batch.left_millis(millis)).min()
    }

    /// How it stands with a delivery.
    pub fn ring(&self, archive_id: i64, millis: u64) -> Option<Ring> {
        let batch = self.batches.get(*self.batch_of.get(&archive_id)?)?;
        let (_, state) = batch.events.iter().find(|(id, _)| *id == archive_id)?;
        let left_millis = batch.left_millis(millis);
        Some(match state {
            BatchState::Confirmed => Ring::Confirmed,
            _ if left_millis == 0 => Ring::Returned,
            BatchState::Confirming => Ring::Confirming,
            BatchState::Held | BatchState::NotConfirmed(_) => Ring::Hidden {
                left_millis,
                soon: left_millis < SOON_MILLIS,
            },
        })
    }

    /// How it stands with the delivery of a listed task that was pulled last.
    pub fn ring_of(&self, task: &RowView<'_>, millis: u64) -> Option<Ring> {
        let own = (task.source == self.source).then(|| super::news::archive_id(task.raw.offset));
        let last = self.last_of.get(task.task_id).copied();
        self.ring(last.or(own)?, millis)
    }

    /// Deliveries of a batch that can still be confirmed.
    pub fn confirmable(&self, number: u64, millis: u64) -> Vec<i64> {
        let batch = self.batches.iter().find(|batch| batch.number == number);
        let open = batch.filter(|batch| batch.can_confirm(millis));
        let events = open.into_iter().flat_map(|batch| &batch.events);
        let held = events
            .filter(|(_, state)| matches!(state, BatchState::Held | BatchState::NotConfirmed(_)));
        held.map(|(id, _)| *id).collect()
    }

    /// Whether a delivery can still be confirmed.
    pub fn is_confirmable(&self, archive_id: i64, millis: u64) -> bool {
        let batch = self
            .batch_of
            .get(&archive_id)
            .and_then(|at| self.batches.get(*at));
        batch.is_some_and(|batch| self.confirmable(batch.number, millis).contains(&archive_id))
    }

    fn set(&mut self, ids: &[i64], state: &BatchState) {
        for id in ids {
            let batch = self
                .batch_of
                .get(id)
                .and_then(|at| self.batches.get_mut(*at));
            let event = batch.and_then(|b| b.events.iter_mut().find(|(of, _)| of == id));
            if let Some((_, of)) = event {
                of.clone_from(state);
            }
        }
    }

    pub(super) fn take(&mut self, news: LiveNews, now_unix: i64, millis: u64) {
        match news {
            LiveNews::Borrowed(batch) => self.borrow(batch, now_unix, millis),
            LiveNews::QueueEmpty { elapsed, .. } => {
                self.pulled();
                self.empty = Some(elapsed);
            }
            LiveNews::Confirmed(confirmed) => self.told(confirmed),
            LiveNews::Backlog(backlog) => self.backlog = Some(backlog),
            LiveNews::Config(config) => self.config = Some(config),
            LiveNews::LiveStopped => self.live_ended(),
            LiveNews::LimitReached => {
                self.live_ended();
                self.limit_reached = true;
            }
            LiveNews::Failed { fault, .. } => {
                self.pulled();
                if fault.is_lost() {
                    self.not_listed(BATCH_LIMIT as u64, millis);
                }
                self.fault = Some(fault);
            }
            LiveNews::Retrying(retry) => self.retry = Some(retry),
            LiveNews::NotKept { events, why, .. } => {
                self.pulled();
                self.not_listed(events, millis);
                self.not_kept = events;
                self.archive_fault = Some(why);
            }
            // What was told of events that could not be stored stays.
            LiveNews::ArchiveFailed { why } => {
                self.pulling_since = None;
                self.archive_fault = Some(why);
            }
            _ => {}
        }
    }

    pub(super) fn ended(&mut self) {
        self.stop();
        self.pulling_since = None;
    }

    /// Nothing more is asked for. A pull on its way is not broken off: what it brings is kept.
    fn stop(&mut self) {
        self.end = QueueEnd::Stopped;
        self.live_ended();
    }

    /// It was stopped while a pull was on its way, which may still hide a batch.
    pub fn is_ending(&self) -> bool {
        !self.is_open() && self.pulling_since.is_some()
    }

    fn not_listed(&mut self, most: u64, millis: u64) {
        let before = self.unlisted(millis).map_or(0, |(most, _)| most);
        let hidden = u64::try_from(HIDDEN_FOR.as_millis()).unwrap_or(u64::MAX);
        self.unlisted = Some(Unlisted {
            most: before + most,
            until_millis: millis.saturating_add(hidden),
        });
    }

    /// How many events may be hidden at most that are not listed, and the milliseconds until all
    /// of them have returned: their answer was lost, or they could not be stored.
    pub fn unlisted(&self, millis: u64) -> Option<(u64, u64)> {
        let unlisted = self.unlisted?;
        let left = unlisted.until_millis.saturating_sub(millis);
        (left > 0).then_some((unlisted.most, left))
    }

    /// Nobody may be looking any more when pulling ends by itself.
    fn live_ended(&mut self) {
        self.live = None;
        self.lock();
    }

    /// From here on the id has to be typed again, and what was ordered is not sent any more.
    pub(super) fn lock(&mut self) {
        self.confirm_on = false;
        self.permit.take_back();
        self.typed_id.clear();
    }

    /// Tasks whose last delivery is one of these.
    pub fn tasks_of<'a>(&'a self, ids: &'a [i64]) -> impl Iterator<Item = &'a str> {
        let named = self.last_of.iter().filter(|(_, id)| ids.contains(id));
        named.map(|(task, _)| task.as_str())
    }

    /// A pull has come to its end.
    fn pulled(&mut self) {
        self.pulling_since = None;
        self.not_kept = 0;
        self.empty = None;
        self.fault = None;
        self.retry = None;
    }

    fn borrow(&mut self, batch: BorrowedBatch, now_unix: i64, millis: u64) {
        self.pulled();
        self.archive_fault = None;
        let at = self.batches.len();
        let named = batch
            .events
            .iter()
            .filter(|event| !event.task_id.is_empty());
        self.last_of
            .extend(named.map(|event| (event.task_id.clone(), event.archive_id)));
        self.batch_of
            .extend(batch.events.iter().map(|event| (event.archive_id, at)));
        self.batches.push(Batch {
            number: batch.batch,
            request_id: batch.request_id,
            pulled_unix: batch.pulled_unix_ms.div_euclid(1_000),
            pulled_millis: millis.saturating_sub(late(batch.pulled_unix_ms, now_unix)),
            events: batch
                .events
                .iter()
                .map(|event| (event.archive_id, BatchState::Held))
                .collect(),
        });
    }

    fn told(&mut self, confirmed: Confirmed) {
        match confirmed {
            Confirmed::Deleted { archive_ids, .. } => {
                self.set(&archive_ids, &BatchState::Confirmed);
            }
            Confirmed::Returning { archive_ids, why } => {
                self.set(&archive_ids, &BatchState::NotConfirmed(why.clone()));
                self.come_back(archive_ids, why);
            }
        }
    }

    /// They are told one by one, and shown together where the reason is the same.
    fn come_back(&mut self, archive_ids: Vec<i64>, why: ConfirmFault) {
        let same = self.confirm_faults.iter_mut().find(|(_, of)| *of == why);
        match same {
            Some((ids, _)) => ids.extend(archive_ids),
            None => self.confirm_faults.push((archive_ids, why)),
        }
    }
}

/// How long ago an answer came, in milliseconds, when the window was away and takes it in only
/// now. The clocks tell whole seconds, so that one is no delay.
fn late(pulled_unix_ms: i64, now_unix: i64) -> u64 {
    let secs = now_unix - pulled_unix_ms.div_euclid(1_000);
    if secs < 2 {
        return 0;
    }
    u64::try_from(secs).unwrap_or(0).saturating_mul(1_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Borrowed, NetworkFault};

    pub(super) const NOW: i64 = 1_795_240_683;

    pub(super) fn queue() -> Queue {
        let profile = Profile {
            sub_app_id: Some(7),
            ..Profile::default()
        };
        Queue::new(SourceId(0), profile, NOW, 1_000)
    }

    pub(super) fn batch(number: u64, ids: &[i64]) -> LiveNews {
        let pulled_unix_ms = NOW * 1_000;
        LiveNews::Borrowed(BorrowedBatch {
            batch: number,
            request_id: "r".to_owned(),
            pulled_unix_ms,
            events: ids
                .iter()
                .map(|id| Borrowed {
                    archive_id: *id,
                    task_id: String::new(),
                    pulled_unix_ms,
                    batch: number,
                })
                .collect(),
        })
    }

    #[test]
    fn a_ring_runs_out_after_thirty_seconds() {
        let mut queue = queue();
        queue.take(batch(1, &[5]), NOW, 10_000);
        let hidden = |left_millis, soon| Some(Ring::Hidden { left_millis, soon });
        assert_eq!(queue.ring(5, 10_000), hidden(30_000, false));
        assert_eq!(queue.ring(5, 36_000), hidden(4_000, true));
        assert_eq!(queue.ring(5, 40_000), Some(Ring::Returned));
        assert_eq!(queue.ring(6, 10_000), None);
        assert_eq!((queue.hidden(39_999), queue.hidden(40_000)), (1, 0));
    }

    #[test]
    fn an_answer_taken_in_late_has_less_time_left() {
        let mut queue = queue();
        queue.take(batch(1, &[5]), NOW + 20, 60_000);
        assert_eq!(queue.batches[0].left_millis(60_000), 10_000);
    }

    #[test]
    fn nothing_is_confirmable_after_twenty_eight_seconds() {
        let mut queue = queue();
        queue.take(batch(1, &[5, 6]), NOW, 0);
        assert_eq!(queue.confirmable(1, 27_999), [5, 6]);
        assert_eq!(queue.confirmable(1, 28_000), [0_i64; 0]);
    }

    #[test]
    fn what_is_confirmed_never_returns() {
        let mut queue = queue();
        queue.take(batch(1, &[5, 6]), NOW, 0);
        let deleted = Confirmed::Deleted {
            archive_ids: vec![5],
            request_id: "r".to_owned(),
        };
        queue.take(LiveNews::Confirmed(deleted), NOW, 0);
        assert_eq!(queue.ring(5, 40_000), Some(Ring::Confirmed));
        assert_eq!((queue.confirmed(), queue.returned(40_000)), (1, 1));
    }

    #[test]
    fn what_ends_by_itself_locks_confirming() {
        for news in [LiveNews::LimitReached, LiveNews::LiveStopped] {
            let mut queue = queue();
            queue.confirm_on = true;
            queue.take(news, NOW, 0);
            assert!(!queue.confirm_on);
        }
        let mut queue = queue();
        (queue.confirm_on, queue.typed_id) = (true, "7".to_owned());
        queue.ended();
        assert_eq!((queue.confirm_on, queue.typed_id.as_str()), (false, ""));
    }

    #[test]
    fn what_a_lost_answer_may_have_hidden_is_counted_until_it_has_returned() {
        let mut queue = queue();
        let failed = |kind| LiveNews::Failed {
            action: "PullEvents",
            fault: CallFault::Network {
                kind,
                why: String::new(),
            },
        };
        queue.take(failed(NetworkFault::Connect), NOW, 1_000);
        assert_eq!(queue.unlisted(1_000), None);
        queue.take(failed(NetworkFault::Timeout), NOW, 1_000);
        assert_eq!(queue.unlisted(11_000), Some((16, 20_000)));
        let not_kept = LiveNews::NotKept {
            task_ids: Vec::new(),
            events: 3,
            why: ArchiveFault::Busy,
        };
        queue.take(not_kept, NOW, 11_000);
        assert_eq!(queue.unlisted(40_999), Some((19, 1)));
        assert_eq!(queue.unlisted(41_000), None);
    }

    #[test]
    fn what_a_stopped_pull_brings_is_waited_for() {
        let mut queue = queue();
        queue.stop();
        assert!(queue.is_ending());
        queue.take(batch(1, &[5]), NOW, 1_000);
        assert_eq!((queue.is_ending(), queue.hidden(1_000)), (false, 1));
        let mut queue = self::queue();
        queue.stop();
        queue.ended();
        assert!(!queue.is_ending());
    }
}
