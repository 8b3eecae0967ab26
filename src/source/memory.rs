//! Sources that arrive once: text that was pasted, standard input, and pipes.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::job::{Received, feed};
use crate::model::{Reason, RowFlags, SourceInfo};

use super::catalog::{Entry, Origin};
use super::emitter::Stop;
use super::look::{Look, PREFIX_BYTES, look};
use super::opening::{Identity, Opening};
use super::pread::words;
use super::reader::Fill;
use super::spool::Spool;
use super::stream::{PATIENCE, Stream, ended};

/// Reads text that is in memory already.
pub(super) fn open(opening: &Opening, name: String, text: &Arc<str>, flags: RowFlags) {
    let id = opening.catalog.new_id();
    let bytes = text.as_bytes();
    let (look, _) = look(bytes.get(..PREFIX_BYTES).unwrap_or(bytes));
    let entry = Entry {
        origin: Origin::Memory(Arc::clone(text)),
        compression: look.compression,
        encoding: look.encoding,
    };
    opening.catalog.keep(id, entry);
    let identity = Identity {
        id,
        name,
        path: None,
    };
    let info = identity.info(look, Some(bytes.len() as u64));
    opening.source(info, flags, |emitter| {
        let stream = Stream {
            raw: Box::new(Cursor::new(Shared(Arc::clone(text)))),
            look,
            fill: Fill::Full,
            spool: None,
        };
        stream.read(&opening.reading, emitter).map(drop)
    });
}

/// Reads standard input, which may take its time.
pub(super) fn open_stdin(opening: &Opening) {
    open_arriving(opening, "stdin", Box::new(std::io::stdin()));
}

/// Reads a pipe that was named. Opening it waits for its writer, so that is left to the thread
/// that reads it, and cancelling does not wait.
pub(super) fn open_pipe(opening: &Opening, path: &Path) {
    let pipe = Pipe {
        path: path.to_owned(),
        file: None,
    };
    open_arriving(opening, &path.display().to_string(), Box::new(pipe));
}

/// A pipe that is opened when it is first read.
struct Pipe {
    path: PathBuf,
    file: Option<File>,
}

impl Read for Pipe {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if let Some(file) = &mut self.file {
            return file.read(buffer);
        }
        self.file.insert(File::open(&self.path)?).read(buffer)
    }
}

/// Reads bytes that can be received only once, and puts their text aside.
fn open_arriving(opening: &Opening, name: &str, raw: Box<dyn Read + Send>) {
    let identity = Identity {
        id: opening.catalog.new_id(),
        name: name.to_owned(),
        path: None,
    };
    let refuse = |identity: Identity, stop: Stop| {
        let info = identity.info(Look::default(), None);
        opening.source(info, RowFlags::default(), |_| Err(stop));
    };
    match first_bytes(opening, raw) {
        Ok(arrived) if arrived.first.is_empty() => refuse(identity, Stop::Failed(Reason::Empty)),
        Ok(arrived) => read_arriving(opening, identity, arrived),
        Err(stop) => refuse(identity, stop),
    }
}

fn read_arriving(opening: &Opening, identity: Identity, arrived: Arrived) {
    let (look, _) = look(&arrived.first);
    let spool = Arc::new(Spool::default());
    let entry = Entry {
        origin: Origin::Spooled(Arc::clone(&spool)),
        compression: look.compression,
        encoding: look.encoding,
    };
    opening.catalog.keep(identity.id, entry);
    let info: SourceInfo = identity.info(look, None);
    opening.source(info, RowFlags::default(), |emitter| {
        let stream = Stream {
            raw: Box::new(Cursor::new(arrived.first).chain(arrived.rest)),
            look,
            fill: Fill::Ready,
            spool: Some(spool),
        };
        stream.read(&opening.reading, emitter).map(drop)
    });
}

/// What a pipe gave first, and the pipe.
struct Arrived {
    first: Vec<u8>,
    rest: Box<dyn Read + Send>,
}

/// Waits for enough bytes to look at, on a thread of its own: a pipe may stay silent for ever,
/// and the person may cancel meanwhile.
fn first_bytes(opening: &Opening, mut raw: Box<dyn Read + Send>) -> Result<Arrived, Stop> {
    let job = feed("source-first", 1, move |outbox, _| {
        let arrived = read_first(&mut raw).map(|first| Arrived { first, rest: raw });
        // Gone: cancelled while waiting.
        let _told = outbox.send(arrived);
    });
    loop {
        match job.recv_timeout(PATIENCE) {
            Received::Item(Ok(arrived)) => return Ok(arrived),
            Received::Item(Err(error)) => {
                return Err(Stop::Failed(Reason::Unreadable { why: words(&error) }));
            }
            Received::Waiting if opening.cancel.is_cancelled() => return Err(Stop::Cancelled),
            Received::Waiting => {}
            Received::Ended => return Err(ended(&job)),
        }
    }
}

/// At least the four bytes that tell compression and encoding, when there are so many.
fn read_first(raw: &mut dyn Read) -> std::io::Result<Vec<u8>> {
    let mut first = vec![0; PREFIX_BYTES];
    let mut filled = 0;
    while filled < 4
        && let Some(room) = first.get_mut(filled..)
    {
        match raw.read(room) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    first.truncate(filled);
    Ok(first)
}

/// Pasted text as bytes, without a copy.
struct Shared(Arc<str>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Result as IoResult;
    use std::time::Duration;

    use crate::job::{Cancel, Job, Wake, spawn};
    use crate::model::{RawRef, SourceEnd, SourceEvent};
    use crate::source::{Catalog, Reading};

    const EVENT: &str = r#"{"EventType":"FileDeleted","FileDeleteEvent":{"FileIdSet":["1"]}}"#;

    /// Gives its bytes one by one, as slow pipes do.
    struct Trickle(Vec<u8>);

    impl Read for Trickle {
        fn read(&mut self, buffer: &mut [u8]) -> IoResult<usize> {
            if self.0.is_empty() || buffer.is_empty() {
                return Ok(0);
            }
            buffer[0] = self.0.remove(0);
            Ok(1)
        }
    }

    /// Never gives anything and never ends.
    struct Silent;

    impl Read for Silent {
        fn read(&mut self, _: &mut [u8]) -> IoResult<usize> {
            Cancel::default().sleep(Duration::from_hours(1));
            Ok(0)
        }
    }

    fn read(catalog: &Catalog, raw: impl Read + Send + 'static) -> Job<SourceEvent> {
        let catalog = catalog.clone();
        spawn("source", Wake::none(), move |outbox, cancel| {
            let opening = Opening::new(catalog, Reading::default(), outbox, cancel);
            open_arriving(&opening, "stdin", Box::new(raw));
        })
    }

    fn all(job: &Job<SourceEvent>) -> Vec<SourceEvent> {
        std::iter::from_fn(|| job.recv()).collect()
    }

    #[test]
    fn what_arrives_once_can_be_read_again() {
        let catalog = Catalog::default();
        let text = format!("{EVENT}\n{EVENT}\n");
        let events = all(&read(&catalog, Trickle(text.into_bytes())));
        let mut raws = Vec::new();
        for event in &events {
            let SourceEvent::Batch(batch) = event else {
                continue;
            };
            assert_eq!(batch.problems, []);
            raws.extend(batch.segment.rows.iter().map(|row| RawRef {
                source: batch.source,
                offset: row.offset,
                len: row.len,
                checksum: row.checksum,
                format: row.format,
                wrapping: row.flags.wrapping(),
            }));
        }
        assert_eq!(raws.len(), 2);
        let again = catalog.reread(&raws[1], &Cancel::default());
        assert_eq!(again, Ok(EVENT.as_bytes().to_vec()));
    }

    #[test]
    fn nothing_at_all_says_so() {
        let events = all(&read(&Catalog::default(), std::io::empty()));
        let empty = |event: &SourceEvent| match event {
            SourceEvent::Batch(batch) => batch.problems[0].reason == Reason::Empty,
            _ => false,
        };
        assert!(events.iter().any(empty));
    }

    #[test]
    fn a_silent_pipe_can_be_cancelled() {
        let job = read(&Catalog::default(), Silent);
        job.cancel();
        let events = all(&job);
        let cancelled = |event: &SourceEvent| matches!(event, SourceEvent::Ended { end, .. } if *end == SourceEnd::Cancelled);
        assert!(events.iter().any(cancelled));
    }
}
