//! What a moderation result says.

use super::reader::Reader;
use crate::model::{Evidence, Moderation, NodeId};

/// Reads the `Output` of a moderation; `None` when it judges nothing.
///
/// What else the segments tell is left to the facts: here they are counted, and their pictures
/// found.
pub(super) fn moderation(reader: &mut Reader<'_>, output: NodeId) -> Option<Moderation> {
    let suggestion = reader.text(output, "Suggestion")?;
    let segments = reader.items(output, "SegmentSet");
    Some(Moderation {
        suggestion: Some(suggestion),
        label: reader.text(output, "Label"),
        confidence: reader.number(output, "Confidence"),
        form: reader.text(output, "Form"),
        segment_count: u32::try_from(segments.len()).unwrap_or(u32::MAX),
        segments_url: reader.text(output, "SegmentSetFileUrl"),
        evidence: segments
            .into_iter()
            .filter_map(|segment| evidence(reader, segment))
            .collect(),
    })
}

/// A segment's picture with what is told of it; the members stay facts.
fn evidence(reader: &mut Reader<'_>, at: NodeId) -> Option<Evidence> {
    Some(Evidence {
        url: reader.peek_text(at, "Url")?,
        expires: reader
            .peek_time(at, "PicUrlExpireTime")
            .or_else(|| reader.peek_time(at, "PicUrlExpireTimeStamp")),
        begin_secs: reader.peek_number(at, "StartTimeOffset"),
        end_secs: reader.peek_number(at, "EndTimeOffset"),
        confidence: reader.peek_number(at, "Confidence"),
        label: reader
            .peek_text(at, "Label")
            .or_else(|| reader.peek_text(at, "Name")),
        suggestion: reader.peek_text(at, "Suggestion"),
        node: at,
    })
}
