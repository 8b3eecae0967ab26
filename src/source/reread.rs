//! The bytes of one record again, from where they were found.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::decode;
use crate::job::Cancel;
use crate::model::{RawRef, Reason};

use super::catalog::{Entry, Origin};
use super::look::Look;
use super::pread::{read_vec, words};
use super::reader::text_of;

/// Reads a record again and makes sure that it is still the same one.
pub(super) fn reread(entry: &Entry, raw: &RawRef, cancel: &Cancel) -> Result<Vec<u8>, Reason> {
    let len = usize::try_from(raw.len).unwrap_or(usize::MAX);
    let read = match &entry.origin {
        Origin::Memory(text) => Ok(slice(text.as_bytes(), raw.offset, len)),
        Origin::Spooled(spool) => spool.read(raw.offset, len),
        Origin::File(path) => from_file(path, entry, raw, cancel),
    };
    let bytes = read.map_err(|error| Reason::Unreadable { why: words(&error) })?;
    if bytes.len() == len && decode::checksum(&bytes, raw.escaped) == Some(raw.checksum) {
        Ok(bytes)
    } else {
        Err(Reason::Changed)
    }
}

/// `len` bytes from `offset` on, or fewer where the text ends.
pub(super) fn slice(text: &[u8], offset: u64, len: usize) -> Vec<u8> {
    let start = usize::try_from(offset).unwrap_or(usize::MAX);
    let rest = text.get(start..).unwrap_or_default();
    rest.get(..len).unwrap_or(rest).to_vec()
}

fn from_file(path: &Path, entry: &Entry, raw: &RawRef, cancel: &Cancel) -> io::Result<Vec<u8>> {
    // Something else may have taken the file's place, and opening a pipe would wait.
    if !fs::metadata(path)?.is_file() {
        return Ok(Vec::new());
    }
    let file = File::open(path)?;
    let look = Look {
        compression: entry.compression,
        encoding: entry.encoding,
        ..Look::default()
    };
    if look.is_plain() {
        let len = usize::try_from(raw.len).unwrap_or(usize::MAX);
        return read_vec(&file, raw.offset, len);
    }
    let mut text = text_of(Box::new(file), look)?;
    skip(text.as_mut(), raw.offset, cancel)?;
    let mut bytes = Vec::new();
    text.take(u64::from(raw.len)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A packed text has no shortcut to its middle.
fn skip(text: &mut dyn Read, bytes: u64, cancel: &Cancel) -> io::Result<()> {
    const STEP: u64 = 1 << 20;
    let mut left = bytes;
    while left > 0 {
        if cancel.is_cancelled() {
            return Err(io::Error::other("cancelled"));
        }
        let skipped = io::copy(&mut text.take(left.min(STEP)), &mut io::sink())?;
        if skipped == 0 {
            break;
        }
        left -= skipped;
    }
    Ok(())
}
