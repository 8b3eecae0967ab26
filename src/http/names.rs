//! How hosts' names become addresses, and which of them a download may lead to.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::net::SocketAddr;

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ArrayVec, DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use ureq::unversioned::transport::time::Duration;

use super::guard::{Guard, Lookup};

/// Addresses of one host that are tried at most.
const MOST: usize = 16;

/// Looks names up as the system does, and marks its failures as such.
#[derive(Clone, Default)]
pub(super) struct Names {
    guard: Option<Guard>,
    lookup: Option<Lookup>,
}

/// Looks up the hosts that are asked for. Under a guard it finds nothing but what may be
/// connected to.
#[derive(Debug)]
pub(super) struct Checked(pub(super) Names);

/// A name that could not be looked up; why, in the system's words.
#[derive(Debug)]
pub(super) struct UnknownName(pub(super) String);

/// The same, of a host behind a proxy: perhaps the proxy knows it, but nobody could check where it
/// leads.
#[derive(Debug)]
pub(super) struct Unchecked(pub(super) String);

impl Names {
    pub(super) fn guarded(guard: Option<Guard>) -> Self {
        let lookup = guard.as_ref().and_then(Guard::lookup);
        Self { guard, lookup }
    }

    /// For a thread that is left alone when nobody waits for it.
    pub(super) fn unwatched(&self) -> Self {
        Self {
            guard: None,
            lookup: self.lookup.clone(),
        }
    }
}

impl Resolver for Names {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let Some(guard) = &self.guard else {
            return found(self.lookup.as_ref(), uri, config, timeout);
        };
        let (lookup, uri, config) = (self.lookup.clone(), uri.clone(), config.clone());
        guard.aside(timeout, move |mut timeout| {
            // The thread is one that may be left: no second one is needed for that.
            timeout.after = Duration::NotHappening;
            found(lookup.as_ref(), &uri, &config, timeout)
        })
    }
}

impl Resolver for Checked {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let Self(names) = self;
        let found = names.resolve(uri, config, timeout);
        let Some(guard) = names.guard.as_ref().filter(|guard| guard.is_screening()) else {
            return found;
        };
        let is_proxied = config.proxy().is_some_and(|proxy| !proxy.is_no_proxy(uri));
        let found = found.map_err(|error| match error {
            error if is_proxied => unchecked(error),
            error => error,
        })?;
        guard.screen(&found)?;
        Ok(found)
    }
}

fn found(
    lookup: Option<&Lookup>,
    uri: &Uri,
    config: &Config,
    timeout: NextTimeout,
) -> Result<ResolvedSocketAddrs, Error> {
    let Some(lookup) = lookup else {
        let found = DefaultResolver::default().resolve(uri, config, timeout);
        return found.map_err(|error| match error {
            Error::Io(why) => unknown(&why),
            other => other,
        });
    };
    let host = uri.host().unwrap_or_default().to_ascii_lowercase();
    let port = uri.port_u16().unwrap_or_else(|| own_port(uri));
    let found = lookup(&host, port).map_err(|why| unknown(&why))?;
    if found.is_empty() {
        return Err(Error::HostNotFound);
    }
    Ok(several(&found))
}

fn own_port(uri: &Uri) -> u16 {
    match uri.scheme_str() {
        Some("http") => 80,
        Some("https") => 443,
        _ => 1080,
    }
}

fn unknown(why: &io::Error) -> Error {
    Error::Other(Box::new(UnknownName(why.to_string())))
}

fn unchecked(error: Error) -> Error {
    let why = match &error {
        Error::Other(why) if why.is::<UnknownName>() => why.to_string(),
        Error::HostNotFound => error.to_string(),
        _ => return error,
    };
    Error::Other(Box::new(Unchecked(why)))
}

/// As many of the addresses as one connection tries.
pub(super) fn several(found: &[SocketAddr]) -> ResolvedSocketAddrs {
    let nowhere = SocketAddr::from(([0, 0, 0, 0], 0));
    let mut into: ResolvedSocketAddrs = ArrayVec::from_fn(|_| nowhere);
    for addr in found.iter().take(MOST) {
        into.push(*addr);
    }
    into
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Names")
    }
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Unchecked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for UnknownName {}
impl StdError for Unchecked {}
