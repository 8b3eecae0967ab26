//! What calling the service's API can come to, apart from the answer itself.

use std::sync::Arc;
use std::time::Duration;

use super::CredentialsFault;

/// An error the service answered with; its message may change and is only shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    pub code: String,
    pub message: String,
    pub request_id: String,
    /// How far this machine's clock is ahead of the service's, in seconds, where the answer told.
    pub clock_ahead_secs: Option<i64>,
}

/// Why a call gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallFault {
    /// The service refused, or failed and said so.
    Api(ApiError),
    /// No answer came.
    Network {
        kind: NetworkFault,
        why: String,
    },
    /// An answer came that is none of the service's.
    NotAnAnswer(Foreign),
    Credentials(CredentialsFault),
    /// The endpoint is no host, or plain HTTP to another machine.
    BadEndpoint {
        endpoint: String,
        why: EndpointFault,
    },
    /// What was to be sent cannot be read any more.
    NothingToSend {
        why: String,
    },
    Cancelled,
}

impl CallFault {
    /// Whether the call may have had its effect all the same: its answer was lost on the way.
    pub fn is_lost(&self) -> bool {
        use NetworkFault::{Connect, Dns, Proxy, Tls};
        match self {
            Self::Network { kind, .. } => !matches!(kind, Dns | Connect | Tls | Proxy),
            Self::NotAnAnswer(_) => true,
            _ => false,
        }
    }
}

/// Why nothing can be sent to an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EndpointFault {
    /// It names no host.
    NoHost,
    /// More than a host name and a port stands there.
    NotAHost,
    /// Plain HTTP, to another machine.
    InTheClear,
    /// Neither https nor http.
    Scheme,
    /// What the HTTP client says of it.
    Other(String),
}

/// Where on the way it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NetworkFault {
    /// The host's name is not known.
    Dns,
    /// Nobody took the connection.
    Connect,
    /// No trust: certificate, name, or protocol.
    Tls,
    Timeout,
    /// The connection broke before the answer was whole.
    Reset,
    Proxy,
    Other,
}

/// Bytes that came in an answer's place, kept for looking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreign {
    pub status: u16,
    pub kind: ForeignKind,
    pub content_type: String,
    /// At most the first 64 KiB.
    pub bytes: Arc<[u8]>,
    pub total_bytes: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ForeignKind {
    /// A web page: a login portal or a proxy's error page.
    Html,
    /// JSON that breaks off.
    Truncated,
    /// Neither JSON nor a page, or JSON without `Response`.
    Garbage,
    /// Longer than an answer can be.
    TooLong,
    /// A server's failure (5xx) or a refusal without an API error in it.
    Status,
}

/// A call that will be tried again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retry {
    pub action: &'static str,
    pub fault: CallFault,
    /// The attempt that failed, from 1.
    pub attempt: u32,
    pub wait: Duration,
}
