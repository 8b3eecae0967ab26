//! Closing a source: its rows leave, and the tasks are folded anew from what stays.

use crate::model::SourceId;

use super::{Index, TaskIdx};

/// What closing a source changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    pub rows: usize,
    pub tasks: usize,
    /// For each old task number the new one; `None` for a task that is gone.
    pub moved: Vec<Option<TaskIdx>>,
}

impl Index {
    /// Takes away all rows of a source.
    pub fn remove_source(&mut self, source: SourceId) -> Removed {
        self.forget_orders();
        let (rows_before, tasks_before) = (self.row_count(), self.task_count());
        let old_fold = std::mem::take(&mut self.fold);
        self.texts.clear();
        self.archived.clear();
        let mut moved = vec![None; tasks_before];
        for held in self.rows.take_held() {
            if held.source == source {
                continue;
            }
            let old_first = held.first_row;
            let rows = self.push(held.source, held.segment);
            for (old, new) in (old_first..).zip(rows) {
                note_move(&mut moved, old_fold.task_of(old), self.fold.task_of(new));
            }
        }
        Removed {
            rows: rows_before - self.row_count(),
            tasks: moved.iter().filter(|task| task.is_none()).count(),
            moved,
        }
    }

    /// Takes away everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

fn note_move(moved: &mut [Option<TaskIdx>], old: Option<TaskIdx>, new: Option<TaskIdx>) {
    if let Some(slot) = old.and_then(|old| moved.get_mut(old.0 as usize)) {
        *slot = new;
    }
}
