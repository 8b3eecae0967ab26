//! The members of an object: of an envelope, and of the payload in it.

use super::{Read, Reader, may_hold_json};
use crate::decode::envelope::{Context, Envelope, Payload};
use crate::decode::fields::{self, Fields, object, scalar, told};
use crate::decode::payload::{Rank, rank};
use crate::decode::scan::{Kind, RawString, Scanner};

impl<'a> Reader<'a, '_> {
    pub(super) fn members(
        &mut self,
        scanner: &mut Scanner<'a>,
        envelope: &mut Envelope<'a>,
    ) -> Read<()> {
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

    pub(super) fn member(
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
        let bytes = text.as_bytes();
        if !named_member(bytes, kind, scanner, envelope)?
            && !fields::read(bytes, scanner, &mut envelope.outer, self.builder)?
        {
            scanner.skip_value()?;
            envelope.unknown_members += u32::from(kind != Kind::Null);
        }
        let value = self.text.get(start..scanner.offset()).unwrap_or_default();
        // Task lists of 2.0 answers stand in pages, which stand in a list.
        let is_pages = kind == Kind::Array && text == "data";
        if kind == Kind::Object || is_pages || may_hold_json(value) {
            envelope.candidates.push(start..scanner.offset());
        }
        Ok(())
    }

    pub(super) fn member_list(
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
    pub(super) fn payload(
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
        envelope.inner = Fields {
            passed_lists: envelope.inner.passed_lists,
            ..Fields::default()
        };
        scanner.enter_object()?;
        while let Some(member) = scanner.next_member()? {
            let member = member.unescape();
            let kind = scanner.peek()?;
            if member == "taskList" && kind == Kind::Array {
                envelope.has_list = true;
                self.list(scanner, Context::OldTaskList)?;
            } else if !fields::read(
                member.as_bytes(),
                scanner,
                &mut envelope.inner,
                self.builder,
            )? {
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
    pub(super) fn take_only_object(&mut self, envelope: &mut Envelope<'a>) -> Read<()> {
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
}

/// Members that only envelopes have.
fn named_member<'a>(
    name: &[u8],
    kind: Kind,
    scanner: &mut Scanner<'a>,
    envelope: &mut Envelope<'a>,
) -> Read<bool> {
    match name {
        b"EventType" => envelope.event_type = scalar(scanner)?,
        b"eventType" => {
            envelope.event_type = scalar(scanner)?;
            envelope.has_old_spelling = true;
        }
        b"EventHandle" | b"msgHandle" => envelope.has_handle = told(scalar(scanner)?).is_some(),
        b"version" => envelope.has_version = told(scalar(scanner)?).is_some(),
        b"TaskType" => envelope.task_type = scalar(scanner)?,
        b"type" | b"Type" => envelope.old_type = scalar(scanner)?,
        b"code" => envelope.answer_code = scalar(scanner)?,
        b"RequestId" | b"message" | b"ScrollToken" => scanner.skip_value()?,
        b"Error" if kind == Kind::Object => {
            let mut code = None;
            object(scanner, |name, scanner| {
                if name == b"Code" {
                    code = Some(scalar(scanner)?);
                    return Ok(());
                }
                scanner.skip_value()
            })?;
            envelope.error = code;
        }
        _ => {
            envelope.has_basic_info |= name == b"BasicInfo";
            return Ok(false);
        }
    }
    Ok(true)
}
