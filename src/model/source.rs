//! Where bytes come from, and what a source sends while it is read.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::{Format, LiveNews, LiveSpec, Problem, Repair, Segment};

/// A source of this run, numbered in the order they were opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// What to open.
#[derive(Clone, Debug, PartialEq)]
pub enum SourceSpec {
    /// A file, or a folder and everything readable below it.
    Path(PathBuf),
    /// Like `Path`, read on as it grows.
    Follow(PathBuf),
    /// Text that was pasted or dropped as text.
    Text { name: String, text: Arc<str> },
    /// Standard input.
    Stdin,
    /// Text repaired on request; `repairs` says what was done.
    Repaired {
        name: String,
        text: Arc<str>,
        repairs: Vec<Repair>,
    },
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compression {
    #[default]
    None,
    Gzip,
    Zstd,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    #[default]
    Utf8,
    Utf8Bom,
    Utf16Le,
    Utf16Be,
    Gb18030,
}

/// How records stand in a source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// One record a line.
    Lines,
    /// One document or several, over as many lines as they like.
    #[default]
    Documents,
    /// Log lines with a record somewhere in them.
    LogLines,
}

/// What is known of a source from the moment it is opened.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceInfo {
    pub id: SourceId,
    /// What people call it: the file name, "Pasted 1", "stdin".
    pub name: String,
    /// Where it is, when it is a file.
    pub path: Option<PathBuf>,
    /// Bytes on disk, when known beforehand.
    pub total_bytes: Option<u64>,
    pub compression: Compression,
    pub encoding: Encoding,
    pub shape: Shape,
    /// What it was started as, when it is an account, a listener or the archive.
    pub live: Option<LiveSpec>,
}

/// The rows and problems of one block.
#[derive(Clone, Debug)]
pub struct Batch {
    pub source: SourceId,
    pub segment: Segment,
    pub problems: Vec<Problem>,
    /// Lines of a log that hold no JSON; elsewhere they are problems.
    pub text_lines: u64,
    /// Bytes of the source (on disk) that have been read up to the end of this batch.
    pub bytes_read: u64,
}

/// How reading a source ended.
#[derive(Clone, Debug, PartialEq)]
pub enum SourceEnd {
    /// Read to its end.
    Complete,
    /// Cancelled by the person.
    Cancelled,
    /// Stopped by a failure; the problem was sent in a batch before.
    Failed,
}

/// What a source job sends, in this order: `Opened`, `Batch`…, `Ended`.
/// A folder opens one source for each file in it.
#[derive(Clone, Debug)]
pub enum SourceEvent {
    Opened(SourceInfo),
    Batch(Batch),
    /// A followed file was replaced or cut: what was read before stays listed.
    Restarted {
        source: SourceId,
    },
    /// A followed file has been read to its present end.
    CaughtUp {
        source: SourceId,
        elapsed: Duration,
    },
    /// A live source tells more than rows.
    Live {
        source: SourceId,
        news: LiveNews,
    },
    Ended {
        source: SourceId,
        end: SourceEnd,
        elapsed: Duration,
    },
}

/// Where the bytes of one record are, so that they can be read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawRef {
    pub source: SourceId,
    pub offset: u64,
    pub len: u32,
    pub checksum: u64,
    pub format: Format,
    pub wrapping: Wrapping,
}

/// How a record's JSON is spelled where it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wrapping {
    /// As it is.
    #[default]
    Plain,
    /// Inside a string: `{\"EventType\"`.
    Escaped,
    /// Inside a string inside a string: `{\\\"EventType\\\"`.
    EscapedTwice,
    /// In a quoted cell of a table: `{""EventType""`.
    Doubled,
    /// Inside a string in such a cell: `{\""EventType\""`.
    DoubledEscaped,
}
