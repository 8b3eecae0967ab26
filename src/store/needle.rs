//! A word made ready for searching.

use super::any_case::AnyCase;
use super::window::Pair;

/// Finds a word whatever its case, without a lower-cased copy of the texts.
pub(super) struct Needle {
    word: AnyCase,
    pair: Pair,
}

impl Needle {
    /// `None` for the empty word. The sample is a piece of what will be searched.
    pub(super) fn new(word: &str, sample: &[u8]) -> Option<Self> {
        Self::of(AnyCase::new(word), sample)
    }

    /// For a word as it is spelt.
    pub(super) fn exact(word: &str, sample: &[u8]) -> Option<Self> {
        Self::of(AnyCase::exact(word), sample)
    }

    fn of(word: AnyCase, sample: &[u8]) -> Option<Self> {
        let pair = word.rare_pair(sample)?;
        Some(Self { word, pair })
    }

    /// Sets a bit for each place in a text where the word may begin.
    pub(super) fn mark(&self, text: &[u8], marks: &mut Vec<u64>) {
        self.pair.mark(text, marks);
    }

    /// The same for the places from `at` on that are seen together.
    #[inline]
    pub(super) fn places(&self, text: &[u8], at: usize) -> u64 {
        self.pair.places(text, at)
    }

    /// In how many places of a text it may begin.
    pub(super) fn count(&self, text: &[u8]) -> u32 {
        self.pair.count(text)
    }

    /// Its length if it does begin there.
    pub(super) fn len_at(&self, text: &[u8], start: usize) -> Option<usize> {
        self.word.len_at(text.get(start..)?)
    }
}
