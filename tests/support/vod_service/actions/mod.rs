//! The calls that the service answers, each with its parameters and documented limits.

use super::answer::{Acted, Refusal};
use super::fault::Plan;
use super::parameters::Parameters;
use super::world::World;

mod apps;
mod events;
mod media;
mod tasks;

/// One call that has passed every check.
pub(super) struct Asked<'a> {
    pub(super) world: &'a World,
    /// The application it is about.
    pub(super) app: u64,
    pub(super) parameters: &'a Parameters,
    pub(super) plan: &'a Plan,
}

/// Whether a call is about one application.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NeedsApp {
    Yes,
    No,
}

pub(super) struct Action {
    name: &'static str,
    pub(super) parameters: &'static [&'static str],
    pub(super) needs_app: NeedsApp,
    pub(super) act: fn(&Asked<'_>) -> Acted,
}

const ACTIONS: &[Action] = &[
    action("PullEvents", &["ExtInfo", "SubAppId"], events::pull),
    action(
        "ConfirmEvents",
        &["EventHandles", "ExtInfo", "SubAppId"],
        events::confirm,
    ),
    action("DescribeEventsState", &["SubAppId"], events::state),
    action("DescribeEventConfig", &["SubAppId"], events::config),
    action("ModifyEventConfig", MODIFIABLE, events::modify_config),
    action(
        "DescribeTasks",
        &[
            "SubAppId",
            "Status",
            "FileId",
            "CreateTime",
            "FinishTime",
            "Sort",
            "Limit",
            "ScrollToken",
        ],
        tasks::list,
    ),
    action("DescribeTaskDetail", &["TaskId", "SubAppId"], tasks::detail),
    action(
        "DescribeMediaInfos",
        &["FileIds", "Filters", "SubAppId"],
        media::describe,
    ),
    Action {
        name: "DescribeSubAppIds",
        parameters: &["Name", "Tags", "Offset", "Limit"],
        needs_app: NeedsApp::No,
        act: apps::describe,
    },
];

const MODIFIABLE: &[&str] = &[
    "Mode",
    "NotificationUrl",
    "UploadMediaCompleteEventSwitch",
    "DeleteMediaCompleteEventSwitch",
    "PersistenceCompleteEventSwitch",
    "SignKey",
    "SubAppId",
];

const fn action(
    name: &'static str,
    parameters: &'static [&'static str],
    act: fn(&Asked<'_>) -> Acted,
) -> Action {
    Action {
        name,
        parameters,
        needs_app: NeedsApp::Yes,
        act,
    }
}

pub(super) fn find(name: &str) -> Result<&'static Action, Refusal> {
    let known = ACTIONS.iter().find(|action| action.name == name);
    known.ok_or_else(|| {
        let message = format!("The request action `{name}` is not valid.");
        Refusal::new("InvalidAction", message)
    })
}
