//! Where in a record its parts stand: the envelope, the payload, the name of the event.

use std::cmp::Reverse;

use super::reader::Reader;
use crate::decode::payload;
use crate::model::{Format, NodeId, Note};

/// The parts of one record.
pub(super) struct Place {
    pub(super) event_type: String,
    /// The event type of the payload, should the record name another.
    pub(super) task: String,
    pub(super) event_handle: Option<String>,
    /// The object around the payload; task answers tell status and times there.
    pub(super) envelope: NodeId,
    /// The object that tells the event; the envelope itself where nothing is wrapped.
    pub(super) payload: NodeId,
    /// `Response.Error`.
    pub(super) error: Option<NodeId>,
}

/// Finds the parts of a record of that format.
pub(super) fn place(reader: &mut Reader<'_>, format: Format) -> Place {
    let response = reader.object(0, "Response").unwrap_or(0);
    let event_handle = reader.first_text(response, &["EventHandle", "msgHandle"]);
    let envelope = reader.object(response, "eventContent").unwrap_or(response);
    let payload = find_payload(reader, envelope, format).unwrap_or(envelope);
    let event_type = event_type(reader, envelope, payload, format);
    Place {
        task: task(reader, payload, &event_type),
        event_type,
        event_handle,
        envelope,
        payload,
        error: reader.object(response, "Error"),
    }
}

fn find_payload(reader: &mut Reader<'_>, envelope: NodeId, format: Format) -> Option<NodeId> {
    match format {
        Format::V2 | Format::V2Pull | Format::V2Task => {
            skip_version(reader, envelope);
            reader.object(envelope, "data")
        }
        Format::TaskList | Format::MediaInfo | Format::BareTask | Format::ApiError => None,
        Format::V3Push | Format::V3Pull | Format::TaskDetail | Format::Mps | Format::Unknown => {
            named_payload(reader, envelope)
        }
    }
}

/// The version of the 2.0 format is part of recognising it, and always the same.
fn skip_version(reader: &mut Reader<'_>, envelope: NodeId) {
    if let Some(version) = reader.find(envelope, "version") {
        reader.mark(version);
    }
}

/// The object member that carries the event: the one named most like a payload, else the first one.
fn named_payload(reader: &Reader<'_>, envelope: NodeId) -> Option<NodeId> {
    let objects: Vec<_> = reader
        .tree
        .children(envelope)
        .filter(|id| reader.is_object(*id))
        .collect();
    objects
        .into_iter()
        .min_by_key(|id| Reverse(payload::rank(reader.name_of(*id))))
}

/// What the payload tells of: that is what the record is read as, with a note.
fn task(reader: &mut Reader<'_>, payload: NodeId, named: &str) -> String {
    let member = reader.name_of(payload).to_owned();
    if payload::is_another_s(&member, named) {
        reader.note(Note::Alias {
            found: format!("EventType {named}"),
            taken_for: member.clone(),
        });
    }
    payload::type_of_payload(&member, named).to_owned()
}

fn event_type(
    reader: &mut Reader<'_>,
    envelope: NodeId,
    payload: NodeId,
    format: Format,
) -> String {
    let told = match format {
        Format::MediaInfo => Some("MediaInfo".to_owned()),
        Format::ApiError | Format::BareTask => return String::new(),
        Format::TaskDetail | Format::TaskList => reader.text(envelope, "TaskType"),
        Format::V2Task => reader.text(envelope, "type"),
        _ => reader.text(envelope, "EventType"),
    };
    told.unwrap_or_else(|| {
        let named_by_member = payload::event_type(reader.name_of(payload));
        named_by_member.unwrap_or_default().to_owned()
    })
}
