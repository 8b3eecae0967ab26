//! A fast 64-bit hash of bytes for telling redeliveries apart within one run: multiply and fold.
//! Not stable between versions, not for secrets; two different payloads collide once in 2^64.

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
const LEFT: u64 = 0xa076_1d64_78bd_642f;
const RIGHT: u64 = 0xe703_7ed1_a0b4_28db;

/// The hash of all bytes.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mut rest = bytes;
    let (mut first, mut second) = (SEED, LEFT);
    // Two chains: each multiplication waits for the one before it in its own chain only.
    while let Some((block, after)) = rest.split_first_chunk::<32>() {
        let (head, tail) = block.split_at(16);
        let (a, b) = pair(head);
        let (c, d) = pair(tail);
        first = fold(a ^ LEFT, b ^ first);
        second = fold(c ^ RIGHT, d ^ second);
        rest = after;
    }
    let mut state = first ^ second.rotate_left(29);
    for chunk in rest.chunks(16) {
        let (a, b) = pair(chunk);
        state = fold(a ^ RIGHT, b ^ state);
    }
    let len = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    fold(state ^ len, LEFT)
}

/// Up to 16 bytes as two words, missing ones as zero.
#[inline]
fn pair(bytes: &[u8]) -> (u64, u64) {
    if let Some((low, high)) = bytes.split_first_chunk::<8>()
        && let Some(high) = high.first_chunk::<8>()
    {
        return (u64::from_le_bytes(*low), u64::from_le_bytes(*high));
    }
    let mut padded = [0_u8; 16];
    for (to, from) in padded.iter_mut().zip(bytes) {
        *to = *from;
    }
    let word = u128::from_le_bytes(padded);
    halves(word)
}

#[inline]
fn fold(a: u64, b: u64) -> u64 {
    let (low, high) = halves(u128::from(a) * u128::from(b));
    low ^ high
}

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the two halves are meant")]
fn halves(word: u128) -> (u64, u64) {
    (word as u64, (word >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::hash;

    #[test]
    fn every_byte_and_the_length_count() {
        let base = vec![0_u8; 100];
        let mut seen = HashSet::from([hash(&base)]);
        for len in 0..100 {
            assert!(seen.insert(hash(base.get(..len).unwrap())), "length {len}");
        }
        for at in 0..base.len() {
            let mut changed = base.clone();
            changed[at] = 1;
            assert!(seen.insert(hash(&changed)), "byte {at}");
        }
    }

    #[test]
    fn equal_bytes_have_equal_hashes() {
        assert_eq!(hash(b"{\"TaskId\":\"a\"}"), hash(b"{\"TaskId\":\"a\"}"));
    }
}
