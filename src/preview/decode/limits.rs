//! What decoding may cost, in pixels: how many are decoded, and how many are kept to be shown.

/// The least that a picture can be asked to fit into.
pub(super) const MIN_SIDE: u32 = 16;

/// A smaller memory is taken for this large, so that something can be shown.
const LEAST_MEMORY: u64 = 16 << 20;

/// What decoding may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Of one picture, as its header says. An animation, which is decoded on several canvases at
    /// once, may have a quarter.
    pub pixels: u64,
    /// Of an animation.
    pub frames: usize,
    /// Of all frames of an animation together, at the size they are shown. One that is shown
    /// small gets a quarter.
    pub animation_pixels: u64,
    /// Of a picture that is shown whole, after it was fitted. One that stands among others gets a
    /// quarter.
    pub shown_pixels: u64,
    /// The longest side of a texture.
    pub side: u32,
}

impl Limits {
    /// For pictures that have `bytes` of memory together, on a card that takes `side` pixels each
    /// way. One that is shown whole may fill half of it: it lies on the card, and beside it to be
    /// copied.
    pub fn of_memory(bytes: u64, side: u32) -> Self {
        let bytes = bytes.max(LEAST_MEMORY);
        let usual = Self::default();
        Self {
            animation_pixels: usual.animation_pixels.min(bytes / 2 / 4),
            shown_pixels: bytes / 2 / 8,
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
            side: 8192,
        }
    }
}
