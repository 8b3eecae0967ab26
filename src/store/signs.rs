//! Which letters, digits and other signs occur in texts, one bit each: what rules most texts out
//! before any is searched, and answers for a single sign at once.

use std::ops::BitOr;

/// Any sign beyond ASCII.
const BEYOND_ASCII: u64 = 1 << 63;

/// The sign of each byte; none for control characters and the rarest of the others.
const SIGNS: [u64; 256] = signs();

/// A set of signs, whatever their case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs(u64);

impl Signs {
    pub(super) fn of(text: &[u8]) -> Self {
        let signs = text.iter().map(|byte| sign_of(*byte));
        Self(signs.fold(0, u64::bitor))
    }

    pub(super) fn contain(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    /// Whether a word stands wherever its signs do.
    pub(super) fn tell(word: &str) -> bool {
        match word.as_bytes() {
            [byte] => sign_of(*byte) != 0,
            _ => false,
        }
    }
}

impl BitOr for Signs {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

fn sign_of(byte: u8) -> u64 {
    SIGNS.get(usize::from(byte)).copied().unwrap_or_default()
}

const fn signs() -> [u64; 256] {
    let mut signs = [0; 256];
    let (mut byte, mut rest) = (0_u8, signs.as_mut_slice());
    while let Some((first, others)) = rest.split_first_mut() {
        *first = sign(byte);
        byte = byte.wrapping_add(1);
        rest = others;
    }
    signs
}

const fn sign(byte: u8) -> u64 {
    let bit = match byte {
        b'a'..=b'z' => byte - b'a',
        b'A'..=b'Z' => byte - b'A',
        b'0'..=b'9' => byte - b'0' + 26,
        b' '..=b'/' => byte - b' ' + 36,
        b':'..=b'@' => byte - b':' + 52,
        b'[' => 59,
        b']' => 60,
        b'_' => 61,
        b'~' => 62,
        0x80.. => return BEYOND_ASCII,
        _ => return 0,
    };
    1 << bit
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{SIGNS, Signs};

    #[test]
    fn no_two_signs_of_ascii_share_a_bit() {
        let mut bytes: BTreeMap<u64, Vec<u8>> = BTreeMap::new();
        for byte in (0..0x80_u8).filter(|byte| SIGNS[usize::from(*byte)] != 0) {
            let sign = bytes.entry(SIGNS[usize::from(byte)]).or_default();
            sign.push(byte.to_ascii_lowercase());
        }
        assert_eq!(bytes.len(), 63);
        for (sign, mut bytes) in bytes {
            assert!(sign.is_power_of_two() && SIGNS[0x80] != sign);
            bytes.dedup();
            assert_eq!(bytes.len(), 1, "{bytes:?}");
        }
    }

    #[test]
    fn a_text_contains_its_own_signs_in_any_case() {
        let text = Signs::of("aB-1 动".as_bytes());
        for word in ["", "A", "b1", "- ", "影", "\0\\"] {
            assert!(text.contain(Signs::of(word.as_bytes())), "{word}");
        }
        for word in ["c", "a2", "_"] {
            assert!(!text.contain(Signs::of(word.as_bytes())), "{word}");
        }
    }

    #[test]
    fn one_sign_tells_its_word_and_no_other_does() {
        for word in ["a", "Z", "0", " ", "~"] {
            assert!(Signs::tell(word), "{word}");
        }
        for word in ["", "ab", "\\", "\0", "é", "动"] {
            assert!(!Signs::tell(word), "{word}");
        }
    }
}
