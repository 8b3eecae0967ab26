//! Plain files of lines: two workers read and decode blocks at offsets, and their blocks are sent
//! in file order.

use std::fs::File;
use std::io::Error;
use std::sync::Arc;

use memchr::{memchr, memrchr};

use crate::job::Cancel;
use crate::model::Reason;

use super::Reading;
use super::block::{Block, LongLine};
use super::emitter::{Emitter, Stop};
use super::pread::{Room, words};
use super::stitch::Stitcher;

mod crew;

use crew::Crew;

/// How far a line that leaves its block is followed at first; every further step is twice as long.
const FIRST_STEP: usize = 16 << 10;

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
            let block = self.block(0, &mut Room::default());
            return stitcher.block(block.map_err(Stop::Failed)?, emitter);
        }
        let mut crew = Crew::start(self, count);
        for index in 0..count {
            emitter.go_on()?;
            stitcher.block(crew.block(index)?, emitter)?;
        }
        Ok(())
    }

    fn block_count(&self) -> u64 {
        let block_bytes = self.reading.block_bytes as u64;
        self.end.saturating_sub(self.start).div_ceil(block_bytes)
    }

    /// Reads and decodes the lines that begin in one block.
    fn block(&self, index: u64, room: &mut Room) -> Read {
        let block_bytes = self.reading.block_bytes as u64;
        let start = self.start + index * block_bytes;
        let end = self.end.min(start + block_bytes);
        // A line begins at `start` when a line feed stands before it.
        let from = if index == 0 { start } else { start - 1 };
        let len = usize::try_from(end - from).unwrap_or(usize::MAX);
        room.clear(self.reading.block_bytes * 2);
        if room.read(&self.file, from, len).map_err(unreadable)? < len {
            return Err(Reason::Shrunk);
        }
        let skipped = match (index, memchr(b'\n', room.bytes())) {
            (0, _) => 0,
            (_, Some(at)) => at + 1,
            (_, None) => len,
        };
        let long_line = if skipped < len {
            self.read_on(room, from)?
        } else {
            None
        };
        let lines = room.bytes().get(skipped..).unwrap_or_default();
        let mut block = Block::decode(lines, from + skipped as u64);
        if let Some(line) = long_line {
            block.leave_out(&line, self.reading.longest_line);
        }
        Ok(block)
    }

    /// Follows the last line to its end, which may lie in a later block or behind the span.
    fn read_on(&self, room: &mut Room, offset: u64) -> Result<Option<LongLine>, Reason> {
        let mut known = room.bytes().len();
        let line_start = memrchr(b'\n', room.bytes()).map_or(0, |at| at + 1);
        let mut ended = line_start == known;
        let mut step = FIRST_STEP;
        while !ended && !self.cancel.is_cancelled() {
            if known - line_start > self.reading.longest_line {
                return self.pass_over(room, line_start, offset).map(Some);
            }
            let added = room.read(&self.file, offset + known as u64, step);
            let added = added.map_err(unreadable)?;
            let fresh = room.bytes().get(known..).unwrap_or_default();
            let end = memchr(b'\n', fresh).map(|at| at + 1);
            known += end.unwrap_or(added);
            room.truncate(known);
            ended = end.is_some() || added == 0;
            step = (step * 2).min(self.reading.block_bytes.max(FIRST_STEP));
        }
        Ok(None)
    }

    /// Cuts off a line that is too long, and finds its end without holding it.
    fn pass_over(
        &self,
        room: &mut Room,
        line_start: usize,
        offset: u64,
    ) -> Result<LongLine, Reason> {
        let held = room.bytes().get(line_start..).unwrap_or_default();
        let mut line = LongLine {
            len: held.len() as u64,
            beginning: held.iter().copied().take(LongLine::BEGINNING).collect(),
            ended: false,
        };
        room.truncate(line_start);
        let line_offset = offset + line_start as u64;
        let mut step = Room::default();
        while !line.ended && !self.cancel.is_cancelled() {
            step.clear(self.reading.block_bytes);
            step.read(&self.file, line_offset + line.len, self.reading.block_bytes)
                .map_err(unreadable)?;
            let end = memchr(b'\n', step.bytes());
            line.len += end.unwrap_or(step.bytes().len()) as u64;
            line.ended = end.is_some();
            if step.bytes().is_empty() {
                break;
            }
        }
        Ok(line)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "what `map_err` gives")]
fn unreadable(error: Error) -> Reason {
    Reason::Unreadable { why: words(&error) }
}
