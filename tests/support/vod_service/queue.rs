//! The event queue of an application: events are borrowed for a while, and gone once confirmed.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::answer::Refusal;
use super::parameters::invalid;
use super::rng::Rng;
use super::sign::sha256_hex;

/// Most events in one answer, and most handles in one confirmation.
pub(super) const BATCH: usize = 16;
const HANDLE_HEAD: &str = r#"{"EventHandle":""#;

/// Names an event by its bytes, with or without the handle that a pull put in front.
pub(crate) fn event_key(event: &[u8]) -> String {
    let text = String::from_utf8_lossy(event);
    let mut key = sha256_hex(without_handle(text.trim()).as_bytes());
    key.truncate(24);
    key
}

/// The event as it was before a handle was put at its head.
pub(crate) fn without_handle(event: &str) -> String {
    let rest = event.strip_prefix(HANDLE_HEAD);
    match rest.and_then(|rest| rest.split_once("\",")) {
        Some((_, rest)) => format!("{{{rest}"),
        None => event.to_owned(),
    }
}

fn with_handle(event: &str, handle: &str) -> String {
    let rest = event.strip_prefix('{').unwrap_or(event);
    format!("{HANDLE_HEAD}{handle}\",{rest}")
}

struct Event {
    key: String,
    text: String,
}

/// A handle given out: which event, and until when it can be confirmed.
struct Handle {
    event: u64,
    until: Instant,
}

/// How a pull treats what it finds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Borrowing {
    pub(super) hidden_for: Duration,
    /// Each event twice, under two handles.
    pub(super) doubled: bool,
    /// Events stay visible to the next pull.
    pub(super) visible: bool,
}

#[derive(Default)]
pub(super) struct Queue {
    /// What has not been confirmed, in order of arrival.
    events: BTreeMap<u64, Event>,
    /// Until when an event is hidden.
    hidden: BTreeMap<u64, Instant>,
    handles: BTreeMap<String, Handle>,
    confirmed: Vec<String>,
    arrived: u64,
}

impl Queue {
    pub(super) fn push(&mut self, event: &str) {
        let text = without_handle(event.trim());
        let key = event_key(text.as_bytes());
        self.events.insert(self.arrived, Event { key, text });
        self.arrived += 1;
    }

    /// Lets events whose time has passed be seen again.
    pub(super) fn refresh(&mut self, now: Instant) {
        self.hidden.retain(|_, until| *until > now);
    }

    /// Up to sixteen events, as JSON with their handles.
    pub(super) fn pull(&mut self, now: Instant, how: Borrowing, rng: &mut Rng) -> Vec<String> {
        let limit = if how.doubled { BATCH / 2 } else { BATCH };
        let visible = self
            .events
            .keys()
            .filter(|id| !self.hidden.contains_key(id));
        let ids: Vec<u64> = visible.take(limit).copied().collect();
        let until = now + how.hidden_for;
        let mut pulled = Vec::new();
        for id in ids {
            for _ in 0..if how.doubled { 2 } else { 1 } {
                pulled.extend(self.give_handle(id, until, rng));
            }
            if !how.visible {
                self.hidden.insert(id, until);
            }
        }
        pulled
    }

    fn give_handle(&mut self, event: u64, until: Instant, rng: &mut Rng) -> Option<String> {
        let mut handle = String::new();
        rng.hex(48, &mut handle);
        let text = with_handle(&self.events.get(&event)?.text, &handle);
        self.handles.insert(handle, Handle { event, until });
        Some(text)
    }

    /// Deletes the events of all handles, or of none when one of them is not good any more.
    pub(super) fn confirm(&mut self, handles: &[&str], now: Instant) -> Result<(), Refusal> {
        let mut events = Vec::new();
        for handle in handles {
            let known = self.handles.get(*handle);
            let known = known.filter(|known| self.events.contains_key(&known.event));
            let known = known.ok_or_else(|| invalid("EventHandles", "a handle is not known"))?;
            if known.until <= now {
                return Err(invalid("EventHandles", "a handle has expired"));
            }
            events.push(known.event);
        }
        for event in events {
            self.hidden.remove(&event);
            let gone = self.events.remove(&event);
            self.confirmed.extend(gone.map(|event| event.key));
        }
        Ok(())
    }

    /// When the next hidden event comes back.
    pub(super) fn next_return(&self) -> Option<Instant> {
        self.hidden.values().min().copied()
    }

    pub(super) fn visible_count(&self) -> usize {
        self.events.len() - self.hidden.len()
    }

    pub(super) fn hidden_count(&self) -> usize {
        self.hidden.len()
    }

    /// The keys of all that has not been confirmed.
    pub(super) fn remaining(&self) -> impl Iterator<Item = String> + '_ {
        self.events.values().map(|event| event.key.clone())
    }

    /// The keys of what was confirmed, in order.
    pub(super) fn confirmed(&self) -> &[String] {
        &self.confirmed
    }
}
