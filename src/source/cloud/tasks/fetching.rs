//! The threads that ask: one lists, a few fetch details; all keep to one rate.

use serde_json::{Value, json};

use crate::job::{Cancel, Gone, Job, Outbox, feed};
use crate::model::{CLOUD_MEMORY_SECS, CallFault, Retry, TaskQuery, Zone, now_unix};
use crate::source::cloud::action::Action;
use crate::source::cloud::answer::Answer;
use crate::source::cloud::client::Client;
use crate::source::cloud::rate::Rate;
use crate::source::cloud::retry::Patience;
use crate::text::format;

use super::board::Board;

/// Most tasks a page of DescribeTasks holds.
const PAGE: u32 = 100;
/// Kept off the edge of what the service remembers, for clocks that differ a little.
const EDGE_SECS: i64 = 60;
/// Answers that wait to be stored.
const AHEAD: usize = 8;

/// What the threads bring.
#[derive(Debug)]
pub(super) enum Fetched {
    /// A request was sent.
    Sent {
        unix: i64,
    },
    Retry(Retry),
    Page(Answer),
    ListedAll,
    Media(Answer),
    Detail {
        task_id: String,
        answer: Answer,
    },
    /// The cloud does not know the task (any more).
    Forgotten {
        fault: CallFault,
    },
    /// A call failed for good; it is made again when the pull is resumed.
    Stuck {
        action: Action,
        fault: CallFault,
    },
}

/// How calls are made.
#[derive(Clone, Debug)]
pub(super) struct Errand {
    pub(super) client: Client,
    pub(super) rate: Rate,
}

impl Errand {
    /// Makes a call in its turn, again while the failure may pass; `tell` hears of each attempt.
    pub(super) fn call(
        &self,
        (action, params): (Action, &Value),
        cancel: &Cancel,
        tell: &dyn Fn(Fetched),
    ) -> Result<Answer, CallFault> {
        Patience::default().run(
            action,
            cancel,
            |retry| tell(Fetched::Retry(retry.clone())),
            || {
                if !self.rate.wait(cancel) {
                    return Err(CallFault::Cancelled);
                }
                tell(Fetched::Sent { unix: now_unix() });
                self.client.call(action, params.clone(), cancel)
            },
        )
    }

    /// Lists tasks page by page.
    pub(super) fn list(&self, query: TaskQuery, board: &Board) -> Job<Fetched> {
        let (errand, board) = (self.clone(), board.clone());
        feed("pull-list", AHEAD, move |outbox, cancel| {
            // Gone: the pull has ended.
            let _told = errand.list_all(&query, &board, (&outbox, &cancel));
        })
    }

    /// What is known of a file, then its tasks.
    pub(super) fn file(&self, file_id: String, board: &Board) -> Job<Fetched> {
        let (errand, board) = (self.clone(), board.clone());
        feed("pull-file", AHEAD, move |outbox, cancel| {
            let told = errand.media(&file_id, &board, (&outbox, &cancel));
            let query = TaskQuery {
                since_unix: now_unix() - CLOUD_MEMORY_SECS,
                file_id: Some(file_id),
                ..TaskQuery::default()
            };
            let _told = told.and_then(|()| errand.list_all(&query, &board, (&outbox, &cancel)));
        })
    }

    /// Fetches details for as long as any is wanted.
    pub(super) fn fetch(&self, board: &Board) -> Job<Fetched> {
        let (errand, board) = (self.clone(), board.clone());
        feed("pull-detail", AHEAD, move |outbox, cancel| {
            let tell = |fetched| outbox.send(fetched);
            while let Some(wanted) = board.take() {
                let params = json!({ "TaskId": wanted.task_id });
                let call = (Action::DescribeTaskDetail, &params);
                let result = errand.call(call, &cancel, &|fetched| _ = tell(fetched));
                let told = match result {
                    Ok(answer) => {
                        let task_id = wanted.task_id;
                        tell(Fetched::Detail { task_id, answer })
                    }
                    Err(fault) if is_forgotten(&fault) => tell(Fetched::Forgotten { fault }),
                    Err(CallFault::Cancelled) => Err(Gone),
                    Err(fault) => {
                        board.put_back(wanted);
                        let action = Action::DescribeTaskDetail;
                        match tell(Fetched::Stuck { action, fault }) {
                            Ok(()) => continue,
                            Err(Gone) => return,
                        }
                    }
                };
                board.done();
                if told.is_err() {
                    return;
                }
            }
        })
    }

    fn media(
        &self,
        file_id: &str,
        board: &Board,
        line: (&Outbox<Fetched>, &Cancel),
    ) -> Result<(), Gone> {
        let params = json!({ "FileIds": [file_id] });
        let call = (Action::DescribeMediaInfos, &params);
        let answer = self.call_until(call, board, line)?;
        line.0.send(Fetched::Media(answer))
    }

    fn list_all(
        &self,
        query: &TaskQuery,
        board: &Board,
        line: (&Outbox<Fetched>, &Cancel),
    ) -> Result<(), Gone> {
        let any = [None];
        let statuses = query.statuses.iter().map(|status| Some(status.as_str()));
        let statuses: Vec<Option<&str>> = statuses.collect();
        let asked = if statuses.is_empty() {
            any.as_slice()
        } else {
            &statuses
        };
        for status in asked {
            self.list_status(query, *status, board, line)?;
        }
        line.0.send(Fetched::ListedAll)
    }

    /// Every page of one status, or of any.
    fn list_status(
        &self,
        query: &TaskQuery,
        status: Option<&str>,
        board: &Board,
        line: (&Outbox<Fetched>, &Cancel),
    ) -> Result<(), Gone> {
        // A span longer than the service remembers is refused, and time goes on.
        let oldest = now_unix() - CLOUD_MEMORY_SECS + EDGE_SECS;
        let mut params = params(query, status, oldest);
        loop {
            let call = (Action::DescribeTasks, &params);
            let answer = self.call_until(call, board, line)?;
            let next = answer.task_page().scroll_token.map(str::to_owned);
            line.0.send(Fetched::Page(answer))?;
            // The same token again would go round for ever.
            match next.filter(|next| params.get("ScrollToken") != Some(&json!(next))) {
                Some(next) => set(&mut params, "ScrollToken", next.into()),
                None => return Ok(()),
            }
        }
    }

    /// Makes a call until it succeeds: after a failure for good, when the pull is resumed.
    fn call_until(
        &self,
        call: (Action, &Value),
        board: &Board,
        (outbox, cancel): (&Outbox<Fetched>, &Cancel),
    ) -> Result<Answer, Gone> {
        loop {
            if !board.go_on() {
                return Err(Gone);
            }
            let tell = |fetched| _ = outbox.send(fetched);
            match self.call(call, cancel, &tell) {
                Ok(answer) => return Ok(answer),
                Err(CallFault::Cancelled) => return Err(Gone),
                Err(fault) => {
                    board.pause(true);
                    let action = call.0;
                    outbox.send(Fetched::Stuck { action, fault })?;
                }
            }
        }
    }
}

/// Newest first, and nothing before `oldest`. Without an end the list runs up to the present.
fn params(query: &TaskQuery, status: Option<&str>, oldest: i64) -> Value {
    let since_unix = query.since_unix.max(oldest);
    let mut span = json!({ "After": format::iso(since_unix, Zone::Utc) });
    if let Some(until) = query.until_unix {
        set(&mut span, "Before", format::iso(until, Zone::Utc).into());
    }
    let mut params = json!({
        "CreateTime": span,
        "Limit": PAGE,
        "Sort": { "Field": "CreateTime", "Order": "Desc" },
    });
    if let Some(status) = status {
        set(&mut params, "Status", status.into());
    }
    if let Some(file_id) = &query.file_id {
        set(&mut params, "FileId", file_id.as_str().into());
    }
    params
}

fn set(object: &mut Value, name: &str, value: Value) {
    if let Value::Object(members) = object {
        members.insert(name.to_owned(), value);
    }
}

/// The service words it so when a task is unknown, or older than it remembers.
fn is_forgotten(fault: &CallFault) -> bool {
    let codes = ["InvalidParameterValue.TaskId", "ResourceNotFound"];
    matches!(fault, CallFault::Api(error) if codes.contains(&error.code.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_asked_for_newest_first() {
        let query = TaskQuery {
            since_unix: 0,
            until_unix: Some(60),
            statuses: Vec::new(),
            file_id: Some("528".to_owned()),
        };
        let expected = json!({
            "CreateTime": { "After": "1970-01-01T00:00:00Z", "Before": "1970-01-01T00:01:00Z" },
            "Limit": 100,
            "Sort": { "Field": "CreateTime", "Order": "Desc" },
            "Status": "FINISH",
            "FileId": "528",
        });
        assert_eq!(params(&query, Some("FINISH"), 0), expected);
        let later = params(&query, None, 30);
        assert_eq!(later["CreateTime"]["After"], "1970-01-01T00:00:30Z");
    }
}
