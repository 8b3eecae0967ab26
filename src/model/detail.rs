//! Everything one event says, in one shape for every format: what the panels show.
//!
//! `None` always means that the event does not say; it never stands for 0 or "".

use std::sync::Arc;

use super::{Format, JsonTree, NodeId, Outcome, RawRef, ResultSet, Verdict};

/// One event in full.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Detail {
    pub format: Format,
    /// As the event names itself; empty when it does not.
    pub event_type: String,
    pub event_handle: Option<String>,
    pub task_id: Option<String>,
    pub status: Option<String>,
    pub verdict: Verdict,
    pub err_code: Option<i64>,
    pub err_code_ext: Option<String>,
    pub message: Option<String>,
    pub file_id: Option<String>,
    pub file_name: Option<String>,
    pub file_url: Option<String>,
    /// The top-level code is an error though every listed sub-task succeeded.
    pub sub_task_missing: bool,
    /// Source metadata; `None` when the event has no MetaData.
    pub media: Option<Media>,
    /// Sub-tasks of all four result sets in event order.
    pub sub_tasks: Vec<SubTask>,
    pub request: Request,
    /// Unix seconds. Only task answers tell these for a whole task.
    pub create: Option<i64>,
    pub begin: Option<i64>,
    pub finish: Option<i64>,
    pub progress: Option<f64>,
    pub cover_urls: Vec<String>,
    /// The cover that the media has already, as the event or the media's description names it.
    pub source_cover: Option<SourceCover>,
    pub links: Vec<Link>,
    /// Outcome of a moderation task of its own (`ReviewAudioVideo`).
    pub moderation: Option<Moderation>,
    /// Members of the payload that no dedicated part shows, in event order.
    pub facts: Vec<Fact>,
    pub notes: Vec<Note>,
    pub tree: Arc<JsonTree>,
    pub raw: Option<RawRef>,
}

/// A member shown by its own name and value.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Dotted path below the payload, such as `Output.FileUrl`.
    pub path: String,
    pub value: String,
    pub node: NodeId,
}

/// Source metadata (`MetaData`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Media {
    pub size_bytes: Option<u64>,
    pub container: Option<String>,
    pub bitrate_bps: Option<u64>,
    pub width: Option<u64>,
    pub height: Option<u64>,
    pub duration_secs: Option<f64>,
    pub video_duration_secs: Option<f64>,
    pub audio_duration_secs: Option<f64>,
    pub rotate_degrees: Option<i64>,
    pub md5: Option<String>,
    pub video_streams: Vec<VideoStream>,
    pub audio_streams: Vec<AudioStream>,
    /// The format leaves the unit of bitrates open (2.0): numbers are shown as they are.
    pub bitrate_unit_unknown: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct VideoStream {
    pub bitrate_bps: Option<u64>,
    pub width: Option<u64>,
    pub height: Option<u64>,
    pub codec: Option<String>,
    pub codec_tag: Option<String>,
    pub fps: Option<f64>,
    /// `SDR`, `HDR`, or what the event says.
    pub dynamic_range: Option<String>,
    pub hdr_type: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AudioStream {
    pub bitrate_bps: Option<u64>,
    pub sample_rate_hz: Option<u64>,
    pub codec: Option<String>,
}

/// One sub-task of a task flow (or the one job of a simple task).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SubTask {
    pub set: ResultSet,
    /// `Type`, verbatim; aliases are not renamed.
    pub kind: String,
    pub outcome: Outcome,
    pub status: Option<String>,
    pub err_code: Option<i64>,
    /// ErrCode as it is written when it is not an integer.
    pub err_code_text: Option<String>,
    pub err_code_ext: Option<String>,
    pub message: Option<String>,
    /// `Input.Definition`; falls back to `Output.Definition` only when it is not 0.
    pub definition: Option<i64>,
    pub progress: Option<f64>,
    /// Unix seconds; unset and unparseable times are `None`.
    pub begin: Option<i64>,
    pub finish: Option<i64>,
    /// Members of `Input` besides the definition.
    pub input: Vec<Fact>,
    pub outputs: Vec<Output>,
    pub moderation: Option<Moderation>,
    /// The sub-task in the tree.
    pub node: NodeId,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OutputKind {
    /// A playable file: transcode, edited or composed media.
    #[default]
    Rendition,
    /// An adaptive stream with its rungs.
    Adaptive,
    AnimatedGraphics,
    Cover,
    Snapshots,
    Sprites,
    /// Any other product with a URL or a FileId.
    Other,
}

/// What a sub-task produced.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Output {
    pub kind: OutputKind,
    pub definition: Option<i64>,
    pub url: Option<String>,
    pub file_id: Option<String>,
    pub container: Option<String>,
    pub width: Option<u64>,
    pub height: Option<u64>,
    pub bitrate_bps: Option<u64>,
    pub size_bytes: Option<u64>,
    pub duration_secs: Option<f64>,
    pub md5: Option<String>,
    pub video_streams: Vec<VideoStream>,
    pub audio_streams: Vec<AudioStream>,
    /// `Package` of an adaptive stream, as given.
    pub package: Option<String>,
    pub drm: Option<String>,
    pub rungs: Vec<Rung>,
    pub pictures: Vec<Picture>,
    /// Cells in one sprite sheet.
    pub sprite_cells: Option<u64>,
    pub vtt_url: Option<String>,
    /// `SampleType` with `Interval`, as given.
    pub interval: Option<String>,
    /// The picture that stands for a clip (`CovImgUrl`).
    pub cover: Option<String>,
    /// 0–100: how sure an analysis is of it.
    pub confidence: Option<f64>,
    /// Seconds from and to in the source.
    pub range_secs: Option<(f64, f64)>,
    /// When its URL goes away, in unix seconds.
    pub expires: Option<i64>,
    pub node: NodeId,
}

/// One rung of an adaptive stream (`SubStreamSet`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rung {
    /// `video` or `audio`, as given.
    pub kind: Option<String>,
    pub width: Option<u64>,
    pub height: Option<u64>,
    pub size_bytes: Option<u64>,
}

/// A picture the event points to. It is never fetched by looking at the event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    pub url: String,
    pub offset_secs: Option<f64>,
}

/// A cover named by the event itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceCover {
    pub url: String,
    pub node: NodeId,
}

/// A picture that a moderation keeps for a while to show what it found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    pub url: String,
    /// Unix seconds.
    pub expires: Option<i64>,
    pub begin_secs: Option<f64>,
    pub end_secs: Option<f64>,
    pub confidence: Option<f64>,
    /// The label, or the person's name where one is told instead.
    pub label: Option<String>,
    pub suggestion: Option<String>,
    pub node: NodeId,
}

/// What a moderation result says: a hit is flagged, not failed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moderation {
    pub suggestion: Option<String>,
    pub label: Option<String>,
    pub confidence: Option<f64>,
    pub form: Option<String>,
    pub segment_count: u32,
    /// The listed segments are only the first ones; the rest is behind this URL.
    pub segments_url: Option<String>,
    /// Those of the listed segments that have a picture.
    pub evidence: Vec<Evidence>,
}

impl Moderation {
    /// Whether a person has to look.
    pub fn is_hit(&self) -> bool {
        self.suggestion
            .as_deref()
            .is_some_and(|s| s.eq_ignore_ascii_case("block") || s.eq_ignore_ascii_case("review"))
    }
}

/// What the caller asked for with the task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    pub notify_mode: Option<String>,
    pub priority: Option<i64>,
    pub session_id: Option<String>,
    /// Verbatim.
    pub session_context: Option<String>,
    pub session_context_decoded: Option<DecodedContext>,
    pub operator: Option<String>,
    pub operation_type: Option<String>,
}

/// A SessionContext that turned out to be something readable.
#[derive(Clone, Debug, PartialEq)]
pub enum DecodedContext {
    /// JSON, pretty-printed.
    Json(String),
    /// Base64 of readable text, which may be JSON (then pretty-printed).
    Base64(String),
    /// Percent-encoded text.
    Percent(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// `ProcedureTaskId`: the task flow this event started.
    Procedure,
    /// `ReviewAudioVideoTaskId`.
    Review,
    /// Another FileId of the same event.
    File,
    /// `SessionId`.
    Session,
}

/// An id that leads to other events.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    pub relation: Relation,
    pub id: String,
}

/// Something about the record a person should know before trusting it.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// A member name occurs more than once at this path; the last value counts.
    DuplicateMember { path: String },
    /// A member is named otherwise than documented; what it was taken for.
    Alias { found: String, taken_for: String },
    /// A value has another JSON type than documented and was read as text.
    OtherType { path: String, found: &'static str },
    /// A member no documentation names.
    UnknownMember { path: String },
    /// A lone surrogate or invalid byte was replaced.
    Replaced { path: String },
    /// The top-level code is an error and no listed sub-task failed.
    SubTaskMissing,
    /// `Output.Definition` differs from `Input.Definition`.
    DefinitionDiffers {
        kind: String,
        input: i64,
        output: i64,
    },
    /// Another product's notification.
    OtherProduct,
    /// 2.0 bitrates have no certain unit.
    BitrateUnit,
    /// Repaired on request.
    Repaired { what: String },
}
