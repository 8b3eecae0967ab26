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

/// Begins the reason of a proxy that could not be looked up or connected to; the system's words
/// follow.
pub const PROXY_UNREACHABLE: &str = "the proxy cannot be reached: ";
/// Begins the reason of a proxy that made no connection; the status of its answer follows.
pub const PROXY_ANSWERED: &str = "the proxy answered HTTP ";
/// Begins the reason of a setting that is no proxy; the name of the variable follows, never what it
/// holds: that may be a password.
pub const PROXY_UNUSABLE: &str = "no usable proxy in ";

/// Whether a proxy stands between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Direct,
    Proxied,
    /// The host's name is looked up here, and the proxy is given its address.
    ProxiedByAddress,
}

impl Failure {
    pub(super) fn of(error: &Error, way: Way) -> Self {
        let why = match error {
            Error::Io(why) => why.to_string(),
            Error::Other(why) => why.to_string(),
            Error::ConnectProxyFailed(why) => answer_of_proxy(why),
            other => other.to_string(),
        };
        match (kind_of(error), way) {
            // Only the proxy itself is looked up and connected to.
            (NetworkFault::Dns, Way::Proxied)
            | (NetworkFault::Connect, Way::Proxied | Way::ProxiedByAddress) => Self {
                kind: NetworkFault::Proxy,
                why: format!("{PROXY_UNREACHABLE}{why}"),
            },
            (kind, _) => Self { kind, why },
        }
    }

    pub(super) fn unusable_proxy(variable: &str) -> Self {
        Self {
            kind: NetworkFault::Proxy,
            why: format!("{PROXY_UNUSABLE}{variable}"),
        }
    }
}

/// The HTTP client tells a status twice, `502/502`.
fn answer_of_proxy(why: &str) -> String {
    let status = why.strip_prefix("proxy server responded ");
    let status = status.and_then(|told| told.split('/').next());
    status.map_or_else(
        || why.to_owned(),
        |status| format!("{PROXY_ANSWERED}{status}"),
    )
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
