//! Finds the places in a text where a word may begin, sixty-four at a glance.

/// Places looked at together, one bit each.
pub(super) const PLACES: usize = u64::BITS as usize;

/// For each place one bit of a byte: the eight places that share a bit stand side by side.
const WEIGHTS: [u8; PLACES] = weights();

const fn weights() -> [u8; PLACES] {
    let rows = [1_u64, 2, 4, 8, 16, 32, 64, 128];
    let mut weights = [[0; 8]; 8];
    let (mut from, mut to) = (rows.as_slice(), weights.as_mut_slice());
    while let (Some((bit, bits)), Some((eight, eights))) =
        (from.split_first(), to.split_first_mut())
    {
        *eight = (*bit * 0x0101_0101_0101_0101).to_le_bytes();
        (from, to) = (bits, eights);
    }
    let mut flat = [0; PLACES];
    flat.copy_from_slice(weights.as_flattened());
    flat
}

/// One byte of a word, whatever its case: the byte `at` so far from the word's start is `value`
/// once the bits in which its cases differ are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Probe {
    pub(super) at: usize,
    pub(super) differing: u8,
    pub(super) value: u8,
}

impl Probe {
    /// `None` when there are no cases.
    pub(super) fn new(at: usize, cases: impl IntoIterator<Item = u8>) -> Option<Self> {
        let mut cases = cases.into_iter();
        let first = cases.next()?;
        let differing = cases.fold(0, |bits, case| bits | (case ^ first));
        Some(Self {
            at,
            differing,
            value: first | differing,
        })
    }

    fn fits(self, byte: u8) -> bool {
        byte | self.differing == self.value
    }

    /// The text as it is seen from the starts of words, in windows.
    fn windows(self, text: &[u8]) -> &[[u8; PLACES]] {
        let seen = text.get(self.at..).unwrap_or_default();
        seen.as_chunks().0
    }
}

/// Two bytes of a word that seldom stand so far apart where the word does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair(pub(super) Probe, pub(super) Probe);

impl Pair {
    /// Sets a bit for each place in a text where both bytes fit.
    pub(super) fn mark(self, text: &[u8], marks: &mut Vec<u64>) {
        let Self(one, other) = self;
        let (first, second) = (one.windows(text), other.windows(text));
        marks.clear();
        if one == other {
            let fit = move |byte, _| one.fits(byte);
            marks.extend(first.iter().map(move |bytes| gathered(bytes, bytes, fit)));
        } else {
            let fit = move |first, second| one.fits(first) & other.fits(second);
            let windows = first.iter().zip(second);
            marks.extend(windows.map(move |(first, second)| gathered(first, second, fit)));
        }
        let rest = (marks.len() * PLACES..text.len()).step_by(PLACES);
        marks.extend(rest.map(|at| self.places_at_the_end(text, at)));
    }

    /// A bit for each of the [`PLACES`] from `at` on where both bytes fit.
    #[inline]
    pub(super) fn places(self, text: &[u8], at: usize) -> u64 {
        let Self(one, other) = self;
        let window = |probe: Probe| text.get(at + probe.at..).and_then(<[u8]>::first_chunk);
        match (window(one), window(other)) {
            (Some(first), Some(second)) => {
                gathered(first, second, |a, b| one.fits(a) & other.fits(b))
            }
            _ => self.places_at_the_end(text, at),
        }
    }

    /// How often both bytes stand so far apart in a text.
    pub(super) fn count(self, text: &[u8]) -> u32 {
        let mut marks = Vec::new();
        self.mark(text, &mut marks);
        marks.into_iter().map(u64::count_ones).sum()
    }

    fn places_at_the_end(self, text: &[u8], at: usize) -> u64 {
        let fits = |probe: Probe, place: usize| {
            let byte = text.get(at + place + probe.at);
            byte.is_some_and(|byte| probe.fits(*byte))
        };
        let places = (0..PLACES).filter(|place| fits(self.0, *place) && fits(self.1, *place));
        places.fold(0, |bits, place| bits | 1 << place)
    }
}

/// A bit for each pair of bytes that fits. Written so that the compiler does it with wide
/// registers and without branches.
#[inline]
fn gathered(first: &[u8; PLACES], second: &[u8; PLACES], fit: impl Fn(u8, u8) -> bool) -> u64 {
    let mut marks = [0; PLACES];
    let bytes = first.iter().zip(second).zip(&WEIGHTS);
    for (mark, ((first, second), weight)) in marks.iter_mut().zip(bytes) {
        *mark = if fit(*first, *second) { *weight } else { 0 };
    }
    let eights = marks.as_chunks().0.iter();
    match eights.fold(0, |all, eight| all | u64::from_le_bytes(*eight)) {
        0 => 0,
        marks => transposed(marks),
    }
}

/// Eight bytes as a square of bits, turned over its diagonal.
fn transposed(square: u64) -> u64 {
    let swap = |square: u64, distance: u32, mask: u64| {
        let moved = (square ^ (square >> distance)) & mask;
        square ^ moved ^ (moved << distance)
    };
    let square = swap(square, 7, 0x00AA_00AA_00AA_00AA);
    let square = swap(square, 14, 0x0000_CCCC_0000_CCCC);
    swap(square, 28, 0x0000_0000_F0F0_F0F0)
}

#[cfg(test)]
mod tests {
    use super::{PLACES, Pair, Probe};

    #[test]
    fn a_bit_is_set_exactly_where_both_bytes_fit() {
        let text: Vec<u8> = (0..500_u32)
            .map(|n| b"aAbB@`1[{"[(n * n % 97 % 9) as usize])
            .collect();
        let probe = |at, cases: [u8; 2]| Probe::new(at, cases).unwrap();
        let pair = Pair(probe(1, *b"aA"), probe(4, *b"bB"));
        for len in 0..text.len() {
            let (text, mut marks) = (&text[..len], Vec::new());
            pair.mark(text, &mut marks);
            let fits = |at: usize, cases: &[u8]| text.get(at).is_some_and(|c| cases.contains(c));
            assert_eq!(marks.len(), len.div_ceil(PLACES));
            for at in 0..len {
                let marked = marks[at / PLACES] >> (at % PLACES) & 1 == 1;
                assert_eq!(
                    marked,
                    fits(at + 1, b"aA") && fits(at + 4, b"bB"),
                    "{at} of {len}"
                );
                let (seen, next) = (marks[at / PLACES], marks.get(at / PLACES + 1));
                let seen = u128::from(next.copied().unwrap_or(0)) << PLACES | u128::from(seen);
                let places = u128::from(pair.places(text, at));
                assert_eq!(
                    places,
                    (seen >> (at % PLACES)) & u128::from(u64::MAX),
                    "{at} of {len}"
                );
            }
        }
    }
}
