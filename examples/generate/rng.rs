//! Splitmix64: small, fast, and the same numbers on every machine.

#[derive(Clone)]
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number in `0..limit`; the bias is far below what any reader could see.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }

    /// A number in `low..=high`.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high - low + 1)
    }

    /// True in `percent` of 100 cases.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<T: Copy + Default>(&mut self, list: &[T]) -> T {
        let index = self.below(list.len() as u64);
        let index = usize::try_from(index).unwrap_or_default();
        list.get(index).copied().unwrap_or_default()
    }

    /// Appends `digits` hexadecimal digits.
    pub(crate) fn hex(&mut self, digits: u32, out: &mut String) {
        let mut bits = 0;
        for position in 0..digits {
            if position % 16 == 0 {
                bits = self.next();
            }
            let digit = u32::try_from(bits & 15).unwrap_or_default();
            out.push(char::from_digit(digit, 16).unwrap_or('0'));
            bits >>= 4;
        }
    }
}
