//! Keeps the archive to its retention for as long as the window is open.

use std::path::Path;

use crate::archive::{Kept, Times, keep_up};
use crate::job::{Job, Received, Wake};
use crate::model::ArchiveFault;
use crate::state::ArchiveAction;

use super::app::App;
use super::live::of_archive;
use super::settings_file::SettingsFile;

/// Lets go of what is too old, by the settings as they stand on disk.
#[derive(Default)]
pub(super) struct Upkeep {
    job: Option<Job<Kept>>,
    /// Said already: it is not said anew each time.
    said: Option<ArchiveFault>,
}

/// What is worth a word.
#[derive(Clone, Debug, PartialEq, Eq)]
enum News {
    /// The archive holds less than before.
    Smaller,
    Fault(ArchiveFault),
}

impl Upkeep {
    /// Nothing goes where settings are not kept, nor while they cannot be read: the defaults may
    /// be shorter than what was chosen.
    pub(super) fn start(
        (file, archive): (Option<&SettingsFile>, &Path),
        times: Times,
        wake: Wake,
    ) -> Self {
        let Some(file) = file.cloned() else {
            return Self::default();
        };
        let retention = move || file.read().map(|settings| settings.archive.into());
        Self {
            job: Some(keep_up(archive, times, retention, wake)),
            said: None,
        }
    }

    fn poll(&mut self) -> Vec<News> {
        let mut news = Vec::new();
        while let Some(Received::Item(kept)) = self.job.as_ref().map(Job::poll) {
            news.extend(self.take(kept));
        }
        news
    }

    fn take(&mut self, kept: Kept) -> Option<News> {
        match kept {
            Ok(deleted) => {
                self.said = None;
                (deleted > 0).then_some(News::Smaller)
            }
            Err(fault) if self.said.as_ref() == Some(&fault) => None,
            Err(fault) => {
                self.said = Some(fault.clone());
                Some(News::Fault(fault))
            }
        }
    }
}

impl App {
    pub(super) fn take_upkeep(&mut self, ctx: &egui::Context) {
        for news in self.upkeep.poll() {
            match news {
                News::Smaller => self.archive_stats(),
                News::Fault(fault) => {
                    self.act(ctx, of_archive(ArchiveAction::Deleted(Err(fault))));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::archive::{Archive, Kind, Received as Arrived};
    use crate::job::Cancel;
    use crate::model::now_unix_ms;

    const DAY_MS: i64 = 86_400_000;
    const OFTEN: Times = Times {
        first: Duration::ZERO,
        every: Duration::from_millis(20),
    };

    fn keep(archive: &Path, days_ago: i64) {
        let bytes = format!("{{\"days\":{days_ago}}}");
        let arrived = Arrived {
            bytes: bytes.as_bytes(),
            kind: Kind::Pulled,
            account: "a",
            from: "f",
            request_id: "r",
            task_id: "",
            ended: false,
            unix_ms: now_unix_ms() - days_ago * DAY_MS,
        };
        Archive::open(archive).unwrap().store(&[arrived]).unwrap();
    }

    fn until(upkeep: &mut Upkeep, wanted: &News) {
        let begun = Instant::now();
        while !upkeep.poll().contains(wanted) {
            assert!(begun.elapsed() < Duration::from_mins(1), "{wanted:?}");
            Cancel::default().sleep(Duration::from_millis(5));
        }
    }

    #[test]
    fn what_becomes_too_old_goes_while_the_window_is_open() {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("archive.sqlite3");
        keep(&archive, 91);
        let settings = folder.path().join("settings.json");
        let file = SettingsFile::at(&settings);
        let mut upkeep = Upkeep::start((Some(&file), &archive), OFTEN, Wake::none());
        until(&mut upkeep, &News::Smaller);
        keep(&archive, 31);
        std::fs::write(&settings, r#"{"archive":{"keep_days":30}}"#).unwrap();
        until(&mut upkeep, &News::Smaller);
        let left = Archive::open(&archive).unwrap().stats().unwrap();
        assert_eq!(left.deliveries, 0);
    }

    #[test]
    fn nothing_goes_by_settings_that_cannot_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("archive.sqlite3");
        keep(&archive, 91);
        let settings = folder.path().join("settings.json");
        std::fs::write(&settings, "{").unwrap();
        let file = SettingsFile::at(&settings);
        let mut upkeep = Upkeep::start((Some(&file), &archive), OFTEN, Wake::none());
        let job = upkeep.job.take().unwrap();
        let patience = Duration::from_mins(1);
        assert_eq!(job.recv_timeout(patience), Received::Item(Ok(0)));
        let left = Archive::open(&archive).unwrap().stats().unwrap();
        assert_eq!(left.deliveries, 1);
    }

    #[test]
    fn a_fault_is_said_once_until_it_has_passed() {
        let mut upkeep = Upkeep::default();
        let fault = News::Fault(ArchiveFault::Busy);
        assert_eq!(upkeep.take(Err(ArchiveFault::Busy)), Some(fault.clone()));
        assert_eq!(upkeep.take(Err(ArchiveFault::Busy)), None);
        assert_eq!(upkeep.take(Ok(0)), None);
        assert_eq!(upkeep.take(Err(ArchiveFault::Busy)), Some(fault));
    }
}
