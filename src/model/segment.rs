//! The compact index rows of one block of a source: contiguous, arena-backed, immutable once sent.

use super::{Format, Outcome, ResultSet, Verdict, Wrapping};

/// An index into [`Segment::names`] (or, once ingested, into the store's names).
pub type NameId = u16;

/// The definition of a sub-task that names none.
pub const NO_DEFINITION: u32 = u32::MAX;

/// What a row's flags say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowFlags(pub u16);

impl RowFlags {
    /// The event carries a cover picture URL.
    pub const HAS_COVER: Self = Self(1);
    /// A moderation result says `block` or `review`.
    pub const MODERATION_HIT: Self = Self(2);
    /// The top-level code is an error though every listed sub-task succeeded: one is missing.
    pub const SUB_TASK_MISSING: Self = Self(4);
    /// The record is JSON inside another text and must be unwrapped before it is read; with
    /// `WRAPPED_TWICE` and `DOUBLED`, how: see [`RowFlags::wrapping`].
    pub const ESCAPED: Self = Self(8);
    /// The payload has more sub-tasks or longer names than a row can hold.
    pub const ABRIDGED: Self = Self(16);
    /// `begin` is the task's creation time: no sub-task told when it began.
    pub const BEGIN_IS_CREATE: Self = Self(32);
    /// The record was repaired on request before it could be read.
    pub const REPAIRED: Self = Self(64);
    const WRAPPED_TWICE: Self = Self(128);
    const DOUBLED: Self = Self(256);
    /// The record is a delivery in the archive, which its offset names.
    pub const ARCHIVED: Self = Self(512);

    /// Whether all of `other` is set.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Sets all of `other`.
    pub fn insert(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// How the record is spelled where it stands.
    #[must_use]
    pub fn wrapping(self) -> Wrapping {
        let is_twice = self.contains(Self::WRAPPED_TWICE);
        match (self.contains(Self::ESCAPED), self.contains(Self::DOUBLED)) {
            (false, _) => Wrapping::Plain,
            (true, false) if is_twice => Wrapping::EscapedTwice,
            (true, false) => Wrapping::Escaped,
            (true, true) if is_twice => Wrapping::DoubledEscaped,
            (true, true) => Wrapping::Doubled,
        }
    }
}

impl From<Wrapping> for RowFlags {
    fn from(wrapping: Wrapping) -> Self {
        let flags: &[Self] = match wrapping {
            Wrapping::Plain => &[],
            Wrapping::Escaped => &[Self::ESCAPED],
            Wrapping::EscapedTwice => &[Self::ESCAPED, Self::WRAPPED_TWICE],
            Wrapping::Doubled => &[Self::ESCAPED, Self::DOUBLED],
            Wrapping::DoubledEscaped => &[Self::ESCAPED, Self::DOUBLED, Self::WRAPPED_TWICE],
        };
        flags
            .iter()
            .fold(Self::default(), |all, flag| Self(all.0 | flag.0))
    }
}

/// One event. Texts stand in [`Segment::text`], one after another from `text_start`:
/// TaskId, FileId, FileName, then further ids (session id, linked tasks, more files) each after a NUL.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Row {
    /// Byte offset of the record in its source, after decompression and transcoding.
    pub offset: u64,
    /// Hash of the payload without its envelope: identical redeliveries agree in it.
    pub checksum: u64,
    /// Length of the record in bytes.
    pub len: u32,
    /// Line of the record, counted from 0 at the segment's first line.
    pub line: u32,
    pub text_start: u32,
    pub name_len: u32,
    pub task_id_len: u16,
    pub file_id_len: u16,
    pub extra_len: u16,
    pub sub_len: u16,
    pub sub_start: u32,
    /// Unix seconds of the earliest begin; 0 when the event tells none.
    pub begin: u32,
    /// Unix seconds of the latest finish (for a running task: of the latest known time); 0 when none.
    pub finish: u32,
    /// Media duration in seconds; negative when unknown.
    pub duration_secs: f32,
    pub event_type: NameId,
    /// Status, verbatim.
    pub status: NameId,
    /// The task's own ErrCodeExt or ErrCode as text; the empty name when there is none.
    pub code: NameId,
    pub flags: RowFlags,
    pub format: Format,
    pub verdict: Verdict,
}

/// One sub-task of a [`Row`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SubRow {
    /// Template number; [`NO_DEFINITION`] when there is none.
    pub definition: u32,
    /// `Type`, verbatim.
    pub kind: NameId,
    /// ErrCodeExt, else a non-zero ErrCode as text, else the empty name.
    pub code: NameId,
    pub set: ResultSet,
    pub outcome: Outcome,
    /// Percent 0–100; 255 when the event tells none.
    pub progress: u8,
}

/// The rows of one block. Names are interned in the segment; name 0 is always empty.
#[derive(Clone, Debug)]
pub struct Segment {
    /// Line number (from 1) of the segment's first line in its source.
    pub first_line: u64,
    pub rows: Vec<Row>,
    pub sub_rows: Vec<SubRow>,
    pub text: String,
    pub names: Vec<Box<str>>,
}

impl Default for Segment {
    fn default() -> Self {
        Self {
            first_line: 1,
            rows: Vec::new(),
            sub_rows: Vec::new(),
            text: String::new(),
            names: vec![Box::from("")],
        }
    }
}

impl Segment {
    /// The TaskId of a row, empty when the event has none.
    pub fn task_id(&self, row: &Row) -> &str {
        self.text_at(row.text_start, usize::from(row.task_id_len))
    }

    /// The (first) FileId of a row, empty when the event has none.
    pub fn file_id(&self, row: &Row) -> &str {
        let start = row.text_start.saturating_add(u32::from(row.task_id_len));
        self.text_at(start, usize::from(row.file_id_len))
    }

    /// The media's file name, empty when the event has none.
    pub fn file_name(&self, row: &Row) -> &str {
        let start = row
            .text_start
            .saturating_add(u32::from(row.task_id_len))
            .saturating_add(u32::from(row.file_id_len));
        self.text_at(start, usize::try_from(row.name_len).unwrap_or(usize::MAX))
    }

    /// Further ids of a row, separated by NUL.
    pub fn extra_ids<'a>(&'a self, row: &Row) -> impl Iterator<Item = &'a str> + use<'a> {
        let start = row
            .text_start
            .saturating_add(u32::from(row.task_id_len))
            .saturating_add(u32::from(row.file_id_len))
            .saturating_add(row.name_len);
        self.text_at(start, usize::from(row.extra_len))
            .split('\0')
            .filter(|id| !id.is_empty())
    }

    /// The sub-tasks of a row in event order.
    pub fn sub_rows(&self, row: &Row) -> &[SubRow] {
        let start = usize::try_from(row.sub_start).unwrap_or(usize::MAX);
        let end = start.saturating_add(usize::from(row.sub_len));
        self.sub_rows.get(start..end).unwrap_or_default()
    }

    /// The name behind an id; empty for an id this segment does not hold.
    pub fn name(&self, id: NameId) -> &str {
        self.names.get(usize::from(id)).map_or("", |name| name)
    }

    fn text_at(&self, start: u32, len: usize) -> &str {
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        self.text
            .get(start..start.saturating_add(len))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{RowFlags, Wrapping};

    #[test]
    fn flags_keep_every_wrapping() {
        for wrapping in [
            Wrapping::Plain,
            Wrapping::Escaped,
            Wrapping::EscapedTwice,
            Wrapping::Doubled,
            Wrapping::DoubledEscaped,
        ] {
            let flags = RowFlags::from(wrapping);
            assert_eq!(flags.wrapping(), wrapping);
            let is_plain = wrapping == Wrapping::Plain;
            assert_eq!(flags.contains(RowFlags::ESCAPED), !is_plain);
        }
    }
}
