//! One thread that answers requests of which only the newest matters, such as the detail of
//! the selected task.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::{Cancel, Job, JobEnd, Wake, spawn};

/// A worker whose newest request wins: older ones are cancelled and their answers dropped.
#[derive(Debug)]
pub struct Newest<Request, Response> {
    desk: Arc<Desk<Request>>,
    job: Job<(u64, Response)>,
    asked: u64,
}

#[derive(Debug)]
struct Desk<Request> {
    slot: Mutex<Slot<Request>>,
    changed: Condvar,
}

#[derive(Debug)]
struct Slot<Request> {
    waiting: Option<(u64, Request)>,
    current: Cancel,
    closed: bool,
}

impl<Request, Response> Newest<Request, Response>
where
    Request: Send + 'static,
    Response: Send + 'static,
{
    /// Starts the worker; `answer` is given a [`Cancel`] that is set when a newer request comes.
    pub fn start(
        name: &str,
        wake: Wake,
        answer: impl Fn(Request, &Cancel) -> Response + Send + 'static,
    ) -> Self {
        let desk = Arc::new(Desk::new());
        let worker = Arc::clone(&desk);
        let job = spawn(name, wake, move |outbox, _| {
            while let Some((number, request, cancel)) = worker.take() {
                if outbox.send((number, answer(request, &cancel))).is_err() {
                    return;
                }
            }
        });
        Self {
            desk,
            job,
            asked: 0,
        }
    }

    /// Asks for `request` and forgets every earlier one.
    pub fn ask(&mut self, request: Request) {
        self.asked = self.asked.wrapping_add(1);
        self.desk.put(self.asked, request);
    }

    /// The answer to the newest request, when it is there.
    pub fn try_recv(&self) -> Option<Response> {
        self.job
            .drain()
            .filter(|(number, _)| *number == self.asked)
            .map(|(_, response)| response)
            .last()
    }

    /// Set when the worker has fallen over and no answer will come any more.
    pub fn end(&self) -> Option<&JobEnd> {
        self.job.end()
    }
}

impl<Request, Response> Drop for Newest<Request, Response> {
    fn drop(&mut self) {
        self.desk.close();
    }
}

impl<Request> Desk<Request> {
    fn new() -> Self {
        Self {
            slot: Mutex::new(Slot {
                waiting: None,
                current: Cancel::default(),
                closed: false,
            }),
            changed: Condvar::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Slot<Request>> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, number: u64, request: Request) {
        let mut slot = self.lock();
        slot.current.cancel();
        slot.waiting = Some((number, request));
        self.changed.notify_one();
    }

    fn close(&self) {
        let mut slot = self.lock();
        slot.current.cancel();
        slot.closed = true;
        self.changed.notify_one();
    }

    /// Waits for a request; `None` when the desk has closed.
    fn take(&self) -> Option<(u64, Request, Cancel)> {
        let idle = |slot: &mut Slot<Request>| slot.waiting.is_none() && !slot.closed;
        let mut slot = self
            .changed
            .wait_while(self.lock(), idle)
            .unwrap_or_else(PoisonError::into_inner);
        if slot.closed {
            return None;
        }
        let (number, request) = slot.waiting.take()?;
        slot.current = Cancel::default();
        Some((number, request, slot.current.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::sync_channel;
    use std::time::Duration;

    const PATIENCE: Duration = Duration::from_secs(30);

    #[test]
    fn the_newest_request_wins_and_the_older_is_cancelled() {
        let (answered, answers) = sync_channel(16);
        let wake = Wake::new(move || {
            let _full = answered.try_send(());
        });
        let (begun, begins) = sync_channel(16);
        let mut newest = Newest::start("detail", wake, move |request: u32, cancel: &Cancel| {
            begun.send(request).unwrap();
            // The first request would take for ever if nothing cancelled it.
            while request == 1 && cancel.sleep(PATIENCE) {}
            request * 10
        });
        newest.ask(1);
        assert_eq!(begins.recv_timeout(PATIENCE), Ok(1));
        newest.ask(2);
        let answer = loop {
            answers.recv_timeout(PATIENCE).unwrap();
            if let Some(answer) = newest.try_recv() {
                break answer;
            }
        };
        assert_eq!(answer, 20);
    }
}
