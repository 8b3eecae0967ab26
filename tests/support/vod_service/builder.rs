//! How a service is set up.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use super::app::App;
use super::fault::FaultRule;
use super::service::Service;
use super::task::Task;
use super::verify::Key;
use super::world::{Call, Settings, World};
use super::{SECRET_ID, SECRET_KEY, SUB_APP_ID};

/// What happens to calls without a SubAppId.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SubAppRule {
    /// They mean the first application, as for old accounts.
    #[default]
    First,
    /// They are refused, as for accounts made since 2023-12-25.
    Required,
}

pub(crate) struct Builder {
    addr: SocketAddr,
    seed: u64,
    settings: Settings,
    /// The first is the one that events and tasks given here go to.
    first: App,
    others: Vec<App>,
    faults: Vec<FaultRule>,
}

impl Builder {
    pub(super) fn new() -> Self {
        let settings = Settings {
            keys: Vec::new(),
            hidden_for: Duration::from_secs(30),
            long_poll: Duration::from_secs(5),
            sub_app: SubAppRule::default(),
            rate_limit: None,
            clock_ahead_secs: 0,
            pictures: false,
            log: None,
        };
        Self {
            addr: SocketAddr::from(([127, 0, 0, 1], 0)),
            seed: 1,
            settings,
            first: App::new(SUB_APP_ID, "main"),
            others: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// Where to listen; any free port of this machine unless set.
    pub(crate) fn addr(mut self, addr: SocketAddr) -> Self {
        self.addr = addr;
        self
    }

    /// Accepts this key, and the documentation's no longer.
    pub(crate) fn key(mut self, key: Key) -> Self {
        self.settings.keys.push(key);
        self
    }

    /// How long pulled events stay hidden.
    pub(crate) fn hidden_for(mut self, time: Duration) -> Self {
        self.settings.hidden_for = time;
        self
    }

    /// How long a pull waits while the queue is empty.
    pub(crate) fn long_poll(mut self, time: Duration) -> Self {
        self.settings.long_poll = time;
        self
    }

    pub(crate) fn sub_app(mut self, rule: SubAppRule) -> Self {
        self.settings.sub_app = rule;
        self
    }

    /// Calls of one action that are answered within a second.
    pub(crate) fn rate_limit(mut self, per_second: usize) -> Self {
        self.settings.rate_limit = Some(per_second);
        self
    }

    /// Sets the service's clock so far ahead: its `Date` headers and its checks of timestamps.
    pub(crate) fn clock_ahead_secs(mut self, secs: i64) -> Self {
        self.settings.clock_ahead_secs = secs;
        self
    }

    /// Serves pictures, and points the events and tasks that are handed out at them.
    pub(crate) fn pictures(mut self) -> Self {
        self.settings.pictures = true;
        self
    }

    /// Is called after each call.
    pub(crate) fn log(mut self, log: impl Fn(&Call) + Send + Sync + 'static) -> Self {
        self.settings.log = Some(Arc::new(log));
        self
    }

    /// Decides the ids and the faults that come by chance.
    pub(crate) fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    pub(crate) fn fault(mut self, rule: FaultRule) -> Self {
        self.faults.push(rule);
        self
    }

    /// Changes the first application.
    pub(crate) fn main_app(mut self, change: impl FnOnce(App) -> App) -> Self {
        self.first = change(self.first);
        self
    }

    /// Adds another application.
    pub(crate) fn app(mut self, app: App) -> Self {
        self.others.push(app);
        self
    }

    pub(crate) fn events(self, events: impl IntoIterator<Item = String>) -> Self {
        self.main_app(|app| app.events(events))
    }

    pub(crate) fn tasks(self, tasks: impl IntoIterator<Item = Task>) -> Self {
        self.main_app(|app| app.tasks(tasks))
    }

    pub(crate) fn sample_events(self, count: u64) -> Self {
        self.main_app(|app| app.sample_events(count))
    }

    /// Sample tasks; all have ended but the few that are at work in the sample itself.
    pub(crate) fn sample_tasks(self, count: usize) -> Self {
        self.main_app(|app| app.sample_tasks(count, 0))
    }

    pub(crate) fn start(mut self) -> io::Result<Service> {
        if self.settings.keys.is_empty() {
            self.settings.keys.push(Key {
                id: SECRET_ID.to_owned(),
                secret: SECRET_KEY.to_owned(),
                token: None,
            });
        }
        let mut apps = vec![self.first];
        apps.append(&mut self.others);
        Service::listen(
            self.addr,
            World::new(self.settings, apps, self.faults, self.seed),
        )
    }
}
