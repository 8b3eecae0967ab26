//! The orders a list can be in, by packed keys.

use super::task::count_failed;
use super::{Index, TaskIdx, Timed, alphabet};

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
            Sort::Oldest => by_key(tasks.iter().map(|task| {
                let time = if task.time == 0 { u32::MAX } else { task.time };
                (time, task.task.0)
            })),
            Sort::Newest => newest_first(tasks),
            Sort::Name => {
                let ranks = self.name_ranks();
                let rank = |task: u32| ranks.get(task as usize).copied().unwrap_or(u32::MAX);
                by_key_then_newest(tasks, rank)
            }
            Sort::Longest | Sort::MostFailed | Sort::MostDeliveries => {
                by_key_then_newest(tasks, |task| u32::MAX - self.amount(TaskIdx(task), sort))
            }
        }
    }

    /// What a list sorted by most of something is sorted by.
    fn amount(&self, idx: TaskIdx, sort: Sort) -> u32 {
        match sort {
            Sort::MostDeliveries => self.fold.task(idx).map_or(0, |task| task.deliveries),
            Sort::MostFailed => {
                u32::try_from(count_failed(self.newest_sub_rows(idx))).unwrap_or(u32::MAX)
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
}

fn newest_first(tasks: &[Timed]) -> Vec<u32> {
    by_key(tasks.iter().map(|task| (u32::MAX - task.time, task.task.0)))
}

/// Sorts by a key first; equal ones stay newest first.
fn by_key_then_newest(tasks: &[Timed], key: impl Fn(u32) -> u32) -> Vec<u32> {
    let newest = newest_first(tasks);
    let places = by_key((0..).zip(&newest).map(|(place, task)| (key(*task), place)));
    let task_at = |place: u32| newest.get(place as usize).copied();
    places.into_iter().filter_map(task_at).collect()
}

/// Sorts numbers by key, then by number, both packed into one word.
fn by_key(keyed: impl Iterator<Item = (u32, u32)>) -> Vec<u32> {
    let packed = keyed.map(|(key, number)| u64::from(key) << 32 | u64::from(number));
    let mut packed: Vec<u64> = packed.collect();
    packed.sort_unstable();
    let number = |packed: u64| u32::try_from(packed & u64::from(u32::MAX)).unwrap_or_default();
    packed.into_iter().map(number).collect()
}
