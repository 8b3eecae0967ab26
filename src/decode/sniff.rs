//! Guesses from the first bytes how records stand in a text. A wrong guess costs speed, never a
//! record: both ways of reading find what the other expects.

use super::scan::{Kind, Scanner};
use super::wrapped::{self, Opening};
use crate::model::Shape;

/// Lines that are looked at.
const LINES: usize = 64;

/// How records stand in the text that begins like this. 256 KiB are plenty.
pub fn sniff(prefix: &[u8]) -> Shape {
    let is_complete_at_end = prefix.last() == Some(&b'\n');
    let mut lines: Vec<&[u8]> = prefix
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.trim_ascii().is_empty())
        .take(LINES + 1)
        .collect();
    // The last line may go on behind the prefix.
    if lines.len() > 1 && (lines.len() > LINES || !is_complete_at_end) {
        lines.pop();
    }
    let whole = lines.iter().filter(|line| is_document(line)).count();
    let in_text = lines.iter().filter(|line| has_document(line)).count();
    let starts_whole = lines.first().is_some_and(|line| is_document(line));
    if starts_whole || whole * 5 >= lines.len() * 3 && whole > 0 {
        Shape::Lines
    } else if starts_like_json(prefix) || in_text == 0 {
        Shape::Documents
    } else {
        Shape::LogLines
    }
}

fn starts_like_json(prefix: &[u8]) -> bool {
    let text = prefix.trim_ascii_start();
    let inside = text.get(1..).unwrap_or_default().trim_ascii_start();
    match text.first() {
        Some(b'{') => !matches!(wrapped::opening(text), Opening::Wrapped(_)),
        Some(b'[') => matches!(
            inside.first(),
            Some(b'{' | b'[' | b'"' | b']' | b'/') | None
        ),
        _ => false,
    }
}

/// Whether the line is one object or one string, from column 0 on.
fn is_document(line: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(line) else {
        return false;
    };
    if text.starts_with([' ', '\t']) {
        return false;
    }
    let mut scanner = Scanner::new(text.trim_end().trim_end_matches(','));
    matches!(
        scanner.peek(),
        Ok(Kind::Object | Kind::String | Kind::Array)
    ) && scanner.skip_value().is_ok()
        && scanner.finish().is_ok()
}

/// Whether a whole object or a string with one stands somewhere on the line.
fn has_document(line: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(line) else {
        return false;
    };
    let is_member = text.trim_start().starts_with('"');
    !is_member
        && ["{\"", "\"{", "[{"].iter().any(|start| {
            text.find(start).is_some_and(|at| {
                let mut scanner = Scanner::starting_at(text, at);
                scanner.skip_value().is_ok()
            })
        })
        || wrapped::stands_in(line)
}

#[cfg(test)]
mod tests {
    use super::sniff;
    use crate::model::Shape;

    #[test]
    fn one_record_a_line() {
        assert_eq!(sniff(b"{\"a\":1}\n{\"a\":2}\n{\"a\":"), Shape::Lines);
        assert_eq!(sniff(b"{\"a\":\n{\"a\":2}\n{\"a\":3}\n"), Shape::Lines);
        assert_eq!(sniff(b"\n\n\"{\\\"a\\\":1}\"\n"), Shape::Lines);
    }

    #[test]
    fn documents() {
        assert_eq!(sniff(b""), Shape::Documents);
        assert_eq!(sniff(b"{\n  \"a\": 1\n}\n"), Shape::Documents);
        assert_eq!(
            sniff(b"[\n  {\"a\": 1},\n  {\"a\": 2}\n]"),
            Shape::Documents
        );
        assert_eq!(sniff(b"{\"a\": [{\"b\":"), Shape::Documents);
        assert_eq!(sniff(b"received:\n{\n \"a\": 1\n}"), Shape::Documents);
    }

    #[test]
    fn log_lines() {
        let log = b"2026-04-02 INFO got {\"a\":1}\n2026-04-02 INFO idle\n";
        assert_eq!(sniff(log), Shape::LogLines);
        assert_eq!(
            sniff(b"INSERT INTO t VALUES (1,'{\\\"a\\\":1}');\n"),
            Shape::LogLines
        );
        assert_eq!(sniff(b"{\\\"a\\\":1}\n"), Shape::LogLines);
        assert_eq!(sniff(b"id,body\n1,\"{\"\"a\"\":1}\"\n"), Shape::LogLines);
        assert_eq!(sniff(b"[INFO] body=\"{\\\"a\\\":1}\"\n"), Shape::LogLines);
    }
}
