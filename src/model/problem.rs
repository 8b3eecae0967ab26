//! A record that could not be read, and why: never a failed load.

use std::net::SocketAddr;

use super::{ArchiveFault, Refusal, SourceId};

/// Why a record (or a whole source) could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The text ends inside a value; `inside` names it (`string`, `object`, `array`, `number`).
    CutOff { inside: &'static str },
    /// Not UTF-8 at this byte of the record.
    NotUtf8 { column: u64, byte: u8 },
    /// Not JSON: what was expected, and the byte column (from 1) within the record's line.
    Syntax { expected: &'static str, column: u64 },
    /// Nested deeper than the limit.
    TooDeep { limit: u32 },
    /// Longer than the limit in bytes.
    TooLong { limit: u64 },
    /// Valid JSON, but no event: an object with this first member, or a bare value.
    NotAnEvent { first_member: String },
    /// A line of text with no JSON in it.
    NoJson,
    /// The source holds nothing at all.
    Empty,
    /// The source could not be opened or read to its end; the system's own words.
    Unreadable { why: String },
    /// The path is neither a file nor a folder we read from (a socket, a device, …).
    NotAFile,
    /// The compressed stream is damaged; what it said.
    BadCompression { why: String },
    /// The file became shorter while it was read.
    Shrunk,
    /// So many further places cannot be read, and are not told one by one.
    More { count: u64 },
    /// The record at this place is no longer the one that was indexed.
    Changed,
    /// A request that was sent here is no callback, or none to be trusted.
    Refused { from: SocketAddr, why: Refusal },
    /// Callbacks cannot be received at this address: it is taken, or not this machine's.
    CannotListen { addr: SocketAddr, why: String },
    /// The archive cannot be read (on).
    Archive(ArchiveFault),
    /// The stored bytes of an archive's entry are damaged.
    DamagedEntry { delivery: i64 },
    /// The event was deleted from the archive.
    Deleted,
}

/// One thing that could not be read: where, why, and how it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub source: SourceId,
    /// Line in the source, from 1; 0 when the whole source is meant.
    pub line: u64,
    /// Byte offset in the source.
    pub offset: u64,
    /// Length of the unreadable part in bytes.
    pub len: u64,
    pub reason: Reason,
    /// The first 200 characters, control characters and invalid bytes made visible.
    pub excerpt: String,
}
