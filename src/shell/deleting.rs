//! A range of the archive: how much it holds, and deleting it.

use std::path::Path;

use crate::archive::{Archive, Range};
use crate::model::ArchiveFault;
use crate::state::{ArchiveAction, ArchiveHeld, ArchiveRange, DeleteAction};

use super::app::App;
use super::live::of_archive;

impl App {
    pub(super) fn count_archived(&mut self, range: ArchiveRange) {
        let path = self.around.archive.clone();
        self.asked.ask("archive-count", &self.wake, move || {
            let result = counted(&path, range);
            let counted = DeleteAction::Counted { range, result };
            vec![of_archive(ArchiveAction::Deletion(counted))]
        });
    }

    pub(super) fn delete_archived(&mut self, range: ArchiveRange) {
        let path = self.around.archive.clone();
        self.asked.ask("archive-delete", &self.wake, move || {
            let ended = DeleteAction::Ended(deleted(&path, range));
            vec![of_archive(ArchiveAction::Deletion(ended))]
        });
    }
}

fn counted(path: &Path, range: ArchiveRange) -> Result<ArchiveHeld, ArchiveFault> {
    let Some(archive) = Archive::open_existing(path)? else {
        return Ok(ArchiveHeld::default());
    };
    let extent = archive.extent(&milliseconds(range))?;
    Ok(ArchiveHeld {
        deliveries: extent.deliveries,
        bytes: extent.bytes,
    })
}

fn deleted(path: &Path, range: ArchiveRange) -> Result<u64, ArchiveFault> {
    match Archive::open_existing(path)? {
        Some(mut archive) => archive.delete(&milliseconds(range)),
        None => Ok(0),
    }
}

fn milliseconds(range: ArchiveRange) -> Range {
    let ms = |unix: i64| unix.saturating_mul(1_000);
    Range {
        since_ms: range.since_unix.map(ms),
        until_ms: range.until_unix.map(ms),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{Kind, Received};

    const BEGIN: i64 = 1_795_190_400;
    const END: i64 = BEGIN + 86_400;

    fn store(path: &Path, unix_ms: i64) {
        let bytes = format!("{{\"at\":{unix_ms}}}");
        let received = Received {
            bytes: bytes.as_bytes(),
            kind: Kind::Callback,
            account: "listener",
            from: "127.0.0.1:1",
            request_id: "",
            task_id: "",
            ended: false,
            unix_ms,
        };
        Archive::open(path).unwrap().store(&[received]).unwrap();
    }

    fn range(since_unix: Option<i64>, until_unix: Option<i64>) -> ArchiveRange {
        ArchiveRange {
            since_unix,
            until_unix,
        }
    }

    fn left(path: &Path) -> Vec<i64> {
        let archive = Archive::open(path).unwrap();
        let records = archive.next(0, &Range::default(), usize::MAX).unwrap();
        records.iter().map(|record| record.unix_ms).collect()
    }

    #[test]
    fn a_range_begins_with_its_first_millisecond_and_ends_before_its_last() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("archive.sqlite3");
        let around = [
            1_000 * BEGIN - 1,
            1_000 * BEGIN,
            1_000 * END - 1,
            1_000 * END,
        ];
        for unix_ms in around {
            store(&path, unix_ms);
        }
        let day = range(Some(BEGIN), Some(END));
        let held = counted(&path, day).unwrap();
        assert_eq!((held.deliveries, held.bytes), (2, 2 * 20));
        assert_eq!(deleted(&path, day), Ok(2));
        assert_eq!(left(&path), [1_000 * BEGIN - 1, 1_000 * END]);
        assert_eq!(counted(&path, day), Ok(ArchiveHeld::default()));
        assert_eq!(deleted(&path, range(Some(END), None)), Ok(1));
        assert_eq!(deleted(&path, range(None, None)), Ok(1));
        assert!(left(&path).is_empty());
    }

    #[test]
    fn where_there_is_no_archive_none_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("archive.sqlite3");
        let all = ArchiveRange::default();
        assert_eq!(counted(&path, all), Ok(ArchiveHeld::default()));
        assert_eq!(deleted(&path, all), Ok(0));
        assert!(!path.exists());
    }
}
