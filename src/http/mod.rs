//! Blocking HTTP with limits on time, size and redirects. The only module that names the HTTP
//! client. It knows nothing of what is asked, and never shows a header or a body.

use std::io::Read as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ureq::config::AutoHeaderValue;
use ureq::http::{HeaderMap, HeaderValue, Uri, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body, Error, Proxy as ClientProxy};

use crate::model::now_unix;

mod address;
mod aside;
mod connection;
mod download;
mod environment;
mod fault;
mod guard;
mod names;

pub use address::{Plain, is_loopback};
pub use download::{Download, DownloadFault, Downloader, Question};
pub use fault::{Failure, PROXY_ANSWERED, PROXY_UNREACHABLE, PROXY_UNUSABLE};
pub use guard::{Lookup, Screen, Stop};

use connection::Peer;
use fault::Way;
use guard::Guard;
use names::{Checked, Names};

/// How requests are made.
#[derive(Clone, Debug)]
pub struct Options {
    /// To look the name up, and again to connect.
    pub connect: Duration,
    /// For the whole request, the answer's last byte included.
    pub total: Duration,
    /// Bytes of an answer that are read; what is longer is cut there and said to be.
    pub body_limit: usize,
    /// Redirects that are followed, at most three.
    pub redirects: u32,
    pub plain: Plain,
    pub proxy: Proxy,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            total: Duration::from_secs(30),
            body_limit: 32 << 20,
            redirects: 0,
            plain: Plain::Loopback,
            proxy: Proxy::Environment,
        }
    }
}

/// Which proxy is used for other machines; this machine is always asked directly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Proxy {
    /// `ALL_PROXY`, `HTTPS_PROXY` or `HTTP_PROXY`, with the exceptions of `NO_PROXY`. One that
    /// names no usable proxy is refused.
    #[default]
    Environment,
    Never,
    /// `http://`, `https://`, `socks4://`, `socks5://`…, with or without a user.
    Url(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
}

/// One request. Headers are sent as they stand and never logged.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    pub method: Method,
    pub url: &'a str,
    pub headers: &'a [(&'a str, &'a str)],
    pub body: &'a [u8],
}

/// An answer, or as much as came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    pub status: u16,
    /// As sent; empty when it was not.
    pub content_type: String,
    /// `Date`, in unix seconds.
    pub date_unix: Option<i64>,
    /// Our clock when the answer's head had come, in unix seconds.
    pub received_unix: i64,
    pub body: Vec<u8>,
    pub ending: Ending,
    pub elapsed: Duration,
    /// The machine that was connected to: the proxy, where there is one.
    pub peer: Option<SocketAddr>,
}

/// How an answer's body ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    Complete,
    /// There was more than the limit.
    TooLong,
    Broken(Failure),
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The URL is none, or may not be asked; nothing was sent.
    BadUrl {
        why: String,
    },
    Network(Failure),
}

/// A client with its connections, which are kept open for the next request. Clones share them.
#[derive(Clone, Debug)]
pub struct Http {
    direct: Line,
    proxied: Option<Line>,
    plain: Plain,
    body_limit: usize,
}

#[derive(Clone, Debug)]
struct Line {
    agent: Agent,
    peer: Peer,
    way: Way,
}

impl Http {
    /// A client; fails when the proxy's URL cannot be used.
    pub fn new(options: &Options) -> Result<Self, Failure> {
        Self::guarded(options, None)
    }

    fn guarded(options: &Options, guard: Option<&Guard>) -> Result<Self, Failure> {
        let proxy = match &options.proxy {
            Proxy::Never => None,
            Proxy::Environment => environment::proxy()?,
            Proxy::Url(url) => {
                let proxy = ClientProxy::new(url);
                Some(proxy.map_err(|error| Failure::of(&error, Way::Proxied))?)
            }
        };
        Ok(Self {
            direct: Line::new(options, None, guard),
            proxied: proxy.map(|proxy| Line::new(options, Some(proxy), guard)),
            plain: options.plain,
            body_limit: options.body_limit,
        })
    }

    /// Sends a request and waits for the answer. A failing status is an answer like any other.
    pub fn send(&self, request: &Request<'_>) -> Result<Response, Fault> {
        let uri = address::checked(request.url, self.plain).map_err(|why| Fault::BadUrl { why })?;
        let line = self.line_to(&uri);
        let failed = |error: &Error| Fault::Network(Failure::of(error, line.way));
        let started = Instant::now();
        let answer = line.run(request, &uri).map_err(|error| failed(&error))?;
        let received_unix = now_unix();
        let (head, body) = answer.into_parts();
        let (body, ending) = self.read(body, line.way);
        Ok(Response {
            status: head.status.as_u16(),
            content_type: text_of(&head.headers, &header::CONTENT_TYPE).to_owned(),
            date_unix: unix_of(text_of(&head.headers, &header::DATE)),
            received_unix,
            body,
            ending,
            elapsed: started.elapsed(),
            peer: line.peer.get(),
        })
    }

    fn line_to(&self, uri: &Uri) -> &Line {
        let here = uri.host().is_some_and(is_loopback);
        match &self.proxied {
            Some(line) if !here && line.is_proxying(uri) => line,
            _ => &self.direct,
        }
    }

    fn read(&self, mut body: Body, way: Way) -> (Vec<u8>, Ending) {
        let mut bytes = Vec::new();
        let mut reader = body.as_reader();
        let limit = u64::try_from(self.body_limit).unwrap_or(u64::MAX);
        let read = reader
            .by_ref()
            .take(limit.saturating_add(1))
            .read_to_end(&mut bytes);
        let ending = match read {
            Err(error) => Ending::Broken(Failure::of(&Error::from(error), way)),
            Ok(_) if bytes.len() > self.body_limit => Ending::TooLong,
            Ok(_) => Ending::Complete,
        };
        bytes.truncate(self.body_limit);
        (bytes, ending)
    }
}

impl Line {
    fn new(options: &Options, proxy: Option<ClientProxy>, guard: Option<&Guard>) -> Self {
        let way = match &proxy {
            None => Way::Direct,
            Some(proxy) if proxy.resolve_target() => Way::ProxiedByAddress,
            Some(_) => Way::Proxied,
        };
        let peer = Peer::default();
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(options.redirects.min(3))
            .max_redirects_will_error(false)
            .proxy(proxy)
            .timeout_connect(Some(options.connect))
            .timeout_global(Some(options.total))
            .timeout_resolve(Some(options.connect))
            .tls_config(tls())
            .user_agent(concat!("vodscope/", env!("CARGO_PKG_VERSION")))
            .accept(AutoHeaderValue::None)
            .build();
        let connector = connection::connector(peer.clone(), guard.cloned());
        let names = Names::guarded(guard.cloned());
        Self {
            agent: Agent::with_parts(config, connector, Checked(names)),
            peer,
            way,
        }
    }

    /// Whether the proxy is asked for this host, and not excepted from it.
    fn is_proxying(&self, uri: &Uri) -> bool {
        let proxy = self.agent.config().proxy();
        proxy.is_some_and(|proxy| !proxy.is_no_proxy(uri))
    }

    fn run(&self, request: &Request<'_>, uri: &Uri) -> Result<ureq::http::Response<Body>, Error> {
        let mut builder = ureq::http::Request::builder().uri(uri);
        for (name, value) in request.headers {
            let mut value = HeaderValue::from_str(value).map_err(ureq::http::Error::from)?;
            // Keys and tokens travel in headers.
            value.set_sensitive(true);
            builder = builder.header(*name, value);
        }
        match request.method {
            Method::Get => self.agent.run(builder.method("GET").body(())?),
            Method::Post => self.agent.run(builder.method("POST").body(request.body)?),
        }
    }
}

/// The system's certificates decide whom to trust.
fn tls() -> TlsConfig {
    TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build()
}

fn text_of<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> &'a str {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default()
}

fn unix_of(date: &str) -> Option<i64> {
    let parser = jiff::fmt::rfc2822::DateTimeParser::new();
    let read = parser.parse_timestamp(date).ok()?;
    Some(read.as_second())
}
