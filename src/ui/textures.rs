//! Pictures on the graphics card: what can be drawn, how much memory that takes, and what makes
//! room for what is looked at.

mod image;
mod moving;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use egui::{ColorImage, Context, ImageData, TextureHandle, TextureId, TextureOptions, Vec2, vec2};

use crate::model::{
    PictureContent, PictureKey, PictureRequest, PictureSize, Pixels, picture_share,
};
use image::image;
use moving::Moving;

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
    Still {
        /// Where it is whole and may be copied.
        pixels: Option<Arc<ColorImage>>,
        /// It stands for an animation.
        is_held: bool,
    },
    Moving(Moving),
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
            PictureContent::Still(pixels) => still(pixels, side, key.size),
            PictureContent::Animation { frames, cut } => {
                if let [frame] = &**frames {
                    let (first, content) = still(&frame.pixels, side, key.size);
                    return self.hold(ctx, key, (first, content.held()));
                }
                let mut moving = Moving::new(frames, *cut);
                let Some(first) = moving.image(side) else {
                    return;
                };
                (first, Content::Moving(moving))
            }
            PictureContent::Cues(_) => return,
        };
        self.hold(ctx, key, (first, content));
    }

    fn hold(
        &mut self,
        ctx: &Context,
        key: PictureKey,
        (first, content): (Arc<ColorImage>, Content),
    ) {
        let on_card = image::byte_len(&first);
        let held = Held {
            bytes: on_card.saturating_add(content.kept_bytes()),
            handle: ctx.load_texture(&*key.url, ImageData::Color(first), TextureOptions::LINEAR),
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
                moving.pause();
                continue;
            }
            if moving.step(time)
                && let Some(frame) = moving.image(side)
            {
                let frame = ImageData::Color(frame);
                held.handle.set(frame, TextureOptions::LINEAR);
            }
            let wait = moving.wait(time);
            soonest = Some(soonest.map_or(wait, |other| other.min(wait)));
        }
        if let Some(wait) = soonest {
            ctx.request_repaint_after(Duration::from_secs_f64(wait));
        }
    }

    /// Frees what was not seen for longest until the rest fits. What is on show now stays, but
    /// for what takes more than its share of so many `on_screen`: it was made when they were
    /// fewer, and is made anew.
    pub(crate) fn make_room(&mut self, budget: u64, on_screen: usize) -> Vec<PictureKey> {
        let mut bytes = self.bytes();
        if bytes <= budget {
            return Vec::new();
        }
        let share = picture_share(budget, on_screen);
        let may_go = self.held.iter().filter_map(|(key, held)| {
            let is_hidden = held.seen.get() + 1 < self.now;
            // Sizes are rounded when pictures are fitted.
            let is_large = key.size != PictureSize::Whole && held.bytes > share / 4 * 5;
            (is_hidden || is_large).then(|| (!is_hidden, held.seen.get(), key.clone()))
        });
        let mut may_go: Vec<(bool, u64, PictureKey)> = may_go.collect();
        may_go.sort_unstable();
        let mut dropped = Vec::new();
        for (_, _, key) in may_go {
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
    pub(crate) fn pixels(&mut self, key: &PictureKey) -> Option<ColorImage> {
        let image = match &mut self.held.get_mut(key)?.content {
            Content::Still { pixels, .. } => pixels.clone()?,
            Content::Moving(moving) => moving.image(usize::MAX)?,
        };
        Some(Arc::unwrap_or_clone(image))
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
            Content::Still { is_held, .. } => (1, *is_held),
            Content::Moving(moving) => (moving.len(), moving.cut),
        };
        Shown {
            id: self.handle.id(),
            size: vec2(width as f32, height as f32),
            frames,
            cut,
        }
    }
}

impl Shown {
    /// Whether it is the first picture of an animation that does not play here.
    pub(crate) fn is_held(&self) -> bool {
        self.frames == 1 && self.cut
    }
}

fn still(pixels: &Pixels, longest: usize, shown: PictureSize) -> (Arc<ColorImage>, Content) {
    let image = Arc::new(image(pixels, longest));
    let kept = (shown == PictureSize::Whole).then(|| Arc::clone(&image));
    let content = Content::Still {
        pixels: kept,
        is_held: false,
    };
    (image, content)
}

impl Content {
    /// As the picture that stands for an animation.
    fn held(self) -> Self {
        match self {
            Self::Still { pixels, .. } => Self::Still {
                pixels,
                is_held: true,
            },
            moving @ Self::Moving(_) => moving,
        }
    }

    /// Memory beside the card.
    fn kept_bytes(&self) -> u64 {
        match self {
            Self::Still { pixels, .. } => pixels.as_deref().map_or(0, image::byte_len),
            Self::Moving(moving) => moving.byte_len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AnimationFrame, Pixels};

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

    fn animation(delays: [u32; 3]) -> PictureContent {
        let frame = |delay_ms| {
            Arc::new(AnimationFrame {
                pixels: pixels(1, 1),
                delay_ms,
            })
        };
        PictureContent::Animation {
            frames: delays.map(frame).to_vec(),
            cut: false,
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
        assert_eq!(textures.make_room(800, 1), [small("b").key]);
        assert_eq!(textures.make_room(0, 1), [small("a").key]);
        assert!(textures.show(&small("c")).is_some());
        assert_eq!(textures.bytes(), 400);
    }

    #[test]
    fn an_animation_moves_only_while_it_is_drawn() {
        let ctx = Context::default();
        let mut textures = Textures::default();
        let content = animation([100, 100, 100]);
        let wanted = small("gif");
        textures.insert(&ctx, wanted.key.clone(), &content);
        let at = |textures: &Textures| match &textures.held.get(&wanted.key).unwrap().content {
            Content::Moving(moving) => moving.at(),
            Content::Still { .. } => panic!("it moves"),
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
    fn what_is_on_show_and_takes_more_than_its_share_is_made_anew() {
        const BUDGET: u64 = 16 << 20;
        let ctx = Context::default();
        let mut textures = Textures::default();
        let whole = request("whole", PictureSize::Whole);
        let all = [small("huge"), small("a"), small("b"), whole];
        for (request, side) in all.iter().zip([1_900, 600, 600, 1_000]) {
            textures.insert(&ctx, request.key.clone(), &still(side, side));
        }
        for time in [0.0, 1.0] {
            frame(&ctx, &mut textures, time);
            for request in &all {
                textures.show(request);
            }
        }
        assert!(textures.bytes() > BUDGET);
        // Of four on the screen each may have a megabyte and a half.
        let dropped = textures.make_room(BUDGET, all.len());
        assert_eq!(dropped, [small("huge").key]);
        assert!(textures.bytes() <= BUDGET);
    }

    #[test]
    fn one_frame_stands_for_its_animation() {
        let ctx = Context::default();
        let mut textures = Textures::default();
        let PictureContent::Animation { mut frames, .. } = animation([100; 3]) else {
            panic!("it moves");
        };
        frames.truncate(1);
        let held = PictureContent::Animation { frames, cut: true };
        textures.insert(&ctx, small("gif").key, &held);
        let shown = textures.show(&small("gif")).unwrap();
        assert!(shown.is_held());
        textures.insert(&ctx, small("gif").key, &still(1, 1));
        assert!(!textures.show(&small("gif")).unwrap().is_held());
        textures.insert(&ctx, small("gif").key, &animation([100; 3]));
        assert!(!textures.show(&small("gif")).unwrap().is_held());
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
}
