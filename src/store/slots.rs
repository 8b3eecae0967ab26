//! An open-addressing table of numbers: five bytes a slot, the keys stay where they are.

const EMPTY: u8 = 0;
const SMALLEST: usize = 64;

/// Both lists are a power of two long and at most three quarters full.
#[derive(Debug, Default)]
pub(super) struct Slots {
    /// A few bits of each hash, so that most strangers are passed over without a look at them.
    tags: Vec<u8>,
    values: Vec<u32>,
    used: usize,
}

impl Slots {
    /// The number stored under `hash` for which `is_it` holds.
    pub(super) fn find(&self, hash: u32, mut is_it: impl FnMut(u32) -> bool) -> Option<u32> {
        let mask = self.tags.len().checked_sub(1)?;
        let tag = tag(hash);
        let mut at = hash as usize & mask;
        loop {
            let here = *self.tags.get(at)?;
            if here == EMPTY {
                return None;
            }
            if here == tag {
                let value = *self.values.get(at)?;
                if is_it(value) {
                    return Some(value);
                }
            }
            at = (at + 1) & mask;
        }
    }

    /// Stores a number; `hash_of` tells the hash of the stored ones when the table grows.
    pub(super) fn insert(&mut self, hash: u32, value: u32, hash_of: impl Fn(u32) -> u32) {
        if (self.used + 1) * 4 > self.tags.len() * 3 {
            self.grow(hash_of);
        }
        self.place(hash, value);
        self.used += 1;
    }

    pub(super) fn memory_bytes(&self) -> usize {
        self.tags.capacity() + self.values.capacity() * 4
    }

    fn grow(&mut self, hash_of: impl Fn(u32) -> u32) {
        let len = (self.tags.len() * 2).max(SMALLEST);
        let tags = std::mem::replace(&mut self.tags, vec![EMPTY; len]);
        let values = std::mem::replace(&mut self.values, vec![0; len]);
        let stored = tags.into_iter().zip(values);
        for (_, value) in stored.filter(|(tag, _)| *tag != EMPTY) {
            self.place(hash_of(value), value);
        }
    }

    fn place(&mut self, hash: u32, value: u32) {
        let Some(mask) = self.tags.len().checked_sub(1) else {
            return;
        };
        let mut at = hash as usize & mask;
        while self.tags.get(at).is_some_and(|tag| *tag != EMPTY) {
            at = (at + 1) & mask;
        }
        if let (Some(here), Some(slot)) = (self.tags.get_mut(at), self.values.get_mut(at)) {
            (*here, *slot) = (tag(hash), value);
        }
    }
}

/// The bits of a hash that say least about its place, never [`EMPTY`].
fn tag(hash: u32) -> u8 {
    let [high, ..] = hash.to_be_bytes();
    high | 0x80
}

#[cfg(test)]
mod tests {
    use super::Slots;

    #[test]
    fn every_number_is_found_after_growth_and_collisions() {
        let mut slots = Slots::default();
        let hash_of = |value: u32| (value / 3).wrapping_mul(0x0100_0001);
        for value in 0..10_000 {
            slots.insert(hash_of(value), value, hash_of);
        }
        for value in 0..10_000 {
            assert_eq!(slots.find(hash_of(value), |v| v == value), Some(value));
        }
        assert_eq!(slots.find(7, |v| v == 10_001), None);
    }

    #[test]
    fn an_empty_table_finds_nothing() {
        assert_eq!(Slots::default().find(5, |_| true), None);
    }
}
