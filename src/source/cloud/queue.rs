//! Borrows from the event queue: one PullEvents for each order, nothing by itself unless told to
//! go on, and nothing is confirmed that was not ordered, stored, and young enough.
//!
//! What is pulled is hidden from its consumer for 30 s and comes back by itself.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::archive::Kind;
use crate::job::{Cancel, Job, Ordered, Outbox, Received, Wake, spawn};
use crate::model::{
    BATCH_LIMIT, Borrowed, BorrowedBatch, CONFIRM_UNTIL, CallFault, ConfirmFault, Confirmed,
    ForeignKind, LiveCommand, LiveLimit, LiveNews, LiveSpec, Profile, Retry, SourceEvent,
    now_unix_ms,
};
use crate::source::live::Around;

use super::action::Action;
use super::answer::Answer;
use super::calls::Pulled;
use super::client::Client;
use super::keeper::{Keeper, Piece, Stop, Teller};
use super::retry::{Patience, is_passing};

/// How long the job waits for orders before it looks whether it was cancelled.
const NAP: Duration = Duration::from_millis(50);
/// A live queue that finds nothing, or fails, waits this long before it pulls again. The service
/// itself waits up to 5 s for events.
const LIVE_PAUSE: Duration = Duration::from_millis(500);
const LIVE_PAUSE_AFTER_FAULT: Duration = Duration::from_secs(5);

/// How long it is known that an event was borrowed, and so is too old to be confirmed.
const REMEMBERED: Duration = Duration::from_mins(10);

/// Borrows once, and then as ordered, until cancelled.
pub(in crate::source) fn borrow(
    profile: Profile,
    around: &Around,
    ordered: Ordered<LiveCommand>,
    wake: Wake,
) -> Job<SourceEvent> {
    let around = around.clone();
    spawn("borrow-queue", wake, move |outbox, cancel| {
        run(&profile, &around, &ordered, (&outbox, &cancel));
    })
}

fn run(
    profile: &Profile,
    around: &Around,
    ordered: &Ordered<LiveCommand>,
    (outbox, cancel): (&Outbox<SourceEvent>, &Cancel),
) {
    let spec = LiveSpec::Queue {
        profile: profile.clone(),
    };
    let places = (&around.catalog, around.archive.as_path());
    let Ok(teller) = Teller::open(outbox, places, (&profile.name, spec)) else {
        return;
    };
    let result = Borrowing::new(profile, around, &teller)
        .and_then(|mut borrowing| borrowing.run(ordered, cancel));
    teller.end(&result);
}

/// An event that could be confirmed.
struct Held {
    handle: String,
    /// When the pull that brought it was sent: the event was hidden no sooner.
    since: Sent,
}

/// The moment a pull was sent, on both clocks: a machine that slept counts its sleep on one only.
#[derive(Clone, Copy)]
struct Sent {
    at: Instant,
    unix_ms: i64,
}

impl Sent {
    fn now() -> Self {
        Self {
            at: Instant::now(),
            unix_ms: now_unix_ms(),
        }
    }

    fn age(self) -> Duration {
        let told = now_unix_ms().saturating_sub(self.unix_ms);
        let told = Duration::from_millis(u64::try_from(told).unwrap_or(0));
        self.at.elapsed().max(told)
    }

    /// How long it may still be confirmed.
    fn left(self) -> Duration {
        CONFIRM_UNTIL.saturating_sub(self.age())
    }
}

/// Pulling by itself.
struct Live {
    until: Instant,
    events_left: u64,
    next: Instant,
}

struct Borrowing<'a> {
    keeper: Keeper,
    client: Client,
    teller: &'a Teller<'a>,
    /// By the delivery's number in the archive.
    held: BTreeMap<i64, Held>,
    batches: u64,
    live: Option<Live>,
}

impl<'a> Borrowing<'a> {
    fn new(profile: &Profile, around: &Around, teller: &'a Teller<'a>) -> Result<Self, Stop> {
        let (keeper, client) = Keeper::with_client(teller, profile, around, Action::PullEvents)?;
        Ok(Self {
            keeper,
            client,
            teller,
            held: BTreeMap::new(),
            batches: 0,
            live: None,
        })
    }

    fn run(&mut self, ordered: &Ordered<LiveCommand>, cancel: &Cancel) -> Result<(), Stop> {
        // Before the pull: from then on every second counts for confirming.
        self.tell_mode(cancel)?;
        self.tell_backlog(cancel)?;
        self.pull(cancel)?;
        loop {
            if cancel.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            match ordered.take(NAP) {
                Received::Item(order) => self.obey(order, cancel)?,
                Received::Waiting => {}
                // Nobody can order anything any more, not even to stop.
                Received::Ended => return Ok(()),
            }
            self.go_on_live(cancel)?;
        }
    }

    fn obey(&mut self, order: LiveCommand, cancel: &Cancel) -> Result<(), Stop> {
        match order {
            LiveCommand::PullOnce => self.pull(cancel).map(drop),
            LiveCommand::Live(limit) => {
                self.live = limit.map(Live::new);
                Ok(())
            }
            LiveCommand::Confirm(ids) => self.confirm(&ids, cancel),
            LiveCommand::Backlog => self.tell_backlog(cancel),
            // Of a pull of tasks.
            LiveCommand::Pause | LiveCommand::Resume => Ok(()),
        }
    }

    /// Asks once whether the application queues events at all; changes nothing.
    fn tell_mode(&self, cancel: &Cancel) -> Result<(), Stop> {
        let answer = self
            .client
            .call(Action::DescribeEventConfig, json!({}), cancel);
        match answer {
            Ok(answer) => Ok(self.teller.news(LiveNews::Config(answer.event_config()))?),
            // The pull after it tells the same, and louder.
            Err(_) => Ok(()),
        }
    }

    fn tell_backlog(&self, cancel: &Cancel) -> Result<(), Stop> {
        let answer = self
            .client
            .call(Action::DescribeEventsState, json!({}), cancel);
        let backlog = match answer {
            Ok(answer) => match answer.event_count() {
                Some(count) => Ok(count),
                None => return Ok(()),
            },
            Err(CallFault::Api(error)) => Err(error),
            // An approximate number is not worth a failure.
            Err(_) => return Ok(()),
        };
        Ok(self.teller.news(LiveNews::Backlog(backlog))?)
    }

    /// One PullEvents, never tried again by itself: a call without an answer may have hidden
    /// events. How many came; `None` when it failed.
    fn pull(&mut self, cancel: &Cancel) -> Result<Option<usize>, Stop> {
        self.forget_returned();
        let since = Sent::now();
        match self.client.pull_events(cancel) {
            Ok(Pulled::Empty {
                elapsed,
                request_id,
            }) => {
                self.teller.news(LiveNews::QueueEmpty {
                    elapsed,
                    request_id,
                })?;
                Ok(Some(0))
            }
            Ok(Pulled::Events(answer)) => self.take(&answer, since).map(Some),
            Err(CallFault::Cancelled) => Err(Stop::Cancelled),
            Err(fault) => {
                // A refusal comes again however often one asks.
                if self.live.is_some() && is_refusal(&fault) {
                    self.live = None;
                    self.teller.news(LiveNews::LiveStopped)?;
                }
                self.teller.failed(Action::PullEvents.name(), fault)?;
                Ok(None)
            }
        }
    }

    /// Stores what came, then tells it; from then on it can be confirmed.
    fn take(&mut self, answer: &Answer, since: Sent) -> Result<usize, Stop> {
        let events = answer.events();
        let pieces: Vec<Piece<'_>> = events
            .iter()
            .map(|event| Piece {
                bytes: event.raw,
                kind: Kind::Pulled,
                task_id: event.task_id,
                ended: false,
            })
            .collect();
        let pulled_unix_ms = now_unix_ms();
        let stamp = (answer.request_id.as_str(), pulled_unix_ms);
        let stored = self.keeper.keep(self.teller, &pieces, stamp)?;
        self.batches += 1;
        let batch = self.batches;
        let borrowed = stored.iter().zip(&events).map(|(stored, event)| Borrowed {
            archive_id: stored.delivery,
            task_id: event.task_id.to_owned(),
            pulled_unix_ms,
            batch,
        });
        let borrowed: Vec<Borrowed> = borrowed.collect();
        for (stored, event) in stored.iter().zip(&events) {
            let handle = event.handle.to_owned();
            self.held.insert(stored.delivery, Held { handle, since });
        }
        self.teller.news(LiveNews::Borrowed(BorrowedBatch {
            batch,
            request_id: answer.request_id.clone(),
            pulled_unix_ms,
            events: borrowed,
        }))?;
        Ok(events.len())
    }

    fn forget_returned(&mut self) {
        self.held.retain(|_, held| held.since.age() < REMEMBERED);
    }

    /// Deletes events from the queue, sixteen a call.
    fn confirm(&mut self, ids: &[i64], cancel: &Cancel) -> Result<(), Stop> {
        for ids in ids.chunks(BATCH_LIMIT) {
            self.confirm_some(ids, cancel)?;
        }
        Ok(())
    }

    fn confirm_some(&mut self, ids: &[i64], cancel: &Cancel) -> Result<(), Stop> {
        let mut young = Vec::new();
        for id in ids {
            match self.objection(*id)? {
                None => young.push(*id),
                Some(why) => self.returning(vec![*id], why)?,
            }
        }
        if young.is_empty() {
            return Ok(());
        }
        match self.call_confirm(&young, cancel) {
            Ok(request_id) => {
                for id in &young {
                    self.held.remove(id);
                }
                Ok(self.teller.news(LiveNews::Confirmed(Confirmed::Deleted {
                    archive_ids: young,
                    request_id,
                }))?)
            }
            Err(fault) => self.returning(young, fault),
        }
    }

    /// Why an event must not be confirmed, if it must not. It may have been deleted from the
    /// archive since it was stored: then the queue has the only copy.
    fn objection(&self, id: i64) -> Result<Option<ConfirmFault>, Stop> {
        let Some(held) = self.held.get(&id) else {
            return Ok(Some(ConfirmFault::NotDurable));
        };
        if held.since.left().is_zero() {
            return Ok(Some(ConfirmFault::TooLate));
        }
        if held.handle.is_empty() {
            return Ok(Some(ConfirmFault::NoHandle));
        }
        match self.keeper.archive().read(id) {
            Ok(Some(_)) => Ok(None),
            Ok(None) => Ok(Some(ConfirmFault::NotDurable)),
            Err(why) => {
                self.teller.news(LiveNews::ArchiveFailed { why })?;
                Ok(Some(ConfirmFault::NotDurable))
            }
        }
    }

    fn returning(&self, archive_ids: Vec<i64>, why: ConfirmFault) -> Result<(), Stop> {
        if archive_ids.is_empty() {
            return Ok(());
        }
        let returning = Confirmed::Returning { archive_ids, why };
        Ok(self.teller.news(LiveNews::Confirmed(returning))?)
    }

    /// Tried again only for as long as the oldest of them may still be confirmed. When an answer
    /// was lost and a later attempt is refused, nobody knows which of the two counted.
    fn call_confirm(&self, ids: &[i64], cancel: &Cancel) -> Result<String, ConfirmFault> {
        let held: Vec<&Held> = ids.iter().filter_map(|id| self.held.get(id)).collect();
        let handles: Vec<&str> = held.iter().map(|held| held.handle.as_str()).collect();
        let left = || held.iter().map(|held| held.since.left()).min();
        let patience = Patience {
            until: left().map(|left| Instant::now() + left),
            ..Patience::default()
        };
        let mut lost = None;
        let report = |retry: &Retry| {
            if may_have_counted(&retry.fault) {
                lost = Some(retry.fault.clone());
            }
            // Nobody to tell: the events come back, or are gone, as the service decides.
            let _told = self.teller.news(LiveNews::Retrying(retry.clone()));
        };
        // Each attempt is over before the oldest of them is too old.
        let call = || {
            let left = left().filter(|left| !left.is_zero());
            let client = self.client.within(left.ok_or(CallFault::Cancelled)?)?;
            client.confirm_events(&handles, cancel)
        };
        let result = patience.run(Action::ConfirmEvents, cancel, report, call);
        match (result, lost) {
            (Ok(answer), _) => Ok(answer.request_id),
            (Err(_), Some(lost)) => Err(ConfirmFault::Unsure(lost)),
            (Err(CallFault::Cancelled), None) => Err(ConfirmFault::TooLate),
            (Err(fault), None) if may_have_counted(&fault) => Err(ConfirmFault::Unsure(fault)),
            (Err(fault), None) => Err(ConfirmFault::Call(fault)),
        }
    }

    /// Pulls by itself while live, up to the limit.
    fn go_on_live(&mut self, cancel: &Cancel) -> Result<(), Stop> {
        let Some(live) = &self.live else {
            return Ok(());
        };
        let now = Instant::now();
        if now >= live.until || live.events_left == 0 {
            self.live = None;
            return Ok(self.teller.news(LiveNews::LimitReached)?);
        }
        if now < live.next {
            return Ok(());
        }
        let pulled = self.pull(cancel)?;
        if let Some(live) = &mut self.live {
            let events = pulled.map_or(0, |events| u64::try_from(events).unwrap_or(u64::MAX));
            live.events_left = live.events_left.saturating_sub(events);
            live.next = Instant::now()
                + match pulled {
                    Some(0) => LIVE_PAUSE,
                    Some(_) => Duration::ZERO,
                    None => LIVE_PAUSE_AFTER_FAULT,
                };
        }
        Ok(())
    }
}

impl Live {
    fn new(limit: LiveLimit) -> Self {
        let now = Instant::now();
        Self {
            until: now + limit.time,
            events_left: limit.events,
            next: now,
        }
    }
}

/// Whether asking again would come to the same. Rubbish on the line may be gone the next time.
fn is_refusal(fault: &CallFault) -> bool {
    let is_rubbish =
        matches!(fault, CallFault::NotAnAnswer(foreign) if foreign.kind == ForeignKind::Garbage);
    !is_rubbish && !is_passing(fault)
}

/// Whether a call that failed so may have had its effect: its answer was lost on the way.
fn may_have_counted(fault: &CallFault) -> bool {
    matches!(fault, CallFault::Network { .. } | CallFault::NotAnAnswer(_)) && is_passing(fault)
}
