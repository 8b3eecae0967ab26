//! Steps among hits and lines.

use std::cmp::Ordering;

use crate::state::Move;

/// A direction among hits.
#[derive(Clone, Copy)]
pub(super) enum Step {
    Next,
    Previous,
}

impl Step {
    /// The place of the next item in this direction, round the end; `order` compares an item
    /// with where we are.
    pub(super) fn from<T>(self, items: &[T], order: impl Fn(&T) -> Ordering) -> Option<usize> {
        let last = items.len().checked_sub(1)?;
        Some(match self {
            Self::Next => {
                let next = items.partition_point(|item| order(item).is_le());
                if next > last { 0 } else { next }
            }
            Self::Previous => items
                .partition_point(|item| order(item).is_lt())
                .checked_sub(1)
                .unwrap_or(last),
        })
    }

    /// What counts as still ahead when nothing but the line is known.
    pub(super) fn beyond(self) -> Ordering {
        match self {
            Self::Next => Ordering::Greater,
            Self::Previous => Ordering::Less,
        }
    }
}

pub(super) fn moved(at: usize, to: Move, page: usize, len: usize) -> usize {
    let last = len.saturating_sub(1);
    let page = page.max(2) - 1;
    match to {
        Move::Up => at.saturating_sub(1),
        Move::Down => (at + 1).min(last),
        Move::PageUp => at.saturating_sub(page),
        Move::PageDown => (at + page).min(last),
        Move::First => 0,
        Move::Last => last,
    }
}
