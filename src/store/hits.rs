//! In which rows of a segment a word stands.

use std::ops::Range;

use super::needle::Needle;
use super::texts::{Texts, row_at};
use super::window::PLACES;

/// A word stands in many rows when it does in more than one in this many.
const MANY: usize = 20;

/// Bytes of a row looked at together: most rows are not longer.
const SEEN: usize = u128::BITS as usize;

/// Words of marks that so many bytes lie in.
const WORDS_SEEN: usize = 3;

/// The hits in one segment after the other.
#[derive(Debug, Default)]
pub(super) struct Hits {
    /// A bit for each byte of the text where a hit may begin.
    marks: Vec<u64>,
    /// The word stood in many rows of the last segment, so it will in the next: then going
    /// through all rows is faster than looking up each hit's row.
    crowded: bool,
}

impl Hits {
    /// Calls `on_row` with the place of each row in one of whose texts the word stands.
    pub(super) fn rows(
        &mut self,
        needle: &Needle,
        (text, rows): (&str, &[Texts]),
        mut on_row: impl FnMut(usize),
    ) {
        let text = text.as_bytes();
        needle.mark(text, &mut self.marks);
        // So that as many can be taken from the last on.
        self.marks.extend([0; WORDS_SEEN - 1]);
        let search = Search {
            needle,
            text,
            rows,
            marks: &self.marks,
        };
        let mut found = 0;
        let tell = |place| {
            found += 1;
            on_row(place);
        };
        if self.crowded {
            search.ask_rows(tell);
        } else {
            search.ask_hits(tell);
        }
        self.crowded = found > rows.len() / MANY;
    }
}

struct Search<'a> {
    needle: &'a Needle,
    text: &'a [u8],
    rows: &'a [Texts],
    marks: &'a [u64],
}

impl Search<'_> {
    /// Goes through rows and hits side by side.
    fn ask_rows(&self, mut tell: impl FnMut(usize)) {
        for (place, row) in self.rows.iter().enumerate() {
            let mut texts = row.range();
            let mut stands = self.stands_in(row, &texts);
            while !stands && texts.len() > SEEN {
                texts.start += SEEN;
                stands = self.stands_in(row, &texts);
            }
            if stands {
                tell(place);
            }
        }
    }

    /// Whether the word begins in the first bytes of what is left of a row. All its hits there
    /// are taken at once, since how many there are and where is hard to foresee.
    fn stands_in(&self, row: &Texts, part: &Range<usize>) -> bool {
        let mut hits = self.hits_from(part.start) & below(part.len());
        while hits != 0 {
            let hit = part.start + hits.trailing_zeros() as usize;
            let len = self.needle.len_at(self.text, hit);
            if len.is_some_and(|len| row.hold(&(hit..hit + len))) {
                return true;
            }
            hits &= hits - 1;
        }
        false
    }

    /// A bit for each hit that may begin at `at` or little later.
    fn hits_from(&self, at: usize) -> u128 {
        let marks = self.marks.get(at / PLACES..).and_then(<[u64]>::first_chunk);
        let [first, second, third] = *marks.unwrap_or(&[0; WORDS_SEEN]);
        let skipped = at % PLACES;
        let near = (u128::from(second) << PLACES | u128::from(first)) >> skipped;
        // In two steps, because there may be nothing to fill up.
        near | u128::from(third) << 1 << (SEEN - 1 - skipped)
    }

    /// Looks up the row of each hit, and passes over the other hits in that row.
    fn ask_hits(&self, mut tell: impl FnMut(usize)) {
        let (mut place, mut hit) = (0, self.next(0));
        while hit < self.text.len() {
            let mut after = hit + 1;
            if let Some(len) = self.needle.len_at(self.text, hit) {
                place = row_at(self.rows, place, hit);
                let Some(row) = self.rows.get(place) else {
                    return;
                };
                if row.hold(&(hit..hit + len)) {
                    tell(place);
                    after = row.range().end;
                }
            }
            hit = self.next(after);
        }
    }

    /// Where the first hit from `at` on may begin; past the text when there is none.
    fn next(&self, at: usize) -> usize {
        let word = at / PLACES;
        let marks = self.marks.get(word..).unwrap_or_default();
        let Some((marks, rest)) = marks.split_first() else {
            return usize::MAX;
        };
        let here = marks >> (at % PLACES);
        if here != 0 {
            return at + here.trailing_zeros() as usize;
        }
        let found = rest.iter().position(|marks| *marks != 0);
        found.map_or(usize::MAX, |skipped| {
            let marks = rest.get(skipped).copied().unwrap_or_default();
            (word + 1 + skipped) * PLACES + marks.trailing_zeros() as usize
        })
    }
}

/// As many bits as that, from the lowest on.
fn below(count: usize) -> u128 {
    if count < SEEN {
        (1 << count) - 1
    } else {
        u128::MAX
    }
}
