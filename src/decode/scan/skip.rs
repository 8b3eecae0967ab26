//! Passes over sound values quickly, checking all of them; where one is not sound it only says so,
//! and the scanner looks again, step by step, to say why.

use super::plain::plain_end;

/// Values nested deeper than this are not for here.
pub(crate) const FAST_DEPTH: u32 = 63;

/// Where the object or array at `from` ends; `None` when it is no JSON, or nested too deep for a
/// quick look.
pub(crate) fn container_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    // One bit for each open container, the innermost lowest: set for an object.
    let mut kinds: u64 = 0;
    let mut depth = 0;
    loop {
        at = past_blanks(bytes, at);
        let byte = *bytes.get(at)?;
        if let b'{' | b'[' = byte {
            depth += 1;
            if depth > FAST_DEPTH {
                return None;
            }
            kinds = kinds << 1 | u64::from(byte == b'{');
            at = past_blanks(bytes, at + 1);
            // In ASCII a bracket's closing one stands two places behind it.
            if *bytes.get(at)? != byte + 2 {
                if byte == b'{' {
                    at = name_end(bytes, at)?;
                }
                continue;
            }
        } else {
            at = scalar_end(bytes, at)?;
        }
        loop {
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
            if depth == 0 {
                return Some(at);
            }
        }
    }
}

/// Where the string, number or literal at `at` ends; `None` when it is none.
#[inline]
pub(crate) fn scalar_end(bytes: &[u8], at: usize) -> Option<usize> {
    match *bytes.get(at)? {
        b'"' => string_end(bytes, at + 1),
        b'n' => literal_end(bytes, at, *b"null"),
        b't' => literal_end(bytes, at, *b"true"),
        b'f' => literal_end(bytes, at + 1, *b"alse"),
        _ => number_end(bytes, at),
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
fn literal_end(bytes: &[u8], at: usize, literal: [u8; 4]) -> Option<usize> {
    (*bytes.get(at..)?.first_chunk::<4>()? == literal).then_some(at + 4)
}

/// Where the number at `from` ends; `None` when it is none.
#[inline]
pub(crate) fn number_end(bytes: &[u8], from: usize) -> Option<usize> {
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
