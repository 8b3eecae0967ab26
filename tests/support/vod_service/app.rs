//! An application: its mode, its queue, its tasks, and what arrives in it by itself.

use std::time::{Duration, Instant};

use super::clock::now_unix;
use super::queue::Queue;
use super::sample;
use super::task::Task;

/// How an application tells of its events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mode {
    /// By callbacks: its queue stays empty.
    Push,
    #[default]
    Pull,
}

pub(crate) struct App {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) mode: Mode,
    pub(super) notification_url: String,
    pub(super) queue: Queue,
    pub(super) tasks: Vec<Task>,
    arrivals: Option<Arrivals>,
}

struct Arrivals {
    every: Duration,
    since: Instant,
    count: u64,
    most: u64,
}

impl Arrivals {
    fn next(&self) -> Option<Instant> {
        let nth = u32::try_from(self.count + 1).ok()?;
        (self.count < self.most).then(|| self.since + self.every * nth)
    }
}

impl App {
    pub(crate) fn new(id: u64, name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            mode: Mode::default(),
            notification_url: String::new(),
            queue: Queue::default(),
            tasks: Vec::new(),
            arrivals: None,
        }
    }

    /// Sends callbacks in place of queueing.
    pub(crate) fn pushing_to(mut self, url: &str) -> Self {
        self.mode = Mode::Push;
        url.clone_into(&mut self.notification_url);
        self
    }

    /// Queues these events, JSON without a handle.
    pub(crate) fn events(mut self, events: impl IntoIterator<Item = String>) -> Self {
        for event in events {
            self.push(&event);
        }
        self
    }

    pub(crate) fn tasks(mut self, tasks: impl IntoIterator<Item = Task>) -> Self {
        self.tasks.extend(tasks);
        self
    }

    /// Queues so many sample events.
    pub(crate) fn sample_events(self, count: u64) -> Self {
        let now = now_unix(0);
        let event = |number| sample::event(number, sample::ended_unix(number, now));
        self.events((0..count).map(event))
    }

    /// Adds so many sample tasks, the youngest `running` of which end when asked for three times.
    pub(crate) fn sample_tasks(self, count: usize, running: usize) -> Self {
        let now = now_unix(0);
        let task = |number| sample::task(number, sample::ended_unix(number, now));
        let tasks = (0_u64..).filter_map(task).take(count).enumerate();
        let tasks = tasks.map(|(index, task)| {
            let asks = if index < running { 3 } else { 0 };
            task.running_for(asks)
        });
        self.tasks(tasks)
    }

    /// Lets a sample task end, and its event arrive, so often from now on; `most` of them.
    pub(crate) fn arriving(mut self, every: Duration, most: u64) -> Self {
        self.arrivals = Some(Arrivals {
            every: every.max(Duration::from_micros(10)),
            since: Instant::now(),
            count: 0,
            most,
        });
        self
    }

    /// Queues an event, unless the application sends callbacks.
    pub(super) fn push(&mut self, event: &str) {
        if self.mode == Mode::Pull {
            self.queue.push(event);
        }
    }

    /// Brings the queue up to this moment.
    pub(super) fn refresh(&mut self, now: Instant) {
        while let Some(number) = self.arrival_due(now) {
            let unix = now_unix(0);
            self.push(&sample::event(number, unix));
            self.tasks.extend(sample::task(number, unix));
        }
        self.queue.refresh(now);
    }

    fn arrival_due(&mut self, now: Instant) -> Option<u64> {
        let arrivals = self.arrivals.as_mut()?;
        arrivals.next().filter(|next| *next <= now)?;
        arrivals.count += 1;
        Some(sample::ARRIVING + arrivals.count)
    }

    /// When the queue changes next without anybody's doing.
    pub(super) fn next_change(&self) -> Option<Instant> {
        let arrival = self.arrivals.as_ref().and_then(Arrivals::next);
        [arrival, self.queue.next_return()]
            .into_iter()
            .flatten()
            .min()
    }
}
