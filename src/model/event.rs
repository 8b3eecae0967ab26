//! How an event arrived, and how one of its sub-tasks ended.

use serde::{Deserialize, Serialize};

/// The envelope a record came in (reference: service documentation, "event notification").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// 3.0 normal callback: `EventType` and one payload member.
    V3Push,
    /// 3.0 reliable callback: an element of `EventSet`, with its `EventHandle`.
    V3Pull,
    /// `{"Response":{"Error":{…}}}`.
    ApiError,
    /// "2.0 format" callback: `version:"4.0"`, `eventType`, `data`.
    V2,
    /// An element of the 2.0 `eventList`.
    V2Pull,
    /// A 2.0 task answer (`GetTaskInfo`) or an element of a 2.0 task list.
    V2Task,
    /// `DescribeTaskDetail`, with or without `Response`.
    TaskDetail,
    /// An element of `DescribeTasks`' `TaskSet`.
    TaskList,
    /// An element of `DescribeMediaInfos`' `MediaInfoSet`.
    MediaInfo,
    /// A `ProcedureTask` alone.
    BareTask,
    /// A notification of another product (MPS).
    Mps,
    /// An object that names its event type but fits no envelope we know.
    #[default]
    Unknown,
}

impl Format {
    /// The stable name used by the command line and its NDJSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::V3Push => "v3-push",
            Self::V3Pull => "v3-pull",
            Self::ApiError => "api-error",
            Self::V2 => "v2",
            Self::V2Pull => "v2-pull",
            Self::V2Task => "v2-task",
            Self::TaskDetail => "task-detail",
            Self::TaskList => "task-list",
            Self::MediaInfo => "media-info",
            Self::BareTask => "bare-task",
            Self::Mps => "mps",
            Self::Unknown => "unknown",
        }
    }
}

/// Which of a procedure's four result lists a sub-task stands in.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum ResultSet {
    /// `MediaProcessResultSet`.
    #[default]
    Media,
    /// `AiContentReviewResultSet`.
    ContentReview,
    /// `AiAnalysisResultSet`.
    Analysis,
    /// `AiRecognitionResultSet`.
    Recognition,
}

/// How one sub-task ended, from its Status, ErrCodeExt and ErrCode in that order of trust.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Succeeded,
    Failed,
    Running,
    Waiting,
    #[default]
    Unknown,
}
