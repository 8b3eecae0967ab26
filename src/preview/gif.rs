//! How large the frames of a GIF say they are. Its decoder refuses one that is too large and does
//! not tell its size, which need not be that of the file.

/// Of the flags: a table of colours follows.
const HAS_TABLE: u8 = 0x80;

/// Width and height of the largest frame; `None` when no frame is larger than the canvas, or the
/// bytes are no GIF.
pub(super) fn beyond_canvas(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = Bytes(bytes);
    rest.take(6).filter(|name| name.starts_with(b"GIF8"))?;
    let canvas = rest.size()?;
    let flags = rest.byte()?;
    rest.take(2)?;
    rest.skip_table(flags)?;
    let frames = std::iter::from_fn(|| rest.next_frame());
    let largest = frames.max_by_key(|size| area(*size))?;
    (area(largest) > area(canvas)).then_some(largest)
}

fn area((width, height): (u32, u32)) -> u64 {
    u64::from(width) * u64::from(height)
}

/// What was not read yet.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn size(&mut self) -> Option<(u32, u32)> {
        let mut side = || Some(u16::from_le_bytes(*self.take(2)?.first_chunk()?));
        Some((side()?.into(), side()?.into()))
    }

    fn skip_table(&mut self, flags: u8) -> Option<()> {
        if flags & HAS_TABLE != 0 {
            self.take(3 << ((flags & 7) + 1))?;
        }
        Some(())
    }

    /// Data comes in blocks, each behind its length; an empty one ends it.
    fn skip_blocks(&mut self) {
        while let Some(length @ 1..) = self.byte() {
            if self.take(length.into()).is_none() {
                return;
            }
        }
    }

    /// The size of the next frame, which is passed over.
    fn next_frame(&mut self) -> Option<(u32, u32)> {
        loop {
            match self.byte()? {
                b'!' => {
                    self.byte()?;
                    self.skip_blocks();
                }
                b',' => {
                    self.take(4)?;
                    let size = self.size()?;
                    let flags = self.byte()?;
                    self.skip_table(flags)?;
                    self.byte()?;
                    self.skip_blocks();
                    return Some(size);
                }
                _ => return None,
            }
        }
    }
}
