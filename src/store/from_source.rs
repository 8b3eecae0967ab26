//! What came with one source.

use crate::model::{Format, SourceId};

use super::rows::Held;
use super::task_set::TaskSet;
use super::{Index, TaskIdx};

impl Index {
    /// The tasks any of whose events came with a source.
    #[must_use]
    pub fn tasks_from(&self, source: SourceId) -> Vec<TaskIdx> {
        let mut tasks = TaskSet::none(self.task_count());
        for held in self.held_of(source) {
            let rows = (0..held.segment.rows.len()).map(|place| held.row_id(place));
            for task in rows.filter_map(|row| self.fold.task_of(row)) {
                tasks.insert(task);
            }
        }
        tasks.iter().collect()
    }

    /// Events of a source that only list a task of which more is known by now: those are no
    /// repeats of anything.
    #[must_use]
    pub fn summaries_replaced(&self, source: SourceId) -> usize {
        let of_segment = |held: &Held| {
            let rows = held.segment.rows.iter().enumerate();
            let summaries = rows.filter(|(_, row)| row.format == Format::TaskList);
            let tasks = summaries.filter_map(|(place, _)| self.fold.task_of(held.row_id(place)));
            tasks.filter(|task| self.is_detailed(*task)).count()
        };
        self.held_of(source).map(of_segment).sum()
    }

    fn held_of(&self, source: SourceId) -> impl Iterator<Item = &Held> {
        let held = self.rows.held().iter();
        held.filter(move |held| held.source == source)
    }

    fn is_detailed(&self, task: TaskIdx) -> bool {
        let mut rows = self.fold.rows_of(task).filter_map(|row| self.rows.row(row));
        rows.any(|(_, row)| row.format != Format::TaskList)
    }
}
