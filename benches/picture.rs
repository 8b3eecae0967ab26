//! How fast a picture becomes what is shown of it: one thread, in memory, pictures a second.

use std::fmt::Write as _;
use std::io::Cursor;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use vodscope::model::PictureSize;
use vodscope::preview::{Limits, decode};

fn main() {
    divan::main();
}

/// Smooth with some detail, as a frame of a video is.
fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| {
        let grain = u8::try_from((x * 7 + y * 13 + x * y % 11) % 24).unwrap_or_default();
        let part = |at: u32, of: u32| u8::try_from(at * 220 / of).unwrap_or_default();
        Rgb([part(x, width) + grain, part(y, height) + grain, 120 + grain])
    });
    let mut bytes = Cursor::new(Vec::new());
    let written = DynamicImage::from(image).write_to(&mut bytes, format);
    written.unwrap_or_else(|error| panic!("{error}"));
    bytes.into_inner()
}

fn run(bencher: Bencher<'_, '_>, file: &[u8], size: PictureSize) {
    let limits = Limits::default();
    bencher.counter(ItemsCount::new(1_usize)).bench(|| {
        let shown = decode(black_box(file), "http://x/y", "", size, &limits);
        shown.unwrap_or_else(|fault| panic!("{fault:?}"))
    });
}

#[divan::bench(args = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP])]
fn a_snapshot_for_a_wall(bencher: Bencher<'_, '_>, format: ImageFormat) {
    run(
        bencher,
        &picture(1920, 1080, format),
        PictureSize::Within(320),
    );
}

#[divan::bench]
fn a_snapshot_whole(bencher: Bencher<'_, '_>) {
    let file = picture(1920, 1080, ImageFormat::Jpeg);
    run(bencher, &file, PictureSize::Whole);
}

#[divan::bench]
fn a_sheet_of_sprites(bencher: Bencher<'_, '_>) {
    let file = picture(1420, 800, ImageFormat::Jpeg);
    run(bencher, &file, PictureSize::Whole);
}

#[divan::bench]
fn the_largest_jpeg(bencher: Bencher<'_, '_>) {
    let file = picture(8000, 8000, ImageFormat::Jpeg);
    run(bencher, &file, PictureSize::Within(320));
}

#[divan::bench]
fn cues_of_a_day(bencher: Bencher<'_, '_>) {
    let mut file = "WEBVTT\n".to_owned();
    for cell in 0..8640_u32 {
        let [from, to] = [cell, cell + 1].map(|at| {
            let secs = at * 10;
            format!(
                "{:02}:{:02}:{:02}.000",
                secs / 3600,
                secs / 60 % 60,
                secs % 60
            )
        });
        let sheet = cell / 100;
        let (x, y) = (cell % 10 * 142, cell % 100 / 10 * 80);
        let _ = write!(
            file,
            "\n{from} --> {to}\nsheet_{sheet}.jpg#xywh={x},{y},142,80\n"
        );
    }
    run(bencher, file.as_bytes(), PictureSize::Cues);
}
