//! Whether a JPEG has come to its end. The decoder paints what is missing grey and calls it done.

use memchr::memchr;

const START_OF_SCAN: u8 = 0xda;
const END: u8 = 0xd9;

/// Whether the markers lead to the one that ends the picture.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let Some((marker, after)) = next_marker(rest) {
        match marker {
            END => return true,
            // These stand alone: fill, restarts, a second start.
            0x01 | 0xd0..=0xd8 => rest = after,
            _ => {
                let Some(segment) = after.first_chunk() else {
                    return false;
                };
                let length = usize::from(u16::from_be_bytes(*segment));
                rest = after.get(length..).unwrap_or_default();
                if marker == START_OF_SCAN {
                    rest = after_scan(rest);
                }
            }
        }
    }
    false
}

/// The next marker, past filling and rubbish before it.
fn next_marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let mut rest = bytes;
    loop {
        rest = rest.get(memchr(0xff, rest)? + 1..)?;
        match rest.split_first()? {
            (0x00 | 0xff, _) => {}
            (marker, after) => return Some((*marker, after)),
        }
    }
}

/// Past the compressed pixels, where `ff` is data when a zero or a restart's number follows.
fn after_scan(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes;
    while let Some(at) = memchr(0xff, rest) {
        let found = rest.get(at..).unwrap_or_default();
        match found.get(1) {
            Some(0x00 | 0xd0..=0xd7) => rest = found.get(2..).unwrap_or_default(),
            Some(0xff) => rest = found.get(1..).unwrap_or_default(),
            _ => return found,
        }
    }
    &[]
}
