//! Pictures for tests: drawn, encoded, and damaged.

use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use vodscope::model::{PictureContent, PictureFault, PictureSize, Pixels};
use vodscope::preview::{Decoded, Limits, decode};

#[path = "../support/moving.rs"]
pub(crate) mod moving;

/// Four corners of four colours, opaque.
pub(crate) fn corners(width: u32, height: u32) -> RgbaImage {
    RgbaImage::from_fn(width, height, |x, y| {
        match (x < width / 2, y < height / 2) {
            (true, true) => Rgba([250, 10, 10, 255]),
            (false, true) => Rgba([10, 250, 10, 255]),
            (true, false) => Rgba([10, 10, 250, 255]),
            (false, false) => Rgba([240, 240, 240, 255]),
        }
    })
}

pub(crate) fn file(format: ImageFormat) -> Vec<u8> {
    moving::encoded(&corners(48, 32), format)
}

/// As the format with another kind of pixels.
pub(crate) fn png_of(image: &DynamicImage) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// Frames whose grey tells their number.
pub(crate) fn stills(count: u8, ms: u32) -> Vec<moving::Still> {
    let still = |at| {
        (
            RgbaImage::from_pixel(24, 16, Rgba([at * 8, 100, 100, 255])),
            ms,
        )
    };
    (0..count).map(still).collect()
}

/// A sample of every format that is shown, moving ones too.
pub(crate) fn every_file() -> Vec<(&'static str, Vec<u8>)> {
    let frames = stills(3, 80);
    vec![
        ("jpeg", file(ImageFormat::Jpeg)),
        ("png", file(ImageFormat::Png)),
        ("bmp", file(ImageFormat::Bmp)),
        ("webp", file(ImageFormat::WebP)),
        ("gif", moving::gif(&stills(1, 80))),
        ("moving gif", moving::gif(&frames)),
        ("moving webp", moving::webp(&frames)),
        ("apng", moving::apng(&frames)),
        ("progressive jpeg", bytes(PROGRESSIVE)),
        ("cmyk jpeg", bytes(CMYK)),
        ("lossy webp", bytes(LOSSY_WEBP)),
        ("lossy webp with alpha", bytes(ALPHA_WEBP)),
        ("moving lossy webp", bytes(MOVING_WEBP)),
    ]
}

/// From hexadecimal digits.
pub(crate) fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u32> = hex.chars().filter_map(|c| c.to_digit(16)).collect();
    let byte = |[high, low]: &[u32; 2]| u8::try_from(high * 16 + low).unwrap();
    digits.as_chunks().0.iter().map(byte).collect()
}

pub(crate) fn decoded(bytes: &[u8], size: PictureSize) -> Result<Decoded, PictureFault> {
    within(bytes, size, &Limits::default())
}

pub(crate) fn within(
    bytes: &[u8],
    size: PictureSize,
    limits: &Limits,
) -> Result<Decoded, PictureFault> {
    decode(
        bytes,
        "https://v.example/a/b.vtt",
        "image/any",
        size,
        limits,
    )
}

/// The pixels of a picture that must be still.
pub(crate) fn still(bytes: &[u8], size: PictureSize) -> Pixels {
    match decoded(bytes, size).unwrap().content {
        PictureContent::Still(pixels) => Pixels::clone(&pixels),
        other => panic!("not still: {other:?}"),
    }
}

/// One pixel.
pub(crate) fn at(pixels: &Pixels, x: u32, y: u32) -> [u8; 4] {
    let start = usize::try_from((y * pixels.width + x) * 4).unwrap();
    *pixels.rgba.get(start..).unwrap().first_chunk().unwrap()
}

/// Whether two colours look the same after a lossy format.
pub(crate) fn alike(a: [u8; 4], b: [u8; 4]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) < 24)
}

/// A JPEG in several passes.
pub(crate) const PROGRESSIVE: &str = "\
    ffd8ffe000104a46494600010100000100010000ffdb004300140e0f120f0d14121012171514181e32211e1c1c1e3d2c\
    2e243249404c4b47404645505a736250556d5645466488656d777b8182814e608d978c7d96737e817cffdb0043011517\
    171e1a1e3b21213b7c5346537c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c\
    7c7c7c7c7c7c7c7c7c7c7c7c7c7cffc20011080020003003012200021101031101ffc400170001010101000000000000\
    00000000000000040605ffc4001801000301010000000000000000000000000204050306ffda000c0301000210031000\
    0001982f5d6c56e72802572474cfb5197d42640a17ffc40014100100000000000000000000000000000040ffda000801\
    010001050247ffc400191100010500000000000000000000000000100001054281ffda0008010301013f015235d2c3ff\
    c4001811000203000000000000000000000000000010020441ffda0008010201013f0126ece2ffc40014100100000000\
    000000000000000000000040ffda0008010100063f0247ffc40014100100000000000000000000000000000040ffda00\
    08010100013f2147ffda000c03010002000300000010096f005bcfffc400171100030100000000000000000000000000\
    002081f0ffda0008010301013f10368bffc4001711000301000000000000000000000000000010c141ffda0008010201\
    013f1030ef17ffc40014100100000000000000000000000000000040ffda0008010100013f1047ffd9\
    ";

/// A JPEG of printing inks.
pub(crate) const CMYK: &str = "\
    ffd8ffee000e41646f626500640000000000ffdb0043000d090a0b0a080d0b0a0b0e0e0d0f13201513121213271c1e17\
    202e2931302e292d2c333a4a3e333646372c2d405741464c4e525352323e5a615a50604a51524fffc000140800200030\
    044311004d11005911004b1100ffc40017000101010100000000000000000000000000080703ffc40014100100000000\
    000000000000000000000000ffda000e0443004d0059004b00003f00d2d9b33669c00009ad4a000002944d6000009ad4\
    a0000009ad4a00000a394738800009c538bb00000a39473880000fffd9\
    ";

/// A lossy still.
pub(crate) const LOSSY_WEBP: &str = "\
    524946467600000057454250565038206a0000001005009d012a300020003ead42994ba623a2a1baa800c0158966009d\
    39c0fe01ac55d37f127f0cf9308efd078991dd720000feec25d2e777bf2ae72c138d6da5ffff6dd5c581acc0ef2e573f\
    bb5bf43565b6c40167f9ddeab29f967fffade9f572e660af292fd5800000\
    ";

/// A lossy still whose alpha stands apart.
pub(crate) const ALPHA_WEBP: &str = "\
    52494646ba00000057454250565038580a000000100000002f00001f0000414c50482a000000112fa0a06d1b36d407a8\
    3b1111f9b607c31014a590420a299cc2f90b35fb8ee87f6ade38c129cee1fc3c565038206a0000001005009d012a3000\
    20003ead42994ba623a2a1baa800c0158966009d39c0fe01ac55d37f127f0cf9308efd078991dd720000feec25d2e777\
    bf2ae72c138d6da5ffff6dd5c581acc0ef2e573fbb5bf43565b6c40167f9ddeab29f967fffade9f572e660af292fd580\
    0000\
    ";

/// Lossy frames with alpha, which replace a part of each other.
pub(crate) const MOVING_WEBP: &str = "\
    524946467401000057454250565038580a000000120000001700000f0000414e494d06000000000000000000414e4d46\
    6c0000000000000000001700000f000046000002414c504818000000010f30ff1111422c98f84bb7338588fed7010010\
    0080c3005650382034000000d002009d012a180010003f1172b150ac26a4a2b0080180220940169d05b62000fee8d6d6\
    4ef4bfd7de50ec413ff40ca9419c0000414e4d46660000000000000000001700000f000046000002414c504819000000\
    010f30ff1111422c98f8d386b0338588fed70100100080c30000565038202c000000f002009d012a180010003f1174b4\
    512c26a522b008018022096700be482db10000fedf650357ff1191580000414e4d46660000000000000000001700000f\
    000046000002414c504818000000010f30ff1111422c98f84bb7338588fed701002000c05e00565038202e000000d002\
    009d012a180010003f1172b0502c26a4a2b0080180220940151e86787000fe96d36acabd5e8cad46de1c0000\
    ";
