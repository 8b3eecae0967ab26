//! One pass over a document's text: a row for every event in it, straight into the arenas.
//!
//! A document is one event, a list of them, an answer that holds a list, a wrapping that holds an
//! event one level down, or a string with one of these inside.

use std::ops::Range;

use super::LocalProblem;
use super::builder::{Builder, RowTexts};
use super::envelope::{Context, Envelope, Payload};
use super::excerpt::excerpt;
use super::fields::{self, Fields, object, scalar, told};
use super::hash::hash;
use super::payload::{Rank, rank};
use super::place::{Place, long, newlines};
use super::row::judged;
use super::scan::{Kind, RawString, ScanError, Scanner, unescape};
use crate::model::{Format, Reason, RowFlags};

/// Wrappings are looked through this many levels deep.
const WRAP_LIMIT: u8 = 3;
/// Lists within lists are read this deep: recursion has an end before the stack has.
const LIST_LIMIT: u8 = 6;

/// Why a document left no row.
#[derive(Debug)]
pub(crate) enum Rejected {
    Scan(ScanError),
    NotAnEvent { first_member: String },
}

impl From<ScanError> for Rejected {
    fn from(error: ScanError) -> Self {
        Self::Scan(error)
    }
}

type Read<T> = Result<T, Rejected>;

/// Reads a whole document and adds its rows. On rejection nothing is added.
pub(crate) fn document(builder: &mut Builder, text: &str, place: Place<'_>) -> Read<()> {
    let mark = builder.mark();
    let mut scanner = Scanner::new(text);
    let result = Reader::new(builder, text, place)
        .value(&mut scanner)
        .and_then(|()| Ok(scanner.finish()?));
    if result.is_err() {
        builder.back_to(mark);
    }
    result
}

/// Reads the document at the start of the text; returns where it ends.
pub(crate) fn leading_document(builder: &mut Builder, text: &str, place: Place<'_>) -> Read<usize> {
    let mark = builder.mark();
    let mut scanner = Scanner::new(text);
    let result = Reader::new(builder, text, place).value(&mut scanner);
    if result.is_err() {
        builder.back_to(mark);
    }
    result.map(|()| scanner.offset())
}

/// The hash a row of this record must have, whatever list the record was found in.
pub(crate) fn checksum(text: &str) -> Read<u64> {
    let mut builder = Builder::new();
    let mut reader = Reader::new(&mut builder, text, Place::default());
    let mut scanner = Scanner::new(text);
    let mut envelope = Envelope::default();
    scanner.peek()?;
    let start = scanner.offset();
    reader.members(&mut scanner, &mut envelope)?;
    Ok(reader.hash_of(&envelope, &(start..scanner.offset())))
}

struct Reader<'a, 'b> {
    builder: &'b mut Builder,
    text: &'a str,
    place: Place<'b>,
    /// The line at `counted_to`.
    line: u32,
    counted_to: usize,
    /// Lists of events around the present place.
    lists: u8,
}

impl<'a, 'b> Reader<'a, 'b> {
    fn new(builder: &'b mut Builder, text: &'a str, place: Place<'b>) -> Self {
        Self {
            builder,
            text,
            place,
            line: place.line,
            counted_to: 0,
            lists: 0,
        }
    }

    fn value(&mut self, scanner: &mut Scanner<'a>) -> Read<()> {
        match scanner.peek()? {
            Kind::Object => self.record(scanner, self.place.context),
            Kind::Array => {
                let before = self.builder.row_count();
                let mark = self.builder.mark();
                let refused = self.list(scanner, self.place.context)?;
                if let Some(first_member) = refused
                    && self.builder.row_count() == before
                {
                    self.builder.back_to(mark);
                    return Err(Rejected::NotAnEvent { first_member });
                }
                Ok(())
            }
            Kind::String => {
                let start = scanner.offset();
                scanner.string()?;
                self.wrapped(&(start..scanner.offset()))
            }
            _ => {
                scanner.skip_value()?;
                Err(not_an_event(None))
            }
        }
    }

    /// Each item of the array that comes next is an event or a problem of its own.
    /// Returns the first member of the first item that is no event.
    fn list(&mut self, scanner: &mut Scanner<'a>, context: Context) -> Read<Option<String>> {
        let mut first = None;
        if self.lists >= LIST_LIMIT {
            scanner.skip_value()?;
            return Ok(first);
        }
        self.lists += 1;
        scanner.enter_array()?;
        while scanner.next_item()? {
            let kind = scanner.peek()?;
            let start = scanner.offset();
            let mark = self.builder.mark();
            let read = match kind {
                Kind::Object => self.record(scanner, context),
                Kind::Null => Ok(scanner.skip_value()?),
                _ => {
                    scanner.skip_value()?;
                    self.wrapped(&(start..scanner.offset()))
                }
            };
            match read {
                Ok(()) => {}
                Err(Rejected::Scan(error)) => return Err(error.into()),
                Err(Rejected::NotAnEvent { first_member }) => {
                    self.builder.back_to(mark);
                    first.get_or_insert_with(|| first_member.clone());
                    self.reject(&(start..scanner.offset()), first_member);
                }
            }
        }
        self.lists -= 1;
        Ok(first)
    }

    /// The object that comes next: one event, or an answer with a list of them.
    fn record(&mut self, scanner: &mut Scanner<'a>, context: Context) -> Read<()> {
        let first_sub_row = self.builder.sub_row_count();
        let mut envelope = Envelope::default();
        let start = scanner.offset();
        self.builder.extra.clear();
        self.members(scanner, &mut envelope)?;
        let span = start..scanner.offset();
        if envelope.has_list && envelope.error.is_none() {
            self.builder.extra.clear();
            return Ok(());
        }
        self.take_only_object(&mut envelope)?;
        if let Some(format) = envelope.format(context) {
            self.push(&envelope, format, &span, first_sub_row);
            return Ok(());
        }
        self.builder.forget_sub_rows(first_sub_row);
        self.builder.extra.clear();
        self.unwrap(&envelope)
    }

    fn members(&mut self, scanner: &mut Scanner<'a>, envelope: &mut Envelope<'a>) -> Read<()> {
        let outside = scanner.depth();
        scanner.enter_object()?;
        loop {
            let Some(name) = scanner.next_member()? else {
                if scanner.depth() == outside {
                    return Ok(());
                }
                continue;
            };
            if envelope.first_member.is_none() {
                envelope.first_member = Some(name);
            }
            let kind = scanner.peek()?;
            // The answer's own wrapping is transparent; so is the content of a 2.0 pulled event.
            let is_wrapping = name.is("Response") || name.is("eventContent");
            if kind == Kind::Object && is_wrapping && scanner.depth() < outside + 4 {
                scanner.enter_object()?;
                continue;
            }
            self.member(name, kind, scanner, envelope)?;
        }
    }

    fn member(
        &mut self,
        name: RawString<'a>,
        kind: Kind,
        scanner: &mut Scanner<'a>,
        envelope: &mut Envelope<'a>,
    ) -> Read<()> {
        let start = scanner.offset();
        let text = name.unescape();
        if let Some(context) = Context::of_member(&text)
            && matches!(kind, Kind::Array | Kind::Null)
        {
            return self.member_list(kind, context, scanner, envelope);
        }
        if kind == Kind::Object
            && let Some(rank) = rank(&text)
        {
            return self.payload(name, rank, scanner, envelope);
        }
        if !named_member(&text, kind, scanner, envelope)?
            && !fields::read(&text, scanner, &mut envelope.outer, self.builder)?
        {
            scanner.skip_value()?;
            envelope.unknown_members += u32::from(kind != Kind::Null);
        }
        let value = self.text.get(start..scanner.offset()).unwrap_or_default();
        if kind == Kind::Object || may_hold_json(value) {
            envelope.candidates.push(start..scanner.offset());
        }
        Ok(())
    }

    fn member_list(
        &mut self,
        kind: Kind,
        context: Context,
        scanner: &mut Scanner<'a>,
        envelope: &mut Envelope<'a>,
    ) -> Read<()> {
        if kind == Kind::Array {
            envelope.has_list = true;
            self.list(scanner, context)?;
        } else {
            // A queue that is empty says so with null.
            envelope.has_list |= context == Context::EventSet;
            scanner.skip_value()?;
        }
        Ok(())
    }

    /// Reads the payload, unless a surer one has been read.
    fn payload(
        &mut self,
        name: RawString<'a>,
        rank: Rank,
        scanner: &mut Scanner<'a>,
        envelope: &mut Envelope<'a>,
    ) -> Read<()> {
        let start = scanner.offset();
        if let Some(old) = envelope.payload {
            if old.rank > rank {
                scanner.skip_value()?;
                return Ok(());
            }
            self.builder.forget_sub_rows(old.first_sub_row);
        }
        let first_sub_row = self.builder.sub_row_count();
        envelope.inner = Fields::default();
        scanner.enter_object()?;
        while let Some(member) = scanner.next_member()? {
            let member = member.unescape();
            let kind = scanner.peek()?;
            if member == "taskList" && kind == Kind::Array {
                envelope.has_list = true;
                self.list(scanner, Context::OldTaskList)?;
            } else if !fields::read(&member, scanner, &mut envelope.inner, self.builder)? {
                scanner.skip_value()?;
            }
        }
        let end = scanner.offset();
        envelope.payload = Some(Payload {
            rank,
            name,
            start,
            end,
            first_sub_row,
        });
        if rank != Rank::Known {
            // It may be the wrapping of something else altogether.
            envelope.candidates.push(start..end);
        }
        Ok(())
    }

    /// An event of a type nobody knows, whose payload is called like nothing we know.
    fn take_only_object(&mut self, envelope: &mut Envelope<'a>) -> Read<()> {
        if envelope.payload.is_some() || told(envelope.event_type).is_none() {
            return Ok(());
        }
        let text = self.text;
        let mut objects = envelope
            .candidates
            .iter()
            .filter(|span| text.get(span.start..).unwrap_or_default().starts_with('{'));
        let (Some(span), None) = (objects.next().cloned(), objects.next()) else {
            return Ok(());
        };
        let mut scanner = Scanner::starting_at(text, span.start);
        let name = RawString {
            raw: "",
            has_escapes: false,
        };
        self.payload(name, Rank::Alike, &mut scanner, envelope)
    }

    /// Looks for an event one level down in an object that is none.
    fn unwrap(&mut self, envelope: &Envelope<'a>) -> Read<()> {
        let before = self.builder.mark();
        let mut found = false;
        for span in &envelope.candidates {
            found |= self.wrapped(span).is_ok();
        }
        if found {
            return Ok(());
        }
        self.builder.back_to(before);
        Err(not_an_event(envelope.first_member))
    }

    /// Reads an object, list, or string with JSON in it, which stands in this document.
    fn wrapped(&mut self, span: &Range<usize>) -> Read<()> {
        let value = self.text.get(span.clone()).unwrap_or_default();
        if self.place.wraps >= WRAP_LIMIT {
            return Err(not_an_event(None));
        }
        if !value.starts_with('"') {
            let place = self.place.deeper(self.text, span);
            return document(self.builder, value, place);
        }
        if self.place.escaped.is_some() || !may_hold_json(value) {
            return Err(not_an_event(None));
        }
        let content = span.start + 1..span.end.saturating_sub(1);
        let raw = self.text.get(content.clone()).unwrap_or_default();
        let place = self.place.deeper(self.text, &content).unescaped_from(raw);
        // A string that only looks like JSON is no damage: it is any text.
        match document(self.builder, &unescape(raw), place) {
            Ok(()) => Ok(()),
            Err(_) => Err(not_an_event(None)),
        }
    }

    /// A list item that is no event.
    fn reject(&mut self, span: &Range<usize>, first_member: String) {
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

    fn push(
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
        if self.place.escaped.is_some() {
            row.flags.insert(RowFlags::ESCAPED);
        }
        let texts = RowTexts {
            task_id: told_of_task.task_id,
            file_id: told(told_of_task.file_id).or(told_of_task.inner_file_id),
            file_name: told(told_of_task.file_name).or(told_of_task.inner_file_name),
        };
        self.builder.push_row(row, texts, first_sub_row);
    }

    fn hash_of(&self, envelope: &Envelope<'a>, span: &Range<usize>) -> u64 {
        let hashed = match &envelope.payload {
            Some(payload) => payload.start..payload.end,
            None => span.clone(),
        };
        hash(self.text.get(hashed).unwrap_or_default().as_bytes())
    }

    /// The line of a place in the text; cheap when asked in ascending order.
    fn line_at(&mut self, at: usize) -> u32 {
        if self.place.escaped.is_some() {
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

/// Members that only envelopes have.
fn named_member<'a>(
    name: &str,
    kind: Kind,
    scanner: &mut Scanner<'a>,
    envelope: &mut Envelope<'a>,
) -> Read<bool> {
    match name {
        "EventType" => envelope.event_type = scalar(scanner)?,
        "eventType" => {
            envelope.event_type = scalar(scanner)?;
            envelope.has_old_spelling = true;
        }
        "EventHandle" | "msgHandle" => envelope.has_handle = told(scalar(scanner)?).is_some(),
        "version" => envelope.has_version = told(scalar(scanner)?).is_some(),
        "TaskType" => envelope.task_type = scalar(scanner)?,
        "type" | "Type" => envelope.old_type = scalar(scanner)?,
        "code" => envelope.answer_code = scalar(scanner)?,
        "RequestId" | "message" | "ScrollToken" => scanner.skip_value()?,
        "Error" if kind == Kind::Object => {
            let mut code = None;
            object(scanner, |name, scanner| {
                if name == "Code" {
                    code = Some(scalar(scanner)?);
                    return Ok(());
                }
                scanner.skip_value()
            })?;
            envelope.error = code;
        }
        _ => {
            envelope.has_basic_info |= name == "BasicInfo";
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether a value is a string that starts like a JSON document.
fn may_hold_json(value: &str) -> bool {
    let content = value.strip_prefix('"').map(str::trim_start);
    content.is_some_and(|text| text.starts_with(['{', '[']))
}

fn not_an_event(first_member: Option<RawString<'_>>) -> Rejected {
    let first_member = first_member.map(|name| name.unescape().into_owned());
    Rejected::NotAnEvent {
        first_member: first_member.unwrap_or_default(),
    }
}
