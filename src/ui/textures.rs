//! Pictures on the graphics card: what can be drawn, how much memory that takes, and what makes
//! room for what is looked at.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use egui::{ColorImage, Context, TextureHandle, TextureId, TextureOptions, Vec2, vec2};

use crate::model::{
    AnimationFrame, PictureContent, PictureKey, PictureRequest, PictureSize, Pixels,
};

/// A picture that can be drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Shown {
    pub(crate) id: TextureId,
    /// In the texture's pixels.
    pub(crate) size: Vec2,
    /// Of an animation; 1 for a still.
    pub(crate) frames: usize,
    /// The animation has more frames than are played.
    pub(crate) cut: bool,
}

/// Everything that lies ready, and what was drawn in this frame.
#[derive(Default)]
pub(crate) struct Textures {
    held: BTreeMap<PictureKey, Held>,
    /// In the order drawn.
    seen: RefCell<Vec<PictureRequest>>,
    /// Counts frames of the window.
    now: u64,
}

struct Held {
    handle: TextureHandle,
    /// Memory on the card and beside it.
    bytes: u64,
    /// The window's frame in which it was last drawn.
    seen: Cell<u64>,
    content: Content,
}

enum Content {
    /// Its pixels, where it is whole and may be copied.
    Still(Option<Arc<Pixels>>),
    Moving(Moving),
}

struct Moving {
    frames: Arc<Vec<AnimationFrame>>,
    cut: bool,
    at: usize,
    /// When the next frame is due, on the window's clock in seconds.
    due: Option<f64>,
}

impl Textures {
    /// The picture if it can be drawn; in any case it is taken for wanted from now on.
    pub(crate) fn show(&self, request: &PictureRequest) -> Option<Shown> {
        let mut seen = self.seen.borrow_mut();
        if !seen.iter().any(|other| other.key == request.key) {
            seen.push(request.clone());
        }
        let held = self.held.get(&request.key)?;
        held.seen.set(self.now);
        Some(held.shown())
    }

    /// What was drawn since the last call.
    pub(crate) fn take_seen(&self) -> Vec<PictureRequest> {
        self.seen.take()
    }

    /// Puts a picture on the card. One that is larger than the card takes loses every other, or
    /// more, of its pixels.
    pub(crate) fn insert(&mut self, ctx: &Context, key: PictureKey, content: &PictureContent) {
        let side = ctx.input(|input| input.max_texture_side);
        let (first, content) = match content {
            PictureContent::Still(pixels) => {
                let kept = (key.size == PictureSize::Whole).then(|| Arc::clone(pixels));
                (image(pixels, side), Content::Still(kept))
            }
            PictureContent::Animation { frames, cut } => {
                let Some(first) = frames.first() else { return };
                let moving = Moving {
                    frames: Arc::clone(frames),
                    cut: *cut,
                    at: 0,
                    due: None,
                };
                (image(&first.pixels, side), Content::Moving(moving))
            }
            PictureContent::Cues(_) => return,
        };
        let on_card = 4 * u64::try_from(first.width() * first.height()).unwrap_or(u64::MAX);
        let held = Held {
            bytes: on_card.saturating_add(content.kept_bytes()),
            handle: ctx.load_texture(&*key.url, first, TextureOptions::LINEAR),
            seen: Cell::new(self.now),
            content,
        };
        self.held.insert(key, held);
    }

    /// Begins a frame of the window: animations that were drawn in the last one go on, and the
    /// window is woken for the next step.
    pub(crate) fn advance(&mut self, ctx: &Context) {
        let time = ctx.input(|input| input.time);
        let side = ctx.input(|input| input.max_texture_side);
        let last = self.now;
        self.now += 1;
        let mut soonest: Option<f64> = None;
        for held in self.held.values_mut() {
            let is_drawn = held.seen.get() == last;
            let Content::Moving(moving) = &mut held.content else {
                continue;
            };
            if !is_drawn {
                moving.due = None;
                continue;
            }
            if moving.step(time)
                && let Some(frame) = moving.frames.get(moving.at)
            {
                let pixels = image(&frame.pixels, side);
                held.handle.set(pixels, TextureOptions::LINEAR);
            }
            let wait = moving.due.map_or(0.0, |due| (due - time).max(0.0));
            soonest = Some(soonest.map_or(wait, |other| other.min(wait)));
        }
        if let Some(wait) = soonest {
            ctx.request_repaint_after(Duration::from_secs_f64(wait));
        }
    }

    /// Frees what was not seen for longest until the rest fits; what is on show now stays.
    pub(crate) fn make_room(&mut self, budget: u64) -> Vec<PictureKey> {
        let mut bytes = self.bytes();
        if bytes <= budget {
            return Vec::new();
        }
        let hidden = self.held.iter();
        let hidden = hidden.filter(|(_, held)| held.seen.get() + 1 < self.now);
        let mut oldest: Vec<(u64, PictureKey)> = hidden
            .map(|(key, held)| (held.seen.get(), key.clone()))
            .collect();
        oldest.sort_by_key(|(seen, _)| *seen);
        let mut dropped = Vec::new();
        for (_, key) in oldest {
            if bytes <= budget {
                break;
            }
            if let Some(held) = self.held.remove(&key) {
                bytes = bytes.saturating_sub(held.bytes);
                dropped.push(key);
            }
        }
        dropped
    }

    pub(crate) fn clear(&mut self) {
        self.held.clear();
    }

    /// Frees these.
    pub(crate) fn remove(&mut self, gone: impl Fn(&PictureKey) -> bool) -> Vec<PictureKey> {
        let removed = self.held.extract_if(.., |key, _| gone(key));
        removed.map(|(key, _)| key).collect()
    }

    /// The pixels of a whole picture, or of an animation's present frame.
    pub(crate) fn pixels(&self, key: &PictureKey) -> Option<ColorImage> {
        match &self.held.get(key)?.content {
            Content::Still(pixels) => Some(image(pixels.as_ref()?, usize::MAX)),
            Content::Moving(moving) => {
                let frame = moving.frames.get(moving.at)?;
                Some(image(&frame.pixels, usize::MAX))
            }
        }
    }

    /// Memory that all of them take.
    pub(crate) fn bytes(&self) -> u64 {
        self.held.values().map(|held| held.bytes).sum()
    }
}

impl Held {
    fn shown(&self) -> Shown {
        let [width, height] = self.handle.size();
        let (frames, cut) = match &self.content {
            Content::Still(_) => (1, false),
            Content::Moving(moving) => (moving.frames.len(), moving.cut),
        };
        Shown {
            id: self.handle.id(),
            size: vec2(width as f32, height as f32),
            frames,
            cut,
        }
    }
}

impl Moving {
    /// Whether another frame is due. One step at most: an animation that fell behind goes on from
    /// where it was.
    fn step(&mut self, time: f64) -> bool {
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
}

impl Content {
    /// Memory beside the card.
    fn kept_bytes(&self) -> u64 {
        match self {
            Self::Still(pixels) => pixels.as_ref().map_or(0, |pixels| pixels.byte_len()),
            Self::Moving(moving) => {
                let frames = moving.frames.iter();
                frames.map(|frame| frame.pixels.byte_len()).sum()
            }
        }
    }
}

/// The pixels as egui takes them, no side longer than `longest`.
fn image(pixels: &Pixels, longest: usize) -> ColorImage {
    let count = |pixels: u32| usize::try_from(pixels).unwrap_or(0);
    let (width, height) = (count(pixels.width), count(pixels.height));
    if width.saturating_mul(height).checked_mul(4) != Some(pixels.rgba.len()) {
        // A picture without its pixels must not end the program.
        return ColorImage::filled([1, 1], egui::Color32::TRANSPARENT);
    }
    let step = width.max(height).div_ceil(longest.max(1)).max(1);
    if step == 1 {
        return ColorImage::from_rgba_unmultiplied([width, height], &pixels.rgba);
    }
    let rows = pixels.rgba.chunks_exact(4 * width).step_by(step);
    let kept: Vec<u8> = rows
        .flat_map(|row| row.chunks_exact(4).step_by(step))
        .flatten()
        .copied()
        .collect();
    let size = [width.div_ceil(step), height.div_ceil(step)];
    ColorImage::from_rgba_unmultiplied(size, &kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn still(width: u32, height: u32) -> PictureContent {
        PictureContent::Still(Arc::new(pixels(width, height)))
    }

    fn pixels(width: u32, height: u32) -> Pixels {
        let bytes = usize::try_from(4 * width * height).unwrap();
        Pixels {
            width,
            height,
            rgba: vec![255; bytes],
        }
    }

    fn request(name: &str, size: PictureSize) -> PictureRequest {
        PictureRequest {
            key: PictureKey {
                url: name.into(),
                size,
            },
            expires: None,
        }
    }

    fn small(name: &str) -> PictureRequest {
        request(name, PictureSize::Within(64))
    }

    /// One frame of the window at a time in seconds.
    fn frame(ctx: &Context, textures: &mut Textures, time: f64) {
        let input = egui::RawInput {
            time: Some(time),
            ..egui::RawInput::default()
        };
        ctx.begin_pass(input);
        textures.advance(ctx);
        // There is no card that would take them.
        ctx.end_pass().textures_delta.clear();
    }

    #[test]
    fn what_is_shown_is_told_once_in_order() {
        let textures = Textures::default();
        for name in ["b", "a", "b"] {
            assert_eq!(textures.show(&small(name)), None);
        }
        assert_eq!(textures.take_seen(), [small("b"), small("a")]);
        assert_eq!(textures.take_seen(), []);
    }

    #[test]
    fn the_least_recently_seen_makes_room_and_what_is_on_show_stays() {
        let ctx = Context::default();
        let mut textures = Textures::default();
        let names = ["a", "b", "c"];
        for name in names {
            textures.insert(&ctx, small(name).key, &still(10, 10));
        }
        assert_eq!(textures.bytes(), 1_200);
        for (time, name) in [(0.0, "b"), (1.0, "a"), (2.0, "c")] {
            frame(&ctx, &mut textures, time);
            textures.show(&small(name));
        }
        frame(&ctx, &mut textures, 3.0);
        assert_eq!(textures.make_room(800), [small("b").key]);
        assert_eq!(textures.make_room(0), [small("a").key]);
        assert!(textures.show(&small("c")).is_some());
        assert_eq!(textures.bytes(), 400);
    }

    #[test]
    fn an_animation_moves_only_while_it_is_drawn() {
        let ctx = Context::default();
        let mut textures = Textures::default();
        let step = |delay_ms| AnimationFrame {
            pixels: pixels(1, 1),
            delay_ms,
        };
        let content = PictureContent::Animation {
            frames: Arc::new(vec![step(100), step(100), step(100)]),
            cut: false,
        };
        let wanted = small("gif");
        textures.insert(&ctx, wanted.key.clone(), &content);
        let at = |textures: &Textures| match &textures.held.get(&wanted.key).unwrap().content {
            Content::Moving(moving) => moving.at,
            Content::Still(_) => panic!("it moves"),
        };
        for time in [0.0, 0.05, 0.11, 0.22] {
            frame(&ctx, &mut textures, time);
            textures.show(&wanted);
        }
        assert_eq!(at(&textures), 2);
        for time in [0.23, 0.6, 0.8] {
            frame(&ctx, &mut textures, time);
        }
        assert_eq!(at(&textures), 2);
        assert_eq!(textures.show(&wanted).unwrap().frames, 3);
    }

    #[test]
    fn frames_and_whole_pictures_count_with_the_memory_beside_the_card() {
        let ctx = Context::default();
        let mut textures = Textures::default();
        let whole = request("a", PictureSize::Whole).key;
        textures.insert(&ctx, whole.clone(), &still(10, 10));
        assert_eq!(textures.bytes(), 800);
        assert_eq!(textures.pixels(&whole).unwrap().size, [10, 10]);
        textures.insert(&ctx, small("a").key, &still(10, 10));
        assert!(textures.pixels(&small("a").key).is_none());
    }

    #[test]
    fn a_picture_larger_than_the_card_takes_is_thinned() {
        let image = image(&pixels(100, 7), 30);
        assert_eq!(image.size, [25, 2]);
        assert_eq!(image.pixels.len(), 50);
    }

    #[test]
    fn a_picture_without_its_pixels_is_a_blank() {
        let broken = Pixels {
            width: 9,
            height: 9,
            rgba: vec![0; 8],
        };
        assert_eq!(image(&broken, 100).size, [1, 1]);
    }
}
