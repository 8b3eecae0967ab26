//! What the event types say, and under which member their payload stands.
//!
//! Both lists are open: the service adds types faster than it documents them.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Bilingual, rows};

/// One type. Old names stay in the list, for old events stay in files.
#[derive(Deserialize)]
struct KnownType {
    name: &'static str,
    /// The payload's members, the current name first; `data` of 2.0 events is not listed, and
    /// task types have none.
    #[serde(default)]
    members: Vec<&'static str>,
    description: Bilingual,
}

/// Event types, and the task types of `DescribeTaskDetail`: no name is both.
static TYPES: LazyLock<Vec<KnownType>> = LazyLock::new(|| {
    rows(
        "types.json",
        include_str!("../../assets/knowledge/types.json"),
    )
});

/// Members with their types, in the order of [`order_of`].
static MEMBERS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let of_type = |known: &KnownType| {
        let name = known.name;
        let pairs = known.members.iter().map(|member| (*member, name));
        pairs.collect::<Vec<_>>()
    };
    let mut members: Vec<_> = TYPES.iter().flat_map(of_type).collect();
    members.sort_unstable_by_key(|(member, _)| order_of(member));
    members
});

/// Events that only report that something happened to a file.
const WITHOUT_OUTCOME: &[&str] = &[
    // The 2.0 format has a name of its own for deletions.
    "DeleteFile",
    "FileDeleted",
    "MediaCastStatusChanged",
    "NewFileUpload",
    "PersistenceComplete",
];

/// One line about an event type, or about a task type of `DescribeTaskDetail`.
pub fn description(name: &str) -> Option<Bilingual> {
    find(name).map(|known| known.description)
}

/// The members that may hold the payload of an event type, the current name first.
pub fn payload_members(event_type: &str) -> &'static [&'static str] {
    find(event_type).map_or(&[], |known| &known.members)
}

/// The event type a payload member stands for, older names included.
pub fn event_type_of_member(member: &str) -> Option<&'static str> {
    let order = order_of(member);
    let found = MEMBERS.binary_search_by_key(&order, |(member, _)| order_of(member));
    let (_, event_type) = MEMBERS.get(found.ok()?)?;
    Some(event_type)
}

/// By length first: most members of a record differ in it from every payload's, and this is asked
/// of each member of each record.
fn order_of(member: &str) -> (usize, &str) {
    (member.len(), member)
}

/// Whether events of this type say that something succeeded or failed. Unknown types may.
pub fn carries_outcome(event_type: &str) -> bool {
    !WITHOUT_OUTCOME.contains(&event_type)
}

fn find(name: &str) -> Option<&'static KnownType> {
    TYPES.iter().find(|known| known.name == name)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::knowledge::checks::assert_bilingual;

    #[test]
    fn every_type_is_described_once_in_both_languages() {
        let mut seen = HashSet::new();
        for known in TYPES.iter() {
            assert!(seen.insert(known.name), "{} twice", known.name);
            assert_bilingual(known.description, known.name);
        }
        assert_eq!(seen.len(), 71);
    }

    #[test]
    fn a_member_belongs_to_one_type() {
        let mut seen = HashSet::new();
        for member in TYPES.iter().flat_map(|known| &known.members) {
            assert!(seen.insert(*member), "{member} twice");
        }
        assert_eq!(seen.len(), 37 + 5, "37 current members and 5 other names");
    }

    #[test]
    fn every_member_leads_to_its_type() {
        for known in TYPES.iter() {
            for member in &known.members {
                assert_eq!(event_type_of_member(member), Some(known.name));
            }
        }
        assert_eq!(event_type_of_member(""), None);
        assert_eq!(event_type_of_member("FileUploadEvenu"), None);
    }

    #[test]
    fn the_task_flow_event_drops_a_d() {
        let member = "ProcedureStateChangeEvent";
        assert_eq!(event_type_of_member(member), Some("ProcedureStateChanged"));
        assert_eq!(payload_members("ProcedureStateChanged")[0], member);
    }

    #[test]
    fn older_members_lead_to_the_same_type() {
        let old = event_type_of_member("RestoreCompleteEvent");
        assert_eq!(old, event_type_of_member("RestoreMediaCompleteEvent"));
        assert_eq!(event_type_of_member("WorkflowTaskEvent"), None);
    }

    #[test]
    fn uploads_and_deletions_have_no_outcome() {
        assert!(!carries_outcome("NewFileUpload"));
        assert!(!carries_outcome("FileDeleted"));
        assert!(!carries_outcome("DeleteFile"));
        assert!(!carries_outcome("PersistenceComplete"));
        assert!(carries_outcome("ProcedureStateChanged"));
        assert!(carries_outcome("BrandNewComplete"));
    }

    #[test]
    fn unknown_types_are_not_described() {
        assert_eq!(description("BrandNewComplete"), None);
        assert!(payload_members("BrandNewComplete").is_empty());
        assert!(description("EditMedia").is_some());
    }
}
