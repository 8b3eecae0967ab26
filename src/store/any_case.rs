//! Finds a word whose only letters with cases are ASCII ones, at the speed of its rarest byte.

/// Bytes of ids and names, commonest first: digits and hexadecimal, the letters of
/// `Procedure`, then the usual order of English. What is not listed is rare.
const COMMON: &[u8] = b"0123456789abcdefroup-t.insmh_lgvywxkjqz";

#[derive(Debug)]
pub(super) struct AnyCase {
    word: Box<[u8]>,
    /// Place of the rarest byte in the word, and its two cases.
    anchor: usize,
    cases: (u8, u8),
}

impl AnyCase {
    /// `None` for the empty word and for one with other letters that have cases.
    pub(super) fn new(word: &str) -> Option<Self> {
        let beyond_ascii = |c: char| !c.is_ascii() && has_cases(c);
        if word.chars().any(beyond_ascii) {
            return None;
        }
        let (anchor, byte) = word
            .bytes()
            .enumerate()
            .min_by_key(|(_, byte)| commonness(*byte))?;
        Some(Self {
            word: word.as_bytes().into(),
            anchor,
            cases: (byte.to_ascii_lowercase(), byte.to_ascii_uppercase()),
        })
    }

    /// Where the word begins, at `from` or later.
    pub(super) fn find(&self, text: &[u8], from: usize) -> Option<usize> {
        let mut at = from + self.anchor;
        loop {
            let rest = text.get(at..)?;
            at += memchr::memchr2(self.cases.0, self.cases.1, rest)?;
            let start = at - self.anchor;
            let here = text.get(start..start + self.word.len())?;
            if here.eq_ignore_ascii_case(&self.word) {
                return Some(start);
            }
            at += 1;
        }
    }

    pub(super) fn len(&self) -> usize {
        self.word.len()
    }
}

pub(super) fn has_cases(c: char) -> bool {
    c.to_lowercase().ne([c]) || c.to_uppercase().ne([c])
}

/// Larger for bytes met more often.
fn commonness(byte: u8) -> usize {
    let byte = byte.to_ascii_lowercase();
    let place = COMMON.iter().position(|common| *common == byte);
    match place {
        Some(place) => COMMON.len() - place,
        // The first bytes of Chinese characters, three thousand of which share one.
        None if (0xE3..=0xE9).contains(&byte) => COMMON.len(),
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::AnyCase;

    #[test]
    fn a_word_is_found_at_both_ends_and_in_any_case() {
        let word = AnyCase::new("Zoo动").unwrap();
        let text = "zOO动 zo zoo动".as_bytes();
        assert_eq!(word.find(text, 0), Some(0));
        assert_eq!(word.find(text, 1), Some(10));
        assert_eq!(word.find(text, 11), None);
    }

    #[test]
    fn letters_beyond_ascii_are_left_to_others() {
        assert!(AnyCase::new("ÜN").is_none());
        assert!(AnyCase::new("").is_none());
    }
}
