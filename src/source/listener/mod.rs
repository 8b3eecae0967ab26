//! Receives callbacks over HTTP: each one is durable in the archive before it is answered 200,
//! and is shown after that. The service ignores what it is answered and tries again after 5 s, so
//! nothing here waits for the window.
//!
//! Three threads: the server reads requests and answers them; the writer stores what has been
//! read, as much at a time as waits; the job itself decodes what was stored and tells the owner.
//! An owner that is behind delays only the last: see `desk`.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;

use crate::job::{Cancel, Job, JobEnd, Wake, feed, spawn};
use crate::model::{
    Compression, Encoding, ListenSpec, LiveNews, LiveSpec, Reason, Secret, Shape, SourceEnd,
    SourceEvent, SourceInfo,
};

use super::Catalog;
use super::archived::entry;

mod body;
mod desk;
mod request;
mod server;
mod sign;
mod teller;
mod writer;

use body::Memory;
use desk::Desk;
use server::Bound;
use teller::Teller;

/// Where callbacks are received unless another address is chosen.
pub const DEFAULT_ADDR: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8787);

/// How often the owner is told, at most: what came meanwhile is one batch.
const PACE: Duration = Duration::from_millis(40);

/// Whether other machines can reach the address.
pub fn is_exposed(addr: SocketAddr) -> bool {
    !addr.ip().to_canonical().is_loopback()
}

/// What one client may take: the product uses the default, tests use small numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Time for a request's head, and for the pause between two requests.
    pub head: Duration,
    /// Time for a request's body.
    pub body: Duration,
    /// Time for storing it; the service gives up 5 s after it began.
    pub store: Duration,
    /// Connections at a time; more wait until one ends.
    pub connections: usize,
    pub body_bytes: usize,
    /// Bytes of all bodies that are being received and stored.
    pub memory_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            body: Duration::from_secs(20),
            store: Duration::from_millis(4500),
            connections: 256,
            body_bytes: 10 << 20,
            memory_bytes: 256 << 20,
        }
    }
}

/// Receives callbacks until cancelled. With a signing key, a request whose `Sign` and `T` are not
/// right is answered 401 and listed as a problem.
pub fn listen(
    spec: ListenSpec,
    sign_key: Option<Secret>,
    archive: PathBuf,
    catalog: &Catalog,
    wake: Wake,
) -> Job<SourceEvent> {
    let listener = Listener {
        spec,
        sign_key,
        archive,
        limits: Limits::default(),
    };
    listener.start(catalog, wake)
}

/// What is needed to receive callbacks.
#[derive(Clone, Debug)]
pub struct Listener {
    pub spec: ListenSpec,
    pub sign_key: Option<Secret>,
    pub archive: PathBuf,
    pub limits: Limits,
}

impl Listener {
    /// Like [`listen`].
    pub fn start(self, catalog: &Catalog, wake: Wake) -> Job<SourceEvent> {
        let catalog = catalog.clone();
        spawn("listener", wake, move |outbox, cancel| {
            let started = Instant::now();
            let info = self.open(&catalog);
            let source = info.id;
            // Nobody to tell: the job was dropped, which is how it is cancelled.
            let _told = outbox.send(SourceEvent::Opened(info));
            let teller = Teller::new(source, self.archive.clone(), &outbox);
            let end = self.run(teller, &cancel);
            let _told = outbox.send(SourceEvent::Ended {
                source,
                end,
                elapsed: started.elapsed(),
            });
        })
    }

    /// Numbers the source and makes its records readable again.
    fn open(&self, catalog: &Catalog) -> SourceInfo {
        let id = catalog.new_id();
        catalog.keep(id, entry(&self.archive));
        SourceInfo {
            id,
            name: self.spec.addr.to_string(),
            path: None,
            total_bytes: None,
            compression: Compression::None,
            encoding: Encoding::Utf8,
            shape: Shape::Documents,
            live: Some(LiveSpec::Listen(self.spec.clone())),
        }
    }

    /// Receives until cancelled, and tells what was stored up to the end.
    fn run(self, mut teller: Teller<'_>, cancel: &Cancel) -> SourceEnd {
        let addr = self.spec.addr;
        let desk = Arc::new(Desk::default());
        let threads = self.start_threads(&desk, cancel);
        let failed = match threads.server.recv() {
            Some(Ok(addr)) => {
                teller.news(LiveNews::Listening { addr });
                threads.watch(&desk, &mut teller, cancel)
            }
            Some(Err(why)) => Some(Reason::CannotListen { addr, why }),
            None => Some(threads.fallen()),
        };
        // After this the port is free, every request answered or dropped, and all that came stored.
        threads.join();
        teller.tell(desk.take());
        match failed {
            None => SourceEnd::Cancelled,
            Some(reason) => {
                teller.problem(reason);
                SourceEnd::Failed
            }
        }
    }

    fn start_threads(self, desk: &Arc<Desk>, cancel: &Cancel) -> Threads {
        let (arrivals, arriving) = mpsc::channel(self.limits.connections.max(1));
        let (archive, writers_desk) = (self.archive, Arc::clone(desk));
        let writer = feed("listener-writer", 1, move |_alive, _| {
            writer::run(archive, arriving, &writers_desk);
        });
        let gate = request::Gate {
            // An empty key would check nothing, and everybody could make its signature.
            sign_key: self.sign_key.filter(|key| !key.is_empty()),
            limits: self.limits,
            arrivals,
            desk: Arc::clone(desk),
            memory: Memory::default(),
        };
        let (addr, cancel) = (self.spec.addr, cancel.clone());
        let server = feed("listener-server", 1, move |outbox, own| {
            // Not even an owner that never looks keeps the port taken.
            server::run(addr, gate, &outbox, &[&cancel, &own]);
        });
        Threads { server, writer }
    }
}

/// The threads beside the job's own.
struct Threads {
    server: Job<Bound>,
    writer: Job<()>,
}

impl Threads {
    /// Tells what comes until cancelled; why not so long, when a thread fell over.
    fn watch(&self, desk: &Desk, teller: &mut Teller<'_>, cancel: &Cancel) -> Option<Reason> {
        while cancel.sleep(PACE) {
            teller.tell(desk.take());
            if self.server.end().is_some() || self.writer.end().is_some() {
                return Some(self.fallen());
            }
        }
        None
    }

    fn fallen(&self) -> Reason {
        let ends = [self.server.end(), self.writer.end()];
        let why = ends.into_iter().flatten().find_map(|end| match end {
            JobEnd::Failed(why) => Some(why.clone()),
            JobEnd::Done => None,
        });
        Reason::Unreadable {
            why: why.unwrap_or_else(|| "the listener ended by itself".to_owned()),
        }
    }

    /// Waits for both: the writer ends when the server can bring nothing more.
    fn join(&self) {
        self.server.cancel();
        while self.server.recv().is_some() {}
        while self.writer.recv().is_some() {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_beyond_this_machine_are_exposed() {
        let exposed = |addr: &str| is_exposed(addr.parse().unwrap());
        for addr in [
            "127.0.0.1:1",
            "127.9.9.9:1",
            "[::1]:1",
            "[::ffff:127.0.0.1]:1",
        ] {
            assert!(!exposed(addr), "{addr}");
        }
        for addr in [
            "0.0.0.0:1",
            "[::]:1",
            "192.168.1.2:1",
            "[::ffff:10.0.0.1]:1",
        ] {
            assert!(exposed(addr), "{addr}");
        }
        assert!(!is_exposed(DEFAULT_ADDR));
    }
}
