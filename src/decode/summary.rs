//! One pass over a document's text: a row for every event in it, straight into the arenas.
//!
//! A document is one event, a list of them, an answer that holds a list, a wrapping that holds an
//! event one level down, or a string with one of these inside.

use std::ops::Range;

mod members;
pub(crate) mod page_status;
mod rows;

use super::builder::Builder;
use super::envelope::{Context, Envelope};
use super::place::Place;
use super::scan::{Kind, RawString, ScanError, Scanner};
use super::wrapped;

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
        let first_row = self.builder.row_count();
        self.builder.extra.clear();
        self.members(scanner, &mut envelope)?;
        let span = start..scanner.offset();
        if envelope.repeats_a_list() && !envelope.has_list {
            self.builder.forget_sub_rows(first_sub_row);
            self.builder.extra.clear();
            envelope = envelope.again();
            let mut again = Scanner::starting_at(self.text, start);
            self.members(&mut again, &mut envelope)?;
        }
        if envelope.has_list && envelope.error.is_none() {
            self.builder.extra.clear();
            if let Some(status) = envelope.inner.status.or(envelope.outer.status) {
                page_status::tell(self.builder, first_row, &status.unescape());
            }
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
        if !may_hold_json(value) {
            return Err(not_an_event(None));
        }
        let content = span.start + 1..span.end.saturating_sub(1);
        let raw = self.text.get(content.clone()).unwrap_or_default();
        let place = self.place.deeper(self.text, &content);
        // A string that only looks like JSON is no damage: it is any text.
        match wrapped::read_string(self.builder, raw, place) {
            Ok(()) => Ok(()),
            Err(_) => Err(not_an_event(None)),
        }
    }
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
