//! Decoding: the right pixels, within limits, and a reason for everything else.

use egui::Color32;
use image::{DynamicImage, ImageFormat, Luma, LumaA, Rgb, Rgba, RgbaImage};
use proptest::prelude::{Just, Strategy, any, prop, prop_oneof, proptest};
use vodscope::model::{PictureContent, PictureFault, PictureFormat, PictureSize};
use vodscope::preview::{Limits, sniff};

use crate::samples::{
    alike, at, corners, decoded, every_file, file, moving, png_of, still, stills, within,
};

const WHOLE: PictureSize = PictureSize::Whole;

/// A PNG that claims a size and has no pixels to show for it.
fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    let header = moving::png_chunk(*b"IHDR", &[&size[..], &[8, 6, 0, 0, 0]].concat());
    let pixels = moving::png_chunk(*b"IDAT", &[0x78, 0x9c]);
    [b"\x89PNG\r\n\x1a\n", &header[..], &pixels].concat()
}

/// The sample with a camera's note how it was held.
fn jpeg_held(orientation: u8) -> Vec<u8> {
    let tiff = [
        b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".as_slice(),
        &[orientation, 0, 0, 0, 0, 0, 0, 0],
    ]
    .concat();
    let length = u16::try_from(tiff.len() + 2).unwrap().to_be_bytes();
    let note = [&[0xff, 0xe1][..], &length, &tiff].concat();
    let mut jpeg = file(ImageFormat::Jpeg);
    jpeg.splice(2..2, note);
    jpeg
}

#[test]
fn every_format_is_known_by_its_first_bytes() {
    let formats: Vec<_> = every_file()
        .iter()
        .map(|(name, bytes)| (*name, sniff(bytes).unwrap()))
        .collect();
    let expected = [
        ("jpeg", PictureFormat::Jpeg),
        ("png", PictureFormat::Png),
        ("bmp", PictureFormat::Bmp),
        ("webp", PictureFormat::WebP),
        ("gif", PictureFormat::Gif),
        ("moving gif", PictureFormat::Gif),
        ("moving webp", PictureFormat::WebP),
        ("apng", PictureFormat::Apng),
        ("progressive jpeg", PictureFormat::Jpeg),
        ("cmyk jpeg", PictureFormat::Jpeg),
        ("lossy webp", PictureFormat::WebP),
        ("lossy webp with alpha", PictureFormat::WebP),
        ("moving lossy webp", PictureFormat::WebP),
    ];
    assert_eq!(formats, expected);
    assert_eq!(
        sniff(b"\xef\xbb\xbfWEBVTT\r\n"),
        Some(PictureFormat::WebVtt)
    );
    assert_eq!(sniff(b"WEBVTT"), Some(PictureFormat::WebVtt));
    for other in [
        &b"WEBVTTX\n"[..],
        b"BM, that is two letters and more text",
        b"<svg xmlns",
        b"\0\0\0\x18ftypisom\0\0\x02\0isommp41",
        b"\0\0\0\xffftyp",
        b"GIF",
        b"",
    ] {
        assert_eq!(sniff(other), None, "{other:?}");
    }
}

#[test]
fn lossless_formats_keep_every_pixel() {
    let expected = corners(48, 32).into_raw();
    for format in [ImageFormat::Png, ImageFormat::Bmp, ImageFormat::WebP] {
        let pixels = still(&file(format), WHOLE);
        assert_eq!((pixels.width, pixels.height), (48, 32), "{format:?}");
        assert!(pixels.rgba == expected, "{format:?}");
    }
}

#[test]
fn lossy_formats_show_the_four_corners() {
    let all = every_file();
    let names = ["jpeg", "progressive jpeg", "cmyk jpeg", "lossy webp"];
    for (name, bytes) in all.iter().filter(|(name, _)| names.contains(name)) {
        let pixels = still(bytes, WHOLE);
        let shown = [(8, 8), (40, 8), (8, 24), (40, 24)].map(|(x, y)| at(&pixels, x, y));
        let drawn = corners(48, 32);
        let expected = [(8, 8), (40, 8), (8, 24), (40, 24)].map(|(x, y)| drawn.get_pixel(x, y).0);
        for (shown, expected) in shown.into_iter().zip(expected) {
            assert!(alike(shown, expected), "{name}: {shown:?} {expected:?}");
        }
    }
}

#[test]
fn grey_and_deep_pixels_become_red_green_blue_and_alpha() {
    let images: [DynamicImage; 5] = [
        image::GrayImage::from_pixel(2, 2, Luma([70])).into(),
        image::GrayAlphaImage::from_pixel(2, 2, LumaA([70, 9])).into(),
        image::RgbImage::from_pixel(2, 2, Rgb([1, 2, 3])).into(),
        image::ImageBuffer::from_pixel(2, 2, Luma([0x4646_u16])).into(),
        image::ImageBuffer::from_pixel(2, 2, Rgba([0x0101_u16, 0x0202, 0x0303, 0x8080])).into(),
    ];
    let shown = images.map(|image| at(&still(&png_of(&image), WHOLE), 1, 1));
    let expected = [
        [70, 70, 70, 255],
        [2, 2, 2, 9],
        [1, 2, 3, 255],
        [70, 70, 70, 255],
        [1, 1, 2, 128],
    ];
    assert_eq!(shown, expected);
}

#[test]
fn a_picture_is_fitted_and_never_enlarged() {
    let sizes = |side| {
        let pixels = still(&file(ImageFormat::Png), PictureSize::Within(side));
        (pixels.width, pixels.height)
    };
    assert_eq!(sizes(24), (24, 16));
    assert_eq!(sizes(47), (47, 31));
    assert_eq!(sizes(48), (48, 32));
    assert_eq!(sizes(4000), (48, 32));
    assert_eq!(sizes(0), (16, 11));
}

#[test]
fn its_own_size_is_told_whatever_is_shown() {
    let shown = decoded(&file(ImageFormat::Png), PictureSize::Within(16)).unwrap();
    assert_eq!(shown.info, (PictureFormat::Png, 48, 32));
}

#[test]
fn fitting_averages_what_a_pixel_covers() {
    // Columns of black and white make grey, at any scale.
    let stripes = RgbaImage::from_fn(60, 60, |x, _| {
        let value = if x % 2 == 0 { 0 } else { 200 };
        Rgba([value, value, value, 255])
    });
    for side in [30, 20, 16] {
        let file = png_of(&stripes.clone().into());
        let pixels = still(&file, PictureSize::Within(side));
        let grey = at(&pixels, side / 2, side / 2);
        assert!(grey[0].abs_diff(100) < 40, "{side}: {grey:?}");
        assert_eq!(grey[3], 255);
    }
    let exact = still(&png_of(&stripes.into()), PictureSize::Within(30));
    assert!(
        exact
            .rgba
            .chunks(4)
            .all(|pixel| pixel == [100, 100, 100, 255])
    );
}

#[test]
fn a_pixel_that_is_covered_in_part_counts_in_part() {
    // Three old pixels make two new ones: each takes one whole and half of the middle one.
    let steps = RgbaImage::from_fn(24, 24, |x, _| {
        let value = u8::try_from(x % 3 * 90).unwrap();
        Rgba([value, value, value, 255])
    });
    let pixels = still(&png_of(&steps.into()), PictureSize::Within(16));
    let greys = [0, 1, 2, 3].map(|x| at(&pixels, x, 5)[0]);
    assert_eq!(greys, [30, 150, 30, 150]);
}

#[test]
fn hidden_colours_do_not_shine_through() {
    // Green that nobody sees beside red that everybody sees.
    let picture = RgbaImage::from_fn(64, 64, |x, _| {
        if x % 2 == 0 {
            Rgba([0, 255, 0, 0])
        } else {
            Rgba([200, 0, 0, 255])
        }
    });
    let pixels = still(&png_of(&picture.into()), PictureSize::Within(32));
    assert_eq!(at(&pixels, 9, 9), [100, 0, 0, 128]);
}

#[test]
fn colours_are_premultiplied_as_the_screen_does_it() {
    let every = RgbaImage::from_fn(256, 256, |x, y| {
        let [value, alpha] = [x, y].map(|at| u8::try_from(at).unwrap());
        Rgba([value, 0, 255, alpha])
    });
    let pixels = still(&png_of(&every.clone().into()), WHOLE);
    for (x, y, Rgba([red, green, blue, alpha])) in every.enumerate_pixels() {
        let screen = Color32::from_rgba_unmultiplied(*red, *green, *blue, *alpha);
        assert_eq!(at(&pixels, x, y), screen.to_array(), "{red} of {alpha}");
    }
}

#[test]
fn what_is_shown_together_fits_the_memory_of_all_pictures() {
    const MEMORY: u64 = 16 << 20;
    let limits = Limits::of_memory(MEMORY, 1, 8192);
    let large = png_of(&image::GrayImage::new(4_000, 3_000).into());
    let bytes = |size| {
        let shown = within(&large, size, &limits).unwrap();
        assert_eq!((shown.info.1, shown.info.2), (4_000, 3_000));
        match shown.content {
            PictureContent::Still(pixels) => pixels.byte_len(),
            other => panic!("{other:?}"),
        }
    };
    // On the card, and beside it to be copied.
    let whole = 2 * bytes(WHOLE);
    let beside = bytes(PictureSize::Within(4_096));
    assert!(whole + 2 * beside < MEMORY * 2 / 3, "{whole} {beside}");
    assert!(whole > MEMORY / 3 && beside > MEMORY / 20, "not too small");
}

#[test]
fn a_wall_of_any_number_fits_the_memory_of_all_pictures() {
    const MEMORY: u64 = 64 << 20;
    let large = png_of(&image::GrayImage::new(1_200, 1_200).into());
    for on_screen in [10, 90, 2_000] {
        let limits = Limits::of_memory(MEMORY, on_screen, 8192);
        let shown = within(&large, PictureSize::Within(1_024), &limits).unwrap();
        let PictureContent::Still(pixels) = shown.content else {
            panic!("it is still");
        };
        let all = pixels.byte_len() * u64::try_from(on_screen).unwrap();
        assert!(all <= MEMORY / 2, "{on_screen}: {all}");
        assert!(all > MEMORY / 4, "{on_screen}: {all} is not too small");
    }
}

#[test]
fn no_texture_is_larger_than_the_card_takes() {
    let limits = Limits::of_memory(256 << 20, 1, 512);
    let shown = within(
        &png_of(&image::GrayImage::new(2_000, 100).into()),
        WHOLE,
        &limits,
    );
    let PictureContent::Still(pixels) = shown.unwrap().content else {
        panic!("it is still");
    };
    assert_eq!((pixels.width, pixels.height), (512, 26));
}

#[test]
fn a_frame_that_is_too_large_for_a_gif_is_told_by_its_own_size() {
    let mut gif = b"GIF89a\x0a\0\x0a\0\x80\0\0\0\0\0\xff\x80\0".to_vec();
    gif.extend(b"!\xf9\x04\x04\x02\0\0\0,\0\0\0\0\xff\xff\xff\xff");
    gif.extend(b"\0\x02\x02\x44\x01\0;");
    let size = PictureFault::TooManyPixels {
        width: 65_535,
        height: 65_535,
    };
    for wanted in [WHOLE, PictureSize::Playing(64)] {
        assert_eq!(decoded(&gif, wanted).unwrap_err(), size);
    }
}

#[test]
fn very_long_pictures_keep_one_row() {
    let long = RgbaImage::from_pixel(20_000, 50, Rgba([9, 9, 9, 255]));
    let pixels = still(&png_of(&long.clone().into()), PictureSize::Within(200));
    assert_eq!((pixels.width, pixels.height), (200, 1));
    let whole = still(&png_of(&long.into()), WHOLE);
    assert_eq!((whole.width, whole.height), (8192, 20));
}

#[test]
fn a_camera_held_upright_is_followed() {
    for (orientation, size, first) in [
        (1, (48, 32), [250, 10, 10, 255]),
        (3, (48, 32), [240, 240, 240, 255]),
        (6, (32, 48), [10, 10, 250, 255]),
        (8, (32, 48), [10, 250, 10, 255]),
    ] {
        let shown = decoded(&jpeg_held(orientation), WHOLE).unwrap();
        let told = (shown.info.1, shown.info.2);
        let pixels = still(&jpeg_held(orientation), WHOLE);
        assert_eq!((pixels.width, pixels.height), size);
        assert_eq!(told, size);
        let corner = at(&pixels, 4, 4);
        assert!(alike(corner, first), "{orientation}: {corner:?}");
    }
}

#[test]
fn what_claims_too_many_pixels_is_refused_by_its_header() {
    let fault = decoded(&png_claiming(60_000, 60_000), WHOLE);
    assert_eq!(
        fault,
        Err(PictureFault::TooManyPixels {
            width: 60_000,
            height: 60_000
        })
    );
    // One row of these is more than its decoder would read.
    let (width, height) = (2_000_000_000, 1);
    let fault = decoded(&png_claiming(width, height), WHOLE);
    assert_eq!(fault, Err(PictureFault::TooManyPixels { width, height }));
    for (name, bytes) in every_file() {
        let (_, width, height) = decoded(&bytes, WHOLE).unwrap().info;
        // One pixel at the edge of what is allowed; moving pictures may have a quarter.
        let share = if (width, height) == (24, 16) { 4 } else { 1 };
        let pixels = u64::from(width * height * share);
        let limited = |pixels| {
            let limits = Limits {
                pixels,
                ..Limits::default()
            };
            within(&bytes, WHOLE, &limits)
        };
        let refused = Err(PictureFault::TooManyPixels { width, height });
        assert_eq!(limited(pixels - 1), refused, "{name}");
        assert!(limited(pixels).is_ok(), "{name}: {:?}", limited(pixels));
    }
}

#[test]
fn a_webp_whose_part_claims_more_than_its_canvas_is_damaged() {
    for (name, bytes) in every_file() {
        let at = |what: &[u8]| bytes.windows(4).position(|found| found == what);
        let (Some(at), true) = (at(b"VP8 "), at(b"VP8X").is_some()) else {
            continue;
        };
        let mut liar = bytes.clone();
        liar[at + 8 + 6..at + 8 + 10].copy_from_slice(&[0xff, 0x3f, 0xff, 0x3f]);
        let fault = decoded(&liar, WHOLE);
        assert!(
            matches!(fault, Err(PictureFault::Damaged { .. })),
            "{name}: {fault:?}"
        );
    }
}

#[test]
fn a_webp_frame_without_pixels_behind_its_alpha_is_damaged() {
    let all = every_file();
    let (_, bytes) = all
        .iter()
        .find(|(name, _)| *name == "moving lossy webp")
        .unwrap();
    // The decoder takes whatever stands there for pixels, and then for as many as the frame has.
    let mut nameless = bytes.clone();
    let at = bytes.windows(4).position(|found| found == b"VP8 ").unwrap();
    nameless[at + 3] = b'?';
    let fault = decoded(&nameless, WHOLE);
    assert!(
        matches!(fault, Err(PictureFault::Damaged { .. })),
        "{fault:?}"
    );
}

#[test]
fn a_cut_picture_is_never_shown_as_whole() {
    for (name, bytes) in every_file() {
        let whole = decoded(&bytes, WHOLE).unwrap();
        for end in 0..bytes.len() {
            let cut = decoded(&bytes[..end], WHOLE);
            if let Ok(shown) = &cut {
                // The last bytes may say no more than that this was all.
                assert!(*shown == whole, "{name} of {} at {end}", bytes.len());
            } else if sniff(&bytes[..end]).is_some() {
                let is_told = matches!(
                    cut,
                    Err(PictureFault::Incomplete { .. } | PictureFault::Damaged { .. })
                );
                assert!(is_told, "{name} at {end}: {cut:?}");
            }
        }
    }
}

#[test]
fn half_a_picture_is_incomplete() {
    for (name, bytes) in every_file() {
        let half = bytes.len() / 2;
        let fault = decoded(&bytes[..half], WHOLE).unwrap_err();
        let bytes = half as u64;
        // Its header alone is longer than half of it.
        if name != "bmp" || half > 200 {
            assert_eq!(fault, PictureFault::Incomplete { bytes }, "{name}");
        }
    }
}

#[test]
fn formats_that_are_not_decoded_are_named() {
    for (brand, format) in [
        (b"avif", PictureFormat::Avif),
        (b"heic", PictureFormat::Heic),
    ] {
        let file = [b"\0\0\0\x18ftypmif1\0\0\0\0miaf", &brand[..], b"rest"].concat();
        assert_eq!(
            decoded(&file, WHOLE),
            Err(PictureFault::NotShown { format })
        );
    }
}

#[test]
fn what_is_no_picture_tells_how_it_begins() {
    let page =
        b"<!DOCTYPE html>\r\n\t<title>\x07Sign in</title> and a text that goes on and on and on";
    let fault = decoded(page, WHOLE);
    assert_eq!(
        fault,
        Err(PictureFault::NotPicture {
            content_type: "image/any".to_owned(),
            bytes: page.len() as u64,
            starts: "<!DOCTYPE html> <title>Sign in</title> and a text that goes on a".to_owned(),
        })
    );
    let nothing = decoded(b"", WHOLE);
    assert!(matches!(
        nothing,
        Err(PictureFault::NotPicture { bytes: 0, .. })
    ));
}

#[test]
fn cues_and_pictures_do_not_stand_for_each_other() {
    let vtt = decoded(b"WEBVTT\n\n", WHOLE);
    assert!(matches!(vtt, Err(PictureFault::NotPicture { .. })));
    let picture = decoded(&file(ImageFormat::Png), PictureSize::Cues);
    assert!(matches!(picture, Err(PictureFault::NotPicture { .. })));
    let cues = decoded(b"WEBVTT\n\n", PictureSize::Cues).unwrap().content;
    assert!(matches!(cues, PictureContent::Cues(cues) if cues.is_empty()));
}

/// A sample with some bytes changed, and perhaps cut.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let files: Vec<_> = every_file().into_iter().map(|(_, bytes)| bytes).collect();
    let file = prop::sample::select(files);
    let change = (any::<prop::sample::Index>(), any::<u8>());
    let changes = prop::collection::vec(change, 0..12);
    (file, changes, any::<prop::sample::Index>(), any::<bool>()).prop_map(
        |(mut bytes, changes, end, is_cut)| {
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes.splice(at..=at, [byte]);
            }
            if is_cut {
                bytes.truncate(end.index(bytes.len()));
            }
            bytes
        },
    )
}

/// Rubbish behind a picture's first bytes.
fn rubbish() -> impl Strategy<Value = Vec<u8>> {
    let heads: [&'static [u8]; 9] = [
        b"",
        b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"GIF89a\x10\0\x10\0\x80\0\0",
        b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\x12\0\0\0",
        b"RIFF\x20\0\0\0WEBPVP8L\x18\0\0\0\x2f",
        b"BM\x40\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0",
        b"\0\0\0\x18ftyp",
        b"WEBVTT\n",
    ];
    let head = prop::sample::select(heads.to_vec());
    let tail = prop::collection::vec(any::<u8>(), 0..300);
    (head, tail).prop_map(|(head, tail)| [head, &tail[..]].concat())
}

fn sizes() -> impl Strategy<Value = PictureSize> {
    prop_oneof![
        any::<u32>().prop_map(PictureSize::Within),
        any::<u32>().prop_map(PictureSize::Playing),
        Just(PictureSize::Whole),
        Just(PictureSize::Cues)
    ]
}

/// Decodes; what is shown must be as large as it says and within the limits.
fn check(bytes: &[u8], size: PictureSize) {
    let limits = Limits {
        pixels: 1 << 20,
        frames: 5,
        animation_pixels: 1 << 18,
        shown_pixels: 1 << 16,
        share_pixels: 1 << 14,
        side: 512,
    };
    let Ok(shown) = within(bytes, size, &limits) else {
        return;
    };
    let pictures: Vec<_> = match &shown.content {
        PictureContent::Still(pixels) => vec![&**pixels],
        PictureContent::Animation { frames, cut } => {
            assert!((2..=5).contains(&frames.len()) || *cut && frames.len() == 1);
            frames.iter().map(|frame| &frame.pixels).collect()
        }
        PictureContent::Cues(_) => Vec::new(),
    };
    for pixels in pictures {
        assert!(pixels.width <= 512 && pixels.height <= 512);
        assert_eq!(pixels.rgba.len() as u64, pixels.byte_len());
    }
}

proptest! {
    #[test]
    fn damaged_pictures_never_panic(bytes in mutated(), size in sizes()) {
        check(&bytes, size);
    }

    #[test]
    fn rubbish_never_panics(bytes in rubbish(), size in sizes()) {
        check(&bytes, size);
    }
}

#[test]
fn one_frame_is_a_still() {
    for bytes in [
        moving::gif(&stills(1, 50)),
        moving::webp(&stills(1, 50)),
        moving::apng(&stills(1, 50)),
    ] {
        let pixels = still(&bytes, WHOLE);
        assert_eq!((pixels.width, pixels.height), (24, 16));
    }
}
