//! After damage: says what is wrong, and looks for the next record.

use super::value::RECORD_LIMIT;
use super::{Splitter, State, push_problem};
use crate::decode::LocalProblem;
use crate::decode::builder::Builder;
use crate::decode::excerpt::excerpt;
use crate::decode::fault;
use crate::decode::resync::{self, Found};
use crate::decode::split::Track;
use crate::model::Reason;

impl Splitter {
    /// A value with balanced brackets that is not JSON: records may still stand inside it.
    pub(super) fn broken(&mut self, track: &Track, end: usize, builder: &mut Builder) {
        let problem = self.problem(track.start, end, 0);
        let stretch = self.buffer.get(..end).unwrap_or_default();
        let next = match resync::find(stretch, track.start + 1, track.indent, true) {
            Found::At(at) => at,
            Found::NotBefore(_) => end,
        };
        push_problem(builder, problem, self.offset(next));
        self.pass_over(track.start, next);
    }

    /// How far the damage has to be read to be explained: a line feed in a string is where the
    /// line was cut off when a record begins behind it; anything else explains itself.
    pub(super) fn end_of_damage(&self, at: usize) -> usize {
        const CONTEXT: usize = 64;
        if self.ends_line_and_record(at) == Some(true) {
            return at;
        }
        let rest = self.buffer.get(at..).unwrap_or_default();
        at + rest.len().min(CONTEXT)
    }

    /// Whether the line ends at `at` and nothing or a record follows; `None` when it is not known yet.
    pub(super) fn ends_line_and_record(&self, at: usize) -> Option<bool> {
        let rest = self.buffer.get(at..).unwrap_or_default();
        if rest.first() != Some(&b'\n') {
            return Some(false);
        }
        match rest.trim_ascii_start().first() {
            Some(next) => Some(*next == b'{'),
            None => self.is_last.then_some(true),
        }
    }

    /// A value that never closes, or not like this. False when the buffer is used up.
    pub(super) fn damage(&mut self, track: &Track, end: usize, builder: &mut Builder) -> bool {
        let start = track.keep_from();
        self.page = None;
        let followed = self.offset(self.buffer.len().min(end));
        self.wary_until = self.wary_until.max(followed);
        let mut problem = self.problem(start, end, 0);
        if self.is_too_long(track) {
            let limit = u64::try_from(RECORD_LIMIT).unwrap_or(u64::MAX);
            problem.reason = Reason::TooLong { limit };
        } else if track.is_envelope {
            problem.reason = fault::outside(&self.buffer, end, track.inside());
        }
        self.at = start;
        self.resync_from(problem, start + 1, track.indent, builder)
    }

    pub(super) fn resync(
        &mut self,
        problem: LocalProblem,
        indent: usize,
        builder: &mut Builder,
    ) -> bool {
        let from = self.at;
        self.resync_from(problem, from, indent, builder)
    }

    /// Looks for a record from `from` on; `at` is where the search began (or begins again).
    pub(super) fn resync_from(
        &mut self,
        problem: LocalProblem,
        from: usize,
        indent: usize,
        builder: &mut Builder,
    ) -> bool {
        match resync::find(&self.buffer, from, indent, self.is_last) {
            Found::At(next) => {
                let start = self.at;
                let mut problem = problem;
                if self.offset(start) == problem.offset {
                    problem.excerpt = excerpt(self.buffer.get(start..next).unwrap_or_default());
                }
                push_problem(builder, problem, self.offset(next));
                self.pass_over(start, next);
                true
            }
            Found::NotBefore(next) => {
                let start = self.at;
                let mut problem = problem;
                if self.offset(start) == problem.offset {
                    problem.excerpt = excerpt(self.buffer.get(start..).unwrap_or_default());
                }
                self.pass_over(start, next);
                self.state = State::Damaged { problem, indent };
                false
            }
        }
    }

    /// The problem with the bytes from `start` on, which were followed up to `end`.
    pub(super) fn problem(&self, start: usize, end: usize, len: u64) -> LocalProblem {
        let stretch = self.buffer.get(start..end).unwrap_or_default();
        let found = fault::explain(stretch);
        LocalProblem {
            line: u64::from(self.line.saturating_add(found.line)),
            offset: self.offset(start),
            len,
            reason: found.reason,
            excerpt: excerpt(stretch),
        }
    }
}
