//! The order of events: tasks open, notify again while others go on, and end.

use crate::event::Writer;
use crate::json::Json;
use crate::rng::Rng;
use crate::task::Task;
use crate::time::START;

const MAX_OPEN_TASKS: usize = 64;

pub(crate) struct Stream {
    rng: Rng,
    open: Vec<Task>,
    writer: Writer,
    span_secs: u64,
}

impl Stream {
    pub(crate) fn new(seed: u64, days: u64, writer: Writer) -> Self {
        Self {
            rng: Rng::new(seed),
            open: Vec::new(),
            writer,
            span_secs: days * 86_400,
        }
    }

    /// Writes the next event; `done` of `total` tells how far in time the file has come.
    pub(crate) fn next(&mut self, json: &mut Json, (done, total): (u64, u64)) {
        let is_full = self.open.len() >= MAX_OPEN_TASKS;
        if !self.open.is_empty() && (is_full || self.rng.chance(45)) {
            self.next_state(json);
            return;
        }
        let passed = u128::from(self.span_secs) * u128::from(done) / u128::from(total.max(1));
        let passed = u64::try_from(passed).unwrap_or(u64::MAX);
        let unix_secs = START + passed + self.rng.below(121);
        let task = Task::new(&mut self.rng, unix_secs);
        // 3 % of new ones, which are over half of all events, make 1.7 % of all.
        if self.rng.below(1000) < 27 {
            self.writer.other(json, &task);
        } else {
            self.writer.procedure(json, &task);
            self.keep(task);
        }
    }

    fn next_state(&mut self, json: &mut Json) {
        let index = self.rng.below(self.open.len() as u64);
        let index = usize::try_from(index).unwrap_or_default();
        let task = self.open.swap_remove(index);
        self.writer.procedure(json, &task);
        self.keep(task);
    }

    fn keep(&mut self, mut task: Task) {
        if !task.is_last_state() {
            task.sent += 1;
            self.open.push(task);
        }
    }
}
