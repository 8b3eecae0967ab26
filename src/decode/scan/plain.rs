//! Passes over plain string content sixteen bytes at a time, which covers most names in one step.

use wide::u8x16;

/// The first byte at or after `from` that is not plain string content:
/// a quote, a backslash, a control character, or the end.
#[inline]
pub(crate) fn plain_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<16>()) {
        let special = special_bytes(*chunk);
        if special != 0 {
            return at + special.trailing_zeros() as usize;
        }
        at += 16;
    }
    let tail = bytes.get(at..).unwrap_or_default();
    at + tail
        .iter()
        .position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20))
        .unwrap_or(tail.len())
}

/// A bit for each byte that is a quote, a backslash or a control character.
#[inline]
fn special_bytes(chunk: [u8; 16]) -> u32 {
    let bytes = u8x16::new(chunk);
    let quotes = bytes.simd_eq(u8x16::splat(b'"'));
    let backslashes = bytes.simd_eq(u8x16::splat(b'\\'));
    let controls = bytes.min(u8x16::splat(0x1f)).simd_eq(bytes);
    (quotes | backslashes | controls).to_bitmask()
}

#[cfg(test)]
mod tests {
    use super::{plain_end, special_bytes};

    #[test]
    fn every_byte_is_told_wherever_it_stands() {
        for byte in 0..=u8::MAX {
            let is_special = byte < 0x20 || byte == b'"' || byte == b'\\';
            for at in 0..16 {
                let mut chunk = [b'a'; 16];
                chunk[at] = byte;
                assert_eq!(special_bytes(chunk), u32::from(is_special) << at);
            }
        }
    }

    #[test]
    fn the_first_of_several_counts_and_text_may_end_anywhere() {
        let text = "0123456789 Grüße 动物世界 0123456789";
        for len in 0..text.len() {
            let bytes = &text.as_bytes()[..len];
            assert_eq!(plain_end(bytes, 0), len);
            let mut stopped = bytes.to_vec();
            stopped.extend_from_slice(b"\"\\\n and much more text behind it");
            assert_eq!(plain_end(&stopped, 0), len);
        }
        assert_eq!(plain_end(b"abc", 7), 7);
    }
}
