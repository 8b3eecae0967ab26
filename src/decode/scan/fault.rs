//! Where and how a text stops being JSON.

use super::Scanner;

/// Where the text stops being JSON, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ScanError {
    /// Byte offset in the scanned text.
    pub(crate) offset: usize,
    pub(crate) fault: Fault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Something else stands where this was expected; one of the words in `expected`.
    Expected(&'static str),
    /// The text ends inside a `string`, `number`, `object`, `array` or `value` (a literal, or nothing).
    CutOff { inside: &'static str },
    /// Nested deeper than the limit.
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

impl Scanner<'_> {
    #[cold]
    pub(super) fn unexpected(&self, wanted: &'static str) -> ScanError {
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
    pub(super) fn cut_off(&self, inside: &'static str) -> ScanError {
        self.fault(Fault::CutOff { inside })
    }

    #[cold]
    pub(super) fn fault(&self, fault: Fault) -> ScanError {
        ScanError {
            offset: self.at,
            fault,
        }
    }
}
