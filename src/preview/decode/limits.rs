//! What decoding may cost, in pixels: how many are decoded, and how many are kept to be shown.

use crate::model::{LEAST_PICTURE_BYTES, picture_share};

/// The least that a picture can be asked to fit into.
pub(super) const MIN_SIDE: u32 = 16;

/// What decoding may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Of one picture, as its header says. An animation, which is decoded on several canvases at
    /// once, may have a quarter.
    pub pixels: u64,
    /// Of an animation.
    pub frames: usize,
    /// Of all frames of an animation together, at the size they are shown. One that plays among
    /// other pictures gets a quarter.
    pub animation_pixels: u64,
    /// Of a picture that is shown whole, after it was fitted. One that stands among others gets a
    /// quarter.
    pub shown_pixels: u64,
    /// Of a picture that stands among others, with all its frames: its share of the memory that
    /// they have together.
    pub share_pixels: u64,
    /// The longest side of a texture.
    pub side: u32,
}

impl Limits {
    /// For pictures that have `bytes` of memory together, so many of them `on_screen`, on a card
    /// that takes `side` pixels each way. One that is shown whole may fill half of it: it lies on
    /// the card, and beside it to be copied.
    pub fn of_memory(bytes: u64, on_screen: usize, side: u32) -> Self {
        let share = picture_share(bytes, on_screen);
        let bytes = bytes.max(LEAST_PICTURE_BYTES);
        let usual = Self::default();
        Self {
            animation_pixels: usual.animation_pixels.min(bytes / 2 / 4),
            shown_pixels: bytes / 2 / 8,
            share_pixels: share / 4,
            side: usual.side.min(side).max(MIN_SIDE),
            ..usual
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            pixels: 64_000_000,
            frames: 600,
            animation_pixels: 32_000_000,
            shown_pixels: 16 << 20,
            share_pixels: 16 << 20,
            side: 8192,
        }
    }
}
