//! The fast path: records that are whole and sound are read where they stand.

use super::Splitter;
use crate::decode::builder::Builder;
use crate::decode::place::{Place, newlines};
use crate::decode::summary::leading_document;

/// How much text is checked at once.
const WINDOW: usize = 128 * 1024;
/// Values that are read the slow way before the fast one is tried again.
const LONGEST_PAUSE: u32 = 255;

impl Splitter {
    /// The fast path: records that are whole and sound are read where they stand, one after
    /// another. Stops at the first that is not, with nothing changed from there on.
    pub(super) fn whole_records(&mut self, builder: &mut Builder) {
        if self.junk.is_open() || self.byte(self.at).is_none() {
            return;
        }
        if self.pause > 0 {
            self.pause -= 1;
            return;
        }
        let buffer = std::mem::take(&mut self.buffer);
        let window = window(&buffer, self.at);
        let start = self.at;
        let first_row = builder.row_count();
        while let Some(found) = window.get(self.at - start..).and_then(next_object) {
            let at = self.at + found;
            let text = window.get(at - start..).unwrap_or_default();
            let line = self.line + newlines(buffer.get(self.at..at).unwrap_or_default());
            let place = Place::at(self.offset(at), line).within(self.context());
            let Ok(len) = leading_document(builder, text, place) else {
                break;
            };
            self.pass_between(&buffer, at);
            self.pass_bytes(&buffer, at, at + len);
        }
        self.tell_page_status(first_row, builder);
        // Where nothing is sound, looking ahead each time would cost more than it saves.
        self.misses = if self.at > start {
            0
        } else {
            (self.misses * 2 + 1).min(LONGEST_PAUSE)
        };
        self.pause = self.misses;
        self.buffer = buffer;
    }

    /// Goes on behind blanks and commas.
    pub(super) fn pass_between(&mut self, buffer: &[u8], end: usize) {
        let passed = buffer.get(self.at..end).unwrap_or_default();
        if let Some(last) = memchr::memrchr(b'\n', passed) {
            self.line = self.line.saturating_add(newlines(passed));
            self.line_start = self.offset(self.at + last + 1);
            self.line_is_blank = true;
        }
        self.at = end;
    }
}

/// Valid text from `at` on, as much as is worth checking at once.
fn window(buffer: &[u8], at: usize) -> &str {
    let rest = buffer.get(at..).unwrap_or_default();
    let bytes = rest.get(..WINDOW).unwrap_or(rest);
    match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => bytes
            .get(..error.valid_up_to())
            .and_then(|valid| std::str::from_utf8(valid).ok())
            .unwrap_or_default(),
    }
}

/// Where the next object begins when only blanks and commas stand before it.
fn next_object(text: &str) -> Option<usize> {
    let between = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',');
    let at = text.bytes().take_while(|byte| between(byte)).count();
    text.get(at..)?.starts_with('{').then_some(at)
}
