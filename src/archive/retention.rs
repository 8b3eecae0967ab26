//! Letting go of what is old: by age, by size, by range. In small steps, so that no other program
//! waits for long.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use rusqlite::params;

use crate::job::Cancel;
use crate::model::{ArchiveFault, ArchiveSettings, ArchiveStats, now_unix_ms};

use super::read::unsigned;
use super::schema::PATIENCE;
use super::{Archive, Range};

/// Deliveries deleted in one transaction.
const DELETED_AT_ONCE: u32 = 500;
/// Pages given back to the system in one transaction.
const PAGES_AT_ONCE: u32 = 256;
/// Others get at least this long between two transactions.
const PAUSE: Duration = Duration::from_millis(2);
/// What arrived so recently stays, whatever room it takes: it may be of a pull that goes on.
const SPARED_MS: i64 = 3_600_000;
const DAY_MS: i64 = 86_400_000;
/// What settings that were edited by hand cannot go below.
const LEAST_BYTES: u64 = 10_000_000;

/// How much is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    pub days: u32,
    /// Of disk.
    pub bytes: u64,
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            days: 90,
            bytes: 5_000_000_000,
        }
    }
}

impl From<ArchiveSettings> for Retention {
    fn from(settings: ArchiveSettings) -> Self {
        Self {
            days: settings.keep_days.max(1),
            bytes: settings.keep_bytes.max(LEAST_BYTES),
        }
    }
}

impl Archive {
    pub fn stats(&self) -> Result<ArchiveStats, ArchiveFault> {
        let sql = "SELECT (SELECT count(*) FROM deliveries), (SELECT count(*) FROM events),
                   (SELECT min(at_ms) FROM deliveries), (SELECT max(at_ms) FROM deliveries)";
        let bytes_on_disk = self.bytes_on_disk();
        let stats = self.connection.query_row(sql, [], |row| {
            let seconds = |ms: Option<i64>| ms.map(|ms| ms.div_euclid(1000));
            Ok(ArchiveStats {
                deliveries: unsigned(row.get(0)?),
                events: unsigned(row.get(1)?),
                bytes_on_disk,
                oldest_unix: seconds(row.get(2)?),
                newest_unix: seconds(row.get(3)?),
            })
        });
        Ok(stats?)
    }

    /// Deletes what arrived in a range, and gives its room back to the system. Says how many
    /// deliveries went.
    pub fn delete(&mut self, range: &Range) -> Result<u64, ArchiveFault> {
        // Deleting writes to the log: on a full disk it has the room that the log gives back, and
        // without any of it deleting itself says so.
        let _cut = self.empty_log();
        // What arrives meanwhile stays, or this might never end.
        let Some(last) = self.extent(range)?.last else {
            return Ok(0);
        };
        let mut deleted = 0;
        loop {
            let count = self.delete_oldest(range, last, DELETED_AT_ONCE)?;
            deleted += count;
            if count == 0 {
                break;
            }
        }
        self.shrink()?;
        Ok(deleted)
    }

    /// Deletes what is too old, then the oldest until the rest has room. What arrived in the last
    /// hour stays in any case. Says how many deliveries went.
    pub fn retain(&mut self, keep: &Retention) -> Result<u64, ArchiveFault> {
        let spared_ms = self.spared_from()?;
        let old_ms = now_unix_ms().saturating_sub(i64::from(keep.days).saturating_mul(DAY_MS));
        let mut deleted = self.delete(&before(old_ms.min(spared_ms)))?;
        deleted += self.delete_beyond(keep.bytes, &before(spared_ms))?;
        self.shrink()?;
        Ok(deleted)
    }

    /// Unix milliseconds: what arrived from then on stays. A pull that listed something within
    /// the last hour keeps all that it listed.
    fn spared_from(&self) -> Result<i64, ArchiveFault> {
        let spared_ms = now_unix_ms().saturating_sub(SPARED_MS);
        let sql = "SELECT min(begun_ms) FROM pulls WHERE updated_ms >= ?1";
        let begun = self
            .connection
            .query_row(sql, [spared_ms], |row| row.get(0));
        let begun_ms: Option<i64> = begun?;
        Ok(begun_ms.map_or(spared_ms, |begun_ms| begun_ms.min(spared_ms)))
    }

    /// Deletes the oldest of a range until the whole takes no more than `limit` bytes.
    fn delete_beyond(&self, limit: u64, range: &Range) -> Result<u64, ArchiveFault> {
        let deliveries = self.extent(&Range::default())?.deliveries.max(1);
        let bytes_each = (self.bytes_used()? / deliveries).max(1);
        let mut deleted = 0;
        while let Some(excess) = self.bytes_used()?.checked_sub(limit)
            && excess > 0
        {
            // About as many as needed: the last step must not take much more.
            let few = u32::try_from(excess / bytes_each).unwrap_or(u32::MAX);
            let few = few.clamp(1, DELETED_AT_ONCE);
            let count = self.delete_oldest(range, i64::MAX, few)?;
            if count == 0 {
                break;
            }
            deleted += count;
        }
        Ok(deleted)
    }

    /// Deletes a few of those numbered up to `last`, and pauses.
    fn delete_oldest(&self, range: &Range, last: i64, few: u32) -> Result<u64, ArchiveFault> {
        let began = Instant::now();
        let sql = "DELETE FROM deliveries WHERE id IN (SELECT id FROM deliveries
                   WHERE at_ms >= ?1 AND at_ms < ?2 AND id <= ?3 ORDER BY at_ms LIMIT ?4)";
        let few = params![range.since(), range.until(), last, few];
        let count = self.connection.prepare_cached(sql)?.execute(few)?;
        pause(began);
        Ok(count as u64)
    }

    /// Gives free pages back to the system.
    fn shrink(&self) -> Result<(), ArchiveFault> {
        while self.pragma("freelist_count")? > 0 {
            let began = Instant::now();
            // Each step of the statement frees one page.
            let sql = format!("PRAGMA incremental_vacuum({PAGES_AT_ONCE})");
            let mut vacuum = self.connection.prepare(&sql)?;
            let mut rows = vacuum.query([])?;
            while rows.next()?.is_some() {}
            pause(began);
        }
        self.empty_log()
    }

    /// Moves the log into the file and cuts it, unless somebody reads it or writes: then that is
    /// done another time.
    fn empty_log(&self) -> Result<(), ArchiveFault> {
        self.connection.busy_timeout(Duration::ZERO)?;
        let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
        let done = self.connection.query_row(sql, [], |_| Ok(()));
        self.connection.busy_timeout(PATIENCE)?;
        Ok(done?)
    }

    /// Bytes in the file that hold something.
    fn bytes_used(&self) -> Result<u64, ArchiveFault> {
        let pages = self.pragma("page_count")? - self.pragma("freelist_count")?;
        Ok(unsigned(pages.saturating_mul(self.pragma("page_size")?)))
    }

    /// The file, and the log beside it.
    fn bytes_on_disk(&self) -> u64 {
        let path = self.connection.path().unwrap_or_default();
        let beside = ["", "-wal"].map(|suffix| PathBuf::from(format!("{path}{suffix}")));
        let sizes = beside.iter().filter_map(|path| path.metadata().ok());
        sizes.map(|found| found.len()).sum()
    }

    fn pragma(&self, name: &str) -> Result<i64, ArchiveFault> {
        let value = self
            .connection
            .pragma_query_value(None, name, |row| row.get(0));
        Ok(value?)
    }
}

fn before(until_ms: i64) -> Range {
    Range {
        since_ms: None,
        until_ms: Some(until_ms),
    }
}

/// Gives others as long as was taken from them.
fn pause(began: Instant) {
    Cancel::default().sleep(began.elapsed().max(PAUSE));
}
