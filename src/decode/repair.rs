//! Mends what people paste: comments, trailing commas, full-width punctuation, broken lines in
//! strings. Only on request, only these, and it says what it did.

use crate::model::{Repair, RepairKind};

/// Mended text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    pub text: String,
    /// In order of first appearance.
    pub repairs: Vec<Repair>,
}

/// The text with everything mended that this can mend; `None` when nothing needed it.
/// The result need not be JSON: other faults stay.
pub fn repair(text: &str) -> Option<Repaired> {
    let mut mender = Mender {
        rest: text,
        out: String::with_capacity(text.len()),
        line: 1,
        repairs: Vec::new(),
    };
    while let Some(next) = mender.rest.chars().next() {
        mender.step(next);
    }
    (!mender.repairs.is_empty()).then_some(Repaired {
        text: mender.out,
        repairs: mender.repairs,
    })
}

struct Mender<'t> {
    rest: &'t str,
    out: String,
    line: u64,
    repairs: Vec<Repair>,
}

impl Mender<'_> {
    /// Outside strings.
    fn step(&mut self, next: char) {
        match next {
            '"' => {
                self.keep(next);
                self.string('"');
            }
            // A full-width quote may be closed by an ASCII one and the other way round.
            '“' | '”' => {
                self.replace(next, "\"", RepairKind::FullWidth);
                self.string('”');
            }
            '/' if self.rest.starts_with("//") => self.line_comment(),
            '/' if self.rest.starts_with("/*") => self.block_comment(),
            '；' | ';' => self.replace(next, "", RepairKind::Semicolon),
            ',' | '，' | '、' => self.comma(next),
            _ => match ascii_counterpart(next) {
                Some(plain) => self.replace(next, plain, RepairKind::FullWidth),
                None => self.keep(next),
            },
        }
    }

    /// Up to and with the closing quote.
    fn string(&mut self, close: char) {
        while let Some(next) = self.rest.chars().next() {
            match next {
                '\\' => {
                    self.keep(next);
                    match self.rest.chars().next() {
                        Some(escaped) if !escaped.is_control() => self.keep(escaped),
                        _ => {}
                    }
                }
                '"' => return self.keep(next),
                '”' if close == '”' => {
                    return self.replace(next, "\"", RepairKind::FullWidth);
                }
                '\n' => self.replace(next, "\\n", RepairKind::ControlCharacter),
                '\r' => self.replace(next, "\\r", RepairKind::ControlCharacter),
                '\t' => self.replace(next, "\\t", RepairKind::ControlCharacter),
                control if u32::from(control) < 0x20 => {
                    let escape = format!("\\u{:04x}", u32::from(control));
                    self.replace(next, &escape, RepairKind::ControlCharacter);
                }
                _ => self.keep(next),
            }
        }
    }

    fn comma(&mut self, next: char) {
        let after = self.rest.get(next.len_utf8()..).unwrap_or_default();
        if closes_next(after) {
            self.replace(next, "", RepairKind::TrailingComma);
        } else if next == ',' {
            self.keep(next);
        } else {
            self.replace(next, ",", RepairKind::FullWidth);
        }
    }

    fn line_comment(&mut self) {
        self.note(RepairKind::Comment);
        let end = self.rest.find('\n').unwrap_or(self.rest.len());
        self.rest = self.rest.get(end..).unwrap_or_default();
    }

    fn block_comment(&mut self) {
        self.note(RepairKind::Comment);
        let end = self.rest.find("*/").map_or(self.rest.len(), |at| at + 2);
        let comment = self.rest.get(..end).unwrap_or_default();
        // Line numbers stay what they were.
        for newline in comment.matches('\n') {
            self.out.push_str(newline);
            self.line += 1;
        }
        self.rest = self.rest.get(end..).unwrap_or_default();
    }

    fn keep(&mut self, next: char) {
        self.out.push(next);
        self.pass(next);
    }

    fn replace(&mut self, next: char, by: &str, kind: RepairKind) {
        self.note(kind);
        self.out.push_str(by);
        self.pass(next);
    }

    fn pass(&mut self, next: char) {
        self.line += u64::from(next == '\n');
        self.rest = self.rest.get(next.len_utf8()..).unwrap_or_default();
    }

    fn note(&mut self, kind: RepairKind) {
        match self.repairs.iter_mut().find(|known| known.kind == kind) {
            Some(known) => known.count = known.count.saturating_add(1),
            None => self.repairs.push(Repair {
                kind,
                line: self.line,
                count: 1,
            }),
        }
    }
}

/// Whether the next thing, comments and stray commas aside, closes a bracket.
fn closes_next(after: &str) -> bool {
    let mut rest = after.trim_start();
    loop {
        let past = if let Some(comment) = rest.strip_prefix("//") {
            comment.find('\n').and_then(|end| comment.get(end..))
        } else if let Some(comment) = rest.strip_prefix("/*") {
            comment.find("*/").and_then(|end| comment.get(end + 2..))
        } else {
            return rest.starts_with(['}', ']', '｝', '］']);
        };
        rest = past.unwrap_or_default().trim_start();
    }
}

fn ascii_counterpart(wide: char) -> Option<&'static str> {
    Some(match wide {
        '：' => ":",
        '｛' => "{",
        '｝' => "}",
        '［' | '【' => "[",
        '］' | '】' => "]",
        '\u{3000}' | '\u{a0}' => " ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Repair, RepairKind, repair};

    fn mended(text: &str) -> String {
        repair(text).unwrap().text
    }

    #[test]
    fn sound_json_needs_nothing() {
        assert_eq!(repair("{\"a\": \"// ，; ok\"}"), None);
        assert_eq!(repair(""), None);
    }

    #[test]
    fn comments_go_and_lines_stay() {
        assert_eq!(
            mended("{ // one\n\"a\": 1 /* two\nlines */ }"),
            "{ \n\"a\": 1 \n }"
        );
    }

    #[test]
    fn trailing_commas_and_semicolons_go() {
        assert_eq!(mended("{\"a\": [1, 2,], }"), "{\"a\": [1, 2] }");
        assert_eq!(mended("{\"a\": 1, // last\n};"), "{\"a\": 1 \n}");
    }

    #[test]
    fn full_width_punctuation_becomes_plain_outside_strings_only() {
        assert_eq!(
            mended("｛“名”：\"甲，乙\"，\"b\"：1、\"c\":2}"),
            "{\"名\":\"甲，乙\",\"b\":1,\"c\":2}"
        );
    }

    #[test]
    fn control_characters_in_strings_are_escaped() {
        assert_eq!(
            mended("{\"a\":\"x\ny\u{1}\tz\"}"),
            r#"{"a":"x\ny\u0001\tz"}"#
        );
        assert_eq!(mended("{\"a\":\"x\\\ny\"}"), r#"{"a":"x\\ny"}"#);
    }

    #[test]
    fn what_was_done_is_said() {
        let repaired = repair("{\n\"a\": 1, // x\n\"b\": 2, // y\n}").unwrap();
        let comment = Repair {
            kind: RepairKind::Comment,
            line: 2,
            count: 2,
        };
        let comma = Repair {
            kind: RepairKind::TrailingComma,
            line: 3,
            count: 1,
        };
        assert_eq!(repaired.repairs, [comment, comma]);
        assert_eq!(repaired.text, "{\n\"a\": 1, \n\"b\": 2 \n}");
    }
}
