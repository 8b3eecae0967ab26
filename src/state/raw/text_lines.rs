//! The received text by lines. A line that is too long to lay out goes on below; nothing is left out.

use std::ops::Range;

use crate::text::width::width;

/// One shown line of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextLine {
    /// Its bytes in the text, the line break left out.
    pub range: Range<u32>,
    /// Counted from 1; `None` when it carries on the line above.
    pub number: Option<u32>,
}

/// Narrower lines than this are of no use.
const NARROWEST: usize = 40;

/// The lines of a text, none wider than so many narrow characters.
pub(super) fn lines(text: &str, columns: usize) -> Vec<TextLine> {
    let columns = columns.max(NARROWEST);
    let mut out = Vec::new();
    let mut at = 0;
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let mut rest = line.trim_end_matches(['\n', '\r']);
        let mut start = at;
        let mut number = Some(number);
        loop {
            let (head, tail) = rest.split_at(cut(rest, columns));
            out.push(TextLine {
                range: short(start)..short(start + head.len()),
                number: number.take(),
            });
            if tail.is_empty() {
                break;
            }
            (rest, start) = (tail, start + head.len());
        }
        at += line.len();
    }
    out
}

/// How many bytes of a line fit.
fn cut(line: &str, columns: usize) -> usize {
    if line.len() <= columns {
        return line.len();
    }
    let mut wide = 0;
    let over = line.char_indices().find(|(_, c)| {
        wide += width(*c);
        wide > columns
    });
    over.map_or(line.len(), |(at, _)| at)
}

/// The shown line that holds a byte.
pub fn line_at(lines: &[TextLine], byte: u32) -> usize {
    lines
        .partition_point(|line| line.range.start <= byte)
        .saturating_sub(1)
}

fn short(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
