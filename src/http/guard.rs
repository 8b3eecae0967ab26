//! What stands over a download: which addresses may be connected to, until when it may wait, and
//! whether anybody still wants it.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use ureq::http::Uri;
use ureq::unversioned::transport::{Buffers, NextTimeout, Transport};
use ureq::{Error, Timeout};

/// How often a waiting download looks whether it is still wanted.
const LOOK: Duration = Duration::from_millis(100);

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
}

/// The rules of the download that runs now.
#[derive(Default)]
pub(super) struct Watch {
    pub(super) screen: Option<Screen>,
    pub(super) stop: Option<Stop>,
    pub(super) deadline: Option<Instant>,
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
            watch: Arc::default(),
            lookup,
        }
    }

    pub(super) fn begin(&self, watch: Watch) {
        *self.lock() = watch;
    }

    pub(super) fn set_deadline(&self, deadline: Instant) {
        self.lock().deadline = Some(deadline);
    }

    /// Every address has to pass: a name that leads to both sides of a firewall is a trap.
    pub(super) fn screen(&self, found: &[SocketAddr]) -> Result<(), Error> {
        let screen = self.lock().screen.clone();
        let barred = |addr: &&SocketAddr| screen.as_ref().is_none_or(|passes| !passes(addr.ip()));
        match found.iter().find(barred) {
            Some(addr) => Err(Error::Other(Box::new(Refused(addr.ip())))),
            None => Ok(()),
        }
    }

    pub(super) fn look_up(&self, uri: &Uri) -> Option<io::Result<Vec<SocketAddr>>> {
        let lookup = self.lookup.as_ref()?;
        let standard = if uri.scheme_str() == Some("http") {
            80
        } else {
            443
        };
        let host = uri.host().unwrap_or_default().to_ascii_lowercase();
        Some(lookup(&host, uri.port_u16().unwrap_or(standard)))
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

/// A connection that stops waiting when its guard says so; without a guard, like any other.
#[derive(Debug)]
pub(super) struct Watched<T> {
    inner: T,
    guard: Option<Guard>,
}

impl<T> Watched<T> {
    pub(super) fn new(inner: T, guard: Option<Guard>) -> Self {
        Self { inner, guard }
    }
}

impl<T: Transport> Transport for Watched<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        let timeout = match &self.guard {
            Some(guard) => guard.shortened(timeout)?,
            None => timeout,
        };
        self.inner.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        let Some(guard) = &self.guard else {
            return self.inner.await_input(timeout);
        };
        let started = Instant::now();
        loop {
            let mut slice = guard.shortened(timeout)?;
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
