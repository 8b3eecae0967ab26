//! What was pulled and received, kept on disk: every event byte for byte, with when and from
//! where it came. Nothing is confirmed or answered before it is in here.
//!
//! One SQLite file. An *event* is a content, a *delivery* is one time it arrived: a redelivery
//! (same content under another `EventHandle`, `Sign` or `T`) is one more delivery of the same
//! event, and only what differs of its bytes is kept again. What we ask for ourselves, again and
//! again (task details, summaries, media information), is no redelivery: an answer with the same
//! content takes the place of the one before, and its delivery keeps its number.
//!
//! Beside the events stands how far a pull of tasks has come that was not brought to its end.
//!
//! Several programs may use the file at once. A file that is damaged, newer than this program, or
//! somebody else's is left as it is.

use std::cell::RefCell;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use crate::model::{ARCHIVE_OFFSET_BITS, ArchiveFault};

mod fault;
mod identity;
mod packing;
mod patch;
mod place;
mod pulls;
mod read;
mod retention;
mod room;
mod schema;
mod store;
mod tally;
mod upkeep;
mod walk;

pub use place::{PATH_VARIABLE, default_path};
pub use pulls::{Page, Summary};
pub use retention::Retention;
pub use tally::KindCount;
pub use upkeep::{Kept, Times, keep_up, retain};
pub use walk::Walk;

use packing::Packer;

/// The archive, through one connection: open one for each thread.
#[derive(Debug)]
pub struct Archive {
    connection: Connection,
    packer: RefCell<Packer>,
}

/// Longer than any event: a callback's body is at most 10 MiB. A row's place in the archive is
/// its delivery's number and 24 bits of offset.
pub const LONGEST_EVENT: usize = (1 << OFFSET_BITS) - 1;

/// Bits of an archive offset that tell the place inside the delivery.
const OFFSET_BITS: u32 = ARCHIVE_OFFSET_BITS;

/// One event that arrived.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    /// As they stood in the answer or body.
    pub bytes: &'a [u8],
    pub kind: Kind,
    /// `profile/subappid`, or `listener`.
    pub account: &'a str,
    /// The endpoint, or the sender's address.
    pub from: &'a str,
    pub request_id: &'a str,
    pub task_id: &'a str,
    /// A task detail that will not change any more.
    pub ended: bool,
    pub unix_ms: i64,
}

/// How an event came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// From the queue.
    Pulled,
    Callback,
    TaskDetail,
    TaskSummary,
    MediaInfo,
}

/// What storing one event gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The delivery's number: never used for another one, even after it was deleted.
    pub delivery: i64,
    /// The same content was there already.
    pub repeated: bool,
}

/// One delivery with its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub delivery: i64,
    /// Empty when they are damaged.
    pub bytes: Vec<u8>,
    pub kind: Kind,
    /// When it arrived; for what is asked for again, when it was last answered so.
    pub unix_ms: i64,
    /// The stored bytes cannot be unpacked any more.
    pub damaged: bool,
}

/// Where a delivery came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    pub kind: Kind,
    pub unix_ms: i64,
    pub account: String,
    pub from: String,
    pub request_id: String,
    pub task_id: String,
    pub ended: bool,
    /// How often its event arrived, this time included.
    pub deliveries: u64,
}

/// A stretch of time; open at both ends by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    /// Unix milliseconds: from here on.
    pub since_ms: Option<i64>,
    /// Unix milliseconds: before this.
    pub until_ms: Option<i64>,
}

/// What a range holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// The lowest delivery in the range; `None` when there is none.
    pub first: Option<i64>,
    pub last: Option<i64>,
    pub deliveries: u64,
    /// Bytes of the events as they arrived.
    pub bytes: u64,
}

impl Archive {
    /// Opens the archive, and makes it when it is not there: a folder and a file for their owner
    /// alone.
    pub fn open(path: &Path) -> Result<Self, ArchiveFault> {
        place::prepare(path)?;
        Self::connect(path)
    }

    /// Opens an archive for reading; `None` when there is none yet. Makes nothing.
    pub fn open_existing(path: &Path) -> Result<Option<Self>, ArchiveFault> {
        if !place::is_there(path)? {
            return Ok(None);
        }
        Self::connect(path).map(Some)
    }

    /// How long to wait for another program that writes, in place of the usual 10 s.
    pub fn set_patience(&self, patience: Duration) -> Result<(), ArchiveFault> {
        Ok(self.connection.busy_timeout(patience)?)
    }

    fn connect(path: &Path) -> Result<Self, ArchiveFault> {
        let connection = schema::connect(path)?;
        let packer = Packer::new().map_err(|error| fault::of_io(&error))?;
        Ok(Self {
            connection,
            packer: RefCell::new(packer),
        })
    }
}

/// The offset of a row of a source that reads the archive.
pub fn offset_of(delivery: i64, inside: u64) -> u64 {
    let delivery = u64::try_from(delivery).unwrap_or_default();
    (delivery << OFFSET_BITS).saturating_add(inside)
}

/// The delivery of an offset, and the place inside it.
pub fn place_of(offset: u64) -> (i64, usize) {
    let inside = offset & LONGEST_EVENT as u64;
    let delivery = i64::try_from(offset >> OFFSET_BITS).unwrap_or(i64::MAX);
    (delivery, usize::try_from(inside).unwrap_or(usize::MAX))
}

impl Kind {
    fn code(self) -> i64 {
        match self {
            Self::Pulled => 1,
            Self::Callback => 2,
            Self::TaskDetail => 3,
            Self::TaskSummary => 4,
            Self::MediaInfo => 5,
        }
    }

    fn of(code: i64) -> Option<Self> {
        let kinds = [
            Self::Pulled,
            Self::Callback,
            Self::TaskDetail,
            Self::TaskSummary,
            Self::MediaInfo,
        ];
        kinds.into_iter().find(|kind| kind.code() == code)
    }

    /// We asked for it, so that the same answer again is no news.
    fn is_asked(self) -> bool {
        matches!(self, Self::TaskDetail | Self::TaskSummary | Self::MediaInfo)
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_EVENT, offset_of, place_of};

    #[test]
    fn an_offset_tells_the_delivery_and_the_place_in_it() {
        for (delivery, inside) in [(1, 0), (7, LONGEST_EVENT), (1 << 39, 5)] {
            let offset = offset_of(delivery, inside as u64);
            assert_eq!(place_of(offset), (delivery, inside));
        }
    }
}
