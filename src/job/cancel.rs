//! Asking a job to stop.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// A flag shared between a job and its owner; once set it stays set.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<State>);

#[derive(Debug, Default)]
struct State {
    cancelled: AtomicBool,
    sleepers: Mutex<()>,
    woken: Condvar,
}

impl Cancel {
    /// Asks the job to stop and ends its naps.
    pub fn cancel(&self) {
        let _guard = self
            .0
            .sleepers
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        self.0.cancelled.store(true, Ordering::Release);
        self.0.woken.notify_all();
    }

    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Acquire)
    }

    /// Waits for `nap`, or less when cancelled; says whether the job may go on.
    pub fn sleep(&self, nap: Duration) -> bool {
        let guard = self
            .0
            .sleepers
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let slept = self
            .0
            .woken
            .wait_timeout_while(guard, nap, |()| !self.is_cancelled());
        drop(slept);
        !self.is_cancelled()
    }
}
