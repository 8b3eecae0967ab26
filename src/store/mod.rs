//! The index: rows of all open sources, folded into tasks, filtered, counted and sorted.
//!
//! It keeps names and ids as they came; what they mean in words is others' business. Nothing
//! here reads files or parses JSON, and the same rows in the same order give the same answers.

mod alphabet;
mod any_case;
mod bytes;
mod chips;
mod facets;
mod fold;
mod from_source;
mod histogram;
mod hits;
mod letters;
mod matching;
mod names;
mod needle;
mod order;
mod pasted;
mod profiles;
mod query;
mod radix;
mod related;
mod remove;
mod rows;
mod search;
mod signs;
mod slots;
mod task;
mod task_set;
mod template;
mod texts;
mod view;
mod window;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::OnceLock;

use crate::model::{NameId, Row, RowFlags, Segment, SourceId, Verdict};

pub use facets::{FacetCount, FacetCounts};
pub use histogram::{Bar, Histogram, MAX_BARS};
pub use order::Sort;
pub use query::{Chip, Facet, FacetValue, Query, Sense, TextTerm};
pub use remove::Removed;
pub use task::{RowView, TaskView};
pub use view::View;

use fold::Fold;
use names::Names;
use rows::Rows;
use texts::Layout;

/// A task's number: its place in the order of arrival. It stays the same while rows are added;
/// only [`Index::remove_source`] renumbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskIdx(pub u32);

/// What one segment added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ingested {
    pub rows: usize,
    pub new_tasks: usize,
    /// Rows that joined a task already listed.
    pub merged: usize,
}

/// All rows of all open sources and the tasks they make up.
#[derive(Debug, Default)]
pub struct Index {
    rows: Rows,
    /// For each segment.
    texts: Vec<Layout>,
    names: Names,
    fold: Fold,
    /// Where archived rows stand in the archive: several sources may list the same delivery.
    archived: HashSet<u64>,
    /// Place of each task in the order of names; worked out when first asked for.
    name_ranks: OnceLock<Vec<u32>>,
    /// All tasks, the newest first; worked out when first asked for.
    newest_order: OnceLock<Vec<u32>>,
}

impl Index {
    /// An index with nothing in it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the rows of one block and folds them into tasks.
    pub fn ingest(&mut self, source: SourceId, mut segment: Segment) -> Ingested {
        self.forget_orders();
        let tasks_before = self.fold.len();
        self.names.adopt(&mut segment);
        let added = self.push(source, segment);
        let new_tasks = self.fold.len() - tasks_before;
        Ingested {
            rows: added.len(),
            new_tasks,
            merged: added.len() - new_tasks,
        }
    }

    /// Tasks have come or gone.
    fn forget_orders(&mut self) {
        self.name_ranks.take();
        self.newest_order.take();
    }

    /// Adds rows whose names are those of the index; gives their numbers.
    fn push(&mut self, source: SourceId, mut segment: Segment) -> Range<u32> {
        let archived = &mut self.archived;
        segment
            .rows
            .retain(|row| !row.flags.contains(RowFlags::ARCHIVED) || archived.insert(row.offset));
        if segment.rows.is_empty() {
            let end = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
            return end..end;
        }
        let added = self.rows.push(source, segment);
        let pushed = self.rows.held().last();
        self.texts
            .extend(pushed.map(|held| Layout::of(&held.segment)));
        self.fold.add(added.clone(), &self.rows, &self.names);
        added
    }

    /// Number of tasks, entries without a TaskId included.
    #[must_use]
    pub fn task_count(&self) -> usize {
        self.fold.len()
    }

    /// Number of events.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.row_count() == 0
    }

    /// The name behind an id of an ingested row or sub-task: a type, a status or a code.
    #[must_use]
    pub fn name(&self, id: NameId) -> &str {
        self.names.get(id)
    }

    /// Names that found no room of their own and share one catch-all.
    #[must_use]
    pub fn crowded_names(&self) -> usize {
        self.names.crowded()
    }

    /// Bytes held, allocations counted at their capacity.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        let orders = [&self.name_ranks, &self.newest_order].map(OnceLock::get);
        let orders = orders.into_iter().flatten();
        let parts = [
            self.rows.memory_bytes(),
            self.texts.iter().map(Layout::memory_bytes).sum(),
            self.names.memory_bytes(),
            self.fold.memory_bytes(),
            orders.map(|order| order.capacity() * 4).sum(),
        ];
        parts.into_iter().sum()
    }

    /// The newest row of a task with the segment it stands in.
    fn newest(&self, task: TaskIdx) -> Option<(&rows::Held, &Row)> {
        let task = self.fold.task(task)?;
        self.rows.at(task.newest)
    }

    /// Every task number in order of arrival.
    pub fn tasks(&self) -> impl ExactSizeIterator<Item = TaskIdx> + use<> {
        (0..u32::try_from(self.fold.len()).unwrap_or(u32::MAX)).map(TaskIdx)
    }
}

/// What sorting and counting by time need of a task.
#[derive(Clone, Copy, Debug)]
struct Timed {
    /// 0 when the task tells none.
    time: u32,
    task: TaskIdx,
    verdict: Verdict,
}

/// The time a task is listed under: its finish, else its begin; `None` when it tells neither.
fn time_of(row: &Row) -> Option<u32> {
    [row.finish, row.begin].into_iter().find(|time| *time != 0)
}
