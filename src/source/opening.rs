//! One request to open something: what it was given to work with, and the way each kind goes.

use std::path::{Path, PathBuf};

use crate::job::{Cancel, Outbox, guarded};
use crate::model::{Reason, RowFlags, SourceEvent, SourceId, SourceInfo, SourceSpec};

use super::catalog::Catalog;
use super::emitter::{Emitter, Stop};
use super::look::Look;
use super::{Reading, file, follow, memory};

pub(super) struct Opening {
    pub(super) catalog: Catalog,
    pub(super) reading: Reading,
    outbox: Outbox<SourceEvent>,
    pub(super) cancel: Cancel,
}

/// What is known of a source before it is read.
pub(super) struct Identity {
    pub(super) id: SourceId,
    pub(super) name: String,
    pub(super) path: Option<PathBuf>,
}

impl Opening {
    pub(super) fn new(
        catalog: Catalog,
        reading: Reading,
        outbox: Outbox<SourceEvent>,
        cancel: Cancel,
    ) -> Self {
        Self {
            catalog,
            reading,
            outbox,
            cancel,
        }
    }

    pub(super) fn run(&self, spec: SourceSpec) {
        match spec {
            SourceSpec::Path(path) | SourceSpec::Follow(path) if is_pipe(&path) => {
                memory::open_pipe(self, &path);
            }
            SourceSpec::Path(path) => file::open(self, &path),
            SourceSpec::Follow(path) => follow::open(self, &path),
            SourceSpec::Text { name, text } => memory::open(self, name, &text, RowFlags::default()),
            SourceSpec::Repaired { name, text, .. } => {
                memory::open(self, name, &text, RowFlags::REPAIRED);
            }
            SourceSpec::Stdin => memory::open_stdin(self),
        }
    }

    /// Announces a source, reads it, and says how it ended, whatever happens in between.
    pub(super) fn source(
        &self,
        info: SourceInfo,
        flags: RowFlags,
        read: impl FnOnce(&mut Emitter<'_>) -> Result<(), Stop>,
    ) {
        let mut emitter = Emitter::new(&self.outbox, &self.cancel, info.id, flags);
        let result = emitter.opened(info).and_then(|()| {
            guarded(|| read(&mut emitter))
                .unwrap_or_else(|why| Err(Stop::Failed(Reason::Unreadable { why })))
        });
        emitter.end(result);
    }

    /// A source that cannot be read at all.
    pub(super) fn refuse(&self, path: &Path, reason: Reason) {
        let identity = self.identity(path);
        let info = identity.info(Look::default(), None);
        self.source(info, RowFlags::default(), |_| Err(Stop::Failed(reason)));
    }

    pub(super) fn identity(&self, path: &Path) -> Identity {
        let name = path.file_name().unwrap_or(path.as_os_str());
        Identity {
            id: self.catalog.new_id(),
            name: name.to_string_lossy().into_owned(),
            path: Some(path.to_owned()),
        }
    }
}

impl Identity {
    pub(super) fn info(self, look: Look, total_bytes: Option<u64>) -> SourceInfo {
        let Look {
            compression,
            encoding,
            shape,
        } = look;
        SourceInfo {
            id: self.id,
            name: self.name,
            path: self.path,
            total_bytes,
            compression,
            encoding,
            shape,
            live: None,
        }
    }
}

/// Whether a path names a pipe: what arrives there arrives once.
#[cfg(unix)]
fn is_pipe(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    std::fs::metadata(path).is_ok_and(|found| found.file_type().is_fifo())
}

#[cfg(not(unix))]
fn is_pipe(_: &Path) -> bool {
    false
}
