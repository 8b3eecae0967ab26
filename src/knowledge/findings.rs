//! What is odd about the outputs when they are held against their source.
//!
//! A finding needs numbers on both sides: where the event is silent, nothing is found.

use crate::model::{Detail, Media, Outcome, Output, OutputKind, ResultSet, Rung, SubTask};

use super::template::{Preset, TemplateKind, preset};

/// Outputs may end this much before or after the source without a word.
const DRIFT_SECS: f64 = 1.0;
/// A bitrate this much above the source's is still called the same.
const BITRATE_SLACK: f64 = 1.005;

/// Which output a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index into the event's sub-tasks.
    pub sub_task: usize,
    /// Index into the sub-task's outputs.
    pub output: usize,
    /// Index into an adaptive output's rungs.
    pub rung: Option<usize>,
}

/// One odd thing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding {
    pub place: Place,
    pub what: FindingKind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FindingKind {
    /// A rendition was asked for and failed.
    MissingRung,
    /// The short side is this many times the source's.
    Upscaled { factor: f64 },
    /// The bitrate is above the source's by this share.
    AboveSourceBitrate { share: f64 },
    /// The duration differs from the source's by this many seconds.
    DurationDrift { secs: f64 },
    /// The source has sound, the output lists only pictures.
    LostAudio,
    /// The output names another template than the one asked for.
    DefinitionDiffers { asked: i64, made: i64 },
}

/// Everything odd about the outputs of an event, in the order of its sub-tasks.
pub fn findings(detail: &Detail) -> Vec<Finding> {
    let mut out = Vec::new();
    for (index, sub) in detail.sub_tasks.iter().enumerate() {
        if sub.set == ResultSet::Media {
            of_sub_task(&mut out, detail.media.as_ref(), index, sub);
        }
    }
    out
}

/// The average bitrate of an adaptive rung: its size over the media's duration.
pub fn rung_bitrate_bps(rung: &Rung, media: Option<&Media>) -> Option<f64> {
    let size = rung.size_bytes.filter(|size| *size > 0)?;
    let secs = media?.duration_secs.filter(|secs| *secs > 0.0)?;
    Some(size as f64 * 8.0 / secs)
}

/// The side that gives a format its name; rotation does not change it.
pub fn short_side(width: Option<u64>, height: Option<u64>) -> Option<u64> {
    let (width, height) = (width?, height?);
    Some(width.min(height)).filter(|side| *side > 0)
}

fn of_sub_task(out: &mut Vec<Finding>, media: Option<&Media>, index: usize, sub: &SubTask) {
    if sub.outcome == Outcome::Failed && is_rendition(&sub.kind) {
        let place = Place {
            sub_task: index,
            output: 0,
            rung: None,
        };
        out.push(Finding {
            place,
            what: FindingKind::MissingRung,
        });
    }
    for (number, output) in sub.outputs.iter().enumerate() {
        let place = Place {
            sub_task: index,
            output: number,
            rung: None,
        };
        let mut found: Vec<FindingKind> = definition_differs(sub, output).into_iter().collect();
        if let Some(media) = media {
            found.extend(against_source(media, sub, output));
        }
        out.extend(found.into_iter().map(|what| Finding { place, what }));
        of_rungs(out, media, output, place);
    }
}

fn is_rendition(kind: &str) -> bool {
    matches!(kind, "Transcode" | "AdaptiveDynamicStreaming")
}

fn of_rungs(out: &mut Vec<Finding>, media: Option<&Media>, output: &Output, place: Place) {
    for (number, rung) in output.rungs.iter().enumerate() {
        let place = Place {
            rung: Some(number),
            ..place
        };
        let sides = (
            short_side(rung.width, rung.height),
            source_short_side(media),
        );
        let size = upscaled(sides.0, sides.1);
        let rate = media.and_then(|m| above(rung_bitrate_bps(rung, media), source_bitrate(m)));
        let found = [size, rate].into_iter().flatten();
        out.extend(found.map(|what| Finding { place, what }));
    }
}

fn against_source(media: &Media, sub: &SubTask, output: &Output) -> Vec<FindingKind> {
    if output.kind != OutputKind::Rendition {
        return Vec::new();
    }
    let bitrate = output
        .bitrate_bps
        .filter(|bps| *bps > 0)
        .map(|bps| bps as f64);
    [
        upscaled(
            short_side(output.width, output.height),
            source_short_side(Some(media)),
        ),
        above(bitrate, source_bitrate(media)),
        drift(media, sub, output),
        lost_audio(media, sub, output),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn source_short_side(media: Option<&Media>) -> Option<u64> {
    media.and_then(|media| short_side(media.width, media.height))
}

/// Only where the format is certain about the unit.
fn source_bitrate(media: &Media) -> Option<f64> {
    if media.bitrate_unit_unknown {
        return None;
    }
    media
        .bitrate_bps
        .filter(|bps| *bps > 0)
        .map(|bps| bps as f64)
}

fn upscaled(output: Option<u64>, source: Option<u64>) -> Option<FindingKind> {
    let (output, source) = (output?, source?);
    (output > source).then(|| FindingKind::Upscaled {
        factor: output as f64 / source as f64,
    })
}

fn above(output: Option<f64>, source: Option<f64>) -> Option<FindingKind> {
    let share = output? / source?;
    (share > BITRATE_SLACK).then_some(FindingKind::AboveSourceBitrate { share: share - 1.0 })
}

/// A clip that was asked for is no drift.
fn drift(media: &Media, sub: &SubTask, output: &Output) -> Option<FindingKind> {
    let is_clip = sub.input.iter().any(|fact| {
        matches!(fact.path.as_str(), "StartTimeOffset" | "EndTimeOffset")
            && fact.value.parse::<f64>().is_ok_and(|offset| offset != 0.0)
    });
    let has_head_or_tail = sub
        .input
        .iter()
        .any(|fact| fact.path.starts_with("HeadTailSet["));
    if is_clip || has_head_or_tail {
        return None;
    }
    let secs = output.duration_secs? - media.duration_secs?;
    (secs.abs() > DRIFT_SECS).then_some(FindingKind::DurationDrift { secs })
}

fn lost_audio(media: &Media, sub: &SubTask, output: &Output) -> Option<FindingKind> {
    let listed = !output.video_streams.is_empty();
    let lost = listed && output.audio_streams.is_empty() && !media.audio_streams.is_empty();
    let asked = sub
        .definition
        .and_then(|definition| preset(TemplateKind::Transcode, definition))
        .is_some_and(Preset::has_video_only);
    (lost && !asked).then_some(FindingKind::LostAudio)
}

/// A 0 in the output is how the service leaves the number out.
fn definition_differs(sub: &SubTask, output: &Output) -> Option<FindingKind> {
    let (asked, made) = (
        sub.definition?,
        output.definition.filter(|made| *made != 0)?,
    );
    (asked != made).then_some(FindingKind::DefinitionDiffers { asked, made })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AudioStream, VideoStream};

    fn source() -> Media {
        Media {
            width: Some(1280),
            height: Some(720),
            bitrate_bps: Some(1_480_000),
            duration_secs: Some(1842.0),
            audio_streams: vec![AudioStream::default()],
            ..Media::default()
        }
    }

    fn rendition(output: Output) -> Detail {
        let sub = SubTask {
            kind: "Transcode".to_owned(),
            outcome: Outcome::Succeeded,
            definition: Some(100_040),
            outputs: vec![output],
            ..SubTask::default()
        };
        Detail {
            media: Some(source()),
            sub_tasks: vec![sub],
            ..Detail::default()
        }
    }

    fn kinds(detail: &Detail) -> Vec<FindingKind> {
        findings(detail)
            .into_iter()
            .map(|finding| finding.what)
            .collect()
    }

    #[test]
    fn a_larger_picture_is_upscaled() {
        let found = kinds(&rendition(Output {
            width: Some(1920),
            height: Some(1080),
            ..Output::default()
        }));
        assert_eq!(found, [FindingKind::Upscaled { factor: 1.5 }]);
    }

    #[test]
    fn a_turned_picture_is_not_upscaled() {
        let found = kinds(&rendition(Output {
            width: Some(720),
            height: Some(1280),
            ..Output::default()
        }));
        assert_eq!(found, []);
    }

    #[test]
    fn a_higher_bitrate_is_found() {
        let found = kinds(&rendition(Output {
            bitrate_bps: Some(2_960_000),
            ..Output::default()
        }));
        assert_eq!(found, [FindingKind::AboveSourceBitrate { share: 1.0 }]);
    }

    #[test]
    fn a_short_output_drifts_unless_a_clip_was_asked_for() {
        let mut detail = rendition(Output {
            duration_secs: Some(1800.0),
            ..Output::default()
        });
        assert_eq!(kinds(&detail), [FindingKind::DurationDrift { secs: -42.0 }]);
        detail.sub_tasks[0].input.push(crate::model::Fact {
            path: "EndTimeOffset".to_owned(),
            value: "1800".to_owned(),
            node: 0,
        });
        assert_eq!(kinds(&detail), []);
    }

    #[test]
    fn silence_where_the_source_speaks_is_found() {
        let found = kinds(&rendition(Output {
            video_streams: vec![VideoStream::default()],
            ..Output::default()
        }));
        assert_eq!(found, [FindingKind::LostAudio]);
    }

    #[test]
    fn a_failed_rendition_is_a_missing_rung() {
        let mut detail = rendition(Output::default());
        detail.sub_tasks[0].outcome = Outcome::Failed;
        detail.sub_tasks[0].outputs.clear();
        assert_eq!(kinds(&detail), [FindingKind::MissingRung]);
    }

    #[test]
    fn nothing_is_found_where_the_event_is_silent() {
        let mut detail = rendition(Output {
            width: Some(1920),
            height: Some(1080),
            bitrate_bps: Some(9_000_000),
            duration_secs: Some(1.0),
            ..Output::default()
        });
        detail.media = None;
        assert_eq!(kinds(&detail), []);
        detail.media = Some(Media::default());
        assert_eq!(kinds(&detail), []);
    }

    #[test]
    fn another_template_is_found_but_not_a_zero() {
        let with = |definition| {
            rendition(Output {
                definition: Some(definition),
                ..Output::default()
            })
        };
        let differs = FindingKind::DefinitionDiffers {
            asked: 100_040,
            made: 100_030,
        };
        assert_eq!(kinds(&with(100_030)), [differs]);
        assert_eq!(kinds(&with(0)), []);
    }

    #[test]
    fn a_rung_is_rated_by_its_size() {
        let rung = Rung {
            size_bytes: Some(98_100_000),
            ..Rung::default()
        };
        let bps = rung_bitrate_bps(&rung, Some(&source())).unwrap();
        assert!((bps / 1e3 - 426.0).abs() < 0.5, "{bps}");
    }
}
