//! Values as they are written.

use std::borrow::Cow;

use super::unescape;

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
    #[inline]
    pub(crate) fn unescape(self) -> Cow<'a, str> {
        if self.has_escapes {
            Cow::Owned(unescape(self.raw))
        } else {
            Cow::Borrowed(self.raw)
        }
    }

    /// Whether it means `text`, however it is spelled.
    #[inline]
    pub(crate) fn is(self, text: &str) -> bool {
        if self.has_escapes {
            unescape(self.raw) == text
        } else {
            self.raw == text
        }
    }
}
