//! How much a record says about the end of its task: more than its words, its form decides.

use crate::knowledge::event_type::carries_outcome;
use crate::model::Format;

/// How far a record can tell how its task ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Reach {
    /// An event of a task, or an answer about one: it would tell an error if there were one.
    #[default]
    Whole,
    /// An entry in a list of tasks, which may leave codes out.
    ListItem,
    /// Something that happened to a file and cannot end well, such as its deletion.
    NoOutcome,
}

impl Reach {
    /// `task`: the event type of the payload. `has_payload`: what is said of the task stands in
    /// an object of its own.
    pub(crate) fn of(format: Format, task: &str, has_payload: bool) -> Self {
        if !carries_outcome(task) {
            return Self::NoOutcome;
        }
        match format {
            Format::TaskList => Self::ListItem,
            Format::V2Task if !has_payload => Self::ListItem,
            _ => Self::Whole,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Reach;
    use crate::model::Format;

    #[test]
    fn a_record_reaches_as_far_as_its_form() {
        let flow = "ProcedureStateChanged";
        assert_eq!(Reach::of(Format::V3Push, flow, true), Reach::Whole);
        assert_eq!(Reach::of(Format::BareTask, "", false), Reach::Whole);
        assert_eq!(
            Reach::of(Format::TaskList, "Procedure", false),
            Reach::ListItem
        );
        assert_eq!(
            Reach::of(Format::V2Task, "procedure", false),
            Reach::ListItem
        );
        assert_eq!(Reach::of(Format::V2Task, "procedure", true), Reach::Whole);
        assert_eq!(Reach::of(Format::V2, "DeleteFile", true), Reach::NoOutcome);
        assert_eq!(
            Reach::of(Format::V3Pull, "FileDeleted", true),
            Reach::NoOutcome
        );
    }
}
