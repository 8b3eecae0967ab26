//! Keeps the place of a list in the archive, and goes on from it.

use serde::Deserialize;

use crate::archive::Summary;
use crate::job::Cancel;
use crate::model::{
    ArchiveFault, CLOUD_MEMORY_SECS, ListPlace, LiveNews, TaskQuery, now_unix, now_unix_ms,
};
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
        let archive = self.keeper.archive();
        let kept = archive.begin_pull(&self.keeper.account, query, now_unix_ms());
        let pull = self.checked(kept)?;
        self.listing(pull, query)
    }

    fn listing(&mut self, pull: i64, query: &TaskQuery) -> Result<(), Stop> {
        self.listing = Some((pull, query.clone()));
        Ok(self.teller.news(LiveNews::Listing { pull })?)
    }

    /// Tells what an earlier pull listed, and asks for the details that are missing. Where its
    /// list goes on; the whole of `query`, when there is no such pull any more.
    pub(super) fn restore(
        &mut self,
        (id, query): (i64, &TaskQuery),
        cancel: &Cancel,
    ) -> Result<(TaskQuery, ListPlace), Stop> {
        let archive = self.keeper.archive();
        let found = archive.unfinished_pull(&self.keeper.account, id);
        let Some(pull) = self.checked(found)? else {
            self.begin(query)?;
            return Ok((query.clone(), ListPlace::default()));
        };
        self.listing(id, &pull.query)?;
        self.progress.pages = pull.pages;
        let listed = self.keeper.archive().summaries_of(id);
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

    /// Everything that was asked for is here, and with it what earlier pulls still missed of the
    /// same.
    pub(super) fn finish(&self) -> Result<(), Stop> {
        let Some((id, query)) = &self.listing else {
            return Ok(());
        };
        let archive = self.keeper.archive();
        let oldest = now_unix() - CLOUD_MEMORY_SECS;
        for pull in self.checked(archive.unfinished_pulls(&self.keeper.account))? {
            if pull.id == *id || (pull.id < *id && query.covers(&pull.query, oldest)) {
                self.checked(archive.end_pull(pull.id))?;
            }
        }
        Ok(())
    }

    fn checked<T>(&self, result: Result<T, ArchiveFault>) -> Result<T, Stop> {
        result.map_err(|why| self.teller.archive_failed(why))
    }
}

/// An entry that is damaged is asked for like one that is gone.
fn unless_damaged(why: ArchiveFault) -> Result<Option<Vec<u8>>, ArchiveFault> {
    match why {
        ArchiveFault::Entry { .. } => Ok(None),
        why => Err(why),
    }
}
