//! Keeping to the retention for as long as a program runs.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::job::{Job, Wake, spawn};
use crate::model::ArchiveFault;

use super::{Archive, Retention};

/// When it is looked for what is too old.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// So long after the start for the first time.
    pub first: Duration,
    /// So long after each time for the next.
    pub every: Duration,
}

impl Times {
    pub const AT_ONCE_AND_HOURLY: Self = Self {
        first: Duration::ZERO,
        every: HOUR,
    };
    pub const HOURLY: Self = Self {
        first: HOUR,
        every: HOUR,
    };
}

const HOUR: Duration = Duration::from_hours(1);

/// How many deliveries went.
pub type Kept = Result<u64, ArchiveFault>;

/// Lets go of what `retention` says is too much, each time; asks for it anew, since it may have
/// been changed. Where that is not known, nothing goes. Tells what came of each time.
pub fn keep_up(
    archive: &Path,
    times: Times,
    retention: impl Fn() -> Option<Retention> + Send + 'static,
    wake: Wake,
) -> Job<Kept> {
    let archive: PathBuf = archive.to_owned();
    spawn("archive-upkeep", wake, move |outbox, cancel| {
        let mut nap = times.first;
        while cancel.sleep(nap) {
            let kept = retention().map_or(Ok(0), |keep| retain(&archive, &keep));
            if outbox.send(kept).is_err() {
                return;
            }
            nap = times.every;
        }
    })
}

/// Lets go of what is too much now; of an archive that is not there, nothing.
pub fn retain(archive: &Path, keep: &Retention) -> Kept {
    match Archive::open_existing(archive)? {
        Some(mut archive) => archive.retain(keep),
        None => Ok(0),
    }
}
