//! What stands in the cells of the table of outputs.

use crate::knowledge::findings::FindingKind;
use crate::model::{AudioStream, Media, Output, VideoStream};
use crate::text::{Text, format, outputs as sentences};
use crate::ui::icons;

/// One cell; an empty text is an empty cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cell {
    pub(super) text: String,
    /// Set back, since it only repeats or explains another cell.
    pub(super) quiet: bool,
    pub(super) flag: Option<Flag>,
    /// The exact value, for hovering.
    pub(super) hint: String,
}

/// What makes a cell stand out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Flag {
    pub(super) icon: &'static str,
    /// By how much.
    pub(super) delta: String,
    /// The finding in words.
    pub(super) words: &'static str,
}

impl Cell {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// The value, or the sign that there is none.
    pub(super) fn or_missing(text: Option<String>) -> Self {
        Self::new(text.unwrap_or_else(|| format::MISSING.to_owned()))
    }

    pub(super) fn quiet(mut self) -> Self {
        self.quiet = true;
        self
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    pub(super) fn flagged(mut self, flag: Option<Flag>) -> Self {
        self.flag = flag;
        self
    }

    pub(super) fn is_missing(&self) -> bool {
        self.text == format::MISSING
    }

    /// The cell as it is read aloud or copied.
    pub(super) fn spoken(&self) -> String {
        match &self.flag {
            Some(flag) if flag.delta.is_empty() => format!("{} {}", self.text, flag.words),
            Some(flag) => format!("{} {} {}", self.text, flag.words, flag.delta),
            None => self.text.clone(),
        }
    }
}

/// The flag of the size cell.
pub(super) fn upscaled(found: &[FindingKind], text: &Text) -> Option<Flag> {
    found.iter().find_map(|kind| match kind {
        FindingKind::Upscaled { factor } => Some(Flag {
            icon: icons::ARROWS_OUT_SIMPLE,
            delta: sentences::factor(*factor),
            words: text.detail.upscaled,
        }),
        _ => None,
    })
}

/// The flag of the bitrate cell.
pub(super) fn above_bitrate(found: &[FindingKind], text: &Text) -> Option<Flag> {
    found.iter().find_map(|kind| match kind {
        FindingKind::AboveSourceBitrate { share } => Some(Flag {
            icon: icons::ARROW_LINE_UP,
            delta: sentences::above(*share),
            words: text.detail.above_source_bitrate,
        }),
        _ => None,
    })
}

/// The flag of the duration cell.
pub(super) fn drifted(found: &[FindingKind], text: &Text) -> Option<Flag> {
    found.iter().find_map(|kind| match kind {
        FindingKind::DurationDrift { secs } => Some(Flag {
            icon: icons::TIMER,
            delta: sentences::drift(*secs),
            words: text.detail.duration_drift,
        }),
        _ => None,
    })
}

/// A finding that no cell holds: its icon stands beside the name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tag {
    pub(super) icon: &'static str,
    pub(super) words: String,
}

pub(super) fn tags(found: &[FindingKind], text: &Text) -> Vec<Tag> {
    let tag = |kind: &FindingKind| match kind {
        FindingKind::LostAudio => Some(Tag {
            icon: icons::SPEAKER_HIGH,
            words: text.outputs.no_audio.to_owned(),
        }),
        FindingKind::DefinitionDiffers { made, .. } => Some(Tag {
            icon: icons::HASH,
            words: sentences::made_with(text.lang, *made),
        }),
        _ => None,
    };
    found.iter().filter_map(tag).collect()
}

pub(super) fn resolution((width, height): (Option<u64>, Option<u64>)) -> Option<String> {
    let (width, height) = sides((width, height))?;
    Some(format::resolution(width, height))
}

pub(super) fn short_side(size: (Option<u64>, Option<u64>)) -> Option<String> {
    sides(size).map(|(width, height)| format::short_side(width, height))
}

/// Both sides; a side of 0 is how the service leaves it out.
fn sides((width, height): (Option<u64>, Option<u64>)) -> Option<(u64, u64)> {
    let side = |side: Option<u64>| side.filter(|side| *side > 0);
    Some((side(width)?, side(height)?))
}

/// The codec of the picture, or of the sound where there is no picture.
pub(super) fn codec(video: &[VideoStream], audio: &[AudioStream]) -> Option<String> {
    let of_video = video.first().and_then(|stream| stream.codec.clone());
    let of_audio = || audio.first().and_then(|stream| stream.codec.clone());
    of_video.or_else(of_audio).filter(|codec| !codec.is_empty())
}

pub(super) fn fps(video: &[VideoStream]) -> Option<String> {
    let fps = video.first()?.fps.filter(|fps| *fps > 0.0)?;
    Some(format::plain(fps))
}

/// A bitrate the event states.
pub(super) fn stated_bitrate(bps: Option<u64>, unit_is_unknown: bool, text: &Text) -> Cell {
    let bps = bps.filter(|bps| *bps > 0);
    match bps {
        Some(number) if unit_is_unknown => {
            Cell::new(format::count(number)).hint(text.outputs.unit_unknown)
        }
        Some(bps) => Cell::new(format::bitrate(bps)).hint(sentences::exact_bitrate(bps)),
        None => Cell::or_missing(None),
    }
}

/// A bitrate that was worked out from the size.
pub(super) fn average_bitrate(bps: Option<f64>, text: &Text) -> Cell {
    let cell = Cell::or_missing(bps.map(|bps| format::bitrate(whole(bps))));
    if bps.is_some() {
        cell.hint(text.outputs.average_why)
    } else {
        cell
    }
}

pub(super) fn size(bytes: Option<u64>, text: &Text) -> Cell {
    match bytes.filter(|bytes| *bytes > 0) {
        Some(bytes) => Cell::new(format::size(bytes)).hint(sentences::exact_size(text.lang, bytes)),
        None => Cell::or_missing(None),
    }
}

pub(super) fn duration(secs: Option<f64>) -> Cell {
    match secs.filter(|secs| *secs > 0.0) {
        Some(secs) => Cell::new(format::duration(secs)).hint(format::seconds(secs)),
        None => Cell::or_missing(None),
    }
}

/// The size of an adaptive stream: as told, else of all its rungs.
pub(super) fn adaptive_size(output: &Output) -> Option<u64> {
    let told = output.size_bytes.filter(|size| *size > 0);
    let of_rungs = || {
        let sizes = output.rungs.iter().map(|rung| rung.size_bytes);
        sizes.sum::<Option<u64>>().filter(|size| *size > 0)
    };
    told.or_else(of_rungs)
}

/// Bits over seconds; `None` where the event leaves one of them out.
pub(super) fn average(size_bytes: Option<u64>, media: Option<&Media>) -> Option<f64> {
    let secs = media?.duration_secs.filter(|secs| *secs > 0.0)?;
    Some(size_bytes? as f64 * 8.0 / secs)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a bitrate is not negative, and a cast saturates"
)]
fn whole(value: f64) -> u64 {
    value.round() as u64
}
