//! The bytes of one record again, from the archive.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::archive::{Archive, place_of};
use crate::model::{ArchiveFault, Reason};
use crate::source::reread::slice;

/// Archives that were read from, kept open: opening takes longer than reading a record.
#[derive(Debug, Default)]
pub(in crate::source) struct Archives(Mutex<Vec<(PathBuf, Archive)>>);

impl Archives {
    /// `len` bytes from an archive offset on, or fewer where the record ends.
    pub(in crate::source) fn read(
        &self,
        path: &Path,
        offset: u64,
        len: usize,
    ) -> Result<Vec<u8>, Reason> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = open.iter().position(|(kept, _)| kept == path);
        let (path, archive) = match kept {
            Some(at) => open.swap_remove(at),
            None => (path.to_owned(), open_archive(path)?),
        };
        let (delivery, inside) = place_of(offset);
        // After a failure the file is opened anew.
        let record = archive.read(delivery).map_err(|fault| match fault {
            ArchiveFault::Entry { id } => Reason::DamagedEntry { delivery: id },
            fault => Reason::Archive(fault),
        })?;
        open.push((path, archive));
        let bytes = record.ok_or(Reason::Deleted)?;
        Ok(slice(&bytes, inside as u64, len))
    }
}

fn open_archive(path: &Path) -> Result<Archive, Reason> {
    let opened = Archive::open_existing(path).map_err(Reason::Archive)?;
    opened.ok_or(Reason::Deleted)
}
