//! A word with letters beyond ASCII that have cases. Their spellings may differ in length.

use super::window::Probe;

/// The spellings of a letter in UTF-8.
type Letter = Vec<Box<[u8]>>;

/// Each letter of a word in every spelling.
#[derive(Debug)]
pub(super) struct Letters(Vec<Letter>);

impl Letters {
    /// `None` when none but ASCII letters have cases.
    pub(super) fn new(word: &str) -> Option<Self> {
        let beyond_ascii = |c: char| !c.is_ascii() && spellings(c).len() > 1;
        let spelt = |c: char| spellings(c).into_iter().map(utf8).collect();
        let letters = || word.chars().map(spelt).collect();
        word.chars().any(beyond_ascii).then(|| Self(letters()))
    }

    /// The length of the word where it stands at the start of a text.
    pub(super) fn len_at(&self, text: &[u8]) -> Option<usize> {
        self.0.iter().try_fold(0, |len, letter| {
            let rest = text.get(len..)?;
            let spelt = letter.iter().find(|spelling| rest.starts_with(spelling));
            spelt.map(|spelling| len + spelling.len())
        })
    }

    /// The bytes with a known place, which is as far as every spelling is equally long.
    pub(super) fn probes(&self) -> Vec<Probe> {
        let (mut start, mut probes) = (0, Vec::new());
        for letter in &self.0 {
            let lens = || letter.iter().map(|spelling| spelling.len());
            let shortest = lens().min().unwrap_or(0);
            for place in 0..shortest {
                let bytes = letter.iter().filter_map(|spelling| spelling.get(place));
                probes.extend(Probe::new(start + place, bytes.copied()));
            }
            if lens().any(|len| len != shortest) {
                break;
            }
            start += shortest;
        }
        probes
    }
}

/// A letter, its capital or small letter, and its other shapes, without repeats.
/// ASCII letters keep to themselves.
fn spellings(c: char) -> Vec<char> {
    if c.is_ascii() {
        let mut both = vec![c.to_ascii_lowercase(), c.to_ascii_uppercase()];
        both.dedup();
        return both;
    }
    let others = [alone(c.to_lowercase()), alone(c.to_uppercase())];
    let others = others.into_iter().flatten().filter(|c| !c.is_ascii());
    let shapes = SHAPES.into_iter().find(|shapes| shapes.contains(&c));
    let mut all: Vec<char> = std::iter::once(c).chain(others).collect();
    all.extend(shapes.unwrap_or_default());
    all.sort_unstable();
    all.dedup();
    all
}

/// Small letters with a second shape, or with a capital that they do not tell.
const SHAPES: [&[char]; 3] = [&['σ', 'ς', 'Σ'], &['µ', 'μ', 'Μ'], &['ß', 'ẞ']];

fn utf8(c: char) -> Box<[u8]> {
    c.encode_utf8(&mut [0; 4]).as_bytes().into()
}

fn alone(mut letters: impl Iterator<Item = char>) -> Option<char> {
    let first = letters.next()?;
    letters.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::Letters;

    #[test]
    fn letters_are_found_in_every_spelling() {
        for (word, texts) in [
            ("Éa", ["éA", "ÉA", "éa"]),
            ("КИНО", ["кино", "Кино", "кИНо"]),
            ("σ", ["Σ", "ς", "σ"]),
            ("ẞ", ["ß", "ẞ", "ß"]),
            ("ⱥe", ["Ⱥe", "ⱥE", "ȺE"]),
        ] {
            let letters = Letters::new(word).unwrap();
            for text in texts {
                assert_eq!(letters.len_at(text.as_bytes()), Some(text.len()), "{text}");
            }
            assert_eq!(letters.len_at("e".as_bytes()), None);
            assert_eq!(letters.len_at(b""), None);
        }
    }

    #[test]
    fn the_first_byte_of_any_word_is_looked_for() {
        for c in '\0'..=char::MAX {
            let letters = Letters::new(&c.to_string());
            assert!(letters.is_none_or(|letters| !letters.probes().is_empty()));
        }
    }

    #[test]
    fn ascii_words_are_left_to_others() {
        for word in ["", "aB1", "动物 a", "K\u{212A}"] {
            assert!(Letters::new(word).is_none(), "{word}");
        }
    }
}
