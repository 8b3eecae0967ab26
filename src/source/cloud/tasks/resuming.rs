//! Keeps the place of a list in the archive, and goes on from it.

use serde::Deserialize;

use crate::archive::Summary;
use crate::job::Cancel;
use crate::model::{ArchiveFault, ListPlace, TaskQuery, now_unix_ms};
use crate::source::cloud::keeper::Stop;

use super::Pulling;

/// Entries that are read and told at a time.
const AT_ONCE: usize = 100;

/// What an entry of a list says of its place in time.
#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Listed {
    create_time: String,
}

impl Pulling<'_> {
    /// A list begins: from here on its place is kept.
    pub(super) fn begin(&mut self, query: &TaskQuery) -> Result<(), Stop> {
        let begun_ms = now_unix_ms();
        let archive = self.keeper.archive();
        let kept = archive.begin_pull(&self.keeper.account, query, begun_ms);
        self.checked(kept)?;
        self.begun_ms = Some(begun_ms);
        Ok(())
    }

    /// Tells what an earlier pull listed, and asks for the details that are missing. Where its
    /// list goes on; the whole of `query`, when there is no such pull.
    pub(super) fn restore(
        &mut self,
        query: &TaskQuery,
        cancel: &Cancel,
    ) -> Result<(TaskQuery, ListPlace), Stop> {
        let found = self.keeper.archive().unfinished_pull(&self.keeper.account);
        let Some(pull) = self.checked(found)? else {
            self.begin(query)?;
            return Ok((query.clone(), ListPlace::default()));
        };
        self.begun_ms = Some(pull.begun_ms);
        self.progress.pages = pull.pages;
        let archive = self.keeper.archive();
        let listed = archive.summaries_since(&self.keeper.account, pull.begun_ms);
        for some in self.checked(listed)?.chunks(AT_ONCE) {
            if cancel.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            self.restore_some(some)?;
            self.tell_progress(false)?;
        }
        Ok((pull.query, pull.next))
    }

    fn restore_some(&mut self, listed: &[Summary]) -> Result<(), Stop> {
        let mut rows = Vec::new();
        for Summary { delivery, task_id } in listed {
            if !self.is_new(task_id) {
                continue;
            }
            self.progress.listed += 1;
            if self.known.contains(task_id) {
                self.tell_archived(task_id)?;
                continue;
            }
            let entry = self.keeper.archive().read(*delivery);
            let entry = entry.map_or_else(unless_damaged, Ok);
            let entry = self.checked(entry)?.unwrap_or_default();
            let listed: Listed = serde_json::from_slice(&entry).unwrap_or_default();
            self.want(task_id, &listed.create_time);
            if !entry.is_empty() {
                rows.push((*delivery, entry));
            }
        }
        let rows: Vec<(i64, &[u8])> = rows.iter().map(|(at, row)| (*at, row.as_slice())).collect();
        Ok(self.keeper.tell(self.teller, &rows)?)
    }

    /// Everything that was asked for is here.
    pub(super) fn finish(&self) -> Result<(), Stop> {
        let Some(begun_ms) = self.begun_ms else {
            return Ok(());
        };
        let archive = self.keeper.archive();
        self.checked(archive.end_pull(&self.keeper.account, begun_ms))
    }

    fn checked<T>(&self, result: Result<T, ArchiveFault>) -> Result<T, Stop> {
        result.map_err(|why| self.teller.archive_failed(why))
    }
}

/// An entry that is damaged is asked for like one that is gone.
fn unless_damaged(why: ArchiveFault) -> Result<Option<Vec<u8>>, ArchiveFault> {
    match why {
        ArchiveFault::Corrupt { .. } => Ok(None),
        why => Err(why),
    }
}
