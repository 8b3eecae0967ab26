//! How much of each kind there is.

use rusqlite::params;

use crate::model::ArchiveFault;

use super::read::{kind, unsigned};
use super::{Archive, Kind, Range};

/// Deliveries of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindCount {
    pub kind: Kind,
    pub deliveries: u64,
    /// As they arrived.
    pub bytes: u64,
}

impl Archive {
    /// The kinds that a range holds, in their own order.
    pub fn kinds(&self, range: &Range) -> Result<Vec<KindCount>, ArchiveFault> {
        let sql = "SELECT kind, count(*), ifnull(sum(len), 0) FROM deliveries
                   WHERE at_ms >= ?1 AND at_ms < ?2 GROUP BY kind ORDER BY kind";
        let mut select = self.connection.prepare(sql)?;
        let counts = select.query_map(params![range.since(), range.until()], |row| {
            Ok(KindCount {
                kind: kind(row, 0)?,
                deliveries: unsigned(row.get(1)?),
                bytes: unsigned(row.get(2)?),
            })
        })?;
        Ok(counts.collect::<Result<_, _>>()?)
    }
}
