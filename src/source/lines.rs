//! Plain files of lines: two workers read and decode blocks at offsets, and their blocks are sent
//! in file order.

use std::fs::File;
use std::io::Error;
use std::sync::Arc;

use memchr::{memchr, memrchr};

use crate::job::{Cancel, Job, Outbox, feed};
use crate::model::Reason;

use super::Reading;
use super::block::{Block, LongLine};
use super::emitter::{Emitter, Stop};
use super::pread::{read_vec, words};
use super::stitch::Stitcher;
use super::stream::ended;

const WORKERS: u64 = 2;
/// Blocks a worker may have ready while it decodes the next.
const AHEAD: usize = 1;
/// How far a line that leaves its block is followed at a time.
const STEP: usize = 64 << 10;

/// A stretch of a file, cut into blocks. A block owns the lines that begin in it.
#[derive(Clone)]
pub(super) struct Span {
    pub(super) file: Arc<File>,
    /// Where a line begins.
    pub(super) start: u64,
    /// The length the file had, or as far as it shall be read.
    pub(super) end: u64,
    pub(super) reading: Reading,
    pub(super) cancel: Cancel,
}

/// A block, or why there is none.
type Read = Result<Block, Reason>;

impl Span {
    /// Reads the whole span, passing its blocks to `stitcher` in order.
    pub(super) fn read(
        &self,
        stitcher: &mut Stitcher,
        emitter: &mut Emitter<'_>,
    ) -> Result<(), Stop> {
        let count = self.block_count();
        if count <= 1 {
            // One block is not worth a thread.
            let block = self.block(0).map_err(Stop::Failed)?;
            return stitcher.block(block, emitter);
        }
        let crew: Vec<_> = (0..WORKERS)
            .map(|first| self.worker(first, count))
            .collect();
        for worker in (0..count)
            .zip(crew.iter().cycle())
            .map(|(_, worker)| worker)
        {
            emitter.go_on()?;
            let block = next_block(worker)?;
            stitcher.block(block, emitter)?;
        }
        Ok(())
    }

    fn block_count(&self) -> u64 {
        let block_bytes = self.reading.block_bytes as u64;
        self.end.saturating_sub(self.start).div_ceil(block_bytes)
    }

    /// Workers take turns, so that their blocks come in order without being sorted, and no more
    /// than a few of them lie ready.
    fn worker(&self, first: u64, count: u64) -> Job<Read> {
        let span = self.clone();
        feed("source-block", AHEAD, move |outbox, _| {
            span.work(first, count, &outbox);
        })
    }

    fn work(&self, first: u64, count: u64, outbox: &Outbox<Read>) {
        let mut index = first;
        while index < count && !self.cancel.is_cancelled() {
            let block = self.block(index);
            let failed = block.is_err();
            if outbox.send(block).is_err() || failed {
                return;
            }
            index += WORKERS;
        }
    }

    /// Reads and decodes the lines that begin in one block.
    fn block(&self, index: u64) -> Read {
        let block_bytes = self.reading.block_bytes as u64;
        let start = self.start + index * block_bytes;
        let end = self.end.min(start + block_bytes);
        // A line begins at `start` when a line feed stands before it.
        let from = if index == 0 { start } else { start - 1 };
        let len = usize::try_from(end - from).unwrap_or(usize::MAX);
        let mut bytes = read_vec(&self.file, from, len).map_err(unreadable)?;
        if bytes.len() < len {
            return Err(Reason::Shrunk);
        }
        let skipped = match (index, memchr(b'\n', &bytes)) {
            (0, _) => 0,
            (_, Some(at)) => at + 1,
            (_, None) => bytes.len(),
        };
        let long_line = if skipped < bytes.len() {
            self.read_on(&mut bytes, from)?
        } else {
            None
        };
        let lines = bytes.get(skipped..).unwrap_or_default();
        let mut block = Block::decode(lines, from + skipped as u64);
        if let Some(line) = long_line {
            block.leave_out(&line, self.reading.longest_line);
        }
        Ok(block)
    }

    /// Follows the last line to its end, which may lie in a later block or behind the span.
    fn read_on(&self, bytes: &mut Vec<u8>, offset: u64) -> Result<Option<LongLine>, Reason> {
        let line_start = memrchr(b'\n', bytes).map_or(0, |at| at + 1);
        let mut ended = line_start == bytes.len();
        while !ended && !self.cancel.is_cancelled() {
            if bytes.len() - line_start > self.reading.longest_line {
                return self.pass_over(bytes, line_start, offset).map(Some);
            }
            let step =
                read_vec(&self.file, offset + bytes.len() as u64, STEP).map_err(unreadable)?;
            let end = memchr(b'\n', &step).map(|at| at + 1);
            bytes.extend_from_slice(step.get(..end.unwrap_or(step.len())).unwrap_or_default());
            ended = end.is_some() || step.is_empty();
        }
        Ok(None)
    }

    /// Cuts off a line that is too long, and finds its end without holding it.
    fn pass_over(
        &self,
        bytes: &mut Vec<u8>,
        line_start: usize,
        offset: u64,
    ) -> Result<LongLine, Reason> {
        let line = bytes.split_off(line_start);
        let mut line = LongLine {
            len: line.len() as u64,
            beginning: line.into_iter().take(LongLine::BEGINNING).collect(),
            ended: false,
        };
        let line_offset = offset + bytes.len() as u64;
        while !line.ended && !self.cancel.is_cancelled() {
            let step = read_vec(&self.file, line_offset + line.len, self.reading.block_bytes)
                .map_err(unreadable)?;
            let end = memchr(b'\n', &step);
            line.len += end.unwrap_or(step.len()) as u64;
            line.ended = end.is_some();
            if step.is_empty() {
                break;
            }
        }
        Ok(line)
    }
}

/// The worker's next block. It ends early when it was cancelled, failed, or fell over.
fn next_block(worker: &Job<Read>) -> Result<Block, Stop> {
    match worker.recv() {
        Some(Ok(block)) => Ok(block),
        Some(Err(reason)) => Err(Stop::Failed(reason)),
        None => Err(ended(worker)),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "what `map_err` gives")]
fn unreadable(error: Error) -> Reason {
    Reason::Unreadable { why: words(&error) }
}
