//! Collects rows in a segment: texts in one arena, names interned, and a way back when a record
//! turns out to be none.

use std::collections::HashMap;

use super::scan::RawString;
use super::{Decoded, LocalProblem};
use crate::model::{NameId, Reason, Row, RowFlags, Segment, SubRow};

/// Slots of the cache that spares hashing for names seen lately.
const CACHE_SLOTS: usize = 256;

/// A segment in the making.
#[derive(Debug)]
pub(crate) struct Builder {
    pub(crate) segment: Segment,
    pub(crate) problems: Vec<LocalProblem>,
    /// Lines of text without JSON.
    text_lines: u64,
    /// Rows there were when the last problem was pushed.
    rows_before_problem: usize,
    /// Further ids of the record being read, each after a NUL.
    pub(crate) extra: String,
    ids: HashMap<Box<str>, NameId>,
    cache: Box<[NameId; CACHE_SLOTS]>,
    names_are_full: bool,
}

/// How full the arenas were, to go back to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    rows: usize,
    sub_rows: usize,
    text: usize,
    problems: usize,
    text_lines: u64,
    rows_before_problem: usize,
}

/// The three texts every row has.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RowTexts<'a> {
    pub(crate) task_id: Option<RawString<'a>>,
    pub(crate) file_id: Option<RawString<'a>>,
    pub(crate) file_name: Option<RawString<'a>>,
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self {
            segment: Segment::default(),
            problems: Vec::new(),
            text_lines: 0,
            rows_before_problem: 0,
            extra: String::new(),
            ids: HashMap::new(),
            cache: Box::new([0; CACHE_SLOTS]),
            names_are_full: false,
        }
    }

    /// What was collected since the last time; the builder starts anew.
    pub(crate) fn take(&mut self) -> Decoded {
        self.ids.clear();
        self.cache.fill(0);
        self.rows_before_problem = 0;
        Decoded {
            segment: std::mem::take(&mut self.segment),
            problems: std::mem::take(&mut self.problems),
            text_lines: std::mem::take(&mut self.text_lines),
            ..Decoded::default()
        }
    }

    pub(crate) fn mark(&self) -> Mark {
        Mark {
            rows: self.segment.rows.len(),
            sub_rows: self.segment.sub_rows.len(),
            text: self.segment.text.len(),
            problems: self.problems.len(),
            text_lines: self.text_lines,
            rows_before_problem: self.rows_before_problem,
        }
    }

    /// Forgets rows and problems since the mark. Names stay: they cost little.
    pub(crate) fn back_to(&mut self, mark: Mark) {
        self.segment.rows.truncate(mark.rows);
        self.segment.sub_rows.truncate(mark.sub_rows);
        self.segment.text.truncate(mark.text);
        self.problems.truncate(mark.problems);
        self.text_lines = mark.text_lines;
        self.rows_before_problem = mark.rows_before_problem;
        self.extra.clear();
    }

    /// Adds a problem of text between records. Lines of text that follow each other are one.
    pub(crate) fn push_text(&mut self, problem: LocalProblem) {
        self.text_lines += u64::from(problem.reason == Reason::NoJson);
        let follows = self.rows_before_problem == self.segment.rows.len();
        if let Some(last) = self.problems.last_mut()
            && last.reason == problem.reason
        {
            let gap = problem.offset.saturating_sub(last.offset + last.len);
            if gap <= 2 || follows && last.reason == Reason::NoJson {
                last.len = problem.offset + problem.len - last.offset;
                return;
            }
        }
        self.rows_before_problem = self.segment.rows.len();
        self.problems.push(problem);
    }

    pub(crate) fn row_count(&self) -> usize {
        self.segment.rows.len()
    }

    pub(crate) fn sub_row_count(&self) -> usize {
        self.segment.sub_rows.len()
    }

    pub(crate) fn forget_sub_rows(&mut self, count: usize) {
        self.segment.sub_rows.truncate(count);
    }

    pub(crate) fn sub_rows_from(&self, start: usize) -> &[SubRow] {
        self.segment.sub_rows.get(start..).unwrap_or_default()
    }

    pub(crate) fn push_sub_row(&mut self, row: SubRow) {
        self.segment.sub_rows.push(row);
    }

    /// Adds a further id of the record being read.
    pub(crate) fn push_extra(&mut self, id: Option<RawString<'_>>) {
        if let Some(id) = id.filter(|id| !id.raw.is_empty()) {
            self.extra.push('\0');
            self.extra.push_str(&id.unescape());
        }
    }

    /// Adds a row. Texts, sub-rows and lengths are filled in here; the rest is the caller's.
    pub(crate) fn push_row(&mut self, row: Row, texts: RowTexts<'_>, first_sub_row: usize) {
        let mut row = row;
        let mut abridged = self.names_are_full;
        row.text_start = narrow(self.segment.text.len());
        row.task_id_len = self.push_id(texts.task_id, &mut abridged);
        row.file_id_len = self.push_id(texts.file_id, &mut abridged);
        if let Some(name) = texts.file_name {
            let name = name.unescape();
            row.name_len = narrow(name.len());
            self.segment.text.push_str(&name);
        }
        let extra = shorten(&self.extra, &mut abridged);
        row.extra_len = u16::try_from(extra.len()).unwrap_or(0);
        self.segment.text.push_str(extra);
        self.extra.clear();
        let sub_rows = self.segment.sub_rows.len().saturating_sub(first_sub_row);
        row.sub_start = narrow(first_sub_row);
        row.sub_len = u16::try_from(sub_rows).unwrap_or(u16::MAX);
        if abridged || usize::from(row.sub_len) < sub_rows {
            row.flags.insert(RowFlags::ABRIDGED);
        }
        self.segment.rows.push(row);
    }

    fn push_id(&mut self, id: Option<RawString<'_>>, abridged: &mut bool) -> u16 {
        let Some(id) = id else { return 0 };
        let text = id.unescape();
        let text = shorten(&text, abridged);
        self.segment.text.push_str(text);
        u16::try_from(text.len()).unwrap_or(0)
    }

    /// The id of a name in the segment; 0 for the empty one and when there are too many.
    pub(crate) fn intern(&mut self, name: &str) -> NameId {
        if name.is_empty() {
            return 0;
        }
        let slot = slot_of(name);
        let cached = self.cache.get(slot).copied().unwrap_or(0);
        if cached != 0 && self.segment.name(cached) == name {
            return cached;
        }
        let id = self.intern_slow(name);
        if let Some(place) = self.cache.get_mut(slot) {
            *place = id;
        }
        id
    }

    fn intern_slow(&mut self, name: &str) -> NameId {
        if let Some(id) = self.ids.get(name) {
            return *id;
        }
        let Ok(id) = NameId::try_from(self.segment.names.len()) else {
            self.names_are_full = true;
            return 0;
        };
        self.segment.names.push(Box::from(name));
        self.ids.insert(Box::from(name), id);
        id
    }
}

/// A slot that differs for names that differ in length, start, or end.
fn slot_of(name: &str) -> usize {
    let bytes = name.as_bytes();
    let byte = |at: Option<&u8>| usize::from(at.copied().unwrap_or(0));
    let middle = byte(bytes.get(bytes.len() / 2));
    let mixed = bytes.len() * 31 + byte(bytes.first()) * 7 + byte(bytes.last()) * 13 + middle * 3;
    mixed % CACHE_SLOTS
}

/// As much of a text as a 16-bit length can tell.
fn shorten<'t>(text: &'t str, abridged: &mut bool) -> &'t str {
    const LIMIT: usize = 65_535;
    if text.len() <= LIMIT {
        return text;
    }
    *abridged = true;
    let end = (0..=LIMIT).rev().find(|at| text.is_char_boundary(*at));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

fn narrow(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Builder, RowTexts};
    use crate::decode::scan::RawString;
    use crate::model::{Row, RowFlags};

    fn raw<'t>(raw: impl Into<Option<&'t str>>) -> Option<RawString<'t>> {
        raw.into().map(|raw| RawString {
            raw,
            has_escapes: raw.contains('\\'),
        })
    }

    #[test]
    fn names_are_interned_once() {
        let mut builder = Builder::new();
        let first = builder.intern("FINISH");
        assert_eq!(builder.intern("FINISH"), first);
        assert_ne!(builder.intern("FINISX"), first);
        assert_eq!(builder.intern(""), 0);
        assert_eq!(builder.segment.name(first), "FINISH");
        builder.take();
        assert_eq!(builder.intern("FINISX"), 1);
    }

    #[test]
    fn too_many_names_are_said_not_lost() {
        let mut builder = Builder::new();
        for n in 0..70_000 {
            builder.intern(&n.to_string());
        }
        builder.push_row(Row::default(), RowTexts::default(), 0);
        assert!(builder.segment.rows[0].flags.contains(RowFlags::ABRIDGED));
    }

    #[test]
    fn texts_stand_one_after_another() {
        let mut builder = Builder::new();
        builder.push_extra(raw("s1"));
        builder.push_extra(raw(""));
        builder.push_extra(raw("p2"));
        let texts = RowTexts {
            task_id: raw("task"),
            file_id: raw("42"),
            file_name: raw(r"\u52a8\u7269.mp4"),
        };
        builder.push_row(Row::default(), texts, 0);
        let segment = &builder.segment;
        let row = &segment.rows[0];
        assert_eq!(segment.task_id(row), "task");
        assert_eq!(segment.file_id(row), "42");
        assert_eq!(segment.file_name(row), "动物.mp4");
        assert_eq!(segment.extra_ids(row).collect::<Vec<_>>(), ["s1", "p2"]);
    }

    #[test]
    fn overlong_ids_are_cut_and_flagged() {
        let mut builder = Builder::new();
        let long = "动".repeat(30_000);
        let texts = RowTexts {
            task_id: raw(long.as_str()),
            ..RowTexts::default()
        };
        builder.push_row(Row::default(), texts, 0);
        let row = builder.segment.rows[0];
        assert_eq!(builder.segment.task_id(&row).len(), 65_535);
        assert!(row.flags.contains(RowFlags::ABRIDGED));
    }
}
