//! Breaks lines the ways that logs get broken.

use crate::rng::Rng;

pub(crate) struct Damage {
    rng: Rng,
    per_100k: u64,
}

impl Damage {
    pub(crate) fn new(seed: u64, per_100k: u64) -> Self {
        Self {
            rng: Rng::new(seed ^ 0x6261_6421),
            per_100k,
        }
    }

    /// Damages the line, or most often does not.
    pub(crate) fn apply(&mut self, line: &mut Vec<u8>) {
        if self.per_100k == 0 || self.rng.below(100_000) >= self.per_100k {
            return;
        }
        match self.rng.below(5) {
            0 => line.truncate(line.len() / 2),
            1 => replace_first(line, b':', b';'),
            2 => replace_first(line, b'P', 0xFF),
            3 => line.truncate(line.len() - 1),
            _ => *line = b"plain text, not an event".to_vec(),
        }
    }
}

fn replace_first(line: &mut [u8], wanted: u8, with: u8) {
    if let Some(byte) = line.iter_mut().find(|byte| **byte == wanted) {
        *byte = with;
    }
}
