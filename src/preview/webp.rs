//! Whether the parts of a WebP file agree before its decoder sees them: that one makes room for
//! the size a part claims before it compares, and trusts the size of pixels beside their alpha.

use crate::model::PictureFault;

/// Refuses a file that ends early, and one whose parts are not as large as it says.
pub(super) fn check(bytes: &[u8]) -> Result<(), PictureFault> {
    let whole = bytes.get(4..8).and_then(le32).map(|size| size + 8);
    if whole.is_none_or(|size| size > bytes.len()) {
        return Err(PictureFault::Incomplete {
            bytes: bytes.len() as u64,
        });
    }
    let agree = sizes_agree(Chunks(bytes.get(12..).unwrap_or_default()));
    agree.then_some(()).ok_or_else(|| PictureFault::Damaged {
        why: "its parts are not as large as its header says".to_owned(),
    })
}

type Size = (usize, usize);

fn sizes_agree(mut chunks: Chunks<'_>) -> bool {
    let canvas = match chunks.next() {
        Some((name, data)) if &name == b"VP8X" => canvas(data),
        Some((name, data)) => return pixels(name, data).is_none_or(is_some_area),
        None => None,
    };
    let Some(canvas) = canvas else { return false };
    is_some_area(canvas)
        && chunks.all(|(name, data)| match &name {
            b"ANMF" => frame_agrees(data),
            _ => pixels(name, data).is_none_or(|size| size == canvas),
        })
}

fn is_some_area((width, height): Size) -> bool {
    width > 0 && height > 0
}

/// A frame says its size and then has pixels of that size, perhaps behind their alpha. What stands
/// there is decoded as pixels whatever it is called.
fn frame_agrees(data: &[u8]) -> bool {
    let size = data.get(6..12).and_then(two_sizes);
    let mut parts = Chunks(data.get(16..).unwrap_or_default());
    let part = match parts.next() {
        Some((name, _)) if &name == b"ALPH" => parts.next(),
        other => other,
    };
    let found = part.and_then(|(name, data)| pixels(name, data));
    found.is_some() && found == size
}

fn canvas(data: &[u8]) -> Option<Size> {
    two_sizes(data.get(4..10)?)
}

/// Width and height, each less one, in three bytes.
fn two_sizes(bytes: &[u8]) -> Option<Size> {
    let less_one = |bytes: &[u8; 3]| {
        let [low, middle, high] = *bytes;
        Some(le32(&[low, middle, high, 0])? + 1)
    };
    Some((
        less_one(bytes.first_chunk()?)?,
        less_one(bytes.last_chunk()?)?,
    ))
}

/// The size that a part with pixels claims; `None` when it is of another kind.
fn pixels(name: [u8; 4], data: &[u8]) -> Option<Size> {
    match &name {
        b"VP8 " => {
            let [a, b, c, d] = *data.get(6..10)?.first_chunk::<4>()?;
            Some((le32(&[a, b, 0, 0])? & 0x3fff, le32(&[c, d, 0, 0])? & 0x3fff))
        }
        b"VP8L" => {
            let bits = le32(data.get(1..5)?)?;
            // Each less one, in fourteen bits; the decoder takes the largest for none.
            Some(((bits + 1) & 0x3fff, ((bits >> 14) + 1) & 0x3fff))
        }
        _ => None,
    }
}

fn le32(bytes: &[u8]) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(*bytes.first_chunk()?)).ok()
}

/// Named parts one after another, each padded to an even length.
struct Chunks<'a>(&'a [u8]);

impl<'a> Iterator for Chunks<'a> {
    type Item = ([u8; 4], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let name = *self.0.first_chunk()?;
        let length = le32(self.0.get(4..8)?)?;
        let after = self.0.get(8..)?;
        let data = after.get(..length).unwrap_or(after);
        let rest = length.saturating_add(length % 2);
        self.0 = after.get(rest..).unwrap_or_default();
        Some((name, data))
    }
}
