//! What is drawn of a task or of one of its events.

use std::cmp::Reverse;
use std::ops::Deref;

use crate::model::{Format, NameId, Outcome, RawRef, Row, RowFlags, SourceId, SubRow, Verdict};

use super::fold::{Age, Task};
use super::rows::Held;
use super::{Index, TaskIdx};

/// One task. It is described by its newest event and reads like it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TaskView<'a> {
    pub idx: TaskIdx,
    /// The newest event; FileId and name are of the newest that tells them.
    pub newest: RowView<'a>,
    /// All events of the task.
    pub rows: u32,
    /// Events identical to the newest, itself included.
    pub deliveries: u32,
    /// Different states received.
    pub states: u32,
}

impl<'a> Deref for TaskView<'a> {
    type Target = RowView<'a>;

    fn deref(&self) -> &RowView<'a> {
        &self.newest
    }
}

/// One event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowView<'a> {
    /// Empty for an event without one.
    pub task_id: &'a str,
    /// Empty when the event tells none.
    pub file_id: &'a str,
    /// Empty when the event tells none.
    pub file_name: &'a str,
    pub verdict: Verdict,
    pub status: &'a str,
    /// The task's own error code; empty when there is none.
    pub code: &'a str,
    pub event_type: &'a str,
    pub format: Format,
    /// Unix seconds.
    pub begin: Option<u32>,
    /// Unix seconds; of a running task the latest time known.
    pub finish: Option<u32>,
    /// Duration of the media.
    pub duration_secs: Option<f32>,
    /// Names in it are looked up with [`Index::name`].
    pub sub_rows: &'a [SubRow],
    pub flags: RowFlags,
    pub source: SourceId,
    /// From 1.
    pub line: u64,
    pub raw: RawRef,
}

impl RowView<'_> {
    /// How many sub-tasks failed.
    #[must_use]
    pub fn failed_sub_tasks(&self) -> usize {
        count_failed(self.sub_rows)
    }

    /// The time it is listed under: finish, else begin.
    #[must_use]
    pub fn time(&self) -> Option<u32> {
        self.finish.or(self.begin)
    }

    /// The code of the first failed sub-task that has one.
    #[must_use]
    pub fn first_failed_code(&self) -> Option<NameId> {
        let failed = |sub: &&SubRow| sub.outcome == Outcome::Failed && sub.code != 0;
        self.sub_rows.iter().find(failed).map(|sub| sub.code)
    }
}

impl Index {
    /// One task; `None` for a number that does not exist (any more).
    #[must_use]
    pub fn task(&self, idx: TaskIdx) -> Option<TaskView<'_>> {
        let task = self.fold.task(idx)?;
        let (held, row) = self.rows.at(task.newest)?;
        let newest = self.row_view(held, row);
        Some(TaskView {
            idx,
            newest: RowView {
                file_id: self.told(idx, task, newest.file_id, |row| row.file_id),
                file_name: self.told(idx, task, newest.file_name, |row| row.file_name),
                ..newest
            },
            rows: task.rows,
            deliveries: task.deliveries,
            states: task.states,
        })
    }

    /// Every event of a task, newest state first.
    #[must_use]
    pub fn rows_of(&self, idx: TaskIdx) -> Vec<RowView<'_>> {
        let found = self.fold.rows_of(idx).filter_map(|row| self.rows.row(row));
        let mut rows: Vec<(&Held, &Row)> = found.collect();
        // The chain runs from the last arrival back, and a stable sort keeps that among equals.
        rows.sort_by_cached_key(|(held, row)| {
            Reverse(Age::of(row, held.segment.sub_rows(row), &self.names))
        });
        let views = rows.into_iter().map(|(held, row)| self.row_view(held, row));
        views.collect()
    }

    /// The task of that id.
    #[must_use]
    pub fn find(&self, task_id: &str) -> Option<TaskIdx> {
        self.fold.find(task_id, &self.rows)
    }

    /// The newest row's text, or that of one of the task's last events when it tells none.
    fn told<'a>(
        &'a self,
        idx: TaskIdx,
        task: &Task,
        newest: &'a str,
        text: impl Fn(&RowView<'a>) -> &'a str,
    ) -> &'a str {
        if !newest.is_empty() || task.rows == 1 {
            return newest;
        }
        // Bounded, because it is asked for on every draw.
        let others = self.fold.rows_of(idx).take(64);
        let others = others.filter_map(|row| self.rows.row(row));
        let mut texts = others.map(|(held, row)| text(&self.row_view(held, row)));
        texts.find(|text| !text.is_empty()).unwrap_or_default()
    }

    fn row_view<'a>(&'a self, held: &'a Held, row: &Row) -> RowView<'a> {
        let segment = &held.segment;
        RowView {
            task_id: segment.task_id(row),
            file_id: segment.file_id(row),
            file_name: segment.file_name(row),
            verdict: row.verdict,
            status: self.name(row.status),
            code: self.name(row.code),
            event_type: self.name(row.event_type),
            format: row.format,
            begin: (row.begin != 0).then_some(row.begin),
            finish: (row.finish != 0).then_some(row.finish),
            duration_secs: (row.duration_secs >= 0.0).then_some(row.duration_secs),
            sub_rows: segment.sub_rows(row),
            flags: row.flags,
            source: held.source,
            line: held.line(row),
            raw: held.raw(row),
        }
    }
}

pub(super) fn count_failed(subs: &[SubRow]) -> usize {
    let failed = |sub: &&SubRow| sub.outcome == Outcome::Failed;
    subs.iter().filter(failed).count()
}
