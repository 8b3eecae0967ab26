//! The archive as a source: what was pulled and received before, in the order in which it came.

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::archive::{Archive, Range, Record, Walk};
use crate::job::{Cancel, Gone, Job, Outbox, Wake, feed, spawn};
use crate::model::{
    ArchiveFault, Batch, Compression, Encoding, LiveNews, LiveSpec, Problem, Reason, Segment,
    Shape, SourceEnd, SourceEvent, SourceId, SourceInfo,
};

use super::catalog::{Catalog, Entry, Origin};

mod again;
mod rows;

pub(super) use again::Archives;
pub(super) use rows::{problem_of, rows_of};

/// Bytes of events that are read and decoded at a time.
const CHUNK: usize = 2 << 20;
/// Chunks read ahead of the decoding.
const AHEAD: usize = 2;

/// Opens what arrived since then, up to now: what arrives later is told by the source that
/// receives it. An archive that is not there yet is an empty one.
pub fn open_archive(
    path: PathBuf,
    since_unix: Option<i64>,
    catalog: &Catalog,
    wake: Wake,
) -> Job<SourceEvent> {
    let catalog = catalog.clone();
    spawn("archive", wake, move |outbox, cancel| {
        let opening = Opening {
            source: catalog.new_id(),
            path,
            since_unix,
            outbox,
            cancel,
        };
        catalog.keep(opening.source, entry(&opening.path));
        // Gone: the job was dropped, which is how it is cancelled.
        let _told = opening.run();
    })
}

/// How records that are in the archive are read again.
pub(super) fn entry(path: &Path) -> Entry {
    Entry {
        origin: Origin::Archive(path.to_owned()),
        compression: Compression::None,
        encoding: Encoding::Utf8,
    }
}

struct Opening {
    source: SourceId,
    path: PathBuf,
    since_unix: Option<i64>,
    outbox: Outbox<SourceEvent>,
    cancel: Cancel,
}

impl Opening {
    fn run(self) -> Result<(), Gone> {
        let started = Instant::now();
        let asked = self.ask();
        let bytes = asked
            .as_ref()
            .map(|asked| asked.as_ref().map(|walk| walk.extent().bytes));
        self.outbox
            .send(SourceEvent::Opened(self.info(bytes.unwrap_or_default())))?;
        let end = match asked {
            Ok(Some(walk)) => self.read(walk)?,
            Ok(None) => SourceEnd::Complete,
            Err(fault) => self.failed(fault)?,
        };
        self.outbox.send(SourceEvent::Ended {
            source: self.source,
            end,
            elapsed: started.elapsed(),
        })
    }

    fn info(&self, total_bytes: Option<u64>) -> SourceInfo {
        SourceInfo {
            id: self.source,
            name: "archive".to_owned(),
            path: Some(self.path.clone()),
            total_bytes,
            compression: Compression::None,
            encoding: Encoding::Utf8,
            shape: Shape::Documents,
            live: Some(LiveSpec::Archive {
                since_unix: self.since_unix,
            }),
        }
    }

    fn ask(&self) -> Result<Option<Walk>, ArchiveFault> {
        let Some(archive) = Archive::open_existing(&self.path)? else {
            return Ok(None);
        };
        let range = Range {
            since_ms: self.since_unix.map(|since| since.saturating_mul(1000)),
            until_ms: None,
        };
        Walk::new(archive, range).map(Some)
    }

    fn read(&self, walk: Walk) -> Result<SourceEnd, Gone> {
        let chunks = feed("archive-read", AHEAD, move |outbox, cancel| {
            // Gone: whoever decodes was cancelled.
            let _stopped = send_all(walk, &outbox, &cancel);
        });
        let mut bytes_read = 0;
        while let Some(chunk) = chunks.recv() {
            if self.cancel.is_cancelled() {
                return Ok(SourceEnd::Cancelled);
            }
            let records = match chunk {
                Ok(records) => records,
                Err(fault) => return self.failed(fault),
            };
            let lens = records.iter().map(|record| record.bytes.len() as u64);
            bytes_read += lens.sum::<u64>();
            self.send(&records, bytes_read)?;
        }
        Ok(match chunks.end() {
            Some(crate::job::JobEnd::Failed(why)) => {
                self.failed(ArchiveFault::Other { why: why.clone() })?
            }
            _ => SourceEnd::Complete,
        })
    }

    fn send(&self, records: &[Record], bytes_read: u64) -> Result<(), Gone> {
        let sound = records.iter().filter(|record| !record.damaged);
        let sound: Vec<_> = sound
            .map(|one| (one.delivery, one.bytes.as_slice()))
            .collect();
        let decoded = rows_of(&sound);
        let problems = decoded.problems.into_iter();
        let problems = problems.map(|problem| problem_of(problem, self.source));
        let damaged = records.iter().filter(|record| record.damaged);
        let damaged = damaged.map(|record| {
            let delivery = record.delivery;
            self.problem(Reason::DamagedEntry { delivery })
        });
        self.batch(
            decoded.segment,
            problems.chain(damaged).collect(),
            bytes_read,
        )
    }

    /// Says why the archive cannot be read (on).
    fn failed(&self, fault: ArchiveFault) -> Result<SourceEnd, Gone> {
        self.outbox.send(SourceEvent::Live {
            source: self.source,
            news: LiveNews::ArchiveFailed { why: fault.clone() },
        })?;
        let problem = self.problem(Reason::Archive(fault));
        self.batch(Segment::default(), vec![problem], 0)?;
        Ok(SourceEnd::Failed)
    }

    fn problem(&self, reason: Reason) -> Problem {
        Problem {
            source: self.source,
            line: 0,
            offset: 0,
            len: 0,
            reason,
            excerpt: String::new(),
        }
    }

    fn batch(&self, segment: Segment, problems: Vec<Problem>, bytes_read: u64) -> Result<(), Gone> {
        self.outbox.send(SourceEvent::Batch(Batch {
            source: self.source,
            segment,
            problems,
            text_lines: 0,
            bytes_read,
        }))
    }
}

fn send_all(
    mut walk: Walk,
    outbox: &Outbox<Result<Vec<Record>, ArchiveFault>>,
    cancel: &Cancel,
) -> Result<(), Gone> {
    while !cancel.is_cancelled()
        && let Some(chunk) = walk.next_chunk(CHUNK).transpose()
    {
        let is_last = chunk.is_err();
        outbox.send(chunk)?;
        if is_last {
            break;
        }
    }
    Ok(())
}
