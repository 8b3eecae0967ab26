//! Where a document's text stands in its source, also when it was unwrapped before it was read.

use std::ops::Range;

use super::envelope::Context;
use super::spelling::{Layer, deeper, layers};
use crate::model::Wrapping;

/// Where a document's text stands in its source.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place<'p> {
    pub(crate) offset: u64,
    pub(crate) line: u32,
    pub(crate) wrapping: Wrapping,
    /// The texts that each layer was taken off, the outermost first.
    raws: [&'p str; 2],
    pub(crate) context: Context,
    /// How many wrappings it was taken out of.
    pub(crate) wraps: u8,
}

impl<'p> Place<'p> {
    pub(crate) fn at(offset: u64, line: u32) -> Self {
        Self {
            offset,
            line,
            ..Self::default()
        }
    }

    pub(crate) fn within(self, context: Context) -> Self {
        Self { context, ..self }
    }

    /// The place of what `raw`, the text at this place, means in one more layer; `None` when
    /// that is one too many.
    pub(crate) fn spelled_in(self, layer: Layer, raw: &'p str) -> Option<Self> {
        let mut raws = self.raws;
        *raws.get_mut(layers(self.wrapping).len())? = raw;
        Some(Self {
            wrapping: deeper(self.wrapping, layer)?,
            raws,
            ..self
        })
    }

    /// Whether lines can be counted in the text: they are the source's.
    pub(crate) fn has_lines(&self) -> bool {
        matches!(self.wrapping, Wrapping::Plain | Wrapping::Doubled)
    }

    /// A part of the document in the source: where it starts and how long it is there.
    pub(crate) fn locate(&self, part: &Range<usize>) -> (u64, usize) {
        let mut found = part.clone();
        for (layer, raw) in layers(self.wrapping).iter().zip(&self.raws).rev() {
            found = layer.locate(raw, &found);
        }
        (self.offset + long(found.start), found.len())
    }

    /// The place of a part of the document that is a document itself.
    pub(crate) fn deeper(self, text: &str, part: &Range<usize>) -> Self {
        let (offset, _) = self.locate(part);
        let mut raws = self.raws;
        let mut found = part.clone();
        for (layer, raw) in layers(self.wrapping).iter().zip(&mut raws).rev() {
            found = layer.locate(raw, &found);
            *raw = raw.get(found.clone()).unwrap_or_default();
        }
        let lines = if self.has_lines() {
            newlines(text.as_bytes().get(..part.start).unwrap_or_default())
        } else {
            0
        };
        Self {
            offset,
            line: self.line.saturating_add(lines),
            raws,
            wrapping: self.wrapping,
            context: Context::None,
            wraps: self.wraps + 1,
        }
    }
}

/// Line feeds in the bytes.
pub(crate) fn newlines(bytes: &[u8]) -> u32 {
    u32::try_from(memchr::memchr_iter(b'\n', bytes).count()).unwrap_or(u32::MAX)
}

pub(crate) fn long(value: usize) -> u64 {
    u64::try_from(value).unwrap_or(u64::MAX)
}
