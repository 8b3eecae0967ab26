//! Fewer pixels, as many as are shown.
//!
//! Each new pixel is the mean of the area it covers, weighted by how much of each old pixel lies
//! in it and by that pixel's alpha. It averages the stored values, as browsers do: nothing
//! flickers, nothing rings, transparent pixels lend no colour. The image crate's own `thumbnail`
//! is no faster, mixes hidden colours in, and overflows on very large areas. What comes out is
//! premultiplied by alpha, so that whoever draws it has nothing left to work out.

use image::{ColorType, DynamicImage};

use crate::model::Pixels;

/// Of one whole pixel.
const WHOLE: u64 = 256;

/// The size that fits into a square of `side` with the same shape; never larger than it was.
pub(super) fn fit((width, height): (u32, u32), side: u32) -> (u32, u32) {
    let longest = u64::from(width.max(height));
    let side = u64::from(side.max(1));
    if longest <= side {
        return (width, height);
    }
    let scaled = |length: u32| {
        let length = (u64::from(length) * side + longest / 2) / longest;
        u32::try_from(length).unwrap_or(u32::MAX).max(1)
    };
    (scaled(width), scaled(height))
}

/// The longest side at which a picture of this shape has no more than so many pixels, roughly.
pub(super) fn side_of_area((width, height): (u32, u32), pixels: u64) -> u32 {
    let longest = u128::from(width.max(height));
    let area = u128::from(width) * u128::from(height);
    let square = (longest * longest * u128::from(pixels)).checked_div(area);
    u32::try_from(square.unwrap_or_default().isqrt()).unwrap_or(u32::MAX)
}

/// The picture fitted into a square of `side`.
pub(super) fn shrink(image: DynamicImage, side: u32) -> Pixels {
    let from = (image.width(), image.height());
    let to = fit(from, side);
    if from == to {
        let is_solid = !image.color().has_alpha();
        let mut rgba = image.into_rgba8().into_raw();
        if !is_solid {
            premultiply(&mut rgba);
        }
        return Pixels {
            width: to.0,
            height: to.1,
            rgba,
        };
    }
    let rgba = match image.color() {
        ColorType::L8 => mean(image.as_bytes(), from, to, |[v]: [u8; 1]| [v, v, v, 255]),
        ColorType::La8 => mean(image.as_bytes(), from, to, |[v, a]: [u8; 2]| [v, v, v, a]),
        ColorType::Rgb8 => mean(image.as_bytes(), from, to, |[r, g, b]| [r, g, b, 255]),
        _ => mean(image.into_rgba8().as_raw(), from, to, |pixel: [u8; 4]| {
            pixel
        }),
    };
    Pixels {
        width: to.0,
        height: to.1,
        rgba,
    }
}

/// Old pixels along one side that a new pixel covers, each with its share of [`WHOLE`].
struct Span {
    start: usize,
    shares: Vec<u64>,
}

fn spans(from: u32, to: u32) -> Vec<Span> {
    let (from, to) = (u64::from(from), u64::from(to).max(1));
    let span = |at: u64| {
        // In parts of an old pixel.
        let begin = at * from * WHOLE / to;
        let end = ((at + 1) * from * WHOLE / to).max(begin + 1);
        let covered = begin / WHOLE..end.div_ceil(WHOLE);
        let share = |old: u64| end.min((old + 1) * WHOLE) - begin.max(old * WHOLE);
        Span {
            start: usize::try_from(covered.start).unwrap_or(usize::MAX),
            shares: covered.map(share).collect(),
        }
    };
    (0..to).map(span).collect()
}

/// Sums of red, green, blue, each times alpha, of alpha, and of the shares.
type Sums = [u64; 5];

fn mean<const N: usize>(
    bytes: &[u8],
    from: (u32, u32),
    to: (u32, u32),
    rgba: impl Fn([u8; N]) -> [u8; 4],
) -> Vec<u8> {
    let (pixels, _) = bytes.as_chunks::<N>();
    let width = usize::try_from(from.0).unwrap_or(usize::MAX).max(1);
    let columns = spans(from.0, to.0);
    let mut out = Vec::with_capacity(columns.len().saturating_mul(4));
    for rows in spans(from.1, to.1) {
        let mut sums: Vec<Sums> = vec![[0; 5]; columns.len()];
        let lines = pixels.chunks_exact(width).skip(rows.start);
        for (line, share) in lines.zip(&rows.shares) {
            for (sum, column) in sums.iter_mut().zip(&columns) {
                let covered = line.get(column.start..).unwrap_or_default();
                for (pixel, part) in covered.iter().zip(&column.shares) {
                    add(sum, rgba(*pixel), share * part);
                }
            }
        }
        out.extend(sums.into_iter().flat_map(colour));
    }
    out
}

fn add(sum: &mut Sums, [red, green, blue, alpha]: [u8; 4], share: u64) {
    let weight = share * u64::from(alpha);
    let [reds, greens, blues, alphas, shares] = sum;
    *reds += weight * u64::from(red);
    *greens += weight * u64::from(green);
    *blues += weight * u64::from(blue);
    *alphas += weight;
    *shares += share;
}

/// The mean, premultiplied.
fn colour([red, green, blue, alpha, shares]: Sums) -> [u8; 4] {
    let part = |sum: u64, of: u64| {
        let rounded = (sum + of / 2).checked_div(of).unwrap_or_default();
        u8::try_from(rounded).unwrap_or(u8::MAX)
    };
    let opaque = shares * u64::from(u8::MAX);
    [
        part(red, opaque),
        part(green, opaque),
        part(blue, opaque),
        part(alpha, shares),
    ]
}

fn premultiply(rgba: &mut [u8]) {
    let (pixels, _) = rgba.as_chunks_mut::<4>();
    for [red, green, blue, alpha] in pixels {
        if *alpha == u8::MAX {
            continue;
        }
        for colour in [red, green, blue] {
            *colour = share(*colour, *alpha);
        }
    }
}

/// So many of 255 parts, rounded as the screen's own colours are.
fn share(value: u8, alpha: u8) -> u8 {
    let product = u16::from(value) * u16::from(alpha) + 128;
    u8::try_from((product + (product >> 8)) >> 8).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_keeps_the_area_within_its_room() {
        for (size, pixels, side) in [
            ((4_000, 1_000), 1_000_000, 2_000),
            ((100, 100), 40_000, 200),
            ((64_000_000, 1), 64_000_000, 64_000_000),
            ((0, 9), 10, 0),
        ] {
            assert_eq!(side_of_area(size, pixels), side, "{size:?}");
        }
    }
}
