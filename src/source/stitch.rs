//! Puts decoded blocks in order: counts their lines, and joins what stands across their borders.

use crate::decode::DocumentStream;

use super::block::Block;
use super::emitter::{Emitter, Stop};

/// Takes blocks in text order.
pub(super) struct Stitcher {
    /// Line of the next block's first byte, from 1.
    next_line: u64,
    stretch: Option<Documents>,
}

impl Stitcher {
    pub(super) fn new() -> Self {
        Self {
            next_line: 1,
            stretch: None,
        }
    }

    /// Sends the block's rows, after those of the stretch it ends.
    pub(super) fn block(&mut self, block: Block, emitter: &mut Emitter<'_>) -> Result<(), Stop> {
        emitter.set_bytes_read(block.bytes_read);
        let first_line = self.next_line;
        self.next_line += block.decoded.lines;
        if block.len == 0 && !block.cut {
            return Ok(());
        }
        self.push(&block.head, block.offset, first_line, emitter)?;
        if block.len > 0 && block.head.len() == block.len && !block.cut {
            return Ok(());
        }
        self.finish(emitter)?;
        let tail_offset = block.offset + (block.len - block.tail.len()) as u64;
        let tail_line = first_line + block.lines_before_tail;
        emitter.decoded(block.decoded, first_line)?;
        self.push(&block.tail, tail_offset, tail_line, emitter)?;
        if block.cut {
            self.finish(emitter)?;
        }
        Ok(())
    }

    /// Ends the open stretch, if there is one: nothing follows that could close it.
    pub(super) fn finish(&mut self, emitter: &mut Emitter<'_>) -> Result<(), Stop> {
        match self.stretch.take() {
            Some(stretch) => stretch.finish(emitter),
            None => Ok(()),
        }
    }

    fn push(
        &mut self,
        bytes: &[u8],
        offset: u64,
        line: u64,
        emitter: &mut Emitter<'_>,
    ) -> Result<(), Stop> {
        if bytes.is_empty() {
            return Ok(());
        }
        let stretch = self
            .stretch
            .get_or_insert_with(|| Documents::new(offset, line));
        stretch.push(bytes, emitter)
    }
}

/// Documents over as many lines as they like, sent as they are found. The stream counts its lines
/// from its own start, in every part it gives.
pub(super) struct Documents {
    stream: DocumentStream,
    first_line: u64,
}

impl Documents {
    pub(super) fn new(offset: u64, first_line: u64) -> Self {
        Self {
            stream: DocumentStream::new(offset),
            first_line,
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8], emitter: &mut Emitter<'_>) -> Result<(), Stop> {
        let found = self.stream.push(bytes);
        emitter.decoded(found, self.first_line)
    }

    pub(super) fn finish(self, emitter: &mut Emitter<'_>) -> Result<(), Stop> {
        let found = self.stream.finish();
        emitter.decoded(found, self.first_line)
    }
}
