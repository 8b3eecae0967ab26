//! The pictures of an event as they are shown: in groups, each with what the event tells of it.

use std::sync::Arc;

use crate::knowledge::sub_task;
use crate::model::{Lang, NodeId, PictureKey, PictureRequest, PictureSize, ResultSet};

/// How the places of snapshots in the video were chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Sampling {
    /// At times that were asked for; each picture tells its own.
    ByTime,
    EverySecs(f64),
    /// Every so many hundredths of the video's length.
    EveryPercent(f64),
    /// The event does not say.
    #[default]
    Untold,
}

/// What an event tells of its sprite sheets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SpriteFacts {
    /// Cells of one sheet.
    pub cells: Option<u64>,
    /// Width and height of one cell in the sheet's pixels.
    pub cell_size: Option<(u64, u64)>,
    /// The file that tells where each cell is and which time it stands for.
    pub vtt: Option<Arc<str>>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum GroupKind {
    /// The cover the media already has.
    SourceCover,
    /// A cover that a sub-task made.
    Cover,
    Snapshots(Sampling),
    Sprites(SpriteFacts),
    AnimatedGraphics,
    /// Candidates for a cover with the service's confidence in each.
    AiCovers,
    /// Covers of highlight clips.
    Highlights,
    /// What a moderation found; not to be seen before the person asks for it.
    Evidence,
}

/// Pictures that belong together: those of one output, or of one sub-task.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureGroup {
    pub kind: GroupKind,
    /// Index of the sub-task that made them.
    pub sub_task: Option<usize>,
    /// `Type` of that sub-task, verbatim.
    pub task_kind: String,
    pub definition: Option<i64>,
    pub items: Vec<PictureItem>,
    pub node: NodeId,
}

/// One picture with what the event tells of it; `None` is what it does not tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PictureItem {
    pub url: Arc<str>,
    /// Its place in the video in seconds.
    pub time_secs: Option<f64>,
    /// The time was worked out from an interval or a share; the event does not tell it.
    pub time_estimated: bool,
    /// Seconds from and to, of an animation, a highlight, or a moderated stretch.
    pub range_secs: Option<(f64, f64)>,
    /// 0–100.
    pub confidence: Option<f64>,
    pub label: Option<String>,
    pub suggestion: Option<String>,
    /// Unix seconds.
    pub expires: Option<i64>,
    pub width: Option<u64>,
    pub height: Option<u64>,
    pub bytes: Option<u64>,
    pub container: Option<String>,
    pub node: NodeId,
}

/// A file that a task made and that is played elsewhere, never here.
#[derive(Clone, Debug, PartialEq)]
pub struct VideoFile {
    pub sub_task: usize,
    pub task_kind: String,
    pub url: Arc<str>,
    pub file_id: Option<String>,
    pub definition: Option<i64>,
    pub container: Option<String>,
    pub width: Option<u64>,
    pub height: Option<u64>,
    pub bytes: Option<u64>,
    pub duration_secs: Option<f64>,
    /// Unix seconds.
    pub expires: Option<i64>,
    pub node: NodeId,
}

impl PictureItem {
    /// The picture fitted into so many screen pixels each way.
    pub fn within(&self, pixels: u32) -> PictureRequest {
        self.request(PictureSize::Within(pixels))
    }

    /// As [`Self::within`], and an animation plays.
    pub fn playing(&self, pixels: u32) -> PictureRequest {
        self.request(PictureSize::Playing(pixels))
    }

    /// The picture with every pixel it has.
    pub fn whole(&self) -> PictureRequest {
        self.request(PictureSize::Whole)
    }

    fn request(&self, size: PictureSize) -> PictureRequest {
        PictureRequest {
            key: PictureKey {
                url: Arc::clone(&self.url),
                size,
            },
            expires: self.expires,
        }
    }
}

impl PictureGroup {
    pub fn sprites(&self) -> Option<&SpriteFacts> {
        match &self.kind {
            GroupKind::Sprites(facts) => Some(facts),
            _ => None,
        }
    }

    /// "`SampleSnapshot` 10": which sub-task made it. Empty for what no sub-task did.
    pub fn made_by(&self, lang: Lang) -> String {
        if self.task_kind.is_empty() {
            return String::new();
        }
        let set = match self.kind {
            GroupKind::AiCovers | GroupKind::Highlights => ResultSet::Analysis,
            GroupKind::Evidence => ResultSet::ContentReview,
            _ => ResultSet::Media,
        };
        let kind = sub_task::label(set, &self.task_kind, lang);
        match self.definition {
            Some(definition) => format!("{kind} {definition}"),
            None => kind,
        }
    }

    /// Whether it is a cover of the media, whoever made it.
    pub fn is_cover(&self) -> bool {
        matches!(self.kind, GroupKind::Cover | GroupKind::SourceCover)
    }

    /// Whether its pictures stay hidden until each is asked for.
    pub fn is_veiled(&self) -> bool {
        self.kind == GroupKind::Evidence
    }
}
