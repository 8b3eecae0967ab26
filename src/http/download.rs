//! Downloads from hosts that are not trusted: each address is checked before it is connected to,
//! redirects are told and not followed, and the body is read piece by piece.

use std::fmt;
use std::io::Read as _;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use ureq::BodyReader;
use ureq::Error;
use ureq::http::{HeaderMap, header};

use super::fault::Way;
use super::guard::{Gate, Guard, Lookup, Refused, Screen, Stop, Stopped, Watch};
use super::names::Unchecked;
use super::{Failure, Http, Method, Options, Plain, Proxy, Request, address, text_of};

/// A client for downloads, one at a time. Its connections are kept open for the next one, and are
/// not checked again: make a new client when the rules change.
#[derive(Debug)]
pub struct Downloader {
    http: Http,
    guard: Guard,
}

/// What to download, and under which conditions.
pub struct Question<'a> {
    pub url: &'a str,
    pub headers: &'a [(&'a str, &'a str)],
    /// Asked for every address of the host, and a proxy is told to connect to one that passed.
    /// Without it any address will do, and a proxy looks the host up itself.
    pub screen: Option<Screen>,
    pub stop: Stop,
    /// The longest wait for the whole head.
    pub head: Duration,
    /// The end of all waiting.
    pub until: Instant,
}

/// An answer whose body has not been read.
pub struct Download<'a> {
    pub status: u16,
    /// As sent; empty when it was not.
    pub content_type: String,
    /// `Content-Encoding`, unless it says that there is none.
    pub encoding: Option<String>,
    pub location: Option<String>,
    pub length: Option<u64>,
    body: BodyReader<'static>,
    way: Way,
    // Keeps the client from being asked while this one's rules stand.
    _client: &'a Downloader,
}

/// Why there is no answer, or no more of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DownloadFault {
    BadUrl {
        why: String,
    },
    /// The host leads to an address that the screen refuses; it was not connected to.
    Refused {
        address: IpAddr,
    },
    /// A proxy stands between, and this machine does not know the host's name: it could not be
    /// checked where it leads, and the proxy was not asked. Why, in the system's words.
    Unchecked {
        why: String,
    },
    /// It is no longer wanted.
    Stopped,
    Network(Failure),
}

impl Downloader {
    /// A client; fails when the proxy's URL cannot be used.
    pub fn new(proxy: &Proxy, lookup: Option<Lookup>) -> Result<Self, Failure> {
        let guard = Guard::new(lookup);
        let options = Options {
            // The guard's deadlines are nearer than these.
            connect: Duration::from_secs(10),
            total: Duration::from_mins(10),
            redirects: 0,
            plain: Plain::Anywhere,
            proxy: proxy.clone(),
            ..Options::default()
        };
        let http = Http::guarded(&options, Some(&guard))?;
        Ok(Self { http, guard })
    }

    /// Asks, and reads the answer's head.
    pub fn open(&mut self, question: &Question<'_>) -> Result<Download<'_>, DownloadFault> {
        let uri = address::checked(question.url, Plain::Anywhere)
            .map_err(|why| DownloadFault::BadUrl { why })?;
        let head_until = Instant::now().checked_add(question.head);
        self.guard.begin(Watch {
            gate: question.screen.clone().map_or(Gate::All, Gate::Screened),
            stop: Some(Stop::clone(&question.stop)),
            deadline: head_until.map(|until| until.min(question.until)),
        });
        let line = self.http.line_to(&uri);
        let request = Request {
            method: Method::Get,
            url: question.url,
            headers: question.headers,
            body: b"",
        };
        let answer = line.run(&request, &uri);
        let answer = answer.map_err(|error| DownloadFault::of(&error, line.way))?;
        self.guard.set_deadline(question.until);
        let (head, body) = answer.into_parts();
        let told = |name| Some(text_of(&head.headers, name)).filter(|text| !text.is_empty());
        Ok(Download {
            status: head.status.as_u16(),
            content_type: text_of(&head.headers, &header::CONTENT_TYPE).to_owned(),
            encoding: told(&header::CONTENT_ENCODING)
                .filter(|encoding| !encoding.eq_ignore_ascii_case("identity"))
                .map(str::to_owned),
            location: told(&header::LOCATION).map(str::to_owned),
            length: length_of(&head.headers),
            body: body.into_reader(),
            way: line.way,
            _client: self,
        })
    }
}

impl Download<'_> {
    /// The next bytes of the body; 0 at its end.
    pub fn read(&mut self, into: &mut [u8]) -> Result<usize, DownloadFault> {
        let way = self.way;
        let read = self.body.read(into);
        read.map_err(|error| DownloadFault::of(&Error::from(error), way))
    }
}

impl DownloadFault {
    fn of(error: &Error, way: Way) -> Self {
        if let Error::Other(why) = error {
            if let Some(Refused(address)) = why.downcast_ref() {
                return Self::Refused { address: *address };
            }
            if let Some(Unchecked(why)) = why.downcast_ref() {
                let why = why.clone();
                return Self::Unchecked { why };
            }
            if why.is::<Stopped>() {
                return Self::Stopped;
            }
        }
        Self::Network(Failure::of(error, way))
    }
}

impl fmt::Debug for Download<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Download({})", self.status)
    }
}

fn length_of(headers: &HeaderMap) -> Option<u64> {
    text_of(headers, &header::CONTENT_LENGTH).parse().ok()
}
