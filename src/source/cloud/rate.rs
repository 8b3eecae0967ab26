//! A limit on requests a second, shared by the threads of a pull.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::job::Cancel;

/// Spaces requests evenly. Clones share one limit.
#[derive(Clone, Debug)]
pub struct Rate(Arc<Mutex<Pace>>);

#[derive(Debug)]
struct Pace {
    apart: Duration,
    /// When the next request may go.
    next: Instant,
}

impl Rate {
    /// A limit of so many requests a second; none is taken for one.
    pub fn new(per_second: u32) -> Self {
        Self(Arc::new(Mutex::new(Pace {
            apart: apart(per_second),
            next: Instant::now(),
        })))
    }

    /// Changes the limit for the requests to come.
    pub fn set(&self, per_second: u32) {
        self.lock().apart = apart(per_second);
    }

    /// Waits for this request's turn; says whether it may go, and not that all was cancelled.
    pub fn wait(&self, cancel: &Cancel) -> bool {
        let nap = self.turn(Instant::now());
        if nap.is_zero() {
            return !cancel.is_cancelled();
        }
        cancel.sleep(nap)
    }

    /// Takes the next turn; how far it is away.
    fn turn(&self, now: Instant) -> Duration {
        let mut pace = self.lock();
        let turn = pace.next.max(now);
        pace.next = turn + pace.apart;
        turn - now
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Pace> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn apart(per_second: u32) -> Duration {
    Duration::from_secs(1) / per_second.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_spaced_evenly_over_all_clones() {
        let rate = Rate::new(20);
        let other = rate.clone();
        let now = Instant::now();
        let naps = [rate.turn(now), other.turn(now), rate.turn(now)];
        assert_eq!(naps.map(|nap| nap.as_millis()), [0, 50, 100]);
    }

    #[test]
    fn idle_time_is_not_saved_up() {
        let rate = Rate::new(10);
        let later = Instant::now() + Duration::from_mins(1);
        assert_eq!(rate.turn(later), Duration::ZERO);
        assert_eq!(rate.turn(later), Duration::from_millis(100));
    }

    #[test]
    fn a_changed_limit_holds_from_the_next_request() {
        let rate = Rate::new(1);
        let now = Instant::now();
        rate.set(100);
        assert_eq!(rate.turn(now), Duration::ZERO);
        assert_eq!(rate.turn(now), Duration::from_millis(10));
    }

    #[test]
    fn cancelling_ends_the_wait() {
        let rate = Rate::new(1);
        let cancel = Cancel::default();
        assert!(rate.wait(&cancel));
        cancel.cancel();
        assert!(!rate.wait(&cancel));
    }
}
