//! How far pulls of task lists have come, so that one that broke off can go on another day.
//!
//! An account has one such pull at most: the one begun last. It is told by when it was begun, so
//! that a pull never moves or removes the place of a later one.

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::model::{ArchiveFault, ListPlace, TaskQuery, UnfinishedPull};

use super::read::unsigned;
use super::{Archive, Kind, Range, Received, Stored};

/// One page of a list, for the archive.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    pub account: &'a str,
    /// Of the pull it belongs to.
    pub begun_ms: i64,
    /// Where the list goes on after it.
    pub next: &'a ListPlace,
    pub pages: u64,
    pub listed: u64,
    pub unix_ms: i64,
}

/// A task's entry in a list that was pulled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub delivery: i64,
    pub task_id: String,
}

impl Archive {
    /// Notes that a pull begins, in place of the account's earlier one.
    pub fn begin_pull(
        &self,
        account: &str,
        query: &TaskQuery,
        begun_ms: i64,
    ) -> Result<(), ArchiveFault> {
        let query = serde_json::to_string(query).map_err(|error| ArchiveFault::Other {
            why: error.to_string(),
        })?;
        let sql = "INSERT OR REPLACE INTO pulls
                   (account, query, part, scroll_token, pages, listed, begun_ms, updated_ms)
                   VALUES (?1, ?2, 0, '', 0, 0, ?3, ?3)";
        let mut insert = self.connection.prepare_cached(sql)?;
        insert.execute(params![account, query, begun_ms])?;
        Ok(())
    }

    /// Stores the entries of a page and where the list goes on: both or nothing.
    pub fn store_page(
        &mut self,
        received: &[Received<'_>],
        page: &Page<'_>,
    ) -> Result<Vec<Stored>, ArchiveFault> {
        self.store_and(received, |connection| go_on(connection, page))
    }

    /// The account's pull that has not brought everything.
    pub fn unfinished_pull(&self, account: &str) -> Result<Option<UnfinishedPull>, ArchiveFault> {
        let sql = "SELECT query, part, scroll_token, pages, listed, begun_ms, updated_ms
                   FROM pulls WHERE account = ?1";
        let mut select = self.connection.prepare_cached(sql)?;
        Ok(select.query_row([account], unfinished).optional()?)
    }

    /// A pull has brought everything, or what is left of it is not wanted.
    pub fn end_pull(&self, account: &str, begun_ms: i64) -> Result<(), ArchiveFault> {
        let sql = "DELETE FROM pulls WHERE account = ?1 AND begun_ms = ?2";
        let mut delete = self.connection.prepare_cached(sql)?;
        delete.execute(params![account, begun_ms])?;
        Ok(())
    }

    /// The entries that were listed for an account since then, the newest of each task.
    pub fn summaries_since(
        &self,
        account: &str,
        since_ms: i64,
    ) -> Result<Vec<Summary>, ArchiveFault> {
        let sql = "SELECT max(d.id), e.task_id FROM deliveries d JOIN events e ON e.id = d.event
                   WHERE d.at_ms >= ?2 AND d.account = ?1 AND d.kind = ?3 AND e.task_id <> ''
                   GROUP BY e.task_id ORDER BY 1";
        let mut select = self.connection.prepare_cached(sql)?;
        let asked = params![account, since_ms, Kind::TaskSummary.code()];
        let rows = select.query_map(asked, |row| {
            Ok(Summary {
                delivery: row.get(0)?,
                task_id: row.get(1)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What pulls listed in this time is deleted, so they cannot go on.
    pub(super) fn forget_pulls(&self, range: &Range) -> Result<(), ArchiveFault> {
        let sql = "DELETE FROM pulls WHERE updated_ms >= ?1 AND begun_ms < ?2";
        let mut delete = self.connection.prepare_cached(sql)?;
        delete.execute(params![range.since(), range.until()])?;
        Ok(())
    }
}

fn go_on(connection: &Connection, page: &Page<'_>) -> Result<(), ArchiveFault> {
    let sql = "UPDATE pulls SET part = ?3, scroll_token = ?4, pages = ?5, listed = ?6,
               updated_ms = ?7 WHERE account = ?1 AND begun_ms = ?2";
    let mut update = connection.prepare_cached(sql)?;
    update.execute(params![
        page.account,
        page.begun_ms,
        page.next.part,
        page.next.scroll_token,
        page.pages,
        page.listed,
        page.unix_ms,
    ])?;
    Ok(())
}

fn unfinished(row: &Row<'_>) -> rusqlite::Result<UnfinishedPull> {
    let query: String = row.get(0)?;
    let query = serde_json::from_str(&query)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, error.into()))?;
    Ok(UnfinishedPull {
        query,
        next: ListPlace {
            part: row.get(1)?,
            scroll_token: row.get(2)?,
        },
        pages: unsigned(row.get(3)?),
        listed: unsigned(row.get(4)?),
        begun_ms: row.get(5)?,
        updated_ms: row.get(6)?,
    })
}
