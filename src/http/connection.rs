//! How connections are opened: directly or through a proxy, one address tried after the other, and
//! the one that took the connection remembered.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use ureq::http::Uri;
use ureq::unversioned::transport::{
    ConnectProxyConnector, ConnectionDetails, Connector, Either, RustlsConnector, SocksConnector,
    TcpConnector, Transport,
};
use ureq::{Error, Proxy, ProxyProtocol};

use super::guard::{Guard, Watched};
use super::names::{Names, several};

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

/// The chain a connection is made by: a way to the host, and TLS.
pub(super) fn connector(peer: Peer, guard: Option<Guard>) -> impl Connector {
    let names = Names::guarded(guard.clone());
    ().chain(Opening { peer, guard, names })
        .chain(RustlsConnector::default())
}

/// Opens connections, and notes the address.
#[derive(Debug)]
struct Opening {
    peer: Peer,
    guard: Option<Guard>,
    /// Finds proxies, which the person chose: they may be anywhere.
    names: Names,
}

type Opened = Box<dyn Transport>;

/// Blocks until there is a connection; `None` when it is not for this connector to make one.
type Connect = fn(&ConnectionDetails<'_>) -> Result<Option<Opened>, Error>;

/// Where a connection leads.
struct Target {
    uri: Uri,
    addrs: Vec<SocketAddr>,
}

impl<In: Transport> Connector<In> for Opening {
    type Out = Either<In, Opened>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        if let Some(transport) = chained {
            return Ok(Some(Either::A(transport)));
        }
        let proxy = details.config.proxy();
        let opened = match proxy.filter(|proxy| !proxy.is_no_proxy(details.uri)) {
            None => self.directly(details, &details.addrs),
            Some(proxy) => self.through(proxy, details),
        };
        Ok(Some(Either::B(opened?)))
    }
}

impl Opening {
    /// Tries each address for its share of the time.
    fn directly(
        &self,
        details: &ConnectionDetails<'_>,
        addrs: &[SocketAddr],
    ) -> Result<Opened, Error> {
        let mut failed = Error::HostNotFound;
        let shares = u32::try_from(addrs.len()).unwrap_or(1).max(1);
        for addr in addrs {
            let target = Target {
                uri: details.uri.clone(),
                addrs: vec![*addr],
            };
            let mut there = self.towards(&target, details);
            if let Some(share) = there.timeout.after.checked_div(shares) {
                there.timeout.after = share.into();
            }
            match self.unhindered(&there, tcp) {
                Ok(Some(transport)) => {
                    self.peer.set(*addr);
                    return Ok(transport);
                }
                Ok(None) => {}
                Err(error) => failed = error,
            }
        }
        Err(failed)
    }

    fn through(&self, proxy: &Proxy, details: &ConnectionDetails<'_>) -> Result<Opened, Error> {
        let mut failed = Error::HostNotFound;
        for target in self.targets(proxy, details)? {
            let there = self.towards(&target, details);
            let opened = match proxy.protocol() {
                ProxyProtocol::Http | ProxyProtocol::Https => tunnel(&there),
                _ => self.unhindered(&there, socks),
            };
            match opened {
                Ok(Some(transport)) => return Ok(transport),
                // The exceptions of the proxy name this very address.
                Ok(None) => return self.directly(details, &target.addrs),
                Err(error @ (Error::ConnectProxyFailed(_) | Error::Io(_))) => failed = error,
                Err(error) => return Err(error),
            }
        }
        Err(failed)
    }

    /// What the proxy is asked to connect to: the host by its name, or, where addresses are
    /// checked, those that were. It may be able to reach only one family of them.
    fn targets(
        &self,
        proxy: &Proxy,
        details: &ConnectionDetails<'_>,
    ) -> Result<Vec<Target>, Error> {
        let guard = self.guard.as_ref();
        if !guard.is_some_and(Guard::is_screening) {
            return Ok(vec![Target {
                uri: details.uri.clone(),
                addrs: details.addrs.to_vec(),
            }]);
        }
        let mut found = if proxy.resolve_target() {
            details.addrs.to_vec()
        } else {
            let found = details
                .resolver
                .resolve(details.uri, details.config, details.timeout)?;
            found.to_vec()
        };
        if let ProxyProtocol::Socks4 | ProxyProtocol::Socks4A = proxy.protocol() {
            found.retain(SocketAddr::is_ipv4);
        }
        let first = found.first();
        let other = first.and_then(|first| {
            let is_other = |addr: &&SocketAddr| addr.is_ipv4() != first.is_ipv4();
            found.iter().find(is_other)
        });
        let chosen = first.into_iter().chain(other);
        chosen.map(|addr| target(details.uri, *addr)).collect()
    }

    /// The same connection to another place.
    fn towards<'a>(
        &'a self,
        target: &'a Target,
        details: &ConnectionDetails<'a>,
    ) -> ConnectionDetails<'a> {
        ConnectionDetails {
            uri: &target.uri,
            addrs: several(&target.addrs),
            config: details.config,
            request_level: details.request_level,
            resolver: &self.names,
            now: details.now,
            timeout: details.timeout,
            current_time: Arc::clone(&details.current_time),
            run_connector: Arc::clone(&details.run_connector),
            register_shutdown: Arc::clone(&details.register_shutdown),
        }
    }

    /// Connects; where somebody may stop waiting, on a thread that can be left alone.
    fn unhindered(
        &self,
        details: &ConnectionDetails<'_>,
        connect: Connect,
    ) -> Result<Option<Opened>, Error> {
        let Some(guard) = &self.guard else {
            return connect(details);
        };
        let (uri, config) = (details.uri.clone(), details.config.clone());
        let addrs = several(&details.addrs);
        let (names, now, request_level) =
            (self.names.unwatched(), details.now, details.request_level);
        let current_time = Arc::clone(&details.current_time);
        let run_connector = Arc::clone(&details.run_connector);
        let register_shutdown = Arc::clone(&details.register_shutdown);
        let opened = guard.aside(details.timeout, move |timeout| {
            connect(&ConnectionDetails {
                uri: &uri,
                addrs,
                config: &config,
                request_level,
                resolver: &names,
                now,
                timeout,
                current_time,
                run_connector,
                register_shutdown,
            })
        })?;
        Ok(opened.map(|transport| Box::new(Watched::new(transport, guard.clone())) as Opened))
    }
}

/// An address in the place of the host.
fn target(uri: &Uri, addr: SocketAddr) -> Result<Target, Error> {
    let uri = Uri::builder()
        .scheme(uri.scheme_str().unwrap_or_default())
        .authority(addr.to_string())
        .path_and_query("/")
        .build()?;
    let addrs = vec![addr];
    Ok(Target { uri, addrs })
}

fn tcp(details: &ConnectionDetails<'_>) -> Result<Option<Opened>, Error> {
    opened(&TcpConnector::default(), details)
}

fn socks(details: &ConnectionDetails<'_>) -> Result<Option<Opened>, Error> {
    opened(&SocksConnector::default(), details)
}

/// Runs the chain for the proxy's own connection, which is watched like any other.
fn tunnel(details: &ConnectionDetails<'_>) -> Result<Option<Opened>, Error> {
    opened(&ConnectProxyConnector::default(), details)
}

fn opened(
    connector: &impl Connector<()>,
    details: &ConnectionDetails<'_>,
) -> Result<Option<Opened>, Error> {
    let opened = connector.connect(details, None)?;
    Ok(opened.map(|transport| Box::new(transport) as Opened))
}
