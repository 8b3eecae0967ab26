//! An answer of the API as it came, and the parts of it that are used.
//!
//! Members may be missing, null, or numbers written as strings; none of that is a fault. Events
//! and tasks are handed on as the very bytes that stood in the answer.

use std::time::Duration;

use crate::model::{EventConfig, JsonNode, JsonTree, JsonValue, NodeId, SubApp};

/// A whole answer without an error in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub request_id: String,
    pub elapsed: Duration,
    /// How far this machine's clock is ahead of the service's, in seconds; 0 within what the
    /// answer's time on the way explains.
    pub clock_ahead_secs: Option<i64>,
    tree: JsonTree,
    /// The `Response` object.
    response: NodeId,
}

/// One event of PullEvents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PulledEvent<'a> {
    /// As it stands in the answer.
    pub raw: &'a [u8],
    /// For ConfirmEvents; empty when it has none.
    pub handle: &'a str,
    /// Empty for events of no task.
    pub task_id: &'a str,
}

/// One page of DescribeTasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskPage<'a> {
    pub tasks: Vec<ListedTask<'a>>,
    /// Where the next page begins; `None` after the last one.
    pub scroll_token: Option<&'a str>,
}

/// One task of DescribeTasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListedTask<'a> {
    /// As it stands in the answer.
    pub raw: &'a [u8],
    pub task_id: &'a str,
    /// `WAITING`, `PROCESSING`, `FINISH`, verbatim.
    pub status: &'a str,
    pub file_id: &'a str,
    /// ISO 8601, verbatim.
    pub create_time: &'a str,
}

impl ListedTask<'_> {
    /// Whether the task will not change any more.
    pub fn has_ended(&self) -> bool {
        has_ended(self.status)
    }
}

/// Whether a task of this status will not change any more.
pub fn has_ended(status: &str) -> bool {
    ["FINISH", "ABORTED"].contains(&status)
}

impl Answer {
    pub(super) fn new(tree: JsonTree, response: NodeId, request_id: String) -> Self {
        Self {
            request_id,
            elapsed: Duration::ZERO,
            clock_ahead_secs: None,
            tree,
            response,
        }
    }

    /// The bytes of the whole answer.
    pub fn body(&self) -> &[u8] {
        self.tree.text.as_bytes()
    }

    /// Of DescribeEventConfig.
    pub fn event_config(&self) -> EventConfig {
        let switches = self.tree.children(self.response).filter_map(|id| {
            let name = self.tree.node(id)?.name.as_deref()?;
            let state = self.tree.text_of(id)?;
            let is_switch = name.ends_with("Switch");
            is_switch.then(|| (name.to_owned(), state.to_owned()))
        });
        EventConfig {
            mode: self.text("Mode").to_owned(),
            notification_url: self.text("NotificationUrl").to_owned(),
            switches: switches.collect(),
        }
    }

    /// Of DescribeSubAppIds: the applications of this page.
    pub fn sub_apps(&self) -> Vec<SubApp> {
        let read = |id| {
            let name = self.text_in(id, "SubAppIdName");
            Some(SubApp {
                id: self.text_in(id, "SubAppId").parse().ok()?,
                // Older answers call it so.
                name: if name.is_empty() {
                    self.text_in(id, "Name").to_owned()
                } else {
                    name.to_owned()
                },
                status: self.text_in(id, "Status").to_owned(),
            })
        };
        self.elements("SubAppIdInfoSet").filter_map(read).collect()
    }

    /// How many there are in all, where the call pages by number.
    pub fn total_count(&self) -> Option<u64> {
        self.text("TotalCount").parse().ok()
    }

    /// Of DescribeEventsState: events waiting, approximately and minutes late.
    pub fn event_count(&self) -> Option<u64> {
        self.text("CountOfEventsToPull").parse().ok()
    }

    /// Of PullEvents.
    pub fn events(&self) -> Vec<PulledEvent<'_>> {
        let event = |id| PulledEvent {
            raw: self.raw(id),
            handle: self.text_in(id, "EventHandle"),
            task_id: self.task_of_event(id),
        };
        self.elements("EventSet").map(event).collect()
    }

    /// Of DescribeTasks.
    pub fn task_page(&self) -> TaskPage<'_> {
        let task = |id| ListedTask {
            raw: self.raw(id),
            task_id: self.text_in(id, "TaskId"),
            status: self.text_in(id, "Status"),
            file_id: self.text_in(id, "FileId"),
            create_time: self.text_in(id, "CreateTime"),
        };
        let token = self.text("ScrollToken");
        TaskPage {
            tasks: self.elements("TaskSet").map(task).collect(),
            scroll_token: (!token.is_empty()).then_some(token),
        }
    }

    /// Of DescribeTaskDetail: `WAITING`, `PROCESSING`, `FINISH`, `ABORTED`, verbatim.
    pub fn task_status(&self) -> &str {
        self.text("Status")
    }

    /// Of DescribeTaskDetail: whether the task ended, and with a failure. A task's own error and
    /// those of its parts count; `ABORTED` is a failure too.
    pub fn task_failed(&self) -> bool {
        let is_error = |node: &JsonNode| match (node.name.as_deref(), &node.value) {
            (Some("ErrCode"), JsonValue::Number(code)) => code.as_ref() != "0",
            (Some("ErrCode"), JsonValue::String(code)) => !["", "0"].contains(&code.as_ref()),
            (Some("Status"), JsonValue::String(status)) => status.as_ref() == "FAIL",
            _ => false,
        };
        let status = self.task_status();
        has_ended(status) && (status == "ABORTED" || self.tree.nodes.iter().any(is_error))
    }

    /// Of DescribeMediaInfos: each file's entry as it stands in the answer.
    pub fn media(&self) -> Vec<&[u8]> {
        self.elements("MediaInfoSet")
            .map(|id| self.raw(id))
            .collect()
    }

    /// Of DescribeMediaInfos: the ids that no file has.
    pub fn unknown_files(&self) -> Vec<&str> {
        self.elements("NotExistFileIdSet")
            .filter_map(|id| self.tree.text_of(id))
            .collect()
    }

    /// The id of the task an event speaks of. It stands in the event's one payload.
    fn task_of_event(&self, event: NodeId) -> &str {
        let own = self.text_in(event, "TaskId");
        let mut payloads = self.tree.children(event);
        let found = payloads.find_map(|id| {
            let text = self.text_in(id, "TaskId");
            (!text.is_empty()).then_some(text)
        });
        if own.is_empty() {
            found.unwrap_or_default()
        } else {
            own
        }
    }

    /// The elements of an array below `Response`; none when it is missing or null.
    fn elements(&self, name: &str) -> impl Iterator<Item = NodeId> + '_ {
        let set = self.tree.member(self.response, name);
        let array = set.filter(|id| {
            let node = self.tree.node(*id);
            node.is_some_and(|node| node.value == JsonValue::Array)
        });
        array.into_iter().flat_map(|id| self.tree.children(id))
    }

    fn text(&self, name: &str) -> &str {
        self.text_in(self.response, name)
    }

    fn text_in(&self, id: NodeId, name: &str) -> &str {
        let member = self.tree.member(id, name);
        member
            .and_then(|id| self.tree.text_of(id))
            .unwrap_or_default()
    }

    fn raw(&self, id: NodeId) -> &[u8] {
        let span = self.tree.node(id).map(|node| node.span.clone());
        let range = span.and_then(|span| {
            Some(usize::try_from(span.start).ok()?..usize::try_from(span.end).ok()?)
        });
        let bytes = range.and_then(|range| self.body().get(range));
        bytes.unwrap_or_default()
    }
}
