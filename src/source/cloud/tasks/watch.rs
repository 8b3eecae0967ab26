//! Asks for one task again and again until it ends; each new state is one event of its history.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::archive::Kind;
use crate::job::{Cancel, Ordered, Received};
use crate::model::{CallFault, LiveCommand, LiveNews, TaskProgress, now_unix_ms};
use crate::source::cloud::action::Action;
use crate::source::cloud::answer::Answer;
use crate::source::cloud::has_ended;
use crate::source::cloud::keeper::{Keeper, Piece, Stop, Teller};
use crate::source::cloud::retry::is_passing;

use super::fetching::{Errand, Fetched};

/// How often a task is asked for: often at first, for many end soon.
const OFTEN: Duration = Duration::from_secs(5);
const OFTEN_FOR: Duration = Duration::from_mins(2);
const LATER: Duration = Duration::from_secs(20);
/// How long orders wait at most.
const NAP: Duration = Duration::from_millis(100);

pub(super) fn watch(
    task_id: &str,
    keeper: Keeper,
    errand: &Errand,
    (teller, ordered, cancel): (&Teller<'_>, &Ordered<LiveCommand>, &Cancel),
) -> Result<(), Stop> {
    let mut watching = Watching {
        task_id,
        keeper,
        teller,
        progress: TaskProgress {
            listed: 1,
            listed_all: true,
            ..TaskProgress::default()
        },
    };
    let started = Instant::now();
    loop {
        if watching.look(errand, cancel)? {
            return Ok(());
        }
        let early = started.elapsed() < OFTEN_FOR;
        watching.wait(if early { OFTEN } else { LATER }, ordered, cancel)?;
    }
}

struct Watching<'a> {
    task_id: &'a str,
    keeper: Keeper,
    teller: &'a Teller<'a>,
    progress: TaskProgress,
}

impl Watching<'_> {
    /// Asks once; whether the task has ended. A failed call is told, and the task asked for again
    /// later when the failure may pass.
    fn look(&mut self, errand: &Errand, cancel: &Cancel) -> Result<bool, Stop> {
        let params = json!({ "TaskId": self.task_id });
        let call = (Action::DescribeTaskDetail, &params);
        match errand.call(call, cancel, &|fetched| self.tell(fetched)) {
            Ok(answer) => self.take(&answer),
            Err(CallFault::Cancelled) => Err(Stop::Cancelled),
            Err(fault) => {
                let is_final = !is_passing(&fault);
                self.teller.failed(call.0.name(), fault)?;
                if is_final {
                    Err(Stop::Failed)
                } else {
                    Ok(false)
                }
            }
        }
    }

    fn tell(&self, fetched: Fetched) {
        let news = match fetched {
            Fetched::Sent { unix } => LiveNews::Requested { unix },
            Fetched::Retry(retry) => LiveNews::Retrying(retry),
            // What is fetched comes as the call's result.
            _ => return,
        };
        // Nobody to tell: then the job is cancelled, which ends the call's waits.
        let _told = self.teller.news(news);
    }

    fn take(&mut self, answer: &Answer) -> Result<bool, Stop> {
        let ended = has_ended(answer.task_status());
        let piece = Piece {
            bytes: answer.body(),
            kind: Kind::TaskDetail,
            task_id: self.task_id,
            ended,
        };
        let stamp = (answer.request_id.as_str(), now_unix_ms());
        self.keeper.keep(self.teller, &[piece], stamp)?;
        self.progress.fetched = 1;
        self.teller.news(LiveNews::Progress(self.progress))?;
        if ended {
            let (task_id, failed) = (self.task_id.to_owned(), answer.task_failed());
            self.teller.news(LiveNews::TaskEnded { task_id, failed })?;
        }
        Ok(ended)
    }

    /// Waits, and longer while paused.
    fn wait(
        &mut self,
        time: Duration,
        ordered: &Ordered<LiveCommand>,
        cancel: &Cancel,
    ) -> Result<(), Stop> {
        let until = Instant::now() + time;
        while self.progress.paused || Instant::now() < until {
            if cancel.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            let pause = match ordered.take(NAP) {
                Received::Item(LiveCommand::Pause) => true,
                Received::Item(LiveCommand::Resume) => false,
                Received::Item(_) | Received::Waiting => continue,
                // Nobody can give orders any more, so none are waited for.
                Received::Ended => {
                    if cancel.sleep(NAP) {
                        continue;
                    }
                    return Err(Stop::Cancelled);
                }
            };
            self.progress.paused = pause;
            self.teller.news(LiveNews::Progress(self.progress))?;
        }
        Ok(())
    }
}
