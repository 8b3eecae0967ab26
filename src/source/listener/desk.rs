//! Where the server and the writer leave what the owner is to be told, without ever waiting.
//!
//! An owner that is busy must not delay an answer, nor make this grow. So the bytes of stored
//! callbacks lie here only up to a limit; beyond it their numbers are kept, as runs, and they are
//! read again from the archive when their turn comes. Refusals are counted, and the first ones
//! listed.

use std::collections::VecDeque;
use std::mem::{discriminant, take};
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::model::{ArchiveFault, Refusal};

/// Bytes of callbacks that lie ready.
const READY_BYTES: usize = 16 << 20;
/// Refused requests that are listed one by one between two tellings, and altogether.
const LISTED_AT_ONCE: usize = 64;
const LISTED: usize = 1_000;

#[derive(Debug, Default)]
pub(super) struct Desk(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    news: News,
    ready_bytes: usize,
    listed: usize,
    /// What was last told of the archive; nothing while it works.
    fault: Option<ArchiveFault>,
}

/// What happened since the desk was last cleared.
#[derive(Debug, Default)]
pub(super) struct News {
    /// Stored and answered, in the order of their numbers.
    pub(super) stored: Vec<Arrival>,
    /// Stored after those; their bytes are in the archive only.
    pub(super) later: VecDeque<RangeInclusive<i64>>,
    pub(super) received: Option<(SocketAddr, u64)>,
    /// One entry for each kind of reason.
    pub(super) refused: Vec<(SocketAddr, Refusal, u64)>,
    /// Some of the refused, with how they begin.
    pub(super) listed: Vec<(SocketAddr, Refusal, String)>,
    pub(super) fault: Option<ArchiveFault>,
}

/// A callback that was stored.
#[derive(Debug)]
pub(super) struct Arrival {
    pub(super) delivery: i64,
    pub(super) bytes: Vec<u8>,
}

impl Desk {
    /// A callback is durable, and came from there.
    pub(super) fn store(&self, arrival: Arrival, from: SocketAddr) {
        let mut inner = self.lock();
        inner.fault = None;
        let count = inner.news.received.map_or(0, |(_, count)| count);
        inner.news.received = Some((from, count + 1));
        let len = arrival.bytes.len();
        // Once one has been put off, those after it wait behind it.
        let fits = inner.news.later.is_empty() && inner.ready_bytes + len <= READY_BYTES;
        if fits || inner.news.stored.is_empty() && inner.news.later.is_empty() {
            inner.ready_bytes += len;
            inner.news.stored.push(arrival);
        } else {
            put_off(&mut inner.news.later, arrival.delivery);
        }
    }

    /// A request was refused; `excerpt` says how its body begins.
    pub(super) fn refuse(&self, from: SocketAddr, why: Refusal, excerpt: impl FnOnce() -> String) {
        let mut inner = self.lock();
        if inner.listed < LISTED && inner.news.listed.len() < LISTED_AT_ONCE {
            inner.listed += 1;
            inner.news.listed.push((from, why.clone(), excerpt()));
        }
        let refused = &mut inner.news.refused;
        let kind = discriminant(&why);
        let known = refused
            .iter_mut()
            .find(|(_, why, _)| discriminant(why) == kind);
        match known {
            Some(known) => *known = (from, why, known.2 + 1),
            None => refused.push((from, why, 1)),
        }
    }

    /// Nothing can be stored; said once until something can, or another reason shows.
    pub(super) fn archive_failed(&self, fault: ArchiveFault) {
        let mut inner = self.lock();
        if inner.fault.as_ref() != Some(&fault) {
            inner.fault = Some(fault.clone());
            inner.news.fault = Some(fault);
        }
    }

    /// Everything since the last time.
    pub(super) fn take(&self) -> News {
        let mut inner = self.lock();
        inner.ready_bytes = 0;
        take(&mut inner.news)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Numbers come one after another unless something else is stored between them.
fn put_off(runs: &mut VecDeque<RangeInclusive<i64>>, delivery: i64) {
    if let Some(last) = runs.back_mut()
        && last.end().checked_add(1) == Some(delivery)
    {
        *last = *last.start()..=delivery;
    } else {
        runs.push_back(delivery..=delivery);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FROM: SocketAddr = super::super::DEFAULT_ADDR;

    fn arrival(delivery: i64, len: usize) -> Arrival {
        Arrival {
            delivery,
            bytes: vec![b' '; len],
        }
    }

    #[test]
    fn what_does_not_fit_is_left_in_the_archive_in_order() {
        let desk = Desk::default();
        desk.store(arrival(1, READY_BYTES), FROM);
        for delivery in [2, 3, 5, 6] {
            desk.store(arrival(delivery, 1), FROM);
        }
        let news = desk.take();
        let ready: Vec<i64> = news.stored.iter().map(|one| one.delivery).collect();
        assert_eq!(ready, [1]);
        assert_eq!(news.later, [2..=3, 5..=6]);
        assert_eq!(news.received, Some((FROM, 5)));
        desk.store(arrival(7, 1), FROM);
        assert_eq!(desk.take().stored.len(), 1);
    }

    #[test]
    fn a_flood_of_bad_requests_is_counted_and_its_beginning_listed() {
        let desk = Desk::default();
        let mut listed = 0;
        for round in 0..100 {
            for secs in 0..10_000 {
                desk.refuse(FROM, Refusal::Expired { secs }, String::new);
            }
            desk.refuse(FROM, Refusal::TooLarge, String::new);
            let news = desk.take();
            let expired = (FROM, Refusal::Expired { secs: 9_999 }, 10_000);
            assert_eq!(
                news.refused,
                [expired, (FROM, Refusal::TooLarge, 1)],
                "{round}"
            );
            listed += news.listed.len();
        }
        assert_eq!(listed, LISTED);
    }

    #[test]
    fn a_failing_archive_is_told_once_until_it_works() {
        let desk = Desk::default();
        let mut told = Vec::new();
        for _ in 0..3 {
            desk.archive_failed(ArchiveFault::DiskFull);
            told.extend(desk.take().fault);
        }
        desk.archive_failed(ArchiveFault::Busy);
        told.extend(desk.take().fault);
        desk.store(arrival(1, 1), FROM);
        desk.archive_failed(ArchiveFault::Busy);
        told.extend(desk.take().fault);
        let expected = [
            ArchiveFault::DiskFull,
            ArchiveFault::Busy,
            ArchiveFault::Busy,
        ];
        assert_eq!(told, expected);
    }
}
