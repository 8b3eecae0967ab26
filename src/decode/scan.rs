//! A strict pull scanner for JSON text: it checks everything it passes over and says exactly
//! where the text stops being JSON. It builds nothing and knows no event.
//!
//! One value is read at a time. Containers are walked by their own calls:
//! ```ignore
//! let mut scanner = Scanner::new(text);
//! scanner.enter_object()?;
//! while let Some(name) = scanner.next_member()? {
//!     if name.is("TaskId") { id = scanner.string()?.unescape(); } else { scanner.skip_value()?; }
//! }
//! scanner.finish()?;
//! ```
//! After each member name and each `true` of [`Scanner::next_item`] exactly one value must be
//! read, skipped, or entered. Nothing here recurses: depth is a counter with a bit for each level.

mod escape;
mod fault;
mod pass;
mod plain;
mod raw;
mod skip;

pub(crate) use escape::unescape;
pub(crate) use fault::{Fault, ScanError, expected};
use plain::plain_end;
pub(crate) use raw::{Kind, RawString};
use skip::{FAST_DEPTH, container_end, number_end, past_blanks, scalar_end};

/// Deeper nesting than this is refused.
pub(crate) const DEPTH_LIMIT: u32 = 1024;
const STACK_WORDS: usize = 16;

type Result<T> = std::result::Result<T, ScanError>;

/// The scanner: a place in a text, and the containers around that place.
#[derive(Clone, Debug)]
pub(crate) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
    /// A bit for each level: set for an object, clear for an array.
    stack: [u64; STACK_WORDS],
    /// Just entered a container: no comma is due.
    fresh: bool,
}

impl<'a> Scanner<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
            stack: [0; STACK_WORDS],
            fresh: false,
        }
    }

    /// A scanner that begins inside the text: offsets still count from the text's start.
    pub(crate) fn starting_at(text: &'a str, at: usize) -> Self {
        Self {
            at,
            ..Self::new(text)
        }
    }

    /// The byte offset of what comes next (before white space is passed).
    pub(crate) fn offset(&self) -> usize {
        self.at
    }

    /// How many containers are open.
    pub(crate) fn depth(&self) -> u32 {
        self.depth
    }

    /// What value comes next; the place moves past white space only.
    #[inline]
    pub(crate) fn peek(&mut self) -> Result<Kind> {
        match self.next_byte() {
            Some(b'"') => Ok(Kind::String),
            Some(b'{') => Ok(Kind::Object),
            Some(b'[') => Ok(Kind::Array),
            Some(b'-' | b'0'..=b'9') => Ok(Kind::Number),
            Some(b't') => Ok(Kind::True),
            Some(b'f') => Ok(Kind::False),
            Some(b'n') => Ok(Kind::Null),
            _ => Err(self.unexpected(expected::VALUE)),
        }
    }

    /// Enters the object that comes next.
    #[inline]
    pub(crate) fn enter_object(&mut self) -> Result<()> {
        self.enter(b'{', true)
    }

    /// Enters the array that comes next.
    #[inline]
    pub(crate) fn enter_array(&mut self) -> Result<()> {
        self.enter(b'[', false)
    }

    /// The next member's name, with its colon passed; `None` when the object has ended (and is left).
    #[inline]
    pub(crate) fn next_member(&mut self) -> Result<Option<RawString<'a>>> {
        let bytes = self.text.as_bytes();
        let mut at = past_blanks(bytes, self.at);
        if !self.fresh && bytes.get(at) == Some(&b',') {
            at = past_blanks(bytes, at + 1);
        } else if !self.fresh {
            return self.next_member_exactly();
        }
        if bytes.get(at) == Some(&b'"') {
            let end = plain_end(bytes, at + 1);
            let colon = past_blanks(bytes, end + 1);
            if bytes.get(end) == Some(&b'"') && bytes.get(colon) == Some(&b':') {
                self.at = colon + 1;
                return Ok(Some(RawString {
                    raw: self.text.get(at + 1..end).unwrap_or_default(),
                    has_escapes: false,
                }));
            }
        }
        self.next_member_exactly()
    }

    /// Names with escapes, the end of the object, and everything that is wrong.
    fn next_member_exactly(&mut self) -> Result<Option<RawString<'a>>> {
        match self.next_byte() {
            Some(b'}') => {
                self.leave();
                return Ok(None);
            }
            Some(b',') if !self.fresh => {
                self.at += 1;
                if self.next_byte() != Some(b'"') {
                    return Err(self.unexpected(expected::NAME));
                }
            }
            Some(b'"') if self.fresh => {}
            _ if self.fresh => return Err(self.unexpected(expected::NAME)),
            _ => return Err(self.unexpected(expected::COMMA_OR_BRACE)),
        }
        let name = self.string()?;
        if self.next_byte() != Some(b':') {
            return Err(self.unexpected(expected::COLON));
        }
        self.at += 1;
        Ok(Some(name))
    }

    /// Whether the array has another item; when not, the array is left.
    #[inline]
    pub(crate) fn next_item(&mut self) -> Result<bool> {
        match self.next_byte() {
            Some(b']') => {
                self.leave();
                Ok(false)
            }
            Some(b',') if !self.fresh => {
                self.at += 1;
                Ok(true)
            }
            Some(_) if self.fresh => Ok(true),
            _ => Err(self.unexpected(expected::COMMA_OR_BRACKET)),
        }
    }

    /// The string that comes next.
    #[inline]
    pub(crate) fn string(&mut self) -> Result<RawString<'a>> {
        let bytes = self.text.as_bytes();
        let open = past_blanks(bytes, self.at);
        if bytes.get(open) == Some(&b'"') {
            let end = plain_end(bytes, open + 1);
            if bytes.get(end) == Some(&b'"') {
                self.at = end + 1;
                self.fresh = false;
                return Ok(RawString {
                    raw: self.text.get(open + 1..end).unwrap_or_default(),
                    has_escapes: false,
                });
            }
        }
        self.string_exactly()
    }

    /// Strings with escapes, and everything that is wrong.
    fn string_exactly(&mut self) -> Result<RawString<'a>> {
        if self.next_byte() != Some(b'"') {
            return Err(self.unexpected(expected::VALUE));
        }
        let start = self.at + 1;
        let has_escapes = self.pass_string(start)?;
        let raw = self.text.get(start..self.at - 1).unwrap_or_default();
        self.fresh = false;
        Ok(RawString { raw, has_escapes })
    }

    /// The number that comes next, as it is written.
    pub(crate) fn number(&mut self) -> Result<&'a str> {
        let bytes = self.text.as_bytes();
        let start = past_blanks(bytes, self.at);
        match number_end(bytes, start) {
            Some(end) => self.at = end,
            None => self.number_exactly()?,
        }
        self.fresh = false;
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    /// Numbers that are wrong.
    fn number_exactly(&mut self) -> Result<()> {
        self.peek()?;
        self.pass_number()
    }

    /// Passes over the value that comes next, checking all of it.
    #[inline]
    pub(crate) fn skip_value(&mut self) -> Result<()> {
        let bytes = self.text.as_bytes();
        let at = past_blanks(bytes, self.at);
        let end = match bytes.get(at) {
            Some(b'{' | b'[') if self.depth + FAST_DEPTH > DEPTH_LIMIT => None,
            Some(b'{' | b'[') => container_end(bytes, at),
            _ => scalar_end(bytes, at),
        };
        let Some(end) = end else {
            return self.skip_exactly();
        };
        self.at = end;
        self.fresh = false;
        Ok(())
    }

    /// Nothing but white space may follow.
    pub(crate) fn finish(&mut self) -> Result<()> {
        match self.next_byte() {
            None => Ok(()),
            Some(_) => Err(self.unexpected(expected::END)),
        }
    }

    #[inline]
    fn enter(&mut self, open: u8, object: bool) -> Result<()> {
        if self.next_byte() != Some(open) {
            return Err(self.unexpected(expected::VALUE));
        }
        if self.depth >= DEPTH_LIMIT {
            return Err(self.fault(Fault::TooDeep));
        }
        let (word, bit) = place(self.depth);
        if let Some(word) = self.stack.get_mut(word) {
            *word = (*word & !bit) | if object { bit } else { 0 };
        }
        self.at += 1;
        self.depth += 1;
        self.fresh = true;
        Ok(())
    }

    #[inline]
    fn leave(&mut self) {
        self.at += 1;
        self.depth = self.depth.saturating_sub(1);
        self.fresh = false;
    }

    #[inline]
    fn in_object(&self) -> bool {
        let (word, bit) = place(self.depth.saturating_sub(1));
        self.stack.get(word).is_some_and(|word| word & bit != 0)
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is not white space; the place moves to it.
    #[inline]
    fn next_byte(&mut self) -> Option<u8> {
        loop {
            let byte = self.byte()?;
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
    }
}

/// The word and the bit of a level in the stack.
#[inline]
fn place(level: u32) -> (usize, u64) {
    (usize::try_from(level / 64).unwrap_or(0), 1 << (level % 64))
}

#[cfg(test)]
mod tests;
