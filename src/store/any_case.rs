//! Finds a word whose only letters with cases are ASCII ones, at the speed of its rarest byte.

/// A word with more letters has more spellings than are worth a search each.
const MOST_LETTERS_SPELT: usize = 2;

#[derive(Debug)]
pub(super) struct AnyCase {
    word: Box<[u8]>,
    /// Place of the rarest byte in the word, and its two cases.
    anchor: usize,
    cases: (u8, u8),
}

impl AnyCase {
    /// `None` for the empty word and for one with other letters that have cases. What is rare
    /// is learnt from a sample of the texts to search.
    pub(super) fn new(word: &str, sample: &[u8]) -> Option<Self> {
        let beyond_ascii = |c: char| !c.is_ascii() && has_cases(c);
        if word.chars().any(beyond_ascii) {
            return None;
        }
        let (anchor, byte) = word
            .bytes()
            .enumerate()
            .min_by_key(|(_, byte)| commonness(*byte, sample))?;
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

/// How often a byte is met in any case.
fn commonness(byte: u8, sample: &[u8]) -> usize {
    let (lower, upper) = (byte.to_ascii_lowercase(), byte.to_ascii_uppercase());
    memchr::memchr2_iter(lower, upper, sample).count()
}

/// Every spelling of a piece of an id: digits with one or two letters among them. None of its
/// bytes is rare where ids are searched, but as a whole it is. Empty for any other word.
pub(super) fn spellings(word: &str) -> Vec<String> {
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    let piece_of_id = word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !piece_of_id || !(1..=MOST_LETTERS_SPELT).contains(&letters) || word.len() <= letters {
        return Vec::new();
    }
    word.chars().fold(vec![String::new()], |spelt, letter| {
        let mut cases = vec![letter.to_ascii_lowercase(), letter.to_ascii_uppercase()];
        cases.dedup();
        let longer = |start: &String| {
            let start = start.clone();
            cases
                .iter()
                .map(move |case| format!("{start}{case}"))
                .collect::<Vec<_>>()
        };
        spelt.iter().flat_map(longer).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::{AnyCase, spellings};

    #[test]
    fn a_word_is_found_at_both_ends_and_in_any_case() {
        let word = AnyCase::new("Zoo动", b"oo").unwrap();
        let text = "zOO动 zo zoo动".as_bytes();
        assert_eq!(word.find(text, 0), Some(0));
        assert_eq!(word.find(text, 1), Some(10));
        assert_eq!(word.find(text, 11), None);
    }

    #[test]
    fn every_hit_is_found_whatever_is_rare() {
        let text = "aAb@`bB[{0a1-0A1 baab".repeat(3);
        let lower = text.to_lowercase();
        for word in ["a", "ab", "`b", "0a1", "[{0a", "1 BAA", "b@", "{"] {
            for sample in ["", "0a1-0a1", &text] {
                let needle = AnyCase::new(word, sample.as_bytes()).unwrap();
                for from in 0..text.len() {
                    let expected = lower[from..].find(&word.to_lowercase());
                    let expected = expected.map(|at| from + at);
                    assert_eq!(needle.find(text.as_bytes(), from), expected, "{word}");
                }
            }
        }
    }

    #[test]
    fn pieces_of_ids_are_spelt_out() {
        assert_eq!(spellings("0a1"), ["0a1", "0A1"]);
        assert_eq!(spellings("Ab7"), ["ab7", "aB7", "Ab7", "AB7"]);
        for other in ["", "12", "pr", "a1b2c3", "a-1", "动1a"] {
            assert_eq!(spellings(other), Vec::<String>::new(), "{other}");
        }
    }

    #[test]
    fn letters_beyond_ascii_are_left_to_others() {
        assert!(AnyCase::new("ÜN", b"").is_none());
        assert!(AnyCase::new("", b"").is_none());
    }
}
