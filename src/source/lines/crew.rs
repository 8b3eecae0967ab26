//! Workers that read and decode blocks. Each takes the next block as soon as it is free, so a slow
//! one holds nobody up; the blocks are handed over in order all the same.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};

use super::{Read, Span};
use crate::job::{Job, JobEnd, feed};
use crate::source::block::Block;
use crate::source::emitter::Stop;
use crate::source::pread::Room;
use crate::source::stream::{PATIENCE, ended};

const WORKERS: usize = 2;
/// Blocks that may be begun or lie ready, the one that is waited for included.
const AHEAD: usize = 6;

pub(super) struct Crew {
    workers: Vec<Job<()>>,
    orders: SyncSender<u64>,
    done: Receiver<(u64, Read)>,
    /// Blocks that were done before their turn.
    early: BTreeMap<u64, Read>,
    /// The first block that nobody was told to read.
    next: u64,
    count: u64,
}

impl Crew {
    /// Workers for the first `count` blocks of the span.
    pub(super) fn start(span: &Span, count: u64) -> Self {
        let (orders, taken) = sync_channel(AHEAD);
        // No block waits for room here: there are never more of them than orders.
        let (sender, done) = sync_channel(AHEAD);
        let taken = Arc::new(Mutex::new(taken));
        let workers = (0..WORKERS).map(|_| {
            let worker = Worker {
                span: span.clone(),
                orders: Arc::clone(&taken),
                done: sender.clone(),
            };
            feed("source-block", 1, move |_, _| worker.run())
        });
        Self {
            workers: workers.collect(),
            orders,
            done,
            early: BTreeMap::new(),
            next: 0,
            count,
        }
    }

    /// Waits for a block. They must be asked for in order.
    pub(super) fn block(&mut self, index: u64) -> Result<Block, Stop> {
        self.order_up_to(index + AHEAD as u64);
        loop {
            if let Some(block) = self.early.remove(&index) {
                return block.map_err(Stop::Failed);
            }
            match self.done.recv_timeout(PATIENCE) {
                Ok((index, block)) => _ = self.early.insert(index, block),
                Err(RecvTimeoutError::Timeout) => self.check_workers()?,
                Err(RecvTimeoutError::Disconnected) => return Err(self.end()),
            }
        }
    }

    fn order_up_to(&mut self, end: u64) {
        let end = end.min(self.count);
        // Workers that are gone are found out when their block is waited for.
        while self.next < end && self.orders.try_send(self.next).is_ok() {
            self.next += 1;
        }
    }

    /// Fails when a worker fell over: its block would never come.
    fn check_workers(&self) -> Result<(), Stop> {
        let fell_over = |worker: &&Job<()>| matches!(worker.end(), Some(JobEnd::Failed(_)));
        match self.workers.iter().find(fell_over) {
            Some(worker) => Err(ended(worker)),
            None => Ok(()),
        }
    }

    /// Why all workers have stopped.
    fn end(&self) -> Stop {
        for worker in &self.workers {
            // Ends with the thread, which has said by then how it ended.
            let _nothing = worker.recv();
        }
        self.check_workers().err().unwrap_or(Stop::Cancelled)
    }
}

struct Worker {
    span: Span,
    orders: Arc<Mutex<Receiver<u64>>>,
    done: SyncSender<(u64, Read)>,
}

impl Worker {
    fn run(&self) {
        let mut room = Room::default();
        while let Some(index) = self.order() {
            let block = self.span.block(index, &mut room);
            if self.span.cancel.is_cancelled() || self.done.send((index, block)).is_err() {
                return;
            }
        }
    }

    /// The next block to read; `None` when no more are wanted.
    fn order(&self) -> Option<u64> {
        self.orders.lock().ok()?.recv().ok()
    }
}
