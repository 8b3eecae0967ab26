//! Whether a pull goes on that paused by itself because one task after the other failed.

use crate::model::TaskProgress;

/// Pauses with no success between them, after which it is not the tasks' fault.
const PAUSES: u32 = 4;

#[derive(Debug, Default)]
pub(super) struct Setbacks {
    /// As the last pause left it.
    before: TaskProgress,
    in_a_row: u32,
    /// It was told to go on, and has not yet.
    is_waking: bool,
}

/// What to do about a pull.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// It is at work, or about to be.
    Wait,
    /// The tasks that failed wait for the end of the list: others come before them.
    GoOn,
    /// Whatever it asked for next would fail, too.
    Stop,
}

impl Setbacks {
    pub(super) fn next(&mut self, now: TaskProgress) -> Next {
        if !now.paused {
            self.is_waking = false;
            return Next::Wait;
        }
        if self.is_waking {
            return Next::Wait;
        }
        // Nothing that failed was of one task alone.
        if now.failed <= self.before.failed {
            return Next::Stop;
        }
        let succeeded = |of: &TaskProgress| of.fetched + of.forgotten;
        if succeeded(&now) > succeeded(&self.before) {
            self.in_a_row = 0;
        }
        self.in_a_row += 1;
        self.before = now;
        self.is_waking = self.in_a_row < PAUSES;
        if self.is_waking {
            Next::GoOn
        } else {
            Next::Stop
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paused(failed: u64, fetched: u64) -> TaskProgress {
        TaskProgress {
            failed,
            fetched,
            paused: true,
            ..TaskProgress::default()
        }
    }

    /// Told that it paused, and, where it goes on, that it did.
    fn told(setbacks: &mut Setbacks, progress: TaskProgress) -> Next {
        let next = setbacks.next(progress);
        let awake = TaskProgress {
            paused: false,
            ..progress
        };
        if next == Next::GoOn {
            assert_eq!(setbacks.next(progress), Next::Wait);
            assert_eq!(setbacks.next(awake), Next::Wait);
        }
        next
    }

    #[test]
    fn tasks_that_fail_stop_a_pull_only_when_nothing_succeeds() {
        let mut setbacks = Setbacks::default();
        for failed in [8, 16, 24] {
            assert_eq!(told(&mut setbacks, paused(failed, 0)), Next::GoOn);
        }
        assert_eq!(told(&mut setbacks, paused(32, 0)), Next::Stop);
        let mut setbacks = Setbacks::default();
        for times in 1..20 {
            assert_eq!(told(&mut setbacks, paused(8 * times, times)), Next::GoOn);
        }
    }

    #[test]
    fn what_fails_every_call_stops_it_at_once() {
        let mut setbacks = Setbacks::default();
        assert_eq!(told(&mut setbacks, paused(0, 30)), Next::Stop);
        let mut setbacks = Setbacks::default();
        assert_eq!(told(&mut setbacks, paused(8, 0)), Next::GoOn);
        assert_eq!(told(&mut setbacks, paused(8, 5)), Next::Stop);
    }
}
