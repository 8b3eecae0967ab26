//! A word in which only ASCII letters have cases, compared eight bytes at a time.

use super::window::Probe;

/// Bytes compared by one instruction.
const EIGHT: usize = 8;

/// A word byte by byte: each is its value once the bits in which its cases differ are set.
#[derive(Debug)]
pub(super) struct Bytes {
    differing: Box<[u8]>,
    values: Box<[u8]>,
    head: Eight,
    tail: Eight,
}

impl Bytes {
    /// For a word in which only ASCII letters have cases.
    pub(super) fn any_case(word: &str) -> Self {
        let cases = |byte: u8| [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()];
        Self::new(word.bytes().map(cases))
    }

    /// For a word as it is spelt.
    pub(super) fn exact(word: &str) -> Self {
        Self::new(word.bytes().map(|byte| [byte; 2]))
    }

    fn new(cases: impl Iterator<Item = [u8; 2]>) -> Self {
        let bits = |[a, b]: [u8; 2]| (a ^ b, a | b);
        let (differing, values): (Vec<u8>, Vec<u8>) = cases.map(bits).unzip();
        let tail = values.len().saturating_sub(EIGHT);
        let eight = |from| Eight {
            differing: eight_from(&differing, from),
            value: eight_from(&values, from),
        };
        Self {
            head: eight(0),
            tail: eight(tail),
            differing: differing.into(),
            values: values.into(),
        }
    }

    /// The length of the word where it stands at the start of a text.
    pub(super) fn len_at(&self, text: &[u8]) -> Option<usize> {
        self.stand_at(text).then_some(self.values.len())
    }

    fn stand_at(&self, text: &[u8]) -> bool {
        let Some(head) = text.first_chunk() else {
            return self.all_stand_at(text);
        };
        let len = self.values.len();
        if !self.head.is(*head) || len <= EIGHT {
            return self.head.is(*head);
        }
        let tail = text.get(..len).and_then(<[u8]>::last_chunk);
        tail.is_some_and(|tail| self.tail.is(*tail))
            && (len <= 2 * EIGHT || self.all_stand_at(text))
    }

    fn all_stand_at(&self, text: &[u8]) -> bool {
        let mut bytes = text.iter().zip(&self.differing).zip(&self.values);
        text.len() >= self.values.len()
            && bytes.all(|((byte, differing), value)| byte | differing == *value)
    }

    /// All its bytes with their places.
    pub(super) fn probes(&self) -> Vec<Probe> {
        let bytes = self.differing.iter().zip(&self.values).zip(0..);
        let probes = bytes.map(|((differing, value), at)| Probe {
            at,
            differing: *differing,
            value: *value,
        });
        probes.collect()
    }
}

/// Eight bytes of a word; past its end anything fits.
#[derive(Debug)]
struct Eight {
    differing: u64,
    value: u64,
}

impl Eight {
    fn is(&self, bytes: [u8; EIGHT]) -> bool {
        u64::from_le_bytes(bytes) | self.differing == self.value
    }
}

/// Eight bytes from a place on, all bits set past the end.
fn eight_from(bytes: &[u8], from: usize) -> u64 {
    let mut eight = [u8::MAX; EIGHT];
    for (to, byte) in eight.iter_mut().zip(bytes.iter().skip(from)) {
        *to = *byte;
    }
    u64::from_le_bytes(eight)
}

#[cfg(test)]
mod tests {
    use super::Bytes;

    #[test]
    fn a_word_of_any_length_is_told_from_its_neighbours() {
        let long = "0aB-cD1_eF2@gH3[iJ4动kL5".repeat(2);
        for end in (1..long.len()).filter(|end| long.is_char_boundary(*end)) {
            let (word, bytes) = (&long[..end], Bytes::any_case(&long[..end]));
            for text in [word.to_ascii_uppercase(), format!("{word}{long}")] {
                assert_eq!(bytes.len_at(text.as_bytes()), Some(end), "{word}");
                for at in 0..end {
                    let mut other = text.clone().into_bytes();
                    other[at] ^= 0x40;
                    assert_eq!(bytes.len_at(&other), None, "{word}, byte {at}");
                }
            }
            assert_eq!(bytes.len_at(&word.as_bytes()[..end - 1]), None, "{word}");
        }
    }

    #[test]
    fn a_word_as_it_is_spelt_has_no_cases() {
        let word = Bytes::exact("aB");
        assert_eq!(word.len_at(b"aBc"), Some(2));
        assert_eq!(word.len_at(b"ab"), None);
    }
}
