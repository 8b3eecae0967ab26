//! Follows a wrapped record to its end through text that arrives in pieces.

use super::starts_event;
use crate::decode::spelling::{Layer, layers};
use crate::model::Wrapping;

/// What following a wrapped record came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The bytes are used up (or the next one cannot be judged without its followers).
    NeedMore,
    /// The record ends before this index.
    Closed(usize),
    /// The text around it, or another record, ends it here.
    CutShort(usize),
}

/// A wrapped record that has begun. Indices are into the buffer of the moment.
#[derive(Clone, Debug)]
pub(crate) struct Track {
    pub(crate) start: usize,
    pub(crate) at: usize,
    pub(crate) wrapping: Wrapping,
    depth: u32,
    in_string: bool,
}

impl Track {
    pub(crate) fn new(start: usize, wrapping: Wrapping) -> Self {
        Self {
            start,
            at: start,
            wrapping,
            depth: 0,
            in_string: false,
        }
    }

    /// The buffer lost its first `count` bytes.
    pub(crate) fn shift(&mut self, count: usize) {
        self.start = self.start.saturating_sub(count);
        self.at = self.at.saturating_sub(count);
    }

    /// Follows the text. `wary`: another event's beginning ends this one wherever it stands.
    pub(crate) fn advance(&mut self, buffer: &[u8], wary: bool) -> Step {
        loop {
            let rest = buffer.get(self.at..).unwrap_or_default();
            let is_mark =
                |byte: &u8| matches!(byte, b'"' | b'\\' | b'{' | b'[' | b'}' | b']' | b'\n');
            let Some(ahead) = rest.iter().position(is_mark) else {
                self.at = buffer.len();
                return Step::NeedMore;
            };
            self.at += ahead;
            let rest = rest.get(ahead..).unwrap_or_default();
            match rest.first() {
                Some(b'"' | b'\\') => match self.quote(rest) {
                    None => return Step::NeedMore,
                    Some(Step::Closed(len)) => self.at += len,
                    Some(step) => return step,
                },
                Some(b'\n') if self.in_string || !self.keeps_lines() => {
                    return Step::CutShort(self.at);
                }
                Some(b'{') if wary && self.at > self.start && starts_event(rest) => {
                    return Step::CutShort(self.at);
                }
                Some(byte) => {
                    self.at += 1;
                    if !self.in_string && self.bracket(*byte) {
                        return Step::Closed(self.at);
                    }
                }
                None => return Step::NeedMore,
            }
        }
    }

    /// Whether a record goes on over raw line feeds.
    fn keeps_lines(&self) -> bool {
        self.wrapping == Wrapping::Doubled
    }

    /// Counts a bracket; true when it closes the record.
    fn bracket(&mut self, byte: u8) -> bool {
        match byte {
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }

    /// Passes backslashes and the quote behind them, if there is one. `Closed` tells how many
    /// bytes; a quote spelled as no layer spells it belongs to the text around the record.
    fn quote(&mut self, rest: &[u8]) -> Option<Step> {
        let slashes = rest.iter().take_while(|byte| **byte == b'\\').count();
        let mut after = rest.iter().skip(slashes);
        if after.next()? != &b'"' {
            return Some(Step::Closed(slashes));
        }
        let mut len = slashes + 1;
        let mut left = slashes;
        for layer in layers(self.wrapping) {
            match layer {
                Layer::Escaped if left % 2 == 0 => return Some(Step::CutShort(self.at)),
                Layer::Escaped => left /= 2,
                Layer::Doubled if after.next()? != &b'"' => {
                    return Some(Step::CutShort(self.at));
                }
                Layer::Doubled => len += 1,
            }
        }
        if left % 2 == 0 {
            self.in_string = !self.in_string;
        }
        Some(Step::Closed(len))
    }
}

#[cfg(test)]
mod tests {
    use super::{Step, Track, Wrapping};

    #[test]
    fn brackets_and_quotes_in_strings_do_not_count() {
        for (text, wrapping) in [
            (r#"{\"a\":\"}\\\"{\\\\\"}"#, Wrapping::Escaped),
            (r#"{""a"":""}\""{\\""}"#, Wrapping::Doubled),
            (r#"{""a"":""""}"#, Wrapping::Doubled),
        ] {
            for cut in 1..=text.len() {
                let mut track = Track::new(0, wrapping);
                let begun = text.get(..cut).unwrap().as_bytes();
                let first = track.advance(begun, false);
                let closed = Step::Closed(text.len());
                assert_eq!(first == closed, cut == text.len(), "{text} {cut}");
                assert!(first == closed || first == Step::NeedMore, "{text} {cut}");
                if first == Step::NeedMore {
                    assert_eq!(track.advance(text.as_bytes(), false), closed);
                }
            }
        }
    }

    #[test]
    fn the_text_around_a_record_ends_it() {
        let cut =
            |text: &str, wrapping, wary| Track::new(0, wrapping).advance(text.as_bytes(), wary);
        assert_eq!(
            cut(r#"{\"a\":1","b":2}"#, Wrapping::Escaped, false),
            Step::CutShort(8)
        );
        assert_eq!(
            cut("{\\\"a\\\":\n1}", Wrapping::Escaped, false),
            Step::CutShort(7)
        );
        assert_eq!(
            cut(r#"{""a"":1","b":2}"#, Wrapping::Doubled, false),
            Step::CutShort(8)
        );
        assert_eq!(
            cut("{\"\"a\"\":\"\"x\n", Wrapping::Doubled, false),
            Step::CutShort(10)
        );
        let two = r#"{\"a\":\"x,{\"EventType\":1}"#;
        assert_eq!(cut(two, Wrapping::Escaped, true), Step::CutShort(11));
    }
}
