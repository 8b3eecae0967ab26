//! The files: drawn and encoded when they are asked for, or built byte by byte to deceive.

use std::io::{Cursor, Write as _};

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use image::codecs::gif::{GifEncoder, Repeat};
use image::{Frame, ImageFormat, Rgba, RgbaImage};

/// A small picture whose colour tells its number.
pub(super) fn numbered(number: u32) -> Vec<u8> {
    let [_, high, middle, low] = number.to_be_bytes();
    encoded(
        &RgbaImage::from_pixel(16, 9, Rgba([high, middle, low, 255])),
        ImageFormat::Png,
    )
}

pub(super) fn jpeg() -> Vec<u8> {
    encoded(&drawn(), ImageFormat::Jpeg)
}

pub(super) fn webp() -> Vec<u8> {
    encoded(&drawn(), ImageFormat::WebP)
}

pub(super) fn bmp() -> Vec<u8> {
    encoded(&drawn(), ImageFormat::Bmp)
}

pub(super) fn gif(frames: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut bytes, 30);
    encoder.set_repeat(Repeat::Infinite).expect("a loop");
    for number in 0..frames {
        let [_, _, high, low] = number.to_be_bytes();
        let picture = RgbaImage::from_pixel(4, 4, Rgba([high, low, 7, 255]));
        encoder.encode_frame(Frame::new(picture)).expect("a frame");
    }
    drop(encoder);
    bytes
}

pub(super) fn cues() -> Vec<u8> {
    let text = "WEBVTT\n\n00:00.000 --> 00:10.000\nsheet.jpg#xywh=0,0,16,9\n\n\
                00:10.000 --> 00:20.000\nsheet.jpg#xywh=16,0,16,9\n";
    text.as_bytes().to_vec()
}

pub(super) fn half(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.truncate(bytes.len() / 2);
    bytes
}

/// The start of a picture that says it is this large.
pub(super) fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    // One bit a pixel, black or white.
    chunk(
        &mut bytes,
        *b"IHDR",
        &[size.as_slice(), &[1, 0, 0, 0, 0]].concat(),
    );
    bytes
}

/// A whole picture of a single colour, packed to next to nothing.
pub(super) fn blank_png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png_claiming(width, height);
    let row = vec![0; 1 + usize::try_from(width.div_ceil(8)).expect("a row")];
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    for _ in 0..height {
        packer.write_all(&row).expect("room");
    }
    chunk(&mut bytes, *b"IDAT", &packer.finish().expect("room"));
    chunk(&mut bytes, *b"IEND", b"");
    bytes
}

fn chunk(into: &mut Vec<u8>, kind: [u8; 4], body: &[u8]) {
    let mut sum = Crc::new();
    sum.update(&kind);
    sum.update(body);
    let length = u32::try_from(body.len()).expect("a small chunk");
    into.extend(length.to_be_bytes());
    into.extend(kind);
    into.extend(body);
    into.extend(sum.sum().to_be_bytes());
}

fn drawn() -> RgbaImage {
    RgbaImage::from_fn(64, 36, |x, y| {
        let shade = |at: u32| u8::try_from(at * 3).unwrap_or(u8::MAX);
        Rgba([shade(x), shade(y), 120, 255])
    })
}

fn encoded(picture: &RgbaImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let opaque = image::DynamicImage::from(picture.clone()).into_rgb8();
    opaque.write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}
