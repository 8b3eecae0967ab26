//! Makes animations in the formats whose encoders make stills alone: the stills are put into the
//! containers by hand.

#![allow(dead_code, reason = "each user needs another of the formats")]

use std::io::Cursor;

use flate2::Crc;
use image::codecs::gif::GifEncoder;
use image::{Delay, Frame, ImageFormat, RgbaImage};

/// One frame and how long it stays, in milliseconds.
pub(crate) type Still = (RgbaImage, u32);

/// Encodes a picture.
pub(crate) fn encoded(image: &RgbaImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let written = match format {
        // These know no alpha.
        ImageFormat::Jpeg => image::DynamicImage::from(image.clone())
            .into_rgb8()
            .write_to(&mut bytes, format),
        _ => image.write_to(&mut bytes, format),
    };
    // Memory takes every byte, and the sizes made here fit every format.
    written.unwrap_or_else(|error| unreachable!("{error}"));
    bytes.into_inner()
}

pub(crate) fn gif(stills: &[Still]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut bytes, 30);
    for (image, ms) in stills {
        let delay = Delay::from_numer_denom_ms(*ms, 1);
        let frame = Frame::from_parts(image.clone(), 0, 0, delay);
        let written = encoder.encode_frame(frame);
        written.unwrap_or_else(|error| unreachable!("{error}"));
    }
    drop(encoder);
    bytes
}

pub(crate) fn webp(stills: &[Still]) -> Vec<u8> {
    let (width, height) = stills
        .first()
        .map_or((1, 1), |(image, _)| image.dimensions());
    // Bit 1: animated; bit 4: with alpha.
    let mut canvas = vec![0x12, 0, 0, 0];
    canvas.extend(less_one(width));
    canvas.extend(less_one(height));
    let mut parts = riff(*b"VP8X", &canvas);
    // A transparent background, for ever.
    parts.extend(riff(*b"ANIM", &[0; 6]));
    for (image, ms) in stills {
        let mut frame = vec![0; 6];
        frame.extend(less_one(image.width()));
        frame.extend(less_one(image.height()));
        frame.extend(ms.to_le_bytes().iter().take(3));
        // Takes the place of what was there: blending would round.
        frame.push(2);
        // Behind the still's own 12 bytes of header stands its one part.
        frame.extend(encoded(image, ImageFormat::WebP).iter().skip(12));
        parts.extend(riff(*b"ANMF", &frame));
    }
    parts.splice(..0, *b"WEBP");
    riff(*b"RIFF", &parts)
}

pub(crate) fn apng(stills: &[Still]) -> Vec<u8> {
    let mut sequence = 0_u32;
    let mut next = || {
        sequence += 1;
        (sequence - 1).to_be_bytes()
    };
    let mut out = Vec::new();
    for (at, (image, ms)) in stills.iter().enumerate() {
        let png = encoded(image, ImageFormat::Png);
        let (head, pixels) = png_parts(&png);
        if at == 0 {
            out.extend(head);
            let count = u32::try_from(stills.len()).unwrap_or(u32::MAX);
            let control = [count.to_be_bytes(), [0; 4]].concat();
            out.extend(png_chunk(*b"acTL", &control));
        }
        out.extend(png_chunk(*b"fcTL", &frame_control(next(), image, *ms)));
        if at == 0 {
            out.extend(png_chunk(*b"IDAT", &pixels));
        } else {
            let data = [&next()[..], &pixels].concat();
            out.extend(png_chunk(*b"fdAT", &data));
        }
    }
    out.extend(png_chunk(*b"IEND", &[]));
    out
}

fn frame_control(sequence: [u8; 4], image: &RgbaImage, ms: u32) -> Vec<u8> {
    let ms = u16::try_from(ms).unwrap_or(u16::MAX).to_be_bytes();
    let mut data = sequence.to_vec();
    data.extend(image.width().to_be_bytes());
    data.extend(image.height().to_be_bytes());
    data.extend([0; 8]);
    data.extend(ms);
    data.extend(1000_u16.to_be_bytes());
    data.extend([0, 0]);
    data
}

/// A PNG's head up to its first chunk's end, and its pixels.
fn png_parts(png: &[u8]) -> (&[u8], Vec<u8>) {
    let (head, mut rest) = png.split_at_checked(33).unwrap_or_default();
    let mut pixels = Vec::new();
    while let Some(length) = rest.first_chunk() {
        let end = 8 + usize::try_from(u32::from_be_bytes(*length)).unwrap_or_default();
        if rest.get(4..8) == Some(b"IDAT") {
            pixels.extend(rest.get(8..end).unwrap_or_default());
        }
        rest = rest.get(end + 4..).unwrap_or_default();
    }
    (head, pixels)
}

pub(crate) fn png_chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = Crc::new();
    crc.update(&name);
    crc.update(data);
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
    [
        &length.to_be_bytes(),
        &name[..],
        data,
        &crc.sum().to_be_bytes(),
    ]
    .concat()
}

pub(crate) fn riff(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
    let padding = if data.len() % 2 == 1 { &[0][..] } else { &[] };
    [&name[..], &length.to_le_bytes(), data, padding].concat()
}

fn less_one(length: u32) -> impl Iterator<Item = u8> {
    length.saturating_sub(1).to_le_bytes().into_iter().take(3)
}
