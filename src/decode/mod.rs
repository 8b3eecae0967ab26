//! Bytes to events: finds the records in a source's text, checks them, and leaves one compact
//! row for each; on request one record in full. Never panics and never fails as a whole: what
//! cannot be read becomes a problem, and what follows it is read all the same.
//!
//! What a source calls, in this order:
//! 1. [`sniff`] on the first bytes says how records stand in the text.
//! 2. [`Shape::Lines`](crate::model::Shape::Lines) and `LogLines`: [`decode_lines`] on blocks that begin and end at
//!    line borders; blocks are independent, so several threads can share the work. A stretch at
//!    a block's edge that is no record line by line but may be part of a pretty-printed document
//!    comes back as [`Decoded::open_head`] or [`Decoded::open_tail`]: join it with the
//!    neighbours' and give the joined bytes to [`decode_documents`].
//! 3. `Documents`: one [`DocumentStream`], fed with chunks of any size.
//!
//! All text is UTF-8 already (invalid bytes become problems of their record); a byte order mark
//! has been taken off.

use std::borrow::Cow;
use std::ops::Range;

use crate::model::{Reason, Segment, Wrapping};

mod builder;
mod clock;
pub mod detail;
mod documents;
mod envelope;
pub(crate) mod excerpt;
mod fault;
mod fields;
mod hash;
mod junk;
mod lines;
mod payload;
mod place;
mod reach;
mod repair;
mod resync;
mod row;
pub(crate) mod scan;
mod sniff;
mod spelling;
mod split;
mod splitter;
mod sub_tasks;
mod summary;
pub(crate) mod time;
pub mod tree;
pub(crate) mod verdict;
mod wrapped;

pub use documents::{DocumentStream, decode_documents};
pub use lines::decode_lines;
pub use repair::{Repaired, repair};
pub use sniff::sniff;

/// What a block, a text, or a chunk of a stream held.
#[derive(Clone, Debug, Default)]
pub struct Decoded {
    /// Rows in text order. `Row.line` counts from 0 at the first line of the decoded bytes;
    /// `Segment.first_line` is left at 1 for the source to set.
    pub segment: Segment,
    /// In text order, apart from the rows.
    pub problems: Vec<LocalProblem>,
    /// Lines of text without JSON: each is part of a [`Reason::NoJson`] problem.
    pub text_lines: u64,
    /// Line feeds in the decoded bytes: how far the next block's first line is from this one's.
    pub lines: u64,
    /// Bytes of the block, from its start on, that may be the end of a document begun before it.
    /// They left neither rows nor problems.
    pub open_head: Option<Range<usize>>,
    /// Bytes of the block, up to its end, that may be the start of a document that goes on in the
    /// next block. They left neither rows nor problems. The whole block can be open: then both
    /// are the full range, and it belongs to one stretch with both neighbours.
    pub open_tail: Option<Range<usize>>,
}

/// A stretch that could not be read; the source adds its id and its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalProblem {
    /// Counted from 0 at the first line of the decoded bytes.
    pub line: u64,
    /// Absolute: the base offset is added already.
    pub offset: u64,
    pub len: u64,
    pub reason: Reason,
    /// The first 200 characters, made visible.
    pub excerpt: String,
}

/// What [`Row::checksum`](crate::model::Row::checksum) is for a record's bytes as they stand in
/// their source; `None` when they are no record.
pub fn checksum(record: &[u8], wrapping: Wrapping) -> Option<u64> {
    let text = simdutf8::basic::from_utf8(record).ok()?;
    summary::checksum(&spelling::unwrapped(text, wrapping)).ok()
}

/// The JSON that a record means which stands inside other text; bytes that are no text are left
/// as they are.
pub fn unwrapped(record: &[u8], wrapping: Wrapping) -> Cow<'_, [u8]> {
    let Ok(text) = simdutf8::basic::from_utf8(record) else {
        return Cow::Borrowed(record);
    };
    match spelling::unwrapped(text, wrapping) {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_inside_other_text_is_what_it_means() {
        let meant = r#"{"a":"x\"y"}"#;
        for (record, wrapping) in [
            (r#"{"a":"x\"y"}"#, Wrapping::Plain),
            (r#"{\"a\":\"x\\\"y\"}"#, Wrapping::Escaped),
            (r#"{\\\"a\\\":\\\"x\\\\\\\"y\\\"}"#, Wrapping::EscapedTwice),
            (r#"{""a"":""x\""y""}"#, Wrapping::Doubled),
            (r#"{\""a\"":\""x\\\""y\""}"#, Wrapping::DoubledEscaped),
        ] {
            assert_eq!(unwrapped(record.as_bytes(), wrapping), meant.as_bytes());
        }
    }
}
