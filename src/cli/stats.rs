//! `vodscope stats`: how many tasks there are of each kind.

use std::io::{self, Write};

use serde::Serialize;

use crate::model::Lang;
use crate::store::Query;
use crate::text::format as words;

use super::args::{Format, StatsArgs};
use super::load::Loaded;
use super::output;

#[derive(Debug, Serialize)]
struct Count {
    /// Unset for tasks that do not tell it.
    value: Option<String>,
    tasks: u32,
}

pub(super) fn print(
    args: &StatsArgs,
    loaded: &Loaded,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    let counts = loaded.index.counts(&Query::default(), args.by.facet());
    let counts = counts.into_iter().filter(|count| count.count > 0);
    let counts = counts.map(|count| Count {
        value: Some(count.value.word()).filter(|word| !word.is_empty()),
        tasks: count.count,
    });
    match args.format {
        Format::Table => {
            let rows: Vec<Vec<String>> = counts.map(cells).collect();
            output::table(&lang.pick(["VALUE", "TASKS"], ["值", "任务数"]), &rows, out)
        }
        Format::Csv => output::csv(&["value", "tasks"], counts, out),
        Format::Json => output::json_array(counts, out),
        Format::Ndjson => output::ndjson(counts, out),
    }
}

fn cells(count: Count) -> Vec<String> {
    let value = count.value.unwrap_or_else(|| words::MISSING.to_owned());
    vec![value, count.tasks.to_string()]
}
