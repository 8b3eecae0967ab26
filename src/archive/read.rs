//! Getting events out again, byte for byte.

use std::collections::HashSet;

use rusqlite::types::FromSqlError;
use rusqlite::{OptionalExtension as _, Row, params};

use crate::model::ArchiveFault;

use super::packing::Packer;
use super::patch::Patch;
use super::{Archive, Extent, Kind, Provenance, Range, Record};

/// The columns of [`record`], and where they come from.
const RECORD: &str = "SELECT d.id, d.kind, d.at_ms, d.own_start, d.own_end, d.own_bytes,
                      e.len, e.packing, e.bytes
                      FROM deliveries d JOIN events e ON e.id = d.event";

impl Archive {
    /// The bytes of a delivery as they arrived; `None` when it is not there (any more).
    pub fn read(&self, delivery: i64) -> Result<Option<Vec<u8>>, ArchiveFault> {
        let mut select = self
            .connection
            .prepare_cached(&format!("{RECORD} WHERE d.id = ?1"))?;
        let found = select.query_row([delivery], |row| self.record(row));
        match found.optional()? {
            Some(record) if record.damaged => Err(ArchiveFault::Entry { id: delivery }),
            found => Ok(found.map(|record| record.bytes)),
        }
    }

    /// The deliveries after a number, in the order of their numbers: at least one, and no more
    /// once they have `max_bytes` together.
    pub fn next(
        &self,
        after: i64,
        filter: &Range,
        max_bytes: usize,
    ) -> Result<Vec<Record>, ArchiveFault> {
        // The sign keeps SQLite from going by time, which would sort all that is left each call.
        let sql =
            format!("{RECORD} WHERE d.id > ?1 AND +d.at_ms >= ?2 AND +d.at_ms < ?3 ORDER BY d.id");
        let mut select = self.connection.prepare_cached(&sql)?;
        let mut rows = select.query(params![after, filter.since(), filter.until()])?;
        let (mut records, mut bytes) = (Vec::new(), 0);
        while bytes < max_bytes
            && let Some(row) = rows.next()?
        {
            let record = self.record(row)?;
            bytes += record.bytes.len().max(1);
            records.push(record);
        }
        Ok(records)
    }

    /// How much a range holds, and where it begins.
    pub fn extent(&self, range: &Range) -> Result<Extent, ArchiveFault> {
        let sql = "SELECT min(id), max(id), count(*), ifnull(sum(len), 0) FROM deliveries
                   WHERE at_ms >= ?1 AND at_ms < ?2";
        let extent = self
            .connection
            .query_row(sql, [range.since(), range.until()], |row| {
                Ok(Extent {
                    first: row.get(0)?,
                    last: row.get(1)?,
                    deliveries: unsigned(row.get(2)?),
                    bytes: unsigned(row.get(3)?),
                })
            });
        Ok(extent?)
    }

    /// Tasks of an account whose last detail is here and will not change any more.
    pub fn finished_tasks(&self, account: &str) -> Result<HashSet<String>, ArchiveFault> {
        let sql = "SELECT DISTINCT e.task_id FROM deliveries d JOIN events e ON e.id = d.event
                   WHERE d.account = ?1 AND d.ended = 1 AND e.task_id <> ''";
        let mut select = self.connection.prepare_cached(sql)?;
        let tasks = select.query_map([account], |row| row.get(0))?;
        Ok(tasks.collect::<Result<_, _>>()?)
    }

    /// The newest detail of such a task.
    pub fn finished_task(
        &self,
        account: &str,
        task_id: &str,
    ) -> Result<Option<Record>, ArchiveFault> {
        let sql = format!(
            "{RECORD} WHERE e.task_id = ?2 AND e.task_id <> '' AND d.account = ?1 AND d.ended = 1
             ORDER BY d.at_ms DESC, d.id DESC LIMIT 1"
        );
        let mut select = self.connection.prepare_cached(&sql)?;
        let found = select.query_row([account, task_id], |row| self.record(row));
        Ok(found.optional()?)
    }

    /// Where a delivery came from; `None` when it is not there (any more).
    pub fn provenance(&self, delivery: i64) -> Result<Option<Provenance>, ArchiveFault> {
        let sql = "SELECT d.kind, d.at_ms, d.account, d.origin, d.request_id, e.task_id, d.ended,
                   (SELECT count(*) FROM deliveries o WHERE o.event = d.event)
                   FROM deliveries d JOIN events e ON e.id = d.event WHERE d.id = ?1";
        let mut select = self.connection.prepare_cached(sql)?;
        let found = select.query_row([delivery], |row| {
            Ok(Provenance {
                kind: kind(row, 0)?,
                unix_ms: row.get(1)?,
                account: row.get(2)?,
                from: row.get(3)?,
                request_id: row.get(4)?,
                task_id: row.get(5)?,
                ended: row.get(6)?,
                deliveries: unsigned(row.get(7)?),
            })
        });
        Ok(found.optional()?)
    }

    /// A delivery with its bytes. One that is damaged is no reason not to read the others.
    fn record(&self, row: &Row<'_>) -> rusqlite::Result<Record> {
        let bytes = bytes(row, &mut self.packer.borrow_mut())?;
        Ok(Record {
            delivery: row.get(0)?,
            kind: kind(row, 1)?,
            unix_ms: row.get(2)?,
            damaged: bytes.is_none(),
            bytes: bytes.unwrap_or_default(),
        })
    }
}

/// `None` when they are damaged.
fn bytes(row: &Row<'_>, packer: &mut Packer) -> rusqlite::Result<Option<Vec<u8>>> {
    let patch = match row.get_ref(5)?.as_blob_or_null()? {
        Some(own) => Some(Patch {
            start: row.get(3)?,
            end: row.get(4)?,
            own,
        }),
        None => None,
    };
    if let Some(patch) = patch
        && !patch.needs_base()
    {
        return Ok(Some(patch.own.to_vec()));
    }
    let (len, packing) = (row.get(6)?, row.get(7)?);
    let base = packer.unpack(packing, row.get_ref(8)?.as_blob()?, len).ok();
    Ok(match patch {
        Some(patch) => base.and_then(|base| patch.apply(&base)),
        None => base,
    })
}

pub(super) fn kind(row: &Row<'_>, column: usize) -> rusqlite::Result<Kind> {
    let code = row.get(column)?;
    Kind::of(code).ok_or_else(|| FromSqlError::OutOfRange(code).into())
}

pub(super) fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

impl Range {
    pub(super) fn since(&self) -> i64 {
        self.since_ms.unwrap_or(i64::MIN)
    }

    pub(super) fn until(&self) -> i64 {
        self.until_ms.unwrap_or(i64::MAX)
    }
}
