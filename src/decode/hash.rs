//! A fast 64-bit hash of bytes for telling redeliveries apart within one run: multiply and fold.
//! Not stable between versions, not for secrets; two different payloads collide once in 2^64.

use memchr::{memchr, memchr2};

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

/// The hash of a JSON value, however its white space stands: a value on many lines and the same
/// on one line are one delivery. Values that do not begin loosely are hashed as they are.
pub(crate) fn payload_hash(json: &[u8]) -> u64 {
    if is_loose(json) {
        hash(&without_blanks(json))
    } else {
        hash(json)
    }
}

/// Whether white space follows the first bracket or the first name.
fn is_loose(json: &[u8]) -> bool {
    if json.get(1).is_some_and(|byte| is_blank(*byte)) {
        return true;
    }
    let colon = json.windows(2).position(|pair| pair == b"\":");
    let after = colon.and_then(|at| json.get(at + 2));
    after.is_some_and(|byte| is_blank(*byte))
}

fn without_blanks(json: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(json.len());
    let mut rest = json;
    while !rest.is_empty() {
        let (outside, from_quote) = rest.split_at(memchr(b'"', rest).unwrap_or(rest.len()));
        kept.extend(outside.iter().filter(|byte| !is_blank(**byte)));
        let (string, after) = from_quote.split_at(string_len(from_quote));
        kept.extend_from_slice(string);
        rest = after;
    }
    kept
}

/// How long the string that comes first is, quotes included.
fn string_len(text: &[u8]) -> usize {
    let mut at = 1;
    while let Some(rest) = text.get(at..)
        && let Some(found) = memchr2(b'"', b'\\', rest)
    {
        at += found + 1;
        if rest.get(found) == Some(&b'"') {
            return at;
        }
        at += 1;
    }
    text.len()
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
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

    use super::{hash, payload_hash};

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
    fn white_space_outside_strings_does_not_count() {
        let tight = br#"{"a":"x \" : y","b":[1,{"c":null}]}"#;
        for loose in [
            "{\n  \"a\": \"x \\\" : y\",\r\n\t\"b\": [ 1, { \"c\": null } ]\n}",
            "{\"a\": \"x \\\" : y\", \"b\": [1, {\"c\": null}]}",
            "{ \"a\":\"x \\\" : y\",\"b\":[1,{\"c\":null}]}",
        ] {
            assert_eq!(payload_hash(loose.as_bytes()), hash(tight), "{loose}");
        }
        assert_eq!(payload_hash(tight), hash(tight));
    }

    #[test]
    fn white_space_in_strings_counts() {
        let of = |text: &str| payload_hash(text.as_bytes());
        assert_ne!(of(r#"{ "a": "x y" }"#), of(r#"{ "a": "xy" }"#));
        assert_ne!(of(r#"{ "a": "x\" y" }"#), of(r#"{ "a": "x\"y" }"#));
        assert_ne!(of(r#"{ "a": "\\" }"#), of(r#"{ "a": "\\ " }"#));
    }

    #[test]
    fn text_that_breaks_off_is_hashed_too() {
        for text in ["", "{ ", "{ \"", "{ \"a\\", "{ \"a\": \"\\\""] {
            let minified = text.replace(' ', "");
            assert_eq!(
                payload_hash(text.as_bytes()),
                hash(minified.as_bytes()),
                "{text}"
            );
        }
    }

    #[test]
    fn equal_bytes_have_equal_hashes() {
        assert_eq!(hash(b"{\"TaskId\":\"a\"}"), hash(b"{\"TaskId\":\"a\"}"));
    }
}
