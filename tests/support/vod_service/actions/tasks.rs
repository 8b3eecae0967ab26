//! Listing tasks page by page, and asking for one.

use std::sync::Arc;

use super::super::MEMORY_SECS;
use super::super::answer::{Acted, Members, Refusal};
use super::super::clock::parse_iso;
use super::super::parameters::{Parameters, invalid};
use super::super::task::Task;
use super::super::world::Scroll;
use super::Asked;

const DEFAULT_LIMIT: u64 = 10;
const MAX_LIMIT: u64 = 100;
/// Clients' clocks differ a little from the service's.
const SLACK_SECS: i64 = 300;
const STATUSES: &[&str] = &["WAITING", "PROCESSING", "FINISH"];

pub(super) fn list(asked: &Asked<'_>) -> Acted {
    let limit = asked.parameters.number("Limit")?.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MAX_LIMIT).contains(&limit) {
        return Err(invalid("Limit", "it lies between 1 and 100"));
    }
    let limit = usize::try_from(limit).unwrap_or_default();
    let token = asked
        .parameters
        .text("ScrollToken")?
        .filter(|token| !token.is_empty());
    let scroll = match token {
        Some(token) => resumed(asked, token)?,
        None => begun(asked)?,
    };
    page(asked, &scroll, limit)
}

fn resumed(asked: &Asked<'_>, token: &str) -> Result<Scroll, Refusal> {
    let known = asked.world.lock().scrolls.get(token).cloned();
    known.ok_or_else(|| invalid("ScrollToken", "it is not known"))
}

/// All tasks that match now; later pages come from the same list.
fn begun(asked: &Asked<'_>) -> Result<Scroll, Refusal> {
    let filter = Filter::read(asked.parameters)?;
    let now = asked.world.now_unix();
    let task_ids = asked.world.in_app(asked.app, |app| {
        let tasks = app.tasks.iter().filter(|task| task.is_remembered(now));
        let mut tasks: Vec<&Task> = tasks.filter(|task| filter.takes(task)).collect();
        filter.sort(&mut tasks);
        let ids = tasks.into_iter().map(|task| task.id.clone());
        Ok(ids.collect::<Arc<[String]>>())
    })?;
    Ok(Scroll { task_ids, from: 0 })
}

fn page(asked: &Asked<'_>, scroll: &Scroll, limit: usize) -> Acted {
    let end = scroll.from.saturating_add(limit).min(scroll.task_ids.len());
    let ids = scroll.task_ids.get(scroll.from..end).unwrap_or_default();
    let summaries = asked.world.in_app(asked.app, |app| {
        let task = |id: &String| app.tasks.iter().find(|task| task.id == *id);
        Ok(ids
            .iter()
            .filter_map(task)
            .map(Task::summary)
            .collect::<Vec<_>>())
    })?;
    let mut token = String::new();
    if end < scroll.task_ids.len() {
        token = asked.world.hex(32);
        let rest = Scroll {
            from: end,
            ..scroll.clone()
        };
        asked.world.lock().scrolls.insert(token.clone(), rest);
    }
    Ok(Members::default()
        .with("TaskSet", &summaries)
        .with("ScrollToken", &token))
}

pub(super) fn detail(asked: &Asked<'_>) -> Acted {
    let id = asked.parameters.text("TaskId")?;
    let id = id.ok_or_else(|| Refusal::new("MissingParameter", "`TaskId` is missing."))?;
    let now = asked.world.now_unix();
    asked.world.in_app(asked.app, |app| {
        let found = app.tasks.iter_mut().find(|task| task.id == id);
        match found.filter(|task| task.is_remembered(now)) {
            Some(task) => Ok(task.ask(now)),
            None => Err(Refusal::new(
                "InvalidParameterValue.TaskId",
                "The value of `TaskId` is not valid: it is unknown, or older than three days.",
            )),
        }
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Created,
    Finished,
}

struct Filter {
    status: Option<String>,
    file_id: Option<String>,
    created: Range,
    finished: Range,
    sort: Field,
    ascending: bool,
}

impl Filter {
    fn read(parameters: &Parameters) -> Result<Self, Refusal> {
        let status = parameters.text("Status")?;
        if status.is_some_and(|status| !STATUSES.contains(&status)) {
            let message = "The value of `Status` is not valid.";
            return Err(Refusal::new("InvalidParameterValue.Status", message));
        }
        let (sort, ascending) = sort_by(&parameters.object("Sort")?)?;
        Ok(Self {
            status: status.map(ToOwned::to_owned),
            file_id: parameters.text("FileId")?.map(ToOwned::to_owned),
            created: Range::read(parameters, "CreateTime")?,
            finished: Range::read(parameters, "FinishTime")?,
            sort,
            ascending,
        })
    }

    fn takes(&self, task: &Task) -> bool {
        let is = |wanted: &Option<String>, value: &str| {
            wanted.as_deref().is_none_or(|wanted| wanted == value)
        };
        is(&self.status, task.status())
            && is(&self.file_id, &task.file_id)
            && self.created.holds(Some(task.created_unix()))
            && self.finished.holds(task.finished_unix())
    }

    fn sort(&self, tasks: &mut [&Task]) {
        tasks.sort_by_key(|task| match self.sort {
            Field::Created => task.created_unix(),
            Field::Finished => task.finished_unix().unwrap_or(i64::MAX),
        });
        if !self.ascending {
            tasks.reverse();
        }
    }
}

/// The field, and whether its smallest value comes first; the newest tasks do unless asked.
fn sort_by(sort: &Parameters) -> Result<(Field, bool), Refusal> {
    if sort.is_empty() {
        return Ok((Field::Created, false));
    }
    let field = match sort.text("Field")? {
        Some("CreateTime") => Field::Created,
        Some("FinishTime") => Field::Finished,
        _ => return Err(invalid("Sort.Field", "it is CreateTime or FinishTime")),
    };
    match sort.text("Order")? {
        Some("Asc") => Ok((field, true)),
        Some("Desc") => Ok((field, false)),
        _ => Err(invalid("Sort.Order", "it is Asc or Desc")),
    }
}

/// From a time on, and before another.
#[derive(Default)]
struct Range {
    after: Option<i64>,
    before: Option<i64>,
}

impl Range {
    fn read(parameters: &Parameters, name: &str) -> Result<Self, Refusal> {
        let range = parameters.object(name)?;
        range.only(&["After", "Before"])?;
        let time = |member: &str| match range.text(member)? {
            None => Ok(None),
            Some(text) => match parse_iso(text) {
                Some(unix) => Ok(Some(unix)),
                None => Err(invalid(name, "it is no ISO 8601 time")),
            },
        };
        let range = Self {
            after: time("After")?,
            before: time("Before")?,
        };
        range.check(name)?;
        Ok(range)
    }

    fn check(&self, name: &str) -> Result<(), Refusal> {
        let (Some(after), Some(before)) = (self.after, self.before) else {
            return Ok(());
        };
        if after > before {
            return Err(invalid(name, "it ends before it begins"));
        }
        if before - after > MEMORY_SECS + SLACK_SECS {
            return Err(invalid(name, "it is longer than 72 hours"));
        }
        Ok(())
    }

    fn holds(&self, unix: Option<i64>) -> bool {
        let Some(unix) = unix else {
            return self.after.is_none() && self.before.is_none();
        };
        self.after.is_none_or(|after| unix >= after) && self.before.is_none_or(|end| unix < end)
    }
}
