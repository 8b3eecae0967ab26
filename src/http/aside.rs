//! Calls that cannot be interrupted, such as looking up a name: each on a thread of its own, while
//! it is watched whether anybody still waits.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use ureq::Error;
use ureq::unversioned::transport::NextTimeout;

use super::guard::{Guard, LOOK};
use crate::job::{Cancel, Job, JobEnd, Received, feed};

/// Threads that one client leaves behind at most; a further call waits for one of them to end.
const MOST: usize = 4;

/// How many of a client's calls run.
#[derive(Clone, Debug, Default)]
pub(super) struct Running(Arc<AtomicUsize>);

/// A call that runs, until this is dropped.
struct Seat(Running);

impl Running {
    /// A client makes one call at a time, so that nobody else takes the seat in between.
    fn seat(&self) -> Option<Seat> {
        let Self(count) = self;
        (count.load(Ordering::Acquire) < MOST).then(|| {
            count.fetch_add(1, Ordering::AcqRel);
            Seat(self.clone())
        })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let Self(Running(count)) = self;
        count.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Guard {
    /// Makes the call within the time that the download has left. One that takes longer, or that
    /// nobody waits for any more, is left to end by itself.
    pub(super) fn aside<T: Send + 'static>(
        &self,
        timeout: NextTimeout,
        call: impl FnOnce(NextTimeout) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let started = Instant::now();
        let seat = self.seat(timeout, started)?;
        let timeout = self.shortened(timeout)?;
        let job = feed("connect", 1, move |outbox, _| {
            let _seat = seat;
            // Perhaps nobody waits for it any more.
            let _heard = outbox.send(call(timeout));
        });
        self.answer(&job, timeout, started)
    }

    fn seat(&self, timeout: NextTimeout, started: Instant) -> Result<Seat, Error> {
        loop {
            if let Some(seat) = self.running().seat() {
                return Ok(seat);
            }
            self.check(timeout, started)?;
            Cancel::default().sleep(LOOK);
        }
    }

    fn answer<T>(
        &self,
        job: &Job<Result<T, Error>>,
        timeout: NextTimeout,
        started: Instant,
    ) -> Result<T, Error> {
        loop {
            let left = timeout.after.saturating_sub(started.elapsed());
            match job.recv_timeout(left.min(LOOK)) {
                Received::Item(answer) => return answer,
                Received::Waiting => self.check(timeout, started)?,
                Received::Ended => return Err(fallen(job)),
            }
        }
    }

    /// Fails when the time is over or nobody waits.
    fn check(&self, timeout: NextTimeout, started: Instant) -> Result<(), Error> {
        self.shortened(timeout)?;
        if started.elapsed() < *timeout.after {
            return Ok(());
        }
        Err(Error::Timeout(timeout.reason))
    }
}

/// The thread panicked, or could not be started.
fn fallen<T>(job: &Job<T>) -> Error {
    match job.end() {
        Some(JobEnd::Failed(why)) => Error::Io(io::Error::other(why.clone())),
        _ => Error::ConnectionFailed,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;
    use std::sync::mpsc::Sender;
    use std::time::Duration;

    use ureq::Timeout;

    use super::super::guard::{Stopped, Watch};
    use super::*;

    fn within(secs: u64) -> NextTimeout {
        NextTimeout {
            after: Duration::from_secs(secs).into(),
            reason: Timeout::Connect,
            ..NextTimeout::default()
        }
    }

    /// A call that lasts until the sender is dropped.
    fn endless() -> (
        Sender<()>,
        impl FnOnce(NextTimeout) -> Result<(), Error> + Send,
    ) {
        #[expect(clippy::disallowed_methods, reason = "nothing is ever sent")]
        let (held, gate) = std::sync::mpsc::channel();
        let wait = move |_| {
            let _ended = gate.recv();
            Ok(())
        };
        (held, wait)
    }

    #[test]
    fn the_answer_of_a_call_is_handed_on() {
        let guard = Guard::default();
        let answer = guard.aside(within(60), |timeout| Ok(timeout.after.as_secs()));
        assert_eq!(answer.unwrap(), 60);
        let failed = guard.aside(within(60), |_| Err::<(), _>(Error::HostNotFound));
        assert!(matches!(failed, Err(Error::HostNotFound)), "{failed:?}");
    }

    #[test]
    fn a_call_that_falls_is_a_failure_with_its_words() {
        let fallen = Guard::default().aside(within(60), |_| -> Result<(), Error> {
            panic!("fell over");
        });
        let Err(Error::Io(why)) = fallen else {
            panic!("{fallen:?}");
        };
        assert_eq!(why.to_string(), "fell over");
    }

    #[test]
    fn a_call_that_nobody_waits_for_is_left_behind() {
        let guard = Guard::default();
        let is_begun = Arc::new(AtomicBool::new(false));
        let begun = Arc::clone(&is_begun);
        guard.begin(Watch {
            stop: Some(Arc::new(move || is_begun.load(Ordering::Acquire))),
            ..Watch::default()
        });
        let (_held, wait) = endless();
        let ended = guard.aside(within(60), move |timeout| {
            begun.store(true, Ordering::Release);
            wait(timeout)
        });
        let Err(Error::Other(why)) = ended else {
            panic!("{ended:?}");
        };
        assert!(why.is::<Stopped>(), "{why:?}");
    }

    #[test]
    fn a_call_lasts_no_longer_than_its_download() {
        let guard = Guard::default();
        guard.set_deadline(Instant::now() + Duration::from_millis(200));
        let (_held, wait) = endless();
        let ended = guard.aside(within(600), wait);
        assert!(matches!(ended, Err(Error::Timeout(_))), "{ended:?}");
    }

    #[test]
    fn no_more_calls_are_left_behind_than_a_few() {
        let guard = Guard::default();
        let mut held = Vec::new();
        for _ in 0..MOST {
            let (keep, wait) = endless();
            held.push(keep);
            assert!(guard.aside(within(0), wait).is_err());
        }
        let more = guard.aside(within(1), |_| Ok(()));
        assert!(matches!(more, Err(Error::Timeout(_))), "there is room");
        held.pop();
        assert!(guard.aside(within(60), |_| Ok(())).is_ok());
    }
}
