//! Inside a value: followed to its end, then read; or entered, when it is an answer with a list.

use super::{Envelope, Splitter, State, push_problem};
use crate::decode::builder::Builder;
use crate::decode::envelope::Context;
use crate::decode::place::Place;
use crate::decode::split::{Step, Track};
use crate::decode::summary::{Rejected, document, page_status};
use crate::model::Reason;

/// A longer record is not read.
pub(super) const RECORD_LIMIT: usize = 256 * 1024 * 1024;
/// Enough of an answer to show how it begins.
const HEAD: usize = 800;
/// Answers within lists within answers: deeper ones are read as records.
const ENVELOPE_LIMIT: usize = 4;

impl Splitter {
    pub(super) fn value(&mut self, track: Box<Track>, builder: &mut Builder) -> bool {
        let mut track = track;
        let is_wary = self.offset(track.at) < self.wary_until;
        let mut step = track.advance(&self.buffer, is_wary);
        if step == Step::NeedMore && self.is_last {
            step = Step::CutShort(self.buffer.len());
        }
        match step {
            Step::NeedMore if self.is_too_long(&track) => {
                self.damage(&track, self.buffer.len(), builder)
            }
            Step::CutShort(end) => self.damage(&track, end, builder),
            Step::NeedMore => {
                self.state = State::Value(track);
                false
            }
            Step::Damaged(at) if self.ends_line_and_record(at).is_none() => {
                self.state = State::Value(track);
                false
            }
            Step::Closed(end) => {
                self.closed(&track, end, builder);
                true
            }
            Step::List(context, at) => {
                self.tell_late_status(&track, at, builder);
                self.enter_list(track, context, (at, builder.row_count()));
                true
            }
            Step::Damaged(at) => {
                let end = self.end_of_damage(at);
                self.damage(&track, end, builder)
            }
        }
    }

    pub(super) fn is_too_long(&self, track: &Track) -> bool {
        self.buffer.len().saturating_sub(track.keep_from()) > RECORD_LIMIT
    }

    /// The list's items begin at `at`, behind so many rows.
    fn enter_list(&mut self, track: Box<Track>, context: Context, (at, first_row): (usize, usize)) {
        if self.envelopes.len() >= ENVELOPE_LIMIT {
            self.at = at;
            return;
        }
        let start = track.start;
        let head = self.buffer.get(start..at).unwrap_or_default();
        self.envelopes.push(Envelope {
            context,
            offset: self.offset(start),
            line: self.line,
            head: head.get(..HEAD).unwrap_or(head).to_vec(),
            page_status: match context {
                Context::OldTaskList => page_status::find(head),
                _ => None,
            },
            first_row,
            track,
        });
        self.pass_over(start, at);
    }

    /// A value is complete: it leaves rows, or a problem.
    pub(super) fn closed(&mut self, track: &Track, end: usize, builder: &mut Builder) {
        if track.is_envelope {
            self.tell_late_status(track, end, builder);
            self.pass_over(track.start, end);
            return;
        }
        let Some(bytes) = self.buffer.get(track.start..end) else {
            return;
        };
        let place = Place::at(self.offset(track.start), self.line).within(self.context());
        let first_row = builder.row_count();
        let rejected = match simdutf8::basic::from_utf8(bytes) {
            Ok(text) => document(builder, text, place).err(),
            Err(_) => return self.broken(track, end, builder),
        };
        match rejected {
            None => {
                self.tell_page_status(first_row, builder);
                self.pass_over(track.start, end);
            }
            Some(Rejected::Scan(_)) => self.broken(track, end, builder),
            Some(Rejected::NotAnEvent { first_member }) => {
                let is_text = bytes.first() == Some(&b'"') && !self.in_list();
                let is_placeholder = bytes.len() == 2 && !self.line_is_blank && !self.in_list();
                if is_text || is_placeholder {
                    // A quoted piece of some log line, or `{}` in it.
                    return self.pass_over(track.start, end);
                }
                if self.has_wrapped_events(track.start, end, builder) {
                    return self.pass_over(track.start, end);
                }
                let mut problem = self.problem(track.start, end, 0);
                problem.reason = Reason::NotAnEvent { first_member };
                push_problem(builder, problem, self.offset(end));
                self.pass_over(track.start, end);
            }
        }
    }

    pub(super) fn context(&self) -> Context {
        self.envelopes
            .last()
            .map_or(Context::None, |envelope| envelope.context)
    }
}
