//! Animations: all frames with their times, or as many as the limits allow.

use std::sync::Arc;

use image::{Rgba, RgbaImage};
use vodscope::model::{AnimationFrame, PictureContent, PictureSize};
use vodscope::preview::Limits;

use crate::samples::moving::{self, Still};
use crate::samples::{decoded, stills, within};

fn played(bytes: &[u8], size: PictureSize, limits: &Limits) -> (Vec<Arc<AnimationFrame>>, bool) {
    match within(bytes, size, limits).unwrap().content {
        PictureContent::Animation { frames, cut } => (frames, cut),
        other => panic!("not moving: {other:?}"),
    }
}

fn kinds(stills: &[Still]) -> [(&'static str, Vec<u8>); 3] {
    [
        ("gif", moving::gif(stills)),
        ("webp", moving::webp(stills)),
        ("apng", moving::apng(stills)),
    ]
}

#[test]
fn every_frame_is_shown_for_its_time() {
    for (name, bytes) in kinds(&stills(12, 80)) {
        let (frames, cut) = played(&bytes, PictureSize::Whole, &Limits::default());
        let told: Vec<_> = frames
            .iter()
            .map(|frame| (frame.pixels.rgba[0] / 8, frame.delay_ms))
            .collect();
        let expected: Vec<_> = (0..12).map(|at| (at, 80)).collect();
        assert_eq!((told, cut), (expected, false), "{name}");
    }
}

#[test]
fn hasty_frames_are_slowed_as_browsers_do() {
    for (given, shown) in [(0, 100), (10, 100), (20, 20), (500, 500)] {
        for (name, bytes) in kinds(&stills(2, given)) {
            let (frames, _) = played(&bytes, PictureSize::Whole, &Limits::default());
            assert_eq!(frames[1].delay_ms, shown, "{name} {given}");
        }
    }
}

#[test]
fn frames_are_fitted() {
    for (name, bytes) in kinds(&stills(2, 50)) {
        let (frames, _) = played(&bytes, PictureSize::Playing(18), &Limits::default());
        let sizes: Vec<_> = frames
            .iter()
            .map(|frame| (frame.pixels.width, frame.pixels.height))
            .collect();
        assert_eq!(sizes, [(18, 12), (18, 12)], "{name}");
    }
}

#[test]
fn as_many_frames_as_allowed_are_not_cut() {
    let limits = Limits {
        frames: 4,
        ..Limits::default()
    };
    for (name, bytes) in kinds(&stills(4, 50)) {
        let (frames, cut) = played(&bytes, PictureSize::Whole, &limits);
        assert_eq!((frames.len(), cut), (4, false), "{name}");
    }
    for (name, bytes) in kinds(&stills(5, 50)) {
        let (frames, cut) = played(&bytes, PictureSize::Whole, &limits);
        assert_eq!((frames.len(), cut), (4, true), "{name}");
    }
}

#[test]
fn frames_share_a_budget_of_pixels() {
    let limits = Limits {
        // Three frames of 24×16, one of them on the graphics card as well.
        animation_pixels: 1_600,
        ..Limits::default()
    };
    let large = played(&moving::gif(&stills(9, 50)), PictureSize::Whole, &limits);
    assert_eq!((large.0.len(), large.1), (3, true));
    // A quarter of the budget, for one among others, and no more than its share.
    for (animation_pixels, share_pixels) in [(6_400, 1 << 20), (1 << 20, 1_600)] {
        let limits = Limits {
            animation_pixels,
            share_pixels,
            ..limits
        };
        let small = played(
            &moving::gif(&stills(9, 50)),
            PictureSize::Playing(100),
            &limits,
        );
        assert_eq!((small.0.len(), small.1), (3, true), "{animation_pixels}");
    }
}

#[test]
fn in_a_wall_the_first_frame_stands_for_all() {
    for (name, bytes) in kinds(&stills(5, 50)) {
        let (frames, cut) = played(&bytes, PictureSize::Within(100), &Limits::default());
        assert_eq!((frames.len(), cut), (1, true), "{name}");
        assert_eq!(frames[0].pixels.rgba[0], 0, "{name}");
    }
    let still = decoded(&moving::gif(&stills(1, 50)), PictureSize::Within(100));
    let content = still.unwrap().content;
    assert!(matches!(content, PictureContent::Still(_)), "{content:?}");
}

#[test]
fn all_that_play_on_one_screen_keep_within_their_memory() {
    const MEMORY: u64 = 16 << 20;
    let frame = (RgbaImage::from_pixel(320, 180, Rgba([1, 2, 3, 255])), 50);
    let file = moving::gif(&vec![frame; 60]);
    for on_screen in [1, 7, 40, 2_000] {
        let limits = Limits::of_memory(MEMORY, on_screen, 8192);
        let (frames, cut) = played(&file, PictureSize::Playing(320), &limits);
        let kept: u64 = frames.iter().map(|frame| frame.pixels.byte_len()).sum();
        let on_card = frames[0].pixels.byte_len();
        let one = if frames.len() > 1 {
            kept + on_card
        } else {
            on_card
        };
        let all = one * u64::try_from(on_screen).unwrap();
        assert!(cut && all <= MEMORY / 2, "{on_screen}: {all}");
    }
}

#[test]
fn decoding_much_to_show_little_is_cut_as_well() {
    let limits = Limits {
        animation_pixels: 34_000,
        ..Limits::default()
    };
    let frame = (RgbaImage::from_pixel(384, 256, Rgba([1, 2, 3, 255])), 50);
    let (frames, cut) = played(
        &moving::gif(&vec![frame; 9]),
        PictureSize::Playing(16),
        &limits,
    );
    // A dozen would fit at the size they are shown.
    assert_eq!((frames.len(), cut), (3, true));
}

#[test]
fn ten_thousand_frames_keep_within_the_limits() {
    let frame = (RgbaImage::from_pixel(64, 64, Rgba([1, 2, 3, 255])), 20);
    let file = moving::gif(&vec![frame; 10_000]);
    let limits = Limits::default();
    let (frames, cut) = played(&file, PictureSize::Whole, &limits);
    assert_eq!((frames.len(), cut), (limits.frames, true));
}

#[test]
fn frames_keep_what_they_do_not_paint_over() {
    // The decoder composes; a frame that is smaller than the canvas stands on the one before.
    let mut webp = moving::webp(&[
        (RgbaImage::from_pixel(24, 16, Rgba([200, 0, 0, 255])), 50),
        (RgbaImage::from_pixel(4, 4, Rgba([0, 200, 0, 255])), 50),
    ]);
    let second = webp.windows(4).rposition(|name| name == b"ANMF").unwrap();
    // Two pixels to the right and down, in steps of two.
    webp[second + 8] = 1;
    webp[second + 11] = 1;
    let (frames, _) = played(&webp, PictureSize::Whole, &Limits::default());
    let pixels = &frames[1].pixels;
    assert_eq!(crate::samples::at(pixels, 0, 0), [200, 0, 0, 255]);
    assert_eq!(crate::samples::at(pixels, 3, 3), [0, 200, 0, 255]);
}

#[test]
fn a_gif_that_breaks_off_is_not_shown() {
    let bytes = moving::gif(&stills(5, 50));
    let cut = &bytes[..bytes.len() * 2 / 3];
    assert!(decoded(cut, PictureSize::Whole).is_err());
}
