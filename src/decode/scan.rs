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

use std::borrow::Cow;

mod escape;
mod skip;

pub(crate) use escape::unescape;
use skip::{FAST_DEPTH, fast_end, literal_end, past_blanks, plain_end};

/// Deeper nesting than this is refused.
pub(crate) const DEPTH_LIMIT: u32 = 1024;
const STACK_WORDS: usize = 16;

/// What kind of value comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Object,
    Array,
    String,
    Number,
    True,
    False,
    Null,
}

/// Where the text stops being JSON, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ScanError {
    /// Byte offset in the scanned text.
    pub(crate) offset: usize,
    pub(crate) fault: Fault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Something else stands where this was expected; one of the words in [`expected`].
    Expected(&'static str),
    /// The text ends inside a `string`, `number`, `object`, `array` or `value` (a literal, or nothing).
    CutOff { inside: &'static str },
    /// Nested deeper than [`DEPTH_LIMIT`].
    TooDeep,
}

/// The closed vocabulary of what can be expected, for whoever words it.
pub(crate) mod expected {
    pub(crate) const VALUE: &str = "a value";
    pub(crate) const NAME: &str = "a member name";
    pub(crate) const COLON: &str = "':'";
    pub(crate) const COMMA_OR_BRACE: &str = "',' or '}'";
    pub(crate) const COMMA_OR_BRACKET: &str = "',' or ']'";
    pub(crate) const DIGIT: &str = "a digit";
    pub(crate) const ESCAPE: &str = "an escape";
    pub(crate) const NO_CONTROL: &str = "no control character in a string";
    pub(crate) const END: &str = "the end";
}

type Result<T> = std::result::Result<T, ScanError>;

/// A string as it stands between its quotes, already checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawString<'a> {
    /// The text between the quotes.
    pub(crate) raw: &'a str,
    /// Whether the text has escapes.
    pub(crate) has_escapes: bool,
}

impl<'a> RawString<'a> {
    /// The string meant; lone surrogates become U+FFFD.
    pub(crate) fn unescape(self) -> Cow<'a, str> {
        if self.has_escapes {
            Cow::Owned(unescape(self.raw))
        } else {
            Cow::Borrowed(self.raw)
        }
    }

    /// Whether it means `text`, however it is spelled.
    pub(crate) fn is(self, text: &str) -> bool {
        if self.has_escapes {
            unescape(self.raw) == text
        } else {
            self.raw == text
        }
    }
}

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
        self.peek()?;
        let start = self.at;
        self.pass_number()?;
        self.fresh = false;
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    /// Passes over the value that comes next, checking all of it.
    #[inline]
    pub(crate) fn skip_value(&mut self) -> Result<()> {
        let bytes = self.text.as_bytes();
        let at = past_blanks(bytes, self.at);
        if bytes.get(at) == Some(&b'n')
            && let Some(end) = literal_end(bytes, at, *b"null")
        {
            self.at = end;
            self.fresh = false;
            return Ok(());
        }
        let has_room = self.depth + FAST_DEPTH <= DEPTH_LIMIT;
        if has_room && let Some(end) = fast_end(bytes, at) {
            self.at = end;
            self.fresh = false;
            return Ok(());
        }
        self.skip_exactly()
    }

    /// Like [`Scanner::skip_value`], step by step: knows where and why it stops.
    fn skip_exactly(&mut self) -> Result<()> {
        let outside = self.depth;
        self.step()?;
        while self.depth > outside {
            let more = if self.in_object() {
                self.next_member()?.is_some()
            } else {
                self.next_item()?
            };
            if more {
                self.step()?;
            }
        }
        Ok(())
    }

    /// Nothing but white space may follow.
    pub(crate) fn finish(&mut self) -> Result<()> {
        match self.next_byte() {
            None => Ok(()),
            Some(_) => Err(self.unexpected(expected::END)),
        }
    }

    /// Enters a container or passes a scalar.
    #[inline]
    fn step(&mut self) -> Result<()> {
        match self.next_byte() {
            Some(b'"') => {
                self.pass_string(self.at + 1)?;
            }
            Some(b'{') => return self.enter(b'{', true),
            Some(b'[') => return self.enter(b'[', false),
            Some(b'-' | b'0'..=b'9') => self.pass_number()?,
            Some(b't') => self.pass_literal(b"true")?,
            Some(b'f') => self.pass_literal(b"false")?,
            Some(b'n') => self.pass_literal(b"null")?,
            _ => return Err(self.unexpected(expected::VALUE)),
        }
        self.fresh = false;
        Ok(())
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

    /// Moves behind the closing quote; says whether there were escapes.
    #[inline]
    fn pass_string(&mut self, start: usize) -> Result<bool> {
        let bytes = self.text.as_bytes();
        let mut has_escapes = false;
        self.at = start;
        loop {
            self.at = plain_end(bytes, self.at);
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(has_escapes);
                }
                Some(b'\\') => {
                    has_escapes = true;
                    self.pass_escape()?;
                }
                Some(_) => return Err(self.fault(Fault::Expected(expected::NO_CONTROL))),
                None => return Err(self.cut_off("string")),
            }
        }
    }

    fn pass_escape(&mut self) -> Result<()> {
        self.at += 1;
        match self.byte() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
            Some(b'u') => {
                self.at += 1;
                for _ in 0..4 {
                    match self.byte() {
                        Some(byte) if byte.is_ascii_hexdigit() => self.at += 1,
                        Some(_) => return Err(self.fault(Fault::Expected(expected::ESCAPE))),
                        None => return Err(self.cut_off("string")),
                    }
                }
            }
            Some(_) => return Err(self.fault(Fault::Expected(expected::ESCAPE))),
            None => return Err(self.cut_off("string")),
        }
        Ok(())
    }

    #[inline]
    fn pass_number(&mut self) -> Result<()> {
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        if self.byte() == Some(b'0') {
            self.at += 1;
        } else {
            self.pass_digits()?;
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.pass_digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.byte() {
                self.at += 1;
            }
            self.pass_digits()?;
        }
        Ok(())
    }

    #[inline]
    fn pass_digits(&mut self) -> Result<()> {
        let start = self.at;
        while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at > start {
            return Ok(());
        }
        match self.byte() {
            Some(_) => Err(self.fault(Fault::Expected(expected::DIGIT))),
            None => Err(self.cut_off("number")),
        }
    }

    #[inline]
    fn pass_literal(&mut self, literal: &[u8]) -> Result<()> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if rest.starts_with(literal) {
            self.at += literal.len();
            Ok(())
        } else if literal.starts_with(rest) {
            self.at += rest.len();
            Err(self.cut_off("value"))
        } else {
            Err(self.fault(Fault::Expected(expected::VALUE)))
        }
    }

    #[cold]
    fn unexpected(&self, wanted: &'static str) -> ScanError {
        if self.byte().is_some() {
            return self.fault(Fault::Expected(wanted));
        }
        self.cut_off(match (self.depth, self.in_object()) {
            (0, _) => "value",
            (_, true) => "object",
            (_, false) => "array",
        })
    }

    #[cold]
    fn cut_off(&self, inside: &'static str) -> ScanError {
        self.fault(Fault::CutOff { inside })
    }

    #[cold]
    fn fault(&self, fault: Fault) -> ScanError {
        ScanError {
            offset: self.at,
            fault,
        }
    }
}

/// The word and the bit of a level in the stack.
#[inline]
fn place(level: u32) -> (usize, u64) {
    (usize::try_from(level / 64).unwrap_or(0), 1 << (level % 64))
}

#[cfg(test)]
mod tests {
    use super::{DEPTH_LIMIT, Fault, Kind, ScanError, Scanner, expected};

    fn check(text: &str) -> Result<(), ScanError> {
        let mut scanner = Scanner::new(text);
        scanner.skip_value()?;
        scanner.finish()
    }

    fn fault(text: &str) -> (usize, Fault) {
        let error = check(text).unwrap_err();
        (error.offset, error.fault)
    }

    #[test]
    fn valid_json_passes() {
        for text in [
            "{}",
            " [ ] ",
            "0",
            "-1.5e+10",
            "\"\\u00e9\\n\\\"\"",
            "[true,false,null,{\"a\":[1,{}],\"b\":\"动物世界\"}]",
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn faults_name_their_exact_place() {
        let want = |offset, words| (offset, Fault::Expected(words));
        assert_eq!(fault("{\"a\" 1}"), want(5, expected::COLON));
        assert_eq!(
            fault("{\"a\":1 \"b\":2}"),
            want(7, expected::COMMA_OR_BRACE)
        );
        assert_eq!(fault("{\"a\":1,}"), want(7, expected::NAME));
        assert_eq!(fault("[1,]"), want(3, expected::VALUE));
        assert_eq!(fault("[1}"), want(2, expected::COMMA_OR_BRACKET));
        assert_eq!(fault("[,1]"), want(1, expected::VALUE));
        assert_eq!(fault("012"), want(1, expected::END));
        assert_eq!(fault("1.x"), want(2, expected::DIGIT));
        assert_eq!(fault("nul1"), want(0, expected::VALUE));
        assert_eq!(fault("\"a\\x\""), want(3, expected::ESCAPE));
        assert_eq!(fault("\"a\nb\""), want(2, expected::NO_CONTROL));
        assert_eq!(fault("\"\u{0}\""), want(1, expected::NO_CONTROL));
    }

    #[test]
    fn cut_off_text_names_what_it_stopped_in() {
        let cut = |offset, inside| (offset, Fault::CutOff { inside });
        assert_eq!(fault("{\"a\":\"b"), cut(7, "string"));
        assert_eq!(fault("{\"a\":"), cut(5, "object"));
        assert_eq!(fault("[1,2"), cut(4, "array"));
        assert_eq!(fault("[{}, -"), cut(6, "number"));
        assert_eq!(fault("tru"), cut(3, "value"));
        assert_eq!(fault(""), cut(0, "value"));
        assert_eq!(fault("\"\\u12"), cut(5, "string"));
    }

    #[test]
    fn depth_is_limited_without_recursion() {
        let limit = usize::try_from(DEPTH_LIMIT).unwrap();
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(check(&nested(limit)), Ok(()));
        assert_eq!(fault(&nested(limit + 1)), (limit, Fault::TooDeep));
        assert_eq!(fault(&nested(200_000)), (limit, Fault::TooDeep));
        let mixed = format!("{}1{}", "{\"a\":[".repeat(512), "]}".repeat(512));
        assert_eq!(check(&mixed), Ok(()));
    }

    #[test]
    fn special_bytes_are_found_at_every_alignment() {
        for pad in 0..40 {
            let plain = "é".repeat(pad / 2) + &"x".repeat(pad % 2);
            assert_eq!(check(&format!("\"{plain}\"")), Ok(()), "{pad}");
            let at = plain.len() + 1;
            let broken = format!("\"{plain}\u{1f}0123456789\"");
            assert_eq!(
                fault(&broken),
                (at, Fault::Expected(expected::NO_CONTROL)),
                "{pad}"
            );
        }
    }

    #[test]
    fn members_and_items_are_pulled_in_order() {
        let mut scanner = Scanner::new(r#"{"a":[1,"x"],"\u0062":{},"c":-2.50}"#);
        scanner.enter_object().unwrap();
        assert!(scanner.next_member().unwrap().unwrap().is("a"));
        scanner.enter_array().unwrap();
        assert!(scanner.next_item().unwrap());
        assert_eq!(scanner.number().unwrap(), "1");
        assert!(scanner.next_item().unwrap());
        assert_eq!(scanner.string().unwrap().raw, "x");
        assert!(!scanner.next_item().unwrap());
        assert!(scanner.next_member().unwrap().unwrap().is("b"));
        scanner.skip_value().unwrap();
        assert!(scanner.next_member().unwrap().unwrap().is("c"));
        assert_eq!(scanner.peek().unwrap(), Kind::Number);
        assert_eq!(scanner.number().unwrap(), "-2.50");
        assert_eq!(scanner.next_member().unwrap(), None);
        assert_eq!(scanner.finish(), Ok(()));
    }
}
