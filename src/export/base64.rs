//! Bytes as text.

const DIGITS: [u8; 64] = *b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The standard alphabet, padded.
pub(super) fn encoded(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let at = |place: usize| u32::from(group.get(place).copied().unwrap_or_default());
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            text.push(if place <= group.len() {
                digit(bits >> (18 - 6 * place))
            } else {
                '='
            });
        }
    }
    text
}

fn digit(bits: u32) -> char {
    let place = usize::try_from(bits & 63).unwrap_or_default();
    char::from(DIGITS.get(place).copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn the_standards_own_examples_come_out() {
        for (bytes, expected) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(encoded(bytes.as_bytes()), expected);
        }
        assert_eq!(encoded(&[0xff, 0xfe, 0x7b, 0x00]), "//57AA==");
    }
}
