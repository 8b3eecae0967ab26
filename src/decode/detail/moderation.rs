//! What a moderation result says.

use super::reader::Reader;
use crate::model::{Moderation, NodeId};

/// Reads the `Output` of a moderation; `None` when it judges nothing.
///
/// The segments themselves are left to the facts: here they are only counted.
pub(super) fn moderation(reader: &mut Reader<'_>, output: NodeId) -> Option<Moderation> {
    let suggestion = reader.text(output, "Suggestion")?;
    Some(Moderation {
        suggestion: Some(suggestion),
        label: reader.text(output, "Label"),
        confidence: reader.number(output, "Confidence"),
        form: reader.text(output, "Form"),
        segment_count: u32::try_from(reader.items(output, "SegmentSet").len()).unwrap_or(u32::MAX),
        segments_url: reader.text(output, "SegmentSetFileUrl"),
    })
}
