//! What is left of a record that was read: a row, or a problem.

use std::ops::Range;

use super::Reader;
use crate::decode::LocalProblem;
use crate::decode::builder::RowTexts;
use crate::decode::envelope::Envelope;
use crate::decode::excerpt::excerpt;
use crate::decode::fields::told;
use crate::decode::hash::payload_hash;
use crate::decode::place::{long, newlines};
use crate::decode::row::judged;
use crate::model::{Format, Reason, RowFlags};

impl<'a> Reader<'a, '_> {
    /// A list item that is no event.
    pub(super) fn reject(&mut self, span: &Range<usize>, first_member: String) {
        let (offset, len) = self.place.locate(span);
        let bytes = self.text.get(span.clone()).unwrap_or_default().as_bytes();
        let problem = LocalProblem {
            line: u64::from(self.line_at(span.start)),
            offset,
            len: long(len),
            reason: Reason::NotAnEvent { first_member },
            excerpt: excerpt(bytes),
        };
        self.builder.problems.push(problem);
    }

    pub(super) fn push(
        &mut self,
        envelope: &Envelope<'a>,
        format: Format,
        span: &Range<usize>,
        first_sub_row: usize,
    ) {
        let told_of_task = envelope.told_of_task(format);
        let event_type = envelope.type_name(format);
        let mut row = judged(self.builder, envelope, format, &told_of_task, first_sub_row);
        row.event_type = self.builder.intern(&event_type);
        let (offset, len) = self.place.locate(span);
        row.offset = offset;
        row.len = u32::try_from(len).unwrap_or(u32::MAX);
        row.line = self.line_at(span.start);
        row.checksum = self.hash_of(envelope, span);
        row.flags.insert(RowFlags::from(self.place.wrapping));
        let texts = RowTexts {
            task_id: told_of_task.task_id,
            file_id: told(told_of_task.file_id).or(told_of_task.inner_file_id),
            file_name: told(told_of_task.file_name).or(told_of_task.inner_file_name),
        };
        let further = told_of_task.inner_file_id;
        if texts.file_id != further {
            self.builder.push_extra(further);
        }
        self.builder.push_row(row, texts, first_sub_row);
    }

    pub(super) fn hash_of(&self, envelope: &Envelope<'a>, span: &Range<usize>) -> u64 {
        let hashed = match &envelope.payload {
            Some(payload) => payload.start..payload.end,
            None => span.clone(),
        };
        payload_hash(self.text.get(hashed).unwrap_or_default().as_bytes())
    }

    /// The line of a place in the text; cheap when asked in ascending order.
    pub(super) fn line_at(&mut self, at: usize) -> u32 {
        if !self.place.has_lines() {
            return self.place.line;
        }
        if at < self.counted_to {
            (self.counted_to, self.line) = (0, self.place.line);
        }
        let passed = self.text.as_bytes().get(self.counted_to..at);
        self.line = self
            .line
            .saturating_add(newlines(passed.unwrap_or_default()));
        self.counted_to = at;
        self.line
    }
}
