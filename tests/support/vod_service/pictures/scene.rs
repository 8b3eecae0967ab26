//! A landscape that changes with time: sky, sun, hills, acacias, elephants on their way, and the
//! time in a corner.

use image::{Rgba, RgbaImage};

use super::super::rng::Rng;

type Colour = [f32; 3];

/// Three by five dots a digit, rows from the top.
const DIGITS: [u16; 10] = [
    0b111_101_101_101_111,
    0b010_110_010_010_111,
    0b111_001_111_100_111,
    0b111_001_111_001_111,
    0b101_101_111_001_001,
    0b111_100_111_001_111,
    0b111_100_111_101_111,
    0b111_001_010_010_010,
    0b111_101_111_101_111,
    0b111_101_111_001_111,
];
const COLON: u16 = 0b000_010_000_010_000;

/// Where the land begins, in parts of the height.
const HORIZON: f32 = 0.62;

/// Lengths are in parts of the picture's height.
pub(super) struct Scene {
    /// Two crests of hills: how far they are shifted.
    hills: [f32; 2],
    /// Left edge and size.
    trees: Vec<(f32, f32)>,
    elephants: Vec<(f32, f32)>,
    /// When its day begins.
    dawn_secs: f32,
}

impl Scene {
    /// The landscape of one video.
    pub(super) fn of(video: &str) -> Self {
        let seed = video.bytes().fold(7_u64, |seed, byte| {
            seed.wrapping_mul(31).wrapping_add(byte.into())
        });
        let mut rng = Rng::new(seed);
        let mut part = |most: u64| rng.below(most * 100) as f32 / 100.0;
        let trees = 2 + whole(part(3));
        let elephants = 1 + whole(part(3));
        Self {
            hills: [part(6), part(6)],
            trees: (0..trees)
                .map(|_| (part(2), 0.14 + part(1) * 0.2))
                .collect(),
            elephants: (0..elephants)
                .map(|_| (part(2), 0.1 + part(1) * 0.1))
                .collect(),
            dawn_secs: part(200),
        }
    }

    /// The picture at a time of the video.
    pub(super) fn draw(&self, (width, height): (u32, u32), secs: f32) -> RgbaImage {
        let label = format!("{:02}:{:02}", whole(secs) / 60, whole(secs) % 60);
        RgbaImage::from_fn(width, height, |x, y| {
            let (x, y) = (x as f32 / height as f32, y as f32 / height as f32);
            let [red, green, blue] = if in_label(&label, x, y) {
                [250.0, 250.0, 245.0]
            } else {
                self.colour(x, y, secs)
            };
            Rgba([byte(red), byte(green), byte(blue), 255])
        })
    }

    fn colour(&self, x: f32, y: f32, secs: f32) -> Colour {
        let light = self.light(secs);
        let ground = y > HORIZON;
        if self.stands_tree(x, y) {
            return mix([14.0, 20.0, 12.0], [52.0, 78.0, 34.0], light);
        }
        if self.stands_elephant(x, y, secs) {
            return mix([22.0, 20.0, 24.0], [112.0, 106.0, 104.0], light);
        }
        if ground {
            let near = (y - HORIZON) / (1.0 - HORIZON);
            let dry = mix([206.0, 168.0, 92.0], [150.0, 112.0, 48.0], near);
            return mix([30.0, 26.0, 34.0], dry, light);
        }
        self.sky(x, y, secs, light)
    }

    fn sky(&self, x: f32, y: f32, secs: f32, light: f32) -> Colour {
        for (shift, crest, far) in [(self.hills[0], 0.07, 0.4), (self.hills[1], 0.13, 0.75)] {
            let top = HORIZON - crest * (0.6 + 0.4 * (x * 3.0 / (1.0 + far) + shift).sin());
            if y > top {
                let hill = mix([84.0, 96.0, 92.0], [150.0, 158.0, 170.0], far);
                return mix([24.0, 24.0, 40.0], hill, light);
            }
        }
        let day = (secs + self.dawn_secs) / 90.0;
        let sun = (0.9 - 0.7 * day.cos(), HORIZON - 0.5 * day.sin().abs());
        let distance = ((x - sun.0).powi(2) + (y - sun.1).powi(2)).sqrt();
        if distance < 0.06 {
            return [255.0, 244.0, 205.0];
        }
        let low = mix([120.0, 50.0, 60.0], [250.0, 206.0, 140.0], light);
        let high = mix([18.0, 18.0, 52.0], [96.0, 164.0, 222.0], light);
        let sky = mix(high, low, (y / HORIZON).powi(2));
        mix(
            [255.0, 226.0, 160.0],
            sky,
            (distance / 0.35).min(1.0).sqrt(),
        )
    }

    /// From night, 0, to noon, 1.
    fn light(&self, secs: f32) -> f32 {
        let day = (secs + self.dawn_secs) / 90.0;
        0.25 + 0.75 * day.sin().abs()
    }

    fn stands_tree(&self, x: f32, y: f32) -> bool {
        self.trees.iter().any(|(left, size)| {
            let foot = HORIZON + size * 0.25;
            let trunk = (x - left).abs() < size * 0.04 && y < foot && y > foot - size;
            trunk || in_oval((x, y), (*left, foot - size), (size * 0.7, size * 0.2))
        })
    }

    fn stands_elephant(&self, x: f32, y: f32, secs: f32) -> bool {
        self.elephants.iter().any(|(start, size)| {
            // They come in again on the left.
            let along = (start + secs * 0.02) % 2.2 - 0.2;
            let foot = HORIZON + size * 1.3;
            let (x, y) = ((x - along) / size, (y - foot) / size);
            let step = 0.08 * (secs * 3.0).sin();
            let leg = |at: f32| (x - at).abs() < 0.1 && y > -0.5 && y < 0.0;
            in_oval((x, y), (0.0, -0.65), (0.6, 0.36))
                || in_oval((x, y), (0.62, -0.8), (0.26, 0.25))
                || (in_oval((x, y), (0.84, -0.45), (0.08, 0.42)))
                || leg(-0.38 + step)
                || leg(0.36 - step)
        })
    }
}

fn in_oval((x, y): (f32, f32), centre: (f32, f32), radius: (f32, f32)) -> bool {
    ((x - centre.0) / radius.0).powi(2) + ((y - centre.1) / radius.1).powi(2) < 1.0
}

/// The time in the lower left corner, a dot being a fortieth of the height.
fn in_label(label: &str, x: f32, y: f32) -> bool {
    let (column, row) = ((x - 0.04) * 40.0, (y - 0.84) * 40.0);
    if column < 0.0 || !(0.0..5.0).contains(&row) {
        return false;
    }
    let (column, row) = (whole(column), whole(row));
    let letter = label.chars().nth((column / 4) as usize);
    let dots = match letter {
        Some(letter) => letter
            .to_digit(10)
            .and_then(|digit| DIGITS.get(digit as usize).copied())
            .unwrap_or(COLON),
        None => 0,
    };
    column % 4 < 3 && dots >> (14 - row * 3 - column % 4) & 1 == 1
}

fn mix(from: Colour, to: Colour, part: f32) -> Colour {
    let [red, green, blue] = from;
    let [to_red, to_green, to_blue] = to;
    let part = part.clamp(0.0, 1.0);
    [
        red + (to_red - red) * part,
        green + (to_green - green) * part,
        blue + (to_blue - blue) * part,
    ]
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` takes the nearest number"
)]
fn whole(number: f32) -> u32 {
    number as u32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` takes the nearest number"
)]
fn byte(number: f32) -> u8 {
    number as u8
}
