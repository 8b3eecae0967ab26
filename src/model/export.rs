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
    /// Records of JSON that spanned lines: without the white space between their tokens.
    pub compacted: u64,
    /// Records that are no JSON and spanned lines: an object holds the bytes of each.
    pub wrapped: u64,
}

/// How far an export is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExportProgress {
    pub exported: Exported,
    /// Bytes that were gone through, of so many.
    pub read: u64,
    pub total: u64,
}

/// Why an export came to nothing. No half of a file is left behind, unless it says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportFault {
    /// A file of that name is there, and was to stay.
    Exists,
    /// A database stands there, such as the archive itself: it is never replaced.
    Database,
    /// A folder stands there.
    Folder,
    /// So many files that were left unfinished stand in the folder that there is no name for
    /// another.
    Crowded,
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
    /// A part has gone to where nothing can be taken back: standard output, a pipe, a device.
    Incomplete(Box<Self>),
    /// The file is whole and in its place, but perhaps not yet on disk.
    Unsure {
        why: String,
    },
    Other {
        why: String,
    },
}
