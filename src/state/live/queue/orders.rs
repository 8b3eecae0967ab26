//! What may be ordered of the queue, and what is ordered of it.

use super::{BatchState, LiveRun, Queue};
use crate::model::{LiveCommand, LiveLimit, Permit};
use crate::state::live::{Live, LiveEffect, QueueAction, narrowing, news, order};
use crate::state::{AppState, Effect};

/// How long batches that have moved take no order: confirming cannot be undone.
const MOVED_MILLIS: u64 = 1_000;

/// Whether events may be confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfirmLock {
    /// The application's id has to be typed first.
    Locked {
        sub_app_id: u64,
    },
    /// The profile names no application, so that none could be typed.
    NoSubAppId,
    Unlocked,
}

impl Live {
    /// Whether events of the open queue may be confirmed.
    pub fn confirm_lock(&self) -> Option<ConfirmLock> {
        let queue = self.queue.as_ref()?;
        Some(match queue.profile.sub_app_id {
            None => ConfirmLock::NoSubAppId,
            Some(_) if queue.confirm_on => ConfirmLock::Unlocked,
            Some(sub_app_id) => ConfirmLock::Locked { sub_app_id },
        })
    }
}

pub(in crate::state::live) fn update(state: &mut AppState, action: QueueAction) -> Vec<Effect> {
    let millis = state.millis;
    let lock = state.live.confirm_lock();
    let marked = match action {
        QueueAction::ConfirmSelection => state.confirmable_deliveries(),
        _ => Vec::new(),
    };
    let queue = state.live.queue.as_mut();
    let Some(queue) = queue.filter(|queue| queue.is_open()) else {
        return Vec::new();
    };
    let command = match action {
        QueueAction::PullMore if queue.pulling_since.is_none() => {
            queue.pulling_since = Some(millis);
            LiveCommand::PullOnce
        }
        QueueAction::PullMore => return Vec::new(),
        QueueAction::Live(limit) => {
            queue.begin_live(limit, millis);
            LiveCommand::Live(Some(limit))
        }
        QueueAction::EndLive => {
            queue.live = None;
            LiveCommand::Live(None)
        }
        QueueAction::AskBacklog => LiveCommand::Backlog,
        QueueAction::Stop => return stop(state),
        QueueAction::TypeId(text) => {
            queue.typed_id = text;
            return Vec::new();
        }
        QueueAction::EnableConfirm => {
            if let Some(ConfirmLock::Locked { sub_app_id }) = lock
                && queue.typed_id.trim() == sub_app_id.to_string()
            {
                queue.typed_id.clear();
                queue.confirm_on = true;
                queue.permit = Permit::default();
            }
            return Vec::new();
        }
        QueueAction::DisableConfirm => {
            queue.lock();
            return Vec::new();
        }
        // What was meant may have moved away under the pointer.
        QueueAction::ConfirmBatch(_) if queue.just_moved(millis) => return Vec::new(),
        QueueAction::ConfirmBatch(number) => {
            return queue.confirm(queue.confirmable(number, millis), lock);
        }
        QueueAction::ConfirmSelection => return queue.confirm(marked, lock),
    };
    vec![order(LiveEffect::Command(queue.source, command))]
}

impl Queue {
    fn begin_live(&mut self, limit: LiveLimit, millis: u64) {
        let time = u64::try_from(limit.time.as_millis()).unwrap_or(u64::MAX);
        self.limit_reached = false;
        self.live = Some(LiveRun {
            limit,
            until_millis: millis.saturating_add(time),
            events_before: u64::try_from(self.borrowed()).unwrap_or(u64::MAX),
        });
    }

    /// Whether a new batch has just pushed the older ones down.
    fn just_moved(&self, millis: u64) -> bool {
        let newest = self.batches.last().filter(|_| self.batches.len() > 1);
        newest.is_some_and(|batch| millis.saturating_sub(batch.pulled_millis) < MOVED_MILLIS)
    }

    fn confirm(&mut self, ids: Vec<i64>, lock: Option<ConfirmLock>) -> Vec<Effect> {
        if ids.is_empty() || lock != Some(ConfirmLock::Unlocked) {
            return Vec::new();
        }
        self.confirm_faults.clear();
        self.set(&ids, &BatchState::Confirming);
        let command = LiveCommand::Confirm(ids, self.permit.clone());
        vec![order(LiveEffect::Command(self.source, command))]
    }
}

impl AppState {
    /// Deliveries of the marked tasks that can still be confirmed.
    pub fn confirmable_deliveries(&self) -> Vec<i64> {
        let queue = self.live.queue.as_ref();
        let Some(queue) = queue.filter(|queue| queue.hidden(self.millis) > 0) else {
            return Vec::new();
        };
        let tasks = self.list.marked.iter().copied();
        let rows = tasks.flat_map(|task| self.index.rows_of(task));
        let held = rows.filter(|row| row.source == queue.source);
        let ids = held.map(|row| news::archive_id(row.raw.offset));
        ids.filter(|id| queue.is_confirmable(*id, self.millis))
            .collect()
    }
}

/// Ends borrowing at once. What is hidden returns by itself.
fn stop(state: &mut AppState) -> Vec<Effect> {
    let Some(queue) = &mut state.live.queue else {
        return Vec::new();
    };
    queue.stop();
    let mut effects = vec![Effect::CancelSource(queue.source)];
    effects.extend(narrowing::widen(state));
    effects
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NOW, batch, queue};
    use super::*;

    #[test]
    fn a_locked_queue_confirms_nothing() {
        let mut queue = queue();
        queue.take(batch(1, &[5]), NOW, 0);
        let locked = Some(ConfirmLock::Locked { sub_app_id: 7 });
        assert_eq!(queue.confirm(vec![5], locked), []);
        assert_eq!(queue.confirm(vec![5], Some(ConfirmLock::NoSubAppId)), []);
        assert_eq!(queue.confirm(vec![5], Some(ConfirmLock::Unlocked)).len(), 1);
    }
}
