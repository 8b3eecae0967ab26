//! The calls this program makes. There are no others: nothing here can change an application's
//! settings, its files or its tasks.

/// A call of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    DescribeEventConfig,
    DescribeEventsState,
    DescribeSubAppIds,
    DescribeTasks,
    DescribeTaskDetail,
    DescribeMediaInfos,
    /// Hides up to 16 events from every consumer for 30 s.
    PullEvents,
    /// Deletes events for everybody.
    ConfirmEvents,
}

impl Action {
    pub const ALL: [Self; 8] = [
        Self::DescribeEventConfig,
        Self::DescribeEventsState,
        Self::DescribeSubAppIds,
        Self::DescribeTasks,
        Self::DescribeTaskDetail,
        Self::DescribeMediaInfos,
        Self::PullEvents,
        Self::ConfirmEvents,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::DescribeEventConfig => "DescribeEventConfig",
            Self::DescribeEventsState => "DescribeEventsState",
            Self::DescribeSubAppIds => "DescribeSubAppIds",
            Self::DescribeTasks => "DescribeTasks",
            Self::DescribeTaskDetail => "DescribeTaskDetail",
            Self::DescribeMediaInfos => "DescribeMediaInfos",
            Self::PullEvents => "PullEvents",
            Self::ConfirmEvents => "ConfirmEvents",
        }
    }

    /// Whether the call takes a SubAppId: all but the one that lists them.
    pub(super) fn is_of_an_application(self) -> bool {
        self != Self::DescribeSubAppIds
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::permission;

    #[test]
    fn the_policy_grants_every_call_but_the_one_that_deletes() {
        let policy = permission::viewer_policy(None);
        for action in Action::ALL {
            let granted = policy.contains(&format!("\"name/vod:{}\"", action.name()));
            assert_eq!(granted, action != Action::ConfirmEvents, "{action:?}");
        }
    }
}
