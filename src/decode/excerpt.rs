//! How an unreadable stretch begins, made visible: never a raw control character, never invalid text.

use std::fmt::Write as _;

/// As much of a stretch as is shown.
const CHARACTERS: usize = 200;
/// Enough bytes for that many characters of four bytes.
const BYTES: usize = CHARACTERS * 4;

/// The first 200 characters; invalid bytes as `\xNN`, control characters as escapes.
pub(crate) fn excerpt(bytes: &[u8]) -> String {
    let head = bytes.get(..BYTES).unwrap_or(bytes);
    let mut out = String::new();
    let mut left = CHARACTERS;
    for chunk in head.utf8_chunks() {
        for shown in chunk.valid().chars().take(left) {
            push_visible(&mut out, shown);
            left -= 1;
        }
        for byte in chunk.invalid().iter().take(left) {
            // Writing to a String cannot fail.
            let _ = write!(out, "\\x{byte:02X}");
            left -= 1;
        }
    }
    out
}

fn push_visible(out: &mut String, shown: char) {
    match shown {
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        control if control.is_control() => {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(control));
        }
        plain => out.push(plain),
    }
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn invalid_bytes_and_controls_are_made_visible() {
        assert_eq!(excerpt(b"a\xffb\0\n\t\x1b"), "a\\xFFb\\u{0}\\n\\t\\u{1b}");
    }

    #[test]
    fn two_hundred_characters_are_shown_however_long_they_are() {
        assert_eq!(excerpt("世".repeat(300).as_bytes()).chars().count(), 200);
        assert_eq!(excerpt("😀".repeat(300).as_bytes()).chars().count(), 200);
        assert_eq!(excerpt(b"short"), "short");
    }
}
