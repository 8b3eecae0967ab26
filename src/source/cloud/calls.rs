//! The calls whose answers mean more than their members say.

use std::time::{Duration, Instant};

use serde_json::json;

use super::action::Action;
use super::answer::Answer;
use super::client::Client;
use crate::job::Cancel;
use crate::model::{BATCH_LIMIT, CallFault, SubApp, Tested};

/// Most applications one DescribeSubAppIds answers with, and most pages that are asked for.
const SUB_APPS_A_PAGE: usize = 200;
const SUB_APP_PAGES: usize = 25;

/// What PullEvents brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pulled {
    /// Nothing waits, or nothing is ever queued.
    Empty {
        elapsed: Duration,
        request_id: String,
    },
    Events(Answer),
}

impl Client {
    /// One PullEvents: hides up to 16 events from every consumer for 30 s. An empty queue is no
    /// fault, though the service words it as one.
    pub fn pull_events(&self, cancel: &Cancel) -> Result<Pulled, CallFault> {
        let started = Instant::now();
        let empty = |request_id| Pulled::Empty {
            elapsed: started.elapsed(),
            request_id,
        };
        match self.call(Action::PullEvents, json!({}), cancel) {
            Ok(answer) if answer.events().is_empty() => Ok(empty(answer.request_id)),
            Ok(answer) => Ok(Pulled::Events(answer)),
            // Longer codes of this family speak of files and accounts.
            Err(CallFault::Api(error)) if error.code == "ResourceNotFound" => {
                Ok(empty(error.request_id))
            }
            Err(fault) => Err(fault),
        }
    }

    /// One ConfirmEvents: deletes these events for everybody. At most 16 handles; more are
    /// refused by the service.
    pub fn confirm_events(&self, handles: &[&str], cancel: &Cancel) -> Result<Answer, CallFault> {
        debug_assert!(handles.len() <= BATCH_LIMIT, "a call takes 16 handles");
        let params = json!({ "EventHandles": handles });
        self.call(Action::ConfirmEvents, params, cancel)
    }

    /// Every application of the account.
    pub fn sub_apps(&self, cancel: &Cancel) -> Result<Vec<SubApp>, CallFault> {
        let mut apps = Vec::new();
        for page in 0..SUB_APP_PAGES {
            let params = json!({ "Offset": page * SUB_APPS_A_PAGE, "Limit": SUB_APPS_A_PAGE });
            let answer = self.call(Action::DescribeSubAppIds, params, cancel)?;
            let listed = answer.sub_apps();
            let is_last = listed.len() < SUB_APPS_A_PAGE;
            apps.extend(listed);
            if is_last {
                break;
            }
        }
        Ok(apps)
    }
}

/// Asks how the application's events are delivered and which applications there are; changes
/// nothing and does not try again.
pub fn test_profile(client: &Client, cancel: &Cancel) -> Result<Tested, CallFault> {
    let answer = client.call(Action::DescribeEventConfig, json!({}), cancel)?;
    let credentials = client.credentials();
    Ok(Tested {
        elapsed: answer.elapsed,
        config: answer.event_config(),
        sub_apps: client.sub_apps(cancel),
        masked_id: credentials.masked_id(),
        origin: credentials.origin.clone(),
        clock_ahead_secs: answer.clock_ahead_secs,
        request_id: answer.request_id,
    })
}
