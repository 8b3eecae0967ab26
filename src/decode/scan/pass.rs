//! Passes over values step by step: slower than a quick look, and knows where and why it stops.

use super::fault::{Fault, expected};
use super::plain::plain_end;
use super::{Result, Scanner};

impl Scanner<'_> {
    /// Like [`Scanner::skip_value`], step by step: knows where and why it stops.
    pub(super) fn skip_exactly(&mut self) -> Result<()> {
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

    /// Enters a container or passes a scalar.
    #[inline]
    pub(super) fn step(&mut self) -> Result<()> {
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

    /// Moves behind the closing quote; says whether there were escapes.
    #[inline]
    pub(super) fn pass_string(&mut self, start: usize) -> Result<bool> {
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

    pub(super) fn pass_escape(&mut self) -> Result<()> {
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
    pub(super) fn pass_number(&mut self) -> Result<()> {
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
    pub(super) fn pass_digits(&mut self) -> Result<()> {
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
    pub(super) fn pass_literal(&mut self, literal: &[u8]) -> Result<()> {
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
}
