//! `vodscope list`: one row for each task, in the order they were first met.

use std::io::{self, Write};

use crate::model::{Lang, Outcome, Zone};
use crate::store::{FacetValue, Index, Query, RowView, Sense, TaskIdx};
use crate::text::format as words;

use super::args::{Format, ListArgs};
use super::load::Loaded;
use super::output;
use super::record::{self, Record};

/// What the columns are called.
pub(super) fn header(lang: Lang) -> [&'static str; 9] {
    lang.pick(
        [
            "VERDICT",
            "TYPE",
            "STATUS",
            "CODE",
            "SUB-TASKS",
            "TIME",
            "FILE",
            "TASK",
            "N",
        ],
        [
            "结果",
            "类型",
            "状态",
            "错误码",
            "子任务",
            "时间",
            "文件",
            "任务",
            "次数",
        ],
    )
}

/// The widest a file name gets: the columns after it stay in sight.
const NAME_WIDTH: usize = 48;

pub(super) fn print(
    args: &ListArgs,
    loaded: &Loaded,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    let tasks = matching(args, loaded);
    let views = tasks.iter().filter_map(|task| loaded.index.task(*task));
    let records = views.clone().map(|view| Record::new(loaded, &view));
    match args.format {
        Format::Ndjson => output::ndjson(records, out),
        Format::Json => output::json_array(records, out),
        Format::Csv => output::csv(&record::FLAT_MEMBERS, records, out),
        Format::Table => table(&loaded.index, tasks.iter().copied(), lang, out),
    }
}

/// Tasks as a table for reading.
pub(super) fn table(
    index: &Index,
    tasks: impl Iterator<Item = TaskIdx>,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    let views = tasks.filter_map(|task| index.task(task));
    let rows = views.map(|view| row(index, &view, view.deliveries));
    output::table(&header(lang), &rows.collect::<Vec<_>>(), out)
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

/// The cells of one event, under [`header`].
pub(super) fn row(index: &Index, event: &RowView<'_>, deliveries: u32) -> Vec<String> {
    let time = event.time().map_or_else(
        || words::MISSING.to_owned(),
        |unix| words::iso(i64::from(unix), Zone::Utc),
    );
    vec![
        event.verdict.name().to_owned(),
        or_missing(event.event_type),
        or_missing(event.status),
        or_missing(code(index, event)),
        sub_tasks(event),
        time,
        or_missing(&output::shortened(event.file_name, NAME_WIDTH)),
        or_missing(event.task_id),
        deliveries.to_string(),
    ]
}

fn code<'a>(index: &'a Index, event: &RowView<'a>) -> &'a str {
    if event.code.is_empty() {
        let first = event.first_failed_code();
        first.map_or("", |code| index.name(code))
    } else {
        event.code
    }
}

fn sub_tasks(event: &RowView<'_>) -> String {
    if event.sub_rows.is_empty() {
        return words::MISSING.to_owned();
    }
    let succeeded = event
        .sub_rows
        .iter()
        .filter(|sub| sub.outcome == Outcome::Succeeded);
    format!("{}/{}", succeeded.count(), event.sub_rows.len())
}

fn or_missing(text: &str) -> String {
    if text.is_empty() {
        words::MISSING.to_owned()
    } else {
        text.to_owned()
    }
}
