//! A running service: where it is, what it has seen, and what can be changed while it runs.

use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Instant;

use vodscope::job::{Cancel, Job, Outbox, Wake, spawn};

use super::app::{App, Mode};
use super::builder::Builder;
use super::connection::serve;
use super::fault::FaultRule;
use super::task::Task;
use super::world::{Call, State, World};

/// Stops when dropped.
pub(crate) struct Service {
    addr: SocketAddr,
    world: Arc<World>,
    _accepting: Job<()>,
}

impl Service {
    /// A service with the documented limits, one application, the documentation's key, and
    /// neither events nor tasks.
    pub(crate) fn builder() -> Builder {
        Builder::new()
    }

    pub(super) fn listen(addr: SocketAddr, world: World) -> io::Result<Self> {
        let listener = TcpListener::bind(addr)?;
        let addr = listener.local_addr()?;
        let world = Arc::new(world);
        let shared = Arc::clone(&world);
        let accepting = spawn("vod-service", Wake::none(), move |_: Outbox<()>, cancel| {
            accept(&listener, &shared, &cancel);
        });
        Ok(Self {
            addr,
            world,
            _accepting: accepting,
        })
    }

    pub(crate) fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// `http://127.0.0.1:9080`
    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Queues an event in the first application.
    pub(crate) fn push_event(&self, event: &str) {
        self.first(|app| app.push(event));
    }

    pub(crate) fn add_task(&self, task: Task) {
        self.first(|app| app.tasks.push(task));
    }

    pub(crate) fn set_mode(&self, mode: Mode) {
        self.first(|app| app.mode = mode);
    }

    pub(crate) fn add_fault(&self, rule: FaultRule) {
        self.world.change(|state| state.faults.push(rule));
    }

    pub(crate) fn clear_faults(&self) {
        self.world.change(|state| state.faults.clear());
    }

    /// Makes every `ScrollToken` given out so far invalid.
    pub(crate) fn expire_scroll_tokens(&self) {
        self.world.change(|state| state.scrolls.clear());
    }

    /// Events that a pull would find now, of all applications.
    pub(crate) fn queue_len(&self) -> usize {
        self.sum(|app| app.queue.visible_count())
    }

    /// Events that are hidden now.
    pub(crate) fn hidden(&self) -> usize {
        self.sum(|app| app.queue.hidden_count())
    }

    /// Keys of the events that were deleted, in order; see [`super::event_key`].
    pub(crate) fn confirmed(&self) -> Vec<String> {
        self.looking(|apps| {
            let keys = apps.iter().flat_map(|app| app.queue.confirmed());
            keys.cloned().collect()
        })
    }

    /// Keys of the events that were not deleted, hidden or not.
    pub(crate) fn remaining(&self) -> Vec<String> {
        self.looking(|apps| apps.iter().flat_map(|app| app.queue.remaining()).collect())
    }

    /// Every call so far.
    pub(crate) fn calls(&self) -> Vec<Call> {
        self.world.lock().calls.clone()
    }

    /// How often an action was called.
    pub(crate) fn call_count(&self, action: &str) -> usize {
        let state = self.world.lock();
        state
            .calls
            .iter()
            .filter(|call| call.action == action)
            .count()
    }

    fn first(&self, change: impl FnOnce(&mut App)) {
        self.world.change(|State { apps, .. }| {
            if let Some(app) = apps.first_mut() {
                change(app);
            }
        });
    }

    fn looking<T>(&self, look: impl FnOnce(&[App]) -> T) -> T {
        let mut state = self.world.lock();
        let now = Instant::now();
        for app in &mut state.apps {
            app.refresh(now);
        }
        look(&state.apps)
    }

    fn sum(&self, count: impl Fn(&App) -> usize) -> usize {
        self.looking(|apps| apps.iter().map(count).sum())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.world.stop();
        // Wakes the thread that waits for connections; where that fails, it has ended already.
        let _woken = TcpStream::connect(self.addr);
    }
}

fn accept(listener: &TcpListener, world: &Arc<World>, cancel: &Cancel) {
    let mut open: Vec<Job<()>> = Vec::new();
    while let Ok((stream, _)) = listener.accept() {
        if world.is_stopped() || cancel.is_cancelled() {
            return;
        }
        open.retain(|job| job.end().is_none());
        let world = Arc::clone(world);
        open.push(spawn(
            "vod-client",
            Wake::none(),
            move |_: Outbox<()>, cancel| {
                serve(&stream, &world, &cancel);
            },
        ));
    }
}
