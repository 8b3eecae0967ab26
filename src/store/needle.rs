//! Finds a word in the arenas, whatever its case, without a lower-cased copy of them.

use std::ops::Range;

use memchr::memmem::Finder;
use regex::bytes::{Regex, RegexBuilder};

use crate::model::{Row, Segment};

use super::any_case::{AnyCase, has_cases, spellings};
use super::rows::text_range;

/// A word made ready for searching.
pub(super) enum Needle {
    /// Nothing in it has cases.
    Exact(Box<Finder<'static>>),
    AnyCase(AnyCase),
    /// With letters beyond ASCII that have cases.
    Unicode(Regex),
}

impl Needle {
    /// What to search for to find a word; nothing for the empty one and for one too long to
    /// search for. The sample is a piece of what will be searched.
    pub(super) fn all(word: &str, sample: &[u8]) -> Vec<Self> {
        let spellings = spellings(word);
        if spellings.is_empty() {
            return Self::new(word, sample).into_iter().collect();
        }
        spellings.iter().map(|word| Self::exact(word)).collect()
    }

    fn new(word: &str, sample: &[u8]) -> Option<Self> {
        if word.is_empty() {
            return None;
        }
        if !word.chars().any(has_cases) {
            return Some(Self::exact(word));
        }
        if let Some(word) = AnyCase::new(word, sample) {
            return Some(Self::AnyCase(word));
        }
        RegexBuilder::new(&regex::escape(word))
            .case_insensitive(true)
            .size_limit(64 << 20)
            .build()
            .ok()
            .map(Self::Unicode)
    }

    pub(super) fn exact(word: &str) -> Self {
        Self::Exact(Box::new(Finder::new(word).into_owned()))
    }

    fn find(&self, text: &[u8], from: usize) -> Option<Range<usize>> {
        if let Self::AnyCase(word) = self {
            let at = word.find(text, from)?;
            return Some(at..at + word.len());
        }
        let rest = text.get(from..)?;
        let found = match self {
            Self::Exact(finder) => finder.find(rest).map(|at| at..at + finder.needle().len()),
            Self::Unicode(regex) => regex.find(rest).map(|hit| hit.range()),
            Self::AnyCase(_) => None,
        }?;
        Some(found.start + from..found.end + from)
    }

    /// Calls `on_row` once for each row of a segment with a hit inside one of its texts,
    /// with the row's place.
    pub(super) fn rows(&self, segment: &Segment, mut on_row: impl FnMut(usize)) {
        self.hits(segment, |place, _, _| {
            on_row(place);
            true
        });
    }

    /// Calls `on_hit` for hits inside one text of a row; its answer says whether to skip the
    /// rest of the row.
    pub(super) fn hits(
        &self,
        segment: &Segment,
        mut on_hit: impl FnMut(usize, &Row, Range<usize>) -> bool,
    ) {
        let text = segment.text.as_bytes();
        let (mut at, mut place) = (0, 0);
        while let Some(hit) = self.find(text, at) {
            place = row_at(&segment.rows, place, hit.start);
            let Some(row) = segment.rows.get(place) else {
                return;
            };
            at = if within_one_text(row, &hit) && on_hit(place, row, hit.clone()) {
                text_range(row).end
            } else {
                hit.start + 1
            };
        }
    }
}

/// The last row whose text begins at or before `offset`, galloping on from `place`.
fn row_at(rows: &[Row], place: usize, offset: usize) -> usize {
    let begins = |place: usize| {
        let row = rows.get(place);
        row.is_some_and(|row| row.text_start as usize <= offset)
    };
    let (mut low, mut step) = (place, 1);
    while begins(low + step) {
        low += step;
        step *= 2;
    }
    let tail = rows
        .get(low..rows.len().min(low + step))
        .unwrap_or_default();
    let beginning = tail.partition_point(|row| row.text_start as usize <= offset);
    low + beginning.saturating_sub(1)
}

/// The texts of a row stand one after another, so a hit may run from one into the next.
fn within_one_text(row: &Row, hit: &Range<usize>) -> bool {
    let lens = [
        usize::from(row.task_id_len),
        usize::from(row.file_id_len),
        row.name_len as usize,
        usize::from(row.extra_len),
    ];
    let mut start = row.text_start as usize;
    lens.into_iter().any(|len| {
        let text = start..start + len;
        start = text.end;
        text.start <= hit.start && hit.end <= text.end
    })
}
