//! Stores what has been received, as much in one transaction as waits: while one is being written
//! to the disk the next gathers, so that a slow disk makes them bigger instead of rarer.

use std::net::SocketAddr;
use std::path::PathBuf;

use tokio::sync::{mpsc, oneshot};

use crate::archive::{Archive, Kind, Received, Stored};
use crate::model::ArchiveFault;

use super::body::Body;
use super::desk::{Arrival, Desk};

/// Bytes in one transaction, unless a single callback is longer.
const BATCH_BYTES: usize = 8 << 20;
/// Whom the archive names as the account.
const ACCOUNT: &str = "listener";

/// A callback that was read and waits to be stored.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) body: Body,
    pub(super) from: SocketAddr,
    pub(super) unix_ms: i64,
    /// Told once it is durable; dropped when it could not be stored.
    pub(super) stored: oneshot::Sender<()>,
}

/// Stores what arrives until nobody is left to bring anything.
pub(super) fn run(path: PathBuf, mut arriving: mpsc::Receiver<Waiting>, desk: &Desk) {
    let mut writer = Writer {
        path,
        archive: None,
    };
    // Opened at once, so that one that cannot be used is known before the first callback.
    if let Err(fault) = writer.archive() {
        desk.archive_failed(fault);
    }
    while let Some(first) = arriving.blocking_recv() {
        let batch = gather(first, &mut arriving);
        match writer.store(&batch) {
            Ok(stored) => confirm(batch, &stored, desk),
            Err(fault) => desk.archive_failed(fault),
        }
    }
}

/// The first one and those that wait behind it.
fn gather(first: Waiting, arriving: &mut mpsc::Receiver<Waiting>) -> Vec<Waiting> {
    let mut bytes = first.body.bytes().len();
    let mut batch = vec![first];
    while bytes < BATCH_BYTES
        && let Ok(next) = arriving.try_recv()
    {
        bytes += next.body.bytes().len();
        batch.push(next);
    }
    batch
}

/// Lets every request be answered, and leaves the callbacks for the owner.
fn confirm(batch: Vec<Waiting>, stored: &[Stored], desk: &Desk) {
    for (waiting, stored) in batch.into_iter().zip(stored) {
        // It may have given up waiting.
        let _told = waiting.stored.send(());
        let arrival = Arrival {
            delivery: stored.delivery,
            bytes: waiting.body.into_bytes(),
        };
        desk.store(arrival, waiting.from);
    }
}

struct Writer {
    path: PathBuf,
    archive: Option<Archive>,
}

impl Writer {
    fn archive(&mut self) -> Result<&mut Archive, ArchiveFault> {
        match &mut self.archive {
            Some(archive) => Ok(archive),
            closed => Ok(closed.insert(Archive::open(&self.path)?)),
        }
    }

    /// After a failure the archive is opened anew: what was in its way may be gone.
    fn store(&mut self, batch: &[Waiting]) -> Result<Vec<Stored>, ArchiveFault> {
        let peers: Vec<String> = batch.iter().map(|one| one.from.to_string()).collect();
        let received = batch.iter().zip(&peers).map(|(waiting, from)| Received {
            bytes: waiting.body.bytes(),
            kind: Kind::Callback,
            account: ACCOUNT,
            from,
            request_id: "",
            task_id: "",
            ended: false,
            unix_ms: waiting.unix_ms,
        });
        let received: Vec<_> = received.collect();
        let stored = self.archive().and_then(|archive| archive.store(&received));
        if stored.is_err() {
            self.archive = None;
        }
        stored
    }
}
