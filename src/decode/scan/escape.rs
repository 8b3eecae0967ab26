//! What the escapes in a checked string mean.

/// The string that checked text between quotes means; lone surrogates become U+FFFD.
pub(crate) fn unescape(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        out.push_str(rest.get(..at).unwrap_or_default());
        let (meant, after) = one_escape(rest.get(at + 1..).unwrap_or_default());
        out.push(meant);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// What the escape at the start (behind its backslash) means, and the text after it.
fn one_escape(text: &str) -> (char, &str) {
    let mut chars = text.chars();
    let meant = match chars.next() {
        Some('b') => '\u{8}',
        Some('f') => '\u{c}',
        Some('n') => '\n',
        Some('r') => '\r',
        Some('t') => '\t',
        Some('u') => return unicode_escape(chars.as_str()),
        Some(other) => other,
        None => char::REPLACEMENT_CHARACTER,
    };
    (meant, chars.as_str())
}

fn unicode_escape(text: &str) -> (char, &str) {
    let (unit, rest) = hex_unit(text);
    if !(0xd800..0xdc00).contains(&unit) {
        return (char::from_u32(unit).unwrap_or('\u{fffd}'), rest);
    }
    if let Some(second) = rest.strip_prefix("\\u") {
        let (low, after) = hex_unit(second);
        if (0xdc00..0xe000).contains(&low) {
            let code = 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
            return (char::from_u32(code).unwrap_or('\u{fffd}'), after);
        }
    }
    ('\u{fffd}', rest)
}

fn hex_unit(text: &str) -> (u32, &str) {
    let (digits, rest) = text.split_at_checked(4).unwrap_or((text, ""));
    (u32::from_str_radix(digits, 16).unwrap_or(0xfffd), rest)
}

#[cfg(test)]
mod tests {
    use super::unescape;

    #[test]
    fn escapes_mean_what_they_spell() {
        assert_eq!(unescape(r"a\/b\\\n\u00e9"), "a/b\\\né");
        assert_eq!(unescape(r"\ud83d\ude00"), "😀");
        assert_eq!(unescape(r"\ud83dx\ude00"), "\u{fffd}x\u{fffd}");
        assert_eq!(unescape(r"\ud83d\u0041"), "\u{fffd}A");
    }
}
