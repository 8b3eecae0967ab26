//! How the records of every source opened in this run can be read again.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::job::Cancel;
use crate::model::{Compression, Encoding, RawRef, Reason, SourceId};

use super::reread;
use super::spool::Spool;

/// Shared by whoever opens sources and whoever shows their records; clones are the same catalog.
#[derive(Clone, Debug, Default)]
pub struct Catalog(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    next: u32,
    entries: BTreeMap<SourceId, Entry>,
    skipped: Vec<PathBuf>,
}

/// Where a source's bytes are, and what must be undone to get its text.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) origin: Origin,
    pub(super) compression: Compression,
    pub(super) encoding: Encoding,
}

#[derive(Clone, Debug)]
pub(super) enum Origin {
    File(PathBuf),
    Memory(Arc<str>),
    /// Text that can be received only once and was put aside.
    Spooled(Arc<Spool>),
}

impl Catalog {
    /// The bytes of one record, read again where they came from; [`Reason::Changed`] when the
    /// record there is not the one that was indexed.
    pub fn reread(&self, raw: &RawRef, cancel: &Cancel) -> Result<Vec<u8>, Reason> {
        // The lock is not held while reading.
        let entry = self.lock().entries.get(&raw.source).cloned();
        let Some(entry) = entry else {
            return Err(Reason::Unreadable {
                why: "the source was closed".to_owned(),
            });
        };
        reread::reread(&entry, raw, cancel)
    }

    /// Forgets a closed source and frees what it kept.
    pub fn forget(&self, source: SourceId) {
        self.lock().entries.remove(&source);
    }

    /// Files that were passed over because they stood in an opened folder and hold no events:
    /// pictures, programs, documents. In the order they were met; taken out by this call.
    pub fn take_skipped(&self) -> Vec<PathBuf> {
        std::mem::take(&mut self.lock().skipped)
    }

    pub(super) fn new_id(&self) -> SourceId {
        let mut inner = self.lock();
        let id = SourceId(inner.next);
        inner.next = inner.next.saturating_add(1);
        id
    }

    pub(super) fn keep(&self, source: SourceId, entry: Entry) {
        self.lock().entries.insert(source, entry);
    }

    pub(super) fn skip(&self, path: PathBuf) {
        self.lock().skipped.push(path);
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
