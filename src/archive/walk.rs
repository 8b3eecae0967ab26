//! Going through a range of deliveries, as far as they were there when it began.

use crate::model::ArchiveFault;

use super::{Archive, Extent, Range, Record};

/// Deliveries in the order of their numbers, a few at a time.
#[derive(Debug)]
pub struct Walk {
    archive: Archive,
    range: Range,
    extent: Extent,
    after: i64,
}

impl Walk {
    pub fn new(archive: Archive, range: Range) -> Result<Self, ArchiveFault> {
        let extent = archive.extent(&range)?;
        Ok(Self {
            archive,
            range,
            after: extent.first.unwrap_or_default().saturating_sub(1),
            extent,
        })
    }

    /// What there was to go through at the beginning.
    pub fn extent(&self) -> &Extent {
        &self.extent
    }

    /// The next deliveries: at least one, and no more once they have `max_bytes` together. `None`
    /// after the last.
    pub fn next_chunk(&mut self, max_bytes: usize) -> Result<Option<Vec<Record>>, ArchiveFault> {
        // What arrived meanwhile is not gone through, or this might never end.
        let Some(last) = self.extent.last.filter(|last| self.after < *last) else {
            return Ok(None);
        };
        let mut records = self.archive.next(self.after, &self.range, max_bytes)?;
        let Some(newest) = records.last() else {
            return Ok(None);
        };
        self.after = newest.delivery;
        records.retain(|record| record.delivery <= last);
        Ok(Some(records))
    }
}
