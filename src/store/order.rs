//! The orders a list can be in.

use super::radix::{Keyed, by_key};
use super::task_set::TaskSet;
use super::{Index, TaskIdx, Timed, alphabet};

/// More than one task in this many are sooner picked from the order of all than sorted.
const FEW: usize = 8;

/// How the list is sorted. Equal tasks stand newest first, then as they arrived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Tasks without a time last, as they arrived.
    #[default]
    Newest,
    Oldest,
    /// By file name, whatever its case; tasks without one last.
    Name,
    /// By the time from begin to finish; tasks that do not tell it last.
    Longest,
    MostFailed,
    MostDeliveries,
}

impl Sort {
    pub const ALL: [Self; 6] = [
        Self::Newest,
        Self::Oldest,
        Self::Name,
        Self::Longest,
        Self::MostFailed,
        Self::MostDeliveries,
    ];
}

impl Index {
    /// Sorts tasks given in order of arrival.
    pub(super) fn sorted(&self, tasks: &[Timed], sort: Sort) -> Vec<u32> {
        match sort {
            Sort::Oldest => {
                let time = |time: u32| if time == 0 { u32::MAX } else { time };
                let keyed = tasks.iter().map(|task| (time(task.time), task.task.0));
                by_key(keyed.collect())
            }
            Sort::Newest => self.newest_first(tasks),
            Sort::Name => {
                let ranks = self.name_ranks();
                let rank = |task: u32| ranks.get(task as usize).copied().unwrap_or(u32::MAX);
                self.by_key_then_newest(tasks, rank)
            }
            Sort::Longest | Sort::MostFailed | Sort::MostDeliveries => {
                self.by_key_then_newest(tasks, |task| u32::MAX - self.amount(TaskIdx(task), sort))
            }
        }
    }

    /// What a list sorted by most of something is sorted by.
    fn amount(&self, idx: TaskIdx, sort: Sort) -> u32 {
        match sort {
            Sort::MostDeliveries => self.fold.task(idx).map_or(0, |task| task.deliveries),
            Sort::MostFailed => {
                let digest = self.fold.digest(idx);
                let profile = digest.and_then(|digest| self.fold.profiles().get(digest.profile));
                profile.map_or(0, |profile| u32::from(profile.failed_sub_tasks))
            }
            _ => self.newest(idx).map_or(0, |(_, row)| match row.begin {
                0 => 0,
                // A task that took no time at all still comes before one that does not tell.
                begin => row
                    .finish
                    .checked_sub(begin)
                    .map_or(0, |secs| secs.saturating_add(1)),
            }),
        }
    }

    /// For each task its place by name; tasks of the same name share one.
    fn name_ranks(&self) -> &[u32] {
        self.name_ranks.get_or_init(|| {
            let names = self.tasks().map(|task| self.name_of(task));
            alphabet::ranks(&names.collect::<Vec<&str>>())
        })
    }

    fn name_of(&self, task: TaskIdx) -> &str {
        let newest = self
            .newest(task)
            .map(|(held, row)| held.segment.file_name(row));
        match newest {
            Some("") | None => self.task(task).map_or("", |view| view.file_name),
            Some(name) => name,
        }
    }

    fn newest_first(&self, tasks: &[Timed]) -> Vec<u32> {
        let all = self.task_count();
        if tasks.len() < all / FEW {
            return by_time(tasks.iter().map(|task| (task.time, task.task)));
        }
        let order = self.newest_order.get_or_init(|| {
            let digests = self.tasks().zip(self.fold.digests());
            by_time(digests.map(|(task, digest)| (digest.time, task)))
        });
        if tasks.len() == all {
            return order.clone();
        }
        let mut asked_for = TaskSet::none(all);
        for task in tasks {
            asked_for.insert(task.task);
        }
        let order = order.iter().copied();
        order.filter(|task| asked_for.has(TaskIdx(*task))).collect()
    }

    /// Sorts by a key first; equal ones stay newest first.
    fn by_key_then_newest(&self, tasks: &[Timed], key: impl Fn(u32) -> u32) -> Vec<u32> {
        let newest = self.newest_first(tasks).into_iter();
        let keyed: Vec<Keyed> = newest.map(|task| (key(task), task)).collect();
        by_key(keyed)
    }
}

/// Sorts tasks given in order of arrival, the newest first.
fn by_time(tasks: impl Iterator<Item = (u32, TaskIdx)>) -> Vec<u32> {
    by_key(
        tasks
            .map(|(time, task)| (u32::MAX - time, task.0))
            .collect(),
    )
}
