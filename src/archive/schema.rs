//! How the archive's file is laid out, and how an older one becomes today's.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::job::Cancel;
use crate::model::ArchiveFault;

/// Marks the file as ours: "vods".
const APPLICATION: i64 = 0x766f_6473;

/// How long to wait for another program that writes.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
const NAP: Duration = Duration::from_millis(20);

/// Each step brings a file from the version of its index to the next. Never change one that was
/// released: add another.
const STEPS: &[&str] = &[EVENTS, PULLS, SEVERAL_PULLS];

const EVENTS: &str = "
    CREATE TABLE events (
        id INTEGER PRIMARY KEY,
        hash BLOB NOT NULL UNIQUE,
        task_id TEXT NOT NULL,
        len INTEGER NOT NULL,
        packing INTEGER NOT NULL,
        bytes BLOB NOT NULL
    ) STRICT;
    CREATE INDEX events_by_task ON events (task_id) WHERE task_id <> '';

    -- own_*: what its bytes have of their own (see Patch); NULL when they are the event's.
    CREATE TABLE deliveries (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        event INTEGER NOT NULL REFERENCES events (id),
        kind INTEGER NOT NULL,
        at_ms INTEGER NOT NULL,
        len INTEGER NOT NULL,
        ended INTEGER NOT NULL,
        account TEXT NOT NULL,
        origin TEXT NOT NULL,
        request_id TEXT NOT NULL,
        own_start INTEGER,
        own_end INTEGER,
        own_bytes BLOB
    ) STRICT;
    CREATE INDEX deliveries_by_time ON deliveries (at_ms, len);
    CREATE INDEX deliveries_by_event ON deliveries (event);
    CREATE INDEX deliveries_ended ON deliveries (account, event) WHERE ended = 1;

    CREATE TRIGGER event_without_delivery AFTER DELETE ON deliveries
    WHEN NOT EXISTS (SELECT 1 FROM deliveries WHERE event = OLD.event)
    BEGIN
        DELETE FROM events WHERE id = OLD.event;
    END;
";

/// Where list pulls stand that have not brought everything; `query` is JSON.
const PULLS: &str = "
    CREATE TABLE pulls (
        account TEXT PRIMARY KEY,
        query TEXT NOT NULL,
        part INTEGER NOT NULL,
        scroll_token TEXT NOT NULL,
        pages INTEGER NOT NULL,
        listed INTEGER NOT NULL,
        begun_ms INTEGER NOT NULL,
        updated_ms INTEGER NOT NULL
    ) STRICT;
";

/// An account has as many of them as it likes, and each knows what it listed: a delivery that came
/// again unchanged keeps its number, so that no span of numbers tells. A pull that loses some of it
/// cannot go on, and is forgotten; so are those from before, which do not know.
const SEVERAL_PULLS: &str = "
    DROP TABLE pulls;
    CREATE TABLE pulls (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        account TEXT NOT NULL,
        query TEXT NOT NULL,
        part INTEGER NOT NULL,
        scroll_token TEXT NOT NULL,
        pages INTEGER NOT NULL,
        listed INTEGER NOT NULL,
        begun_ms INTEGER NOT NULL,
        updated_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE listed (
        id INTEGER PRIMARY KEY,
        pull INTEGER NOT NULL REFERENCES pulls (id) ON DELETE CASCADE,
        delivery INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX listed_by_pull ON listed (pull);
    CREATE INDEX listed_by_delivery ON listed (delivery);

    CREATE TRIGGER pull_without_its_list AFTER DELETE ON deliveries
    BEGIN
        DELETE FROM pulls WHERE id IN (SELECT pull FROM listed WHERE delivery = OLD.id);
    END;
";

/// A connection to a file that is there, with today's layout.
pub(super) fn connect(path: &Path) -> Result<Connection, ArchiveFault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    // Looked at before anything is set, so that a file we must not touch is not touched.
    // At one moment: another program may be making the tables right now.
    let moment = connection.unchecked_transaction()?;
    let version = version_of(&moment)?;
    drop(moment);
    if version == 0 {
        connection.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
    }
    set_up(&connection)?;
    if version < today() {
        migrate(&mut connection)?;
    }
    Ok(connection)
}

fn today() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}

/// The file's version; 0 when there is nothing in it yet.
fn version_of(connection: &Connection) -> Result<i64, ArchiveFault> {
    let number = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get(0));
    let (application, version): (i64, i64) = (number("application_id")?, number("user_version")?);
    let count = "SELECT count(*) FROM sqlite_schema";
    let objects: i64 = connection.query_row(count, [], |row| row.get(0))?;
    match (application, version) {
        (0, 0) if objects == 0 => Ok(0),
        (APPLICATION, version) if version > today() => Err(ArchiveFault::TooNew { version }),
        (APPLICATION, version) if version > 0 => Ok(version),
        _ => Err(ArchiveFault::Foreign),
    }
}

fn set_up(connection: &Connection) -> Result<(), ArchiveFault> {
    write_ahead(connection)?;
    let set = |name: &str, value: &str| connection.pragma_update(None, name, value);
    // What is answered or confirmed must outlive a power cut.
    set("synchronous", "FULL")?;
    set("fullfsync", "ON")?;
    set("checkpoint_fullfsync", "ON")?;
    set("foreign_keys", "ON")?;
    set("cell_size_check", "ON")?;
    set("secure_delete", "FAST")?;
    set("cache_size", "-16384")?;
    // A log that grew is cut back to this.
    connection.pragma_update(None, "journal_size_limit", 16 << 20)?;
    Ok(())
}

/// Several programs that open a new file at once get in each other's way here, and SQLite does
/// not wait for them by itself.
fn write_ahead(connection: &Connection) -> Result<(), ArchiveFault> {
    let began = Instant::now();
    loop {
        let set = connection.pragma_update(None, "journal_mode", "WAL");
        match set.map_err(ArchiveFault::from) {
            Err(ArchiveFault::Busy) if began.elapsed() < PATIENCE => {
                Cancel::default().sleep(NAP);
            }
            done => return done,
        }
    }
}

fn migrate(connection: &mut Connection) -> Result<(), ArchiveFault> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have been first.
    let version = version_of(&transaction)?;
    let done = usize::try_from(version).unwrap_or_default();
    for step in STEPS.iter().skip(done) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", today())?;
    Ok(transaction.commit()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_committed_is_on_the_disk_and_what_is_deleted_can_leave_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("archive.sqlite3");
        std::fs::write(&path, "").unwrap();
        let connection = connect(&path).unwrap();
        let mode: String = connection
            .pragma_query_value(None, "journal_mode", |row| row.get(0))
            .unwrap();
        assert_eq!(mode, "wal");
        for (name, expected) in [
            ("synchronous", 2),
            ("auto_vacuum", 2),
            ("foreign_keys", 1),
            ("cell_size_check", 1),
            ("cache_size", -16_384),
            ("user_version", today()),
        ] {
            let value = connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
            assert_eq!(value, Ok(expected), "{name}");
        }
    }

    #[test]
    fn a_newer_file_and_a_foreign_one_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        for (name, sql, expected) in [
            (
                "newer",
                "PRAGMA application_id = 1987011699; PRAGMA user_version = 99;",
                ArchiveFault::TooNew { version: 99 },
            ),
            ("foreign", "CREATE TABLE theirs (a);", ArchiveFault::Foreign),
        ] {
            let path = folder.path().join(name);
            let theirs = Connection::open(&path).unwrap();
            theirs.execute_batch(sql).unwrap();
            drop(theirs);
            let before = std::fs::read(&path).unwrap();
            assert_eq!(connect(&path).err(), Some(expected));
            assert_eq!(std::fs::read(&path).unwrap(), before, "{name}");
        }
    }
}
