//! Plain data shared by every module: ids, verdicts, index rows, details, problems, settings.
//!
//! Nothing here reads, draws, or decides; a type belongs here when modules that must not know
//! each other both need it.

mod civil;
mod detail;
mod event;
mod json;
mod lang;
mod problem;
mod repair;
mod segment;
mod settings;
mod source;
mod verdict;

pub use civil::{Civil, now_unix};
pub use detail::{
    AudioStream, DecodedContext, Detail, Fact, Link, Media, Moderation, Note, Output, OutputKind,
    Picture, Relation, Request, Rung, SubTask, VideoStream,
};
pub use event::{Format, Outcome, ResultSet};
pub use json::{JsonNode, JsonTree, JsonValue, NodeId};
pub use lang::Lang;
pub use problem::{Problem, Reason};
pub use repair::{Repair, RepairKind};
pub use segment::{NO_DEFINITION, NameId, Row, RowFlags, Segment, SubRow};
pub use settings::{RecentFile, Settings, ThemeChoice, WindowPlacement, Zone};
pub use source::{
    Batch, Compression, Encoding, RawRef, Shape, SourceEnd, SourceEvent, SourceId, SourceInfo,
    SourceSpec,
};
pub use verdict::Verdict;
