//! Documents in memory or from a stream of chunks: the public way to the splitter.

use super::Decoded;
use super::builder::Builder;
use super::place::newlines;
use super::splitter::Splitter;

/// How much of a text in memory is looked at in one go.
const PIECE: usize = 1024 * 1024;

/// Reads documents from a stream of chunks.
#[derive(Debug)]
pub struct DocumentStream {
    splitter: Splitter,
    builder: Builder,
}

impl DocumentStream {
    /// A stream whose first byte has this offset in its source.
    pub fn new(base_offset: u64) -> Self {
        Self {
            splitter: Splitter::new(base_offset, 0),
            builder: Builder::new(),
        }
    }

    /// What is known after these bytes; the rows of one answer may wait for its end. Lines of rows and problems count from 0 at the first
    /// line of the whole stream; `lines` counts this chunk's.
    pub fn push(&mut self, chunk: &[u8]) -> Decoded {
        for piece in chunk.chunks(PIECE) {
            self.splitter.push(piece, &mut self.builder);
        }
        let found = if self.splitter.awaits_status(self.builder.row_count()) {
            Decoded::default()
        } else {
            self.splitter.rows_taken();
            self.builder.take()
        };
        Decoded {
            lines: u64::from(newlines(chunk)),
            ..found
        }
    }

    /// What is left when the text has ended.
    pub fn finish(self) -> Decoded {
        let mut builder = self.builder;
        self.splitter.finish(&mut builder);
        builder.take()
    }
}

/// Reads a whole text in memory: a paste, or a stretch of a file.
pub fn decode_documents(bytes: &[u8], base_offset: u64) -> Decoded {
    let mut builder = Builder::new();
    split_all(bytes, base_offset, 0, &mut builder);
    Decoded {
        lines: u64::from(newlines(bytes)),
        ..builder.take()
    }
}

/// Adds the rows and problems of a whole text whose first line is `line`.
pub(crate) fn split_all(bytes: &[u8], base_offset: u64, line: u32, builder: &mut Builder) {
    let mut splitter = Splitter::new(base_offset, line);
    for piece in bytes.chunks(PIECE) {
        splitter.push(piece, builder);
    }
    splitter.finish(builder);
}
