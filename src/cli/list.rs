//! `vodscope list`: one row for each task, in the order they were first met.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::model::{Outcome, Zone};
use crate::store::{FacetValue, Query, Sense, TaskIdx, TaskView};
use crate::text::{format as words, width};

use super::args::{Format, ListArgs};
use super::load::Loaded;
use super::output;
use super::record::{self, Record};

const HEADER: [&str; 9] = [
    "VERDICT",
    "TYPE",
    "STATUS",
    "CODE",
    "SUB-TASKS",
    "TIME",
    "FILE",
    "TASK",
    "N",
];

/// The widest a file name gets: the columns after it stay in sight.
const NAME_WIDTH: usize = 48;

pub(super) fn print(args: &ListArgs, loaded: &Loaded, out: &mut dyn Write) -> io::Result<()> {
    let tasks = matching(args, loaded);
    let views = tasks.iter().filter_map(|task| loaded.index.task(*task));
    let records = views.clone().map(|view| Record::new(loaded, &view));
    match args.format {
        Format::Ndjson => output::ndjson(records, out),
        Format::Json => output::json_array(records, out),
        Format::Csv => output::csv(&record::FLAT_MEMBERS, records, out),
        Format::Table => {
            let rows: Vec<Vec<String>> = views.map(|view| row(loaded, &view)).collect();
            output::table(&HEADER, &rows, out)
        }
    }
}

fn matching(args: &ListArgs, loaded: &Loaded) -> Vec<TaskIdx> {
    let mut query = Query::parse(&args.filter);
    for verdict in &args.verdict {
        let value = FacetValue::Verdict(*verdict);
        if query.sense_of(&value).is_none() {
            query.toggle(value, Sense::Include);
        }
    }
    let view = loaded.index.view(&query, crate::store::Sort::default());
    let mut tasks: Vec<TaskIdx> = view.order.into_iter().map(TaskIdx).collect();
    tasks.sort_unstable();
    tasks
}

fn row(loaded: &Loaded, task: &TaskView<'_>) -> Vec<String> {
    let time = task.time().map_or_else(
        || words::MISSING.to_owned(),
        |unix| words::iso(i64::from(unix), Zone::Utc),
    );
    vec![
        task.verdict.name().to_owned(),
        or_missing(task.event_type),
        or_missing(task.status),
        or_missing(code(loaded, task)),
        sub_tasks(task),
        time,
        or_missing(&short(task.file_name)),
        or_missing(task.task_id),
        task.deliveries.to_string(),
    ]
}

/// A name as it is printed, with its middle left out when it is long.
fn short(name: &str) -> Cow<'_, str> {
    let shown = output::visible(name);
    if width::width_of(&shown) <= NAME_WIDTH {
        return shown;
    }
    Cow::Owned(width::cut_middle(&shown, NAME_WIDTH))
}

fn code<'a>(loaded: &'a Loaded, task: &TaskView<'a>) -> &'a str {
    if task.code.is_empty() {
        task.first_failed_code()
            .map_or("", |code| loaded.index.name(code))
    } else {
        task.code
    }
}

fn sub_tasks(task: &TaskView<'_>) -> String {
    if task.sub_rows.is_empty() {
        return words::MISSING.to_owned();
    }
    let ok = task
        .sub_rows
        .iter()
        .filter(|sub| sub.outcome == Outcome::Succeeded)
        .count();
    format!("{ok}/{}", task.sub_rows.len())
}

fn or_missing(text: &str) -> String {
    if text.is_empty() {
        words::MISSING.to_owned()
    } else {
        text.to_owned()
    }
}
