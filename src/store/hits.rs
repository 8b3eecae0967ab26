//! In which rows of a segment a word stands.

use super::needle::Needle;
use super::texts::{Layout, Texts};
use super::window::PLACES;

/// The texts of a segment, and what is looked for in them.
#[derive(Clone, Copy)]
pub(super) struct Search<'a> {
    pub(super) needle: &'a Needle,
    pub(super) text: &'a [u8],
    pub(super) layout: &'a Layout,
}

/// The hits in one segment after the other.
#[derive(Debug, Default)]
pub(super) struct Hits {
    /// A bit for each byte of the text where a hit may begin.
    marks: Vec<u64>,
    usual: Usual,
}

impl Hits {
    /// Calls `on_row` with the place of each row in one of whose texts the word stands.
    pub(super) fn rows(&mut self, search: Search<'_>, mut on_row: impl FnMut(usize)) {
        search.needle.mark(search.text, &mut self.marks);
        let marked = Marked(&self.marks);
        let (mut place, mut hit, mut found) = (0, marked.next(0), 0);
        while hit < search.text.len() {
            let mut after = hit + 1;
            if let Some(len) = search.needle.len_at(search.text, hit) {
                place = search.layout.row_at(place, hit);
                let Some(row) = search.layout.rows().get(place) else {
                    break;
                };
                if row.hold(&(hit..hit + len)) {
                    found += 1;
                    on_row(place);
                    self.usual.note(hit - row.range().start);
                    after = row.range().end;
                }
            }
            hit = marked.next(after);
        }
        self.usual.weigh(found, search.layout.rows().len());
    }

    /// The same for the rows at certain places only, without a scan of all texts.
    pub(super) fn among(
        &mut self,
        search: Search<'_>,
        asked: &[u32],
        mut on_row: impl FnMut(usize),
    ) {
        let rows = search.layout.rows();
        if !self.usual.settled {
            search.fetch(asked);
        }
        let mut found = 0;
        for place in asked.iter().map(|place| *place as usize) {
            let row = rows.get(place);
            if row.is_some_and(|row| self.usual.stands_in(row, search)) {
                found += 1;
                on_row(place);
            }
        }
        self.usual.weigh(found, asked.len());
    }

    /// Whether the word is expected at a certain place of each row, which makes asking them one
    /// by one the fastest.
    pub(super) fn are_settled(&self) -> bool {
        self.usual.settled
    }
}

/// Where the word usually stands: ids begin alike.
#[derive(Debug, Default)]
struct Usual {
    /// How far from its row's start it stood last.
    place: usize,
    /// It stood there the time before as well.
    settled: bool,
}

impl Usual {
    #[inline]
    fn stands_in(&mut self, row: &Texts, search: Search<'_>) -> bool {
        let texts = row.range();
        if self.settled && search.is_hit(texts.start + self.place, row) {
            return true;
        }
        self.settled = false;
        for at in texts.clone().step_by(PLACES) {
            let mut hits = search.needle.places(search.text, at) & below(texts.end - at);
            while hits != 0 {
                let hit = at + hits.trailing_zeros() as usize;
                if search.is_hit(hit, row) {
                    self.note(hit - texts.start);
                    return true;
                }
                hits &= hits - 1;
            }
        }
        false
    }

    /// A place says little of a word that most rows do not have.
    fn weigh(&mut self, found: usize, asked: usize) {
        self.settled &= found > asked / 2;
    }

    fn note(&mut self, place: usize) {
        self.settled = place == self.place;
        self.place = place;
    }
}

impl Search<'_> {
    /// Touches the texts of rows. Memory answers many such reads at once, but one at a time when
    /// each waits for what was found in the row before.
    fn fetch(self, rows: &[u32]) {
        let row = |row: &u32| self.layout.rows().get(*row as usize);
        let rows = rows.iter().filter_map(row);
        let lines = rows.flat_map(|row| row.range().step_by(PLACES));
        let touched = lines.filter_map(|at| self.text.get(at));
        std::hint::black_box(touched.fold(0, |all, byte| all | byte));
    }

    /// Whether the word begins there and ends in the same text.
    fn is_hit(self, at: usize, row: &Texts) -> bool {
        let len = self.needle.len_at(self.text, at);
        len.is_some_and(|len| row.hold(&(at..at + len)))
    }
}

/// As many bits as that, from the lowest on.
fn below(count: usize) -> u64 {
    if count < PLACES {
        (1 << count) - 1
    } else {
        u64::MAX
    }
}

/// A bit for each byte of a text where a hit may begin.
#[derive(Clone, Copy)]
struct Marked<'a>(&'a [u64]);

impl Marked<'_> {
    /// Where the first hit from `at` on may begin; past the text when there is none.
    fn next(self, at: usize) -> usize {
        let word = at / PLACES;
        let marks = self.0.get(word..).unwrap_or_default();
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
