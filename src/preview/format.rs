//! What a file is by its first bytes: names and headers lie.

use crate::model::PictureFormat;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Header sizes that the known versions of BMP have: two letters alone are too weak a mark.
const BMP_HEADERS: [u32; 7] = [12, 40, 52, 56, 64, 108, 124];

/// The format of what begins so. An animated PNG is told from a still one only when `head` reaches
/// to its pixels.
pub fn sniff(head: &[u8]) -> Option<PictureFormat> {
    if head.starts_with(b"\xff\xd8\xff") {
        Some(PictureFormat::Jpeg)
    } else if head.starts_with(PNG) {
        Some(png(head))
    } else if head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a") {
        Some(PictureFormat::Gif)
    } else if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        Some(PictureFormat::WebP)
    } else if is_bmp(head) {
        Some(PictureFormat::Bmp)
    } else if head.get(4..8) == Some(b"ftyp") {
        still_of_video(head)
    } else {
        is_web_vtt(head).then_some(PictureFormat::WebVtt)
    }
}

/// Animated when the chunk that says so comes before the pixels, as it must.
fn png(head: &[u8]) -> PictureFormat {
    let mut rest = head.get(PNG.len()..).unwrap_or_default();
    while let Some((length, name)) = chunk(rest) {
        match name {
            b"acTL" => return PictureFormat::Apng,
            b"IDAT" => break,
            _ => {}
        }
        // Length, name and checksum are four bytes each.
        rest = rest.get(length.saturating_add(12)..).unwrap_or_default();
    }
    PictureFormat::Png
}

fn chunk(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let length = u32::from_be_bytes(*bytes.first_chunk()?);
    Some((usize::try_from(length).ok()?, bytes.get(4..8)?))
}

fn is_bmp(head: &[u8]) -> bool {
    let size = head.get(14..18).and_then(<[u8]>::first_chunk);
    let known = size.is_some_and(|size| BMP_HEADERS.contains(&u32::from_le_bytes(*size)));
    known && head.starts_with(b"BM")
}

/// AVIF and HEIC by the brands their first box names; any other such file is a video.
fn still_of_video(head: &[u8]) -> Option<PictureFormat> {
    let size = u32::from_be_bytes(*head.first_chunk()?);
    let end = usize::try_from(size).ok()?.min(head.len());
    let brands = head.get(8..end)?;
    let names = |known: &[&[u8]]| brands.chunks(4).any(|brand| known.contains(&brand));
    if names(&[b"avif", b"avis"]) {
        Some(PictureFormat::Avif)
    } else if names(&[
        b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1",
    ]) {
        Some(PictureFormat::Heic)
    } else {
        None
    }
}

fn is_web_vtt(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let rest = head.strip_prefix(b"WEBVTT");
    rest.is_some_and(|rest| rest.first().is_none_or(u8::is_ascii_whitespace))
}
