//! Writing records out of the program: how far it is, and why it came to nothing.

use super::ArchiveFault;

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    pub records: u64,
    /// Of the output, with its line feeds.
    pub bytes: u64,
    /// Records whose bytes are damaged: they were left out.
    pub damaged: u64,
    /// Records with nothing in them: they are no lines.
    pub blank: u64,
}

/// How far an export is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExportProgress {
    pub exported: Exported,
    /// Bytes that were gone through, of so many.
    pub read: u64,
    pub total: u64,
}

/// Why nothing was written; no half of a file is left behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportFault {
    /// A file of that name is there, and was to stay.
    Exists,
    /// A database stands there, such as the archive itself: it is never replaced.
    Database,
    /// The folder it was to stand in is not there.
    NoFolder,
    DiskFull,
    ReadOnly {
        why: String,
    },
    /// Nobody reads the output any more.
    Closed,
    /// There is no archive yet.
    NoArchive,
    Archive(ArchiveFault),
    Cancelled,
    Other {
        why: String,
    },
}
