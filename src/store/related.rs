//! Tasks of the same file, and tasks that name each other.

use crate::model::{Row, Segment};

use super::hits::{Hits, Search};
use super::needle::Needle;
use super::{Index, Sort, TaskIdx, Timed, time_of};

impl Index {
    /// The other tasks that share the task's FileId, name its TaskId, or are named by it;
    /// newest first.
    #[must_use]
    pub fn related(&self, idx: TaskIdx) -> Vec<TaskIdx> {
        let Some(task) = self.task(idx) else {
            return Vec::new();
        };
        let mut found = self.naming(task.file_id);
        found.extend(self.naming(task.task_id));
        found.extend(self.named_by(idx));
        self.in_order(found, Some(idx))
    }

    /// All tasks of a file, newest first.
    #[must_use]
    pub fn tasks_of_file(&self, file_id: &str) -> Vec<TaskIdx> {
        self.in_order(self.naming(file_id), None)
    }

    /// Tasks with an event in which this id stands as a whole.
    fn naming(&self, id: &str) -> Vec<TaskIdx> {
        let mut found = Vec::new();
        let Some(needle) = Needle::exact(id, self.sample()) else {
            return found;
        };
        let mut hits = Hits::default();
        for (held, layout) in self.searchable() {
            let segment = &held.segment;
            let search = Search {
                needle: &needle,
                text: segment.text.as_bytes(),
                layout,
            };
            hits.rows(search, |place| {
                let row = segment.rows.get(place);
                if row.is_some_and(|row| has_id(segment, row, id)) {
                    found.extend(self.fold.task_of(held.row_id(place)));
                }
            });
        }
        found
    }

    fn named_by(&self, idx: TaskIdx) -> Vec<TaskIdx> {
        let rows = self.fold.rows_of(idx).filter_map(|row| self.rows.row(row));
        let ids = rows.flat_map(|(held, row)| held.segment.extra_ids(row));
        ids.filter_map(|id| self.find(id)).collect()
    }

    fn in_order(&self, mut tasks: Vec<TaskIdx>, but: Option<TaskIdx>) -> Vec<TaskIdx> {
        tasks.sort_unstable();
        tasks.dedup();
        tasks.retain(|task| Some(*task) != but);
        let timed = tasks.into_iter().filter_map(|task| {
            let (_, row) = self.newest(task)?;
            Some(Timed {
                time: time_of(row).unwrap_or(0),
                task,
                verdict: row.verdict,
            })
        });
        let timed: Vec<Timed> = timed.collect();
        let order = self.sorted(&timed, Sort::Newest);
        order.into_iter().map(TaskIdx).collect()
    }
}

fn has_id(segment: &Segment, row: &Row, id: &str) -> bool {
    segment.task_id(row) == id
        || segment.file_id(row) == id
        || segment.extra_ids(row).any(|extra| extra == id)
}
