//! Folds rows into tasks by TaskId and decides which row is a task's newest. An event without a
//! TaskId is an entry of its own; delivered again, it is the same entry.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::ops::Range;

use crate::model::{Format, Outcome, Row, SourceId, SubRow, Verdict};

use super::names::Names;
use super::profiles::{ProfileId, Profiles};
use super::rows::{RowAt, Rows, text_range};
use super::signs::Signs;
use super::slots::Slots;
use super::task_set::TaskSet;
use super::{TaskIdx, time_of};

/// Ends a task's chain of rows.
const NO_ROW: u32 = u32::MAX;

/// A task's rows are walked to count its states up to this many; beyond, the counts are kept.
const MOST_WALKED: u32 = 8;

/// One task: its newest row and how often it was heard of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Task {
    pub(super) newest: RowAt,
    hash: u32,
    /// The row that arrived last; earlier ones follow in [`Fold::earlier`].
    last_row: u32,
    pub(super) rows: u32,
    /// Rows with the newest row's checksum.
    pub(super) deliveries: u32,
    /// Distinct checksums.
    pub(super) states: u32,
}

/// All that filtering, counting and sorting by time need of a task, in a list of its own: it is
/// read from end to end for every view.
#[derive(Clone, Copy, Debug)]
pub(super) struct Digest {
    /// 0 when the task tells none.
    pub(super) time: u32,
    pub(super) profile: ProfileId,
}

/// What makes rows one entry.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key<'a> {
    Task(&'a str),
    /// The checksum of an event of no task: only its redeliveries are the same.
    Event(u64),
}

impl<'a> Key<'a> {
    fn of(task_id: &'a str, row: &Row) -> Self {
        if task_id.is_empty() {
            Self::Event(row.checksum)
        } else {
            Self::Task(task_id)
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Fold {
    tasks: Vec<Task>,
    /// As long as the tasks.
    digests: Vec<Digest>,
    /// Those in all texts of each task.
    signs: Vec<Signs>,
    profiles: Profiles,
    /// For each row its task, and the row of the same task that arrived before it.
    task_of: Vec<u32>,
    earlier: Vec<u32>,
    by_key: Slots,
    /// How often each state was delivered, for tasks with more than [`MOST_WALKED`] rows.
    state_counts: HashMap<(u32, u64), u32>,
    hasher: RandomState,
}

impl Fold {
    pub(super) fn len(&self) -> usize {
        self.tasks.len()
    }

    pub(super) fn task(&self, task: TaskIdx) -> Option<&Task> {
        self.tasks.get(task.0 as usize)
    }

    pub(super) fn digests(&self) -> &[Digest] {
        &self.digests
    }

    pub(super) fn digest(&self, task: TaskIdx) -> Option<Digest> {
        self.digests.get(task.0 as usize).copied()
    }

    pub(super) fn profiles(&self) -> &Profiles {
        &self.profiles
    }

    pub(super) fn task_of(&self, row: u32) -> Option<TaskIdx> {
        self.task_of.get(row as usize).copied().map(TaskIdx)
    }

    /// The tasks of so many rows, one for each, from `first_row` on.
    pub(super) fn tasks_of(&self, first_row: u32, rows: usize) -> &[u32] {
        let tasks = self.task_of.get(first_row as usize..).unwrap_or_default();
        tasks.get(..rows).unwrap_or(tasks)
    }

    /// The tasks in whose texts all these signs occur.
    pub(super) fn tasks_with(&self, signs: Signs) -> TaskSet {
        TaskSet::of(&self.signs, |has| has.contain(signs))
    }

    /// The rows of a task, the last to arrive first.
    pub(super) fn rows_of(&self, task: TaskIdx) -> impl Iterator<Item = u32> + use<'_> {
        let first = self.task(task).map(|task| task.last_row);
        std::iter::successors(first, |row| {
            let next = self.earlier.get(*row as usize).copied();
            next.filter(|row| *row != NO_ROW)
        })
    }

    /// Adds the rows of the segment that arrived last.
    pub(super) fn add(&mut self, added: Range<u32>, rows: &Rows, names: &Names) {
        let RowAt { segment, .. } = rows.locate(added.start);
        for (row_id, local) in added.zip(0..) {
            self.add_row(row_id, RowAt { segment, local }, rows, names);
        }
    }

    fn add_row(&mut self, row_id: u32, at: RowAt, rows: &Rows, names: &Names) {
        let Some((held, row)) = rows.at(at) else {
            return;
        };
        let key = Key::of(held.segment.task_id(row), row);
        let hash = self.hash(key);
        let texts = held.segment.text.as_bytes().get(text_range(row));
        let signs = Signs::of(texts.unwrap_or_default());
        if let Some(task) = self.lookup(key, hash, rows) {
            if let Some(all) = self.signs.get_mut(task.0 as usize) {
                *all = *all | signs;
            }
            self.merge(task, at, rows, names);
            return;
        }
        self.open(row_id, at, hash);
        self.signs.push(signs);
        let profile = self.profiles.of(at, held.source, None, rows);
        let time = time_of(row).unwrap_or(0);
        self.digests.push(Digest { time, profile });
    }

    pub(super) fn find(&self, task_id: &str, rows: &Rows) -> Option<TaskIdx> {
        if task_id.is_empty() {
            return None;
        }
        let key = Key::Task(task_id);
        self.lookup(key, self.hash(key), rows)
    }

    pub(super) fn memory_bytes(&self) -> usize {
        self.tasks.capacity() * size_of::<Task>()
            + self.digests.capacity() * size_of::<Digest>()
            + self.signs.capacity() * size_of::<Signs>()
            + self.profiles.memory_bytes()
            + (self.task_of.capacity() + self.earlier.capacity()) * 4
            + self.by_key.memory_bytes()
            // A bucket is its entry and one control byte; seven of eight are counted as capacity.
            + self.state_counts.capacity() * 8 / 7 * (size_of::<((u32, u64), u32)>() + 1)
    }

    fn hash(&self, key: Key<'_>) -> u32 {
        let hash = match key {
            Key::Task(id) => self.hasher.hash_one(id),
            Key::Event(checksum) => self.hasher.hash_one(checksum),
        };
        u32::try_from(hash >> 32).unwrap_or_default()
    }

    fn lookup(&self, key: Key<'_>, hash: u32, rows: &Rows) -> Option<TaskIdx> {
        let is_it = |task: u32| {
            self.task(TaskIdx(task))
                .filter(|task| task.hash == hash)
                .and_then(|task| rows.at(task.newest))
                .is_some_and(|(held, row)| Key::of(held.segment.task_id(row), row) == key)
        };
        self.by_key.find(hash, is_it).map(TaskIdx)
    }

    fn open(&mut self, row_id: u32, at: RowAt, hash: u32) {
        let task = u32::try_from(self.tasks.len()).unwrap_or(u32::MAX);
        self.tasks.push(Task {
            newest: at,
            hash,
            last_row: row_id,
            rows: 1,
            deliveries: 1,
            states: 1,
        });
        self.task_of.push(task);
        self.earlier.push(NO_ROW);
        let tasks = &self.tasks;
        let hash_of = |task: u32| tasks.get(task as usize).map_or(0, |task| task.hash);
        self.by_key.insert(hash, task, hash_of);
    }

    fn merge(&mut self, idx: TaskIdx, at: RowAt, rows: &Rows, names: &Names) {
        let row_id = u32::try_from(self.task_of.len()).unwrap_or(u32::MAX);
        let Some(task) = self.tasks.get_mut(idx.0 as usize) else {
            return;
        };
        let newest = task.newest;
        self.task_of.push(idx.0);
        self.earlier.push(task.last_row);
        task.last_row = row_id;
        task.rows += 1;
        let (Some((old_held, old)), Some((held, row))) = (rows.at(newest), rows.at(at)) else {
            return;
        };
        let is_newer = Age::of(row, held.segment.sub_rows(row), names)
            >= Age::of(old, old_held.segment.sub_rows(old), names);
        let delivered = self.delivered(idx, row.checksum, rows);
        let Some(task) = self.tasks.get_mut(idx.0 as usize) else {
            return;
        };
        task.states += u32::from(delivered == 1);
        if is_newer {
            task.newest = at;
        }
        if is_newer || row.checksum == old.checksum {
            task.deliveries = delivered;
        }
        let newest = if is_newer { at } else { newest };
        self.digest_anew(idx, newest, held.source, rows);
    }

    /// A row from `source` has joined the task.
    fn digest_anew(&mut self, idx: TaskIdx, newest: RowAt, source: SourceId, rows: &Rows) {
        let Some(digest) = self.digests.get_mut(idx.0 as usize) else {
            return;
        };
        digest.profile = self.profiles.of(newest, source, Some(digest.profile), rows);
        digest.time = rows
            .at(newest)
            .and_then(|(_, row)| time_of(row))
            .unwrap_or(0);
    }

    /// How often the state of a task's last row has been delivered, that row included.
    fn delivered(&mut self, idx: TaskIdx, checksum: u64, rows: &Rows) -> u32 {
        let known = self.task(idx).map_or(0, |task| task.rows);
        if known <= MOST_WALKED {
            let states = self.rows_of(idx).filter_map(|row| checksum_of(row, rows));
            let same = states.filter(|state| *state == checksum);
            return u32::try_from(same.count()).unwrap_or(u32::MAX);
        }
        if known == MOST_WALKED + 1 {
            let before: Vec<u32> = self.rows_of(idx).skip(1).collect();
            for state in before.into_iter().filter_map(|row| checksum_of(row, rows)) {
                *self.state_counts.entry((idx.0, state)).or_insert(0) += 1;
            }
        }
        let count = self.state_counts.entry((idx.0, checksum)).or_insert(0);
        *count += 1;
        *count
    }
}

fn checksum_of(row: u32, rows: &Rows) -> Option<u64> {
    rows.row(row).map(|(_, row)| row.checksum)
}

/// What makes one state of a task newer than another: it ended, it says more than a list's line
/// does, it ended later, more of it ended. Among equals the later arrival counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Age {
    ended: bool,
    in_full: bool,
    finish: u32,
    ended_subs: usize,
}

impl Age {
    pub(super) fn of(row: &Row, subs: &[SubRow], names: &Names) -> Self {
        let ended = |sub: &&SubRow| matches!(sub.outcome, Outcome::Succeeded | Outcome::Failed);
        Self {
            ended: row.verdict != Verdict::Running && !is_under_way(names.get(row.status)),
            in_full: row.format != Format::TaskList,
            finish: row.finish,
            ended_subs: subs.iter().filter(ended).count(),
        }
    }
}

fn is_under_way(status: &str) -> bool {
    status.eq_ignore_ascii_case("PROCESSING") || status.eq_ignore_ascii_case("WAITING")
}
