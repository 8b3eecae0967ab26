//! What failed on the way, told apart by who can do something about it.

use std::io;

use ureq::Error;

use super::names::UnknownName;
use crate::model::NetworkFault;

/// A request that got no answer, or not all of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub kind: NetworkFault,
    /// In the system's words.
    pub why: String,
}

/// Whether a proxy stands between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Direct,
    Proxied,
}

impl Failure {
    pub(super) fn of(error: &Error, way: Way) -> Self {
        let kind = match (kind_of(error), way) {
            // With a proxy, only the proxy itself is looked up and connected to.
            (NetworkFault::Dns | NetworkFault::Connect, Way::Proxied) => NetworkFault::Proxy,
            (kind, _) => kind,
        };
        let why = match error {
            Error::Io(why) => why.to_string(),
            Error::Other(why) => why.to_string(),
            other => other.to_string(),
        };
        Self { kind, why }
    }
}

fn kind_of(error: &Error) -> NetworkFault {
    match error {
        Error::HostNotFound => NetworkFault::Dns,
        Error::Other(why) if why.is::<UnknownName>() => NetworkFault::Dns,
        Error::ConnectionFailed => NetworkFault::Connect,
        Error::Timeout(_) => NetworkFault::Timeout,
        Error::Tls(_) | Error::Rustls(_) | Error::Pem(_) | Error::TlsRequired => NetworkFault::Tls,
        Error::InvalidProxyUrl | Error::ConnectProxyFailed(_) => NetworkFault::Proxy,
        Error::Io(why) => kind_of_io(why),
        _ => NetworkFault::Other,
    }
}

/// What a failing socket, or TLS over it, means.
fn kind_of_io(error: &io::Error) -> NetworkFault {
    use io::ErrorKind as Kind;
    if let Some(why) = error.get_ref()
        && why.is::<rustls::Error>()
    {
        return NetworkFault::Tls;
    }
    match error.kind() {
        Kind::ConnectionRefused
        | Kind::HostUnreachable
        | Kind::NetworkUnreachable
        | Kind::NetworkDown
        | Kind::AddrNotAvailable => NetworkFault::Connect,
        Kind::ConnectionReset
        | Kind::ConnectionAborted
        | Kind::BrokenPipe
        | Kind::NotConnected
        | Kind::UnexpectedEof => NetworkFault::Reset,
        Kind::TimedOut | Kind::WouldBlock => NetworkFault::Timeout,
        _ => NetworkFault::Other,
    }
}
