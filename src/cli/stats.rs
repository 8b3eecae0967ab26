//! `vodscope stats`: how many tasks there are of each kind.

use std::io::{self, Write};

use serde::Serialize;

use crate::store::Query;

use super::args::{Format, StatsArgs};
use super::load::Loaded;
use super::output;

#[derive(Debug, Serialize)]
struct Count {
    value: String,
    tasks: u32,
}

pub(super) fn print(args: &StatsArgs, loaded: &Loaded, out: &mut dyn Write) -> io::Result<()> {
    let counts = loaded.index.counts(&Query::default(), args.by.facet());
    let counts = counts.into_iter().filter(|count| count.count > 0);
    let counts = counts.map(|count| Count {
        value: count.value.word(),
        tasks: count.count,
    });
    let cells = |count: Count| vec![count.value, count.tasks.to_string()];
    match args.format {
        Format::Table => {
            let rows: Vec<Vec<String>> = counts.map(cells).collect();
            output::table(&["VALUE", "TASKS"], &rows, out)
        }
        Format::Csv => {
            let rows: Vec<Vec<String>> = counts.map(cells).collect();
            output::csv(&["value", "tasks"], &rows, out)
        }
        Format::Json => output::json_array(counts, out),
        Format::Ndjson => {
            for count in counts {
                output::json_line(&count, out)?;
            }
            Ok(())
        }
    }
}
