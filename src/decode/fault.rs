//! Says exactly why a stretch of bytes is no JSON.

use super::place::newlines;
use super::scan::{DEPTH_LIMIT, Fault, ScanError, Scanner, expected};
use super::spelling;
use crate::model::{Reason, Wrapping};

/// A reason, and the line it was met in, counted from the stretch's first.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Explained {
    pub(crate) line: u32,
    pub(crate) reason: Reason,
}

/// Why the stretch is no JSON value. For one that is: the text after it was expected to end.
pub(crate) fn explain(stretch: &[u8]) -> Explained {
    match simdutf8::compat::from_utf8(stretch) {
        Ok(text) => {
            let mut scanner = Scanner::new(text);
            match scanner.skip_value().and_then(|()| scanner.finish()) {
                Err(error) => of_scan(stretch, error),
                Ok(()) => Explained {
                    line: 0,
                    reason: syntax(expected::END, stretch, stretch.len()),
                },
            }
        }
        Err(error) => {
            let at = error.valid_up_to();
            let valid = stretch.get(..at).unwrap_or_default();
            before_bad_byte(stretch, valid)
        }
    }
}

/// Why the stretch is no JSON value wrapped like this; places are those of the stretch.
pub(crate) fn explain_wrapped(stretch: &[u8], wrapping: Wrapping) -> Explained {
    let text = match simdutf8::compat::from_utf8(stretch) {
        Ok(text) => text,
        Err(error) => return bad_byte(stretch, error.valid_up_to()),
    };
    let meant = spelling::unwrapped(text, wrapping);
    let mut scanner = Scanner::new(&meant);
    match scanner.skip_value().and_then(|()| scanner.finish()) {
        Err(error) => {
            let offset = spelling::locate(text, wrapping, error.offset);
            of_scan(stretch, ScanError { offset, ..error })
        }
        Ok(()) => Explained {
            line: 0,
            reason: syntax(expected::END, stretch, stretch.len()),
        },
    }
}

/// The reason behind a scanner's error in this stretch.
pub(crate) fn of_scan(stretch: &[u8], error: ScanError) -> Explained {
    let reason = match error.fault {
        // A record that is cut off is told by where it starts, not by where the text ends.
        Fault::CutOff { inside } => {
            return Explained {
                line: 0,
                reason: Reason::CutOff { inside },
            };
        }
        Fault::TooDeep => Reason::TooDeep { limit: DEPTH_LIMIT },
        Fault::Expected(wanted) => syntax(wanted, stretch, error.offset),
    };
    let before = stretch.get(..error.offset).unwrap_or_default();
    Explained {
        line: newlines(before),
        reason,
    }
}

/// The reason for damage in an answer's own text, whose start is gone.
pub(crate) fn outside(buffer: &[u8], end: usize, inside: &'static str) -> Reason {
    if end >= buffer.len() {
        return Reason::CutOff { inside };
    }
    syntax(expected::COMMA_OR_BRACE, buffer, end)
}

/// Invalid UTF-8, unless what stands before it is no JSON already.
fn before_bad_byte(stretch: &[u8], valid: &[u8]) -> Explained {
    let text = std::str::from_utf8(valid).unwrap_or_default();
    if let Err(error) = Scanner::new(text).skip_value()
        && !matches!(error.fault, Fault::CutOff { .. })
    {
        return of_scan(stretch, error);
    }
    bad_byte(stretch, valid.len())
}

fn bad_byte(stretch: &[u8], at: usize) -> Explained {
    Explained {
        line: newlines(stretch.get(..at).unwrap_or_default()),
        reason: Reason::NotUtf8 {
            column: column(stretch, at),
            byte: stretch.get(at).copied().unwrap_or_default(),
        },
    }
}

fn syntax(wanted: &'static str, stretch: &[u8], at: usize) -> Reason {
    Reason::Syntax {
        expected: wanted,
        column: column(stretch, at),
    }
}

/// The byte column, from 1, within the line of the place.
fn column(stretch: &[u8], at: usize) -> u64 {
    let before = stretch.get(..at).unwrap_or_default();
    let line_start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
    u64::try_from(before.len() - line_start + 1).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Explained, explain, explain_wrapped};
    use crate::model::{Reason, Wrapping};

    #[test]
    fn line_and_column_are_the_fault_s() {
        let found = explain(b"{\n  \"a\": 1\n  \"b\": 2\n}");
        let want = Reason::Syntax {
            expected: "',' or '}'",
            column: 3,
        };
        assert_eq!(
            found,
            Explained {
                line: 2,
                reason: want
            }
        );
    }

    #[test]
    fn cut_off_records_are_told_by_their_first_line() {
        let found = explain(b"{\n  \"a\": [1,\n");
        let want = Reason::CutOff { inside: "array" };
        assert_eq!(
            found,
            Explained {
                line: 0,
                reason: want
            }
        );
    }

    #[test]
    fn the_first_invalid_byte_is_named() {
        let found = explain(b"{\"a\":\"\xff\"}");
        let want = Reason::NotUtf8 {
            column: 7,
            byte: 0xff,
        };
        assert_eq!(
            found,
            Explained {
                line: 0,
                reason: want
            }
        );
    }

    #[test]
    fn faults_in_wrapped_records_are_placed_where_they_are_spelled() {
        let syntax = |expected, column| Reason::Syntax { expected, column };
        for (stretch, wrapping, line, reason) in [
            (r#"{\"a\":x}"#, Wrapping::Escaped, 0, syntax("a value", 8)),
            (
                r#"{\\\"a\\\":x}"#,
                Wrapping::EscapedTwice,
                0,
                syntax("a value", 12),
            ),
            (
                "{\n\"\"a\"\":x}",
                Wrapping::Doubled,
                1,
                syntax("a value", 7),
            ),
            (
                r#"{\"a\":"#,
                Wrapping::Escaped,
                0,
                Reason::CutOff { inside: "object" },
            ),
        ] {
            let found = explain_wrapped(stretch.as_bytes(), wrapping);
            assert_eq!(found, Explained { line, reason }, "{stretch}");
        }
    }
}
