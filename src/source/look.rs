//! What a source's first bytes tell: compression, encoding, and how its records stand.

use std::io::{Cursor, Read as _};

use crate::decode;
use crate::model::{Compression, Encoding, Shape};

use super::encoding::{detect, prefix_to_utf8};
use super::reader::inflate;

/// Bytes that are looked at.
pub(super) const PREFIX_BYTES: usize = 256 << 10;

/// How a source's bytes become text, and the text's shape.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) compression: Compression,
    pub(super) encoding: Encoding,
    pub(super) shape: Shape,
}

impl Look {
    /// Whether the file's bytes are its text, so that a record is read where it stands.
    pub(super) fn is_plain(self) -> bool {
        self.compression == Compression::None
            && matches!(self.encoding, Encoding::Utf8 | Encoding::Utf8Bom)
    }
}

/// Looks at the first bytes of a source; also gives the beginning of its text in UTF-8.
pub(super) fn look(raw: &[u8]) -> (Look, Vec<u8>) {
    let compression = compression(raw);
    let text = match compression {
        Compression::None => raw.to_vec(),
        Compression::Gzip | Compression::Zstd => inflated_prefix(raw, compression),
    };
    let encoding = detect(&text);
    let utf8 = prefix_to_utf8(&text, encoding);
    let look = Look {
        compression,
        encoding,
        shape: decode::sniff(&utf8),
    };
    (look, utf8)
}

/// Whether bytes are a picture, a program, an archive: not text at all. One NUL in a record is
/// damage, and no reason to refuse the others.
pub(super) fn is_binary(text: &[u8]) -> bool {
    let text = text.get(..4 << 10).unwrap_or(text);
    let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
    if matches!(first, Some(b'{' | b'[' | b'"')) {
        return false;
    }
    let control = |byte: &&u8| {
        byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)
    };
    text.iter().filter(control).count() * 20 > text.len()
}

/// Told by the first bytes, never by the name.
fn compression(raw: &[u8]) -> Compression {
    match raw {
        [0x1F, 0x8B, ..] => Compression::Gzip,
        // A skippable frame may stand before the first real one.
        [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Compression::Zstd,
        _ => Compression::None,
    }
}

/// As much as the prefix gives: it ends inside the compressed stream.
fn inflated_prefix(raw: &[u8], compression: Compression) -> Vec<u8> {
    let mut text = Vec::new();
    if let Ok(reader) = inflate(Box::new(Cursor::new(raw.to_vec())), compression) {
        let limit = u64::try_from(PREFIX_BYTES).unwrap_or(u64::MAX);
        // An error is the end of the prefix; a damaged stream is found when it is read.
        let _cut = reader.take(limit).read_to_end(&mut text);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_binary_and_damaged_json_is_not() {
        assert!(is_binary(
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\0\0\0\x02\0\x08\x06\0\0\0"
        ));
        assert!(!is_binary(b" {\"a\":\"\0\0\0\0\0\0\"}"));
        assert!(!is_binary("2026-11-20 动物世界 {}".as_bytes()));
        assert!(!is_binary(b""));
    }
}
