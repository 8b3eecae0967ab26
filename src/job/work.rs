//! A named thread, the bounded channel it reports through, and how it ended.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TryRecvError, sync_channel};
use std::sync::{Arc, OnceLock};
use std::thread::Builder;
use std::time::Duration;

use super::wake::Bell;
use super::{Cancel, Wake};

/// Items a job may send ahead of its owner.
const DEPTH: usize = 16;

/// A running job. Dropping it cancels the job and leaves its thread to end by itself, for a
/// thread inside a slow read cannot be joined without waiting.
#[derive(Debug)]
pub struct Job<T> {
    receiver: Receiver<T>,
    cancel: Cancel,
    bell: Bell,
    end: Arc<OnceLock<JobEnd>>,
}

/// Where a job puts what it has to say.
#[derive(Debug)]
pub struct Outbox<T> {
    sender: SyncSender<T>,
    bell: Bell,
}

/// How a job's thread ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobEnd {
    Done,
    /// It panicked or could not be started; why, in its own words.
    Failed(String),
}

/// Nobody listens any more: the job should return.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone;

/// What waiting for an item for a while gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received<T> {
    Item(T),
    /// Nothing yet.
    Waiting,
    /// Nothing will come any more; [`Job::end`] says why.
    Ended,
}

/// Runs `body` on a thread of its own; `wake` is called when there is news.
pub fn spawn<T: Send + 'static>(
    name: &str,
    wake: Wake,
    body: impl FnOnce(Outbox<T>, Cancel) + Send + 'static,
) -> Job<T> {
    start(name, DEPTH, Bell::new(wake), body)
}

/// Runs `body` for another job, which waits for its items: at most `depth` of them lie ready.
pub(crate) fn feed<T: Send + 'static>(
    name: &str,
    depth: usize,
    body: impl FnOnce(Outbox<T>, Cancel) + Send + 'static,
) -> Job<T> {
    start(name, depth, Bell::new(Wake::none()), body)
}

/// Runs `body` on this thread and turns a panic into its message.
pub(crate) fn guarded<R>(body: impl FnOnce() -> R) -> Result<R, String> {
    catch_unwind(AssertUnwindSafe(body)).map_err(|panic| message(panic.as_ref()))
}

fn start<T: Send + 'static>(
    name: &str,
    depth: usize,
    bell: Bell,
    body: impl FnOnce(Outbox<T>, Cancel) + Send + 'static,
) -> Job<T> {
    let (sender, receiver) = sync_channel(depth);
    let job = Job {
        receiver,
        cancel: Cancel::default(),
        bell: bell.clone(),
        end: Arc::default(),
    };
    let (cancel, end) = (job.cancel.clone(), Arc::clone(&job.end));
    let started = Builder::new().name(name.to_owned()).spawn(move || {
        // The channel must outlive the panic, so that whoever sees it close finds the reason.
        let last_sender = sender.clone();
        let outbox = Outbox {
            sender,
            bell: bell.clone(),
        };
        let result = guarded(|| body(outbox, cancel));
        let _first = end.set(result.map_or_else(JobEnd::Failed, |()| JobEnd::Done));
        drop(last_sender);
        bell.ring();
    });
    if let Err(error) = started {
        let _first = job.end.set(JobEnd::Failed(error.to_string()));
    }
    job
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let owned = panic.downcast_ref::<String>().map(String::as_str);
    text.or(owned).unwrap_or("unknown panic").to_owned()
}

impl<T> Outbox<T> {
    /// Hands over one item; waits while the owner is behind.
    pub fn send(&self, item: T) -> Result<(), Gone> {
        let Ok(()) = self.sender.send(item) else {
            return Err(Gone);
        };
        self.bell.ring();
        Ok(())
    }
}

impl<T> Job<T> {
    /// The next item that lies ready. Never waits.
    pub fn try_recv(&self) -> Option<T> {
        self.bell.answer();
        self.receiver.try_recv().ok()
    }

    /// Every item that lies ready.
    pub fn drain(&self) -> impl Iterator<Item = T> + '_ {
        std::iter::from_fn(|| self.try_recv())
    }

    /// The next item; waits for it. `None` when the job has ended.
    pub fn recv(&self) -> Option<T> {
        self.receiver.recv().ok()
    }

    /// The next item, waiting no longer than `patience`.
    pub fn recv_timeout(&self, patience: Duration) -> Received<T> {
        match self.receiver.recv_timeout(patience) {
            Ok(item) => Received::Item(item),
            Err(RecvTimeoutError::Timeout) => Received::Waiting,
            Err(RecvTimeoutError::Disconnected) => Received::Ended,
        }
    }

    /// Looks once: an item, nothing yet, or the end after the last item.
    pub fn poll(&self) -> Received<T> {
        self.bell.answer();
        match self.receiver.try_recv() {
            Ok(item) => Received::Item(item),
            Err(TryRecvError::Empty) => Received::Waiting,
            Err(TryRecvError::Disconnected) => Received::Ended,
        }
    }

    /// Asks the job to stop; what it still sends can be received.
    pub fn cancel(&self) {
        self.cancel.cancel();
    }

    /// How the job's thread ended, once it has; items may still lie ready.
    pub fn end(&self) -> Option<&JobEnd> {
        self.end.get()
    }
}

impl<T> Drop for Job<T> {
    fn drop(&mut self) {
        self.cancel.cancel();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    const PATIENCE: Duration = Duration::from_secs(30);

    #[test]
    fn items_arrive_in_order_and_then_the_end() {
        let job = spawn("count", Wake::none(), |outbox, _| {
            for n in 0..100 {
                if outbox.send(n).is_err() {
                    return;
                }
            }
        });
        let mut seen = Vec::new();
        while let Some(n) = job.recv() {
            seen.push(n);
        }
        assert_eq!(seen, (0..100).collect::<Vec<_>>());
        assert_eq!(job.end(), Some(&JobEnd::Done));
        assert_eq!(job.poll(), Received::Ended);
    }

    #[test]
    fn a_panic_is_an_end_with_its_message() {
        let job: Job<u8> = spawn("fall", Wake::none(), |_, _| panic!("fell over"));
        assert_eq!(job.recv(), None);
        assert_eq!(job.end(), Some(&JobEnd::Failed("fell over".to_owned())));
    }

    #[test]
    fn dropping_a_job_cancels_it() {
        let (sender, cancelled) = sync_channel(1);
        let job: Job<u8> = spawn("sleep", Wake::none(), move |_, cancel| {
            while cancel.sleep(PATIENCE) {}
            sender.send(()).unwrap();
        });
        drop(job);
        assert_eq!(cancelled.recv_timeout(PATIENCE), Ok(()));
    }

    #[test]
    fn one_burst_rings_once_until_it_is_answered() {
        let rings = Arc::new(AtomicU32::new(0));
        let counter = Arc::clone(&rings);
        let bell = Bell::new(Wake::new(move || {
            counter.fetch_add(1, Ordering::Relaxed);
        }));
        bell.ring();
        bell.ring();
        bell.answer();
        bell.ring();
        assert_eq!(rings.load(Ordering::Relaxed), 2);
    }
}
