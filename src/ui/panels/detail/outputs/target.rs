//! What a template asks an output to be.

use crate::knowledge::template::{Target, TemplateKind, preset};
use crate::model::SubTask;

/// What the sub-task's template asks for, where it is a preset.
pub(in super::super) fn target_of(sub: &SubTask) -> Option<Target> {
    let kind = TemplateKind::of_sub_task(sub.set, &sub.kind)?;
    preset(kind, sub.definition?)?.target
}

/// The bitrate a template asks for, video and audio together.
pub(in super::super) fn target_bps(target: &Target) -> Option<u64> {
    // Without the picture's part the sum would be far too low.
    let video = match (target.codec, target.bitrate_kbps) {
        (Some(_), None) => return None,
        (_, kbps) => kbps.unwrap_or(0),
    };
    let kbps = u64::from(video) + u64::from(target.audio_bitrate_kbps.unwrap_or(0));
    (kbps > 0).then_some(kbps * 1_000)
}

/// The short side a template asks for; a single side is the short one.
pub(in super::super) fn target_short_side(target: &Target) -> Option<u32> {
    let sides = [target.width_px, target.height_px];
    sides.into_iter().flatten().filter(|side| *side > 0).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sound_and_picture_are_added() {
        let target = Target {
            codec: Some("H.264"),
            bitrate_kbps: Some(400),
            audio_bitrate_kbps: Some(64),
            ..Target::default()
        };
        assert_eq!(target_bps(&target), Some(464_000));
    }

    #[test]
    fn a_picture_as_the_source_has_no_target() {
        let target = Target {
            codec: Some("copy"),
            audio_bitrate_kbps: Some(64),
            ..Target::default()
        };
        assert_eq!(target_bps(&target), None);
    }
}
