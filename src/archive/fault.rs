//! Turns what SQLite and the system say into what the archive's fault is.

use std::io::{Error as IoError, ErrorKind};

use rusqlite::Error;
use rusqlite::ffi::{self, ErrorCode};

use crate::model::ArchiveFault;

/// The file or its folder.
pub(super) fn of_io(error: &IoError) -> ArchiveFault {
    let why = error.to_string();
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            ArchiveFault::ReadOnly { why }
        }
        ErrorKind::IsADirectory => ArchiveFault::Folder,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => ArchiveFault::DiskFull,
        _ => ArchiveFault::Other { why },
    }
}

impl From<Error> for ArchiveFault {
    fn from(error: Error) -> Self {
        let why = error.to_string();
        match error.sqlite_error() {
            Some(code) => of_code(*code, why),
            None => of_value(&error, why),
        }
    }
}

fn of_code(error: ffi::Error, why: String) -> ArchiveFault {
    match error.extended_code {
        // No room for the index that programs share.
        ffi::SQLITE_IOERR_SHMSIZE => return ArchiveFault::DiskFull,
        ffi::SQLITE_IOERR_SHORT_READ | ffi::SQLITE_IOERR_CORRUPTFS => {
            return ArchiveFault::Corrupt { why };
        }
        _ => {}
    }
    match error.code {
        ErrorCode::DiskFull => ArchiveFault::DiskFull,
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => ArchiveFault::ReadOnly { why },
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => ArchiveFault::Corrupt { why },
        ErrorCode::DatabaseBusy
        | ErrorCode::DatabaseLocked
        | ErrorCode::FileLockingProtocolFailed => ArchiveFault::Busy,
        _ => ArchiveFault::Other { why },
    }
}

/// A column holds what was never put there.
fn of_value(error: &Error, why: String) -> ArchiveFault {
    match error {
        Error::FromSqlConversionFailure(..)
        | Error::IntegralValueOutOfRange(..)
        | Error::InvalidColumnType(..)
        | Error::Utf8Error(..) => ArchiveFault::Corrupt { why },
        _ => ArchiveFault::Other { why },
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use crate::archive::{Archive, Kind, Received};
    use crate::model::ArchiveFault;

    fn received(bytes: &[u8]) -> Received<'_> {
        Received {
            bytes,
            kind: Kind::Pulled,
            account: "a",
            from: "f",
            request_id: "r",
            task_id: "t",
            ended: false,
            unix_ms: 1,
        }
    }

    fn archive(folder: &tempfile::TempDir) -> Archive {
        Archive::open(&folder.path().join("archive.sqlite3")).unwrap()
    }

    #[test]
    fn a_full_disk_stores_nothing_by_halves_and_is_no_end() {
        let folder = tempfile::tempdir().unwrap();
        let mut archive = archive(&folder);
        archive.store(&[received(b"{}")]).unwrap();
        let limit = |archive: &Archive, pages: i64| {
            let set =
                archive
                    .connection
                    .pragma_update_and_check(None, "max_page_count", pages, |row| {
                        row.get::<_, i64>(0)
                    });
            set.unwrap();
        };
        let pages = archive
            .connection
            .pragma_query_value(None, "page_count", |row| row.get(0));
        limit(&archive, pages.unwrap());
        // Repeating bytes pack too well to need a page.
        let long: Vec<u8> = (0..40_000_u32)
            .map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[3])
            .collect();
        let both = [received(b"[]"), received(&long)];
        assert_eq!(archive.store(&both), Err(ArchiveFault::DiskFull));
        assert_eq!(archive.stats().unwrap().deliveries, 1);
        limit(&archive, 1_000_000);
        let stored = archive.store(&both).unwrap();
        assert_eq!(
            stored.iter().map(|one| one.repeated).collect::<Vec<_>>(),
            [false; 2]
        );
        assert_eq!(archive.read(stored[1].delivery), Ok(Some(long)));
    }

    #[test]
    fn what_may_not_be_written_is_read_all_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let mut archive = archive(&folder);
        let stored = archive.store(&[received(b"{}")]).unwrap();
        archive
            .connection
            .pragma_update(None, "query_only", true)
            .unwrap();
        let fault = archive.store(&[received(b"[]")]).unwrap_err();
        assert!(matches!(fault, ArchiveFault::ReadOnly { .. }), "{fault:?}");
        assert_eq!(archive.read(stored[0].delivery), Ok(Some(b"{}".to_vec())));
    }

    #[test]
    fn another_program_that_does_not_let_go_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let (mut one, other) = (archive(&folder), archive(&folder));
        one.connection
            .busy_timeout(Duration::from_millis(1))
            .unwrap();
        other.connection.execute_batch("BEGIN IMMEDIATE").unwrap();
        assert_eq!(one.store(&[received(b"{}")]), Err(ArchiveFault::Busy));
        other.connection.execute_batch("COMMIT").unwrap();
        assert_eq!(one.store(&[received(b"{}")]).unwrap().len(), 1);
    }

    #[test]
    fn a_folder_in_the_files_place_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let fault = Archive::open(folder.path()).unwrap_err();
        assert_eq!(fault, ArchiveFault::Folder);
    }

    /// Not even root makes folders there.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_that_cannot_be_written_is_said() {
        let fault = Archive::open(std::path::Path::new("/sys/vodscope/archive.sqlite3"));
        let fault = fault.unwrap_err();
        assert!(matches!(fault, ArchiveFault::ReadOnly { .. }), "{fault:?}");
    }
}
