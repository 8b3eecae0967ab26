//! Where a document's text stands in its source, also when it was unescaped before it was read.

use std::ops::Range;

use super::envelope::Context;
use super::scan::unescape;

/// Where a document's text stands in its source.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place<'p> {
    pub(crate) offset: u64,
    pub(crate) line: u32,
    /// The escaped text that the document was unescaped from.
    pub(crate) escaped: Option<&'p str>,
    pub(crate) context: Context,
    /// How many wrappings it was taken out of.
    pub(crate) wraps: u8,
}

impl<'p> Place<'p> {
    pub(crate) fn at(offset: u64, line: u32) -> Self {
        Self {
            offset,
            line,
            ..Self::default()
        }
    }

    pub(crate) fn within(self, context: Context) -> Self {
        Self { context, ..self }
    }

    /// The place of escaped text, given where it starts.
    pub(crate) fn unescaped_from(self, raw: &'p str) -> Self {
        Self {
            escaped: Some(raw),
            ..self
        }
    }

    /// A part of the document in the source: where it starts and how long it is there.
    pub(crate) fn locate(&self, part: &Range<usize>) -> (u64, usize) {
        let found = match self.escaped {
            Some(raw) => raw_range(raw, part),
            None => part.clone(),
        };
        (self.offset + long(found.start), found.len())
    }

    /// The place of a part of the document that is a document itself.
    pub(crate) fn deeper(self, text: &str, part: &Range<usize>) -> Self {
        let (offset, _) = self.locate(part);
        let escaped = self.escaped.map(|raw| {
            let part = raw_range(raw, part);
            raw.get(part).unwrap_or_default()
        });
        let lines = match self.escaped {
            Some(_) => 0,
            None => newlines(text.as_bytes().get(..part.start).unwrap_or_default()),
        };
        Self {
            offset,
            line: self.line.saturating_add(lines),
            escaped,
            context: Context::None,
            wraps: self.wraps + 1,
        }
    }
}

/// Where a part of an unescaped text stands in the escaped text.
fn raw_range(raw: &str, part: &Range<usize>) -> Range<usize> {
    let mut start = None;
    let mut meant_len = 0;
    let mut at = 0;
    while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
        if start.is_none() && meant_len >= part.start {
            start = Some(at);
        }
        if meant_len >= part.end {
            break;
        }
        let (raw_len, len) = piece(rest);
        at += raw_len;
        meant_len += len;
    }
    start.unwrap_or(at)..at
}

/// The escaped and the unescaped length of the first character.
fn piece(rest: &str) -> (usize, usize) {
    let Some(escape) = rest.strip_prefix('\\') else {
        let len = rest.chars().next().map_or(1, char::len_utf8);
        return (len, len);
    };
    if !escape.starts_with('u') {
        return (2.min(rest.len()), 1);
    }
    let is_pair = rest
        .get(..12)
        .is_some_and(|pair| unescape(pair).chars().count() == 1);
    let raw_len = if is_pair { 12 } else { 6.min(rest.len()) };
    let meant = unescape(rest.get(..raw_len).unwrap_or_default());
    (raw_len, meant.len())
}

/// Line feeds in the bytes.
pub(crate) fn newlines(bytes: &[u8]) -> u32 {
    u32::try_from(memchr::memchr_iter(b'\n', bytes).count()).unwrap_or(u32::MAX)
}

pub(crate) fn long(value: usize) -> u64 {
    u64::try_from(value).unwrap_or(u64::MAX)
}
