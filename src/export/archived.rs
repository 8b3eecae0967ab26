//! Events of the archive, written out on a thread of their own.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::vec;

use crate::archive::{Archive, Kind, Range, Record, Walk};
use crate::job::{Cancel, Job, Wake, spawn};
use crate::model::{ExportFault, ExportProgress, Exported};

use super::{Item, Target, export};

/// Bytes of events that are read at a time.
const CHUNK: usize = 2 << 20;
/// How often it is told how far it is, at most.
const PACE: Duration = Duration::from_millis(100);

/// What of the archive is written out, and where.
#[derive(Clone, Debug)]
pub struct ArchiveExport {
    pub archive: PathBuf,
    pub range: Range,
    /// All of them when empty.
    pub kinds: Vec<Kind>,
    pub target: Target,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportNews {
    Progress(ExportProgress),
    Ended(Result<Exported, ExportFault>),
}

/// Writes events in the order in which they first came. Cancelling the job leaves nothing behind.
pub fn export_archive(order: ArchiveExport, wake: Wake) -> Job<ExportNews> {
    spawn("export", wake, move |outbox, cancel| {
        let mut told = None::<Instant>;
        let done = run(&order, &cancel, |progress| {
            if told.is_some_and(|at| at.elapsed() < PACE) {
                return;
            }
            told = Some(Instant::now());
            // Gone: whoever asked does not wait any more, which cancels this job.
            let _gone = outbox.send(ExportNews::Progress(progress));
        });
        let _gone = outbox.send(ExportNews::Ended(done));
    })
}

fn run(
    order: &ArchiveExport,
    cancel: &Cancel,
    mut told: impl FnMut(ExportProgress),
) -> Result<Exported, ExportFault> {
    let walk = walk(&order.archive, order.range)?;
    let (read, total) = (Cell::new(0), walk.extent().bytes);
    let events = Events {
        walk,
        kinds: &order.kinds,
        ready: Vec::new().into_iter(),
        read: &read,
        cancel,
    };
    export(&order.target, events, cancel, |exported| {
        told(ExportProgress {
            exported: *exported,
            read: read.get(),
            total,
        });
    })
}

fn walk(path: &Path, range: Range) -> Result<Walk, ExportFault> {
    let archive = Archive::open_existing(path).map_err(ExportFault::Archive)?;
    let archive = archive.ok_or(ExportFault::NoArchive)?;
    Walk::new(archive, range).map_err(ExportFault::Archive)
}

struct Events<'a> {
    walk: Walk,
    kinds: &'a [Kind],
    ready: vec::IntoIter<Record>,
    read: &'a Cell<u64>,
    cancel: &'a Cancel,
}

impl Events<'_> {
    fn is_wanted(&self, record: &Record) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&record.kind)
    }
}

impl Iterator for Events<'_> {
    type Item = Result<Item, ExportFault>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            while let Some(record) = self.ready.next() {
                self.read.update(|read| read + record.bytes.len() as u64);
                if self.is_wanted(&record) {
                    return Some(Ok(if record.damaged {
                        Item::Damaged
                    } else {
                        Item::Sound(record.bytes)
                    }));
                }
            }
            // Where no kind is the wanted one, nobody else asks.
            if self.cancel.is_cancelled() {
                return Some(Err(ExportFault::Cancelled));
            }
            match self.walk.next_chunk(CHUNK) {
                Ok(Some(records)) => self.ready = records.into_iter(),
                Ok(None) => return None,
                Err(fault) => return Some(Err(ExportFault::Archive(fault))),
            }
        }
    }
}
