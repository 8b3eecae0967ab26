//! Sets of tasks that cost one bit for each task there is.

use std::ops::BitOr as _;

use super::TaskIdx;

/// A set of tasks, one bit each.
#[derive(Clone)]
pub(super) struct TaskSet(Vec<u64>);

impl TaskSet {
    pub(super) fn none(tasks: usize) -> Self {
        Self(vec![0; tasks.div_ceil(64)])
    }

    /// The tasks for which it holds; there is one item for each task.
    pub(super) fn of<T>(items: &[T], holds: impl Fn(&T) -> bool) -> Self {
        let bit = |(place, item): (u32, &T)| u64::from(holds(item)) << place;
        let bits = |items: &[T]| (0..).zip(items).map(bit).fold(0, u64::bitor);
        Self(items.chunks(64).map(bits).collect())
    }

    pub(super) fn insert(&mut self, task: TaskIdx) {
        if let Some(word) = self.0.get_mut(task.0 as usize / 64) {
            *word |= 1 << (task.0 % 64);
        }
    }

    pub(super) fn cross_off(&mut self, task: TaskIdx) {
        if let Some(word) = self.0.get_mut(task.0 as usize / 64) {
            *word &= !(1 << (task.0 % 64));
        }
    }

    pub(super) fn has(&self, task: TaskIdx) -> bool {
        let word = self.0.get(task.0 as usize / 64);
        word.is_some_and(|word| word >> (task.0 % 64) & 1 == 1)
    }

    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = TaskIdx> {
        (0..).step_by(64).zip(&self.0).flat_map(|(first, word)| {
            let ones = std::iter::successors(Some(*word), |word| Some(word & word.wrapping_sub(1)));
            ones.take_while(|word| *word != 0)
                .map(move |word| TaskIdx(first + word.trailing_zeros()))
        })
    }

    pub(super) fn intersect(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= other;
        }
    }

    pub(super) fn remove(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= !other;
        }
    }
}
