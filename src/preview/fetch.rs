//! One picture from the network: asked for under the policy, redirects followed by hand, the body
//! cut at its limit.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::address::Address;
use super::doors::Doors;
use super::policy::{Policy, Rule};
use super::resolve::resolve;
use super::sign::signed;
use super::words::words_of;
use crate::http::{Download, DownloadFault, Downloader, Lookup, Proxy, Question, Screen};
use crate::job::Cancel;
use crate::model::{NetworkFault, PictureFault};
use crate::text::pictures::UNCHECKED;

/// Bytes read at a time.
const PIECE: usize = 64 << 10;

/// The least time between two words about progress.
const PROGRESS: Duration = Duration::from_millis(100);

/// Bytes of a refusal that are read for the server's own words.
const SAID: usize = 4 << 10;

/// What one picture may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FetchLimits {
    pub bytes: u64,
    /// To the end of an answer's head, looking the host up and connecting included.
    pub first_byte: Duration,
    /// For everything, redirects included.
    pub total: Duration,
    pub redirects: u32,
}

impl Default for FetchLimits {
    fn default() -> Self {
        Self {
            bytes: 20 << 20,
            first_byte: Duration::from_secs(10),
            total: Duration::from_secs(30),
            redirects: 5,
        }
    }
}

/// How the network is reached.
#[derive(Clone, Default)]
pub struct Ways {
    pub proxy: Proxy,
    /// Finds addresses in the system's place.
    pub lookup: Option<Lookup>,
    pub limits: FetchLimits,
}

/// Fetches one picture at a time.
///
/// A host that leads to any address which its rule does not admit is not connected to, and what
/// is connected to is an address that was checked. Proxies are told to connect to such an address,
/// too; only a host that may lead anywhere is named to them, for them to look up.
#[derive(Debug)]
pub struct Fetcher {
    client: Downloader,
    policy: Arc<Policy>,
    doors: Doors,
    limits: FetchLimits,
}

/// A body that came whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    pub status: u16,
    pub content_type: String,
    pub body: Vec<u8>,
    /// Where it was redirected to in the end.
    pub redirected: Option<Arc<str>>,
}

/// Why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchEnd {
    Cancelled,
    Fault(PictureFault),
}

/// Called with the bytes received, and how many were announced.
pub type Progress<'a> = &'a mut dyn FnMut(u64, Option<u64>);

enum Answer {
    Moved(Address),
    Whole(Fetched),
}

struct Errand<'a> {
    address: &'a Address,
    rule: Rule,
    until: Instant,
    cancel: &'a Cancel,
}

impl Fetcher {
    pub fn new(policy: Arc<Policy>, ways: &Ways) -> Result<Self, PictureFault> {
        Self::with_doors(policy, ways, Doors::default())
    }

    /// A fetcher that shares its hosts with others.
    pub(super) fn with_doors(
        policy: Arc<Policy>,
        ways: &Ways,
        doors: Doors,
    ) -> Result<Self, PictureFault> {
        let client = Downloader::new(&ways.proxy, ways.lookup.clone());
        let client = client.map_err(|failure| PictureFault::Network {
            kind: failure.kind,
            why: failure.why,
        })?;
        Ok(Self {
            client,
            policy,
            doors,
            limits: ways.limits,
        })
    }

    /// Fetches what is at `address`, whatever it is.
    pub fn fetch(
        &mut self,
        address: &Address,
        cancel: &Cancel,
        progress: Progress<'_>,
    ) -> Result<Fetched, FetchEnd> {
        let mut left = self.limits.total;
        let mut here = address.clone();
        for hop in 0..=self.limits.redirects {
            let rule = self.policy.may_ask(&here);
            let rule = rule.map_err(|fault| FetchEnd::Fault(fault_of_hop(fault, hop)))?;
            // Waiting for other downloads of the host is nobody's slowness.
            let pass = self.doors.enter(here.host(), cancel);
            let _pass = pass.ok_or(FetchEnd::Cancelled)?;
            let started = Instant::now();
            let errand = Errand {
                address: &here,
                rule,
                until: started.checked_add(left).unwrap_or(started),
                cancel,
            };
            match self.ask(&errand, progress)? {
                Answer::Moved(next) => here = next,
                Answer::Whole(mut fetched) => {
                    fetched.redirected = (hop > 0).then(|| here.url().into());
                    return Ok(fetched);
                }
            }
            left = left.saturating_sub(started.elapsed());
        }
        Err(FetchEnd::Fault(PictureFault::TooManyRedirects))
    }

    fn ask(&mut self, errand: &Errand<'_>, progress: Progress<'_>) -> Result<Answer, FetchEnd> {
        let limits = self.limits;
        let url = signed(errand.address, errand.rule.key.as_ref());
        let mut headers = vec![("Accept", "image/*")];
        if let Some(referer) = errand.rule.referer_for(errand.address) {
            headers.push(("Referer", referer));
        }
        let rule = errand.rule.clone();
        let is_screened = !rule.private;
        let screen: Screen = Arc::new(move |address| rule.admits(address));
        let cancel = errand.cancel.clone();
        let question = Question {
            url: &url,
            headers: &headers,
            screen: is_screened.then_some(screen),
            stop: Arc::new(move || cancel.is_cancelled()),
            head: limits.first_byte,
            until: errand.until,
        };
        let patience = errand.patience(&limits);
        let opened = self.client.open(&question);
        let mut download = opened.map_err(|fault| end_of(fault, errand.address, patience))?;
        match download.status {
            200 | 203 => {}
            301 | 302 | 303 | 307 | 308 => return moved(errand.address, &download),
            _ => return Err(FetchEnd::Fault(refusal(&mut download))),
        }
        let body = read(&mut download, &limits, errand, progress)?;
        Ok(Answer::Whole(Fetched {
            status: download.status,
            content_type: download.content_type,
            body,
            redirected: None,
        }))
    }
}

impl Errand<'_> {
    /// The limit that ends the wait for the answer's head.
    fn patience(&self, limits: &FetchLimits) -> Duration {
        let left = self.until.saturating_duration_since(Instant::now());
        if limits.first_byte < left {
            limits.first_byte
        } else {
            limits.total
        }
    }
}

fn fault_of_hop(fault: PictureFault, hop: u32) -> PictureFault {
    match fault {
        PictureFault::NotAllowed { host, .. } => PictureFault::NotAllowed {
            host,
            redirected: hop > 0,
        },
        other => other,
    }
}

fn moved(from: &Address, download: &Download<'_>) -> Result<Answer, FetchEnd> {
    let Some(location) = &download.location else {
        let status = download.status;
        return Err(FetchEnd::Fault(PictureFault::Status { status }));
    };
    let next = resolve(from.url(), location).ok_or_else(|| PictureFault::BadUrl {
        why: "it is redirected to what is neither http nor https".to_owned(),
    });
    let next = next.and_then(|url| Address::parse(&url));
    next.map(Answer::Moved).map_err(FetchEnd::Fault)
}

fn refusal(download: &mut Download<'_>) -> PictureFault {
    match download.status {
        403 => PictureFault::Forbidden {
            said: said(download),
        },
        status @ (404 | 410) => PictureFault::Gone { status },
        status => PictureFault::Status { status },
    }
}

/// What the server says of its refusal; as much as comes, for the refusal itself is known.
fn said(download: &mut Download<'_>) -> String {
    if download.encoding.is_some() {
        return String::new();
    }
    let mut bytes = vec![0; SAID];
    let mut filled = 0;
    while let Some(room) = bytes.get_mut(filled..).filter(|room| !room.is_empty()) {
        match download.read(room) {
            Ok(0) | Err(_) => break,
            Ok(count) => filled += count,
        }
    }
    words_of(
        &download.content_type,
        bytes.get(..filled).unwrap_or_default(),
    )
}

fn read(
    download: &mut Download<'_>,
    limits: &FetchLimits,
    errand: &Errand<'_>,
    progress: Progress<'_>,
) -> Result<Vec<u8>, FetchEnd> {
    let too_many = FetchEnd::Fault(PictureFault::TooManyBytes {
        limit: limits.bytes,
    });
    let total = download.length;
    if total.is_some_and(|total| total > limits.bytes) {
        return Err(too_many);
    }
    if let Some(encoding) = &download.encoding {
        // Nothing was asked to be packed, and what unpacks to how much is anyone's guess.
        return Err(FetchEnd::Fault(PictureFault::NotPicture {
            content_type: download.content_type.clone(),
            bytes: total.unwrap_or(0),
            starts: format!("Content-Encoding: {encoding}"),
        }));
    }
    let mut body = Vec::new();
    let mut piece = vec![0; PIECE];
    let mut told = Instant::now();
    loop {
        let received = length(&body);
        let count = download.read(&mut piece).map_err(|fault| match fault {
            DownloadFault::Network(failure) if failure.kind == NetworkFault::Reset => {
                FetchEnd::Fault(PictureFault::Incomplete { bytes: received })
            }
            other => end_of(other, errand.address, limits.total),
        })?;
        let Some(new) = piece.get(..count).filter(|new| !new.is_empty()) else {
            return Ok(body);
        };
        body.extend_from_slice(new);
        if length(&body) > limits.bytes {
            return Err(too_many);
        }
        if told.elapsed() >= PROGRESS {
            told = Instant::now();
            progress(length(&body), total);
        }
    }
}

fn length(body: &[u8]) -> u64 {
    u64::try_from(body.len()).unwrap_or(u64::MAX)
}

fn end_of(fault: DownloadFault, address: &Address, patience: Duration) -> FetchEnd {
    FetchEnd::Fault(match fault {
        DownloadFault::Stopped => return FetchEnd::Cancelled,
        DownloadFault::BadUrl { .. } => PictureFault::BadUrl {
            why: "the URL cannot be read".to_owned(),
        },
        DownloadFault::Unchecked { why } => PictureFault::Network {
            kind: NetworkFault::Dns,
            why: format!("{UNCHECKED}{why}"),
        },
        DownloadFault::Refused { address: found } => PictureFault::Private {
            host: address.host().to_owned(),
            address: found,
        },
        DownloadFault::Network(failure) if failure.kind == NetworkFault::Timeout => {
            PictureFault::TooSlow {
                secs: patience.as_secs(),
            }
        }
        DownloadFault::Network(failure) => PictureFault::Network {
            kind: failure.kind,
            why: failure.why,
        },
    })
}
