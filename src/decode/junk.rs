//! Text between values: log prefixes are no problem, lines without any JSON are one.

use super::LocalProblem;
use super::excerpt::excerpt;
use super::scan::{Scanner, expected};
use crate::model::Reason;

/// Enough of the text to show how it begins.
const HEAD: usize = 800;

/// Where the text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Surroundings {
    /// On a line of its own, or before a value.
    Text,
    /// Behind a value on its line.
    AfterRecord,
    /// Between the items of a list.
    List,
}

/// The text since the last value or line feed.
#[derive(Debug, Default)]
pub(crate) struct Junk {
    start: Option<(u64, u32)>,
    len: u64,
    head: Vec<u8>,
    has_words: bool,
}

impl Junk {
    pub(crate) fn is_open(&self) -> bool {
        self.start.is_some()
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.start.is_none()
    }

    pub(crate) fn open(&mut self, offset: u64, line: u32) {
        self.start = Some((offset, line));
        self.len = 0;
        self.head.clear();
        self.has_words = false;
    }

    pub(crate) fn push(&mut self, byte: u8) {
        self.len += 1;
        if self.head.len() < HEAD {
            self.head.push(byte);
        }
        self.has_words |= !is_json_punctuation(byte);
    }

    /// The line ends behind the text: what that means, if it is a problem.
    pub(crate) fn end_of_line(&mut self, surroundings: Surroundings) -> Option<LocalProblem> {
        let text = self.head.trim_ascii();
        let reason = match surroundings {
            Surroundings::List => self.in_list(),
            Surroundings::AfterRecord if matches!(text.first(), Some(b'}' | b']')) => {
                Some(syntax(expected::END))
            }
            Surroundings::AfterRecord => None,
            Surroundings::Text if self.has_words => Some(Reason::NoJson),
            Surroundings::Text => Some(syntax(expected::VALUE)),
        };
        self.close(reason)
    }

    /// A value begins behind the text on the same line.
    pub(crate) fn before_value(&mut self, surroundings: Surroundings) -> Option<LocalProblem> {
        let reason = match surroundings {
            Surroundings::List => self.in_list(),
            Surroundings::Text | Surroundings::AfterRecord => None,
        };
        self.close(reason)
    }

    /// Items of a list that are values but no events, or no values at all.
    fn in_list(&self) -> Option<Reason> {
        let text = std::str::from_utf8(&self.head).unwrap_or_default();
        let items = text.trim().trim_end_matches(',');
        if items == "null" {
            return None;
        }
        let list = format!("[{items}]");
        let is_json = Scanner::new(&list).skip_value().is_ok();
        Some(if is_json {
            Reason::NotAnEvent {
                first_member: String::new(),
            }
        } else {
            syntax(expected::VALUE)
        })
    }

    fn close(&mut self, reason: Option<Reason>) -> Option<LocalProblem> {
        let (offset, line) = self.start.take()?;
        Some(LocalProblem {
            line: u64::from(line),
            offset,
            len: self.len,
            reason: reason?,
            excerpt: excerpt(&self.head),
        })
    }
}

/// What can be left of a record that is damaged.
fn is_json_punctuation(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'{' | b'}' | b'[' | b']' | b'"' | b',' | b':')
}

fn syntax(wanted: &'static str) -> Reason {
    Reason::Syntax {
        expected: wanted,
        column: 1,
    }
}
