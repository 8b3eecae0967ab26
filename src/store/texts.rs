//! Where each row's texts stand: all that searching asks of a row, in a list of its own, for a
//! search goes through it from end to end.

use std::ops::Range;

use crate::model::{Row, Segment};

/// The texts of one row: TaskId, FileId, name and further ids, one after another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Texts {
    start: u32,
    name_len: u32,
    task_id_len: u16,
    file_id_len: u16,
    extra_len: u16,
}

impl Texts {
    /// Those of all rows of a segment.
    pub(super) fn of(segment: &Segment) -> Box<[Self]> {
        segment.rows.iter().map(Self::from).collect()
    }

    /// The bytes of the arena that belong to the row.
    pub(super) fn range(&self) -> Range<usize> {
        let start = self.start as usize;
        start..start + self.lens().into_iter().sum::<usize>()
    }

    /// Whether a word lies inside one text: it may as well run from one into the next.
    pub(super) fn hold(&self, word: &Range<usize>) -> bool {
        let mut end = self.start as usize;
        self.lens().into_iter().any(|len| {
            let text = end..end + len;
            end = text.end;
            text.start <= word.start && word.end <= text.end
        })
    }

    fn lens(&self) -> [usize; 4] {
        [
            usize::from(self.task_id_len),
            usize::from(self.file_id_len),
            self.name_len as usize,
            usize::from(self.extra_len),
        ]
    }
}

impl From<&Row> for Texts {
    fn from(row: &Row) -> Self {
        Self {
            start: row.text_start,
            name_len: row.name_len,
            task_id_len: row.task_id_len,
            file_id_len: row.file_id_len,
            extra_len: row.extra_len,
        }
    }
}

/// The place of the last row whose texts begin at or before `offset`, galloping on from `place`.
pub(super) fn row_at(rows: &[Texts], place: usize, offset: usize) -> usize {
    let begins = |row: &Texts| row.start as usize <= offset;
    let (mut low, mut step) = (place, 1);
    while rows.get(low + step).is_some_and(begins) {
        low += step;
        step *= 2;
    }
    let tail = rows
        .get(low..rows.len().min(low + step))
        .unwrap_or_default();
    low + tail.partition_point(begins).saturating_sub(1)
}
