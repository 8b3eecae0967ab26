//! What the service knows and remembers, shared by its connections.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::answer::Refusal;
use super::app::App;
use super::builder::SubAppRule;
use super::clock::now_unix;
use super::fault::{FaultRule, Plan};
use super::queue::Borrowing;
use super::rng::Rng;
use super::verify::Key;

/// One call, as the service saw it.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    /// Empty when the request named none.
    pub(crate) action: String,
    pub(crate) at: Instant,
    pub(crate) sub_app_id: Option<u64>,
    /// The request's body.
    pub(crate) body: String,
    /// `ok`, an error code, or the fault that struck.
    pub(crate) outcome: String,
    pub(crate) request_id: String,
}

/// Is told of each call.
pub(super) type Log = Arc<dyn Fn(&Call) + Send + Sync>;

/// What does not change while the service runs.
#[derive(Clone)]
pub(super) struct Settings {
    pub(super) keys: Vec<Key>,
    pub(super) hidden_for: Duration,
    pub(super) long_poll: Duration,
    pub(super) sub_app: SubAppRule,
    /// Calls of one action in a second.
    pub(super) rate_limit: Option<usize>,
    pub(super) clock_ahead_secs: i64,
    /// Pictures are served, and the events that are handed out point at them.
    pub(super) pictures: bool,
    pub(super) log: Option<Log>,
}

/// The rest of a list that was answered in part.
#[derive(Clone)]
pub(super) struct Scroll {
    pub(super) task_ids: Arc<[String]>,
    pub(super) from: usize,
}

pub(super) struct State {
    pub(super) apps: Vec<App>,
    pub(super) faults: Vec<FaultRule>,
    pub(super) calls: Vec<Call>,
    pub(super) scrolls: BTreeMap<String, Scroll>,
    pub(super) rng: Rng,
    recent: BTreeMap<String, VecDeque<Instant>>,
}

pub(super) struct World {
    pub(super) settings: Settings,
    state: Mutex<State>,
    changed: Condvar,
    stopped: AtomicBool,
}

impl World {
    pub(super) fn new(
        settings: Settings,
        apps: Vec<App>,
        faults: Vec<FaultRule>,
        seed: u64,
    ) -> Self {
        let state = State {
            apps,
            faults,
            calls: Vec::new(),
            scrolls: BTreeMap::new(),
            rng: Rng::new(seed),
            recent: BTreeMap::new(),
        };
        Self {
            settings,
            state: Mutex::new(state),
            changed: Condvar::new(),
            stopped: AtomicBool::new(false),
        }
    }

    pub(super) fn now_unix(&self) -> i64 {
        now_unix(self.settings.clock_ahead_secs)
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state, and wakes the pulls that wait for that.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let result = change(&mut self.lock());
        self.changed.notify_all();
        result
    }

    /// Works on an application that is up to date.
    pub(super) fn in_app<T>(
        &self,
        id: u64,
        work: impl FnOnce(&mut App) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let mut state = self.lock();
        let app = state.app(id)?;
        app.refresh(Instant::now());
        work(app)
    }

    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::Release);
        self.changed.notify_all();
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Acquire)
    }

    /// Notes a call and hands it to whoever listens.
    pub(super) fn note(&self, call: Call) {
        if let Some(log) = &self.settings.log {
            log(&call);
        }
        self.lock().calls.push(call);
    }

    /// What goes wrong with this call.
    pub(super) fn plan(&self, action: &str, body: &str) -> Plan {
        let state = &mut *self.lock();
        Plan::of(&mut state.faults, (action, body), &mut state.rng)
    }

    /// Random hexadecimal digits.
    pub(super) fn hex(&self, digits: u32) -> String {
        let mut text = String::new();
        self.lock().rng.hex(digits, &mut text);
        text
    }

    /// Refuses when this action was called too often within the last second.
    pub(super) fn limit_rate(&self, action: &str) -> Result<(), Refusal> {
        let Some(limit) = self.settings.rate_limit else {
            return Ok(());
        };
        let now = Instant::now();
        let mut state = self.lock();
        let recent = state.recent.entry(action.to_owned()).or_default();
        recent.retain(|at| now.duration_since(*at) < Duration::from_secs(1));
        if recent.len() >= limit {
            let message = format!("`{action}` is limited to {limit} requests a second.");
            return Err(Refusal::new("RequestLimitExceeded", message));
        }
        recent.push_back(now);
        Ok(())
    }

    /// The events of one pull; waits for some, as long as a long poll does.
    pub(super) fn pull(&self, app_id: u64, how: Borrowing) -> Result<Vec<String>, Refusal> {
        let deadline = Instant::now() + self.settings.long_poll;
        let mut state = self.lock();
        loop {
            let now = Instant::now();
            let (app, rng) = state.app_and_rng(app_id)?;
            app.refresh(now);
            let events = app.queue.pull(now, how, rng);
            if !events.is_empty() || now >= deadline || self.is_stopped() {
                return Ok(events);
            }
            let until = app
                .next_change()
                .map_or(deadline, |next| next.min(deadline));
            let waited = self
                .changed
                .wait_timeout(state, until.saturating_duration_since(now));
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl State {
    pub(super) fn app(&mut self, id: u64) -> Result<&mut App, Refusal> {
        Ok(self.app_and_rng(id)?.0)
    }

    fn app_and_rng(&mut self, id: u64) -> Result<(&mut App, &mut Rng), Refusal> {
        match self.apps.iter_mut().find(|app| app.id == id) {
            Some(app) => Ok((app, &mut self.rng)),
            None => Err(no_such_app(&id.to_string())),
        }
    }
}

pub(super) fn no_such_app(given: &str) -> Refusal {
    let message = format!("The value of `SubAppId` is not valid: {given}.");
    Refusal::new("InvalidParameterValue.SubAppId", message)
}
