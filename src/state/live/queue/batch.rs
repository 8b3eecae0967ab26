//! What one PullEvents brought, and how it stands with each event of it.

use crate::model::{CONFIRM_UNTIL, ConfirmFault, HIDDEN_FOR};

/// How it stands with one event that was pulled.
#[derive(Clone, Debug, PartialEq)]
pub enum BatchState {
    /// Hidden until its time is over.
    Held,
    Confirming,
    /// Deleted from the queue for everybody.
    Confirmed,
    /// Confirming failed: its consumer will see it again.
    NotConfirmed(ConfirmFault),
}

/// What one PullEvents brought.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    pub number: u64,
    pub request_id: String,
    pub pulled_unix: i64,
    /// On the application's own clock.
    pub pulled_millis: u64,
    /// Archive ids in the answer's order.
    pub events: Vec<(i64, BatchState)>,
}

impl Batch {
    /// Milliseconds until its events are seen by their consumer again.
    pub fn left_millis(&self, millis: u64) -> u64 {
        let hidden = u64::try_from(HIDDEN_FOR.as_millis()).unwrap_or(u64::MAX);
        self.pulled_millis
            .saturating_add(hidden)
            .saturating_sub(millis)
    }

    pub fn count(&self, state: &BatchState) -> usize {
        self.events.iter().filter(|(_, of)| of == state).count()
    }

    /// Events of it that are hidden from their consumer.
    pub fn hidden(&self, millis: u64) -> usize {
        let deleted = self.count(&BatchState::Confirmed);
        if self.left_millis(millis) == 0 {
            0
        } else {
            self.events.len() - deleted
        }
    }

    pub(super) fn can_confirm(&self, millis: u64) -> bool {
        let until = u64::try_from(CONFIRM_UNTIL.as_millis()).unwrap_or(u64::MAX);
        millis.saturating_sub(self.pulled_millis) < until
    }
}

/// What is drawn beside a borrowed event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ring {
    Hidden {
        left_millis: u64,
        /// Fewer than five seconds are left.
        soon: bool,
    },
    Confirming,
    Confirmed,
    Returned,
}
