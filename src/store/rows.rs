//! The rows of all segments under one numbering.

use std::ops::Range;

use crate::model::{RawRef, Row, Segment, SourceId};

/// A row by its segment and its place there: found without a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RowAt {
    pub(super) segment: u32,
    pub(super) local: u32,
}

/// A segment, where it came from, and the number of its first row.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) source: SourceId,
    pub(super) first_row: u32,
    pub(super) segment: Segment,
}

impl Held {
    pub(super) fn row_id(&self, local: usize) -> u32 {
        let local = u32::try_from(local).unwrap_or(u32::MAX);
        self.first_row.saturating_add(local)
    }

    pub(super) fn line(&self, row: &Row) -> u64 {
        self.segment.first_line + u64::from(row.line)
    }

    pub(super) fn raw(&self, row: &Row) -> RawRef {
        RawRef {
            source: self.source,
            offset: row.offset,
            len: row.len,
            checksum: row.checksum,
            format: row.format,
            wrapping: row.flags.wrapping(),
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Rows {
    held: Vec<Held>,
    len: u32,
}

impl Rows {
    /// Keeps a segment and gives the numbers of its rows.
    pub(super) fn push(&mut self, source: SourceId, mut segment: Segment) -> Range<u32> {
        straighten(&mut segment);
        segment.rows.shrink_to_fit();
        segment.sub_rows.shrink_to_fit();
        segment.text.shrink_to_fit();
        let first_row = self.len;
        let room = usize::try_from(u32::MAX - first_row).unwrap_or(usize::MAX);
        segment.rows.truncate(room);
        self.len += u32::try_from(segment.rows.len()).unwrap_or(0);
        self.held.push(Held {
            source,
            first_row,
            segment,
        });
        first_row..self.len
    }

    pub(super) fn len(&self) -> usize {
        self.len as usize
    }

    pub(super) fn held(&self) -> &[Held] {
        &self.held
    }

    pub(super) fn take_held(&mut self) -> Vec<Held> {
        self.len = 0;
        std::mem::take(&mut self.held)
    }

    /// Where a row stands.
    pub(super) fn locate(&self, row: u32) -> RowAt {
        let after = self.held.partition_point(|held| held.first_row <= row);
        let segment = after.saturating_sub(1);
        let first = self.held.get(segment).map_or(0, |held| held.first_row);
        RowAt {
            segment: u32::try_from(segment).unwrap_or(u32::MAX),
            local: row - first,
        }
    }

    pub(super) fn at(&self, at: RowAt) -> Option<(&Held, &Row)> {
        let held = self.held.get(at.segment as usize)?;
        let row = held.segment.rows.get(at.local as usize)?;
        Some((held, row))
    }

    pub(super) fn row(&self, row: u32) -> Option<(&Held, &Row)> {
        self.at(self.locate(row))
    }

    pub(super) fn memory_bytes(&self) -> usize {
        self.held.iter().map(held_bytes).sum()
    }
}

fn held_bytes(held: &Held) -> usize {
    let segment = &held.segment;
    size_of::<Held>()
        + segment.rows.capacity() * size_of::<Row>()
        + segment.sub_rows.capacity() * size_of::<crate::model::SubRow>()
        + segment.text.capacity()
}

/// The bytes of the arena that belong to a row.
pub(super) fn text_range(row: &Row) -> Range<usize> {
    let start = row.text_start as usize;
    let len = usize::from(row.task_id_len)
        + usize::from(row.file_id_len)
        + row.name_len as usize
        + usize::from(row.extra_len);
    start..start + len
}

/// Searching walks texts and rows side by side, so both must be in the same order.
fn straighten(segment: &mut Segment) {
    let mut end = 0;
    let straight = segment.rows.iter().all(|row| {
        let range = text_range(row);
        let follows = range.start >= end;
        end = range.end;
        follows && end <= segment.text.len()
    });
    if !straight {
        rewrite_text(segment);
    }
}

fn rewrite_text(segment: &mut Segment) {
    let mut text = String::with_capacity(segment.text.len());
    for row in &mut segment.rows {
        let own = segment.text.get(text_range(row));
        if own.is_none() {
            (row.task_id_len, row.file_id_len) = (0, 0);
            (row.name_len, row.extra_len) = (0, 0);
        }
        row.text_start = u32::try_from(text.len()).unwrap_or(u32::MAX);
        text.push_str(own.unwrap_or_default());
    }
    segment.text = text;
}
