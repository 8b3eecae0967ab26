//! Orders to the world outside: what `update` asks the shell to do.

use crate::model::{RawRef, SourceId, SourceSpec};
use crate::store::TaskIdx;

use super::{LiveEffect, PreviewEffect};

#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    StartSource(SourceSpec),
    CancelSource(SourceId),
    /// Read the newest record of a task again, whole. Only the newest ticket matters.
    LoadDetail {
        ticket: u64,
        task: TaskIdx,
        raw: RawRef,
    },
    /// Read every distinct state of a task again.
    LoadHistory {
        ticket: u64,
        raws: Vec<RawRef>,
    },
    /// Read a stretch of a source as text, repair it, and open the result.
    Repair(Stretch),
    /// Something about accounts, queues, callbacks or the archive.
    Live(LiveEffect),
    /// Something about remote pictures.
    Preview(PreviewEffect),
    PickFiles,
    PickFolder,
    RequestPaste,
    OpenSamples,
    OpenSample(usize),
    CopyText(String),
    SaveSettings,
    ApplyAppearance,
}

/// A stretch of a source that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The source's name, for the result.
    pub name: String,
    pub source: SourceId,
    pub offset: u64,
    pub len: u64,
}
