//! One block of whole lines, decoded, with the stretches at its edges that need its neighbours.

use std::ops::Range;

use memchr::memchr_iter;

use crate::decode::{self, Decoded, LocalProblem};
use crate::model::Reason;

/// A decoded block on its way to being put in order.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) decoded: Decoded,
    /// Where the block's first line starts in the text.
    pub(super) offset: u64,
    pub(super) len: usize,
    /// The bytes of `decoded.open_head`.
    pub(super) head: Vec<u8>,
    /// The bytes of `decoded.open_tail`, unless they are the head's.
    pub(super) tail: Vec<u8>,
    /// Line feeds before the tail.
    pub(super) lines_before_tail: u64,
    /// A line was left out after the block, so its tail cannot go on in the next one.
    pub(super) cut: bool,
    /// Bytes on disk that were read up to the block's end.
    pub(super) bytes_read: u64,
}

impl Block {
    /// Decodes whole lines that start at `offset` of the text.
    pub(super) fn decode(bytes: &[u8], offset: u64) -> Self {
        let decoded = decode::decode_lines(bytes, offset);
        let slice = |range: &Option<Range<usize>>| {
            let range = range.clone().unwrap_or_default();
            bytes.get(range).unwrap_or_default()
        };
        let head = slice(&decoded.open_head);
        // A wholly open block is its own head and tail: once is enough.
        let whole = head.len() == bytes.len();
        let tail = if whole {
            &[]
        } else {
            slice(&decoded.open_tail)
        };
        Self {
            offset,
            len: bytes.len(),
            head: head.to_vec(),
            tail: tail.to_vec(),
            lines_before_tail: decoded.lines.saturating_sub(line_feeds(tail)),
            cut: false,
            bytes_read: offset.saturating_add(bytes.len() as u64),
            decoded,
        }
    }

    /// Whether every line in it is read and none waits for what follows.
    pub(super) fn is_whole(&self) -> bool {
        let read = !self.decoded.segment.rows.is_empty() && self.decoded.problems.is_empty();
        read && self.head.is_empty() && self.tail.is_empty()
    }

    /// Adds a line that was too long to be read, and stands after the block's bytes.
    pub(super) fn leave_out(&mut self, line: &LongLine, limit: usize) {
        let offset = self.offset.saturating_add(self.len as u64);
        self.decoded.problems.push(LocalProblem {
            line: self.decoded.lines,
            offset,
            len: line.len,
            reason: Reason::TooLong {
                limit: limit as u64,
            },
            excerpt: excerpt(&line.beginning),
        });
        self.decoded.lines += u64::from(line.ended);
        self.bytes_read = offset.saturating_add(line.len);
        self.cut = true;
    }
}

/// A line that was passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LongLine {
    pub(super) beginning: Vec<u8>,
    /// Without its line feed.
    pub(super) len: u64,
    /// It ended in a line feed, and not with the text.
    pub(super) ended: bool,
}

impl LongLine {
    /// Bytes of the beginning worth keeping: enough for an excerpt.
    pub(super) const BEGINNING: usize = 1 << 10;
}

/// How many lines end in `bytes`.
pub(super) fn line_feeds(bytes: &[u8]) -> u64 {
    memchr_iter(b'\n', bytes).count() as u64
}

/// The first 200 characters, made visible.
fn excerpt(bytes: &[u8]) -> String {
    let mut shown = String::new();
    for character in String::from_utf8_lossy(bytes).chars().take(200) {
        if character.is_control() {
            shown.extend(character.escape_debug());
        } else {
            shown.push(character);
        }
    }
    shown
}
