//! The threads that fetch details, and how all threads of a pull make their calls.

use serde_json::{Value, json};

use crate::job::{Cancel, Gone, Job, Outbox, feed};
use crate::model::{CallFault, ListPlace, Retry, now_unix};
use crate::source::cloud::action::Action;
use crate::source::cloud::answer::Answer;
use crate::source::cloud::client::Client;
use crate::source::cloud::rate::Rate;
use crate::source::cloud::retry::Patience;

use super::board::{Board, Setback, Wanted};
use super::faults::{is_forgotten, is_of_one_task};

/// Answers that wait to be stored.
pub(super) const AHEAD: usize = 8;

/// What the threads bring.
#[derive(Debug)]
pub(super) enum Fetched {
    /// A request was sent.
    Sent {
        unix: i64,
    },
    Retry(Retry),
    Page {
        answer: Answer,
        /// Where the list goes on.
        next: ListPlace,
    },
    ListedAll,
    /// The service has forgotten where the list was: it begins anew.
    ListedAgain {
        request_id: String,
    },
    Media(Answer),
    Detail {
        task_id: String,
        answer: Answer,
    },
    /// The cloud does not know the task (any more).
    Forgotten {
        task_id: String,
        fault: CallFault,
    },
    /// The detail of this task alone failed for good.
    Broken {
        task_id: String,
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

    /// Fetches details for as long as any is wanted.
    pub(super) fn fetch(&self, board: &Board) -> Job<Fetched> {
        let (errand, board) = (self.clone(), board.clone());
        feed("pull-detail", AHEAD, move |outbox, cancel| {
            while let Some(wanted) = board.take() {
                if errand.detail(wanted, &board, (&outbox, &cancel)).is_err() {
                    return;
                }
            }
        })
    }

    /// One detail, or what became of it.
    fn detail(
        &self,
        wanted: Wanted,
        board: &Board,
        (outbox, cancel): (&Outbox<Fetched>, &Cancel),
    ) -> Result<(), Gone> {
        let action = Action::DescribeTaskDetail;
        let params = json!({ "TaskId": wanted.task_id });
        let result = self.call((action, &params), cancel, &|fetched| {
            _ = outbox.send(fetched);
        });
        let task_id = wanted.task_id.clone();
        let fault = match result {
            Ok(answer) => {
                outbox.send(Fetched::Detail { task_id, answer })?;
                board.done();
                return Ok(());
            }
            Err(CallFault::Cancelled) => return Err(Gone),
            Err(fault) => fault,
        };
        if is_forgotten(&fault) {
            outbox.send(Fetched::Forgotten { task_id, fault })?;
            board.done();
        } else if is_of_one_task(&fault) {
            let told = fault.clone();
            outbox.send(Fetched::Broken {
                task_id,
                fault: told,
            })?;
            if board.set_aside(wanted) == Setback::AllTasks {
                outbox.send(Fetched::Stuck { action, fault })?;
            }
        } else {
            board.put_back(wanted);
            outbox.send(Fetched::Stuck { action, fault })?;
        }
        Ok(())
    }

    /// Makes a call until it succeeds: after a failure for good, when the pull is resumed. A
    /// failure that ends it all the same is told by its RequestId.
    pub(super) fn call_until(
        &self,
        call: (Action, &Value),
        board: &Board,
        (outbox, cancel): (&Outbox<Fetched>, &Cancel),
        ends: impl Fn(&CallFault) -> Option<String>,
    ) -> Result<Result<Answer, String>, Gone> {
        loop {
            if !board.go_on() {
                return Err(Gone);
            }
            let tell = |fetched| _ = outbox.send(fetched);
            match self.call(call, cancel, &tell) {
                Ok(answer) => return Ok(Ok(answer)),
                Err(CallFault::Cancelled) => return Err(Gone),
                Err(fault) => {
                    if let Some(request_id) = ends(&fault) {
                        return Ok(Err(request_id));
                    }
                    board.pause(true);
                    let action = call.0;
                    outbox.send(Fetched::Stuck { action, fault })?;
                }
            }
        }
    }
}
