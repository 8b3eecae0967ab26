//! A server of pictures on this machine, in every state that a server can be in: good ones, broken
//! ones, refusals, redirects, and bodies that never end. It notes who asked for what.

#![allow(dead_code, reason = "each user of the server needs another part of it")]

pub(crate) mod answer;
mod file;
mod serve;

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use vodscope::job::{Cancel, Job, Outbox, Wake, spawn};

/// Stops when dropped.
pub(crate) struct PictureServer {
    addr: SocketAddr,
    log: Arc<Log>,
    _accepting: Job<()>,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// With its query.
    pub(crate) path: String,
    /// The whole head, in lower case.
    pub(crate) head: String,
    /// Which connection it came on, counted from 1.
    pub(crate) connection: usize,
}

/// What has happened so far, and whether held answers may go.
#[derive(Default)]
struct Log {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    seen: Vec<Seen>,
    connections: usize,
    /// Requests without an answer, and the most of them there ever were.
    busy: usize,
    most_busy: usize,
    released: bool,
    stopped: bool,
}

impl PictureServer {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let addr = listener.local_addr().expect("its address");
        let log = Arc::new(Log::default());
        let shared = Arc::clone(&log);
        let accepting = spawn("pictures", Wake::none(), move |_: Outbox<()>, cancel| {
            accept(&listener, &shared, &cancel);
        });
        Self {
            addr,
            log,
            _accepting: accepting,
        }
    }

    pub(crate) fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// `127.0.0.1:49152`
    pub(crate) fn host(&self) -> String {
        self.addr.to_string()
    }

    pub(crate) fn url(&self, path: &str) -> String {
        self.url_at("127.0.0.1", path)
    }

    /// The same server under another name.
    pub(crate) fn url_at(&self, name: &str, path: &str) -> String {
        format!("http://{name}:{}{path}", self.addr.port())
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.log.lock().seen.clone()
    }

    /// How often this path was asked for.
    pub(crate) fn count(&self, path: &str) -> usize {
        let state = self.log.lock();
        state.seen.iter().filter(|seen| seen.path == path).count()
    }

    /// The most requests that ever waited for their answers together.
    pub(crate) fn most_busy(&self) -> usize {
        self.log.lock().most_busy
    }

    pub(crate) fn busy(&self) -> usize {
        self.log.lock().busy
    }

    /// Lets every answer below `/held/` go.
    pub(crate) fn release(&self) {
        self.log.change(|state| state.released = true);
    }
}

impl Drop for PictureServer {
    fn drop(&mut self) {
        self.log.change(|state| state.stopped = true);
        // Wakes the thread that waits for connections; where that fails, it has ended already.
        let _woken = TcpStream::connect(self.addr);
    }
}

impl Log {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change<R>(&self, change: impl FnOnce(&mut State) -> R) -> R {
        let result = change(&mut self.lock());
        self.changed.notify_all();
        result
    }

    /// Waits for leave to answer; says whether there is somebody to answer.
    fn wait_for_release(&self) -> bool {
        let held = |state: &mut State| !state.released && !state.stopped;
        let state = self.changed.wait_while(self.lock(), held);
        !state.unwrap_or_else(PoisonError::into_inner).stopped
    }

    /// Waits a little; says whether the server goes on.
    fn pause(&self, nap: Duration) -> bool {
        let going = |state: &mut State| !state.stopped;
        let waited = self.changed.wait_timeout_while(self.lock(), nap, going);
        !waited.unwrap_or_else(PoisonError::into_inner).0.stopped
    }
}

fn accept(listener: &TcpListener, log: &Arc<Log>, cancel: &Cancel) {
    let mut open: Vec<Job<()>> = Vec::new();
    while let Ok((stream, _)) = listener.accept() {
        if log.lock().stopped || cancel.is_cancelled() {
            return;
        }
        open.retain(|job| job.end().is_none());
        let number = log.change(|state| {
            state.connections += 1;
            state.connections
        });
        let log = Arc::clone(log);
        open.push(spawn(
            "picture-client",
            Wake::none(),
            move |_: Outbox<()>, _| {
                serve::serve(&stream, number, &log);
            },
        ));
    }
}
