//! Passes over sound values quickly, checking all of them; where one is not sound it only says so,
//! and the scanner looks again, step by step, to say why.

/// Values nested deeper than this are not for here.
pub(crate) const FAST_DEPTH: u32 = 63;

/// Where the value at `from` ends; `None` when it is no JSON, or nested too deep for a quick look.
pub(crate) fn fast_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    // One bit for each open container, the innermost lowest: set for an object.
    let mut kinds: u64 = 0;
    let mut depth = 0;
    loop {
        at = past_blanks(bytes, at);
        let byte = *bytes.get(at)?;
        at = match byte {
            b'"' => string_end(bytes, at + 1)?,
            b'{' | b'[' => {
                depth += 1;
                if depth > FAST_DEPTH {
                    return None;
                }
                kinds = kinds << 1 | u64::from(byte == b'{');
                let inside = past_blanks(bytes, at + 1);
                match (byte, *bytes.get(inside)?) {
                    (b'{', b'}') | (b'[', b']') => inside,
                    (b'{', _) => {
                        at = name_end(bytes, inside)?;
                        continue;
                    }
                    _ => {
                        at = inside;
                        continue;
                    }
                }
            }
            b'n' => literal_end(bytes, at, *b"null")?,
            b't' => literal_end(bytes, at, *b"true")?,
            b'f' => literal_end(bytes, at + 1, *b"alse")?,
            _ => number_end(bytes, at)?,
        };
        loop {
            if depth == 0 {
                return Some(at);
            }
            at = past_blanks(bytes, at);
            match (*bytes.get(at)?, kinds & 1) {
                (b',', 1) => {
                    at = name_end(bytes, past_blanks(bytes, at + 1))?;
                    break;
                }
                (b',', _) => {
                    at += 1;
                    break;
                }
                (b'}', 1) | (b']', 0) => {
                    depth -= 1;
                    kinds >>= 1;
                    at += 1;
                }
                _ => return None,
            }
        }
    }
}

#[inline]
pub(crate) fn past_blanks(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(at) {
        at += 1;
    }
    at
}

/// Behind the colon of the member name at `at`.
#[inline]
fn name_end(bytes: &[u8], at: usize) -> Option<usize> {
    if *bytes.get(at)? != b'"' {
        return None;
    }
    let colon = past_blanks(bytes, string_end(bytes, at + 1)?);
    (*bytes.get(colon)? == b':').then_some(colon + 1)
}

/// Behind the closing quote of the string whose content begins at `from`.
#[inline]
fn string_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at = plain_end(bytes, at);
        match *bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at = escape_end(bytes, at + 1)?,
            _ => return None,
        }
    }
}

fn escape_end(bytes: &[u8], at: usize) -> Option<usize> {
    match *bytes.get(at)? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(at + 1),
        b'u' => {
            let digits = bytes.get(at + 1..at + 5)?;
            digits.iter().all(u8::is_ascii_hexdigit).then_some(at + 5)
        }
        _ => None,
    }
}

#[inline]
pub(crate) fn literal_end(bytes: &[u8], at: usize, literal: [u8; 4]) -> Option<usize> {
    (*bytes.get(at..)?.first_chunk::<4>()? == literal).then_some(at + 4)
}

#[inline]
fn number_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from + usize::from(bytes.get(from) == Some(&b'-'));
    at = match bytes.get(at) {
        Some(b'0') => at + 1,
        _ => digits_end(bytes, at)?,
    };
    if bytes.get(at) == Some(&b'.') {
        at = digits_end(bytes, at + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        at += 1;
        at += usize::from(matches!(bytes.get(at), Some(b'+' | b'-')));
        at = digits_end(bytes, at)?;
    }
    Some(at)
}

#[inline]
fn digits_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    (at > from).then_some(at)
}

/// The first byte at or after `from` that is not plain string content:
/// a quote, a backslash, a control character, or the end.
#[inline]
pub(crate) fn plain_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let special = special_bytes(u64::from_le_bytes(*chunk));
        if special != 0 {
            return at + usize::try_from(special.trailing_zeros() / 8).unwrap_or(0);
        }
        at += 8;
    }
    let tail = bytes.get(at..).unwrap_or_default();
    at + tail
        .iter()
        .position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20))
        .unwrap_or(tail.len())
}

/// The top bit of each byte that is a quote, a backslash or a control character. Borrows can set
/// bits above the first true one only, so the lowest set bit is exact.
#[inline]
fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = 0x8080_8080_8080_8080;
    let quote = word ^ (ONES * 0x22);
    let backslash = word ^ (ONES * 0x5c);
    let quotes = quote.wrapping_sub(ONES) & !quote;
    let backslashes = backslash.wrapping_sub(ONES) & !backslash;
    let controls = word.wrapping_sub(ONES * 0x20) & !word;
    (quotes | backslashes | controls) & TOPS
}
