//! What surrounds a payload: collects an object's members in one pass and then says which
//! envelope it was. The order of the questions in [`Envelope::format`] tells every known form apart.

use std::borrow::Cow;
use std::ops::Range;

use super::fields::{Fields, told};
use super::payload::{Rank, event_type, is_other_product};
use super::scan::RawString;
use super::verdict::{is_early, is_error_code};
use crate::model::Format;

type Text<'a> = Option<RawString<'a>>;

/// The list a record stood in, which says what it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Context {
    #[default]
    None,
    EventSet,
    /// `eventList` of a 2.0 pull.
    EventList,
    TaskSet,
    /// `taskList` of a 2.0 answer.
    OldTaskList,
    MediaInfoSet,
}

impl Context {
    /// The list behind a member name.
    pub(crate) fn of_member(name: &str) -> Option<Self> {
        match name {
            "EventSet" => Some(Self::EventSet),
            "eventList" => Some(Self::EventList),
            "TaskSet" => Some(Self::TaskSet),
            "taskList" => Some(Self::OldTaskList),
            "MediaInfoSet" => Some(Self::MediaInfoSet),
            _ => None,
        }
    }
}

/// The member taken for the payload.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Payload<'a> {
    pub(crate) rank: Rank,
    pub(crate) name: RawString<'a>,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Where its sub-rows begin.
    pub(crate) first_sub_row: usize,
}

/// An object's members as far as they matter.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says that one independent member was there"
)]
pub(crate) struct Envelope<'a> {
    /// Members of the object itself (and of its `Response`).
    pub(crate) outer: Fields<'a>,
    /// Members of the payload.
    pub(crate) inner: Fields<'a>,
    pub(crate) payload: Option<Payload<'a>>,
    pub(crate) event_type: Text<'a>,
    pub(crate) task_type: Text<'a>,
    /// `type` of a 2.0 task answer.
    pub(crate) old_type: Text<'a>,
    /// `Error.Code`.
    pub(crate) error: Option<Text<'a>>,
    /// `code` of a 2.0 answer.
    pub(crate) answer_code: Text<'a>,
    pub(crate) has_handle: bool,
    pub(crate) has_version: bool,
    pub(crate) has_old_spelling: bool,
    pub(crate) has_basic_info: bool,
    pub(crate) has_list: bool,
    /// Members nobody asked about: a bare 2.0 error answer has none.
    pub(crate) unknown_members: u32,
    pub(crate) first_member: Text<'a>,
    /// Values that may hold a whole event when this object is only its wrapping.
    pub(crate) candidates: Vec<Range<usize>>,
}

impl<'a> Envelope<'a> {
    /// Whether a list of sub-tasks was named again: only the last one counts.
    pub(crate) fn repeats_a_list(&self) -> bool {
        self.outer.repeats_a_list() || self.inner.repeats_a_list()
    }

    /// Nothing yet, before a second reading that takes the last list of each name.
    pub(crate) fn again(&self) -> Self {
        Self {
            outer: self.outer.again(),
            inner: self.inner.again(),
            ..Self::default()
        }
    }

    /// What form this is; `None` when it is no event by itself.
    pub(crate) fn format(&self, context: Context) -> Option<Format> {
        if self.error.is_some() {
            return Some(Format::ApiError);
        }
        match context {
            Context::TaskSet => return Some(Format::TaskList),
            Context::OldTaskList => return Some(Format::V2Task),
            Context::MediaInfoSet => return Some(Format::MediaInfo),
            Context::None | Context::EventSet | Context::EventList => {}
        }
        if let Some(task_type) = self.task_answer() {
            return Some(task_type);
        }
        self.event(context).or_else(|| self.old_answer())
    }

    fn task_answer(&self) -> Option<Format> {
        if self.task_type.is_some() && self.event_type.is_none() {
            let is_listed = self.payload.is_none() && told(self.outer.task_id).is_some();
            return Some(if is_listed {
                Format::TaskList
            } else {
                Format::TaskDetail
            });
        }
        let is_media = self.has_basic_info && self.event_type.is_none();
        (is_media && told(self.outer.file_id).is_some()).then_some(Format::MediaInfo)
    }

    fn event(&self, context: Context) -> Option<Format> {
        let is_pulled = self.has_handle || context == Context::EventSet;
        let new_event = if is_pulled {
            Format::V3Pull
        } else {
            Format::V3Push
        };
        if let Some(event_type) = told(self.event_type) {
            let has_data = self.payload.is_some_and(|p| p.rank == Rank::Data);
            if self.has_old_spelling && (self.has_version || has_data) {
                let is_pulled = is_pulled || context == Context::EventList;
                return Some(if is_pulled {
                    Format::V2Pull
                } else {
                    Format::V2
                });
            }
            if is_other_product(&event_type.unescape()) {
                return Some(Format::Mps);
            }
            return Some(if self.payload.is_some() || is_pulled {
                new_event
            } else {
                Format::Unknown
            });
        }
        let payload = self.payload?;
        if payload.name.is("WorkflowTaskEvent") {
            return Some(Format::Mps);
        }
        (payload.rank == Rank::Known || is_pulled).then_some(new_event)
    }

    fn old_answer(&self) -> Option<Format> {
        if let Some(code) = told(self.answer_code) {
            let tells_task = told(self.inner.task_id).is_some()
                || told(self.inner.file_id).is_some()
                || self.inner.has_result_set
                || told(self.old_type).is_some();
            if self.payload.is_some() && tells_task {
                return Some(Format::V2Task);
            }
            if self.unknown_members == 0 && is_error_code(&code.unescape()) {
                return Some(Format::ApiError);
            }
        }
        self.outer.has_result_set.then_some(Format::BareTask)
    }

    /// The event type as the record names it, or as its payload member does.
    pub(crate) fn type_name(&self, format: Format) -> Cow<'a, str> {
        let named = match format {
            Format::ApiError | Format::BareTask => return "".into(),
            Format::MediaInfo => return "MediaInfo".into(),
            Format::TaskDetail | Format::TaskList => {
                told(self.task_type).or_else(|| told(self.old_type))
            }
            Format::V2Task => told(self.old_type),
            _ => told(self.event_type),
        };
        if let Some(named) = named {
            return named.unescape();
        }
        let member = self.payload.map(|payload| payload.name.unescape());
        member
            .as_deref()
            .and_then(event_type)
            .unwrap_or_default()
            .into()
    }

    /// The status around a flow, unless the flow knows better.
    fn status_of_flow(&self) -> Option<RawString<'a>> {
        let (outer, own) = (told(self.outer.status), self.inner.status);
        let both = outer.zip(own);
        let is_early =
            both.is_some_and(|(outer, own)| is_early(&outer.unescape(), &own.unescape()));
        outer.filter(|_| !is_early).or(own)
    }

    /// What is said of the task, from where this form says it.
    pub(crate) fn told_of_task(&self, format: Format) -> Fields<'a> {
        let outer_first = matches!(format, Format::TaskDetail | Format::V2Task);
        if self.payload.is_none() {
            return self.outer;
        }
        let mut fields = self.inner;
        if outer_first {
            fields = fields.or(&self.outer);
            fields.status = self.status_of_flow();
            fields.create = self.outer.create;
        }
        fields
    }
}
