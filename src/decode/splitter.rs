//! Finds the documents in text that arrives in pieces, as they like to stand in it:
//! pretty-printed, one after another, in a list, in an answer, after log text. Holds one record at
//! a time, and after damage reads on at the next place that looks like a record.

mod damage;
mod page;
mod value;
mod whole;
mod wrapping;

use super::LocalProblem;
use super::builder::Builder;
use super::envelope::Context;
use super::excerpt::excerpt;
use super::junk::{Junk, Surroundings};
use super::place::newlines;
use super::resync;
use super::split::Track;
use super::wrapped::{self, Opening};
use crate::model::{Reason, Wrapping};

/// Consumed bytes are dropped from the buffer when there are this many.
const DROP_STEP: usize = 64 * 1024;

/// Where reading stands.
#[derive(Debug)]
enum State {
    /// Between values.
    Between,
    /// In a value.
    Value(Box<Track>),
    /// In a record whose quotes are spelled otherwise.
    Wrapped(wrapped::Track),
    /// In a damaged stretch, looking for a record.
    Damaged {
        problem: LocalProblem,
        indent: usize,
    },
}

/// What a bracket or quote between values begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beginning {
    Value,
    Wrapped(Wrapping),
    Text,
}

/// An answer around the list being read.
#[derive(Debug)]
struct Envelope {
    track: Box<Track>,
    context: Context,
    offset: u64,
    line: u32,
    head: Vec<u8>,
    /// The state that a page of tasks tells for all of them.
    page_status: Option<String>,
    /// Rows there were before its items.
    first_row: usize,
}

#[derive(Debug)]
pub(crate) struct Splitter {
    buffer: Vec<u8>,
    /// The next byte to look at between values.
    at: usize,
    /// Offset of the buffer's first byte in the source.
    base: u64,
    /// Line of the byte at `at` (or of the value's first byte).
    line: u32,
    /// Where that line starts in the source.
    line_start: u64,
    line_is_blank: bool,
    line_has_record: bool,
    state: State,
    junk: Junk,
    envelopes: Vec<Envelope>,
    /// The first row of a page of tasks that has ended and whose state may still come.
    page: Option<usize>,
    /// Lists at the top level around this place.
    arrays: usize,
    /// Up to this offset text has been followed in vain: a line that starts like a record ends
    /// the one before it, so that no byte is followed a third time.
    wary_until: u64,
    /// The same for wrapped records.
    wrapped_until: u64,
    is_last: bool,
    /// Fast attempts in a row that read nothing, and how many to leave out.
    misses: u32,
    pause: u32,
}

impl Splitter {
    pub(crate) fn new(base: u64, line: u32) -> Self {
        Self {
            buffer: Vec::new(),
            at: 0,
            base,
            line,
            line_start: base,
            line_is_blank: true,
            line_has_record: false,
            state: State::Between,
            junk: Junk::default(),
            envelopes: Vec::new(),
            page: None,
            arrays: 0,
            wary_until: 0,
            wrapped_until: 0,
            is_last: false,
            misses: 0,
            pause: 0,
        }
    }

    pub(crate) fn push(&mut self, chunk: &[u8], builder: &mut Builder) {
        self.buffer.extend_from_slice(chunk);
        self.run(builder);
        self.drop_consumed();
    }

    pub(crate) fn finish(mut self, builder: &mut Builder) {
        self.is_last = true;
        self.run(builder);
        self.close_junk(builder);
        let end = self.offset(self.buffer.len());
        match std::mem::replace(&mut self.state, State::Between) {
            State::Damaged { problem, .. } => push_problem(builder, problem, end),
            State::Between | State::Value(_) | State::Wrapped(_) => {
                if let Some(envelope) = self.envelopes.into_iter().next() {
                    let problem = LocalProblem {
                        line: u64::from(envelope.line),
                        offset: envelope.offset,
                        len: 0,
                        reason: Reason::CutOff { inside: "array" },
                        excerpt: excerpt(&envelope.head),
                    };
                    push_problem(builder, problem, end);
                }
            }
        }
    }

    /// Reads on as far as the buffer allows.
    fn run(&mut self, builder: &mut Builder) {
        loop {
            let goes_on = match std::mem::replace(&mut self.state, State::Between) {
                State::Between => self.between(builder),
                State::Value(track) => self.value(track, builder),
                State::Wrapped(track) => self.wrapped(track, builder),
                State::Damaged { problem, indent } => self.resync(problem, indent, builder),
            };
            if !goes_on {
                return;
            }
        }
    }

    /// Looks for the start of a value; false when the buffer is used up.
    fn between(&mut self, builder: &mut Builder) -> bool {
        self.whole_records(builder);
        while let Some(byte) = self.byte(self.at) {
            match byte {
                b'\n' => {
                    self.close_junk(builder);
                    self.at += 1;
                    self.new_line(self.at);
                }
                b' ' | b'\t' | b'\r' | b',' if !self.junk.is_open() => self.at += 1,
                b']' if self.in_list() && !self.junk.is_open() => {
                    if self.leave_list() {
                        return true;
                    }
                }
                b'{' | b'[' | b'"' => match self.begins_value(byte) {
                    None => return false,
                    Some(Beginning::Value) => {
                        self.begin(byte, builder);
                        if matches!(self.state, State::Value(_)) {
                            return true;
                        }
                    }
                    Some(Beginning::Wrapped(wrapping)) => {
                        self.end_prefix(builder);
                        self.state = State::Wrapped(wrapped::Track::new(self.at, wrapping));
                        return true;
                    }
                    Some(Beginning::Text) => self.junk_byte(byte),
                },
                _ => self.junk_byte(byte),
            }
        }
        false
    }

    /// What a bracket or quote begins; `None` when what follows it is not there yet.
    fn begins_value(&self, byte: u8) -> Option<Beginning> {
        let rest = self.buffer.get(self.at + 1..).unwrap_or_default();
        let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace());
        let next_at = self.at + 1 + blanks.count();
        let Some(next) = self.byte(next_at) else {
            return self.is_last.then_some(match byte {
                b'"' => Beginning::Text,
                _ => Beginning::Value,
            });
        };
        let object_at = match (byte, next) {
            (b'{', _) => Some(self.at),
            (_, b'{') => Some(next_at),
            _ => None,
        };
        let object = match object_at {
            Some(at) => wrapped::opening(self.buffer.get(at..).unwrap_or_default()),
            None => Opening::Other,
        };
        if object == Opening::Unclear && !self.is_last {
            return None;
        }
        let is_plain = match byte {
            b'{' => matches!(next, b'"' | b'}') || self.line_is_blank,
            b'[' => matches!(next, b'{' | b'[' | b'"' | b']') || self.line_is_blank && next == b'/',
            _ => matches!(next, b'{' | b'[') && rest.first() == Some(&next),
        };
        Some(match object {
            Opening::Wrapped(wrapping) => self.begins_wrapped(byte, wrapping),
            _ if is_plain => Beginning::Value,
            _ => Beginning::Text,
        })
    }

    fn begin(&mut self, byte: u8, builder: &mut Builder) {
        self.end_prefix(builder);
        if byte == b'[' && !self.in_list() && self.arrays == 0 {
            self.arrays += 1;
            self.at += 1;
            self.line_is_blank = false;
            return;
        }
        let indent = if self.line_is_blank {
            let column = self.offset(self.at) - self.line_start;
            usize::try_from(column).unwrap_or(0)
        } else {
            0
        };
        self.state = State::Value(Box::new(Track::new(self.at, indent)));
    }

    fn in_list(&self) -> bool {
        self.arrays > 0 || !self.envelopes.is_empty()
    }

    /// Passes the bracket that closes a list; true when the answer around it goes on.
    fn leave_list(&mut self) -> bool {
        self.at += 1;
        self.line_is_blank = false;
        self.line_has_record = true;
        // The innermost list is an envelope's, unless an array was entered outside any.
        if let Some(envelope) = self.envelopes.pop() {
            let mut track = envelope.track;
            let is_page = envelope.context == Context::OldTaskList;
            let awaits_status = is_page && envelope.page_status.is_none();
            self.page = awaits_status.then_some(envelope.first_row);
            track.resume(self.at, awaits_status);
            self.state = State::Value(track);
            return true;
        }
        self.arrays -= 1;
        false
    }

    fn junk_byte(&mut self, byte: u8) {
        if self.junk.is_closed() {
            let offset = self.offset(self.at);
            self.junk.open(offset, self.line);
        }
        self.junk.push(byte);
        self.at += 1;
        self.line_is_blank = self.line_is_blank && matches!(byte, b' ' | b'\t');
    }

    fn surroundings(&self) -> Surroundings {
        if self.in_list() {
            Surroundings::List
        } else if self.line_has_record {
            Surroundings::AfterRecord
        } else {
            Surroundings::Text
        }
    }

    /// A line of text has ended.
    fn close_junk(&mut self, builder: &mut Builder) {
        if let Some(problem) = self.junk.end_of_line(self.surroundings()) {
            builder.push_text(problem);
        }
    }

    /// Text has ended because a value begins behind it on the same line.
    fn end_prefix(&mut self, builder: &mut Builder) {
        if let Some(problem) = self.junk.before_value(self.surroundings()) {
            builder.push_text(problem);
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.buffer.get(at).copied()
    }

    fn offset(&self, at: usize) -> u64 {
        self.base
            .saturating_add(u64::try_from(at).unwrap_or(u64::MAX))
    }

    fn new_line(&mut self, starts_at: usize) {
        self.line = self.line.saturating_add(1);
        self.line_start = self.offset(starts_at);
        self.line_is_blank = true;
        self.line_has_record = false;
    }

    /// Goes on behind a stretch that began at `start` on the present line.
    fn pass_over(&mut self, start: usize, end: usize) {
        let buffer = std::mem::take(&mut self.buffer);
        self.pass_bytes(&buffer, start, end);
        self.buffer = buffer;
    }

    fn pass_bytes(&mut self, buffer: &[u8], start: usize, end: usize) {
        let stretch = buffer.get(start..end).unwrap_or_default();
        self.line = self.line.saturating_add(newlines(stretch));
        if let Some(last) = memchr::memrchr(b'\n', stretch) {
            let tail = stretch.get(last + 1..).unwrap_or_default();
            self.line_is_blank = tail.iter().all(u8::is_ascii_whitespace);
            self.line_start = self.offset(start + last + 1);
        } else {
            self.line_is_blank = self.line_is_blank && stretch.iter().all(u8::is_ascii_whitespace);
        }
        self.line_has_record = true;
        self.at = end;
    }

    /// Forgets bytes that nothing needs any more.
    fn drop_consumed(&mut self) {
        let keep = match &self.state {
            State::Between => self.at,
            State::Value(track) => track.keep_from(),
            State::Wrapped(track) => track.start,
            State::Damaged { .. } => self.at.saturating_sub(resync::look_back()),
        };
        if keep < DROP_STEP && keep * 2 < self.buffer.len() {
            return;
        }
        // Lines that end in an answer's own text are counted before they go.
        if let State::Value(track) = &mut self.state
            && track.is_envelope
        {
            let start = track.start;
            let passed = self.buffer.get(start..keep).unwrap_or_default();
            self.line = self.line.saturating_add(newlines(passed));
            track.start = keep;
        }
        self.buffer.drain(..keep);
        self.base = self.base.saturating_add(u64::try_from(keep).unwrap_or(0));
        self.at = self.at.saturating_sub(keep);
        match &mut self.state {
            State::Value(track) => track.shift(keep),
            State::Wrapped(track) => track.shift(keep),
            State::Between | State::Damaged { .. } => {}
        }
    }
}

fn push_problem(builder: &mut Builder, problem: LocalProblem, end: u64) {
    let len = end.saturating_sub(problem.offset);
    builder.problems.push(LocalProblem { len, ..problem });
}
