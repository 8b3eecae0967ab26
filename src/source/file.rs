//! Files and whatever else a path may name.

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use crate::model::{Encoding, Reason, RowFlags, Shape};

use super::catalog::{Entry, Origin};
use super::emitter::{Emitter, Stop};
use super::encoding::BOM;
use super::folder;
use super::lines::Span;
use super::look::{Look, PREFIX_BYTES, is_binary, look};
use super::opening::Opening;
use super::pread::{read_vec, words};
use super::reader::Fill;
use super::stitch::Stitcher;
use super::stream::Stream;

/// A file that can be read, and what its beginning tells.
pub(super) struct Probe {
    pub(super) file: File,
    pub(super) len: u64,
    pub(super) look: Look,
    /// The beginning of its text in UTF-8.
    pub(super) beginning: Vec<u8>,
}

/// Opens a file, or a folder and what is below it.
pub(super) fn open(opening: &Opening, path: &Path) {
    if path.is_dir() {
        return folder::open(opening, path);
    }
    match probe(path) {
        Ok(probe) if is_binary(&probe.beginning) => opening.refuse(path, Reason::NoJson),
        Ok(probe) => read(opening, path, probe),
        Err(reason) => opening.refuse(path, reason),
    }
}

/// Looks at a file without reading more than its beginning.
pub(super) fn probe(path: &Path) -> Result<Probe, Reason> {
    let probe = probe_empty(path)?;
    if probe.len == 0 {
        return Err(Reason::Empty);
    }
    Ok(probe)
}

/// Like [`probe`], for a file that may still be empty.
pub(super) fn probe_empty(path: &Path) -> Result<Probe, Reason> {
    let unreadable = |error: std::io::Error| Reason::Unreadable { why: words(&error) };
    // Asked before opening: opening a pipe would wait for its writer.
    let kind = fs::metadata(path).map_err(unreadable)?;
    if !kind.is_file() {
        return Err(Reason::NotAFile);
    }
    let file = File::open(path).map_err(unreadable)?;
    let len = file.metadata().map_err(unreadable)?.len();
    let wanted = usize::try_from(len).unwrap_or(usize::MAX).min(PREFIX_BYTES);
    let raw = read_vec(&file, 0, wanted).map_err(unreadable)?;
    let (look, beginning) = look(&raw);
    Ok(Probe {
        file,
        len,
        look,
        beginning,
    })
}

/// Reads a file to its end.
pub(super) fn read(opening: &Opening, path: &Path, probe: Probe) {
    let identity = opening.identity(path);
    let (look, len) = (probe.look, probe.len);
    opening.catalog.keep(identity.id, entry(path, look));
    let info = identity.info(look, Some(len));
    opening.source(info, RowFlags::default(), |emitter| {
        if look.is_plain() && look.shape != Shape::Documents {
            read_lines(opening, probe, emitter)
        } else {
            read_stream(opening, probe, emitter)
        }
    });
}

pub(super) fn entry(path: &Path, look: Look) -> Entry {
    Entry {
        origin: Origin::File(path.to_owned()),
        compression: look.compression,
        encoding: look.encoding,
    }
}

/// Where a plain file's text starts.
pub(super) fn text_start(look: Look) -> u64 {
    match look.encoding {
        Encoding::Utf8Bom => BOM.len() as u64,
        Encoding::Utf8 | Encoding::Utf16Le | Encoding::Utf16Be | Encoding::Gb18030 => 0,
    }
}

fn read_lines(opening: &Opening, probe: Probe, emitter: &mut Emitter<'_>) -> Result<(), Stop> {
    let span = Span {
        file: Arc::new(probe.file),
        start: text_start(probe.look),
        end: probe.len,
        reading: opening.reading,
        cancel: opening.cancel.clone(),
    };
    let mut stitcher = Stitcher::new();
    let result = span.read(&mut stitcher, emitter);
    // What was begun before a failure is still told.
    if result != Err(Stop::Cancelled) {
        stitcher.finish(emitter)?;
    }
    result
}

fn read_stream(opening: &Opening, probe: Probe, emitter: &mut Emitter<'_>) -> Result<(), Stop> {
    let stream = Stream {
        raw: Box::new(probe.file),
        look: probe.look,
        fill: Fill::Full,
        spool: None,
    };
    let read = stream.read(&opening.reading, emitter)?;
    if probe.look.is_plain() && read < probe.len {
        return Err(Stop::Failed(Reason::Shrunk));
    }
    Ok(())
}
