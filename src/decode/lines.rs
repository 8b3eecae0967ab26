//! Records that stand one a line: the fast path. A block is read line by line; a line that is no
//! record as it stands is looked at again as text with documents in it, and lines that only make
//! sense together are read together.

use std::ops::Range;

use super::Decoded;
use super::builder::Builder;
use super::documents::split_all;
use super::place::Place;
use super::resync::{Candidate, starts_record};
use super::summary::document;

/// Decodes a block that begins and ends at line borders.
pub fn decode_lines(block: &[u8], base_offset: u64) -> Decoded {
    let mut lines = Lines {
        block,
        text: simdutf8::basic::from_utf8(block).ok(),
        base: base_offset,
        builder: Builder::new(),
        stretch: None,
        is_at_start: true,
        open_head: None,
    };
    let count = lines.run();
    let open_tail = lines
        .stretch
        .take()
        .map(|stretch| stretch.start..block.len());
    let open_head = match (&lines.open_head, &open_tail) {
        // No line begins anything: the block is one open stretch.
        (None, Some(tail)) if tail.start == 0 => open_tail.clone(),
        (head, _) => head.clone(),
    };
    Decoded {
        lines: count,
        open_head,
        open_tail,
        ..lines.builder.take()
    }
}

/// Lines that could not be read one by one.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    start: usize,
    line: u32,
}

struct Lines<'t> {
    block: &'t [u8],
    /// The block as text, when all of it is.
    text: Option<&'t str>,
    base: u64,
    builder: Builder,
    stretch: Option<Stretch>,
    /// No line so far began a record: these lines may belong to the block before.
    is_at_start: bool,
    open_head: Option<Range<usize>>,
}

impl Lines<'_> {
    /// Reads every line; returns how many line feeds there were.
    fn run(&mut self) -> u64 {
        let mut start = 0;
        let mut line = 0;
        for newline in memchr::memchr_iter(b'\n', self.block) {
            self.line(start..newline, line);
            start = newline + 1;
            line += 1;
        }
        if start < self.block.len() {
            self.line(start..self.block.len(), line);
        }
        u64::from(line)
    }

    fn line(&mut self, span: Range<usize>, line: u32) {
        let bytes = self.block.get(span.clone()).unwrap_or_default();
        let is_start = bytes.first() == Some(&b'{');
        if is_start {
            self.close_stretch(span.start);
            if self.record(&span, line) {
                return;
            }
        } else if is_blank(bytes) {
            return;
        } else if self.stretch.is_some() {
            if !has_record_start(bytes) {
                return;
            }
            self.close_stretch(span.start);
        }
        self.text_line(&span, line);
    }

    /// A line that is one document; false when it is not.
    fn record(&mut self, span: &Range<usize>, line: u32) -> bool {
        let text = match self.text {
            Some(text) => text.get(span.clone()),
            None => self
                .block
                .get(span.clone())
                .and_then(|bytes| simdutf8::basic::from_utf8(bytes).ok()),
        };
        let place = Place::at(self.offset(span.start), line);
        let is_read = text.is_some_and(|text| document(&mut self.builder, text, place).is_ok());
        self.is_at_start &= !is_read;
        is_read
    }

    /// A line with documents somewhere in it, or the first line of a stretch.
    fn text_line(&mut self, span: &Range<usize>, line: u32) {
        let bytes = self.block.get(span.clone()).unwrap_or_default();
        if is_punctuation(bytes) && !self.is_at_start {
            return;
        }
        let mark = self.builder.mark();
        let rows = self.builder.row_count();
        let problems = self.builder.problems.len();
        let offset = self.offset(span.start);
        if !is_member(bytes) {
            split_all(bytes, offset, line, &mut self.builder);
        }
        let is_clean = self.builder.problems.len() == problems;
        let has_rows = self.builder.row_count() > rows;
        if is_clean && has_rows {
            self.is_at_start = false;
            return;
        }
        let is_alone = has_rows || !opens_something(bytes) && !self.is_at_start;
        if is_alone && !is_member(bytes) {
            self.is_at_start = false;
            return;
        }
        self.builder.back_to(mark);
        self.stretch = Some(Stretch {
            start: span.start,
            line,
        });
    }

    /// The stretch ends where a record begins.
    fn close_stretch(&mut self, end: usize) {
        let Some(stretch) = self.stretch.take() else {
            self.is_at_start = false;
            return;
        };
        if stretch.start == 0 || self.is_at_start {
            self.open_head = Some(0..end);
            self.is_at_start = false;
            return;
        }
        let bytes = self.block.get(stretch.start..end).unwrap_or_default();
        let offset = self.offset(stretch.start);
        split_all(bytes, offset, stretch.line, &mut self.builder);
    }

    fn offset(&self, at: usize) -> u64 {
        self.base
            .saturating_add(u64::try_from(at).unwrap_or(u64::MAX))
    }
}

fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_whitespace)
}

/// Brackets and commas around records that stand one a line.
fn is_punctuation(bytes: &[u8]) -> bool {
    bytes
        .iter()
        .all(|byte| byte.is_ascii_whitespace() || matches!(byte, b'[' | b']' | b','))
}

/// A member of some object: the line goes on from the one before.
fn is_member(bytes: &[u8]) -> bool {
    let line = bytes.trim_ascii_start();
    let Some(rest) = line.strip_prefix(b"\"") else {
        return false;
    };
    let name_end = memchr::memchr(b'"', rest).unwrap_or(rest.len());
    let after = rest.get(name_end + 1..).unwrap_or_default();
    after.trim_ascii_start().first() == Some(&b':')
}

/// Whether a line leaves a bracket open, as far as its end tells.
fn opens_something(bytes: &[u8]) -> bool {
    let opened = memchr::memchr2_iter(b'{', b'[', bytes).count();
    let closed = memchr::memchr2_iter(b'}', b']', bytes).count();
    opened > closed
}

/// Whether an event begins somewhere on the line.
fn has_record_start(bytes: &[u8]) -> bool {
    memchr::memchr_iter(b'{', bytes)
        .any(|at| starts_record(bytes.get(at..).unwrap_or_default()) == Candidate::Yes)
}
