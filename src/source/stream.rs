//! Sources that are read from front to back: documents, and whatever is packed or arrives once.

use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use memchr::{memchr, memrchr};

use crate::job::{Job, JobEnd, Received};
use crate::model::{Encoding, Reason, Shape};

use super::Reading;
use super::block::{Block, LongLine};
use super::emitter::{Emitter, Stop};
use super::encoding::BOM;
use super::look::Look;
use super::reader::{Chunk, Fill, read_chunks};
use super::spool::Spool;
use super::stitch::{Documents, Stitcher};

/// How long a wait for bytes goes on before looking whether the person cancelled.
pub(super) const PATIENCE: Duration = Duration::from_millis(50);

/// What is read, and how.
pub(super) struct Stream {
    pub(super) raw: Box<dyn Read + Send>,
    pub(super) look: Look,
    pub(super) fill: Fill,
    /// Where the text is put aside, when it cannot be read twice.
    pub(super) spool: Option<Arc<Spool>>,
}

impl Stream {
    /// Reads to the end; gives the bytes on disk that were read.
    pub(super) fn read(self, reading: &Reading, emitter: &mut Emitter<'_>) -> Result<u64, Stop> {
        let mut parser = Parser::new(self.look, reading);
        let chunks = read_chunks(self.raw, self.look, self.fill, reading.block_bytes);
        let mut disk_bytes = 0;
        let mut failed = None;
        while let Some(chunk) = next_chunk(&chunks, emitter)? {
            match chunk {
                Chunk::Text {
                    bytes,
                    disk_bytes: read,
                } => {
                    disk_bytes = read;
                    if let Some(spool) = &self.spool {
                        spool.append(&bytes).map_err(Stop::Failed)?;
                    }
                    parser.push(&bytes, read, emitter)?;
                }
                Chunk::Failed(reason) => failed = Some(reason),
            }
        }
        parser.finish(emitter)?;
        failed.map_or(Ok(disk_bytes), |reason| Err(Stop::Failed(reason)))
    }
}

/// Waits for the next chunk and keeps an ear open for cancelling.
fn next_chunk(chunks: &Job<Chunk>, emitter: &Emitter<'_>) -> Result<Option<Chunk>, Stop> {
    loop {
        emitter.go_on()?;
        match chunks.recv_timeout(PATIENCE) {
            Received::Item(chunk) => return Ok(Some(chunk)),
            Received::Waiting => {}
            Received::Ended if chunks.end() == Some(&JobEnd::Done) => return Ok(None),
            Received::Ended => return Err(ended(chunks)),
        }
    }
}

/// Why a job that was waited for gives nothing more.
pub(super) fn ended<T>(job: &Job<T>) -> Stop {
    match job.end() {
        Some(JobEnd::Failed(why)) => Stop::Failed(Reason::Unreadable { why: why.clone() }),
        Some(JobEnd::Done) | None => Stop::Cancelled,
    }
}

/// Takes text in chunks of any size and sends what is in it.
pub(super) struct Parser {
    body: Body,
    /// Bytes of a byte order mark still to be passed over.
    mark: usize,
}

enum Body {
    Lines(LineCutter),
    Documents(Documents),
}

impl Parser {
    pub(super) fn new(look: Look, reading: &Reading) -> Self {
        let mark = match look.encoding {
            Encoding::Utf8Bom => BOM.len(),
            Encoding::Utf8 | Encoding::Utf16Le | Encoding::Utf16Be | Encoding::Gb18030 => 0,
        };
        let body = match look.shape {
            Shape::Documents => Body::Documents(Documents::new(mark as u64, 1)),
            Shape::Lines | Shape::LogLines => {
                Body::Lines(LineCutter::new(mark as u64, reading.longest_line))
            }
        };
        Self { body, mark }
    }

    pub(super) fn push(
        &mut self,
        bytes: &[u8],
        disk_bytes: u64,
        emitter: &mut Emitter<'_>,
    ) -> Result<(), Stop> {
        let passed = self.mark.min(bytes.len());
        self.mark -= passed;
        let text = bytes.get(passed..).unwrap_or_default();
        match &mut self.body {
            Body::Lines(lines) => lines.push(text, disk_bytes, emitter),
            Body::Documents(documents) => {
                emitter.set_bytes_read(disk_bytes);
                documents.push(text, emitter)
            }
        }
    }

    pub(super) fn finish(self, emitter: &mut Emitter<'_>) -> Result<(), Stop> {
        match self.body {
            Body::Lines(lines) => lines.finish(emitter),
            Body::Documents(documents) => documents.finish(emitter),
        }
    }
}

/// Cuts a text that arrives in chunks into blocks of whole lines.
struct LineCutter {
    stitcher: Stitcher,
    /// Where `pending` starts in the text.
    offset: u64,
    /// The beginning of a line that has not ended yet.
    pending: Vec<u8>,
    /// The line at `offset` is too long and being passed over.
    skipping: Option<LongLine>,
    longest_line: usize,
    disk_bytes: u64,
}

impl LineCutter {
    fn new(offset: u64, longest_line: usize) -> Self {
        Self {
            stitcher: Stitcher::new(),
            offset,
            pending: Vec::new(),
            skipping: None,
            longest_line,
            disk_bytes: 0,
        }
    }

    fn push(
        &mut self,
        bytes: &[u8],
        disk_bytes: u64,
        emitter: &mut Emitter<'_>,
    ) -> Result<(), Stop> {
        self.disk_bytes = disk_bytes;
        let rest = self.skip_on(bytes, emitter)?;
        let (whole, begun) = match memrchr(b'\n', rest) {
            Some(at) => rest.split_at_checked(at + 1).unwrap_or((rest, &[])),
            None => (&[][..], rest),
        };
        if !whole.is_empty() {
            self.pending.extend_from_slice(whole);
            self.decode(emitter)?;
        }
        self.pending.extend_from_slice(begun);
        if self.pending.len() > self.longest_line {
            self.start_skipping();
        }
        Ok(())
    }

    fn finish(mut self, emitter: &mut Emitter<'_>) -> Result<(), Stop> {
        if let Some(line) = self.skipping.take() {
            self.leave_out(&line, emitter)?;
        }
        if !self.pending.is_empty() {
            self.decode(emitter)?;
        }
        self.stitcher.finish(emitter)
    }

    fn decode(&mut self, emitter: &mut Emitter<'_>) -> Result<(), Stop> {
        let bytes = std::mem::take(&mut self.pending);
        let mut block = Block::decode(&bytes, self.offset);
        block.bytes_read = self.disk_bytes;
        self.offset += bytes.len() as u64;
        self.stitcher.block(block, emitter)
    }

    fn start_skipping(&mut self) {
        let mut beginning = std::mem::take(&mut self.pending);
        let len = beginning.len() as u64;
        beginning.truncate(LongLine::BEGINNING);
        beginning.shrink_to_fit();
        self.skipping = Some(LongLine {
            beginning,
            len,
            ended: false,
        });
    }

    /// Passes over the rest of a line that is too long; gives what follows it.
    fn skip_on<'b>(
        &mut self,
        bytes: &'b [u8],
        emitter: &mut Emitter<'_>,
    ) -> Result<&'b [u8], Stop> {
        let Some(mut line) = self.skipping.take() else {
            return Ok(bytes);
        };
        let end = memchr(b'\n', bytes);
        line.len += end.unwrap_or(bytes.len()) as u64;
        let Some(end) = end else {
            self.skipping = Some(line);
            return Ok(&[]);
        };
        line.ended = true;
        self.leave_out(&line, emitter)?;
        Ok(bytes.get(end + 1..).unwrap_or_default())
    }

    fn leave_out(&mut self, line: &LongLine, emitter: &mut Emitter<'_>) -> Result<(), Stop> {
        let mut block = Block {
            offset: self.offset,
            ..Block::default()
        };
        self.offset += line.len + u64::from(line.ended);
        block.leave_out(line, self.longest_line);
        block.bytes_read = self.disk_bytes;
        self.stitcher.block(block, emitter)
    }
}
