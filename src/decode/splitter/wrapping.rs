//! Records whose quotes are spelled otherwise, as databases, tables and logs print them.

use super::value::RECORD_LIMIT;
use super::{Beginning, Splitter, State, push_problem};
use crate::decode::LocalProblem;
use crate::decode::builder::Builder;
use crate::decode::excerpt::excerpt;
use crate::decode::fault;
use crate::decode::place::Place;
use crate::decode::summary::Rejected;
use crate::decode::wrapped::{self, Step, Track};
use crate::model::{Reason, Wrapping};

impl Splitter {
    /// What a bracket or quote begins that stands before the first member of a wrapped object.
    pub(super) fn begins_wrapped(&self, byte: u8, wrapping: Wrapping) -> Beginning {
        let rest = self.buffer.get(self.at..).unwrap_or_default();
        let is_wary = self.offset(self.at) < self.wrapped_until;
        match (byte, wrapping) {
            // A string with JSON in it.
            (b'"', Wrapping::Escaped | Wrapping::EscapedTwice) => Beginning::Value,
            // The quote around a cell.
            (b'"', _) => Beginning::Text,
            (b'[', _) if self.in_list() => Beginning::Text,
            (b'[', _) => Beginning::Value,
            _ if is_wary && !wrapped::starts_event(rest) => Beginning::Text,
            _ => Beginning::Wrapped(wrapping),
        }
    }

    /// Follows a wrapped record to its end; false when the buffer is used up.
    pub(super) fn wrapped(&mut self, track: Track, builder: &mut Builder) -> bool {
        let mut track = track;
        let is_wary = self.offset(track.at) < self.wrapped_until;
        let is_too_long = self.buffer.len().saturating_sub(track.start) > RECORD_LIMIT;
        match track.advance(&self.buffer, is_wary) {
            Step::Closed(end) => self.wrapped_closed(&track, end, builder),
            Step::CutShort(end) => self.wrapped_cut(&track, end, builder),
            Step::NeedMore if is_too_long || self.is_last => {
                self.wrapped_cut(&track, self.buffer.len(), builder);
            }
            Step::NeedMore => {
                self.state = State::Wrapped(track);
                return false;
            }
        }
        true
    }

    /// Whether events stand wrapped in the texts of an object that is none itself; if so, they
    /// have been read.
    pub(super) fn has_wrapped_events(
        &self,
        start: usize,
        end: usize,
        builder: &mut Builder,
    ) -> bool {
        let stretch = self.buffer.get(start..end).unwrap_or_default();
        let place = Place::at(self.offset(start), self.line);
        std::str::from_utf8(stretch).is_ok_and(|text| wrapped::events_in(builder, text, place))
    }

    fn wrapped_closed(&mut self, track: &Track, end: usize, builder: &mut Builder) {
        let stretch = self.buffer.get(track.start..end).unwrap_or_default();
        let place = Place::at(self.offset(track.start), self.line);
        let Ok(text) = simdutf8::basic::from_utf8(stretch) else {
            return self.wrapped_cut(track, end, builder);
        };
        match wrapped::read(builder, text, place, track.wrapping) {
            Ok(()) => self.pass_over(track.start, end),
            Err(Rejected::Scan(_)) => self.wrapped_cut(track, end, builder),
            Err(Rejected::NotAnEvent { first_member }) => {
                // Beside other text it is one more column or argument.
                if self.line_is_blank || self.in_list() {
                    let mut problem = self.wrapped_problem(track, end);
                    problem.reason = Reason::NotAnEvent { first_member };
                    push_problem(builder, problem, self.offset(end));
                }
                self.pass_over(track.start, end);
            }
        }
    }

    /// A record that never closes, or is no JSON. One that does not begin like an event was a
    /// piece of text.
    fn wrapped_cut(&mut self, track: &Track, end: usize, builder: &mut Builder) {
        self.wrapped_until = self.wrapped_until.max(self.offset(end));
        let stretch = self.buffer.get(track.start..end).unwrap_or_default();
        self.at = track.start;
        if !wrapped::starts_event(stretch) {
            return self.junk_byte(b'{');
        }
        let inside = memchr::memchr_iter(b'{', stretch)
            .skip(1)
            .find(|at| wrapped::starts_event(stretch.get(*at..).unwrap_or_default()));
        let next = inside.map_or(end, |at| track.start + at);
        let problem = self.wrapped_problem(track, next);
        push_problem(builder, problem, self.offset(next));
        self.pass_over(track.start, next);
    }

    fn wrapped_problem(&self, track: &Track, end: usize) -> LocalProblem {
        let stretch = self.buffer.get(track.start..end).unwrap_or_default();
        let found = if stretch.len() > RECORD_LIMIT {
            let limit = u64::try_from(RECORD_LIMIT).unwrap_or(u64::MAX);
            fault::Explained {
                line: 0,
                reason: Reason::TooLong { limit },
            }
        } else {
            fault::explain_wrapped(stretch, track.wrapping)
        };
        LocalProblem {
            line: u64::from(self.line.saturating_add(found.line)),
            offset: self.offset(track.start),
            len: 0,
            reason: found.reason,
            excerpt: excerpt(stretch),
        }
    }
}
