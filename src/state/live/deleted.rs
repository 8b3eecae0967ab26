//! What was deleted from queues in this run: its rows say so for as long as they are listed.

use std::collections::BTreeSet;

use super::news::archive_id;
use super::queue::Queue;
use crate::model::RowFlags;
use crate::store::RowView;

/// Deliveries that were confirmed, and the tasks they told of.
#[derive(Debug, Default)]
pub(in crate::state) struct Deleted {
    deliveries: BTreeSet<i64>,
    tasks: BTreeSet<String>,
}

impl Deleted {
    pub(super) fn add(&mut self, queue: &Queue, archive_ids: &[i64]) {
        self.deliveries.extend(archive_ids);
        self.tasks
            .extend(queue.tasks_of(archive_ids).map(str::to_owned));
    }

    pub(super) fn holds(&self, task: &RowView<'_>) -> bool {
        // Offsets of other sources count bytes.
        let archived = task.flags.contains(RowFlags::ARCHIVED);
        let delivery = archive_id(task.raw.offset);
        self.tasks.contains(task.task_id) || (archived && self.deliveries.contains(&delivery))
    }
}
