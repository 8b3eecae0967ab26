//! Plain data shared by every module: ids, verdicts, index rows, details, problems, settings,
//! accounts, and what live sources are asked and tell.
//!
//! Nothing here reads, draws, or decides; a type belongs here when modules that must not know
//! each other both need it.

mod account;
mod api;
mod civil;
mod detail;
mod event;
mod export;
mod json;
mod lang;
mod live;
mod picture;
mod problem;
mod repair;
mod secret;
mod segment;
mod settings;
mod source;
mod sprite;
mod verdict;
mod web;

pub use account::{
    Credentials, CredentialsFault, DEFAULT_RATE, ENDPOINT_CN, ENDPOINT_INTL, Found, KeyPart,
    Origin, OriginChoice, OriginProbe, PlaceFault, Profile,
};
pub use api::{ApiError, CallFault, EndpointFault, Foreign, ForeignKind, NetworkFault, Retry};
pub use civil::{Civil, now_unix, now_unix_ms, unix_of};
pub use detail::{
    AudioStream, DecodedContext, Detail, Evidence, Fact, Link, Media, Moderation, Note, Output,
    OutputKind, Picture, Relation, Request, Rung, SourceCover, SubTask, VideoStream,
};
pub use event::{Format, Outcome, ResultSet};
pub use export::{ExportFault, ExportProgress, Exported};
pub use json::{JsonNode, JsonTree, JsonValue, NodeId};
pub use lang::Lang;
pub use live::{
    ARCHIVE_OFFSET_BITS, ArchiveFault, ArchiveStats, BATCH_LIMIT, Borrowed, BorrowedBatch,
    CLOUD_MEMORY, CLOUD_MEMORY_SECS, CONFIRM_UNTIL, ConfirmFault, Confirmed, EventConfig,
    HIDDEN_FOR, ListPlace, ListenSpec, LiveCommand, LiveLimit, LiveNews, LiveSpec, Permit, Refusal,
    Replayed, SubApp, TaskProgress, TaskPull, TaskQuery, Tested, UnfinishedPull,
};
pub use picture::{
    AnimationFrame, Consent, HostRule, LEAST_PICTURE_BYTES, PictureContent, PictureFault,
    PictureFormat, PictureInfo, PictureKey, PictureNews, PictureRequest, PictureSettings,
    PictureSize, Pixels, SpriteCue, cue_bytes, picture_share,
};
pub use problem::{Problem, Reason};
pub use repair::{Repair, RepairKind};
pub use secret::Secret;
pub use segment::{NO_DEFINITION, NameId, Row, RowFlags, Segment, SubRow};
pub use settings::{ArchiveSettings, RecentFile, Settings, ThemeChoice, WindowPlacement, Zone};
pub use source::{
    Batch, Compression, Encoding, RawRef, Shape, SourceEnd, SourceEvent, SourceId, SourceInfo,
    SourceSpec, Wrapping,
};
pub use sprite::{SpritePlace, SpriteSheetLayout};
pub use verdict::Verdict;
pub use web::WebUrl;
