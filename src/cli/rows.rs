//! Rows of `list` as events arrive: one row an event.

use std::collections::HashSet;
use std::io::{self, Write as _};

use crate::archive::place_of;
use crate::model::{Batch, Lang};
use crate::store::{Index, RowView};

use super::list;
use super::output;

/// Nobody knows what is still to come, so the columns are as wide as events usually want them.
const WIDTHS: [usize; 9] = [13, 21, 10, 24, 9, 20, 36, 56, 1];

/// Events that arrive at different times are never one row, so nothing is kept of them.
#[derive(Debug)]
pub(super) struct Rows {
    lang: Lang,
    has_header: bool,
}

/// Which of a batch's events are printed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wanted<'a> {
    All,
    /// By their numbers in the archive.
    Only(&'a HashSet<i64>),
}

impl Rows {
    pub(super) fn new(lang: Lang) -> Self {
        Self {
            lang,
            has_header: false,
        }
    }

    /// Prints the events of a batch in the order in which they came.
    pub(super) fn print(&mut self, batch: Batch, wanted: Wanted<'_>) -> io::Result<()> {
        let mut index = Index::default();
        index.ingest(batch.source, batch.segment);
        let tasks = index.tasks().flat_map(|task| index.rows_of(task));
        let mut events: Vec<RowView<'_>> = tasks.filter(|row| wanted.has(row)).collect();
        if events.is_empty() {
            return Ok(());
        }
        events.sort_by_key(|event| event.raw.offset);
        let mut out = io::stdout().lock();
        if !self.has_header {
            self.has_header = true;
            output::line(list::header(self.lang).into_iter(), &WIDTHS, &mut out)?;
        }
        for event in events {
            print(&index, &event, &mut out)?;
        }
        out.flush()
    }
}

fn print(index: &Index, event: &RowView<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let cells = list::row(index, event, 1);
    let cells: Vec<_> = cells.iter().map(|cell| output::visible(cell)).collect();
    output::line(cells.iter().map(AsRef::as_ref), &WIDTHS, out)
}

impl Wanted<'_> {
    fn has(self, event: &RowView<'_>) -> bool {
        match self {
            Self::All => true,
            Self::Only(deliveries) => deliveries.contains(&place_of(event.raw.offset).0),
        }
    }
}

/// The numbers in the archive of what a batch brought, readable or not, each once and in order.
pub(super) fn deliveries(batch: &Batch) -> Vec<i64> {
    let rows = batch.segment.rows.iter().map(|row| row.offset);
    // What has no line stands at no place.
    let problems = batch.problems.iter().filter(|problem| problem.line > 0);
    let offsets = rows.chain(problems.map(|problem| problem.offset));
    let mut deliveries: Vec<i64> = offsets.map(|offset| place_of(offset).0).collect();
    deliveries.sort_unstable();
    deliveries.dedup();
    deliveries
}
