//! Keeps the archive to its retention while a command stores in it: at its start, then hourly.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::archive::{Kept, Times, keep_up};
use crate::job::{Job, Received, Wake};
use crate::shell::SettingsFile;
use crate::text::archive as words;

use super::console::Console;
use super::faults;

/// How long a command that has done its work waits for what it began to delete. The rest goes
/// with the next.
const PATIENCE: Duration = Duration::from_secs(5);

/// What keeps it up, for commands that do.
#[derive(Debug, Default)]
pub(super) struct Upkeep {
    job: Option<Job<Kept>>,
    /// It was looked once for what is too old.
    is_done_once: bool,
}

impl Upkeep {
    /// By the settings of the window. Nothing goes while they cannot be read: the defaults may be
    /// shorter than what was chosen.
    pub(super) fn start(archive: &Path) -> Self {
        let retention = || {
            let settings = SettingsFile::of_system()?.read()?;
            Some(settings.archive.into())
        };
        let times = Times::AT_ONCE_AND_HOURLY;
        Self {
            job: Some(keep_up(archive, times, retention, Wake::none())),
            is_done_once: false,
        }
    }

    /// Says what went, and what went wrong: neither ends the command.
    pub(super) fn tell(&mut self, console: &mut Console) {
        while let Some(Received::Item(kept)) = self.job.as_ref().map(Job::poll) {
            self.told(kept, console);
        }
    }

    /// Lets the first time come to its end, which a short command would not.
    pub(super) fn finish(mut self, console: &mut Console) {
        let Some(job) = self.job.take().filter(|_| !self.is_done_once) else {
            return;
        };
        let until = Instant::now() + PATIENCE;
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            match job.recv_timeout(left) {
                Received::Item(kept) => {
                    self.told(kept, console);
                    return;
                }
                Received::Waiting => {}
                Received::Ended => return,
            }
        }
    }

    fn told(&mut self, kept: Kept, console: &mut Console) {
        self.is_done_once = true;
        match kept {
            Ok(0) => {}
            Ok(deleted) => {
                let text = words::outlived(console.lang, deleted);
                console.tell(&text);
            }
            Err(fault) => {
                let text = words::not_kept_up(console.lang);
                console.tell(text);
                faults::archive(&fault, console);
            }
        }
    }
}
