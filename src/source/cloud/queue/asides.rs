//! What is asked about a queue beside pulling from it: how events are delivered, how many wait.
//! Asked on threads of their own, because a pull and the confirming after it must not wait.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::job::{Cancel, Job, Outbox, Received, feed};
use crate::model::{CallFault, LiveNews};
use crate::source::cloud::action::Action;
use crate::source::cloud::answer::Answer;
use crate::source::cloud::client::Client;

/// For all that is asked at a time: it is worth no more.
const AT_MOST: Duration = Duration::from_secs(5);

pub(super) struct Asides {
    client: Client,
    asking: Vec<Job<LiveNews>>,
}

impl Asides {
    pub(super) fn new(client: Client) -> Self {
        Self {
            client,
            asking: Vec::new(),
        }
    }

    /// Asks whether the application queues events at all, and how many wait; changes nothing.
    pub(super) fn ask_all(&mut self) {
        self.ask(|asker, line| {
            asker.mode(line);
            asker.backlog(line);
        });
    }

    pub(super) fn ask_backlog(&mut self) {
        self.ask(Asker::backlog);
    }

    fn ask(&mut self, about: impl FnOnce(&Asker, Line<'_>) + Send + 'static) {
        let asker = Asker {
            client: self.client.clone(),
            until: Instant::now() + AT_MOST,
        };
        self.asking
            .push(feed("queue-state", 2, move |outbox, cancel| {
                about(&asker, (&outbox, &cancel));
            }));
    }

    /// What has been answered since this was last called.
    pub(super) fn answered(&mut self) -> Vec<LiveNews> {
        let mut answered = Vec::new();
        self.asking.retain(|job| {
            loop {
                match job.poll() {
                    Received::Item(news) => answered.push(news),
                    Received::Waiting => return true,
                    Received::Ended => return false,
                }
            }
        });
        answered
    }
}

type Line<'a> = (&'a Outbox<LiveNews>, &'a Cancel);

struct Asker {
    client: Client,
    until: Instant,
}

impl Asker {
    fn mode(&self, (outbox, cancel): Line<'_>) {
        // A failure tells nothing that the pull does not tell louder.
        if let Ok(answer) = self.call(Action::DescribeEventConfig, cancel) {
            // Nobody to tell: the queue is not looked at any more.
            let _told = outbox.send(LiveNews::Config(answer.event_config()));
        }
    }

    fn backlog(&self, (outbox, cancel): Line<'_>) {
        let backlog = match self.call(Action::DescribeEventsState, cancel) {
            Ok(answer) => answer.event_count().map(Ok),
            Err(CallFault::Api(error)) => Some(Err(error)),
            // An approximate number is not worth a failure.
            Err(_) => None,
        };
        if let Some(backlog) = backlog {
            let _told = outbox.send(LiveNews::Backlog(backlog));
        }
    }

    fn call(&self, action: Action, cancel: &Cancel) -> Result<Answer, CallFault> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(CallFault::Cancelled);
        }
        self.client.within(left)?.call(action, json!({}), cancel)
    }
}
