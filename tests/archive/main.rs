//! The archive: what was stored is there, byte for byte, whatever happens to program and disk.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a failed test")]

use std::path::PathBuf;

use tempfile::TempDir;

use vodscope::archive::{Archive, Kind, Received, Stored};

mod kill;
mod pulls;
mod reading;
mod retention;
mod storing;

/// A folder of its own with an archive in it.
struct Place {
    folder: TempDir,
    path: PathBuf,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kept").join("archive.sqlite3");
        Self { folder, path }
    }

    fn open(&self) -> Archive {
        Archive::open(&self.path).unwrap()
    }
}

/// Asks SQLite itself, past the archive.
fn ask<T: rusqlite::types::FromSql>(place: &Place, sql: &str) -> T {
    let connection = rusqlite::Connection::open(&place.path).unwrap();
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// One event of the queue.
fn event(number: usize, handle: &str) -> String {
    format!(
        r#"{{"EventHandle":"{handle}","EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":{{"TaskId":"{}","Status":"FINISH","ErrCode":0,"Message":"","FileId":"52858908{number:011}","MediaProcessResultSet":[]}}}}"#,
        task_id(number)
    )
}

fn task_id(number: usize) -> String {
    format!("1400000000-procedurev2-task{number}")
}

fn pulled(bytes: &[u8]) -> Received<'_> {
    Received {
        bytes,
        kind: Kind::Pulled,
        account: "default/1400000000",
        from: "vod.tencentcloudapi.com",
        request_id: "r-1",
        task_id: "",
        ended: false,
        unix_ms: 1_700_000_000_000,
    }
}

fn store(archive: &mut Archive, received: Received<'_>) -> Stored {
    let stored = archive.store(&[received]).unwrap();
    let [one] = stored.try_into().unwrap();
    one
}

fn read(archive: &Archive, delivery: i64) -> Vec<u8> {
    archive.read(delivery).unwrap().unwrap()
}
