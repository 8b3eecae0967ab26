//! Reading a packed source on a thread of its own: undoes compression and encoding, and hands on
//! chunks of text.

use std::io::{BufReader, ErrorKind, Read, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::job::{Cancel, Gone, Job, Outbox, feed};
use crate::model::{Compression, Reason};

use super::encoding::to_utf8;
use super::look::Look;
use super::pread::words;

/// Chunks read ahead of the parser.
const AHEAD: usize = 3;

/// What the reading thread hands on.
#[derive(Debug)]
pub(super) enum Chunk {
    Text {
        bytes: Vec<u8>,
        /// Bytes on disk that were read so far.
        disk_bytes: u64,
    },
    /// The last chunk: reading failed after what was handed on.
    Failed(Reason),
}

/// Whether to wait until a chunk is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fill {
    /// Files: full chunks are cheapest.
    Full,
    /// Pipes: a line that has arrived should show.
    Ready,
}

/// Starts reading `raw` in chunks of `chunk_bytes`.
pub(super) fn read_chunks(
    raw: Box<dyn Read + Send>,
    look: Look,
    fill: Fill,
    chunk_bytes: usize,
) -> Job<Chunk> {
    feed("source-read", AHEAD, move |outbox, cancel| {
        let pump = Pump {
            look,
            fill,
            chunk_bytes,
            meter: Arc::default(),
        };
        // Gone: the parser stopped first, and nobody waits for more.
        let _stopped = pump.run(raw, &outbox, &cancel);
    })
}

/// `raw` with its compression and encoding undone.
pub(super) fn text_of(raw: Box<dyn Read + Send>, look: Look) -> Result<Box<dyn Read + Send>> {
    Ok(to_utf8(inflate(raw, look.compression)?, look.encoding))
}

/// `raw` with its compression undone.
pub(super) fn inflate(
    raw: Box<dyn Read + Send>,
    compression: Compression,
) -> Result<Box<dyn Read + Send>> {
    Ok(match compression {
        Compression::None => raw,
        Compression::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(
            BufReader::with_capacity(64 << 10, raw),
        )),
        Compression::Zstd => Box::new(zstd::stream::read::Decoder::new(raw)?),
    })
}

struct Pump {
    look: Look,
    fill: Fill,
    chunk_bytes: usize,
    meter: Arc<Meter>,
}

impl Pump {
    fn run(
        &self,
        raw: Box<dyn Read + Send>,
        outbox: &Outbox<Chunk>,
        cancel: &Cancel,
    ) -> std::result::Result<(), Gone> {
        let metered = Box::new(Metered {
            reader: raw,
            meter: Arc::clone(&self.meter),
        });
        let mut text = match text_of(metered, self.look) {
            Ok(text) => text,
            Err(error) => return outbox.send(Chunk::Failed(self.reason(&error))),
        };
        while !cancel.is_cancelled() {
            let mut bytes = vec![0; self.chunk_bytes];
            let (filled, result) = self.fill(text.as_mut(), &mut bytes);
            bytes.truncate(filled);
            if filled > 0 {
                let disk_bytes = self.meter.bytes.load(Ordering::Relaxed);
                outbox.send(Chunk::Text { bytes, disk_bytes })?;
            }
            match result {
                Ok(()) if filled == 0 => break,
                Ok(()) => {}
                Err(error) => return outbox.send(Chunk::Failed(self.reason(&error))),
            }
        }
        Ok(())
    }

    /// Fills what it can: what was read before an error counts.
    fn fill(&self, text: &mut dyn Read, buffer: &mut [u8]) -> (usize, Result<()>) {
        let mut filled = 0;
        while let Some(rest) = buffer.get_mut(filled..)
            && !rest.is_empty()
        {
            match text.read(rest) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return (filled, Err(error)),
            }
            if self.fill == Fill::Ready {
                break;
            }
        }
        (filled, Ok(()))
    }

    /// An error the disk did not give comes from the compressed stream.
    fn reason(&self, error: &std::io::Error) -> Reason {
        let why = words(error);
        let packed = self.look.compression != Compression::None;
        if packed && !self.meter.failed.load(Ordering::Relaxed) {
            Reason::BadCompression { why }
        } else {
            Reason::Unreadable { why }
        }
    }
}

#[derive(Debug, Default)]
struct Meter {
    bytes: AtomicU64,
    failed: AtomicBool,
}

/// Counts what is read, and remembers whether reading itself failed.
struct Metered {
    reader: Box<dyn Read + Send>,
    meter: Arc<Meter>,
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        match self.reader.read(buffer) {
            Ok(count) => {
                self.meter.bytes.fetch_add(count as u64, Ordering::Relaxed);
                Ok(count)
            }
            Err(error) => {
                let passing = error.kind() == ErrorKind::Interrupted;
                self.meter.failed.fetch_or(!passing, Ordering::Relaxed);
                Err(error)
            }
        }
    }
}
