//! The presets behind template numbers.
//!
//! A number means something only together with its kind: 10 is a snapshot, a sprite, an adaptive
//! stream and an old transcode at once. Numbers that are no preset are an account's own templates.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Bilingual, rows};
use crate::model::{Lang, ResultSet};

/// The families that number their templates separately.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateKind {
    Transcode,
    AnimatedGraphics,
    /// Also the template of covers.
    SnapshotByTimeOffset,
    SampleSnapshot,
    ImageSprite,
    AdaptiveDynamicStreaming,
    AiContentReview,
    AiAnalysis,
    AiRecognition,
}

impl TemplateKind {
    /// The family a sub-task takes its template from.
    pub fn of_sub_task(set: ResultSet, kind: &str) -> Option<Self> {
        match set {
            ResultSet::Media => Self::of_media_kind(kind),
            ResultSet::ContentReview => Some(Self::AiContentReview),
            ResultSet::Analysis => Some(Self::AiAnalysis),
            ResultSet::Recognition => Some(Self::AiRecognition),
        }
    }

    /// The family by its name in a facet: a media sub-task's kind, or `AiAnalysis` and the like.
    pub fn of_family(name: &str) -> Option<Self> {
        match name {
            "AiContentReview" => Some(Self::AiContentReview),
            "AiAnalysis" => Some(Self::AiAnalysis),
            "AiRecognition" => Some(Self::AiRecognition),
            media => Self::of_media_kind(media),
        }
    }

    fn of_media_kind(kind: &str) -> Option<Self> {
        Some(match kind {
            // Old task lists spell it lower-case.
            "Transcode" | "transcode" => Self::Transcode,
            "AnimatedGraphics" | "AnimatedGraphic" => Self::AnimatedGraphics,
            "CoverBySnapshot" | "SnapshotByTimeOffset" => Self::SnapshotByTimeOffset,
            "SampleSnapshot" => Self::SampleSnapshot,
            "ImageSprites" | "ImageSprite" => Self::ImageSprite,
            "AdaptiveDynamicStreaming" => Self::AdaptiveDynamicStreaming,
            _ => return None,
        })
    }
}

/// What a template asks for; an absent side or bitrate follows the source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Target {
    /// Video codec; `copy` when streams are kept as they are.
    pub codec: Option<&'static str>,
    pub width_px: Option<u32>,
    pub height_px: Option<u32>,
    /// Of the video alone.
    pub bitrate_kbps: Option<u32>,
    pub fps: Option<u32>,
    pub audio_codec: Option<&'static str>,
    pub audio_bitrate_kbps: Option<u32>,
}

/// A template that every account has.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Preset {
    pub kind: TemplateKind,
    pub definition: i64,
    /// Short, to stand beside the number: `HD 720p`.
    pub name: Bilingual,
    /// The full line: container, codec, size, bitrate.
    pub label: Bilingual,
    #[serde(default)]
    pub container: Option<&'static str>,
    #[serde(default)]
    pub target: Option<Target>,
    /// The renditions of an adaptive template, smallest first.
    #[serde(default)]
    pub rungs: Vec<Target>,
    /// Seconds between two cells of sprites.
    #[serde(default)]
    pub every_secs: Option<u32>,
}

impl Preset {
    /// The output is meant to have no sound.
    pub fn has_video_only(&self) -> bool {
        self.target
            .is_some_and(|target| target.codec.is_some() && target.audio_codec.is_none())
    }
}

/// The preset with a number, `None` for an account's own template.
pub fn preset(kind: TemplateKind, definition: i64) -> Option<&'static Preset> {
    TABLE.get(&(kind, definition))
}

/// What to print beside a template number.
pub fn describe(kind: Option<TemplateKind>, definition: i64, lang: Lang) -> &'static str {
    match kind.and_then(|kind| preset(kind, definition)) {
        Some(known) => known.name.get(lang),
        None => lang.pick("custom template", "自定义模板"),
    }
}

static TABLE: LazyLock<HashMap<(TemplateKind, i64), Preset>> = LazyLock::new(|| {
    let presets: Vec<Preset> = rows(
        "templates.json",
        include_str!("../../assets/knowledge/templates.json"),
    );
    let keyed = presets.into_iter();
    keyed
        .map(|known| ((known.kind, known.definition), known))
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    fn name(kind: TemplateKind, definition: i64) -> Option<&'static str> {
        preset(kind, definition).map(|known| known.name.en)
    }

    #[test]
    fn every_preset_is_there_once_with_its_words() {
        assert_eq!(TABLE.len(), 87);
        let says = |text: Bilingual| !text.en.is_empty() && !text.zh.is_empty();
        assert!(
            TABLE
                .values()
                .all(|known| says(known.name) && says(known.label))
        );
    }

    #[test]
    fn a_number_means_something_only_with_its_kind() {
        assert_eq!(name(TemplateKind::Transcode, 100_030), Some("HD 720p"));
        assert_eq!(
            name(TemplateKind::AdaptiveDynamicStreaming, 10),
            Some("HLS")
        );
        assert_eq!(name(TemplateKind::SnapshotByTimeOffset, 10), Some("JPG"));
        assert_eq!(name(TemplateKind::ImageSprite, 10), Some("every 10 s"));
        assert_eq!(name(TemplateKind::SampleSnapshot, 100_030), None);
    }

    #[test]
    fn the_target_is_what_the_template_asks_for() {
        let target = preset(TemplateKind::Transcode, 100_030).and_then(|known| known.target);
        let expected = Target {
            codec: Some("H.264"),
            width_px: None,
            height_px: Some(720),
            bitrate_kbps: Some(1_800),
            fps: Some(25),
            audio_codec: Some("AAC"),
            audio_bitrate_kbps: Some(128),
        };
        assert_eq!(target, Some(expected));
    }

    #[test]
    fn adaptive_templates_list_their_rungs_smallest_first() {
        let known = preset(TemplateKind::AdaptiveDynamicStreaming, 10).unwrap();
        let heights: Vec<_> = known
            .rungs
            .iter()
            .filter_map(|rung| rung.height_px)
            .collect();
        assert_eq!(heights, [240, 480, 720, 1_080, 1_440, 2_160]);
    }

    #[test]
    fn no_preset_drops_the_sound_of_a_video() {
        assert!(
            TABLE
                .values()
                .filter(|known| known.kind == TemplateKind::Transcode)
                .all(|known| !known.has_video_only())
        );
        let silent = Preset {
            target: Some(Target {
                codec: Some("H.264"),
                ..Target::default()
            }),
            ..preset(TemplateKind::Transcode, 100_030).unwrap().clone()
        };
        assert!(silent.has_video_only());
    }

    #[test]
    fn numbers_of_an_account_are_called_custom() {
        let kind = Some(TemplateKind::Transcode);
        assert_eq!(describe(kind, 161_978, Lang::En), "custom template");
        assert_eq!(describe(kind, 161_978, Lang::Zh), "自定义模板");
        assert_eq!(describe(None, 10, Lang::En), "custom template");
        assert_eq!(describe(kind, 100_020, Lang::Zh), "标清 540p");
    }

    #[test]
    fn sub_tasks_find_their_family() {
        let of = TemplateKind::of_sub_task;
        let cover = of(ResultSet::Media, "CoverBySnapshot");
        assert_eq!(cover, Some(TemplateKind::SnapshotByTimeOffset));
        assert_eq!(
            of(ResultSet::Media, "ImageSprites"),
            of(ResultSet::Media, "ImageSprite")
        );
        assert_eq!(
            of(ResultSet::Analysis, "Cover"),
            Some(TemplateKind::AiAnalysis)
        );
        assert_eq!(of(ResultSet::Media, "Brandnew"), None);
        assert_eq!(
            TemplateKind::of_family("AiRecognition"),
            Some(TemplateKind::AiRecognition)
        );
        assert_eq!(
            TemplateKind::of_family("Transcode"),
            Some(TemplateKind::Transcode)
        );
    }
}
