//! A SessionContext is the caller's own text: made readable when it is plainly an encoding of text.

use crate::decode::tree::{parse, to_pretty};
use crate::model::DecodedContext;

/// Shorter texts are too likely to be base64 by chance.
const BASE64_LEN_MIN: usize = 8;

/// What the context says; `None` when it is readable as it is.
pub(super) fn decode(context: &str) -> Option<DecodedContext> {
    let text = context.trim();
    if let Some(json) = pretty_json(text) {
        return Some(DecodedContext::Json(json));
    }
    if let Some(decoded) = percent_decoded(text) {
        return Some(DecodedContext::Percent(
            pretty_json(&decoded).unwrap_or(decoded),
        ));
    }
    let decoded = readable(base64_decoded(text)?)?;
    Some(DecodedContext::Base64(
        pretty_json(&decoded).unwrap_or(decoded),
    ))
}

/// Objects and arrays only: a bare number or word is readable as it is.
fn pretty_json(text: &str) -> Option<String> {
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let tree = parse(text.as_bytes()).ok()?;
    Some(to_pretty(&tree, 0))
}

fn percent_decoded(text: &str) -> Option<String> {
    if !text.contains('%') {
        return None;
    }
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let (high, low) = (hex_digit(bytes.next()?)?, hex_digit(bytes.next()?)?);
            decoded.push(high << 4 | low);
        } else if byte.is_ascii_graphic() {
            decoded.push(byte);
        } else {
            return None;
        }
    }
    readable(decoded)
}

fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// Strict base64: the standard alphabet, whole groups of four, padding at the end only.
fn base64_decoded(text: &str) -> Option<Vec<u8>> {
    if text.len() < BASE64_LEN_MIN || !text.len().is_multiple_of(4) {
        return None;
    }
    let body = text.trim_end_matches('=');
    if text.len() - body.len() > 2 {
        return None;
    }
    let mut decoded = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut bit_count) = (0_u32, 0_u32);
    for byte in body.bytes() {
        bits = bits << 6 | u32::from(base64_digit(byte)?);
        bit_count += 6;
        if bit_count >= 8 {
            bit_count -= 8;
            decoded.push(u8::try_from(bits >> bit_count & 0xff).ok()?);
        }
    }
    Some(decoded)
}

fn base64_digit(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

/// The bytes as text without control characters.
fn readable(bytes: Vec<u8>) -> Option<String> {
    let text = String::from_utf8(bytes).ok()?;
    let is_readable = text
        .chars()
        .all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'));
    is_readable.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::decode;
    use crate::model::DecodedContext::{Base64, Json, Percent};

    #[test]
    fn json_is_indented_with_its_numbers_as_they_are() {
        assert_eq!(
            decode(r#"{"id":12345678901234567890}"#),
            Some(Json("{\n  \"id\": 12345678901234567890\n}".to_owned()))
        );
    }

    #[test]
    fn base64_of_text_is_decoded() {
        assert_eq!(
            decode("5Yqo54mp5LiW55WM"),
            Some(Base64("动物世界".to_owned()))
        );
        assert_eq!(
            decode("eyJhIjoxfQ=="),
            Some(Base64("{\n  \"a\": 1\n}".to_owned()))
        );
    }

    #[test]
    fn percent_encoded_text_is_decoded() {
        assert_eq!(
            decode("name=%E5%8A%A8%E7%89%A9"),
            Some(Percent("name=动物".to_owned()))
        );
    }

    #[test]
    fn readable_text_is_left_alone() {
        for text in [
            "",
            "userdata",
            "12345678",
            "abcdefgh",
            "100% sure",
            "50%",
            "order-42",
            "{oops",
            "a b=c",
            "deadbeef",
            "动物世界",
            "=====",
            "user_context",
        ] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
