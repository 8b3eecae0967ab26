//! Pictures that move: as many frames as memory and time allow, each at the size it is shown.

use image::{DynamicImage, Frame, ImageResult};

use super::decode::Limits;
use super::scale::shrink;
use crate::model::{AnimationFrame, PictureSize};

/// Browsers take what is this short for a mistake, and show it for [`USUAL_MS`].
const HASTY_MS: u32 = 10;
const USUAL_MS: u32 = 100;

/// Pixels that may be decoded for each that may be kept: what a tiny thumbnail of a huge
/// animation costs is time.
const EFFORT: u64 = 8;

/// Frames that were decoded.
pub(super) struct Played {
    pub(super) frames: Vec<AnimationFrame>,
    /// The file has more.
    pub(super) cut: bool,
}

/// What is left of the limits.
pub(super) struct Allowance {
    frames: usize,
    kept: u64,
    decoded: u64,
    /// The first frame was taken.
    has_begun: bool,
}

impl Allowance {
    pub(super) fn new(shown: PictureSize, limits: &Limits) -> Self {
        let (frames, kept) = match shown {
            PictureSize::Within(_) => (1, u64::MAX),
            PictureSize::Playing(_) => {
                let kept = limits.animation_pixels / 4;
                (limits.frames, kept.min(limits.share_pixels))
            }
            PictureSize::Whole | PictureSize::Cues => (limits.frames, limits.animation_pixels),
        };
        Self {
            frames,
            kept,
            decoded: limits.animation_pixels.saturating_mul(EFFORT),
            has_begun: false,
        }
    }

    /// Takes the cost of one more frame; refuses when there is not enough. The first is always
    /// taken, for a picture that does not move costs as much, and counts twice: one frame lies on
    /// the graphics card besides.
    fn take(&mut self, frame: &AnimationFrame, decoded: u64) -> bool {
        let pixels = frame.pixels.byte_len() / 4;
        let is_first = !std::mem::replace(&mut self.has_begun, true);
        if !is_first && self.kept < pixels {
            return false;
        }
        self.frames = self.frames.saturating_sub(1);
        self.kept = self
            .kept
            .saturating_sub(if is_first { 2 * pixels } else { pixels });
        self.decoded = self.decoded.saturating_sub(decoded);
        true
    }

    fn is_spent(&self) -> bool {
        self.frames == 0 || self.kept == 0 || self.decoded == 0
    }
}

/// Decodes frames until there are no more or the limits are reached. They are made one at a time,
/// so those that are not kept need no memory.
pub(super) fn play(
    frames: impl Iterator<Item = ImageResult<Frame>>,
    side: u32,
    mut allowance: Allowance,
) -> ImageResult<Played> {
    let mut played = Played {
        frames: Vec::new(),
        cut: false,
    };
    for frame in frames {
        if allowance.is_spent() {
            played.cut = true;
            break;
        }
        let frame = frame?;
        let decoded = u64::from(frame.buffer().width()) * u64::from(frame.buffer().height());
        let frame = shown(frame, side);
        if !allowance.take(&frame, decoded) {
            played.cut = true;
            break;
        }
        played.frames.push(frame);
    }
    Ok(played)
}

fn shown(frame: Frame, side: u32) -> AnimationFrame {
    let (numerator, denominator) = frame.delay().numer_denom_ms();
    let delay_ms = numerator.checked_div(denominator).unwrap_or_default();
    AnimationFrame {
        pixels: shrink(DynamicImage::ImageRgba8(frame.into_buffer()), side),
        delay_ms: if delay_ms <= HASTY_MS {
            USUAL_MS
        } else {
            delay_ms
        },
    }
}
