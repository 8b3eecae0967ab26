//! Which tasks the command line asks for.

use crate::cli::args::PullArgs;
use crate::cli::console::Console;
use crate::cli::ended::Ended;
use crate::cli::faults;
use crate::cli::pull::Asked;
use crate::model::{CLOUD_MEMORY, TaskPull, TaskQuery, UnfinishedPull, now_unix};

/// Asked for unless the command line says how far back.
const DEFAULT_SPAN_SECS: u64 = 24 * 3_600;

pub(super) fn wanted(asked: &Asked<'_>, console: &mut Console) -> Result<TaskPull, Ended> {
    let args = asked.args;
    if args.resume {
        return unfinished(asked, console);
    }
    Ok(match (&args.task_id, &args.file_id) {
        (Some(task), _) if args.live => TaskPull::Watch(task.clone()),
        (Some(task), _) => TaskPull::Task(task.clone()),
        (None, Some(file)) => TaskPull::File(file.clone()),
        (None, None) => TaskPull::List(span(args)),
    })
}

fn span(args: &PullArgs) -> TaskQuery {
    let span = args
        .since
        .map_or(DEFAULT_SPAN_SECS, |since| since.as_secs());
    let span = i64::try_from(span.min(CLOUD_MEMORY.as_secs()));
    TaskQuery {
        since_unix: now_unix() - span.unwrap_or_default(),
        ..TaskQuery::default()
    }
}

/// The newest pull to go on with; that there is none is no failure.
fn unfinished(asked: &Asked<'_>, console: &mut Console) -> Result<TaskPull, Ended> {
    let account = &asked.account;
    match account.around.unfinished_pulls(&account.profile) {
        Ok(pulls) => pulls.into_iter().next().map_or_else(
            || {
                nothing_to_resume(console);
                Err(Ended::Done)
            },
            |UnfinishedPull { id, query, .. }| Ok(TaskPull::Resume { id, query }),
        ),
        Err(fault) => {
            faults::archive(&fault, console);
            Err(Ended::NotBegun)
        }
    }
}

fn nothing_to_resume(console: &mut Console) {
    console.say(
        "Nothing to resume: this account's pulls of tasks brought everything, or the cloud has forgotten it",
        "没有可继续的拉取：该账号的任务拉取都已完成，或云端已不再保留",
    );
}

/// How much is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    List,
    File,
    Task,
    /// One task, until it ends.
    Watch,
}

impl Scope {
    pub(super) fn of(pull: &TaskPull) -> Self {
        match pull {
            TaskPull::List(_) | TaskPull::Resume { .. } => Self::List,
            TaskPull::File(_) => Self::File,
            TaskPull::Task(_) => Self::Task,
            TaskPull::Watch(_) => Self::Watch,
        }
    }

    pub(super) fn is_one_task(self) -> bool {
        matches!(self, Self::Task | Self::Watch)
    }
}
