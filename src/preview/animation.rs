//! Pictures that move: as many frames as memory and time allow, each at the size it is shown.

use image::{DynamicImage, Frame, ImageResult};

use super::decode::Limits;
use super::scale::shrink;
use crate::model::AnimationFrame;

/// Browsers take what is this short for a mistake, and show it for [`USUAL_MS`].
const HASTY_MS: u32 = 10;
const USUAL_MS: u32 = 100;

/// Shown this small, an animation stands in a wall of others and gets a quarter of the memory.
const SMALL_SIDE: u32 = 320;

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
struct Allowance {
    frames: usize,
    kept: u64,
    decoded: u64,
}

impl Allowance {
    fn new(side: u32, limits: &Limits) -> Self {
        let kept = if side <= SMALL_SIDE {
            limits.animation_pixels / 16
        } else {
            limits.animation_pixels
        };
        Self {
            frames: limits.frames,
            kept,
            decoded: limits.animation_pixels.saturating_mul(EFFORT),
        }
    }

    /// Takes the cost of one more frame; refuses when there is not enough. The first is free, for
    /// a picture that does not move costs as much.
    fn take(&mut self, frame: &AnimationFrame, decoded: u64) {
        self.frames = self.frames.saturating_sub(1);
        self.kept = self.kept.saturating_sub(frame.pixels.byte_len() / 4);
        self.decoded = self.decoded.saturating_sub(decoded);
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
    limits: &Limits,
) -> ImageResult<Played> {
    let mut allowance = Allowance::new(side, limits);
    let mut played = Vec::new();
    for frame in frames {
        if allowance.is_spent() {
            return Ok(Played {
                frames: played,
                cut: true,
            });
        }
        let frame = frame?;
        let decoded = u64::from(frame.buffer().width()) * u64::from(frame.buffer().height());
        let frame = shown(frame, side);
        allowance.take(&frame, decoded);
        played.push(frame);
    }
    Ok(Played {
        frames: played,
        cut: false,
    })
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
