//! A record on one line.

use std::borrow::Cow;

use memchr::memchr2;

/// The record as it is where it stands on one line; else without the white space between its
/// tokens. No value changes: numbers, escapes and the order of members stay as they were written.
/// A line break inside a string, where JSON allows none, is written as JSON wants it.
pub fn one_line(record: &[u8]) -> Cow<'_, [u8]> {
    let record = without_line_breaks_around(record);
    if memchr2(b'\n', b'\r', record).is_none() {
        return Cow::Borrowed(record);
    }
    let mut compact = Compact {
        line: Vec::with_capacity(record.len()),
        place: Place::Between,
        is_apart: false,
    };
    for byte in record {
        compact.push(*byte);
    }
    Cow::Owned(compact.line)
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

struct Compact {
    line: Vec<u8>,
    place: Place,
    /// White space was left out before what comes next.
    is_apart: bool,
}

impl Compact {
    fn push(&mut self, byte: u8) {
        match self.place {
            Place::Between => self.between(byte),
            Place::InString | Place::Escaped => self.in_string(byte),
        }
    }

    fn between(&mut self, byte: u8) {
        if matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
            self.is_apart = true;
            return;
        }
        // Two words stand beside each other in no JSON, but what arrived need not be any.
        let joins_words = self.line.last().is_some_and(|last| !is_structural(*last));
        if self.is_apart && joins_words && !is_structural(byte) {
            self.line.push(b' ');
        }
        self.is_apart = false;
        self.line.push(byte);
        if byte == b'"' {
            self.place = Place::InString;
        }
    }

    fn in_string(&mut self, byte: u8) {
        let is_escaped = self.place == Place::Escaped;
        let letter = match byte {
            b'\n' => Some(b'n'),
            b'\r' => Some(b'r'),
            _ => None,
        };
        if letter.is_some() && !is_escaped {
            self.line.push(b'\\');
        }
        self.line.push(letter.unwrap_or(byte));
        self.place = match byte {
            _ if is_escaped => Place::InString,
            b'"' => Place::Between,
            b'\\' => Place::Escaped,
            _ => Place::InString,
        };
    }
}

fn is_structural(byte: u8) -> bool {
    matches!(byte, b'{' | b'}' | b'[' | b']' | b':' | b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(record: &str) -> String {
        String::from_utf8(one_line(record.as_bytes()).into_owned()).unwrap()
    }

    #[test]
    fn one_line_stays_as_it_is() {
        for record in [" { \"a\" : 1.50 ,\t\"a\":2 } ", "no JSON  at all", ""] {
            assert_eq!(line(record), record);
        }
        assert_eq!(line("\r\n{\"a\": 1}\n"), "{\"a\": 1}");
        assert_eq!(line(" \n\r\n"), " ");
        assert_eq!(line("\n\r"), "");
    }

    #[test]
    fn lines_lose_the_white_space_between_tokens_and_nothing_else() {
        let record = "{\r\n\t\"z\" : 1.0e+02,\n\"a b\": \" \\u4e2d \\\" : , \\\\\" ,\n \"z\": [ -0, 12345678901234567890 ]\n}";
        let expected =
            "{\"z\":1.0e+02,\"a b\":\" \\u4e2d \\\" : , \\\\\",\"z\":[-0,12345678901234567890]}";
        assert_eq!(line(record), expected);
    }

    #[test]
    fn a_break_inside_a_string_becomes_its_escape() {
        assert_eq!(
            line("{\"a\":\"x\ny\\\r\",\n\"b\":2}"),
            "{\"a\":\"x\\ny\\r\",\"b\":2}"
        );
    }

    #[test]
    fn words_that_are_no_json_are_not_joined() {
        assert_eq!(line("a=1\nb=2"), "a=1 b=2");
        assert_eq!(line("{\"a\":1}\n{\"b\":2}"), "{\"a\":1}{\"b\":2}");
    }
}
