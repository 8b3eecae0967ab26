//! An animation: which of its frames is due, and each frame as egui takes it, made once.

use std::sync::Arc;

use egui::ColorImage;

use super::image::image;
use crate::model::AnimationFrame;

pub(super) struct Moving {
    frames: Vec<Frame>,
    /// The file has more.
    pub(super) cut: bool,
    at: usize,
    /// When the next frame is due, on the window's clock in seconds.
    due: Option<f64>,
    bytes: u64,
}

struct Frame {
    picture: Picture,
    delay_ms: u32,
}

enum Picture {
    /// Until it is due for the first time.
    AsItCame(Arc<AnimationFrame>),
    Made(Arc<ColorImage>),
}

impl Moving {
    pub(super) fn new(frames: &[Arc<AnimationFrame>], cut: bool) -> Self {
        let kept = frames.iter().map(|frame| Frame {
            delay_ms: frame.delay_ms,
            picture: Picture::AsItCame(Arc::clone(frame)),
        });
        Self {
            frames: kept.collect(),
            cut,
            at: 0,
            due: None,
            bytes: frames.iter().map(|frame| frame.pixels.byte_len()).sum(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.frames.len()
    }

    #[cfg(test)]
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Memory of all frames; one that was made takes as much as it did before.
    pub(super) fn byte_len(&self) -> u64 {
        self.bytes
    }

    /// The present frame, no side longer than `longest`; `None` without frames.
    pub(super) fn image(&mut self, longest: usize) -> Option<Arc<ColorImage>> {
        let Frame { picture, .. } = self.frames.get_mut(self.at)?;
        let made = match picture {
            Picture::Made(made) => Arc::clone(made),
            Picture::AsItCame(frame) => Arc::new(image(&frame.pixels, longest)),
        };
        // Lets go of what came.
        *picture = Picture::Made(Arc::clone(&made));
        Some(made)
    }

    /// Whether another frame is due. One step at most: an animation that fell behind goes on from
    /// where it was.
    pub(super) fn step(&mut self, time: f64) -> bool {
        let is_due = self.due.is_some_and(|due| time >= due);
        if is_due {
            self.at = (self.at + 1) % self.frames.len().max(1);
        }
        if is_due || self.due.is_none() {
            let delay = self.frames.get(self.at).map_or(0, |frame| frame.delay_ms);
            self.due = Some(time + f64::from(delay) / 1_000.0);
        }
        is_due
    }

    /// Seconds until the next frame is due.
    pub(super) fn wait(&self, time: f64) -> f64 {
        self.due.map_or(0.0, |due| (due - time).max(0.0))
    }

    /// It is out of sight, and goes on from here when it is back.
    pub(super) fn pause(&mut self) {
        self.due = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Pixels;

    fn frame(delay_ms: u32) -> Arc<AnimationFrame> {
        Arc::new(AnimationFrame {
            pixels: Pixels {
                width: 1,
                height: 1,
                rgba: vec![9; 4],
            },
            delay_ms,
        })
    }

    #[test]
    fn a_frame_is_made_once_and_what_came_is_let_go() {
        let came = [frame(10), frame(10)];
        let mut moving = Moving::new(&came, false);
        let first = moving.image(10).unwrap();
        assert_eq!(Arc::strong_count(&came[0]), 1);
        for time in [0.0, 1.0, 2.0] {
            moving.step(time);
        }
        assert_eq!(moving.at(), 0, "once round");
        assert!(Arc::ptr_eq(&first, &moving.image(10).unwrap()));
    }
}
