//! Pixels as egui takes them: a plain copy, for everything else was worked out off this thread.

use egui::ColorImage;

use crate::model::Pixels;

/// No side of it is longer than `longest`; what is longer loses every other pixel, or more. The
/// fetching job fits pictures to the card, so that this is for another card alone.
pub(super) fn image(pixels: &Pixels, longest: usize) -> ColorImage {
    let count = |pixels: u32| usize::try_from(pixels).unwrap_or(0);
    let (width, height) = (count(pixels.width), count(pixels.height));
    if width.saturating_mul(height).checked_mul(4) != Some(pixels.rgba.len()) {
        // A picture without its pixels must not end the program.
        return ColorImage::filled([1, 1], egui::Color32::TRANSPARENT);
    }
    let step = width.max(height).div_ceil(longest.max(1)).max(1);
    if step == 1 {
        return ColorImage::from_rgba_premultiplied([width, height], &pixels.rgba);
    }
    let rows = pixels.rgba.chunks_exact(4 * width).step_by(step);
    let kept: Vec<u8> = rows
        .flat_map(|row| row.chunks_exact(4).step_by(step))
        .flatten()
        .copied()
        .collect();
    let size = [width.div_ceil(step), height.div_ceil(step)];
    ColorImage::from_rgba_premultiplied(size, &kept)
}

pub(super) fn byte_len(image: &ColorImage) -> u64 {
    4 * u64::try_from(image.pixels.len()).unwrap_or(u64::MAX / 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pixels(width: u32, height: u32) -> Pixels {
        let bytes = usize::try_from(4 * width * height).unwrap();
        Pixels {
            width,
            height,
            rgba: vec![255; bytes],
        }
    }

    #[test]
    fn colours_are_taken_as_they_are() {
        let half = Pixels {
            width: 1,
            height: 1,
            rgba: vec![100, 0, 7, 128],
        };
        let taken = image(&half, 10).pixels.remove(0).to_array();
        assert_eq!(taken, [100, 0, 7, 128], "premultiplied once, not twice");
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
