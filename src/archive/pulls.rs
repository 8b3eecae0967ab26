//! How far pulls of task lists have come, so that one that broke off can go on another day.

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::model::{ArchiveFault, CLOUD_MEMORY_SECS, ListPlace, TaskQuery, UnfinishedPull};

use super::read::unsigned;
use super::{Archive, Received, Stored};

/// One page of a list, for the archive.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The number of the pull it belongs to.
    pub pull: i64,
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

const COLUMNS: &str = "id, query, part, scroll_token, pages, listed, begun_ms, updated_ms";

impl Archive {
    /// Notes that a pull begins, and gives it a number. Pulls of which the cloud has forgotten
    /// everything are forgotten here, too.
    pub fn begin_pull(
        &self,
        account: &str,
        query: &TaskQuery,
        begun_ms: i64,
    ) -> Result<i64, ArchiveFault> {
        let oldest_ms = begun_ms - CLOUD_MEMORY_SECS * 1_000;
        let sql = "DELETE FROM pulls WHERE account = ?1 AND updated_ms < ?2";
        self.connection.execute(sql, params![account, oldest_ms])?;
        let query = serde_json::to_string(query).map_err(|error| ArchiveFault::Other {
            why: error.to_string(),
        })?;
        let sql = "INSERT INTO pulls
                   (account, query, part, scroll_token, pages, listed, begun_ms, updated_ms)
                   VALUES (?1, ?2, 0, '', 0, 0, ?3, ?3)";
        let mut insert = self.connection.prepare_cached(sql)?;
        insert.execute(params![account, query, begun_ms])?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Stores the entries of a page and where the list goes on: both or nothing.
    pub fn store_page(
        &mut self,
        received: &[Received<'_>],
        page: &Page<'_>,
    ) -> Result<Vec<Stored>, ArchiveFault> {
        self.store_and(received, |connection, stored| {
            go_on(connection, page, stored)
        })
    }

    /// The account's pulls that have not brought everything, the newest first.
    pub fn unfinished_pulls(&self, account: &str) -> Result<Vec<UnfinishedPull>, ArchiveFault> {
        let sql = format!("SELECT {COLUMNS} FROM pulls WHERE account = ?1 ORDER BY id DESC");
        let mut select = self.connection.prepare_cached(&sql)?;
        let rows = select.query_map([account], unfinished)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One of them by its number.
    pub fn unfinished_pull(
        &self,
        account: &str,
        id: i64,
    ) -> Result<Option<UnfinishedPull>, ArchiveFault> {
        let sql = format!("SELECT {COLUMNS} FROM pulls WHERE account = ?1 AND id = ?2");
        let mut select = self.connection.prepare_cached(&sql)?;
        Ok(select
            .query_row(params![account, id], unfinished)
            .optional()?)
    }

    /// A pull has brought everything, or what is left of it is not wanted.
    pub fn end_pull(&self, id: i64) -> Result<(), ArchiveFault> {
        let mut delete = self
            .connection
            .prepare_cached("DELETE FROM pulls WHERE id = ?1")?;
        delete.execute([id])?;
        Ok(())
    }

    /// The entries that a pull has listed, in its order, the newest of each task.
    pub fn summaries_of(&self, pull: i64) -> Result<Vec<Summary>, ArchiveFault> {
        let sql = "SELECT l.delivery, e.task_id, max(l.id) FROM listed l
                   JOIN deliveries d ON d.id = l.delivery
                   JOIN events e ON e.id = d.event
                   WHERE l.pull = ?1 AND e.task_id <> ''
                   GROUP BY e.task_id ORDER BY 3";
        let mut select = self.connection.prepare_cached(sql)?;
        let rows = select.query_map([pull], |row| {
            Ok(Summary {
                delivery: row.get(0)?,
                task_id: row.get(1)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Notes where the list goes on, and what the page held.
fn go_on(connection: &Connection, page: &Page<'_>, stored: &[Stored]) -> Result<(), ArchiveFault> {
    let sql = "UPDATE pulls SET part = ?2, scroll_token = ?3, pages = ?4, listed = ?5,
               updated_ms = ?6 WHERE id = ?1";
    let mut update = connection.prepare_cached(sql)?;
    let moved = update.execute(params![
        page.pull,
        page.next.part,
        page.next.scroll_token,
        page.pages,
        page.listed,
        page.unix_ms,
    ])?;
    if moved == 0 {
        // It was forgotten meanwhile, and has no place to keep.
        return Ok(());
    }
    let sql = "INSERT INTO listed (pull, delivery) VALUES (?1, ?2)";
    let mut insert = connection.prepare_cached(sql)?;
    for stored in stored {
        insert.execute(params![page.pull, stored.delivery])?;
    }
    Ok(())
}

fn unfinished(row: &Row<'_>) -> rusqlite::Result<UnfinishedPull> {
    let query: String = row.get(1)?;
    let query = serde_json::from_str(&query)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(1, Type::Text, error.into()))?;
    Ok(UnfinishedPull {
        id: row.get(0)?,
        query,
        next: ListPlace {
            part: row.get(2)?,
            scroll_token: row.get(3)?,
        },
        pages: unsigned(row.get(4)?),
        listed: unsigned(row.get(5)?),
        begun_ms: row.get(6)?,
        updated_ms: row.get(7)?,
    })
}
