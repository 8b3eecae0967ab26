//! What stands over a download: which addresses may be connected to, until when it may wait, and
//! whether anybody still wants it.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use ureq::unversioned::transport::{Buffers, NextTimeout, Transport};
use ureq::{Error, Timeout};

use super::aside::Running;

/// How often a waiting download looks whether it is still wanted.
pub(super) const LOOK: Duration = Duration::from_millis(100);

/// Says whether an address may be connected to.
pub type Screen = Arc<dyn Fn(IpAddr) -> bool + Send + Sync>;

/// Says whether the download is no longer wanted.
pub type Stop = Arc<dyn Fn() -> bool + Send + Sync>;

/// Finds the addresses of a host (a name or an address, in lower case) and port, instead of the
/// system.
pub type Lookup = Arc<dyn Fn(&str, u16) -> io::Result<Vec<SocketAddr>> + Send + Sync>;

/// Shared by the connections of one client, which makes one download at a time.
#[derive(Clone, Default)]
pub(super) struct Guard {
    watch: Arc<Mutex<Watch>>,
    lookup: Option<Lookup>,
    running: Running,
}

/// The rules of the download that runs now.
#[derive(Default)]
pub(super) struct Watch {
    pub(super) gate: Gate,
    pub(super) stop: Option<Stop>,
    pub(super) deadline: Option<Instant>,
}

/// Which addresses may be connected to.
#[derive(Clone, Default)]
pub(super) enum Gate {
    /// None: nobody has said what may be asked.
    #[default]
    None,
    Screened(Screen),
    All,
}

/// An address that the screen does not let through.
#[derive(Debug)]
pub(super) struct Refused(pub(super) IpAddr);

/// Nobody wants the download any more.
#[derive(Debug)]
pub(super) struct Stopped;

impl Guard {
    pub(super) fn new(lookup: Option<Lookup>) -> Self {
        Self {
            lookup,
            ..Self::default()
        }
    }

    pub(super) fn lookup(&self) -> Option<Lookup> {
        self.lookup.clone()
    }

    pub(super) fn running(&self) -> &Running {
        &self.running
    }

    pub(super) fn begin(&self, watch: Watch) {
        *self.lock() = watch;
    }

    pub(super) fn set_deadline(&self, deadline: Instant) {
        self.lock().deadline = Some(deadline);
    }

    /// Whether it matters which addresses a host has.
    pub(super) fn is_screening(&self) -> bool {
        !matches!(self.lock().gate, Gate::All)
    }

    /// Every address has to pass: a name that leads to both sides of a firewall is a trap.
    pub(super) fn screen(&self, found: &[SocketAddr]) -> Result<(), Error> {
        let gate = self.lock().gate.clone();
        let barred = |addr: &&SocketAddr| match &gate {
            Gate::None => true,
            Gate::Screened(passes) => !passes(addr.ip()),
            Gate::All => false,
        };
        match found.iter().find(barred) {
            Some(addr) => Err(Error::Other(Box::new(Refused(addr.ip())))),
            None => Ok(()),
        }
    }

    /// The timeout, cut to what the deadline leaves.
    pub(super) fn shortened(&self, mut timeout: NextTimeout) -> Result<NextTimeout, Error> {
        if let Some(left) = self.left()? {
            timeout.after = (*timeout.after).min(left).into();
        }
        Ok(timeout)
    }

    /// Time that the deadline leaves; fails when there is none, or nobody waits.
    fn left(&self) -> Result<Option<Duration>, Error> {
        let watch = self.lock();
        let deadline = watch.deadline;
        let stop = watch.stop.clone();
        drop(watch);
        if stop.is_some_and(|stopped| stopped()) {
            return Err(Error::Other(Box::new(Stopped)));
        }
        let Some(deadline) = deadline else {
            return Ok(None);
        };
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Error::Timeout(Timeout::Global));
        }
        Ok(Some(left))
    }

    fn lock(&self) -> MutexGuard<'_, Watch> {
        self.watch.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that stops waiting when its guard says so.
#[derive(Debug)]
pub(super) struct Watched<T> {
    inner: T,
    guard: Guard,
}

impl<T: Transport> Watched<T> {
    pub(super) fn new(inner: T, guard: Guard) -> Self {
        Self { inner, guard }
    }
}

impl<T: Transport> Transport for Watched<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        let timeout = self.guard.shortened(timeout)?;
        self.inner.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        let started = Instant::now();
        loop {
            let mut slice = self.guard.shortened(timeout)?;
            let left = slice.after.saturating_sub(started.elapsed());
            if left.is_zero() {
                return Err(Error::Timeout(timeout.reason));
            }
            slice.after = left.min(LOOK).into();
            match self.inner.await_input(slice) {
                Err(Error::Timeout(_)) => {}
                other => return other,
            }
        }
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Guard")
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} may not be connected to", self.0)
    }
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("stopped")
    }
}

impl StdError for Refused {}
impl StdError for Stopped {}
