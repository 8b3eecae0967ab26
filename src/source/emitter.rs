//! One source's voice: turns what was decoded into events, in order, and remembers whether
//! anything was found.

use std::time::Instant;

use crate::decode::{Decoded, LocalProblem};
use crate::job::{Cancel, Gone, Outbox};
use crate::model::{
    Batch, Problem, Reason, RowFlags, Segment, Shape, SourceEnd, SourceEvent, SourceId, SourceInfo,
};

/// Why a source is not read on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    Cancelled,
    Failed(Reason),
}

impl From<Gone> for Stop {
    fn from(_: Gone) -> Self {
        Self::Cancelled
    }
}

pub(super) struct Emitter<'a> {
    outbox: &'a Outbox<SourceEvent>,
    cancel: &'a Cancel,
    source: SourceId,
    started: Instant,
    /// Set on every row.
    flags: RowFlags,
    /// Bytes on disk that have been read.
    bytes_read: u64,
    found: bool,
    /// Lines without JSON are no problem in a log.
    is_log: bool,
    /// The last thing found was text without JSON.
    ends_in_text: bool,
    /// Problems that were sent, and problems beyond those that are worth keeping.
    problems: usize,
    more_problems: u64,
}

/// A file in ruins must not cost more memory than a sound one.
const PROBLEMS_KEPT: usize = 10_000;

impl<'a> Emitter<'a> {
    pub(super) fn new(
        outbox: &'a Outbox<SourceEvent>,
        cancel: &'a Cancel,
        source: SourceId,
        flags: RowFlags,
    ) -> Self {
        Self {
            outbox,
            cancel,
            source,
            started: Instant::now(),
            flags,
            bytes_read: 0,
            found: false,
            is_log: false,
            ends_in_text: false,
            problems: 0,
            more_problems: 0,
        }
    }

    pub(super) fn cancel(&self) -> &'a Cancel {
        self.cancel
    }

    /// Fails when the person cancelled.
    pub(super) fn go_on(&self) -> Result<(), Stop> {
        if self.cancel.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        Ok(())
    }

    pub(super) fn opened(&mut self, info: SourceInfo) -> Result<(), Stop> {
        self.is_log = info.shape == Shape::LogLines;
        Ok(self.outbox.send(SourceEvent::Opened(info))?)
    }

    pub(super) fn set_bytes_read(&mut self, bytes: u64) {
        self.bytes_read = bytes;
    }

    /// Sends rows and problems whose lines count from `first_line`.
    pub(super) fn decoded(&mut self, decoded: Decoded, first_line: u64) -> Result<(), Stop> {
        self.go_on()?;
        let mut segment = decoded.segment;
        segment.first_line = first_line;
        for row in &mut segment.rows {
            row.flags.insert(self.flags);
        }
        let mut problems = decoded.problems;
        let text_lines = if self.is_log { decoded.text_lines } else { 0 };
        self.drop_text(&mut problems, segment.rows.is_empty());
        self.keep_some(&mut problems);
        let placed = problems.into_iter().map(|p| self.place(p, first_line));
        let problems: Vec<_> = placed.collect();
        self.send(segment, problems, text_lines)
    }

    /// Leaves out text that is no problem, or that goes on from what was sent before.
    fn drop_text(&mut self, problems: &mut Vec<LocalProblem>, no_rows: bool) {
        let is_text = |problem: &LocalProblem| problem.reason == Reason::NoJson;
        let only_text = no_rows && problems.iter().all(is_text);
        if self.is_log || only_text && self.ends_in_text {
            self.found |= !problems.is_empty();
            problems.retain(|problem| !is_text(problem));
        } else if !only_text || !problems.is_empty() {
            self.ends_in_text = only_text;
        }
    }

    fn keep_some(&mut self, problems: &mut Vec<LocalProblem>) {
        let room = PROBLEMS_KEPT.saturating_sub(self.problems);
        self.more_problems += problems.len().saturating_sub(room) as u64;
        problems.truncate(room);
        self.problems += problems.len();
    }

    /// Sends a problem of the source as a whole.
    pub(super) fn problem(&mut self, reason: Reason) -> Result<(), Stop> {
        let problem = Problem {
            source: self.source,
            line: 0,
            offset: 0,
            len: 0,
            reason,
            excerpt: String::new(),
        };
        self.send(Segment::default(), vec![problem], 0)
    }

    /// A followed file is read from its start again.
    pub(super) fn restarted(&mut self) -> Result<(), Stop> {
        self.bytes_read = 0;
        let source = self.source;
        Ok(self.outbox.send(SourceEvent::Restarted { source })?)
    }

    /// A followed file has been read to its present end.
    pub(super) fn caught_up(&self) -> Result<(), Stop> {
        Ok(self.outbox.send(SourceEvent::CaughtUp {
            source: self.source,
            elapsed: self.started.elapsed(),
        })?)
    }

    /// Says how it ended; a failure's reason is sent as a problem first.
    pub(super) fn end(mut self, result: Result<(), Stop>) {
        let result = self.tell_rest().and(result);
        let end = match result {
            Ok(()) if !self.found => self.failed(Reason::Empty),
            Ok(()) => SourceEnd::Complete,
            Err(Stop::Cancelled) => SourceEnd::Cancelled,
            Err(Stop::Failed(reason)) => self.failed(reason),
        };
        // Nobody to tell: the job was dropped, which is how it is cancelled.
        let _told = self.outbox.send(SourceEvent::Ended {
            source: self.source,
            end,
            elapsed: self.started.elapsed(),
        });
    }

    /// Says how many problems were not kept.
    fn tell_rest(&mut self) -> Result<(), Stop> {
        if self.more_problems == 0 {
            return Ok(());
        }
        let count = self.more_problems;
        self.problem(Reason::More { count })
    }

    fn failed(&mut self, reason: Reason) -> SourceEnd {
        match self.problem(reason) {
            Ok(()) => SourceEnd::Failed,
            Err(_) => SourceEnd::Cancelled,
        }
    }

    fn send(
        &mut self,
        segment: Segment,
        problems: Vec<Problem>,
        text_lines: u64,
    ) -> Result<(), Stop> {
        self.found |= !segment.rows.is_empty() || !problems.is_empty();
        let batch = Batch {
            source: self.source,
            segment,
            problems,
            text_lines,
            bytes_read: self.bytes_read,
        };
        Ok(self.outbox.send(SourceEvent::Batch(batch))?)
    }

    fn place(&self, problem: LocalProblem, first_line: u64) -> Problem {
        Problem {
            source: self.source,
            line: first_line.saturating_add(problem.line),
            offset: problem.offset,
            len: problem.len,
            reason: problem.reason,
            excerpt: problem.excerpt,
        }
    }
}
