//! How events are compressed: each by itself, with a dictionary of what events have in common.

use std::io::{Error, Result};

use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe::CParameter;

use super::LONGEST_EVENT;

/// Text that events share. Archives depend on it: never change the file, add another one.
const DICTIONARY: &[u8] = include_bytes!("../../assets/archive/events-1.zdict");
const LEVEL: i32 = 3;

/// The number of this way of packing: zstd with [`DICTIONARY`] and a checksum.
pub(super) const PACKING: i64 = 1;

pub(super) struct Packer {
    compressor: Compressor<'static>,
    decompressor: Decompressor<'static>,
}

impl std::fmt::Debug for Packer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Packer").finish_non_exhaustive()
    }
}

impl Packer {
    pub(super) fn new() -> Result<Self> {
        let mut compressor = Compressor::with_dictionary(LEVEL, DICTIONARY)?;
        // SQLite has no checksums of its own: a damaged page must not pass for an event.
        compressor.set_parameter(CParameter::ChecksumFlag(true))?;
        Ok(Self {
            compressor,
            decompressor: Decompressor::with_dictionary(DICTIONARY)?,
        })
    }

    pub(super) fn pack(&mut self, bytes: &[u8]) -> Result<Vec<u8>> {
        self.compressor.compress(bytes)
    }

    /// The event's `len` bytes again; an error when they are damaged.
    pub(super) fn unpack(&mut self, packing: i64, packed: &[u8], len: usize) -> Result<Vec<u8>> {
        if packing != PACKING || len > LONGEST_EVENT {
            return Err(Error::other("packed in an unknown way"));
        }
        let unpacked = self.decompressor.decompress(packed, len)?;
        if unpacked.len() != len {
            return Err(Error::other("wrong length"));
        }
        Ok(unpacked)
    }
}

#[cfg(test)]
mod tests {
    use super::{PACKING, Packer};

    #[test]
    fn a_single_flipped_bit_is_noticed() {
        let mut packer = Packer::new().unwrap();
        let event = br#"{"EventType":"FileDeleted","FileDeleteEvent":{"FileIdSet":["1"]}}"#;
        let stored = packer.pack(event).unwrap();
        let unpacked = packer.unpack(PACKING, &stored, event.len());
        assert_eq!(unpacked.unwrap(), event);
        for bit in 0..stored.len() * 8 {
            let mut damaged = stored.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            let unpacked = packer.unpack(PACKING, &damaged, event.len());
            assert!(unpacked.is_err() || unpacked.unwrap() == event, "bit {bit}");
        }
    }
}
