//! A record on one line, so that what was received can be had back from it.

use std::borrow::Cow;

use memchr::memchr3;
use serde::Serialize;
use serde::de::IgnoredAny;

use super::base64;

/// A record as a line, without its line feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    pub bytes: Cow<'a, [u8]>,
    pub spelling: Spelling,
}

/// What had to be done to a record for it to stand on one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    AsReceived,
    /// It is JSON: the white space between its tokens is left out. No value changes: numbers,
    /// escapes and the order of members stay as they were written.
    Compact,
    /// It is no JSON: an object holds it, as text or, where it is none, as base64.
    Wrapped,
}

/// What is no JSON and needs more than one line.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Wrapped<'a> {
    ReceivedText(&'a str),
    ReceivedBase64(String),
}

/// The bytes of [`line_of`].
pub fn one_line(record: &[u8]) -> Cow<'_, [u8]> {
    line_of(record).bytes
}

/// The record as it is where it stands on one line; else as near to that as a line allows.
pub fn line_of(record: &[u8]) -> Line<'_> {
    let trimmed = without_line_breaks_around(record);
    let as_received = |bytes| Line {
        bytes: Cow::Borrowed(bytes),
        spelling: Spelling::AsReceived,
    };
    if is_plain(record) || record.trim_ascii().is_empty() {
        return as_received(trimmed);
    }
    if !is_json(record) {
        return Line {
            bytes: Cow::Owned(wrapped(record)),
            spelling: Spelling::Wrapped,
        };
    }
    if is_plain(trimmed) {
        return as_received(trimmed);
    }
    Line {
        bytes: Cow::Owned(compact(record)),
        spelling: Spelling::Compact,
    }
}

/// No line breaks, and none of the zeros of which UTF-16 is full: that would be no line beside
/// others.
fn is_plain(record: &[u8]) -> bool {
    memchr3(b'\n', b'\r', 0, record).is_none()
}

fn is_json(record: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(record).is_ok()
}

fn wrapped(record: &[u8]) -> Vec<u8> {
    let text = simdutf8::basic::from_utf8(record);
    let wrapped = text.map_or_else(
        |_| Wrapped::ReceivedBase64(base64::encoded(record)),
        Wrapped::ReceivedText,
    );
    // An object of one string cannot fail.
    serde_json::to_vec(&wrapped).unwrap_or_default()
}

fn without_line_breaks_around(record: &[u8]) -> &[u8] {
    let is_break = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let Some(first) = record.iter().position(|byte| !is_break(byte)) else {
        return &[];
    };
    let last = record.iter().rposition(|byte| !is_break(byte));
    record.get(first..=last.unwrap_or(first)).unwrap_or(record)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Between,
    InString,
    /// After a backslash.
    Escaped,
}

/// JSON without the white space between its tokens.
fn compact(json: &[u8]) -> Vec<u8> {
    let mut line = Vec::with_capacity(json.len());
    let mut place = Place::Between;
    for byte in json {
        place = match (place, byte) {
            (Place::Between, b' ' | b'\t' | b'\n' | b'\r') => continue,
            (Place::Between, b'"') | (Place::Escaped, _) => Place::InString,
            (Place::InString, b'"') => Place::Between,
            (Place::InString, b'\\') => Place::Escaped,
            (place, _) => place,
        };
        line.push(*byte);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(record: &str) -> (String, Spelling) {
        let line = line_of(record.as_bytes());
        let text = String::from_utf8(line.bytes.into_owned()).unwrap();
        (text, line.spelling)
    }

    fn spelled(text: &str, spelling: Spelling) -> (String, Spelling) {
        (text.to_owned(), spelling)
    }

    #[test]
    fn one_line_stays_as_it_is() {
        for record in [" { \"a\" : 1.50 ,\t\"a\":2 } ", "no JSON  at all", ""] {
            assert_eq!(line(record), spelled(record, Spelling::AsReceived));
        }
        let json = spelled("{\"a\": 1}", Spelling::AsReceived);
        assert_eq!(line("\r\n{\"a\": 1}\n"), json);
        assert_eq!(line(" \n\r\n").0, " ");
        assert_eq!(line("\n\r").0, "");
    }

    #[test]
    fn json_loses_the_white_space_between_tokens_and_nothing_else() {
        let record = "{\r\n\t\"z\" : 1.0e+02,\n\"a b\": \" \\u4e2d \\\" : , \\\\\" ,\n \"z\": [ -0, 12345678901234567890 ]\n}";
        let expected =
            "{\"z\":1.0e+02,\"a b\":\" \\u4e2d \\\" : , \\\\\",\"z\":[-0,12345678901234567890]}";
        assert_eq!(line(record), spelled(expected, Spelling::Compact));
    }

    #[test]
    fn what_is_no_json_and_spans_lines_comes_back_byte_for_byte() {
        for record in [
            "{\"a\":\"x\ny\\\"}",
            "a=1\nb=\u{4e2d}\0",
            "{\"a\":1}\n{\"b\":2}\n",
            "hello\n",
        ] {
            let (text, spelling) = line(record);
            assert_eq!(spelling, Spelling::Wrapped);
            assert!(!text.contains(['\n', '\r', '\0']), "{text}");
            let value: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert_eq!(value, serde_json::json!({ "received_text": record }));
        }
    }

    #[test]
    fn what_is_no_text_is_base64() {
        let utf16: Vec<u8> = "\u{feff}{}"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let line = line_of(&utf16);
        assert_eq!(&*line.bytes, br#"{"received_base64":"//57AH0A"}"#);
        assert_eq!(line.spelling, Spelling::Wrapped);
    }
}
