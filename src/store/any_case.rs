//! A word to search for, whatever its case.

use super::bytes::Bytes;
use super::letters::Letters;
use super::window::{Pair, Probe};

/// How many bytes of a word are tried for a rare pair.
const MOST_TRIED: usize = 32;

/// How a word is compared with the text.
#[derive(Debug)]
pub(super) enum AnyCase {
    /// Only ASCII letters in it have cases.
    Bytes(Bytes),
    Letters(Letters),
}

impl AnyCase {
    pub(super) fn new(word: &str) -> Self {
        match Letters::new(word) {
            Some(letters) => Self::Letters(letters),
            None => Self::Bytes(Bytes::any_case(word)),
        }
    }

    /// The word as it is spelt.
    pub(super) fn exact(word: &str) -> Self {
        Self::Bytes(Bytes::exact(word))
    }

    /// The length of the word where it stands at the start of a text.
    pub(super) fn len_at(&self, text: &[u8]) -> Option<usize> {
        match self {
            Self::Bytes(bytes) => bytes.len_at(text),
            Self::Letters(letters) => letters.len_at(text),
        }
    }

    /// Two of its bytes that are seldom met together; what is rare is learnt from a sample of
    /// the texts to search. `None` for the empty word.
    pub(super) fn rare_pair(&self, sample: &[u8]) -> Option<Pair> {
        let mut probes = match self {
            Self::Bytes(bytes) => bytes.probes(),
            Self::Letters(letters) => letters.probes(),
        };
        probes.truncate(MOST_TRIED);
        let alone = |probe: &&Probe| Pair(**probe, **probe).count(sample);
        let rarest = *probes.iter().min_by_key(alone)?;
        let others = probes.iter().filter(|probe| probe.at != rarest.at);
        let pairs = others.map(|other| Pair(rarest, *other));
        let rarer = pairs.min_by_key(|pair| pair.count(sample));
        Some(rarer.unwrap_or(Pair(rarest, rarest)))
    }
}
