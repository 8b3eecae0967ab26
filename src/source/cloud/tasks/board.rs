//! Which details are still wanted, shared by the lister and the fetchers.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::decode::time::iso_to_unix;
use crate::model::{CLOUD_MEMORY_SECS, now_unix};

/// Tasks that leave the cloud within so many seconds are fetched first.
const SOON_SECS: i64 = 5 * 3_600;
/// When so many details fail and none succeeds between them, it is not the tasks' fault.
const DOWN_AFTER: u32 = 8;

/// Clones share one board.
#[derive(Clone, Debug, Default)]
pub(super) struct Board(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    wanted: BinaryHeap<Wanted>,
    /// Tasks whose detail failed: asked for once more when nothing else is left.
    aside: Vec<Wanted>,
    round: Round,
    /// Details that failed since one succeeded.
    failed_in_a_row: u32,
    /// Tasks a fetcher has taken and not brought yet: it may put them back.
    in_hand: usize,
    paused: bool,
    listed_all: bool,
    closed: bool,
}

/// The greatest is fetched first: what leaves the cloud soon, the soonest of it first; then the
/// newest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wanted {
    leaves: Option<Reverse<i64>>,
    created: i64,
    pub(super) task_id: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Round {
    #[default]
    First,
    /// What fails now is not asked for again.
    Last,
}

/// What a failed detail means for the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setback {
    OneTask,
    /// The board pauses: nothing seems to succeed any more.
    AllTasks,
}

impl Board {
    /// Asks for the detail of a listed task; whether it leaves the cloud soon.
    pub(super) fn want_listed(&self, task_id: &str, create_time: &str) -> bool {
        let created = iso_to_unix(create_time);
        let soon = created.is_some_and(|at| at + CLOUD_MEMORY_SECS - now_unix() < SOON_SECS);
        self.want(task_id.to_owned(), created.unwrap_or(0), soon);
        soon
    }

    pub(super) fn want(&self, task_id: String, created: i64, soon: bool) {
        self.put(Wanted {
            leaves: soon.then_some(Reverse(created)),
            created,
            task_id,
        });
    }

    fn put(&self, wanted: Wanted) {
        self.lock().wanted.push(wanted);
        self.0.changed.notify_one();
    }

    /// The next task to fetch; waits for one. `None` when there will be none any more.
    pub(super) fn take(&self) -> Option<Wanted> {
        let idle = |state: &mut State| {
            state.recall();
            let nothing = state.wanted.is_empty() && !state.is_finished();
            !state.closed && (state.paused || nothing)
        };
        let waited = self.0.changed.wait_while(self.lock(), idle);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        if state.closed {
            return None;
        }
        let next = state.wanted.pop()?;
        state.in_hand += 1;
        Some(next)
    }

    /// A task that was taken has been brought, or nothing can be brought of it.
    pub(super) fn done(&self) {
        let mut state = self.lock();
        state.in_hand = state.in_hand.saturating_sub(1);
        state.failed_in_a_row = 0;
        drop(state);
        self.0.changed.notify_all();
    }

    /// The detail of a task that was taken failed for a reason of its own.
    pub(super) fn set_aside(&self, wanted: Wanted) -> Setback {
        let mut state = self.lock();
        state.in_hand = state.in_hand.saturating_sub(1);
        let setback = state.set_aside(wanted);
        drop(state);
        self.0.changed.notify_all();
        setback
    }

    /// Asks for each task once only, whatever becomes of it.
    pub(super) fn ask_once(&self) {
        self.lock().round = Round::Last;
    }

    /// A task that was taken could not be brought; the board pauses until told to go on.
    pub(super) fn put_back(&self, wanted: Wanted) {
        let mut state = self.lock();
        state.wanted.push(wanted);
        state.in_hand = state.in_hand.saturating_sub(1);
        state.paused = true;
    }

    pub(super) fn pause(&self, pause: bool) {
        let mut state = self.lock();
        state.paused = pause;
        state.failed_in_a_row = 0;
        drop(state);
        self.0.changed.notify_all();
    }

    /// Waits while paused; whether to go on after that.
    pub(super) fn go_on(&self) -> bool {
        let paused = |state: &mut State| state.paused && !state.closed;
        let waited = self.0.changed.wait_while(self.lock(), paused);
        !waited.unwrap_or_else(PoisonError::into_inner).closed
    }

    pub(super) fn all_listed(&self) {
        self.lock().listed_all = true;
        self.0.changed.notify_all();
    }

    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.0.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn is_finished(&self) -> bool {
        self.listed_all && self.in_hand == 0 && self.aside.is_empty()
    }

    /// The failed ones once more, when all others have been brought.
    fn recall(&mut self) {
        if self.listed_all && self.in_hand == 0 && self.wanted.is_empty() && !self.aside.is_empty()
        {
            self.round = Round::Last;
            self.wanted.extend(self.aside.drain(..));
        }
    }

    fn set_aside(&mut self, wanted: Wanted) -> Setback {
        if self.round == Round::Last {
            return Setback::OneTask;
        }
        self.aside.push(wanted);
        self.failed_in_a_row += 1;
        if self.failed_in_a_row < DOWN_AFTER || self.paused {
            return Setback::OneTask;
        }
        self.paused = true;
        Setback::AllTasks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(board: &Board) -> Vec<String> {
        board.all_listed();
        let taken = std::iter::from_fn(|| {
            let wanted = board.take();
            board.done();
            wanted
        });
        taken.map(|wanted| wanted.task_id).collect()
    }

    #[test]
    fn what_leaves_the_cloud_soonest_is_fetched_first_then_the_newest() {
        let board = Board::default();
        board.want("old".to_owned(), 100, false);
        board.want("new".to_owned(), 200, false);
        board.want("leaving".to_owned(), 20, true);
        board.want("leaving first".to_owned(), 10, true);
        assert_eq!(order(&board), ["leaving first", "leaving", "new", "old"]);
    }

    #[test]
    fn a_task_put_back_is_not_lost() {
        let board = Board::default();
        board.want("a".to_owned(), 0, false);
        board.all_listed();
        let wanted = board.take().unwrap();
        board.put_back(wanted);
        board.pause(false);
        assert_eq!(board.take().unwrap().task_id, "a");
        board.done();
        assert_eq!(board.take(), None);
    }

    fn names(all: &[&str]) -> Board {
        let board = Board::default();
        for (created, name) in (0..).zip(all) {
            board.want((*name).to_owned(), -created, false);
        }
        board.all_listed();
        board
    }

    #[test]
    fn a_failed_task_is_asked_for_once_more_after_all_others() {
        let board = names(&["bad", "good"]);
        let bad = board.take().unwrap();
        assert_eq!(board.set_aside(bad), Setback::OneTask);
        assert_eq!(board.take().unwrap().task_id, "good");
        board.done();
        let bad = board.take().unwrap();
        assert_eq!(bad.task_id, "bad");
        assert_eq!(board.set_aside(bad), Setback::OneTask);
        assert_eq!(board.take(), None);
    }

    #[test]
    fn a_task_asked_for_once_is_not_asked_for_again() {
        let board = names(&["bad"]);
        board.ask_once();
        let bad = board.take().unwrap();
        board.set_aside(bad);
        assert_eq!(board.take(), None);
    }

    #[test]
    fn eight_failures_in_a_row_pause_the_board_and_a_success_between_them_does_not() {
        let all: Vec<String> = (0..20).map(|n| n.to_string()).collect();
        let board = names(&all.iter().map(String::as_str).collect::<Vec<_>>());
        let fail = || {
            let wanted = board.take().unwrap();
            board.set_aside(wanted)
        };
        assert!((0..7).all(|_| fail() == Setback::OneTask));
        board.take().unwrap();
        board.done();
        assert!((0..7).all(|_| fail() == Setback::OneTask));
        assert_eq!(fail(), Setback::AllTasks);
    }

    #[test]
    fn a_closed_board_gives_nothing() {
        let board = Board::default();
        board.want("a".to_owned(), 0, false);
        board.pause(true);
        board.close();
        assert_eq!(board.take(), None);
        assert!(!board.go_on());
    }
}
