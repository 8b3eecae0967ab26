//! Where bytes come from: files, folders, pasted text, standard input, accounts, callbacks, the
//! archive.
//!
//! A source finds out how its bytes are packed, hands their text to `decode` block by block, and
//! sends what comes back in text order. It reads, and never writes to what it was given.

use std::time::Duration;

use crate::job::{Job, Wake, spawn};
use crate::model::{SourceEvent, SourceSpec};

mod archived;
mod block;
mod catalog;
pub mod cloud;
pub mod credentials;
mod emitter;
mod encoding;
mod file;
mod folder;
mod follow;
mod lines;
pub mod listener;
pub mod live;
mod look;
mod memory;
mod opening;
mod pread;
mod reader;
pub mod replay;
mod reread;
mod spool;
mod stitch;
mod stream;
mod watch;

pub use archived::open_archive;
pub use catalog::Catalog;

/// How a source is read: the product uses the default, tests use small numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Bytes a worker reads at a time.
    pub block_bytes: usize,
    /// A line longer than this is a problem and is skipped without being held.
    pub longest_line: usize,
    /// How often a followed file is looked at.
    pub poll: Duration,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            block_bytes: 2 << 20,
            longest_line: 256 << 20,
            poll: Duration::from_millis(500),
        }
    }
}

/// Opens a source on a thread of its own. `catalog` numbers it and learns how to read its records
/// again; `wake` is called when there are events to fetch.
pub fn open(spec: SourceSpec, catalog: &Catalog, wake: Wake) -> Job<SourceEvent> {
    open_with(spec, catalog, wake, Reading::default())
}

/// Like [`open`], with other sizes.
pub fn open_with(
    spec: SourceSpec,
    catalog: &Catalog,
    wake: Wake,
    reading: Reading,
) -> Job<SourceEvent> {
    let catalog = catalog.clone();
    spawn("source", wake, move |outbox, cancel| {
        opening::Opening::new(catalog, reading, outbox, cancel).run(spec);
    })
}
