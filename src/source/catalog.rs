//! How the records of every source opened in this run can be read again.

use std::collections::{BTreeMap, VecDeque};
use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::job::Cancel;
use crate::model::{Compression, Encoding, RawRef, Reason, SourceId};

use super::archived::Archives;
use super::look::Look;
use super::pread::{read_vec, words};
use super::reread::{Unpacked, checked, from_plain, open_packed, slice};
use super::spool::Spool;

/// Texts of packed files that are kept at a time: each takes memory or a temporary file.
const MOST_UNPACKED: usize = 8;
/// Followed files that are kept open at a time.
const MOST_FOLLOWED: usize = 8;

/// Shared by whoever opens sources and whoever shows their records; clones are the same catalog.
#[derive(Clone, Debug, Default)]
pub struct Catalog(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    next: u32,
    entries: BTreeMap<SourceId, Entry>,
    skipped: Vec<PathBuf>,
    archives: Arc<Archives>,
    /// Texts of packed files, the one read last at the end.
    unpacked: VecDeque<(SourceId, Arc<Unpacked>)>,
    /// Files that are or were followed, the newest at the end: one that another has taken the
    /// place of has no path any more that would lead to it.
    followed: VecDeque<(SourceId, Arc<File>)>,
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
    /// Offsets tell the delivery and the place in it.
    Archive(PathBuf),
}

impl Catalog {
    /// The bytes of one record, read again where they came from; [`Reason::Changed`] when the
    /// record there is not the one that was indexed.
    pub fn reread(&self, raw: &RawRef, cancel: &Cancel) -> Result<Vec<u8>, Reason> {
        let place = (raw.offset, usize::try_from(raw.len).unwrap_or(usize::MAX));
        let mut result = checked(self.bytes_at(raw.source, place, cancel)?, raw);
        if result.is_err()
            && let Some(bytes) = self.replaced_record(raw)
        {
            result = Ok(bytes);
        }
        // The text may be that of another file by now; next time the file is asked anew.
        if result.is_err() && !cancel.is_cancelled() {
            self.lock().let_go(raw.source);
        }
        result
    }

    /// The bytes of a stretch that could not be read as a record, as they are now.
    pub fn read_stretch(
        &self,
        source: SourceId,
        offset: u64,
        len: u64,
        cancel: &Cancel,
    ) -> Result<Vec<u8>, Reason> {
        let place = (offset, usize::try_from(len).unwrap_or(usize::MAX));
        let read = self.bytes_at(source, place, cancel)?;
        read.map_err(|error| Reason::Unreadable { why: words(&error) })
    }

    /// The record in one of the files that stood under the source's path before.
    fn replaced_record(&self, raw: &RawRef) -> Option<Vec<u8>> {
        let files: Vec<_> = {
            let inner = self.lock();
            let followed = inner.followed.iter().rev();
            let of_source = followed.filter(|(id, _)| *id == raw.source);
            of_source.map(|(_, file)| Arc::clone(file)).collect()
        };
        let len = usize::try_from(raw.len).unwrap_or(usize::MAX);
        files
            .iter()
            .find_map(|file| checked(read_vec(file, raw.offset, len), raw).ok())
    }

    fn bytes_at(
        &self,
        source: SourceId,
        (offset, len): (u64, usize),
        cancel: &Cancel,
    ) -> Result<io::Result<Vec<u8>>, Reason> {
        // The lock is not held while reading.
        let entry = self.lock().entries.get(&source).cloned();
        let Some(entry) = entry else {
            return Err(Reason::Unreadable {
                why: "the source was closed".to_owned(),
            });
        };
        Ok(match &entry.origin {
            Origin::Memory(text) => Ok(slice(text.as_bytes(), offset, len)),
            Origin::Spooled(spool) => spool.read(offset, len),
            Origin::Archive(path) => {
                let archives = Arc::clone(&self.lock().archives);
                Ok(archives.read(path, offset, len)?)
            }
            Origin::File(path) if entry.look().is_plain() => from_plain(path, offset, len),
            Origin::File(path) => {
                let unpacked = self.lock().unpacked(source);
                unpacked.read(|| open_packed(path, entry.look()), (offset, len), cancel)
            }
        })
    }

    /// Forgets a closed source and frees what it kept.
    pub fn forget(&self, source: SourceId) {
        let mut inner = self.lock();
        inner.entries.remove(&source);
        inner.let_go(source);
        inner.followed.retain(|(id, _)| *id != source);
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

    /// Keeps a followed file open for as long as there is room.
    pub(super) fn hold(&self, source: SourceId, file: Arc<File>) {
        let mut inner = self.lock();
        inner.followed.push_back((source, file));
        if inner.followed.len() > MOST_FOLLOWED {
            inner.followed.pop_front();
        }
    }

    /// Lets a file go that was written anew: what it held is nowhere any more.
    pub(super) fn release(&self, file: &Arc<File>) {
        let mut inner = self.lock();
        inner.followed.retain(|(_, held)| !Arc::ptr_eq(held, file));
    }

    pub(super) fn skip(&self, path: PathBuf) {
        self.lock().skipped.push(path);
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// The text of a packed source, as far as it is kept.
    fn unpacked(&mut self, source: SourceId) -> Arc<Unpacked> {
        let kept = self.unpacked.iter().position(|(id, _)| *id == source);
        let (_, text) = kept
            .and_then(|at| self.unpacked.remove(at))
            .unwrap_or_default();
        // It may have been closed meanwhile.
        if self.entries.contains_key(&source) {
            self.unpacked.push_back((source, Arc::clone(&text)));
        }
        if self.unpacked.len() > MOST_UNPACKED {
            self.unpacked.pop_front();
        }
        text
    }

    fn let_go(&mut self, source: SourceId) {
        self.unpacked.retain(|(id, _)| *id != source);
    }
}

impl Entry {
    fn look(&self) -> Look {
        Look {
            compression: self.compression,
            encoding: self.encoding,
            ..Look::default()
        }
    }
}
