//! Fetching and decoding on threads of their own: the wish list goes in, pictures come out.

use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::board::{Board, Chore, Note, Task};
use super::cache::Cache;
use super::decode::Limits;
use super::doors::Doors;
use super::fetch::Ways;
use super::policy::Policy;
use super::worker::Worker;
use crate::job::{Gone, Job, Outbox, Wake, spawn};
use crate::model::{PictureKey, PictureNews, PictureRequest};

/// Downloads at once.
const WORKERS: usize = 6;

/// Pictures that are decoded at once, or are and wait for room: pixels take more memory than files.
const DECODING: usize = 3;

/// News that may wait before words about progress are left out.
const WAITING_NOTES: usize = 12;

/// Leave to hold the pixels of one picture; given back when it is dropped.
pub(super) struct Permit<'a>(&'a Shared);

/// The desk has closed.
#[derive(Debug)]
pub(super) struct Closed;

/// What a desk works with.
#[derive(Clone, Default)]
pub struct DeskSetup {
    pub policy: Policy,
    /// Where pictures are kept; a folder for nothing else. Nothing is kept when `None`.
    pub cache: Option<PathBuf>,
    pub ways: Ways,
    pub limits: Limits,
}

/// Fetches what is wanted, newest wishes first. Dropping it stops everything.
#[derive(Debug)]
pub struct Desk {
    shared: Arc<Shared>,
    jobs: Vec<Job<Note>>,
    next: usize,
}

/// What the threads and the owner share.
pub(super) struct Shared {
    board: Mutex<Board>,
    changed: Condvar,
    pub(super) cache: Option<Arc<Cache>>,
    pub(super) doors: Doors,
    pub(super) ways: Ways,
}

impl Desk {
    /// A desk that asks nobody until something is wanted.
    pub fn start(wake: &Wake, setup: DeskSetup) -> Self {
        let shared = Arc::new(Shared::new(setup));
        let mut jobs = Vec::new();
        for number in 1..=WORKERS {
            let shared = Arc::clone(&shared);
            let name = format!("picture-{number}");
            jobs.push(spawn(&name, wake.clone(), move |outbox, _| {
                Worker::new(&shared, &outbox).run();
            }));
        }
        let keeper = Arc::clone(&shared);
        jobs.push(spawn("picture-cache", wake.clone(), move |outbox, _| {
            keeper.keep(&outbox);
        }));
        Self {
            shared,
            jobs,
            next: 0,
        }
    }

    /// Replaces the wish list; what stands first is fetched first. What is no longer on it and not
    /// finished is cancelled. A picture that was given out is not given again while it stays on
    /// the list; leave it out once, and it is.
    pub fn want(&self, requests: Vec<PictureRequest>) {
        self.shared.change(|board| board.want(requests));
    }

    /// From here on nothing counts that was found under the old policy, faults included.
    pub fn set_policy(&self, policy: Policy) {
        self.shared.change(|board| board.set_policy(policy));
    }

    /// What is taken up from here on is decoded within these.
    pub fn set_limits(&self, limits: Limits) {
        self.shared.change(|board| board.limits = limits);
    }

    /// Forgets that this picture failed, or was given out already.
    pub fn retry(&self, key: &PictureKey) {
        self.shared.change(|board| board.retry(key));
    }

    /// Empties the disk cache; its size is told when that is done.
    pub fn clear_cache(&self) {
        self.shared
            .change(|board| board.chores.push_back(Chore::Clear));
    }

    /// The disk cache, for the original bytes of a picture.
    pub fn cache(&self) -> Option<Arc<Cache>> {
        self.shared.cache.clone()
    }

    /// The next news that lies ready. Never waits.
    pub fn poll(&mut self) -> Option<PictureNews> {
        let mut silent = 0;
        while silent < self.jobs.len() {
            let job = self.jobs.get(self.next)?;
            let Some(note) = job.try_recv() else {
                self.next = (self.next + 1) % self.jobs.len();
                silent += 1;
                continue;
            };
            silent = 0;
            if let Some(news) = self.shared.change(|board| board.taken(note)) {
                return Some(self.shared.renewed(news));
            }
        }
        None
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.shared.change(Board::close);
    }
}

impl Shared {
    pub(super) fn new(setup: DeskSetup) -> Self {
        let budget = setup.policy.cache_bytes();
        let cache = setup.cache.map(|folder| Cache::new(&folder, budget));
        Self {
            board: Mutex::new(Board::new(setup.policy, setup.limits)),
            changed: Condvar::new(),
            cache: cache.map(Arc::new),
            doors: Doors::default(),
            ways: setup.ways,
        }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn change<R>(&self, change: impl FnOnce(&mut Board) -> R) -> R {
        let result = change(&mut self.lock());
        self.changed.notify_all();
        result
    }

    /// Waits until `look` finds something; `None` when the desk has closed.
    fn wait_for<R>(&self, mut look: impl FnMut(&mut Board) -> Option<R>) -> Option<R> {
        let mut board = self.lock();
        loop {
            if board.closed {
                return None;
            }
            if let Some(found) = look(&mut board) {
                return Some(found);
            }
            let waited = self.changed.wait(board);
            board = waited.unwrap_or_else(PoisonError::into_inner);
        }
    }

    pub(super) fn next_task(&self) -> Option<Task> {
        let cache = self.cache.as_deref();
        self.wait_for(|board| board.take(|address| cache.is_some_and(|c| c.may_have(address))))
    }

    /// Waits for leave to decode; `None` when the task is wanted no more.
    pub(super) fn may_decode(&self, task: &Task) -> Result<Option<Permit<'_>>, Closed> {
        let is_given = self.wait_for(|board| {
            if task.cancel.is_cancelled() {
                return Some(false);
            }
            let has_room = board.decoding < DECODING;
            board.decoding += usize::from(has_room);
            has_room.then_some(true)
        });
        Ok(is_given.ok_or(Closed)?.then_some(Permit(self)))
    }

    /// Waits until so many bytes of pixels may lie ready; says whether they are still wanted.
    pub(super) fn may_give(&self, task: &Task, bytes: u64) -> Result<bool, Closed> {
        let is_wanted = self.wait_for(|board| {
            if task.cancel.is_cancelled() {
                return Some(false);
            }
            board.make_wait(bytes).then_some(true)
        });
        is_wanted.ok_or(Closed)
    }

    /// Whether words about progress would be heard soon.
    pub(super) fn is_heard(&self) -> bool {
        self.lock().waiting_notes < WAITING_NOTES
    }

    /// Sizes come from several threads, and the last to be taken need not be the latest.
    fn renewed(&self, news: PictureNews) -> PictureNews {
        match (&news, &self.cache) {
            (PictureNews::CacheSize { .. }, Some(cache)) => PictureNews::CacheSize {
                bytes: cache.size(),
            },
            _ => news,
        }
    }

    fn keep(&self, outbox: &Outbox<Note>) {
        let Some(cache) = &self.cache else {
            return;
        };
        while let Some(chore) = self.wait_for(|board| board.chores.pop_front()) {
            cache.set_budget(self.lock().cache_bytes());
            let done = match chore {
                Chore::Measure | Chore::Trim => cache.trim(),
                Chore::Clear => cache.clear(),
            };
            let bytes = done.unwrap_or_else(|error| {
                log::warn!("the picture cache cannot be cleaned: {error}");
                cache.bytes()
            });
            if self
                .tell(outbox, 0, 0, PictureNews::CacheSize { bytes })
                .is_err()
            {
                return;
            }
        }
    }

    /// Hands over news whose bytes are counted already.
    pub(super) fn tell(
        &self,
        outbox: &Outbox<Note>,
        round: u64,
        bytes: u64,
        news: PictureNews,
    ) -> Result<(), Closed> {
        self.lock().waiting_notes += 1;
        let told = outbox.send(Note { round, bytes, news });
        told.map_err(|Gone| Closed)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let Self(shared) = self;
        shared.change(|board| board.decoding = board.decoding.saturating_sub(1));
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shared")
    }
}
