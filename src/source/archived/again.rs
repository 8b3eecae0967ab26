//! The bytes of one record again, from the archive.

use std::io::{Error, Result};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::archive::{Archive, place_of};
use crate::source::reread::slice;

use super::words;

/// Archives that were read from, kept open: opening takes longer than reading a record.
#[derive(Debug, Default)]
pub(in crate::source) struct Archives(Mutex<Vec<(PathBuf, Archive)>>);

impl Archives {
    /// `len` bytes from an archive offset on, or fewer where the record ends.
    pub(in crate::source) fn read(&self, path: &Path, offset: u64, len: usize) -> Result<Vec<u8>> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = open.iter().position(|(kept, _)| kept == path);
        let (path, archive) = match kept {
            Some(at) => open.swap_remove(at),
            None => (path.to_owned(), open_archive(path)?),
        };
        let (delivery, inside) = place_of(offset);
        // After a failure the file is opened anew.
        let record = archive.read(delivery);
        let record = record.map_err(|fault| Error::other(words(&fault)))?;
        open.push((path, archive));
        match record {
            Some(bytes) => Ok(slice(&bytes, inside as u64, len)),
            None => Err(gone()),
        }
    }
}

fn open_archive(path: &Path) -> Result<Archive> {
    match Archive::open_existing(path) {
        Ok(Some(archive)) => Ok(archive),
        Ok(None) => Err(gone()),
        Err(fault) => Err(Error::other(words(&fault))),
    }
}

fn gone() -> Error {
    Error::other("the event was deleted from the archive")
}
