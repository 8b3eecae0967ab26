//! Which encoding a text is in, and turning it into UTF-8 as it is read.

use std::io::{Read, Result};

use encoding_rs::{CoderResult, Decoder, DecoderResult, GB18030, UTF_16BE, UTF_16LE};

use crate::model::Encoding;

/// The UTF-8 byte order mark: kept in the text, so that offsets are those of the file.
pub(super) const BOM: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// Tells from a text's first bytes, which may end inside a character.
pub(super) fn detect(prefix: &[u8]) -> Encoding {
    if prefix.starts_with(&BOM) {
        Encoding::Utf8Bom
    } else if prefix.starts_with(&[0xFF, 0xFE]) {
        Encoding::Utf16Le
    } else if prefix.starts_with(&[0xFE, 0xFF]) {
        Encoding::Utf16Be
    } else if is_gb18030(prefix) {
        Encoding::Gb18030
    } else {
        Encoding::Utf8
    }
}

/// GB18030 accepts most pairs of bytes, so a few damaged bytes in a UTF-8 text would pass for it.
/// Chinese text has both bytes of most pairs above ASCII and hardly ever looks like UTF-8.
fn is_gb18030(prefix: &[u8]) -> bool {
    if is_utf8_so_far(prefix) {
        return false;
    }
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length(prefix.len()).unwrap_or(0);
    let mut text = vec![0; room];
    let (result, _, written) = decoder.decode_to_utf8_without_replacement(prefix, &mut text, false);
    let wide = characters_beyond_ascii(text.get(..written).unwrap_or_default());
    let pairs = high_pairs(prefix);
    result == DecoderResult::InputEmpty
        && pairs >= 2
        && pairs * 2 >= wide
        && utf8_triples(prefix) * 4 < pairs
}

fn is_utf8_so_far(prefix: &[u8]) -> bool {
    match std::str::from_utf8(prefix) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    }
}

fn characters_beyond_ascii(utf8: &[u8]) -> usize {
    utf8.iter().filter(|&&byte| byte >= 0xC0).count()
}

/// Pairs of bytes above ASCII, taken one after another.
fn high_pairs(bytes: &[u8]) -> usize {
    bytes
        .chunk_by(|a, b| (*a >= 0x80) == (*b >= 0x80))
        .filter(|run| run.first().is_some_and(|&byte| byte >= 0x80))
        .map(|run| run.len() / 2)
        .sum()
}

/// Chinese characters if the bytes were UTF-8.
fn utf8_triples(bytes: &[u8]) -> usize {
    let chunks = bytes.utf8_chunks();
    let wide = |text: &str| text.chars().filter(|c| c.len_utf8() == 3).count();
    chunks.map(|chunk| wide(chunk.valid())).sum()
}

/// A text prefix as UTF-8, for looking at it.
pub(super) fn prefix_to_utf8(prefix: &[u8], encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf8 => prefix.to_vec(),
        Encoding::Utf8Bom => prefix.get(BOM.len()..).unwrap_or_default().to_vec(),
        Encoding::Utf16Le => UTF_16LE
            .decode_with_bom_removal(prefix)
            .0
            .into_owned()
            .into(),
        Encoding::Utf16Be => UTF_16BE
            .decode_with_bom_removal(prefix)
            .0
            .into_owned()
            .into(),
        Encoding::Gb18030 => GB18030
            .decode_without_bom_handling(prefix)
            .0
            .into_owned()
            .into(),
    }
}

/// `reader`'s text as UTF-8. UTF-8 passes through untouched: its damaged bytes are problems of
/// their records.
pub(super) fn to_utf8(reader: Box<dyn Read + Send>, encoding: Encoding) -> Box<dyn Read + Send> {
    let decoder = match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom => return reader,
        Encoding::Utf16Le => UTF_16LE.new_decoder_with_bom_removal(),
        Encoding::Utf16Be => UTF_16BE.new_decoder_with_bom_removal(),
        Encoding::Gb18030 => GB18030.new_decoder_without_bom_handling(),
    };
    Box::new(Transcoder::new(reader, decoder))
}

/// Reads another encoding and gives UTF-8; what cannot be decoded becomes U+FFFD.
struct Transcoder {
    reader: Box<dyn Read + Send>,
    decoder: Decoder,
    raw: Vec<u8>,
    raw_start: usize,
    raw_end: usize,
    ended: bool,
    text: Vec<u8>,
    text_start: usize,
}

const RAW_BYTES: usize = 64 << 10;

impl Transcoder {
    fn new(reader: Box<dyn Read + Send>, decoder: Decoder) -> Self {
        Self {
            reader,
            decoder,
            raw: vec![0; RAW_BYTES],
            raw_start: 0,
            raw_end: 0,
            ended: false,
            text: Vec::new(),
            text_start: 0,
        }
    }

    /// Decodes the next piece into an emptied `text`; false at the end.
    fn refill(&mut self) -> Result<bool> {
        self.text_start = 0;
        self.text.clear();
        while self.text.is_empty() {
            if self.raw_start == self.raw_end {
                if self.ended {
                    return Ok(false);
                }
                self.raw_start = 0;
                self.raw_end = self.reader.read(&mut self.raw)?;
                self.ended = self.raw_end == 0;
            }
            self.decode();
        }
        Ok(true)
    }

    fn decode(&mut self) {
        let raw = self
            .raw
            .get(self.raw_start..self.raw_end)
            .unwrap_or_default();
        self.text.resize(RAW_BYTES * 3, 0);
        let (result, read, written, _) =
            self.decoder.decode_to_utf8(raw, &mut self.text, self.ended);
        self.text.truncate(written);
        self.raw_start += read;
        debug_assert!(result == CoderResult::InputEmpty || written > 0);
    }
}

impl Read for Transcoder {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        if self.text_start == self.text.len() && !self.refill()? {
            return Ok(0);
        }
        let ready = self.text.get(self.text_start..).unwrap_or_default();
        let count = ready.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), ready.get(..count)) {
            to.copy_from_slice(from);
        }
        self.text_start += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn gb(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    #[test]
    fn chinese_text_is_told_from_damaged_utf8() {
        let record = r#"{"FileName":"动物世界第一集.mp4"}"#;
        assert_eq!(detect(record.as_bytes()), Encoding::Utf8);
        assert_eq!(detect(&gb(record)), Encoding::Gb18030);
        let mut damaged = record.repeat(20).into_bytes();
        damaged.extend_from_slice(b"{\"FileName\":\"\xc3a\"}");
        assert_eq!(detect(&damaged), Encoding::Utf8);
        assert_eq!(detect(b"{\"FileName\":\"\xc3a\"}"), Encoding::Utf8);
        assert_eq!(detect(b"{\"FileName\":\"\xff\xfe\"}"), Encoding::Utf8);
    }

    #[test]
    fn a_prefix_may_end_inside_a_character() {
        let text = r#"{"FileName":"动物世界"#;
        let utf8 = text.as_bytes();
        assert_eq!(detect(&utf8[..utf8.len() - 1]), Encoding::Utf8);
        let gb = gb(text);
        assert_eq!(detect(&gb[..gb.len() - 1]), Encoding::Gb18030);
    }

    #[test]
    fn long_texts_are_transcoded_whole() {
        let text = "动物世界 animal\n".repeat(30_000);
        let mut reader = to_utf8(Box::new(Cursor::new(gb(&text))), Encoding::Gb18030);
        let mut decoded = String::new();
        reader.read_to_string(&mut decoded).unwrap();
        assert_eq!(decoded, text);
    }

    #[test]
    fn utf16_loses_its_byte_order_mark() {
        let mut bytes = vec![0xFF, 0xFE];
        bytes.extend("{\"a\":\"😀\"}".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(detect(&bytes), Encoding::Utf16Le);
        let mut decoded = String::new();
        let mut reader = to_utf8(Box::new(Cursor::new(bytes)), Encoding::Utf16Le);
        reader.read_to_string(&mut decoded).unwrap();
        assert_eq!(decoded, "{\"a\":\"😀\"}");
    }
}
