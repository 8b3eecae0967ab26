//! Orders to a job that runs: given without waiting, taken when the job gets round to them.

use std::sync::mpsc::{
    Receiver, RecvTimeoutError, SyncSender, TryRecvError, TrySendError, sync_channel,
};
use std::time::Duration;

use super::{Gone, Received};

/// Orders that may wait for the job.
const DEPTH: usize = 256;

/// Where a job's owner gives orders; clones give to the same job.
#[derive(Debug)]
pub struct Orders<T>(SyncSender<T>);

/// Where the job takes them.
#[derive(Debug)]
pub struct Ordered<T>(Receiver<T>);

/// A line of orders to one job.
pub fn orders<T>() -> (Orders<T>, Ordered<T>) {
    let (sender, receiver) = sync_channel(DEPTH);
    (Orders(sender), Ordered(receiver))
}

impl<T> Orders<T> {
    /// Gives an order; fails when the job has ended, or takes none for so long that the line is
    /// full.
    pub fn give(&self, order: T) -> Result<(), Gone> {
        match self.0.try_send(order) {
            Ok(()) => Ok(()),
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => Err(Gone),
        }
    }
}

impl<T> Clone for Orders<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Ordered<T> {
    /// The next order, waiting no longer than `patience`; `Ended` when nobody can give any.
    pub fn take(&self, patience: Duration) -> Received<T> {
        match self.0.recv_timeout(patience) {
            Ok(order) => Received::Item(order),
            Err(RecvTimeoutError::Timeout) => Received::Waiting,
            Err(RecvTimeoutError::Disconnected) => Received::Ended,
        }
    }

    /// The next order that lies ready. Never waits.
    pub fn try_take(&self) -> Received<T> {
        match self.0.try_recv() {
            Ok(order) => Received::Item(order),
            Err(TryRecvError::Empty) => Received::Waiting,
            Err(TryRecvError::Disconnected) => Received::Ended,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_taken_as_they_were_given() {
        let (orders, ordered) = orders();
        orders.give(1).unwrap();
        let same_job = orders.clone();
        same_job.give(2).unwrap();
        assert_eq!(ordered.try_take(), Received::Item(1));
        assert_eq!(ordered.take(Duration::ZERO), Received::Item(2));
        assert_eq!(ordered.try_take(), Received::Waiting);
        drop((orders, same_job));
        assert_eq!(ordered.try_take(), Received::Ended);
    }

    #[test]
    fn a_job_that_takes_nothing_is_not_waited_for() {
        let (orders, _ordered) = orders();
        let given = (0..10_000).take_while(|n| orders.give(*n).is_ok());
        assert_eq!(given.count(), DEPTH);
    }
}
