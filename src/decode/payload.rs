//! Which member of an event holds its payload, and which event type that member stands for when
//! the event does not name one.

use crate::knowledge::event_type::payload_members;

/// The event type a payload member stands for, other names for the member included.
pub(crate) use crate::knowledge::event_type::event_type_of_member as event_type;

/// How surely a member is the payload; the surest one counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// Named like a payload (`…Event`, `…Complete`, `…Task`).
    Alike,
    /// A payload member we know.
    Known,
    /// `data` of a 2.0 event.
    Data,
}

/// The rank of a member by its name; `None` when it is hardly a payload.
pub(crate) fn rank(name: &str) -> Option<Rank> {
    if name == "data" {
        Some(Rank::Data)
    } else if event_type(name).is_some() {
        Some(Rank::Known)
    } else if ["Event", "Complete", "Task"]
        .iter()
        .any(|end| name.len() > end.len() && name.ends_with(end))
    {
        Some(Rank::Alike)
    } else {
        None
    }
}

/// The event type of a payload: its member's, else the one the record names. A few records name
/// another event than they carry.
pub(crate) fn type_of_payload<'n>(member: &str, named: &'n str) -> &'n str {
    event_type(member).unwrap_or(named)
}

/// Whether the record names an event whose payload is called otherwise.
pub(crate) fn is_another_s(member: &str, named: &str) -> bool {
    let is_known = || !payload_members(named).is_empty();
    event_type(member).is_some_and(|meant| meant != named && is_known())
}

/// Whether an event is a notification of the media processing service, which looks alike.
pub(crate) fn is_other_product(event_type: &str) -> bool {
    matches!(
        event_type,
        "WorkflowTask" | "EditMediaTask" | "ScheduleTask"
    )
}

#[cfg(test)]
mod tests {
    use super::{Rank, event_type, is_another_s, rank, type_of_payload};

    #[test]
    fn members_are_ranked_by_what_is_known_of_them() {
        assert_eq!(rank("ProcedureStateChangeEvent"), Some(Rank::Known));
        assert_eq!(rank("TomorrowsCompleteEvent"), Some(Rank::Alike));
        assert_eq!(rank("data"), Some(Rank::Data));
        assert_eq!(rank("MetaData"), None);
        assert_eq!(rank("Event"), None);
    }

    #[test]
    fn a_payload_can_belong_to_another_event() {
        assert!(is_another_s("EditMediaComplete", "NewFileUpload"));
        assert!(!is_another_s("FileUploadEvent", "NewFileUpload"));
        assert!(!is_another_s("EditMediaCompleteEvent", "EditMediaComplete"));
        assert!(!is_another_s("EditMediaComplete", "TomorrowsType"));
        assert!(!is_another_s("data", "NewFileUpload"));
        let edit = "EditMediaComplete";
        assert_eq!(type_of_payload("EditMediaComplete", "NewFileUpload"), edit);
        assert_eq!(type_of_payload("data", edit), edit);
    }

    #[test]
    fn aliases_name_the_same_type() {
        for member in ["RestoreCompleteEvent", "RestoreMediaCompleteEvent"] {
            assert_eq!(event_type(member), Some("RestoreMediaComplete"));
        }
        assert_eq!(
            event_type("AigcImageCompleteEvent"),
            Some("AigcImageTaskComplete")
        );
    }
}
