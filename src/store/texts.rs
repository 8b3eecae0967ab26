//! Where each row's texts stand: all that searching asks of a row, in a list of its own, for a
//! search goes through it from end to end.

use std::ops::Range;

use crate::model::{Row, Segment};

/// Most rows are longer, so few rows begin within so many bytes.
const STEP: usize = 64;

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

/// The texts of all rows of a segment, and which row is near a place in the arena.
#[derive(Debug)]
pub(super) struct Layout {
    rows: Box<[Texts]>,
    /// For every so many bytes of the arena the row that the first of them belongs to.
    near: Box<[u32]>,
}

impl Layout {
    pub(super) fn of(segment: &Segment) -> Self {
        let rows: Box<[Texts]> = segment.rows.iter().map(Texts::from).collect();
        let mut place = 0;
        let near = (0..=segment.text.len()).step_by(STEP).map(|offset| {
            place = row_from(&rows, place, offset);
            u32::try_from(place).unwrap_or(u32::MAX)
        });
        let near = near.collect();
        Self { rows, near }
    }

    pub(super) fn rows(&self) -> &[Texts] {
        &self.rows
    }

    /// The place of the last row whose texts begin at or before `offset`; it is not before
    /// `place`.
    #[inline]
    pub(super) fn row_at(&self, place: usize, offset: usize) -> usize {
        let near = self.near.get(offset / STEP).copied().unwrap_or(0);
        row_from(&self.rows, place.max(near as usize), offset)
    }

    pub(super) fn memory_bytes(&self) -> usize {
        size_of::<Self>() + size_of_val(&*self.rows) + size_of_val(&*self.near)
    }
}

/// The place of the last row that begins at or before `offset`, from `place` on.
fn row_from(rows: &[Texts], place: usize, offset: usize) -> usize {
    let after = rows.get(place + 1..).unwrap_or_default().iter();
    let begin = after.take_while(|row| row.start as usize <= offset);
    place + begin.count()
}

#[cfg(test)]
mod tests {
    use super::Layout;
    use crate::model::{Row, Segment};

    #[test]
    fn every_byte_is_of_the_last_row_that_begins_before_it() {
        let lens = [0, 3, 0, 0, 200, 1, 64, 63, 0, 65, 1, 1, 1, 130, 0];
        let mut segment = Segment::default();
        let mut rows_of_bytes = Vec::new();
        for (place, len) in lens.into_iter().enumerate() {
            segment.rows.push(Row {
                text_start: u32::try_from(segment.text.len()).unwrap(),
                name_len: u32::try_from(len).unwrap(),
                ..Row::default()
            });
            segment.text += &"a".repeat(len);
            rows_of_bytes.extend(std::iter::repeat_n(place, len));
        }
        let layout = Layout::of(&segment);
        let mut last = 0;
        for (offset, row) in rows_of_bytes.into_iter().enumerate() {
            last = layout.row_at(last, offset);
            assert_eq!((layout.row_at(0, offset), last), (row, row), "{offset}");
        }
    }
}
