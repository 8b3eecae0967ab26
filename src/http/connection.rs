//! How connections are opened: names looked up, one address tried after the other, and the one
//! that took the connection remembered.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ArrayVec, DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{
    ConnectProxyConnector, ConnectionDetails, Connector, Either, NextTimeout, RustlsConnector,
    SocksConnector, TcpConnector, Transport,
};

use super::guard::{Guard, Watched};

/// The address that last took a connection.
#[derive(Clone, Debug, Default)]
pub(super) struct Peer(Arc<Mutex<Option<SocketAddr>>>);

impl Peer {
    pub(super) fn get(&self) -> Option<SocketAddr> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, addr: SocketAddr) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(addr);
    }
}

/// The chain a connection is made by: proxies, TCP, TLS.
pub(super) fn connector(peer: Peer, guard: Option<Guard>) -> impl Connector {
    ().chain(SocksConnector::default())
        .chain(ConnectProxyConnector::default())
        .chain(Noting {
            tcp: TcpConnector::default(),
            peer,
            guard,
        })
        .chain(RustlsConnector::default())
}

/// Opens TCP connections, and notes the address.
#[derive(Debug)]
struct Noting {
    tcp: TcpConnector,
    peer: Peer,
    guard: Option<Guard>,
}

impl<In: Transport> Connector<In> for Noting {
    type Out = Either<In, Watched<<TcpConnector as Connector<In>>::Out>>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        if let Some(transport) = chained {
            return Ok(Some(Either::A(transport)));
        }
        let mut failed = Error::HostNotFound;
        let shares = u32::try_from(details.addrs.len()).unwrap_or(1).max(1);
        for addr in &details.addrs {
            match self.tcp.connect(&only(details, *addr, shares), None) {
                Ok(transport) => {
                    self.peer.set(*addr);
                    let watched = |transport| Watched::new(transport, self.guard.clone());
                    return Ok(transport.map(watched).map(Either::B));
                }
                Err(error) => failed = error,
            }
        }
        Err(failed)
    }
}

/// The same connection to one of the host's addresses, with its share of the time.
fn only<'a>(
    details: &ConnectionDetails<'a>,
    addr: SocketAddr,
    shares: u32,
) -> ConnectionDetails<'a> {
    let mut addrs: ResolvedSocketAddrs = ArrayVec::from_fn(|_| addr);
    addrs.push(addr);
    let mut timeout = details.timeout;
    if let Some(share) = timeout.after.checked_div(shares) {
        timeout.after = share.into();
    }
    ConnectionDetails {
        uri: details.uri,
        addrs,
        config: details.config,
        request_level: details.request_level,
        resolver: details.resolver,
        now: details.now,
        timeout,
        current_time: Arc::clone(&details.current_time),
        run_connector: Arc::clone(&details.run_connector),
        register_shutdown: Arc::clone(&details.register_shutdown),
    }
}

/// Looks names up as the system does, and marks its failures as such.
#[derive(Debug, Default)]
pub(super) struct Names {
    system: DefaultResolver,
    guard: Option<Guard>,
}

/// A name that could not be looked up; why, in the system's words.
#[derive(Debug)]
pub(super) struct UnknownName(pub(super) String);

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for UnknownName {}

impl Names {
    pub(super) fn guarded(guard: Option<Guard>) -> Self {
        Self {
            system: DefaultResolver::default(),
            guard,
        }
    }

    fn ask_system(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.system.resolve(uri, config, timeout);
        found.map_err(|error| match error {
            Error::Io(why) => unknown(&why),
            other => other,
        })
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
            return self.ask_system(uri, config, timeout);
        };
        let found = match guard.look_up(uri) {
            Some(found) => collected(self.empty(), &found.map_err(|why| unknown(&why))?)?,
            None => self.ask_system(uri, config, guard.shortened(timeout)?)?,
        };
        if !is_proxy(uri, config) {
            guard.screen(&found)?;
        }
        Ok(found)
    }
}

fn unknown(why: &io::Error) -> Error {
    Error::Other(Box::new(UnknownName(why.to_string())))
}

/// As many of the addresses as one connection tries.
fn collected(
    mut into: ResolvedSocketAddrs,
    found: &[SocketAddr],
) -> Result<ResolvedSocketAddrs, Error> {
    for addr in found.iter().take(16) {
        into.push(*addr);
    }
    if into.is_empty() {
        return Err(Error::HostNotFound);
    }
    Ok(into)
}

/// Whether it is the proxy that is looked up, which the person chose, and not the host asked for.
fn is_proxy(uri: &Uri, config: &Config) -> bool {
    config
        .proxy()
        .is_some_and(|proxy| !proxy.is_no_proxy(uri) && proxy.uri().authority() == uri.authority())
}
