//! Where pulled events go once the archive has them: a file, rows as they come, or a table at the
//! end. An event that comes again is written once.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};
use std::io;

use crate::archive::Archive;
use crate::cli::console::Console;
use crate::cli::ended::Ended;
use crate::cli::records::{self, Records};
use crate::cli::rows::{Rows, Wanted};
use crate::cli::{faults, pull};
use crate::model::{ArchiveFault, Batch};
use crate::source::replay::as_callback;
use crate::store::{Index, TaskIdx};

pub(super) struct Output {
    to: To,
    archive: Archive,
    seen: Seen,
}

/// The events so far, without the handles that change with each pull: by two hashes under keys
/// that nobody knows, which no two events share.
#[derive(Default)]
struct Seen {
    keys: [RandomState; 2],
    hashes: HashSet<[u64; 2]>,
}

impl Seen {
    /// Whether it is there for the first time.
    fn insert(&mut self, event: &[u8]) -> bool {
        let content = as_callback(event);
        let hashes = self.keys.each_ref().map(|key| key.hash_one(&content));
        self.hashes.insert(hashes)
    }
}

pub(super) enum To {
    Records(Records),
    Rows(Rows),
    Table(Box<Index>),
}

/// Why events did not reach the output.
#[derive(Debug)]
pub(super) enum Unkept {
    Archive(ArchiveFault),
    /// Another program deleted them from the archive.
    Gone,
    Output(io::Error),
}

impl Output {
    pub(super) fn new(to: To, archive: Archive) -> Self {
        Self {
            to,
            archive,
            seen: Seen::default(),
        }
    }

    /// Takes in the events of one pull; a file has them on disk when this returns.
    pub(super) fn take(&mut self, deliveries: &[i64], rows: Vec<Batch>) -> Result<(), Unkept> {
        if let To::Table(index) = &mut self.to {
            for batch in rows {
                index.ingest(batch.source, batch.segment);
            }
            return Ok(());
        }
        let new = self.new_ones(deliveries)?;
        match &mut self.to {
            To::Records(out) => write(out, &new).map_err(Unkept::Output),
            To::Rows(shown) => {
                let new = new.into_iter().map(|(delivery, _)| delivery).collect();
                let mut rows = rows.into_iter();
                rows.try_for_each(|batch| shown.print(batch, Wanted::Only(&new)))
                    .map_err(Unkept::Output)
            }
            To::Table(_) => Ok(()),
        }
    }

    /// How many of these the archive had before they came.
    pub(super) fn repeats(&self, deliveries: &[i64]) -> u64 {
        // What cannot be read is told where it is read for the output.
        let is_repeat = |delivery: &&i64| match self.archive.provenance(**delivery) {
            Ok(Some(found)) => found.deliveries > 1,
            Ok(None) | Err(_) => false,
        };
        deliveries.iter().filter(is_repeat).count() as u64
    }

    /// Those that did not come before in this run, with their bytes.
    fn new_ones(&mut self, deliveries: &[i64]) -> Result<Vec<(i64, Vec<u8>)>, Unkept> {
        let mut new = Vec::new();
        for delivery in deliveries {
            let read = self.archive.read(*delivery).map_err(Unkept::Archive)?;
            let bytes = read.ok_or(Unkept::Gone)?;
            if self.seen.insert(&bytes) {
                new.push((*delivery, bytes));
            }
        }
        Ok(new)
    }

    /// What is printed at the end, or said of what was written.
    pub(super) fn finish(&self, console: &mut Console) -> Ended {
        match &self.to {
            To::Records(out) => out.tell(console),
            To::Rows(_) => {}
            To::Table(index) => {
                let tasks: Vec<TaskIdx> = index.tasks().collect();
                return pull::print(index, &tasks, console);
            }
        }
        Ended::Done
    }
}

fn write(out: &mut Records, events: &[(i64, Vec<u8>)]) -> io::Result<()> {
    for (_, bytes) in events {
        out.write(bytes)?;
    }
    out.make_durable()
}

impl Unkept {
    /// Says so; a reader that has seen enough is no failure.
    pub(super) fn tell(&self, console: &mut Console) -> Ended {
        match self {
            Self::Archive(fault) => {
                faults::archive(fault, console);
                Ended::Partly
            }
            Self::Gone => {
                console.say(
                    "Another program deleted what arrived from the archive",
                    "其他程序从归档中删除了收到的内容",
                );
                Ended::Partly
            }
            Self::Output(error) => records::unwritten(error, console),
        }
    }
}
