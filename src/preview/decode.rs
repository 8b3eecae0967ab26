//! From bytes of any origin to pixels, within limits.
//!
//! The size is read before room is made for pixels, and what a file claims beyond the limits is
//! refused in words. Nothing here panics whatever the bytes are: the tests try.

mod limits;

pub use limits::Limits;

use std::error::Error;
use std::io::{Cursor, ErrorKind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use image::codecs::bmp::BmpDecoder;
use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::error::{ImageError, ImageResult};
use image::metadata::Orientation;
use image::{AnimationDecoder as _, DynamicImage, Frames, ImageDecoder};

use super::animation::{Allowance, Played, play};
use super::format::sniff;
use super::scale::{shrink, side_of_area};
use super::{gif, jpeg, vtt, webp};
use crate::model::{PictureContent, PictureFault, PictureFormat, PictureSize, Pixels};
use limits::MIN_SIDE;

/// Pictures of more pixels than this are decoded one at a time: together they would need
/// gigabytes.
const LARGE_PIXELS: u64 = 12_000_000;
static ONE_LARGE: Mutex<()> = Mutex::new(());

/// How much of what is no picture is told.
const STARTS: usize = 64;

/// A file, decoded.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded {
    /// Its format, width and height; its pixels may be fewer. 0 for cues.
    pub info: (PictureFormat, u32, u32),
    pub content: PictureContent,
}

/// Decodes what came from `base_url`, to be `shown` in this size. `content_type` is what the server
/// called it: it decides nothing and is told where the bytes are no picture.
pub fn decode(
    bytes: &[u8],
    base_url: &str,
    content_type: &str,
    shown: PictureSize,
    limits: &Limits,
) -> Result<Decoded, PictureFault> {
    let (side, room) = match shown {
        PictureSize::Within(asked) | PictureSize::Playing(asked) => {
            let side = asked.max(MIN_SIDE).min(limits.side);
            (side, limits.share_pixels.min(limits.shown_pixels / 4))
        }
        PictureSize::Whole => (limits.side, limits.shown_pixels),
        PictureSize::Cues if sniff(bytes) == Some(PictureFormat::WebVtt) => {
            return cues(bytes, base_url);
        }
        PictureSize::Cues => return Err(not_picture(bytes, content_type)),
    };
    let file = File {
        bytes,
        shown,
        side,
        room,
        limits,
    };
    match sniff(bytes) {
        Some(format @ (PictureFormat::Avif | PictureFormat::Heic)) => {
            Err(PictureFault::NotShown { format })
        }
        None | Some(PictureFormat::WebVtt) => Err(not_picture(bytes, content_type)),
        Some(format) => file.picture(format),
    }
}

fn cues(bytes: &[u8], base_url: &str) -> Result<Decoded, PictureFault> {
    if bytes.len() > vtt::MAX_BYTES {
        return Err(PictureFault::TooManyBytes {
            limit: vtt::MAX_BYTES as u64,
        });
    }
    let parsed = vtt::parse(&String::from_utf8_lossy(bytes), base_url);
    if parsed.cues.is_empty() && parsed.damaged > 0 {
        let why = format!("none of its {} cues can be read", parsed.damaged);
        return Err(PictureFault::Damaged { why });
    }
    if parsed.damaged > 0 {
        log::warn!("{} cues of a WebVTT file left out", parsed.damaged);
    }
    Ok(Decoded {
        info: (PictureFormat::WebVtt, 0, 0),
        content: PictureContent::Cues(Arc::new(parsed.cues)),
    })
}

fn not_picture(bytes: &[u8], content_type: &str) -> PictureFault {
    let head = String::from_utf8_lossy(bytes.get(..1024).unwrap_or(bytes));
    let readable = |c: &char| !c.is_control() && *c != char::REPLACEMENT_CHARACTER;
    let words = head.split_whitespace().collect::<Vec<_>>().join(" ");
    PictureFault::NotPicture {
        content_type: content_type.to_owned(),
        bytes: bytes.len() as u64,
        starts: words.chars().filter(readable).take(STARTS).collect(),
    }
}

/// The bytes of a picture, and what may come of them.
struct File<'a> {
    bytes: &'a [u8],
    shown: PictureSize,
    /// The longest side that is shown,
    side: u32,
    /// and how many pixels.
    room: u64,
    limits: &'a Limits,
}

impl<'a> File<'a> {
    fn picture(&self, format: PictureFormat) -> Result<Decoded, PictureFault> {
        let ((width, height), content) = match format {
            PictureFormat::Jpeg if !jpeg::is_whole(self.bytes) => Err(self.incomplete()),
            PictureFormat::Jpeg => self.still(self.open(JpegDecoder::new(self.cursor()))?),
            PictureFormat::Png => self.still(self.png()?),
            PictureFormat::Apng => self.apng(),
            PictureFormat::WebP => self.web_p(),
            PictureFormat::Gif => {
                let decoder = self.open(GifDecoder::new(self.cursor()))?;
                self.moving(decoder, GifDecoder::into_frames)
            }
            _ => self.still(self.open(BmpDecoder::new(self.cursor()))?),
        }?;
        Ok(Decoded {
            info: (format, width, height),
            content,
        })
    }

    fn cursor(&self) -> Cursor<&'a [u8]> {
        Cursor::new(self.bytes)
    }

    /// The decoder makes room for rows as soon as it is made, so the header is read before that.
    fn png(&self) -> Result<PngDecoder<Cursor<&'a [u8]>>, PictureFault> {
        let side = |at: usize| {
            let bytes = self.bytes.get(at..)?.first_chunk()?;
            Some(u32::from_be_bytes(*bytes))
        };
        if let (Some(width), Some(height)) = (side(16), side(20)) {
            check((width, height), self.limits.pixels)?;
        }
        self.open(PngDecoder::with_limits(self.cursor(), self.memory()))
    }

    fn apng(&self) -> Result<Shown, PictureFault> {
        let decoder = self.png()?;
        // The crate plays eight bits a channel alone; others show their first picture.
        if decoder.color_type().bytes_per_pixel() > decoder.color_type().channel_count() {
            return self.still(decoder);
        }
        let size = decoder.dimensions();
        check(size, self.most_moving())?;
        let playing = self.open(decoder.apng())?;
        let _turn = turn(size);
        self.played(size, playing.into_frames())
    }

    fn web_p(&self) -> Result<Shown, PictureFault> {
        webp::check(self.bytes)?;
        let decoder = self.open(WebPDecoder::new(self.cursor()))?;
        if decoder.has_animation() {
            self.moving(decoder, WebPDecoder::into_frames)
        } else {
            self.still(decoder)
        }
    }

    fn still(&self, mut decoder: impl ImageDecoder) -> Result<Shown, PictureFault> {
        let size = decoder.dimensions();
        check(size, self.limits.pixels)?;
        let _turn = turn(size);
        let fault = |error| self.fault(&error, size);
        let memory = self.memory();
        // `from_decoder` makes room for all pixels and asks no limit.
        if memory
            .max_alloc
            .is_some_and(|max| decoder.total_bytes() > max)
        {
            return Err(too_many_pixels(size));
        }
        decoder.set_limits(memory).map_err(fault)?;
        // A picture whose notes are damaged is still a picture.
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let image = DynamicImage::from_decoder(decoder).map_err(fault)?;
        let pixels = turned(shrink(image, self.side_of(size)), orientation);
        let size = if is_across(orientation) {
            (size.1, size.0)
        } else {
            size
        };
        Ok((size, PictureContent::Still(Arc::new(pixels))))
    }

    fn moving<D: ImageDecoder>(
        &self,
        mut decoder: D,
        frames: impl FnOnce(D) -> Frames<'a>,
    ) -> Result<Shown, PictureFault> {
        let size = decoder.dimensions();
        check(size, self.most_moving())?;
        let _turn = turn(size);
        let limited = decoder.set_limits(self.memory());
        limited.map_err(|error| self.fault(&error, size))?;
        self.played(size, frames(decoder))
    }

    fn played(&self, size: (u32, u32), frames: Frames<'a>) -> Result<Shown, PictureFault> {
        let allowance = Allowance::new(self.shown, self.limits);
        let played = play(frames, self.side_of(size), allowance);
        let Played { mut frames, cut } = played.map_err(|error| self.fault(&error, size))?;
        let content = match frames.len() {
            0 => {
                let why = "it has no pictures".to_owned();
                return Err(PictureFault::Damaged { why });
            }
            1 if !cut => PictureContent::Still(Arc::new(frames.swap_remove(0).pixels)),
            _ => PictureContent::Animation {
                frames: frames.into_iter().map(Arc::new).collect(),
                cut,
            },
        };
        Ok((size, content))
    }

    /// The longest side of what is shown of a file of this size.
    fn side_of(&self, size: (u32, u32)) -> u32 {
        let of_room = side_of_area(size, self.room).max(MIN_SIDE);
        self.side.min(of_room)
    }

    fn most_moving(&self) -> u64 {
        self.limits.pixels / 4
    }

    /// Memory for one picture, or for the canvases of an animation.
    fn memory(&self) -> image::Limits {
        let mut limits = image::Limits::no_limits();
        limits.max_alloc = Some(self.limits.pixels.saturating_mul(4));
        limits
    }

    fn open<T>(&self, opened: ImageResult<T>) -> Result<T, PictureFault> {
        opened.map_err(|error| self.fault(&error, (0, 0)))
    }

    fn incomplete(&self) -> PictureFault {
        PictureFault::Incomplete {
            bytes: self.bytes.len() as u64,
        }
    }

    /// Its decoder does not say that bytes are missing; its last byte does.
    fn is_gif_without_end(&self) -> bool {
        self.bytes.starts_with(b"GIF8") && !self.bytes.ends_with(b";")
    }

    fn fault(&self, error: &ImageError, size: (u32, u32)) -> PictureFault {
        match error {
            // A frame may be larger than the canvas it is painted on.
            ImageError::Limits(_) => {
                too_many_pixels(gif::beyond_canvas(self.bytes).unwrap_or(size))
            }
            _ if ends_early(error) || self.is_gif_without_end() => self.incomplete(),
            _ => PictureFault::Damaged {
                why: error.to_string(),
            },
        }
    }
}

/// The file's own size, and what is shown of it.
type Shown = ((u32, u32), PictureContent);

/// Is held while a large picture is decoded.
fn turn(size: (u32, u32)) -> Option<MutexGuard<'static, ()>> {
    let is_large = area(size) > LARGE_PIXELS;
    is_large.then(|| ONE_LARGE.lock().unwrap_or_else(PoisonError::into_inner))
}

fn area((width, height): (u32, u32)) -> u64 {
    u64::from(width) * u64::from(height)
}

/// Checks the size that the header names.
fn check(size: (u32, u32), most: u64) -> Result<(), PictureFault> {
    if area(size) > most {
        return Err(too_many_pixels(size));
    }
    Ok(())
}

fn too_many_pixels((width, height): (u32, u32)) -> PictureFault {
    PictureFault::TooManyPixels { width, height }
}

/// Whether a decoder wanted more bytes than there were.
fn ends_early(error: &ImageError) -> bool {
    // This one names its cause's cause alone.
    let mut cause: Option<&dyn Error> = match error {
        ImageError::IoError(io) => Some(io),
        other => Some(other),
    };
    while let Some(error) = cause {
        let io = error.downcast_ref::<std::io::Error>();
        if io.is_some_and(|io| io.kind() == ErrorKind::UnexpectedEof) {
            return true;
        }
        cause = error.source();
    }
    false
}

/// Turned the way the camera was held.
fn turned(pixels: Pixels, orientation: Orientation) -> Pixels {
    if matches!(orientation, Orientation::NoTransforms) {
        return pixels;
    }
    let Pixels {
        width,
        height,
        rgba,
    } = pixels;
    let Some(image) = image::RgbaImage::from_raw(width, height, rgba) else {
        return Pixels {
            width: 0,
            height: 0,
            rgba: Vec::new(),
        };
    };
    let mut image = DynamicImage::ImageRgba8(image);
    image.apply_orientation(orientation);
    Pixels {
        width: image.width(),
        height: image.height(),
        rgba: image.into_rgba8().into_raw(),
    }
}

/// Whether width and height change places.
fn is_across(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}
