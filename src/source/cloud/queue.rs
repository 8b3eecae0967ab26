//! Borrows from the event queue: one PullEvents for each order, nothing by itself unless told to
//! go on, and nothing is confirmed that was not ordered, stored, and young enough.
//!
//! What is pulled is hidden from its consumer for 30 s and comes back by itself.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::archive::{Kind, Stored};
use crate::job::{Cancel, Job, Ordered, Outbox, Received, Wake, spawn};
use crate::model::{
    ArchiveFault, Borrowed, BorrowedBatch, CONFIRM_UNTIL, CallFault, ForeignKind, LiveCommand,
    LiveLimit, LiveNews, LiveSpec, Profile, SourceEvent, now_unix, now_unix_ms,
};
use crate::source::live::Around;

use super::action::Action;
use super::answer::{Answer, PulledEvent};
use super::calls::Pulled;
use super::client::Client;
use super::keeper::{Keeper, Piece, Stop, Teller};
use super::retry::is_passing;
use asides::Asides;

mod asides;
mod confirming;

/// How long the job waits for orders before it looks whether it was cancelled.
const NAP: Duration = Duration::from_millis(50);
/// A live queue that finds nothing, or fails, waits this long before it pulls again. The service
/// itself waits up to 5 s for events.
const LIVE_PAUSE: Duration = Duration::from_millis(500);
const LIVE_PAUSE_AFTER_FAULT: Duration = Duration::from_secs(5);

/// How long it is known that an event was borrowed, and so is too old to be confirmed.
const REMEMBERED: Duration = Duration::from_mins(10);

/// How long one attempt to store waits for another program that writes; there are more for as
/// long as the events are hidden.
const STORING: Duration = Duration::from_secs(1);

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
    asides: Asides,
}

impl<'a> Borrowing<'a> {
    fn new(profile: &Profile, around: &Around, teller: &'a Teller<'a>) -> Result<Self, Stop> {
        let (keeper, client) = Keeper::with_client(teller, profile, around, Action::PullEvents)?;
        let patience = keeper.set_patience(STORING);
        patience.map_err(|why| teller.archive_failed(why))?;
        // What could not be kept must not be hidden from its consumer.
        let room = keeper.archive().check_room();
        room.map_err(|why| teller.archive_failed(why))?;
        Ok(Self {
            asides: Asides::new(client.clone()),
            keeper,
            client,
            teller,
            held: BTreeMap::new(),
            batches: 0,
            live: None,
        })
    }

    fn run(&mut self, ordered: &Ordered<LiveCommand>, cancel: &Cancel) -> Result<(), Stop> {
        // Beside the pull: it does not wait for them, nor does confirming what it brings.
        self.asides.ask_all();
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
            for news in self.asides.answered() {
                self.teller.news(news)?;
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
            LiveCommand::Confirm(ids, permit) => self.confirm(&ids, (&permit, cancel)),
            LiveCommand::Backlog => {
                self.asides.ask_backlog();
                Ok(())
            }
            // Of a pull of tasks.
            LiveCommand::Pause | LiveCommand::Resume => Ok(()),
        }
    }

    /// One PullEvents, never tried again by itself: a call without an answer may have hidden
    /// events. How many came; `None` when it failed.
    fn pull(&mut self, cancel: &Cancel) -> Result<Option<usize>, Stop> {
        self.forget_returned();
        if cancel.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        let unix = now_unix();
        self.teller.news(LiveNews::Requested { unix })?;
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
            Ok(Pulled::Events(answer)) => self.take(&answer, since, cancel),
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

    /// Stores what came, then tells it; from then on it can be confirmed. How many came; `None`
    /// when they could not be kept.
    fn take(
        &mut self,
        answer: &Answer,
        since: Sent,
        cancel: &Cancel,
    ) -> Result<Option<usize>, Stop> {
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
        let stored = match self.store(&pieces, stamp, since, cancel) {
            Ok(stored) => stored,
            Err(why) => return self.not_kept(&events, why).map(|()| None),
        };
        let records = stored.iter().zip(&pieces);
        let records = records.map(|(stored, piece)| (stored.delivery, piece.bytes));
        self.keeper
            .tell(self.teller, &records.collect::<Vec<_>>())?;
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
        Ok(Some(events.len()))
    }

    /// Stores what came, waiting for another program that writes for as long as it is hidden.
    fn store(
        &mut self,
        pieces: &[Piece<'_>],
        stamp: (&str, i64),
        since: Sent,
        cancel: &Cancel,
    ) -> Result<Vec<Stored>, ArchiveFault> {
        loop {
            let stored = self.keeper.store(pieces, stamp);
            let is_busy = stored == Err(ArchiveFault::Busy);
            if !is_busy || since.left().is_zero() || cancel.is_cancelled() {
                return stored;
            }
        }
    }

    /// What came is lost from sight until it is pulled again; only a busy archive is no reason to
    /// end.
    fn not_kept(&self, events: &[PulledEvent<'_>], why: ArchiveFault) -> Result<(), Stop> {
        let named = events.iter().map(|event| event.task_id);
        let named = named.filter(|task_id| !task_id.is_empty());
        self.teller.news(LiveNews::NotKept {
            task_ids: named.map(str::to_owned).collect(),
            events: events.len() as u64,
            why: why.clone(),
        })?;
        match why {
            ArchiveFault::Busy => Ok(()),
            why => Err(self.teller.archive_failed(why)),
        }
    }

    fn forget_returned(&mut self) {
        self.held.retain(|_, held| held.since.age() < REMEMBERED);
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
